"""A brief drawn for reading."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standoff.cli import brief
from standoff.record import Record


class BriefView:
    """The brief of a record as something that a rich console can print."""

    def __init__(self, record: Record) -> None:
        self._lines = brief.lines(record)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the heading and the lines, each topic named once."""
        heading = Text.assemble(
            ("Brief", "bold"), ("   [n] is where the words begin in the text", "dim")
        )
        yield Padding(heading, (1, 0, 1, 0))
        if not self._lines:
            yield Text("Nothing was found to tell of.")
            return
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for topic, group in groupby(self._lines, key=lambda line: line.topic):
            for place, line in enumerate(group):
                places = ", ".join(str(span.start) for span in line.evidence)
                words = line.text[:1].upper() + line.text[1:]
                table.add_row(
                    Text(topic if place == 0 else "", "bold"),
                    Text.assemble(words, (f" [{places}]", "dim")),
                )
        yield table
