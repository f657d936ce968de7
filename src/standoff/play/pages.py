"""Briefs asked for: of a store on a day, or of a single record."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import attrs

from standoff.play.brief import Brief, brief
from standoff.play.context import Context
from standoff.play.state import state_of, told_later, told_until
from standoff.record import Actor, Record
from standoff.store import Store, accounts, sides

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
    ids = {a for each in (*known.values(), *later.values()) for a in (*each.source, *each.target)}
    actors = store.actors(ids | set(map(sides.side, ids)))
    changed = None
    if hindsight:
        found = state_of((known | later).values(), actors, parties, on, None)
    else:
        found = state_of(known.values(), actors, parties, on, on)
        if later:
            changed = state_of((known | later).values(), actors, parties, on, None)
    told = [account for s in (found, changed) if s for m in s.matters for account in m.accounts]
    cited = sorted(
        {(account.published or datetime.date.min, account.document) for account in told},
        reverse=True,
    )
    until = None if hindsight else on
    newest = [id_ for day, id_ in cited if until is None or day <= until][:REPORTS]
    return brief(found, actors, Context(map(store.record, newest)), changed)


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
