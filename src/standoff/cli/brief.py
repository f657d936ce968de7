"""A brief of a record in plain words: what an analyst wants first, each line with its evidence.

The rules are few and read only the record: types and status say which topic an event belongs to,
and the words are the report's own, from the anchor to the end of its clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import attrs

from standoff.cli.excerpt import clause
from standoff.cli.names import Names, is_mutual, joined, spoken_date
from standoff.cli.plain import shortened
from standoff.record import Condition, Event, Record, Span

MOST_LINES = 15
_MOST_QUOTES = 4
_GIVING = frozenset({"CONCEDE", "RETREAT", "AID"})
_PRESSING = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST"})
_TOGETHER = frozenset({"AGREE", "SUPPORT", "COOPERATE"})
_UNDONE = frozenset({"suspended", "ended"})
_TALKS = {
    "actual": "{} held talks",
    "planned": "{} plan to talk",
    "promised": "{} are to talk",
    "threatened": "talks between {} are threatened",
    "requested": "talks between {} are asked for",
    "hypothetical": "talks between {} are possible",
    "denied": "talks between {} are denied",
    "cancelled": "talks between {} were called off",
    "postponed": "talks between {} were put off",
    "ended": "talks between {} ended",
}
_OUTCOMES = {"actual": "held", "cancelled": "called off", "postponed": "put off"}


@attrs.frozen
class Line:
    """One line of a brief: its topic, what it says, and the words that it rests on."""

    topic: str
    text: str
    evidence: tuple[Span, ...]


def lines(record: Record, most: int = MOST_LINES) -> list[Line]:
    """Return the brief of `record`: at most `most` lines, topic by topic."""
    drafts = list(_Brief(record).lines())
    # Every topic keeps its first line before any keeps its second, so that a long list of demands
    # does not crowd out the one threat.
    rank = {
        id(line): place
        for _, group in groupby(drafts, key=lambda line: line.topic)
        for place, line in enumerate(group)
    }
    kept = {id(line) for line in sorted(drafts, key=lambda line: rank[id(line)])[:most]}
    return [line for line in drafts if id(line) in kept]


class _Brief:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._names = Names(record)
        self._events = sorted(record.events, key=lambda event: event.anchor)

    def lines(self) -> Iterator[Line]:
        yield from self._talks()
        yield from self._disputed()
        yield from self._measures("Given", gives=True)
        yield from self._measures("Pressure", gives=False)
        yield from self._each("Promised", _is_promise)
        yield from self._agreements()
        yield from self._each("Demanded", _is_actual("REQUEST"))
        yield from self._each("Refused", _is_actual("REJECT"))
        yield from self._threats()
        yield from self._other_conditions()

    def _talks(self) -> Iterator[Line]:
        disputed = {event.id for told in self._accounts() for event in told if event.said_by}
        for event in self._events:
            if event.type == "CONSULT" and event.id not in disputed:
                people = self._people((*event.source, *event.target)) or "somebody"
                text = f"{_TALKS[event.status].format(people)} {spoken_date(event.time)}"
                yield self._line("Talks", text.rstrip(), event)

    def _accounts(self) -> list[list[Event]]:
        """Return the talks that are told with different outcomes, one list for each."""
        by_sides: dict[frozenset[str], list[Event]] = {}
        for event in self._events:
            if event.type != "CONSULT" or event.status not in _OUTCOMES:
                continue
            # A meeting that was held is as a rule an earlier one, unless somebody says so.
            if event.status != "actual" or event.said_by:
                sides = frozenset(self._names.sides((*event.source, *event.target)))
                by_sides.setdefault(sides, []).append(event)
        return [
            told
            for told in by_sides.values()
            if len({event.status for event in told}) > 1 and any(event.said_by for event in told)
        ]

    def _disputed(self) -> Iterator[Line]:
        for told in self._accounts():
            sides = joined(self._names.sides((*told[0].source, *told[0].target)))
            accounts = "; ".join(
                ", ".join(filter(None, (_OUTCOMES[event.status], self._sayers(event))))
                for event in told
            )
            yield _made("Disputed", f"what became of the talks of {sides}: {accounts}", told)
        for event in self._events:
            doubted = any(link.stance in ("denies", "doubts") for link in event.said_by)
            if event.status == "denied" or doubted:
                who = self._sayers(event) or "denied"
                yield _made("Disputed", f"{who}: {self._quote(event)}", [event])

    def _measures(self, topic: str, *, gives: bool) -> Iterator[Line]:
        by_side: dict[str, list[Event]] = {}
        for event in self._events:
            if _gives(event) is gives and event.source:
                by_side.setdefault(joined(self._names.sides(event.source)), []).append(event)
        for side, events in by_side.items():
            shown = events[:_MOST_QUOTES]
            more = f" and {len(events) - len(shown)} more" if len(events) > len(shown) else ""
            quotes = ", ".join(self._undone(event) + self._quote(event) for event in shown)
            yield _made(topic, f"{side}: {quotes}{more}", shown)

    def _undone(self, event: Event) -> str:
        """Return what was done to a measure, unless the quoted words will begin with it."""
        state = event.aspect if event.aspect in _UNDONE else event.status
        if state not in _UNDONE or event.anchor.text.lower().startswith(state[:5]):
            return ""
        return f"{state} "

    def _each(self, topic: str, wanted: Callable[[Event], bool]) -> Iterator[Line]:
        for event in self._events:
            if wanted(event):
                yield self._line(topic, f"{self._who(event)}: {self._quote(event)}", event)

    def _agreements(self) -> Iterator[Line]:
        for event in self._events:
            if event.type in _TOGETHER and event.status == "actual" and is_mutual(event):
                people = self._people(event.source)
                yield self._line("Agreed", f"{people}: {self._quote(event)}", event)

    def _threats(self) -> Iterator[Line]:
        for event in self._events:
            if _is_actual("THREATEN")(event):
                condition = next((c for c in self._record.conditions if _binds(c, event)), None)
                what = self._quote(event) if condition is None else _tie(condition)
                yield self._line("Threatened", f"{self._who(event)}: {what}", event)

    def _other_conditions(self) -> Iterator[Line]:
        threats = [event for event in self._events if _is_actual("THREATEN")(event)]
        for condition in self._record.conditions:
            if any(_binds(condition, threat) for threat in threats):
                continue
            who = self._names.prose(condition.actor) if condition.actor else "it is said"
            yield Line(
                "Conditions",
                f"{who}: {_tie(condition)}",
                (condition.consequent, condition.condition),
            )

    def _people(self, ids: Sequence[str]) -> str:
        people = list(dict.fromkeys(map(self._names.prose, ids)))
        return joined(people if len(people) <= 4 else list(self._names.sides(ids)))

    def _who(self, event: Event) -> str:
        source, target = self._people(event.source) or "somebody", self._people(event.target)
        return f"{source}, to {target}" if target else source

    def _sayers(self, event: Event) -> str:
        return self._names.sayers(event.said_by)

    def _quote(self, event: Event) -> str:
        text = self._record.document.text[: max(event.sentence[1], event.anchor.end)]
        return f"“{clause(text, event.anchor.start, event.anchor.end)}”"

    def _line(self, topic: str, text: str, event: Event) -> Line:
        sayers = self._sayers(event)
        return _made(topic, f"{text}, {sayers}" if sayers else text, [event])


def _made(topic: str, text: str, events: Iterable[Event]) -> Line:
    return Line(topic, text, tuple(event.anchor for event in events))


def _is_actual(type_: str) -> Callable[[Event], bool]:
    return lambda event: event.type == type_ and event.status == "actual"


def _is_promise(event: Event) -> bool:
    if event.status == "promised":
        return event.type not in _PRESSING and event.type != "CONSULT"
    return _is_actual("AGREE")(event) and not is_mutual(event)


def _gives(event: Event) -> bool | None:
    """Tell whether a measure eases (True) or presses (False); None where it is no measure."""
    if event.status not in ("actual", "ended"):
        return None
    undone = event.status == "ended" or event.aspect in _UNDONE
    if event.type in _GIVING:
        return not undone
    if event.type in _PRESSING:
        return undone
    return None


def _binds(condition: Condition, threat: Event) -> bool:
    start, end = threat.sentence
    return condition.consequent_event == threat.id or start <= condition.consequent.start < end


def _tie(condition: Condition) -> str:
    relation = shortened(condition.relation.replace("_", " "), 30)
    consequent = shortened(condition.consequent.text, 90)
    return f"“{consequent}” {relation} “{shortened(condition.condition.text, 90)}”"
