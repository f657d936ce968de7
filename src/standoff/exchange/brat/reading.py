"""A record from a brat file: `from_brat`."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from standoff.exchange.brat import happenings, mentions, ties
from standoff.exchange.brat.edition import open_edition
from standoff.record import Record


def from_brat(text: str, ann: str, *, name: str = "brat") -> Record:
    """Return the record of a text and its annotations in brat's standoff format.

    Of what `to_brat` wrote, an equal record comes back. What differs from the notes was changed by
    hand and wins: words that were moved, added or taken away, types, roles, attributes, relations,
    normalisations. Codes, quad class and Goldstein score follow a changed type, mode or context;
    words newly marked as an actor get the id that their normalisation says, else that of an actor
    who is called so, else one of their own. A text-bound that nothing refers to adds an actor, a
    time or a place, no event. Notes in other words than JSON are left out.

    Args:
        text: the .txt file, its line ends untouched.
        ann: the .ann file.
        name: what messages call it.

    Raises:
        InvalidAnnotationError: a line is malformed, does not fit the text, or says what no record
            can hold. The message names the line and what to do.
    """
    edition = open_edition(text, ann, name)
    parties, times = mentions.parties(edition), mentions.times(edition)
    places = mentions.places(edition)
    events = happenings.events(edition, parties, times, places)
    record = Record(
        document=edition.base.document,
        actors=parties.actors,
        times=times.times,
        places=places.places,
        events=events.events,
        statements=ties.statements(edition, parties),
        conditions=ties.conditions(edition, events),
        model=edition.base.model,
        software=edition.base.software,
        warnings=edition.base.warnings,
    )
    left = parties.vanished.difference(_referred(record))
    return attrs.evolve(record, actors=tuple(a for a in record.actors if a.id not in left))


def _referred(record: Record) -> Iterator[str | None]:
    """Yield the ids of the actors that events, statements and conditions name."""
    for event in record.events:
        yield from (*event.source, *event.target, *(link.actor for link in event.said_by))
    for statement in record.statements:
        yield from (statement.speaker, statement.addressee, statement.via)
    for condition in record.conditions:
        yield condition.actor
