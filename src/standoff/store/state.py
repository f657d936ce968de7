"""How much a store holds, and one number for all of it."""

from __future__ import annotations

import datetime
import hashlib
import json
import zlib
from typing import Any

import attrs
from sqlalchemy import Connection, Table, func, select

from standoff.store import schema

#: What is left out of the digest: when something was written, and numbers that only this database
#: gives. Rows refer to each other by number, so those are replaced by the ids they stand for.
_LEFT_OUT = frozenset({"added", "at", "key", "number"})


@attrs.frozen
class Status:
    """What a store holds, and how old and new it is."""

    documents: int
    copies: int
    publications: int
    accounts: int
    events: int
    actors: int
    decisions: int
    reviewed: int
    rejected: int
    first: datetime.date | None
    last: datetime.date | None
    models: dict[str, int]


def status(connection: Connection) -> Status:
    """Return the counts of a store."""
    document, account = schema.document, schema.account

    def count(table: Table, *where: Any) -> int:
        return connection.execute(
            select(func.count()).select_from(table).where(*where)
        ).scalar_one()

    span = connection.execute(
        select(func.min(document.c.published), func.max(document.c.published))
    ).one()
    models = connection.execute(
        select(schema.record.c.model, func.count()).group_by(schema.record.c.model)
    )
    return Status(
        documents=count(document),
        copies=count(document, document.c.copy_of.is_not(None)),
        publications=count(schema.publication),
        accounts=count(account),
        events=count(schema.event),
        actors=count(schema.actor),
        decisions=count(schema.decision),
        reviewed=count(account, account.c.review != "open"),
        rejected=count(account, account.c.review == "rejected"),
        first=span[0],
        last=span[1],
        models={name or "unknown": number for name, number in models},
    )


def digest(connection: Connection) -> str:
    """Return one SHA-256 of all that a store holds, whichever database it lies in.

    Two stores to which the same was added in the same order have the same digest; times of writing
    do not count.
    """
    documents = dict(connection.execute(select(schema.document.c.key, schema.document.c.id)).all())
    events = dict(connection.execute(select(schema.event.c.key, schema.event.c.id)).all())
    accounts = dict(connection.execute(select(schema.account.c.key, schema.account.c.id)).all())
    ids = {"document": documents, "copy_of": documents, "event": events, "account": accounts}
    total = hashlib.sha256()
    for table in schema.metadata.sorted_tables:
        lines = []
        for row in connection.execution_options(yield_per=1000).execute(select(table)):
            values = {
                name: ids[name].get(value, value) if name in ids else value
                for name, value in row._mapping.items()
                if name not in _LEFT_OUT or (table is schema.publication and name == "number")
            }
            lines.append(hashlib.sha256(_canonical(values)).digest())
        total.update(table.name.encode())
        # The order of rows is the database's affair.
        for line in sorted(lines):
            total.update(line)
    return total.hexdigest()


def _canonical(values: dict[str, Any]) -> bytes:
    plain = {
        name: value.isoformat()
        if isinstance(value, datetime.date)
        else hashlib.sha256(_unpacked(bytes(value))).hexdigest()
        if isinstance(value, bytes | memoryview)
        else value
        for name, value in values.items()
    }
    return json.dumps(plain, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpacked(value: bytes) -> bytes:
    # Not every build of zlib presses the same bytes into the same ones.
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value
