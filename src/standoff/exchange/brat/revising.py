"""An event of a brat file: what differs from what was exported, put over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from standoff import ontology
from standoff.errors import UnknownLabelError
from standoff.exchange.brat.drawing import (
    ACTOR,
    PLACE,
    QUANTITY,
    ROLES,
    TIME,
    View,
    known_contexts,
    overlap,
)
from standoff.exchange.brat.edition import Edition
from standoff.exchange.brat.lines import Attribute, EventLine, TextBound, fragments_of
from standoff.exchange.brat.mentions import Parties, Places, Times
from standoff.record import Attribution, Event, Quantity, Span

CONTEXT = re.compile(r"Context([0-9]{0,4})")


@attrs.frozen
class Surroundings:
    """All that the roles of an event may refer to."""

    edition: Edition
    parties: Parties
    times: Times
    places: Places


@attrs.frozen
class Line:
    """An event as the file has it: its view, and the lines that the parts of it come from."""

    line: EventLine
    view: View
    filled: dict[str, list[TextBound]]
    attributes: dict[str, Attribute]


def added(around: Surroundings, id_: str, now: Line) -> Event:
    """Return an event that a human added."""
    anchor = around.edition.hull(now.view.trigger)
    blank = Event(id_, "", anchor, _sentence(around.edition, anchor), mentions=(anchor,))
    return revised(around, blank, View("", now.view.trigger, {}, {}), now)


def revised(around: Surroundings, event: Event, before: View, now: Line) -> Event:
    """Return an event with all that differs between what was exported and what the file has."""
    if before.trigger != now.view.trigger:
        event = _moved(around.edition, event, now)
    event = _recoded(around.edition, event, before, now)
    event = _told(event, before.attributes, now.view.attributes)
    changes: dict[str, Any] = {}
    for role, bounds in now.filled.items():
        was, fragments = before.roles.get(role, ()), {bound.fragments for bound in bounds}
        # Words that are somebody else by now are as good as others.
        renamed = around.parties.renamed if ROLES[role] == ACTOR else frozenset()
        if set(was) == fragments and renamed.isdisjoint(fragments):
            continue
        kept = [b for b in bounds if b.fragments in was and b.fragments not in renamed]
        new = [bound for bound in bounds if bound not in kept]
        if ROLES[role] == ACTOR:
            changes |= _side(around, event, role.lower(), kept, new)
        elif ROLES[role] == TIME:
            intervals = (around.times.interval.get(bound.id) for bound in bounds)
            changes["time"] = next((each for each in intervals if each is not None), None)
        elif ROLES[role] == PLACE:
            changes["place"] = around.places.index.get(bounds[0].id) if bounds else None
        elif ROLES[role] == QUANTITY:
            changes["quantity"] = tuple(_quantities(around.edition, event, kept, new))
    return attrs.evolve(event, **changes)


def _moved(edition: Edition, event: Event, now: Line) -> Event:
    """Return an event with its anchor where the trigger is."""
    anchor = edition.hull(now.view.trigger)
    start, end = event.sentence
    mentions = tuple(anchor if mention == event.anchor else mention for mention in event.mentions)
    if anchor not in mentions:
        mentions = (*mentions, anchor)
    event = attrs.evolve(event, anchor=anchor, mentions=mentions)
    if start <= anchor.start and anchor.end <= end:
        return event
    # The words of the parties are those of the anchor's sentence.
    start, end = _sentence(edition, anchor)
    source, target = (
        tuple(span for span in spans if start <= span.start and span.end <= end)
        for spans in (event.source_spans, event.target_spans)
    )
    return attrs.evolve(event, sentence=(start, end), source_spans=source, target_spans=target)


def _sentence(edition: Edition, anchor: Span) -> tuple[int, int]:
    """Return the sentence of an anchor."""
    for event in edition.base.events:
        if event.sentence[0] <= anchor.start and anchor.end <= event.sentence[1]:
            return event.sentence
    from standoff.exchange.brat import naming  # heavy, and few files need it

    return naming.sentence_at(edition.text, anchor)


def _recoded(edition: Edition, event: Event, before: View, now: Line) -> Event:
    """Return an event of the type, mode and contexts of the file, with the codes that follow."""
    type_, mode, contexts = now.view.type, event.mode, event.contexts
    was, given = before.attributes, now.view.attributes
    modes = {each.name for each in ontology.event_type(type_).modes}
    if given.get("Mode") != was.get("Mode"):
        mode = given.get("Mode")
        if mode is not None and mode not in modes:
            try:
                ontology.mode(type_, mode)
            except UnknownLabelError as error:
                edition.fail(str(error), now.attributes["Mode"].line)
    elif type_ != event.type and mode not in modes:
        mode = None
    if _contexts(given) != _contexts(was):
        unlisted = (context for context in contexts if context not in known_contexts())
        contexts = tuple(dict.fromkeys((*_contexts(given), *unlisted)))
    quad = event.quad
    if (type_, mode, contexts) != (event.type, event.mode, event.contexts):
        code = ontology.cameo_for(
            type_, mode if mode in modes else None, known_contexts().intersection(contexts)
        )
        quad = int(ontology.quad(type_))
        event = attrs.evolve(
            event,
            type=type_,
            mode=mode,
            contexts=contexts,
            cameo=code.code,
            goldstein=code.goldstein,
        )
    if given.get("Quad") != was.get("Quad"):
        quad = int(given.get("Quad") or ontology.quad(type_))
    return attrs.evolve(event, quad=quad)


def _contexts(attributes: dict[str, str]) -> list[str]:
    """Return the contexts among attributes, in the order of their numbers."""
    numbered = [
        (int(match[1] or 1), value)
        for name, value in attributes.items()
        if (match := CONTEXT.fullmatch(name))
    ]
    return [value for _, value in sorted(numbered)]


def _told(event: Event, was: dict[str, str], given: dict[str, str]) -> Event:
    """Return an event with the status, aspect and stance of the file."""
    changes: dict[str, Any] = {}
    if given.get("Status") != was.get("Status"):
        changes["status"] = given.get("Status", "actual")
    if given.get("Aspect") != was.get("Aspect"):
        changes["aspect"] = given.get("Aspect")
    if given.get("Stance") != was.get("Stance"):
        first, *rest = event.said_by or (Attribution(None),)
        stance: Any = given.get("Stance", "asserts")
        changes["said_by"] = (attrs.evolve(first, stance=stance), *rest)
    return attrs.evolve(event, **changes)


def _side(
    around: Surroundings, event: Event, side: str, kept: list[TextBound], new: list[TextBound]
) -> dict[str, Any]:
    """Return the changes of one side: who is on it, and the words for them in the sentence."""
    edition, parties = around.edition, around.parties
    start, end = event.sentence
    hulls = [edition.hull(bound.fragments) for bound in kept]
    named = {
        actor.id
        for actor in edition.base.actors
        if any(overlap(mention, hull) for mention in actor.mentions for hull in hulls)
    }
    ids = [id_ for id_ in getattr(event, side) if id_ in named]
    same = {bound.fragments for bound in kept}
    spans = [
        span
        for span in getattr(event, f"{side}_spans")
        if (fragments := fragments_of(edition.text, span)) in same or not fragments
    ]
    for bound in new:
        hull = edition.hull(bound.fragments)
        inside = parties.at(hull)
        ids += parties.who.get(bound.id) or ((inside,) if inside else ())
        if start <= hull.start and hull.end <= end:
            spans.append(hull)
    return {side: tuple(dict.fromkeys(ids)), f"{side}_spans": tuple(dict.fromkeys(spans))}


def _quantities(
    edition: Edition, event: Event, kept: list[TextBound], new: list[TextBound]
) -> Iterator[Quantity]:
    same = {bound.fragments for bound in kept}
    for quantity in event.quantity:
        fragments = fragments_of(edition.text, quantity.span)
        if fragments in same or not fragments:
            yield quantity
    for bound in new:
        from standoff.exchange.brat import naming  # heavy, and few files need it

        value = naming.number(bound.words)
        if value is None:
            shown = ascii(bound.words[:40])
            edition.fail(f"{shown} is no {QUANTITY}: mark words that hold a number", bound.line)
        yield Quantity(edition.hull(bound.fragments), value)
