"""Briefs asked for: of a store on a day, or of a single record."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from standoff.play.brief import brief
from standoff.play.context import Context
from standoff.play.lines import Brief
from standoff.play.state import state_of, told_later, told_until
from standoff.record import Actor, Record
from standoff.store import Account, Store, accounts, sides

#: Reports whose quotations, conditions and terms a brief looks through: the newest that it cites.
REPORTS = 20


def brief_of(
    store: Store, parties: Sequence[str], on: datetime.date, *, hindsight: bool = False
) -> Brief:
    """Return the brief between parties on a day, as then known or with hindsight.

    As then known, a last section tells what later reports of the store changed about that day.

    Raises:
        UnknownIdError: the store changed while it was read.
    """
    known, later = told_until(store, parties, on), told_later(store, parties, on)
    both = known | later
    records = [store.record(id_) for id_ in _newest((both if hindsight else known).values())]
    actors = store.actors(_named(both.values(), records))
    if hindsight:
        found = state_of(both.values(), actors, parties, on, None)
        return brief(found, actors, Context(records))
    found = state_of(known.values(), actors, parties, on, on)
    changed = state_of(both.values(), actors, parties, on, None) if later else None
    return brief(found, actors, Context(records), changed)


def _newest(told: Iterable[Account]) -> list[str]:
    """Return the ids of the newest reports among those of some accounts."""
    days = {(account.published or datetime.date.min, account.document) for account in told}
    return [id_ for _, id_ in sorted(days, reverse=True)[:REPORTS]]


def _named(told: Iterable[Account], records: Iterable[Record]) -> set[str]:
    """Return the ids of all whom a brief may name: parties, speakers, outlets, and their sides."""
    ids = {id_ for record in records for id_ in sides.shared_ids(record.actors).values()}
    for account in told:
        ids.update(account.source, account.target)
        ids.update(id_ for link in account.said_by for id_ in (link.actor, link.via) if id_)
        for telling in (*account.tellings, *account.denials):
            ids.update(id_ for id_ in (telling.speaker, telling.via) if id_)
    return ids | set(map(sides.side, ids))


def brief_of_record(record: Record) -> Brief | None:
    """Return the brief of one report, between the two sides that it tells most of.

    None where it sets nobody against anybody.
    """
    held = [
        attrs.evolve(account, event=account.id)
        for account in accounts.of(record, record.document.id, record.document.publisher)
    ]
    pairs = Counter(
        pair
        for account in held
        for pair in sides.pairs(account.source, account.target)
        if account.source and account.target and pair[0] != pair[1]
    )
    if not pairs:
        return None
    parties = pairs.most_common(1)[0][0]
    days = [account.day for account in held if account.day]
    on = record.document.published or max(days, default=datetime.date.max)
    ids = sides.shared_ids(record.actors)
    actors = {
        ids[actor.id]: Actor(ids[actor.id], actor.name, actor.country, actor.sectors, actor.kind)
        for actor in record.actors
    }
    found = state_of(held, actors, parties, on, None)
    return brief(attrs.evolve(found, known=on), actors, Context([record]))
