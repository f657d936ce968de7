"""A PostgreSQL server of the tests' own, and addresses for stores on it and on SQLite."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standoff.store import Store

#: Set where a missing server is a failure and no reason to skip: in continuous integration.
REQUIRED = os.environ.get("STANDOFF_POSTGRES") == "required"

_names = itertools.count()


def _program(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *map(str, places)]))
    if found is not None:
        return found
    missing = f"no PostgreSQL server is installed: there is no {name}"
    if REQUIRED:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL server on loopback, and return the address of its first database."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    # Not pytest's own folder, which the server's user may not enter.
    home = Path(tempfile.mkdtemp(prefix="standoff-postgres-"))
    # The server refuses to run as root; Debian's package makes this user.
    user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
    if os.geteuid() != 0:
        user = {}
    else:
        shutil.chown(home, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(*command: str) -> None:
        log = home / "output"
        with log.open("ab") as output:
            done = subprocess.run(command, cwd=home, stdout=output, stderr=output, **user)
        assert done.returncode == 0, log.read_text(errors="replace")

    data = str(home / "data")
    settings = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        call(
            initdb, "-D", data, "-U", "standoff", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        call(pg_ctl, "-D", data, "-o", settings, "-w", "start")
        try:
            yield f"postgresql://standoff@127.0.0.1:{port}/postgres"
        finally:
            call(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


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
