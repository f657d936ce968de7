"""What stands in a store, asked by id: documents, records, accounts, events, actors, tombstones."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select

from standoff.errors import StoreDamagedError, UnknownIdError
from standoff.record import Actor, Document, ModelInfo, Record
from standoff.store import queries, schema
from standoff.store.model import Account, Publication, StoredDocument, StoredEvent


def document(connection: Connection, id_: str) -> StoredDocument:
    """Return the document with an id, or with one that begins so, if there is only one.

    Raises:
        UnknownIdError: there is none, or there are several.
    """
    table, original = schema.document, schema.document.alias()
    row = connection.execute(
        select(table, original.c.id.label("original_id"))
        .outerjoin(original, original.c.key == table.c.copy_of)
        .where(table.c.key == _document_key(connection, id_))
    ).one()
    shown = select(schema.publication).where(schema.publication.c.document == row.key)
    model = select(schema.record.c.model).where(schema.record.c.document == row.key)
    count = select(func.count()).where(schema.account.c.document == row.key)
    return StoredDocument(
        _document(row),
        tuple(
            Publication(each.title, each.published, each.url, each.publisher)
            for each in connection.execute(shown.order_by(schema.publication.c.number))
        ),
        row.original_id,
        _model(connection.execute(model).scalar()),
        connection.execute(count).scalar_one(),
    )


def documents(connection: Connection) -> Iterator[Document]:
    """Yield all documents, in the order in which they were added."""
    statement = select(schema.document).order_by(schema.document.c.key)
    # Closed also where whoever reads breaks off.
    with connection.execution_options(yield_per=100).execute(statement) as rows:
        for row in rows:
            yield _document(row)


def texts(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the texts of documents by id."""
    table = schema.document
    found: dict[str, str] = {}
    held = list(dict.fromkeys(ids))
    for start in range(0, len(held), 500):
        some = table.c.id.in_(held[start : start + 500])
        rows = connection.execute(select(table.c.id, table.c.text).where(some))
        found.update((row.id, row.text) for row in rows)
    return found


def record(connection: Connection, id_: str) -> Record:
    """Return what the machine read out of a document; human decisions are not in it.

    Raises:
        UnknownIdError: there is no such document.
        StoreDamagedError: its record is gone, or is not of its text.
    """
    key = _document_key(connection, id_)
    row = connection.execute(
        select(schema.document, schema.record.c.json)
        .outerjoin(schema.record, schema.record.c.document == schema.document.c.key)
        .where(schema.document.c.key == key)
    ).one()
    return _record(row)


def records(connection: Connection) -> Iterator[Record]:
    """Yield the record of every document, in the order in which they were added."""
    statement = (
        select(schema.document, schema.record.c.json)
        .join(schema.record, schema.record.c.document == schema.document.c.key)
        .order_by(schema.document.c.key)
    )
    with connection.execution_options(yield_per=100).execute(statement) as rows:
        for row in rows:
            yield _record(row)


def outdated(connection: Connection, model: str | None) -> list[str]:
    """Return the ids of documents that other weights than `model` have read, the oldest first."""
    table = schema.document
    statement = (
        select(table.c.id)
        .join(schema.record, schema.record.c.document == table.c.key)
        .order_by(table.c.key)
    )
    if model is not None:
        other = schema.record.c.model.is_distinct_from(model)
        statement = statement.where(other)
    return list(connection.execute(statement).scalars())


def account(connection: Connection, id_: str) -> Account:
    """Return the account with an id.

    Raises:
        UnknownIdError: there is none; the error tells of one that is gone, and where it went.
    """
    found = queries.fetched(connection, queries.ACCOUNT.where(schema.account.c.id == id_))
    if not found:
        raise gone(connection, id_, "account")
    return found[0]


def told(connection: Connection, document: str) -> list[Account]:
    """Return the accounts of a document in the order of its text, rejected ones too.

    Raises:
        UnknownIdError: there is no such document.
    """
    table = schema.account
    of_it = queries.ACCOUNT.where(table.c.document == _document_key(connection, document))
    return queries.fetched(connection, of_it.order_by(table.c.anchor_start, table.c.key))


def event(connection: Connection, id_: str) -> StoredEvent:
    """Return the event with an id, its accounts from the oldest report to the newest.

    Raises:
        UnknownIdError: there is none; the error tells of one that is gone, and where it went.
    """
    there = select(schema.event.c.key).where(schema.event.c.id == id_)
    key = connection.execute(there).scalar()
    if key is None:
        raise gone(connection, id_, "event")
    found = queries.fetched(connection, queries.ACCOUNT.where(schema.account.c.event == key))
    return StoredEvent(id_, in_order(found))


def events(connection: Connection, ids: Iterable[str]) -> list[StoredEvent]:
    """Return the events with these ids that are there, in the order of the ids."""
    held = list(dict.fromkeys(ids))
    told: dict[str, list[Account]] = {id_: [] for id_ in held}
    for start in range(0, len(held), 500):
        some = schema.event.c.id.in_(held[start : start + 500])
        for each in queries.fetched(connection, queries.ACCOUNT.where(some)):
            told[each.event].append(each)
    return [StoredEvent(id_, in_order(found)) for id_, found in told.items() if found]


def in_order(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """Return accounts from the oldest report to the newest, undated ones last."""
    return tuple(
        sorted(
            accounts,
            key=lambda a: (a.published is None, a.published, a.document, a.anchor.start, a.id),
        )
    )


def actors(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, Actor]:
    """Return actors by id: all of them, or those of `ids` that the store knows."""
    table = schema.actor
    if ids is None:
        return {row.id: _actor(row) for row in connection.execute(select(table))}
    found: dict[str, Actor] = {}
    held = sorted(set(ids))
    for start in range(0, len(held), 500):
        some = select(table).where(table.c.id.in_(held[start : start + 500]))
        found.update((row.id, _actor(row)) for row in connection.execute(some))
    return found


def gone(connection: Connection, id_: str, what: str) -> UnknownIdError:
    """Return the error for an id that is not there: a tombstone's tale, or that it never was."""
    stone = _stone(connection, id_)
    if stone is None:
        return UnknownIdError(f"there is no {what} {id_!r} in this store")
    successor = stone.successor
    while successor and (after := _stone(connection, successor)) is not None:
        # Gone, too, since.
        successor = after.successor
    where = f"; it is now {successor}" if successor else ""
    return UnknownIdError(f"the {what} {id_} is gone ({stone.reason}){where}", successor)


def _stone(connection: Connection, id_: str) -> Row[Any] | None:
    table = schema.tombstone
    return connection.execute(select(table).where(table.c.id == id_)).one_or_none()


def _document_key(connection: Connection, id_: str) -> int:
    table = schema.document
    exact = connection.execute(select(table.c.key).where(table.c.id == id_)).scalar()
    if exact is not None:
        return int(exact)
    start = id_ if id_.startswith("sha256:") else f"sha256:{id_}"
    # A range, not LIKE, which no index serves. "g" comes after all hexadecimal digits.
    some = select(table.c.key).where(table.c.id >= start, table.c.id < start + "g").limit(2)
    keys = connection.execute(some).scalars().all() if len(start) > len("sha256:") else []
    if len(keys) == 1:
        return int(keys[0])
    many = "several documents begin so" if keys else "there is no such document in this store"
    raise UnknownIdError(f"{id_}: {many}")


def _document(row: Row[Any]) -> Document:
    columns = ("text", "title", "published", "url", "publisher", "language")
    return Document(**{name: getattr(row, name) for name in columns})


def _record(row: Row[Any]) -> Record:
    if row.json is None:
        raise StoreDamagedError(f"document {row.id} has no record; restore a backup")
    columns = ("id", "title", "published", "url", "publisher", "language", "text")
    try:
        parts = json.loads(zlib.decompress(row.json))
        parts["document"] = {name: getattr(row, name) for name in columns}
        published = parts["document"]["published"]
        parts["document"]["published"] = published.isoformat() if published else None
        return Record.from_json(json.dumps(parts))
    except (zlib.error, ValueError, TypeError) as error:
        raise StoreDamagedError(
            f"document {row.id}: its record cannot be read ({error}); restore a backup"
        ) from error


def _actor(row: Row[Any]) -> Actor:
    values = {name: getattr(row, name) for name in ("id", "name", "country", "kind")}
    return Actor(sectors=tuple(json.loads(row.sectors)), **values)


def _model(words: str | None) -> ModelInfo | None:
    return None if words is None else ModelInfo(*words.rsplit(" ", 2))
