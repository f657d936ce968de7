"""What a store holds, as plain values: documents, accounts of events, events, decisions.

An *account* is an event as one document tells it. An *event* of the store is what happened: all
accounts that speak of the same thing. So twenty copies of one report are twenty accounts of one
event, from one independent source.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Literal

import attrs

from standoff.record import Attribution, Code, Document, Quantity, Span
from standoff.record.parts import Aspect, Grain, ModelInfo, Status

Origin = Literal["machine", "human"]
Review = Literal["open", "accepted", "corrected", "rejected"]
Action = Literal["accept", "correct", "reject", "add", "merge", "split", "restore"]


@attrs.frozen
class Publication:
    """One appearance of a text: where and when it stood, under which title."""

    title: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    publisher: str | None = None


@attrs.frozen
class StoredDocument:
    """A document as the store keeps it.

    `publications` are all appearances of the same text, the first of them the document's own.
    `copy_of` is the id of the oldest document that this one is a near copy of, or None.
    """

    document: Document
    publications: tuple[Publication, ...]
    copy_of: str | None
    model: ModelInfo | None
    accounts: int


@attrs.frozen
class Tie:
    """A condition that a sentence tells: `consequent` holds if, unless, until… `condition` does."""

    relation: str
    consequent: Span
    condition: Span


@attrs.frozen
class Telling:
    """What somebody is quoted as saying of an event, in the words of the report.

    `speaker` is an actor id, `words` are those for the speaker, and `via` the outlet.
    """

    speaker: str | None
    words: str | None
    via: str | None
    cue: str | None
    content: Span


@attrs.frozen
class Account:
    """An event as one document tells it, with every human decision on it applied.

    `tellings` are those who are quoted on it, and `denials` those who say in the next sentences, or
    with the event's own words, that it is not so.

    `id` and `event` are stable ids of the store, `document` is the document's id, and `local` the
    event's id in its record (None where a human added it). `start` and `end` are its first and last
    day where the text dates it; `published` is the day of the report. `original` is the
    oldest document that its own is a near copy of, its own where it copies none. `outlet` is where
    the account comes from as far as independence goes: see `standoff.store.outlets`.
    """

    id: str
    event: str
    document: str
    local: str | None
    type: str
    anchor: Span
    sentence: tuple[int, int]
    sentence_text: str = ""
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    source_words: str | None = None
    target_words: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    status: Status = "actual"
    aspect: Aspect | None = None
    factuality: float | None = None
    value: str | None = None
    grain: Grain | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    place: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    said_by: tuple[Attribution, ...] = ()
    quantity: tuple[Quantity, ...] = ()
    codes: tuple[Code, ...] = ()
    mentions: tuple[Span, ...] = ()
    ties: tuple[Tie, ...] = ()
    tellings: tuple[Telling, ...] = ()
    denials: tuple[Telling, ...] = ()
    confidence: float | None = None
    published: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    original: str = ""
    outlet: str = ""
    origin: Origin = "machine"
    review: Review = "open"

    @property
    def day(self) -> datetime.date | None:
        """The day that it is filed under: its first day, else that of the report."""
        return self.start or self.published


@attrs.frozen
class StoredEvent:
    """What happened, by all accounts of it, the oldest first."""

    id: str
    accounts: tuple[Account, ...]

    @property
    def sources(self) -> int:
        """How many independent sources tell of it."""
        return len({account.outlet for account in self.accounts})

    @property
    def first_reported(self) -> datetime.date | None:
        """The day of the oldest report of it."""
        return min(self._days(), default=None)

    @property
    def last_reported(self) -> datetime.date | None:
        """The day of the newest report of it."""
        return max(self._days(), default=None)

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields in which its accounts differ; one that does not say is no difference."""
        fields = ("type", "mode", "status", "source", "target", "start", "end", "place")
        return tuple(name for name in fields if len(set(self._values(name))) > 1)

    def _values(self, field: str) -> Iterator[Any]:
        for account in self.accounts:
            value = getattr(account, field)
            if value:
                # Whom a text names first is no difference.
                yield frozenset(value) if isinstance(value, tuple) else value

    def _days(self) -> Iterator[datetime.date]:
        return (a.published for a in self.accounts if a.published is not None)


@attrs.frozen
class Decision:
    """What a human decided on an account or event: who, when, why, and which fields changed.

    `number` orders all decisions of a store; `changes` maps a field to its value before and after,
    as JSON values.
    """

    number: int
    subject: str
    action: Action
    by: str
    at: datetime.datetime
    why: str | None = None
    changes: dict[str, tuple[Any, Any]] = attrs.field(factory=dict)
    final: bool = False
