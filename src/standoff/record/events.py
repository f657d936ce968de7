"""Events, and the sequence of them that a record holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

import attrs

from standoff.record.parts import Actor, Aspect, Attribution, Code, Interval, Quantity, Span, Status


@attrs.frozen
class Event:
    """Who did (or will, might, did not) what to whom.

    `source` and `target` are actor ids; a symmetric event has both parties on both sides.
    `source_spans` and `target_spans` are the words of the anchor's sentence that say who they are;
    they may name somebody whom no actor stands for ("a car bomb"), and are empty where the parties
    are taken from elsewhere.
    `said_by` is the chain of attribution, outermost last, empty where the report itself says so.
    `codes` says what it is by codebooks of the user's own. `sentence` is the (start, end) of the
    sentence of the anchor.
    """

    id: str
    type: str
    anchor: Span
    sentence: tuple[int, int]
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    status: Status = "actual"
    aspect: Aspect | None = None
    factuality: float | None = None
    time: Interval | None = None
    place: int | None = None
    said_by: tuple[Attribution, ...] = ()
    quantity: tuple[Quantity, ...] = ()
    codes: tuple[Code, ...] = ()
    mentions: tuple[Span, ...] = ()
    confidence: float | None = None


class Events(Sequence[Event]):
    """The events of a record: an immutable sequence that also makes rows for data frames."""

    __slots__ = ("_actors", "_items")

    def __init__(self, items: Sequence[Event], actors: Mapping[str, Actor]) -> None:
        self._items = tuple(items)
        self._actors = actors

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Events):
            return self._items == other._items
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return f"Events({list(self._items)!r})"

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one flat dictionary an event, for ``pandas.DataFrame`` or ``polars.DataFrame``.

        Parties are joined with ``;`` both as ids and as countries (each country once); dates are
        ISO strings; the anchor and the sentence are given as offsets and the anchor as text too.
        """
        return [self._row(event) for event in self._items]

    def _row(self, event: Event) -> dict[str, Any]:
        time = event.time
        return {
            "id": event.id,
            "type": event.type,
            "mode": event.mode,
            "contexts": ";".join(event.contexts),
            "cameo": event.cameo,
            "quad": event.quad,
            "goldstein": event.goldstein,
            "source": ";".join(event.source),
            "source_country": self._countries(event.source),
            "target": ";".join(event.target),
            "target_country": self._countries(event.target),
            "status": event.status,
            "aspect": event.aspect,
            "factuality": event.factuality,
            "time": time.value if time else None,
            "from": time.start.isoformat() if time and time.start else None,
            "to": time.end.isoformat() if time and time.end else None,
            "said_by": ";".join(link.actor or link.text or "" for link in event.said_by),
            "codes": ";".join(f"{code.codebook}:{code.type}" for code in event.codes),
            "anchor": event.anchor.text,
            "start": event.anchor.start,
            "end": event.anchor.end,
            "sentence_start": event.sentence[0],
            "sentence_end": event.sentence[1],
            "confidence": event.confidence,
        }

    def _countries(self, ids: Sequence[str]) -> str:
        found = (self._actors[id_].country for id_ in ids if id_ in self._actors)
        return ";".join(dict.fromkeys(country for country in found if country))
