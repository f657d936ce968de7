"""What of a record brat shows, and as which annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from standoff import ontology
from standoff.exchange.brat.lines import Fragments, column, fragments_of
from standoff.record import Actor, Event, Place, Record, Span

ACTOR, TIME, PLACE, QUANTITY = "Actor", "Time", "Place", "Quantity"
SPEAKER, CUE, CONTENT = "Speaker", "Cue", "Content"
CONDITION, CONSEQUENT = "Condition", "Consequent"
TEXT_BOUNDS = (ACTOR, TIME, PLACE, QUANTITY, SPEAKER, CUE, CONTENT, CONDITION, CONSEQUENT)

#: The roles of an event and what may fill each; a role that is there twice is numbered from 2 on.
ROLES = {"Source": ACTOR, "Target": ACTOR, "Time": TIME, "Place": PLACE, "Quantity": QUANTITY}

SAID, CUED, TIES = "Said", "Cued", "Ties"
"""Speaker → content, cue → content, consequent → condition."""

STANDOFF, GEONAMES = "Standoff", "GeoNames"
"""The resources that normalisations refer to: actor ids, and ids of GeoNames."""

#: The target of the note that holds what belongs to no single annotation.
DOCUMENT = "document"

Key = tuple[str, Fragments]
"""What makes a text-bound: its type and where it is. Two entries of one key share one."""

_WORD = re.compile(r"\S+")


@attrs.frozen
class Link:
    """One content of a statement, and the relations to it from the speaker and from the cue.

    None where brat cannot show one of the two ends.
    """

    content: Key
    said: str | None
    cued: str | None


@attrs.frozen
class Marks:
    """Text-bounds and relations of all but the events.

    Their ids hang on no event, so they are still known where a human took an event away, note and
    all. `statements` has the links of each statement, `conditions` the relation of each condition.
    """

    text_bounds: dict[Key, str]
    statements: tuple[tuple[Link, ...], ...]
    conditions: tuple[str | None, ...]
    relations: dict[str, tuple[str, Key, Key]]


@attrs.frozen
class View:
    """What brat shows of an event; `roles` has the fragments of what fills each."""

    type: str
    trigger: Fragments
    roles: dict[str, tuple[Fragments, ...]]
    attributes: dict[str, str]

    def text_bounds(self) -> Iterator[Key]:
        """Yield the text-bounds that it needs."""
        yield self.type, self.trigger
        for role, filled in self.roles.items():
            for fragments in filled:
                yield ROLES[role], fragments


def marks_of(record: Record) -> Marks:
    """Return what brat shows of the actors, times, places, statements and conditions."""
    text = record.document.text

    def key(type_: str, span: Span | None) -> Key:
        return type_, () if span is None else fragments_of(text, span)

    statements = [
        (key(SPEAKER, s.speaker_span), key(CUE, s.cue), [key(CONTENT, span) for span in s.content])
        for s in record.statements
    ]
    conditions = [
        (key(CONSEQUENT, c.consequent), key(CONDITION, c.condition)) for c in record.conditions
    ]
    keys = {
        *(key(ACTOR, mention) for actor in record.actors for mention in actor.mentions),
        *(key(TIME, time.span) for time in record.times),
        *(key(PLACE, place.span) for place in record.places),
        *(each for speaker, cue, contents in statements for each in (speaker, cue, *contents)),
        *(each for pair in conditions for each in pair),
    }
    ordered = sorted((k for k in keys if k[1]), key=lambda k: (k[1][0][0], k[1][-1][1], k))
    relations: dict[str, tuple[str, Key, Key]] = {}

    def relate(type_: str, first: Key, second: Key) -> str | None:
        if not first[1] or not second[1]:
            return None
        id_ = f"R{len(relations) + 1}"
        relations[id_] = (type_, first, second)
        return id_

    def link(speaker: Key, cue: Key, content: Key) -> Link:
        return Link(content, relate(SAID, speaker, content), relate(CUED, cue, content))

    ties = tuple(relate(TIES, consequent, condition) for consequent, condition in conditions)
    links = tuple(
        tuple(link(speaker, cue, content) for content in contents)
        for speaker, cue, contents in statements
    )
    return Marks({k: f"T{n}" for n, k in enumerate(ordered, start=1)}, links, ties, relations)


def view_of(event: Event, record: Record) -> View | None:
    """Return what brat shows of an event, None where its anchor has no visible character."""
    text = record.document.text
    trigger = fragments_of(text, event.anchor)
    if not trigger:
        return None
    place = None if event.place is None else record.places[event.place].span
    roles = {
        "Source": [
            *event.source_spans,
            *_mentions(record, event, event.source, event.source_spans),
        ],
        "Target": [
            *event.target_spans,
            *_mentions(record, event, event.target, event.target_spans),
        ],
        "Time": _expression(record, event),
        "Place": [] if place is None else [place],
        "Quantity": [quantity.span for quantity in event.quantity],
    }
    filled = {
        role: tuple(dict.fromkeys(found for span in spans if (found := fragments_of(text, span))))
        for role, spans in roles.items()
    }
    return View(event.type, trigger, filled, _attributes(event))


def _mentions(
    record: Record, event: Event, ids: tuple[str, ...], spans: tuple[Span, ...]
) -> list[Span]:
    """Return for each party that its words do not hold the mention nearest to the event."""
    text, found = record.document.text, []
    for id_ in ids:
        mentions = [
            mention
            for actor in record.actors
            if actor.id == id_
            for mention in shown_mentions(actor, text)
        ]
        if mentions and not any(overlap(mention, span) for mention in mentions for span in spans):
            found.append(min(mentions, key=lambda mention: _distance(mention, event)))
    return found


def _expression(record: Record, event: Event) -> list[Span]:
    """Return the expression that the time of an event was read from, as far as one can tell."""
    text = record.document.text
    spans = [
        time.span
        for time in record.times
        if time.interval is not None
        and time.interval == event.time
        and fragments_of(text, time.span)
    ]
    return [min(spans, key=lambda span: _distance(span, event))] if spans else []


def _distance(span: Span, event: Event) -> tuple[int, int]:
    """Return how far words are from an event, those of the same sentence first."""
    inside = event.sentence[0] <= span.start and span.end <= event.sentence[1]
    return (0 if inside else 1), abs(span.start - event.anchor.start)


def _attributes(event: Event) -> dict[str, str]:
    """Return what attributes say; modes and contexts of no PLOVER list stay in the note."""
    modes = {mode.name for mode in ontology.event_type(event.type).modes}
    stance = event.said_by[0].stance if event.said_by else None
    contexts = [context for context in event.contexts if context in known_contexts()]
    found = {
        "Status": event.status,
        "Mode": event.mode if event.mode in modes else None,
        "Aspect": event.aspect,
        "Quad": None if event.quad is None else str(event.quad),
        "Stance": stance,
    }
    for number, context in enumerate(contexts, start=1):
        found["Context" if number == 1 else f"Context{number}"] = context
    return {name: value for name, value in found.items() if value is not None}


def known_contexts() -> frozenset[str]:
    """Return the names of the contexts of PLOVER."""
    return frozenset(context.name for context in ontology.contexts())


def shown_mentions(actor: Actor, text: str) -> list[Span]:
    """Return the mentions that brat can tie to an actor's id."""
    # An id with a blank in it would end the reference before its time.
    if _WORD.fullmatch(actor.id) is None or column(actor.id) != actor.id:
        return []
    return [mention for mention in actor.mentions if fragments_of(text, mention)]


def geoname(place: Place) -> str | None:
    """Return the id of GeoNames as a normalisation has it, None where there is none."""
    return None if place.geonameid is None else str(place.geonameid)


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans share a character."""
    return one.start < other.end and other.start < one.end
