"""Statements that several parts of the store ask: accounts with their event and document."""

from __future__ import annotations

from sqlalchemy import Connection, Select, select

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


def fetched(connection: Connection, statement: Select[tuple[object, ...]]) -> list[Account]:
    """Return the accounts that a statement on `ACCOUNT` selects."""
    return [accounts.from_row(row) for row in connection.execute(statement)]
