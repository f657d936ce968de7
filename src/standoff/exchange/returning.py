"""What humans decided, on its way out and back: a record with decisions, and changes made to one.

`decided` puts the decisions of a store into what the machine read, for annotators to go on with.
`changes` holds a record that comes back against what the store has, and says which decisions it
amounts to. For a record that nobody touched these are none.

Back comes what a decision can say: that an event is none, that there is another one, and its type,
mode, contexts, status, aspect, parties, days and place. An anchor that was moved within its
sentence, statements, conditions and quantities have no place among decisions and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import attrs

from standoff import ontology
from standoff.errors import InvalidRecordError
from standoff.exchange import rows
from standoff.record import Actor, Event, Interval, Place, Record, Span
from standoff.store.model import Account
from standoff.store.sides import shared_ids

Action = Literal["correct", "reject", "accept", "add"]

#: Fields whose values have no order that would mean something.
_SETS = frozenset({"contexts", "source", "target"})
#: Fields that an account and an event have alike.
_ALIKE_FIELDS = ("type", "mode", "contexts", "cameo", "quad", "goldstein", "status", "aspect")
#: How ids begin that hold for one document only; nothing is known of them elsewhere.
_LOCAL = "doc."


@attrs.frozen
class Change:
    """A decision that a record amounts to: on which words, and what it makes of them.

    `account` is the account decided on, None where one is added. `fields` maps a field to its value
    before and after, as JSON values, which `Store.correct` and `Store.add_event` take.
    """

    action: Action
    anchor: Span
    type: str
    account: str | None = None
    fields: dict[str, tuple[Any, Any]] = attrs.field(factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """The new values by field."""
        return {name: after for name, (_, after) in self.fields.items()}


def decided(
    record: Record,
    accounts: Iterable[Account],
    actors: Mapping[str, Actor] = MappingProxyType({}),
) -> Record:
    """Return the record of the machine with human decisions applied.

    What was corrected is so, rejected events are left out, and those that a human added, or that
    only a decision keeps, stand behind the others under the ids of their accounts. `accounts` are
    all of the document; `actors` describes those that only decisions name, by id.
    """
    edition = _Edition(record)
    told = edition.told(accounts)
    events = [event for account, event in told if not _is_rejected(account)]
    gone = {event.id for event in record.events} - {event.id for event in events}
    return attrs.evolve(
        record,
        actors=(*record.actors, *_newcomers(record, events, actors)),
        places=tuple(edition.places),
        events=events,
        conditions=tuple(
            attrs.evolve(
                each,
                consequent_event=None if each.consequent_event in gone else each.consequent_event,
                condition_event=None if each.condition_event in gone else each.condition_event,
            )
            for each in record.conditions
        ),
    )


def changes(imported: Record, record: Record, accounts: Sequence[Account]) -> list[Change]:
    """Return the decisions by which the accounts of a document become what `imported` says.

    `record` is what the machine read and `accounts` are all of the document. An event is the one of
    an account if it has its id and shares words with it; else if their words overlap, those of one
    type first; else if it has its id and stands in its sentence. What was rejected and is
    in `imported` nevertheless, at the same words and of the same type, is accepted.

    Raises:
        InvalidRecordError: the two records are of different texts.
    """
    if imported.document.id != record.document.id:
        raise InvalidRecordError("it is of another text, whose offsets mean nothing here")
    edition = _Edition(record)
    told = edition.told(accounts)
    before = _Values(edition.places, edition.shared)
    after = _Values(imported.places, shared_ids(imported.actors))
    standing = [pair for pair in told if not _is_rejected(pair[0])]
    rejected = [pair for pair in told if _is_rejected(pair[0])]
    now, left = _paired([event for _, event in standing], imported.events, _ALIKE)
    again, left = _paired([event for _, event in rejected], left, (_same_type_there,))
    found = [_added(event, after.of(event)) for event in left]
    for (account, event), same in zip(standing + rejected, now + again, strict=True):
        fields = _differing(before.of(event), after.of(same)) if same else {}
        action: Action | None = "correct" if fields else None
        if _is_rejected(account):
            # A correction lifts a rejection, too.
            action = action or ("accept" if same else None)
        elif same is None:
            action = "reject"
        if account is not None and action is not None:
            found.append(Change(action, event.anchor, event.type, account.id, fields))
    return sorted(found, key=lambda change: change.anchor)


def _is_rejected(account: Account | None) -> bool:
    return account is not None and account.review == "rejected"


class _Edition:
    """Events of a record as accounts have them; places that only decisions name are added."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.places: list[Place] = list(record.places)
        self.shared = shared_ids(record.actors)
        # Of two actors of one name the first stands for both, as in the store, and ids that a
        # human gave are in capitals there.
        self._own = {shared.upper(): own for own, shared in reversed(self.shared.items())}
        self._mentions = {actor.id: actor.mentions for actor in record.actors}

    def told(self, accounts: Iterable[Account]) -> list[tuple[Account | None, Event]]:
        """Return all events, rejected ones too, with their accounts; those of no event last."""
        accounts = list(accounts)
        by_local = {each.local: each for each in accounts if each.local is not None}
        told: list[tuple[Account | None, Event]] = []
        for event in self._record.events:
            account = by_local.pop(event.id, None)
            told.append((account, self._event(event, account) if account else event))
        others = [each for each in accounts if each.local is None or each.local in by_local]
        return told + [(each, self._event(self._blank(each), each)) for each in others]

    def _blank(self, account: Account) -> Event:
        """Return the event of an account that the record has none of, without what may differ."""
        return Event(
            account.id,
            account.type,
            account.anchor,
            account.sentence,
            factuality=account.factuality,
            said_by=tuple(
                attrs.evolve(link, actor=self._id(link.actor), via=self._id(link.via))
                for link in account.said_by
            ),
            quantity=account.quantity,
            codes=account.codes,
            mentions=account.mentions,
            confidence=account.confidence,
        )

    def _event(self, event: Event, account: Account) -> Event:
        source, source_spans = self._side(event.source, event.source_spans, account.source)
        target, target_spans = self._side(event.target, event.target_spans, account.target)
        interval = None
        if account.value is not None:
            interval = Interval(account.value, account.grain, account.start, account.end)
        return attrs.evolve(
            event,
            source=source,
            source_spans=source_spans,
            target=target,
            target_spans=target_spans,
            time=interval,
            place=self._place(event, account),
            **{name: getattr(account, name) for name in _ALIKE_FIELDS},
        )

    def _side(
        self, ids: tuple[str, ...], spans: tuple[Span, ...], decided: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[Span, ...]]:
        """Return who is on a side and the words for them; words for somebody else are left out."""
        if tuple(dict.fromkeys(self.shared.get(id_, id_) for id_ in ids)) == decided:
            return ids, spans
        now = tuple(dict.fromkeys(self._own.get(id_.upper(), id_) for id_ in decided))
        gone = [span for id_ in ids if id_ not in now for span in self._mentions.get(id_, ())]
        kept = [span for id_ in now for span in self._mentions.get(id_, ())]
        return now, tuple(
            span
            for span in spans
            if not any(_overlap(span, each) for each in gone)
            or any(_overlap(span, each) for each in kept)
        )

    def _place(self, event: Event, account: Account) -> int | None:
        """Return the place of an account; None where the text has no words for it."""
        if account.place is None:
            return None
        wanted = (account.place, account.country)
        current = None if event.place is None else self.places[event.place]
        if current is not None and (current.name, current.country) == wanted:
            return event.place
        for number, place in enumerate(self.places):
            if (place.name, place.country) == wanted:
                return number
        span = current.span if current and current.name == account.place else None
        span = span or self._named(account.place, account.sentence)
        if span is None:
            return None
        self.places.append(Place(span, *wanted))
        return len(self.places) - 1

    def _named(self, name: str, sentence: tuple[int, int]) -> Span | None:
        """Return where the text has a name, in the sentence if it is there."""
        text = self._record.document.text
        start = text.find(name, *sentence)
        start = text.find(name) if start < 0 else start
        return None if start < 0 or not name else Span.of(text, start, start + len(name))

    def _id(self, shared: str | None) -> str | None:
        return None if shared is None else self._own.get(shared.upper(), shared)


def _newcomers(
    record: Record, events: Iterable[Event], actors: Mapping[str, Actor]
) -> Iterator[Actor]:
    """Yield the actors whom only decisions name."""
    known = {actor.id for actor in record.actors}
    known |= {id_ for event in record.events for id_ in (*event.source, *event.target)}
    named = dict.fromkeys(id_ for event in events for id_ in (*event.source, *event.target))
    for id_ in named:
        if id_ not in known and not id_.startswith(_LOCAL):
            yield rows.actor(id_, actors)


@attrs.frozen
class _Values:
    """Reads the fields of an event that can be corrected, as JSON values of a store."""

    places: Sequence[Place]
    shared: Mapping[str, str]

    def of(self, event: Event) -> dict[str, Any]:
        """Return the values by field; modes and contexts are those that PLOVER knows."""
        contexts = {context.name for context in ontology.contexts()}
        place = None if event.place is None else self.places[event.place]
        start, end = (event.time.start, event.time.end) if event.time else (None, None)
        return {
            "type": event.type,
            "mode": event.mode if event.mode in _modes(event.type) else None,
            "contexts": [context for context in event.contexts if context in contexts],
            "status": event.status,
            "aspect": event.aspect,
            "source": self._ids(event.source),
            "target": self._ids(event.target),
            "start": start.isoformat() if start else None,
            "end": end.isoformat() if end else None,
            "place": place.name if place else None,
            "country": place.country if place else None,
        }

    def _ids(self, ids: Iterable[str]) -> list[str]:
        shared = (self.shared.get(id_, id_) for id_ in ids)
        # In capitals, as a store keeps those of humans; one of this document only stays as it is.
        return list(dict.fromkeys(i if i.startswith(_LOCAL) else i.upper() for i in shared))


def _modes(type_: str) -> frozenset[str]:
    return frozenset(mode.name for mode in ontology.event_type(type_).modes)


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (before[name], after[name])
        for name in before
        if (set(before[name]) != set(after[name]) if name in _SETS else before[name] != after[name])
    }


def _added(event: Event, values: dict[str, Any]) -> Change:
    fields = {name: (None, value) for name, value in values.items() if value not in (None, [])}
    return Change("add", event.anchor, event.type, fields=fields)


def _paired(
    events: Sequence[Event],
    imported: Iterable[Event],
    ways: Sequence[Callable[[Event, Event], bool]],
) -> tuple[list[Event | None], list[Event]]:
    """Return what each event is by now, None where it is gone, and those that are none of them.

    Ways to tell are tried in their order, the surest first.
    """
    left = list(imported)
    now: list[Event | None] = [None] * len(events)
    for alike in ways:
        for place, event in enumerate(events):
            found = (n for n, each in enumerate(left) if alike(event, each))
            if now[place] is None and (number := next(found, None)) is not None:
                now[place] = left.pop(number)
    return now, left


def _same_event(event: Event, now: Event) -> bool:
    # Not the id alone: a newer model may have given it to another event since the export.
    return event.id == now.id and _touches(event, now)


def _same_type_there(event: Event, now: Event) -> bool:
    return event.type == now.type and _overlap(event.anchor, now.anchor)


def _there(event: Event, now: Event) -> bool:
    return _overlap(event.anchor, now.anchor)


def _same_type_mentioned(event: Event, now: Event) -> bool:
    return event.type == now.type and _touches(event, now)


def _moved(event: Event, now: Event) -> bool:
    (start, end), anchor = event.sentence, now.anchor
    return event.id == now.id and start <= anchor.start and anchor.end <= end


_ALIKE = (_same_event, _same_type_there, _there, _same_type_mentioned, _moved)


def _touches(event: Event, now: Event) -> bool:
    return any(_overlap(span, now.anchor) for span in (event.anchor, *event.mentions))


def _overlap(one: Span, other: Span) -> bool:
    # Empty spans share no character, not even with themselves.
    return one == other or (one.start < other.end and other.start < one.end)
