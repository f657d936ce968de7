"""A way into a store that goes around it, to damage it or to look at it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from standoff.store import Store


def run(address: str, statement: str) -> list[Any]:
    """Run a statement on the database itself, with no rule of the store's in the way."""
    if "://" not in address:
        with contextlib.closing(sqlite3.connect(address)) as file:
            rows = file.execute(statement).fetchall()
            file.commit()
            return rows
    import psycopg

    with psycopg.connect(address) as connection:
        # No references are checked, as on SQLite, where a connection has to ask for that.
        connection.execute("SET session_replication_role = replica")
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def memory() -> Iterator[Store]:
    """Return an empty store in memory, for what is the same in every database."""
    with Store.create("sqlite://") as made:
        yield made


@pytest.fixture
def sql(address: str) -> Callable[[str], list[Any]]:
    """Return a function that runs a statement on the database of `address`."""
    return lambda statement: run(address, statement)
