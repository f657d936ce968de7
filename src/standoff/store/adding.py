"""A record into the store: its document, what was read, its accounts and the events they are of.

All of it is one transaction of the caller's: a document is in the store with everything, or not.
"""

from __future__ import annotations

import datetime
import json
import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from standoff.documents import duplicates
from standoff.errors import InvalidRecordError
from standoff.record import Actor, Document, Record
from standoff.store import accounts, coreference, queries, schema, sides
from standoff.store.coreference import Sketch
from standoff.store.model import Account

Added = Literal["added", "another publication", "nothing new"]

#: An account is held against those that lie at most so many days off, and against at most so many
#: of them, the nearest in time of adding: wars have thousands of clashes between two sides.
_WINDOW = coreference.NEAR
_MOST_CANDIDATES = 200
#: Documents that share a band are held against the new one itself; of boilerplate there are many.
_MOST_ALIKE = 50

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def add(connection: Connection, record: Record) -> Added:
    """Add a record; a document that is there already gains at most another publication.

    Raises:
        InvalidRecordError: it holds a string or a number that cannot be stored in a database.
    """
    document = record.document
    refuse_unstorable(record.to_dict(), "")
    if (there := key_of(connection, document.id)) is not None:
        return publish(connection, there, document)
    copied = _original(connection, document)
    key = _insert_document(connection, document, copied)
    add_actors(connection, record.actors)
    original_id, publisher = document.id, document.publisher
    if copied is not None:
        row = connection.execute(
            select(schema.document.c.id, schema.document.c.publisher).where(
                schema.document.c.key == copied
            )
        ).one()
        original_id, publisher = row.id, row.publisher
    put_record(connection, key, record)
    made = accounts.of(record, original_id, publisher)
    insert_accounts(connection, key, made)
    return "added"


def key_of(connection: Connection, document: str) -> int | None:
    """Return the key of the document with this id, or None."""
    return connection.execute(
        select(schema.document.c.key).where(schema.document.c.id == document)
    ).scalar()


def publish(connection: Connection, key: int, document: Document) -> Added:
    """Note that a text that is there already also stood elsewhere, unless that is known.

    Raises:
        InvalidRecordError: where it stood cannot be stored in a database.
    """
    table = schema.publication
    where = {name: getattr(document, name) for name in ("title", "published", "url", "publisher")}
    refuse_unstorable(where, "document")
    known = connection.execute(
        select(table).where(table.c.document == key).order_by(table.c.number)
    ).all()
    if any(all(getattr(row, name) == value for name, value in where.items()) for row in known):
        return "nothing new"
    if all(value is None for value in where.values()):
        return "nothing new"
    connection.execute(insert(table).values(document=key, number=len(known), **where))
    return "another publication"


def put_record(connection: Connection, key: int, record: Record) -> None:
    """Write what the machine read, in place of an earlier reading."""
    table = schema.record
    row = {"json": packed(record), "model": model_of(record), "software": record.software}
    connection.execute(table.delete().where(table.c.document == key))
    connection.execute(insert(table).values(document=key, **row))


def packed(record: Record) -> bytes:
    """Return the record as it is stored: JSON without the document, compressed."""
    parts = record.to_dict()
    del parts["document"]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8"), 6)


def model_of(record: Record) -> str | None:
    """Return the weights that read a record, in one word."""
    model = record.model
    return None if model is None else f"{model.name} {model.version} {model.sha256}"


def insert_accounts(connection: Connection, document: int, made: Sequence[Account]) -> None:
    """Insert accounts of one document, each into the event that it is of."""
    against = faced(made)
    # Of the others that its reader found in the document, which it held apart from these.
    others = schema.account.c.document == document, schema.account.c.local.is_not(None)
    taken = set(connection.execute(select(schema.account.c.event).where(*others)).scalars())
    rows, dyads = [], []
    for account in made:
        pairs = pairs_of(account, against)
        event = find_event(connection, account, pairs, taken)
        if event is None:
            event = new_event(connection, account)
        taken.add(event)
        rows.append(accounts.to_row(account, document, event))
        dyads.append((account, pairs))
    if not rows:
        return
    connection.execute(insert(schema.account), rows)
    keys = {
        row.id: row.key
        for row in connection.execute(
            select(schema.account.c.id, schema.account.c.key).where(
                schema.account.c.document == document
            )
        )
    }
    put_dyads(connection, ((keys[account.id], account, pairs) for account, pairs in dyads))


def faced(made: Iterable[Account]) -> dict[str, set[str]]:
    """Return, for each side, the other sides that it has events with among these accounts."""
    against: defaultdict[str, set[str]] = defaultdict(set)
    for account in made:
        for a, b in sides.pairs(account.source, account.target):
            against[a].add(b)
            against[b].add(a)
    return against


def pairs_of(account: Account, against: dict[str, set[str]]) -> dict[tuple[str, str], bool]:
    """Return the pairs of sides that an account is filed under, with whether it is a lone act."""
    if account.source and account.target:
        return dict.fromkeys(sides.pairs(account.source, account.target), False)
    alone = account.source or account.target
    mine = {(each, each) for each in map(sides.side, alone)}
    return dict.fromkeys(mine | sides.lone_pairs(alone, against), True)


def put_dyads(
    connection: Connection,
    filed: Iterable[tuple[int, Account, dict[tuple[str, str], bool]]],
) -> None:
    """File accounts under their pairs of sides."""
    rows = [
        {
            "a": a,
            "b": b,
            "day": account.day or accounts.UNDATED,
            "account": key,
            "published": account.published or accounts.UNDATED,
            "lone": lone,
        }
        for key, account, pairs in filed
        for (a, b), lone in sorted(pairs.items())
    ]
    if rows:
        connection.execute(insert(schema.dyad), rows)


def refile_all(connection: Connection, document: int) -> None:
    """File all accounts of a document under their pairs of sides anew."""
    rows = connection.execute(queries.ACCOUNT.where(schema.account.c.document == document)).all()
    held = {row.key: accounts.from_row(row) for row in rows}
    against = faced(held.values())
    for key in held:
        connection.execute(delete(schema.dyad).where(schema.dyad.c.account == key))
    put_dyads(connection, ((key, each, pairs_of(each, against)) for key, each in held.items()))


def find_event(
    connection: Connection,
    account: Account,
    pairs: Iterable[tuple[str, str]],
    taken: set[int],
) -> int | None:
    """Return the key of the event that an account is of, or None where it is of a new one.

    `taken` are events that other accounts of the same document are of: its reader held them apart.
    """
    day = account.day
    if day is None:
        return None
    table, dyad = schema.account, schema.dyad
    last = account.end or day
    known: dict[str, tuple[Sketch, int]] = {}
    for a, b in sorted(pairs):
        statement = (
            queries.ACCOUNT.join(dyad, dyad.c.account == table.c.key)
            .where(
                dyad.c.a == a,
                dyad.c.b == b,
                dyad.c.day.between(_plus(day, -_WINDOW), _plus(last, _WINDOW)),
                table.c.type == account.type,
                table.c.review != "rejected",
            )
            .order_by(table.c.key.desc())
            .limit(_MOST_CANDIDATES)
        )
        for row in connection.execute(statement):
            if row.event not in taken and row.id not in known:
                known[row.id] = coreference.sketch(accounts.from_row(row)), row.event
    if not known:
        return None
    mine = coreference.sketch(account)
    oldest_first = sorted(known.values(), key=lambda pair: pair[1])
    found = coreference.best(mine, (sketch for sketch, _ in oldest_first))
    return None if found is None else known[found.id][1]


def new_event(connection: Connection, account: Account) -> int:
    """Make an event for its first account, whose id it shares but for the first letter."""
    statement = insert(schema.event).values(id="e" + account.id[1:])
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def _plus(day: datetime.date, delta: datetime.timedelta) -> datetime.date:
    try:
        return day + delta
    except OverflowError:
        return datetime.date.max if delta > datetime.timedelta(0) else datetime.date.min


def _original(connection: Connection, document: Document) -> int | None:
    """Return the key of the oldest document that this one is a near copy of, or None."""
    numbers = duplicates.bands(document.text)
    if not numbers:
        return None
    band, table = schema.band, schema.document
    alike = select(band.c.document).distinct().where(band.c.hash.in_(numbers))
    keys = connection.execute(alike.order_by(band.c.document).limit(_MOST_ALIKE)).scalars().all()
    for key in keys:
        row = connection.execute(select(table).where(table.c.key == key)).one()
        if duplicates.is_copy(document.text, row.text):
            return int(row.copy_of or row.key)
    return None


def _insert_document(connection: Connection, document: Document, copied: int | None) -> int:
    columns = ("id", "title", "published", "url", "publisher", "language", "text")
    row = {name: getattr(document, name) for name in columns}
    now = datetime.datetime.now(datetime.UTC)
    made = connection.execute(insert(schema.document).values(**row, copy_of=copied, added=now))
    assert made.inserted_primary_key is not None
    key = int(made.inserted_primary_key[0])
    where = {name: row[name] for name in ("title", "published", "url", "publisher")}
    connection.execute(insert(schema.publication).values(document=key, number=0, **where))
    bands = [{"hash": number, "document": key} for number in set(duplicates.bands(document.text))]
    if bands:
        connection.execute(insert(schema.band), bands)
    return key


def add_actors(connection: Connection, actors: Iterable[Actor]) -> None:
    """Add the actors that the store does not know yet, under the ids that they have in it."""
    ids = sides.shared_ids(actors := list(actors))
    rows: list[dict[str, Any]] = [
        {
            "id": ids[actor.id],
            "name": actor.name,
            "country": actor.country,
            "sectors": json.dumps(list(actor.sectors)),
            "kind": actor.kind,
        }
        for actor in actors
    ]
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    # The first record that names somebody says what he is called.
    connection.execute(dialect.insert(schema.actor).on_conflict_do_nothing(), rows)


def refuse_unstorable(parts: Any, path: str) -> None:
    """Raise InvalidRecordError, naming the field, for what no database stores."""
    if isinstance(parts, str):
        if _UNSTORABLE.search(parts):
            raise InvalidRecordError(
                "it holds a NUL or half a surrogate pair, which no database stores; remove it "
                "from the text and read it again",
                path,
            )
    elif isinstance(parts, float):
        if not math.isfinite(parts):
            raise InvalidRecordError(f"{parts} is no number that JSON can write", path)
    elif isinstance(parts, dict):
        for name, value in parts.items():
            refuse_unstorable(value, f"{path}.{name}" if path else name)
    elif isinstance(parts, list):
        for number, value in enumerate(parts):
            refuse_unstorable(value, f"{path}[{number}]")
