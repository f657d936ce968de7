"""A brief as plain values: sections of lines, each with notes and the numbers of its sentences."""

from __future__ import annotations

import datetime

import attrs

from standoff.play.citing import Citation


@attrs.frozen
class Note:
    """What belongs to a line: who says otherwise, on what condition, for what reason."""

    text: str
    citations: tuple[int, ...] = ()


@attrs.frozen
class Line:
    """One line of a brief with the numbers of its citations."""

    text: str
    citations: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


@attrs.frozen
class Section:
    """A heading with its lines; `more` is how many were left out."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@attrs.frozen
class Brief:
    """The page: a heading, what it rests on, sections, and the sentences cited."""

    parties: tuple[str, ...]
    on: datetime.date
    known: datetime.date | None
    heading: str
    basis: str
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
