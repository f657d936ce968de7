"""The annotations of a brat .ann file and the lines that they are written as.

The grammar is brat's own (https://brat.nlplab.org/standoff.html): one annotation a line, its id,
its data and at times a text, parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NoReturn, Protocol

import attrs

from standoff.errors import InvalidAnnotationError
from standoff.record import Span

Fragments = tuple[tuple[int, int], ...]
"""The (start, end) of each piece of a span, in text order: code points, end-exclusive."""

#: What ends a line, for brat or for any other reader of lines, and the tab that parts columns: none
#: may stand in the text column, so no fragment spans it.
_PARTING = "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_FRAGMENT = re.compile(rf"\S(?:[^{_PARTING}]*\S)?")
_PARTED = re.compile(f"[{_PARTING}]")
_UNWRITABLE = re.compile("[\ud800-\udfff]")


def _line_number() -> int:
    # Where an annotation stands says nothing of what it is.
    number: int = attrs.field(default=0, eq=False)
    return number


@attrs.frozen
class TextBound:
    """``T1 → Actor 0 7 → Iceland``: what some words are."""

    id: str
    type: str
    fragments: Fragments
    words: str = attrs.field(eq=False)
    line: int = _line_number()

    @property
    def row(self) -> str:
        """The line of the file, its end left out; so it is of the other kinds."""
        offsets = ";".join(f"{start} {end}" for start, end in self.fragments)
        return f"{self.id}\t{self.type} {offsets}\t{self.words}"


@attrs.frozen
class EventLine:
    """``E1 → REJECT:T2 Source:T1 Target:T3``; `roles` as written, numbers and all."""

    id: str
    type: str
    trigger: str
    roles: tuple[tuple[str, str], ...] = ()
    line: int = _line_number()

    @property
    def row(self) -> str:
        roles = "".join(f" {role}:{of}" for role, of in self.roles)
        return f"{self.id}\t{self.type}:{self.trigger}{roles}"


@attrs.frozen
class Attribute:
    """``A1 → Status E1 denied``; without a value it is one that is there or not."""

    id: str
    name: str
    target: str
    value: str | None = None
    line: int = _line_number()

    @property
    def row(self) -> str:
        value = "" if self.value is None else f" {self.value}"
        return f"{self.id}\t{self.name} {self.target}{value}"


@attrs.frozen
class Relation:
    """``R1 → Said Arg1:T4 Arg2:T5``."""

    id: str
    type: str
    first: str
    second: str
    line: int = _line_number()

    @property
    def row(self) -> str:
        return f"{self.id}\t{self.type} Arg1:{self.first} Arg2:{self.second}"


@attrs.frozen
class Normalisation:
    """``N1 → Reference T1 Standoff:ISL → Iceland``: which entry of which resource words mean."""

    id: str
    target: str
    resource: str
    entry: str
    name: str
    line: int = _line_number()

    @property
    def row(self) -> str:
        return f"{self.id}\tReference {self.target} {self.resource}:{self.entry}\t{self.name}"


@attrs.frozen
class Note:
    """``#1 → AnnotatorNotes E1 → ...``; its target need not be there (any more)."""

    id: str
    target: str
    text: str
    line: int = _line_number()

    @property
    def row(self) -> str:
        return f"{self.id}\tAnnotatorNotes {self.target}\t{self.text}"


@attrs.frozen
class Sheet:
    """All annotations of one file by their ids, and which text-bounds it says are the same."""

    text_bounds: dict[str, TextBound] = attrs.field(factory=dict)
    events: dict[str, EventLine] = attrs.field(factory=dict)
    attributes: dict[str, Attribute] = attrs.field(factory=dict)
    relations: dict[str, Relation] = attrs.field(factory=dict)
    normalisations: dict[str, Normalisation] = attrs.field(factory=dict)
    notes: dict[str, Note] = attrs.field(factory=dict)
    equivalences: dict[int, tuple[str, ...]] = attrs.field(factory=dict)

    def written(self) -> str:
        """Return the text of the file, each line ended; equivalences are not written."""
        kinds: tuple[Iterable[_Row], ...] = (
            self.text_bounds.values(),
            self.events.values(),
            self.attributes.values(),
            self.relations.values(),
            self.normalisations.values(),
            self.notes.values(),
        )
        return "".join(f"{each.row}\n" for kind in kinds for each in kind)


class _Row(Protocol):
    @property
    def row(self) -> str: ...


def fragments_of(text: str, span: Span) -> Fragments:
    """Return the pieces of a span between line ends and tabs, blanks around them left out.

    Empty for a span without a visible character, which brat cannot show.
    """
    found = _FRAGMENT.finditer(text[span.start : span.end])
    return tuple((span.start + match.start(), span.start + match.end()) for match in found)


def words_of(text: str, fragments: Fragments) -> str:
    """Return the text column of fragments: brat joins them with a blank."""
    return column(" ".join(text[start:end] for start, end in fragments))


def column(text: str) -> str:
    """Return what may stand in a text column: no line end, no tab, nothing that is not UTF-8."""
    return writable(_PARTED.sub(" ", text))


def writable(text: str) -> str:
    """Return `text` with what cannot be written as UTF-8 replaced, of the same length."""
    return _UNWRITABLE.sub("\ufffd", text)


def fail(message: str, name: str, line: int = 0) -> NoReturn:
    """Raise InvalidAnnotationError about a line of the file `name`."""
    raise InvalidAnnotationError(f"line {line}: {message}" if line else message, name)
