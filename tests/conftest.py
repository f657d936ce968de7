"""A PostgreSQL server of the tests' own, and addresses for stores on it and on SQLite."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import servers
from standoff.store import Store

#: Set where a missing server is a failure and no reason to skip: in continuous integration.
REQUIRED = os.environ.get("STANDOFF_POSTGRES") == "required"

_names = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL server on loopback, and return the address of its first database."""
    try:
        with servers.postgres() as address:
            yield address
    except servers.NoServerError as error:
        if REQUIRED:
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def free_databases(server: str) -> list[str]:
    """Return addresses of empty databases on the server that no test uses at present."""
    return []


@pytest.fixture
def database(server: str, free_databases: list[str]) -> Iterator[str]:
    """Return the address of a database with nothing in it on the server.

    Emptying one takes a tenth of the time of making one.
    """
    import psycopg

    if not free_databases:
        name = f"standoff_{next(_names)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        free_databases.append(server.removesuffix("postgres") + name)
    address = free_databases.pop()
    yield address
    with psycopg.connect(address, autocommit=True) as connection:
        # Of processes that a test has killed.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    free_databases.append(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return an address at which there is no store yet: a file, and a database of the server."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return str(request.getfixturevalue("database"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Return an open store with nothing in it."""
    with Store.create(address) as made:
        yield made
