"""The accounts between parties, by day: what timelines, briefs and ledgers are made from."""

from __future__ import annotations

import datetime
import heapq
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, and_, or_, select, true

from standoff.store import accounts, queries, schema, sides
from standoff.store.model import Account

_account, _dyad = schema.account, schema.dyad

#: How many accounts a document has between two parties, as a rule at most.
_A_DOCUMENT = 10

#: Where a page ended: the day and the key of its last account.
Cursor = tuple[datetime.date, int]


@attrs.frozen
class Filter:
    """Which accounts are wanted; what is None or empty does not matter.

    `parties` are actor ids; an account is wanted where two of them face each other in it, or where
    one of them acts alone in a document that sets its side against the side of another one. With a
    single party, all that this one does or undergoes is wanted. `since` and `until` bound the day
    of the event, and `known` the day of the report: what was known on that day; `after` leaves only
    what was reported later than that. What nothing dates passes `until` and `known`, but not
    `since` and `after`.
    """

    parties: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    known: datetime.date | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    rejected: bool = False
    after: datetime.date | None = None


@attrs.frozen
class Page:
    """Some accounts, the newest day first, and where the next page begins (None at the end)."""

    accounts: tuple[Account, ...]
    next: Cursor | None


def accounts_between(connection: Connection, wanted: Filter) -> list[Account]:
    """Return the accounts that a filter lets through, the oldest day first."""
    return [account for _, account in _newest_first(connection, wanted, None, None)][::-1]


def page(connection: Connection, wanted: Filter, size: int, after: Cursor | None = None) -> Page:
    """Return at most `size` of the accounts that a filter lets through, behind `after`."""
    found: list[Account] = []
    last = after
    for cursor, account in _newest_first(connection, wanted, after, size + 1):
        if len(found) == size:
            return Page(tuple(found), last)
        found.append(account)
        last = cursor
    return Page(tuple(found), None)


def accounts_beside(connection: Connection, wanted: Filter, most: int) -> list[Account]:
    """Return what else the newest documents on the parties tell of one of them and a third.

    These are at most `most` documents, those that set the parties against each other and were
    published last; accounts between the parties themselves are among what is returned.
    """
    documents: dict[int, datetime.date] = {}
    for key in _keys(wanted.parties):
        newest = (
            select(_account.c.document, _dyad.c.published)
            .select_from(_dyad)
            .join(_account, _account.c.key == _dyad.c.account)
            .where(key, _dyad.c.lone.is_(False))
            .order_by(_dyad.c.day.desc(), _dyad.c.account.desc())
        )
        if wanted.known:
            newest = newest.where(_dyad.c.published <= wanted.known)
        for row in connection.execute(newest.limit(most * _A_DOCUMENT)):
            documents[row.document] = row.published
    kept = sorted(documents, key=lambda key: (documents[key], key), reverse=True)[:most]
    statement = queries.ACCOUNT.where(_account.c.document.in_(kept))
    if not wanted.rejected:
        statement = statement.where(_account.c.review != "rejected")
    return [
        account
        for account in queries.fetched(connection, statement)
        if _fits(account, wanted.parties, lone=True)
    ]


def _newest_first(
    connection: Connection, wanted: Filter, after: Cursor | None, batch: int | None
) -> Iterator[tuple[Cursor, Account]]:
    """Yield wanted accounts with their places, `batch` rows at a time where one is given."""
    keys: Sequence[ColumnElement[bool] | None] = _keys(wanted.parties) or [None]
    streams = [_stream(connection, wanted, key, after, batch) for key in keys]
    merged = heapq.merge(*streams, key=lambda pair: pair[0], reverse=True)
    for cursor, pairs in itertools.groupby(merged, key=lambda pair: pair[0]):
        # An account may be filed under several pairs of the parties.
        yield cursor, next(pairs)[1]


def _stream(
    connection: Connection,
    wanted: Filter,
    key: ColumnElement[bool] | None,
    after: Cursor | None,
    batch: int | None,
) -> Iterator[tuple[Cursor, Account]]:
    while True:
        rows = _rows(connection, wanted, key, after, batch)
        for row in rows:
            after = (row.day, row.key)
            account = accounts.from_row(row)
            if _fits(account, wanted.parties, lone=row.lone):
                yield after, account
        if batch is None or len(rows) < batch:
            return


def _keys(parties: Sequence[str]) -> list[ColumnElement[bool]]:
    """Return the conditions on dyads to look up one by one; none where all accounts are wanted."""
    if not parties:
        return []
    held = [sides.side(party) for party in parties]
    if len(held) == 1:
        # The pair of a side with itself is in both; it is asked for once.
        twice = and_(_dyad.c.b == held[0], _dyad.c.a != held[0])
        return [_dyad.c.a == held[0], twice]
    pairs = {(min(a, b), max(a, b)) for a, b in itertools.combinations(held, 2)}
    # Within a side, nothing tells whom a lone act is against.
    within = _dyad.c.lone.is_(False)
    return [
        and_(_dyad.c.a == a, _dyad.c.b == b, within if a == b else true()) for a, b in sorted(pairs)
    ]


def _rows(
    connection: Connection,
    wanted: Filter,
    key: ColumnElement[bool] | None,
    after: Cursor | None,
    limit: int | None,
) -> Sequence[Any]:
    statement: Any
    if key is None:
        day, number = _account.c.day, _account.c.key
        statement = queries.ACCOUNT.add_columns(true().label("lone"))
        known = _account.c.published
    else:
        day, number = _dyad.c.day, _dyad.c.account
        statement = (
            queries.ACCOUNT.add_columns(_dyad.c.lone)
            .join(_dyad, _dyad.c.account == _account.c.key)
            .where(key)
        )
        known = _dyad.c.published
    where = [
        day >= wanted.since if wanted.since else None,
        day <= wanted.until if wanted.until else None,
        or_(known <= wanted.known, known.is_(None)) if wanted.known else None,
        known > wanted.after if wanted.after else None,
        _account.c.type.in_(wanted.types) if wanted.types else None,
        _account.c.status.in_(wanted.statuses) if wanted.statuses else None,
        None if wanted.rejected else _account.c.review != "rejected",
    ]
    if after is not None:
        where.append(day <= after[0])
        where.append(or_(day < after[0], number < after[1]))
    statement = statement.where(*(each for each in where if each is not None))
    statement = statement.order_by(day.desc(), number.desc())
    return connection.execute(statement.limit(limit) if limit else statement).all()


def _fits(account: Account, parties: Sequence[str], *, lone: bool) -> bool:
    """Tell whether an account filed under the right sides is between the parties themselves."""
    if not parties:
        return True
    source, target = (
        {party for party in parties if any(sides.belongs(actor, party) for actor in actors)}
        for actors in (account.source, account.target)
    )
    if len(parties) == 1 or lone:
        return bool(source | target)
    return any(a != b for a in source for b in target)
