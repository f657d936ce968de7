"""A record drawn for reading: a heading, the events in the order of the text, what was said.

Two layouts: from 120 columns on, each event is one row of five cells; below, its words and who says
so stand under its parties, since five narrow columns would break every word. Colour only repeats
what is written (types have names, and where there is no colour the anchor stands in marks).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standoff.cli import names
from standoff.cli.excerpt import around
from standoff.cli.plain import plain, shortened
from standoff.record import Event, Record

WIDE = 120
MAX_WIDTH = 160
_QUADS = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
_DATE_WIDTH = 10
_TYPE_WIDTH = 12  # "hypothetical", the longest status
_ANCHOR = "bold underline"
_QUOTE_LIMIT = 160


class RecordView:
    """A record as something that a rich console can print."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._names = names.Names(record)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the parts that there is something to show in."""
        yield self._heading()
        width = options.max_width
        # In a file, a pipe or a dumb terminal no underline can show the anchor.
        marked = console.color_system is None
        if self._record.events:
            yield Text()
            yield self._wide(width, marked) if width >= WIDE else self._narrow(width, marked)
            yield Text()
            yield self._legend(console, marked)
        if self._record.statements:
            yield _section("Statements")
            yield self._statements()
        if self._record.conditions:
            yield _section("Conditions")
            yield self._conditions()

    def _heading(self) -> RenderableType:
        record = self._record
        document = record.document
        title = shortened(document.title or "", 300) or shortened(document.text, 60) or "(empty)"
        published = document.published.isoformat() if document.published else "date unknown"
        facts = [published, plain(document.publisher or "")]
        for count, one, many in (
            (len(record.events), "event", "events"),
            (len(record.actors), "actor", "actors"),
            (len(record.statements), "statement", "statements"),
            (len(record.conditions), "condition", "conditions"),
        ):
            facts.append(f"{count or 'no'} {one if count == 1 else many}")
        return Group(Text(title, "bold"), Text(" · ".join(filter(None, facts)), "dim"))

    def _in_text_order(self) -> list[Event]:
        return sorted(self._record.events, key=lambda event: event.anchor)

    def _narrow(self, width: int, marked: bool) -> Table:
        table = _grid("When", "What", "Who, whom, and the words")
        table.columns[0].min_width = _DATE_WIDTH
        table.columns[1].min_width = _TYPE_WIDTH
        table.columns[2].ratio = 1
        # Two lines of words in what the first two columns leave.
        limit = max(2 * (width - _DATE_WIDTH - _TYPE_WIDTH - 4) - 8, 40)
        for event in self._in_text_order():
            cell = Text(self._names.parties(event), "bold")
            cell.append("\n").append_text(self._words(event, limit, marked))
            sayers = self._names.sayers(event.said_by)
            if sayers:
                cell.append("\n").append(sayers, "dim italic")
            table.add_row(Text(names.date(event.time)), _what(event), cell)
        return table

    def _wide(self, width: int, marked: bool) -> Table:
        table = _grid("When", "Who and whom", "What", "Words", "Who says so")
        table.columns[0].min_width = _DATE_WIDTH
        table.columns[1].ratio = 5
        table.columns[2].min_width = _TYPE_WIDTH
        table.columns[3].ratio = 8
        table.columns[4].ratio = 4
        limit = 2 * ((width - _DATE_WIDTH - _TYPE_WIDTH - 8) * 8 // 17) - 8
        for event in self._in_text_order():
            table.add_row(
                Text(names.date(event.time)),
                Text(self._names.parties(event), "bold"),
                _what(event),
                self._words(event, limit, marked),
                Text(self._names.sayers(event.said_by), "dim italic"),
            )
        return table

    def _words(self, event: Event, limit: int, marked: bool) -> Text:
        excerpt = around(self._record, event, limit)
        anchor = f"«{excerpt.anchor}»" if marked else excerpt.anchor
        return Text.assemble(excerpt.before, (anchor, _ANCHOR), excerpt.after)

    def _legend(self, console: Console, marked: bool) -> Text:
        parts = []
        if not marked and not console.no_color:
            for name, verbal, material in (("cooperation", 1, 2), ("conflict", 3, 4)):
                key = Text(f"{name}: ")
                key.append("■", _QUADS[verbal]).append(" verbal ")
                key.append("■", _QUADS[material]).append(" material")
                parts.append(key)
        if any(names.is_mutual(event) for event in self._record.events):
            parts.append(Text("↔ mutual"))
        parts.append(Text("? unknown"))
        if marked:
            parts.append(Text("«…» the words that name the event"))
        legend = Text("   ").join(parts)
        legend.stylize("dim")
        return legend

    def _statements(self) -> Table:
        table = _grid()
        table.add_column(ratio=2)
        table.add_column(ratio=5)
        for statement in self._record.statements:
            who = Text(self._speaker(statement.speaker, statement.speaker_span), "bold")
            if statement.addressee:
                who.append(f" → {self._names.name(statement.addressee)}")
            if statement.via:
                who.append(f" via {self._names.name(statement.via)}")
            cue = f"{plain(statement.cue.text)}: " if statement.cue else ""
            said = shortened(" … ".join(part.text for part in statement.content), _QUOTE_LIMIT)
            if statement.kind == "direct":
                said = f"“{said.strip('“”').rstrip(',')}”"
            table.add_row(who, Text.assemble((cue, "italic"), said))
        return table

    def _speaker(self, id_: str | None, span: object) -> str:
        if id_ is not None:
            return self._names.full(id_)
        return plain(getattr(span, "text", "")) or "?"

    def _conditions(self) -> Table:
        table = _grid()
        table.add_column(ratio=2)
        table.add_column(ratio=5)
        for condition in self._record.conditions:
            who = self._names.full(condition.actor) if condition.actor else "?"
            relation = plain(condition.relation).replace("_", " ")
            table.add_row(
                Text(who, "bold"),
                Text.assemble(
                    shortened(condition.consequent.text, _QUOTE_LIMIT),
                    (f" — {relation} — ", "italic"),
                    shortened(condition.condition.text, _QUOTE_LIMIT),
                ),
            )
        return table


def _grid(*headers: str) -> Table:
    table = Table(
        box=None, expand=True, padding=(0, 2, 1, 0), pad_edge=False, show_header=bool(headers)
    )
    for header in headers:
        table.add_column(Text(header, "dim"))
    return table


def _what(event: Event) -> Text:
    colour = _QUADS.get(event.quad or 0, "")
    cell = Text(plain(event.type), f"bold {colour}")
    if event.mode:
        cell.append("\n").append(plain(event.mode), "dim")
    for line in _states(event):
        cell.append("\n").append(line, "italic")
    return cell


def _states(event: Event) -> Iterator[str]:
    if event.status != "actual":
        yield event.status
    if event.aspect and event.aspect != event.status:
        yield event.aspect


def _section(title: str) -> RenderableType:
    return Padding(Text(title, "bold"), (1, 0, 1, 0))


def console(stream: TextIO) -> Console:
    """Return a console that draws on `stream`; colours only where it is a terminal."""
    made = Console(file=stream, highlight=False, emoji=False, markup=False)
    # Lines of more than this are hard to follow with the eye.
    made.width = min(made.width, MAX_WIDTH)
    return made
