"""A newer model's reading of a document in place of the old one, without losing what humans
decided.

Old and new accounts are held against each other by their words. An account that the new reading
has, too, keeps its id, its event and its decisions, which are applied to what is read now. One that
is gone stays if a human decided on it; else it leaves a tombstone.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, delete, select, update

from standoff.record import Record
from standoff.store import accounts, adding, deciding, queries, reading, schema
from standoff.store.model import Account

account, event = schema.account, schema.event


@attrs.frozen
class Recoded:
    """What a new reading changed: accounts kept, new, gone, and kept only for human decisions."""

    kept: int
    new: int
    gone: int
    orphaned: int


def recode(connection: Connection, record: Record) -> Recoded:
    """Put a new record in place of the old one of the same document.

    Raises:
        UnknownIdError: the store does not have the document.
    """
    stored = reading.document(connection, record.document.id)
    key = adding.key_of(connection, stored.document.id)
    assert key is not None
    # The document stays as it was added: a new reading knows its text, not where it stood.
    adding.put_record(connection, key, attrs.evolve(record, document=stored.document))
    adding.add_actors(connection, record.actors)
    original = stored.copy_of or stored.document.id
    publisher = reading.document(connection, original).document.publisher
    made = accounts.of(attrs.evolve(record, document=stored.document), original, publisher)
    old = queries.fetched(connection, queries.ACCOUNT.where(account.c.document == key))
    read = [each for each in old if not _was_added(connection, each)]
    pairs = _paired(read, made)
    known = {before.id for before, _ in pairs}
    for before, now in pairs:
        _keep(connection, before, now)
    gone, orphaned = 0, 0
    for before in read:
        if before.id in known:
            continue
        if deciding.history(connection, before.id):
            connection.execute(
                update(account).where(account.c.id == before.id).values(local=None, origin="human")
            )
            orphaned += 1
        else:
            _drop(connection, before, "a newer model does not find it")
            gone += 1
    taken = {now.local for _, now in pairs}
    new = _with_new_ids(connection, [each for each in made if each.local not in taken])
    adding.insert_accounts(connection, key, new)
    adding.refile_all(connection, key)
    _drop_bare_events(connection)
    return Recoded(len(pairs), len(new), gone, orphaned)


def _was_added(connection: Connection, each: Account) -> bool:
    """Tell whether a human added an account, rather than kept one that a reading lost."""
    return each.local is None and any(
        made.action == "add" for made in deciding.history(connection, each.id)
    )


def _paired(old: Sequence[Account], made: Sequence[Account]) -> list[tuple[Account, Account]]:
    """Return old accounts with the new ones that they are: same words and type, then same words."""
    left = list(made)
    pairs: list[tuple[Account, Account]] = []
    for alike in (_same_type, _same_words):
        for before in old:
            if any(before is each for each, _ in pairs):
                continue
            now = next((each for each in left if alike(before, each)), None)
            if now is not None:
                left.remove(now)
                pairs.append((before, now))
    return pairs


def _same_type(a: Account, b: Account) -> bool:
    return a.type == b.type and _same_words(a, b)


def _same_words(a: Account, b: Account) -> bool:
    spans = [*a.mentions, a.anchor]
    return any(s.start < b.anchor.end and b.anchor.start < s.end for s in spans)


def _keep(connection: Connection, before: Account, now: Account) -> None:
    found = attrs.evolve(now, id=before.id, event=before.event)
    found = deciding.replayed(found, deciding.history(connection, before.id))
    row = connection.execute(select(account).where(account.c.id == before.id)).one()
    values = accounts.to_row(found, row.document, row.event, pinned=row.pinned)
    connection.execute(update(account).where(account.c.key == row.key).values(**values))


def _drop(connection: Connection, before: Account, reason: str) -> None:
    key = connection.execute(select(account.c.key).where(account.c.id == before.id)).scalar_one()
    connection.execute(delete(schema.dyad).where(schema.dyad.c.account == key))
    connection.execute(delete(account).where(account.c.key == key))
    deciding.bury(connection, before.id, None, reason)


def _with_new_ids(connection: Connection, made: Sequence[Account]) -> list[Account]:
    """Return accounts of which none has an id that the store gave away before."""
    found = []
    for each in made:
        id_, number = each.id, 1
        while _is_taken(connection, id_):
            number += 1
            id_ = accounts.stable_id("a", f"{each.id} {number}")
        found.append(attrs.evolve(each, id=id_))
    return found


def _is_taken(connection: Connection, id_: str) -> bool:
    stone = schema.tombstone.c.id
    places = (
        select(account.c.id).where(account.c.id == id_),
        select(event.c.id).where(event.c.id == "e" + id_[1:]),
        select(stone).where(stone.in_((id_, "e" + id_[1:]))),
    )
    return any(connection.execute(place).first() is not None for place in places)


def _drop_bare_events(connection: Connection) -> None:
    """Leave a tombstone for events that have no account any more."""
    held = select(account.c.event).where(account.c.event == event.c.key).exists()
    bare = connection.execute(select(event.c.key, event.c.id).where(~held)).all()
    for row in bare:
        connection.execute(delete(event).where(event.c.key == row.key))
        deciding.bury(connection, row.id, None, "no account of it is left")
