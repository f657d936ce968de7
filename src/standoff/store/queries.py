"""Statements that several parts of the store ask: accounts with their event and document."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Select, func, select

from standoff.store import accounts, schema
from standoff.store.model import Account

document, event, account, dyad = schema.document, schema.event, schema.account, schema.dyad
_original = document.alias("original")

#: One row an account, with all that `accounts.from_row` wants.
ACCOUNT = (
    select(
        account,
        event.c.id.label("event_id"),
        document.c.id.label("document_id"),
        document.c.publisher,
        document.c.url,
        document.c.title,
        _original.c.id.label("original_id"),
    )
    .select_from(account)
    .join(event, event.c.key == account.c.event)
    .join(document, document.c.key == account.c.document)
    .outerjoin(_original, _original.c.key == document.c.copy_of)
)

SENTENCE = func.substr(
    document.c.text,
    account.c.sentence_start + 1,
    account.c.sentence_end - account.c.sentence_start,
).label("sentence")


def fetched(connection: Connection, statement: Select[tuple[object, ...]]) -> list[Account]:
    """Return the accounts that a statement on `ACCOUNT` selects."""
    return [accounts.from_row(row) for row in connection.execute(statement)]


def in_chunks(keys: Iterable[int], size: int = 500) -> Iterable[list[int]]:
    """Yield keys in lists short enough for an ``IN`` of any database."""
    held = list(keys)
    for start in range(0, len(held), size):
        yield held[start : start + size]
