"""Whether a store is sound: the database itself, and that its parts agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, inspect, or_, select, text

from standoff.errors import StoreDamagedError
from standoff.store import queries, reading, schema


def problems(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with a store, in words; nothing where all is well.

    Every record is decoded and every account held against the text that it points at.
    """
    if missing := _missing(connection):
        yield f"tables are missing: {', '.join(missing)}; restore a backup"
        return
    if connection.dialect.name == "sqlite":
        yield from _sqlite(connection)
    yield from _orphans(connection)
    yield from _documents(connection)


def _missing(connection: Connection) -> list[str]:
    wanted = set(schema.metadata.tables)
    if connection.dialect.name == "sqlite":
        wanted.add("document_search")
    return sorted(wanted.difference(inspect(connection).get_table_names()))


def _sqlite(connection: Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the database file: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} refers to a row of {row[2]} that is not there"
    missing = text(
        "SELECT count(*) FROM document WHERE key NOT IN (SELECT id FROM document_search_docsize)"
    )
    if count := connection.execute(missing).scalar_one():
        yield f"{count} documents are not in the index of the full-text search"


def _orphans(connection: Connection) -> Iterator[str]:
    document, event, account = schema.document, schema.event, schema.account
    bare = select(event.c.id).where(
        ~select(account.c.key).where(account.c.event == event.c.key).exists()
    )
    for id_ in connection.execute(bare).scalars():
        yield f"event {id_} has no account"
    unread = select(document.c.id).where(
        ~select(schema.record.c.document).where(schema.record.c.document == document.c.key).exists()
    )
    for id_ in connection.execute(unread).scalars():
        yield f"document {id_} has no record"
    unfiled = (
        select(func.count())
        .select_from(account)
        .where(
            ~select(schema.dyad.c.account).where(schema.dyad.c.account == account.c.key).exists(),
            or_(*(account.c.details.like(f'%"{side}":["%') for side in ("source", "target"))),
        )
    )
    if count := connection.execute(unfiled).scalar_one():
        yield f"{count} accounts with parties are filed under none"
    standing = select(schema.tombstone.c.id).join(event, event.c.id == schema.tombstone.c.id)
    for id_ in connection.execute(standing).scalars():
        yield f"event {id_} is there and has a tombstone"


def _documents(connection: Connection) -> Iterator[str]:
    document, record_ = schema.document, schema.record
    with_record = select(document.c.key).join(record_, record_.c.document == document.c.key)
    keys = connection.execute(with_record.order_by(document.c.key))
    for key in keys.scalars().all():
        row = connection.execute(select(document).where(document.c.key == key)).one()
        of_it = queries.ACCOUNT.where(schema.account.c.document == key)
        try:
            record = reading.record(connection, row.id)
            held = queries.fetched(connection, of_it)
        except StoreDamagedError as error:
            yield str(error)
            continue
        if row.copy_of is not None and row.copy_of >= key:
            yield f"document {row.id} is said to copy one that came after it"
        for account in held:
            start, end = account.anchor.start, account.anchor.end
            if row.text[start:end] != account.anchor.text:
                yield f"account {account.id}: its words are not in the text at {start}"
        read = {event.id for event in record.events}
        there = {account.local for account in held if account.local is not None}
        if read != there:
            yield f"document {row.id}: its accounts are not those of its record"
