"""The events of a brat file: what a human changed wins over the entry that the notes hold."""

from __future__ import annotations

import re
from typing import Any, get_args

import attrs

from standoff import ontology
from standoff.exchange.brat import edition as editions
from standoff.exchange.brat.drawing import ROLES, View, known_contexts, overlap, view_of
from standoff.exchange.brat.edition import Edition
from standoff.exchange.brat.lines import Attribute, EventLine, TextBound
from standoff.exchange.brat.mentions import Parties, Places, Times
from standoff.exchange.brat.revising import CONTEXT, Line, Surroundings, added, revised
from standoff.record import Aspect, Event, Stance, Status

_ROLE = re.compile(r"([A-Za-z]+)[0-9]{0,4}")

#: What attributes may say, modes and contexts aside.
_VALUES: dict[str, tuple[str, ...]] = {
    "Status": get_args(Status),
    "Aspect": get_args(Aspect),
    "Stance": get_args(Stance),
    "Quad": ("1", "2", "3", "4"),
}


@attrs.frozen
class Events:
    """Events, the id of the event of each line, and the ids of those that were deleted."""

    events: tuple[Event, ...]
    by_line: dict[str, str]
    deleted: frozenset[str]


def events(edition: Edition, parties: Parties, times: Times, places: Places) -> Events:
    """Return the events of a file: those exported in their order, then those added by hand.

    Raises:
        InvalidAnnotationError: a type, role or attribute is unknown, or of the wrong kind.
    """
    around = Surroundings(edition, parties, times, places)
    attributes = _attributes(edition)
    found: list[Event] = []
    by_line: dict[str, str] = {}
    deleted: set[str] = set()
    for event, id_ in zip(edition.base.events, edition.event_lines, strict=True):
        place = None if event.place is None else places.moved.get(event.place)
        if id_ is None:
            found.append(attrs.evolve(event, place=place))
            continue
        before = view_of(event, edition.base)
        line = edition.sheet.events.get(id_)
        now = None if line is None else _read(edition, line, attributes.get(id_, []), event)
        if now is None or before is None or not _is_same(edition, before, now.view):
            deleted.add(event.id)
            continue
        by_line[id_] = event.id
        found.append(revised(around, attrs.evolve(event, place=place), before, now))
    deleted |= {id_ for line, id_ in edition.lost.items() if line not in edition.sheet.events}
    taken = {*(event.id for event in edition.base.events), *edition.lost.values()}
    for id_, line in edition.sheet.events.items():
        if id_ not in by_line:
            by_line[id_] = edition.lost.get(id_) or fresh("e", taken)
            now = _read(edition, line, attributes.get(id_, []), None)
            found.append(added(around, by_line[id_], now))
    return Events(tuple(found), by_line, frozenset(deleted - {event.id for event in found}))


def fresh(letter: str, taken: set[str]) -> str:
    """Return an id that is not taken yet, and take it."""
    number = next(n for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)
    taken.add(f"{letter}{number}")
    return f"{letter}{number}"


def _is_same(edition: Edition, before: View, now: View) -> bool:
    """Tell whether a line is still about the event that its id was given to.

    An id that was deleted may be given anew: then type and words are both others.
    """
    return before.type == now.type or overlap(
        edition.hull(before.trigger), edition.hull(now.trigger)
    )


def _attributes(edition: Edition) -> dict[str, list[Attribute]]:
    """Return the attributes of each event line, their names and values checked."""
    found: dict[str, list[Attribute]] = {}
    modes = {mode.name for type_ in ontology.types() for mode in type_.modes}
    for each in edition.sheet.attributes.values():
        values: Any = _VALUES.get(each.name)
        if each.name == "Mode":
            values = modes
        elif CONTEXT.fullmatch(each.name):
            values = known_contexts()
        if values is None:
            known = ", ".join((*_VALUES, "Mode", "Context"))
            edition.fail(f"unknown attribute {each.name[:40]!a}; known: {known}", each.line)
        if each.value not in values:
            shown = ascii((each.value or "")[:40])
            known = ", ".join(sorted(values))
            edition.fail(f"{shown} is no {each.name}; known: {known}", each.line)
        if each.target not in edition.sheet.events:
            edition.fail(f"{each.target} is no event; only events have attributes", each.line)
        found.setdefault(each.target, []).append(each)
    return found


def _read(
    edition: Edition, line: EventLine, attributes: list[Attribute], event: Event | None
) -> Line:
    """Return an event line with what it refers to."""
    filled: dict[str, list[TextBound]] = {role: [] for role in ROLES}
    for name, id_ in line.roles:
        match = _ROLE.fullmatch(name)
        role = match[1] if match else ""
        if role not in ROLES:
            known = ", ".join(ROLES)
            edition.fail(f"{name[:40]!a} is no role of an event; roles are {known}", line.line)
        if id_ in edition.sheet.events or edition.bound(id_).type != ROLES[role]:
            edition.fail(f"{name} of {line.id} is {id_}, which is no {ROLES[role]}", line.line)
        filled[role].append(edition.bound(id_))
    by_name: dict[str, Attribute] = {}
    for each in attributes:
        if by_name.setdefault(each.name, each).value != each.value:
            edition.fail(f"{line.id} has two of the attribute {each.name}; delete one", each.line)
    trigger = edition.bound(line.trigger)
    # Who edits by hand may change one of the two only; then it is the one that is new.
    given = line.type
    if event is not None and line.type == event.type and trigger.type != line.type:
        given = trigger.type
    view = View(
        editions.event_type(given, edition.name, line.line),
        trigger.fragments,
        {role: tuple(bound.fragments for bound in bounds) for role, bounds in filled.items()},
        {name: each.value or "" for name, each in by_name.items()},
    )
    return Line(line, view, filled, by_name)
