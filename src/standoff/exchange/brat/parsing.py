"""The annotations of a brat .ann file from its lines: `parse`.

Whether they mean something for a record is not asked here, only whether each is well formed, fits
the text and refers to what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

import attrs

from standoff.exchange.brat.lines import (
    Attribute,
    EventLine,
    Normalisation,
    Note,
    Relation,
    Sheet,
    TextBound,
    column,
    fail,
    words_of,
)

_ID = re.compile(r"[TEARMN#][0-9]{1,9}|\*")
_TEXT_BOUND = re.compile(r"(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)")
_ARGUMENT = re.compile(r"([^\s:]+):([TE][0-9]{1,9})")
_REFERENCE = re.compile(r"Reference (T[0-9]{1,9}) ([^\s:]+):(\S+)")


@attrs.frozen
class _Line:
    """One line of a file, cut at its first two tabs."""

    id: str
    data: str
    tail: str
    number: int
    name: str

    def fail(self, message: str) -> NoReturn:
        fail(message, self.name, self.number)

    def expected(self, what: str) -> NoReturn:
        self.fail(f"{self.id} is not of the form {what!r}; correct or delete the line")


def parse(ann: str, text: str, name: str) -> Sheet:
    """Return the annotations of a file; `name` is what messages call it.

    Raises:
        InvalidAnnotationError: a line is not of brat's format, an id is there twice, an offset is
            outside `text`, the words that stand beside it are others, or a reference leads nowhere.
    """
    sheet = Sheet()
    seen: dict[str, int] = {}
    for number, content in enumerate(ann.removeprefix("\ufeff").split("\n"), start=1):
        content = content.removesuffix("\r")
        if not content.strip():
            continue
        id_, data, tail = (*content.split("\t", 2), "", "")[:3]
        line = _Line(id_, data.strip(" "), tail, number, name)
        if _ID.fullmatch(id_) is None:
            shown = ascii(id_[:20])
            line.fail(
                f"{shown} is no id of an annotation (T1, E1, A1, R1, N1, #1); delete the line"
            )
        if id_ != "*" and id_ in seen:
            line.fail(f"{id_} is there already, in line {seen[id_]}; give one of them another id")
        seen[id_] = number
        _READERS[id_[0]](sheet, line, text)
    _check_references(sheet, name)
    return sheet


def _text_bound(sheet: Sheet, line: _Line, text: str) -> None:
    match = _TEXT_BOUND.fullmatch(line.data)
    if match is None:
        line.expected("T1<tab>Type START END;START END<tab>words")
    pairs = (pair.split(" ") for pair in match[2].split(";"))
    fragments = tuple(sorted((int(start), int(end)) for start, end in pairs))
    before = 0
    for start, end in fragments:
        if not start < end <= len(text):
            line.fail(f"{start} to {end} is no stretch of a text of {len(text)} characters")
        if start < before:
            line.fail(f"the fragments of {line.id} overlap at {start}; they must follow each other")
        before = end
    # Blanks are not compared: brat writes one for a line end, editors drop those at the end.
    words = words_of(text, fragments)
    if column(line.tail).split() != words.split():
        shown, found = ascii(words[:60]), ascii(line.tail[:60])
        line.fail(
            f"the text has {shown} there, not {found}: the offsets are of another text "
            "(brat counts characters, and a line end is one)"
        )
    sheet.text_bounds[line.id] = TextBound(line.id, match[1], fragments, words, line.number)


def _event(sheet: Sheet, line: _Line, text: str) -> None:
    arguments = _arguments(line)
    if not arguments or not arguments[0][1].startswith("T"):
        line.expected("E1<tab>TYPE:T1 Role:T2 Role:T3")
    (type_, trigger), *roles = arguments
    sheet.events[line.id] = EventLine(line.id, type_, trigger, tuple(roles), line.number)


def _attribute(sheet: Sheet, line: _Line, text: str) -> None:
    name, target, *value = line.data.split() if line.data.count(" ") in (1, 2) else ("", "")
    if not target:
        line.expected("A1<tab>Name E1 value")
    found = Attribute(line.id, name, target, value[0] if value else None, line.number)
    sheet.attributes[line.id] = found


def _relation(sheet: Sheet, line: _Line, text: str) -> None:
    type_, _, rest = line.data.partition(" ")
    arguments = dict(_arguments(attrs.evolve(line, data=rest)) or ())
    if not type_ or arguments.keys() != {"Arg1", "Arg2"}:
        line.expected("R1<tab>Type Arg1:T1 Arg2:T2")
    sheet.relations[line.id] = Relation(
        line.id, type_, arguments["Arg1"], arguments["Arg2"], line.number
    )


def _normalisation(sheet: Sheet, line: _Line, text: str) -> None:
    match = _REFERENCE.fullmatch(line.data)
    if match is None:
        line.expected("N1<tab>Reference T1 RESOURCE:ID<tab>name")
    sheet.normalisations[line.id] = Normalisation(
        line.id, match[1], match[2], match[3], line.tail, line.number
    )


def _note(sheet: Sheet, line: _Line, text: str) -> None:
    parts = line.data.split()
    if len(parts) != 2:
        line.expected("#1<tab>AnnotatorNotes E1<tab>text")
    sheet.notes[line.id] = Note(line.id, parts[1], line.tail, line.number)


def _equivalence(sheet: Sheet, line: _Line, text: str) -> None:
    type_, *members = line.data.split() or [""]
    if type_ != "Equiv":
        line.expected("*<tab>Equiv T1 T2")
    sheet.equivalences[line.number] = tuple(members)


_READERS: dict[str, Callable[[Sheet, _Line, str], None]] = {
    "T": _text_bound,
    "E": _event,
    "A": _attribute,
    "M": _attribute,  # what older versions of brat wrote for A
    "R": _relation,
    "N": _normalisation,
    "#": _note,
    "*": _equivalence,
}


def _arguments(line: _Line) -> list[tuple[str, str]]:
    """Return the ``Role:T1`` pairs of a line."""
    found = []
    for part in line.data.split():
        match = _ARGUMENT.fullmatch(part)
        if match is None:
            line.fail(f"expected ROLE:ID, as in Source:T1, found {part[:40]!a}")
        found.append((match[1], match[2]))
    return found


def _check_references(sheet: Sheet, name: str) -> None:
    bounds = sheet.text_bounds.keys()
    spans = bounds | sheet.events.keys()
    anything = spans | sheet.relations.keys()
    for line, id_, target, among in (
        *((e.line, e.id, e.trigger, bounds) for e in sheet.events.values()),
        *((e.line, e.id, of, spans) for e in sheet.events.values() for _, of in e.roles),
        *((a.line, a.id, a.target, anything) for a in sheet.attributes.values()),
        *((r.line, r.id, r.first, spans) for r in sheet.relations.values()),
        *((r.line, r.id, r.second, spans) for r in sheet.relations.values()),
        *((n.line, n.id, n.target, bounds) for n in sheet.normalisations.values()),
        *((line, "*", of, bounds) for line, some in sheet.equivalences.items() for of in some),
    ):
        if target not in among:
            fail(f"{id_} refers to {target[:20]!a}, which is not there", name, line)
