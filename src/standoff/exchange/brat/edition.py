"""A brat file as it is now, beside the record that its notes hold."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import attrs

from standoff import ontology
from standoff.errors import InvalidRecordError, UnknownLabelError
from standoff.exchange.brat import lines
from standoff.exchange.brat.drawing import (
    DOCUMENT,
    TEXT_BOUNDS,
    Key,
    Marks,
    marks_of,
    overlap,
)
from standoff.exchange.brat.lines import Fragments, Note, Sheet, TextBound, fragments_of
from standoff.exchange.brat.parsing import parse
from standoff.record import Document, Record, Span

#: How deep the JSON of a note may nest before Python gives up is not the reader's business.
_UNREADABLE = (ValueError, OverflowError, RecursionError)


@attrs.frozen
class Edition:
    """The annotations of a file, and the record that was exported to it.

    `base` is that record without the events whose notes are gone (`lost` has the ids of those, by
    line), `event_lines` the line of each of its events (None where brat cannot show it), `marks`
    what else of it brat shows, `unnamed` the words of parties that no actor stands for. `known` has
    the text-bounds that are still what they were, moved a little at most, by id.
    """

    name: str
    text: str
    sheet: Sheet
    base: Record
    event_lines: tuple[str | None, ...]
    lost: dict[str, str]
    marks: Marks
    unnamed: frozenset[Fragments]
    known: dict[str, Key]

    def now(self, type_: str, span: Span) -> Span | None:
        """Return where words of the record are now, None where a human took the mark away."""
        key = (type_, fragments_of(self.text, span))
        if not key[1]:
            return span
        id_ = self.marks.text_bounds[key]
        return self.at(id_, span) if id_ in self.known else None

    def at(self, id_: str, span: Span | None) -> Span:
        """Return the words of a text-bound or event: `span` itself where they are the same."""
        fragments = self.bound(id_).fragments
        if span is not None and fragments == fragments_of(self.text, span):
            return span
        return self.hull(fragments)

    def bound(self, id_: str) -> TextBound:
        """Return the text-bound of that id, or the trigger of the event of that id."""
        event = self.sheet.events.get(id_)
        return self.sheet.text_bounds[id_ if event is None else event.trigger]

    def hull(self, fragments: Fragments) -> Span:
        """Return the span from the first fragment to the last."""
        return Span.of(self.text, fragments[0][0], fragments[-1][1])

    def of_type(self, type_: str) -> list[TextBound]:
        """Return the text-bounds of a type in text order."""
        found = (each for each in self.sheet.text_bounds.values() if each.type == type_)
        return sorted(found, key=lambda each: each.fragments)

    def added(self, type_: str) -> list[TextBound]:
        """Return those of a type that the record knows nothing of, in text order."""
        return [each for each in self.of_type(type_) if each.id not in self.known]

    def fail(self, message: str, line: int) -> NoReturn:
        """Raise InvalidAnnotationError about a line of the file."""
        lines.fail(message, self.name, line)


def open_edition(text: str, ann: str, name: str) -> Edition:
    """Return a file with what its notes hold.

    Raises:
        InvalidAnnotationError: a line is malformed, a type is unknown, or a note is damaged.
    """
    text = Document(text).text
    sheet = parse(ann, text, name)
    for bound in sheet.text_bounds.values():
        if bound.type not in TEXT_BOUNDS:
            event_type(bound.type, name, bound.line)
    base, event_lines, lost, unnamed = _base(sheet, text, name)
    marks = marks_of(base)
    known = {}
    for key, id_ in marks.text_bounds.items():
        bound_now = sheet.text_bounds.get(id_)
        if bound_now is not None and bound_now.type == key[0]:
            hulls = (Span.of(text, f[0][0], f[-1][1]) for f in (key[1], bound_now.fragments))
            # An id that was deleted may be given anew, to words elsewhere.
            if overlap(*hulls):
                known[id_] = key
    return Edition(name, text, sheet, base, event_lines, lost, marks, unnamed, known)


def event_type(given: str, name: str, line: int) -> str:
    """Return the PLOVER type that a file names; older names count."""
    try:
        return ontology.event_type(given).name
    except UnknownLabelError as error:
        kinds = ", ".join(TEXT_BOUNDS)
        lines.fail(f"{error}; other annotations are {kinds}", name, line)


def _base(
    sheet: Sheet, text: str, name: str
) -> tuple[Record, tuple[str | None, ...], dict[str, str], frozenset[Fragments]]:
    """Return what the notes hold, as `Edition` has it."""
    notes = {note.target: note for note in sheet.notes.values() if note.text.startswith("{")}
    note = notes.get(DOCUMENT)
    if note is None:
        return Record(Document(text)), (), {}, frozenset()
    content = _content(note, name)
    try:
        entries = content["record"]
        entries["document"]["text"] = text
        event_lines: list[str | None] = []
        events: list[Any] = []
        lost: dict[str, str] = {}
        for entry in entries["events"]:
            line = entry.get("line")
            if line is None:
                events.append(entry)
                event_lines.append(None)
            elif line in notes:
                events.append(_content(notes[line], name)["event"])
                event_lines.append(line)
            else:
                lost[line] = str(entry["id"])
        entries["events"] = events
        unnamed = frozenset(tuple((int(s), int(e)) for s, e in each) for each in content["unnamed"])
        record = Record.from_json(json.dumps(entries))
    except InvalidRecordError as error:
        if error.path == "document.id":
            lines.fail(
                "the text has changed since it was exported, so offsets may be wrong; give the "
                "text as it was, byte for byte, or delete the note of 'document'",
                name,
                note.line,
            )
        lines.fail(f"the notes hold no record ({error}); restore them", name, note.line)
    except (AttributeError, KeyError, TypeError, *_UNREADABLE) as error:
        lines.fail(f"the note holds no record ({error!r}); restore it", name, note.line)
    return record, tuple(event_lines), lost, unnamed


def _content(note: Note, name: str) -> Any:
    try:
        return json.loads(note.text)
    except _UNREADABLE as error:
        lines.fail(f"the note is not JSON ({error}); restore or delete it", name, note.line)
