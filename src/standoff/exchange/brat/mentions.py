"""Who, when and where in a brat file: text-bounds and normalisations beside what was exported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs

from standoff.exchange.brat.drawing import (
    ACTOR,
    GEONAMES,
    PLACE,
    STANDOFF,
    TIME,
    geoname,
    overlap,
    shown_mentions,
)
from standoff.exchange.brat.edition import Edition
from standoff.exchange.brat.lines import Fragments, Normalisation, TextBound, fragments_of
from standoff.record import Actor, Interval, Place, Span, Time


@attrs.frozen
class Parties:
    """Actors, and which of them each text-bound names.

    `renamed` are the exported words that a human says to be somebody else, `vanished` the actors
    that no words name any more.
    """

    actors: tuple[Actor, ...]
    who: dict[str, tuple[str, ...]]
    renamed: frozenset[Fragments]
    vanished: frozenset[str]

    def at(self, span: Span) -> str | None:
        """Return the actor that words are a mention of, else the last one named within them."""
        inside = [
            (mention == span, mention.start, actor.id)
            for actor in self.actors
            for mention in actor.mentions
            if span.start <= mention.start and mention.end <= span.end
        ]
        return max(inside)[2] if inside else None


@attrs.frozen
class Times:
    """Times, and what the expression of each text-bound resolves to."""

    times: tuple[Time, ...]
    interval: dict[str, Interval | None]


@attrs.frozen
class Places:
    """Places, where each of the exported ones is now, and the place of each text-bound."""

    places: tuple[Place, ...]
    moved: dict[int, int]
    index: dict[str, int]


def parties(edition: Edition) -> Parties:
    """Return the actors of a file."""
    given = _references(edition, STANDOFF)
    mentions: list[list[Span]] = []
    who: dict[str, list[str]] = defaultdict(list)
    before: dict[str, set[str]] = defaultdict(set)
    for actor in edition.base.actors:
        shown, kept = shown_mentions(actor, edition.text), []
        for mention in actor.mentions:
            id_ = edition.marks.text_bounds.get((ACTOR, fragments_of(edition.text, mention)), "")
            now = edition.now(ACTOR, mention)
            if mention in shown:
                before[id_].add(actor.id)
                if actor.id not in (each.entry for each in given[id_]):
                    now = None
            if now is not None:
                kept.append(now)
                who[id_].append(actor.id)
        mentions.append(kept)
    actors = {actor.id: actor for actor in reversed(edition.base.actors)}
    added: dict[str, list[Span]] = defaultdict(list)
    renamed = set()
    for bound in edition.of_type(ACTOR):
        known = bound.id in edition.known
        names = {each.entry: each.name for each in given[bound.id]}
        if (known or bound.fragments in edition.unnamed) and names.keys() != before[bound.id]:
            renamed.add(bound.fragments)
        if not names and not known and bound.fragments not in edition.unnamed:
            names = _named(edition, bound, given, actors)
        for id_, name in names.items():
            if not known or id_ not in before[bound.id]:
                if id_ not in actors:
                    actors[id_] = _described(id_, name or bound.words)
                added[id_].append(edition.hull(bound.fragments))
                who[bound.id].append(id_)
    return Parties(
        tuple(_with_mentions(edition, mentions, added, actors)),
        {id_: tuple(dict.fromkeys(ids)) for id_, ids in who.items()},
        frozenset(renamed),
        frozenset(
            actor.id
            for actor, kept in zip(edition.base.actors, mentions, strict=True)
            if actor.mentions and not kept and actor.id not in added
        ),
    )


def _with_mentions(
    edition: Edition,
    mentions: list[list[Span]],
    added: dict[str, list[Span]],
    actors: dict[str, Actor],
) -> Iterator[Actor]:
    """Yield the actors with their mentions as they are now, new ones last."""
    left = dict(added)
    for actor, kept in zip(edition.base.actors, mentions, strict=True):
        more = left.pop(actor.id, [])
        yield attrs.evolve(actor, mentions=tuple(sorted((*kept, *more)) if more else kept))
    for id_, spans in left.items():
        yield attrs.evolve(actors[id_], mentions=tuple(sorted(spans)))


def _references(edition: Edition, resource: str) -> dict[str, list[Normalisation]]:
    """Return the normalisations of each text-bound that refer to a resource."""
    found: dict[str, list[Normalisation]] = defaultdict(list)
    for each in edition.sheet.normalisations.values():
        if each.resource == resource:
            found[each.target].append(each)
    return found


def _named(
    edition: Edition,
    bound: TextBound,
    given: dict[str, list[Normalisation]],
    actors: dict[str, Actor],
) -> dict[str, str]:
    """Return who words marked by hand stand for, where no normalisation of theirs says it."""
    from standoff.exchange.brat import naming  # heavy, and few files need it

    for group in edition.sheet.equivalences.values():
        if bound.id in group:
            same = {each.entry: each.name for of in group for each in given[of]}
            if same:
                return same
    hull = edition.hull(bound.fragments)
    inside = (edition.hull(edition.bound(of).fragments) for of in given if given[of])
    if any(overlap(hull, each) and len(each.text) < len(hull.text) for each in inside):
        # "two British trawlers" are Britain's and no actor of their own.
        return {}
    return naming.named(bound.words, actors, edition.base.document.published)


def _described(id_: str, name: str) -> Actor:
    from standoff.exchange.brat import naming  # heavy, and few files need it

    return naming.described(id_, name)


def times(edition: Edition) -> Times:
    """Return the times of a file."""
    found: list[Time] = []
    interval: dict[str, Interval | None] = {}
    for time in edition.base.times:
        now = edition.now(TIME, time.span)
        if now is not None:
            found.append(attrs.evolve(time, span=now))
            id_ = edition.marks.text_bounds.get((TIME, fragments_of(edition.text, time.span)), "")
            interval[id_] = interval.get(id_) or time.interval
    for bound in edition.added(TIME):
        from standoff.exchange.brat import naming  # heavy, and few files need it

        span = edition.hull(bound.fragments)
        interval[bound.id] = naming.interval(edition.text, span, edition.base.document.published)
        found.append(Time(span, interval[bound.id]))
    return Times(tuple(found), interval)


def places(edition: Edition) -> Places:
    """Return the places of a file; where a human gave an id, the gazetteer says what it can."""
    given = _references(edition, GEONAMES)
    before: dict[str, set[str]] = defaultdict(set)
    ids = [
        edition.marks.text_bounds.get((PLACE, fragments_of(edition.text, place.span)), "")
        for place in edition.base.places
    ]
    for place, id_ in zip(edition.base.places, ids, strict=True):
        before[id_] |= {entry} if (entry := geoname(place)) else set()
    found: list[Place] = []
    moved: dict[int, int] = {}
    index: dict[str, int] = {}
    for number, (place, id_) in enumerate(zip(edition.base.places, ids, strict=True)):
        now = edition.now(PLACE, place.span)
        if now is None:
            continue
        moved[number] = len(found)
        index.setdefault(id_, len(found))
        references = given[id_]
        if not id_ or {each.entry for each in references} == before[id_]:
            found.append(attrs.evolve(place, span=now))
        else:
            new = [each for each in references if each.entry not in before[id_]] or references
            found.append(_place(edition, now, new))
    for bound in edition.added(PLACE):
        index[bound.id] = len(found)
        found.append(_place(edition, edition.hull(bound.fragments), given[bound.id]))
    return Places(tuple(found), moved, index)


def _place(edition: Edition, span: Span, references: list[Normalisation]) -> Place:
    """Return the place that a human says words name."""
    from standoff.exchange.brat import naming  # heavy, and few files need it

    return naming.place(edition, span, references)
