"""A brief as a page: for a terminal, as Markdown, as HTML, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources

import attrs
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standoff.cli import stores
from standoff.cli.plain import plain, shortened
from standoff.play.citing import Citation
from standoff.play.lines import Brief


class Page:
    """A brief as something that a rich console can print."""

    def __init__(self, brief: Brief, *, sentences: bool = True) -> None:
        self._brief = brief
        self._sentences = sentences

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield heading, sections and the sentences that are cited."""
        brief = self._brief
        yield Text(plain(brief.heading), "bold")
        yield Padding(
            Text(f"{brief.basis}; [n] is the sentence that it rests on", "dim"), (0, 0, 1, 0)
        )
        if not brief.sections:
            yield Text("Nothing was found to tell of.")
            return
        yield self._table()
        if self._sentences:
            yield Padding(Text("Sentences", "bold"), (1, 0, 0, 0))
            yield self._cited()

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for section in self._brief.sections:
            for place, line in enumerate(section.lines):
                title = Text(section.title if place == 0 else "", "bold")
                table.add_row(title, _bulleted("•", line.text, line.citations))
                for note in line.notes:
                    noted = _bulleted("–", note.text, note.citations, "italic")
                    table.add_row("", Padding(noted, (0, 0, 0, 2)))
            if section.more:
                table.add_row("", Text(f"  and {section.more} more", "dim"))
            table.add_row("", "")
        return table

    def _cited(self) -> Table:
        table = Table.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(no_wrap=True, justify="right")
        table.add_column(ratio=1)
        for citation in self._brief.citations:
            text = Text(shortened(citation.span.text, 400))
            text.append(f"  {_source(citation)}, {_place(citation)}", "dim")
            table.add_row(Text(f"[{citation.number}]", "dim"), text)
        return table


def _bulleted(mark: str, text: str, citations: Sequence[int], style: str = "") -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(mark, Text.assemble((plain(text), style), (_numbers(citations), "dim")))
    return grid


def markdown(brief: Brief) -> str:
    """Return a brief as Markdown, with its sentences as a numbered list at the end."""
    lines = [f"# {_escaped(brief.heading)}", "", f"{_escaped(brief.basis)}.", ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for line in section.lines:
            lines.append(f"- {_escaped(line.text)}{_numbers(line.citations)}")
            for note in line.notes:
                lines.append(f"  - {_escaped(note.text)}{_numbers(note.citations)}")
        if section.more:
            lines.append(f"- and {section.more} more")
        lines.append("")
    if brief.citations:
        lines += ["## Sentences", ""]
    for citation in brief.citations:
        words = _escaped(" ".join(plain(citation.span.text).split()))
        where = _escaped(f"{_source(citation)}, {_place(citation)}")
        lines.append(f"{citation.number}. {words} ({where})")
    return "\n".join(lines) + "\n"


def html(brief: Brief) -> str:
    """Return a brief as one HTML page that needs nothing else."""
    from jinja2 import Environment

    source = (resources.files("standoff.cli") / "data/brief.html").read_text("utf-8")
    # What steers a terminal, or turns the order of letters around, is left out here, too.
    shown = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    return shown.from_string(source).render(brief=brief, source=_source, place=_place)


def json_text(brief: Brief) -> str:
    """Return a brief as JSON; days are ISO text, spans are offsets with their words."""
    row = attrs.asdict(brief, value_serializer=stores.plain_value)
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def _numbers(citations: Sequence[int]) -> str:
    return f" [{', '.join(map(str, citations))}]" if citations else ""


def _source(citation: Citation) -> str:
    parts = [citation.publisher, citation.title, citation.published]
    return plain(", ".join(str(part) for part in parts if part)) or "undated report"


def _place(citation: Citation) -> str:
    return f"{citation.document[7:19]}:{citation.span.start}-{citation.span.end}"


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in plain(text))
