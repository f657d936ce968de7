"""The parts of a record: spans, documents, actors, times, places, statements, conditions."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import Literal

import attrs

EventTypeName = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Status = Literal[
    "actual",
    "planned",
    "promised",
    "threatened",
    "requested",
    "hypothetical",
    "denied",
    "cancelled",
    "postponed",
    "ended",
]
Aspect = Literal["begun", "continued", "suspended", "resumed", "ended"]
Stance = Literal["asserts", "denies", "doubts", "reports"]
StatementKind = Literal["direct", "indirect", "mixed"]
Grain = Literal[
    "hour", "day", "week", "month", "quarter", "season", "half", "year", "decade", "century"
]

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _joined(text: str) -> str:
    # Two surrogates in a row stand for one character, and JSON can write them only as that one
    # character: left apart, they would shift every offset behind them on the way through JSON.
    if _PAIR.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@attrs.frozen(order=True)
class Span:
    """A stretch of a document's text: code points, end-exclusive."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span of `text` from `start` to `end`."""
        return cls(start, end, text[start:end])


@attrs.frozen
class Document:
    """A report: its text, and what is known about where it comes from.

    `published` is the day of publication or None where nothing says it; `id` is made from the
    text, so the same text always has the same id. Surrogates that form a pair are joined into the
    character that they stand for, and offsets count that character once.
    """

    text: str = attrs.field(converter=_joined)
    title: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    id: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "id", f"sha256:{digest}")

    def span(self, start: int, end: int) -> Span:
        """Return the span of this document's text from `start` to `end`."""
        return Span.of(self.text, start, end)


@attrs.frozen
class Actor:
    """Someone who acts: a state, an office, a body, a person.

    `id` starts with the ISO 3166 alpha-3 code of the country (``PRK``, ``USA.GOV.MIKE_POMPEO``),
    or with ``IGO``, ``NGO``, ``MEDIA``, …; people whom no list has keep an id of this document.
    """

    id: str
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str | None = None
    mentions: tuple[Span, ...] = ()


@attrs.frozen
class Interval:
    """When something was: a TIMEX3 value, its grain, and its first and last day."""

    value: str
    grain: Grain | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


@attrs.frozen
class Time:
    """An expression of time in the text and what it resolves to.

    `interval` is None where the expression is relative and nothing says relative to what.
    """

    span: Span
    interval: Interval | None = None


@attrs.frozen
class Place:
    """A place named in the text; `admin1` is the province or state of its country that it is in."""

    span: Span
    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


@attrs.frozen
class Attribution:
    """One link of the chain of who says so.

    `text` are the words for the speaker and `cue` is the verb.
    """

    actor: str | None
    text: str | None = None
    cue: str | None = None
    stance: Stance = "asserts"
    via: str | None = None


@attrs.frozen
class Quantity:
    """A number that belongs to an event, with its unit (``500 marines``)."""

    span: Span
    value: float
    unit: str | None = None


@attrs.frozen
class Code:
    """What an event is by a codebook of the user's own, and how surely (0 to 1)."""

    codebook: str
    type: str
    confidence: float


@attrs.frozen
class Statement:
    """Someone said something: the words, who said them, to whom and through what."""

    id: str
    speaker: str | None
    speaker_span: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: StatementKind
    addressee: str | None = None
    via: str | None = None
    time: Interval | None = None


@attrs.frozen
class Condition:
    """What an actor ties to what: `consequent` holds if, unless, until… `condition` does."""

    id: str
    actor: str | None
    relation: str
    consequent: Span
    condition: Span
    consequent_event: str | None = None
    condition_event: str | None = None


@attrs.frozen
class ModelInfo:
    """The weights that read the document."""

    name: str
    version: str
    sha256: str
