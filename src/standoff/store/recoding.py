"""A newer model's reading of a document in place of the old one, without losing what humans
decided.

Old and new accounts are held against each other by their words. An account that the new reading
has, too, keeps its id, its event and its decisions, which are applied to what is read now. One that
is gone stays if a human decided on it or on what event it is of; else it leaves a tombstone, until
a later reading finds it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
from sqlalchemy import Connection, delete, select, update

from standoff.errors import StoreDamagedError
from standoff.record import Record
from standoff.store import accounts, adding, deciding, queries, reading, schema
from standoff.store.model import Account, Decision

account, event, tombstone = schema.account, schema.event, schema.tombstone


@attrs.frozen
class Recoded:
    """What a new reading changed: accounts kept, new, gone, and kept only for human decisions."""

    kept: int
    new: int
    gone: int
    orphaned: int


@attrs.frozen
class _Held:
    """An account that is there, and as the last reading has it, if it does."""

    account: Account
    read: Account
    decisions: list[Decision]
    pinned: bool

    @property
    def added(self) -> bool:
        """Whether a human added it."""
        return any(made.action == "add" for made in self.decisions)

    @property
    def decided(self) -> bool:
        """Whether a human decided on it, or on what event it is of."""
        return self.pinned or bool(self.decisions)


def recode(connection: Connection, record: Record) -> Recoded:
    """Put a new record in place of the old one of the same document.

    Raises:
        UnknownIdError: the store does not have the document.
        InvalidRecordError: it holds a string or a number that cannot be stored in a database.
    """
    adding.refuse_unstorable(record.to_dict(), "")
    stored = reading.document(connection, record.document.id)
    key = adding.key_of(connection, stored.document.id)
    assert key is not None
    original = stored.copy_of or stored.document.id
    publisher = reading.document(connection, original).document.publisher
    earlier = accounts.of(reading.record(connection, stored.document.id), original, publisher)
    old = _held(connection, key, earlier)
    # The document stays as it was added: a new reading knows its text, not where it stood.
    record = attrs.evolve(record, document=stored.document)
    adding.put_record(connection, key, record)
    adding.add_actors(connection, record.actors)
    made = accounts.of(record, original, publisher)
    pairs = _paired(old, made)
    for before, now in pairs:
        _keep(connection, before, now)
    known = {before.account.id for before, _ in pairs}
    left = [each for each in old if each.account.id not in known]
    lost = [each for each in left if not each.decided]
    _drop(connection, lost, "a newer model does not find it")
    upheld = [each for each in left if each.decided]
    alone = account.c.id.in_([each.account.id for each in upheld])
    connection.execute(update(account).where(alone).values(local=None, origin="human"))
    taken = {now.local for _, now in pairs}
    new = _with_new_ids(connection, [each for each in made if each.local not in taken])
    adding.insert_accounts(connection, key, new)
    _unbury(connection, new)
    adding.refile_all(connection, key)
    orphaned = sum(not each.added for each in upheld)
    return Recoded(len(pairs), len(new), len(lost), orphaned)


def _held(connection: Connection, document: int, earlier: Sequence[Account]) -> list[_Held]:
    """Return the accounts of a document, in the order in which they were read, then the others."""
    order = {each.local: place for place, each in enumerate(earlier)}
    found = []
    for row in connection.execute(queries.ACCOUNT.where(account.c.document == document)).all():
        there = accounts.from_row(row)
        if there.local is not None and there.local not in order:
            raise StoreDamagedError(
                f"account {there.id}: the record has no event {there.local}; restore a backup"
            )
        read = there if there.local is None else earlier[order[there.local]]
        made = deciding.decisions(connection, there.id)
        found.append(_Held(there, read, made, bool(row.pinned)))
    last = len(earlier)
    found.sort(key=lambda h: (order.get(h.account.local, last), h.account.anchor, h.account.id))
    return found


def _paired(old: Sequence[_Held], made: Sequence[Account]) -> list[tuple[_Held, Account]]:
    """Return old accounts with the new ones that they are.

    The same anchor and type come first, then words in common with the same type, then words in
    common alone: those are no more than a hint that what a human added was found.
    """
    left = {each.local: each for each in made}
    pairs: list[tuple[_Held, Account]] = []
    alone = list(old)
    for alike in (_same_reading, _same_type, _same_words):
        for before in list(alone):
            if before.added and alike is _same_words:
                continue
            now = next((each for each in left.values() if alike(before.read, each)), None)
            if now is not None:
                del left[now.local]
                alone.remove(before)
                pairs.append((before, now))
    return pairs


def _same_reading(a: Account, b: Account) -> bool:
    return a.type == b.type and a.anchor == b.anchor


def _same_type(a: Account, b: Account) -> bool:
    return a.type == b.type and _same_words(a, b)


def _same_words(a: Account, b: Account) -> bool:
    spans = [*a.mentions, a.anchor]
    return any(s.start < b.anchor.end and b.anchor.start < s.end for s in spans)


def _keep(connection: Connection, before: _Held, now: Account) -> None:
    found = attrs.evolve(now, id=before.account.id, event=before.account.event)
    found = deciding.replayed(found, before.decisions)
    row = connection.execute(select(account).where(account.c.id == found.id)).one()
    values = accounts.to_row(found, row.document, row.event, pinned=row.pinned)
    connection.execute(update(account).where(account.c.key == row.key).values(**values))


def _drop(connection: Connection, lost: Iterable[_Held], reason: str) -> None:
    """Leave a tombstone for accounts, and for events that have no account any more."""
    for each in lost:
        id_, of = each.account.id, each.account.event
        key = connection.execute(select(account.c.key).where(account.c.id == id_)).scalar_one()
        connection.execute(delete(schema.dyad).where(schema.dyad.c.account == key))
        connection.execute(delete(account).where(account.c.key == key))
        deciding.bury(connection, id_, None, reason)
        held = select(account.c.event).where(account.c.event == event.c.key).exists()
        bare = connection.execute(delete(event).where(event.c.id == of, ~held))
        if bare.rowcount:
            deciding.bury(connection, of, None, "no account of it is left")


def _with_new_ids(connection: Connection, made: Sequence[Account]) -> list[Account]:
    """Return accounts of which none has an id that the store has given to something else."""
    found = []
    for each in made:
        id_, number = each.id, 1
        while _is_taken(connection, id_):
            number += 1
            id_ = accounts.stable_id("a", f"{each.id} {number}")
        found.append(attrs.evolve(each, id=id_))
    return found


def _is_taken(connection: Connection, id_: str) -> bool:
    """Tell whether an account of this id is there, or an event that would have the same id, or one
    that became part of another.
    """
    its_event = "e" + id_[1:]
    merged = tombstone.c.id == its_event, tombstone.c.successor.is_not(None)
    places = (
        select(account.c.id).where(account.c.id == id_),
        select(event.c.id).where(event.c.id == its_event),
        select(tombstone.c.id).where(*merged),
    )
    return any(connection.execute(place).first() is not None for place in places)


def _unbury(connection: Connection, found: Iterable[Account]) -> None:
    """Take away the tombstones of accounts, and of their events, that are there again."""
    for each in found:
        its_event = "e" + each.id[1:]
        there = select(event.c.id).where(event.c.id == its_event).exists()
        connection.execute(delete(tombstone).where(tombstone.c.id == each.id))
        connection.execute(delete(tombstone).where(tombstone.c.id == its_event, there))
