"""Where a store lies and how it is opened: SQLite files, PostgreSQL servers, and their errors.

Every write is one transaction, and writers queue: on SQLite behind ``BEGIN IMMEDIATE``, on
PostgreSQL behind an advisory lock. A process that is killed leaves the last committed state.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event, exc
from sqlalchemy.engine import URL, make_url

from standoff.errors import StoreBusyError, StoreDamagedError, StoreError, StoreNotFoundError
from standoff.store import schema

#: How long a writer waits for others, in seconds. A write takes milliseconds; a bulk import holds
#: its transaction for a few seconds. Rerun `benchmarks store` when a single write grows longer.
PATIENCE = 60.0

#: What the databases say, in small letters, where there is nothing to open, and where tables are
#: missing or are none.
_UNREACHABLE = ("unable to open", "connection failed", "connection timeout", "resolve host")
_DAMAGED = ("malformed", "not a database", "disk image", "no such table", "does not exist")

#: Any number, as long as all writers take the same.
_WRITER = 0x57A0D0FF


def located(where: str | Path) -> URL:
    """Return the address of a store: a path is an SQLite file, else a URL of SQLAlchemy's form.

    Raises:
        StoreError: a URL of a database that Standoff does not use.
    """
    text = str(where)
    if isinstance(where, Path) or "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):  # ValueError: a port that is no number
        # Nobody knows where in it a password ends.
        safe = re.sub("://.*@", "://***@", text).partition("?")[0]
        raise StoreError(
            f"{safe}: this is no address of a database; write postgresql://user@host/name"
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"{shown(url)}: a store is an SQLite file or a PostgreSQL database")


def shown(url: URL) -> str:
    """Return the address for messages: a path for a file, and never a password."""
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url.database or ":memory:"
    name = "postgresql" if backend == "postgresql" else url.drivername
    safe = url.set(drivername=name).difference_update_query(["password", "sslpassword"])
    return safe.render_as_string(hide_password=True)


def engine(url: URL) -> Engine:
    """Return an engine for the store at `url`; nothing is opened yet.

    Raises:
        StoreError: the driver for PostgreSQL is not installed.
    """
    if url.get_backend_name() == "sqlite":
        made = sqlalchemy.create_engine(url, connect_args={"timeout": PATIENCE})
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    try:
        made = sqlalchemy.create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise StoreError(
            f"{shown(url)}: PostgreSQL needs one more package: pip install 'standoff[postgres]'"
        ) from None
    event.listen(made, "connect", _prepare_postgres)
    return made


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the store for as long as it is open."""
    with mapped(engine.url), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection to write with, alone among writers; commit all at the end, or none."""
    writer = engine.execution_options(standoff_write=True)
    with mapped(engine.url), writer.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
        yield connection


@contextlib.contextmanager
def mapped(url: URL) -> Iterator[None]:
    """Turn the database's errors into ours, naming the store.

    Raises:
        StoreError: or one of its kinds, see `standoff.errors`.
    """
    name = shown(url)
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        cause = " ".join(str(getattr(error, "orig", error)).split())
        low = cause.lower()
        if "locked" in low or "lock timeout" in low:
            what = f"another process has been writing for over {PATIENCE:.0f} seconds; try again"
            raise StoreBusyError(f"{name}: {what}") from error
        if any(words in low for words in _UNREACHABLE):
            raise StoreNotFoundError(f"{name}: it cannot be opened ({cause})") from error
        if any(words in low for words in _DAMAGED):
            what = f"this is no store, or it is damaged ({cause}); restore a backup"
            raise StoreDamagedError(f"{name}: {what}") from error
        raise StoreError(f"{name}: the database says: {cause}") from error


def version(connection: Connection) -> str | None:
    """Return the migration that a store is at, or None where no store was ever made."""
    inspector = sqlalchemy.inspect(connection)
    if not inspector.has_table("standoff_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM standoff_version").scalar()
    return str(found) if found is not None else None


def upgrade(engine: Engine) -> None:
    """Make the tables of a store, or bring an older one to this version, in one transaction."""
    from alembic import command
    from alembic.config import Config

    if engine.dialect.name == "sqlite":
        # Kept in the file: readers and a writer do not block each other from now on.
        with mapped(engine.url), engine.connect() as connection:
            _driver(connection).execute("PRAGMA journal_mode=WAL")
    config = Config()
    # The option is a template, in which a percent sign is doubled.
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema.HEAD)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _prepare_sqlite(driver: sqlite3.Connection, _: object) -> None:
    # Transactions are begun below, not by the driver, which would begin them too late.
    driver.isolation_level = None
    cursor = driver.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    # With FULL a committed document also survives a loss of power, at a sync a document.
    cursor.execute("PRAGMA synchronous=FULL")
    # 64 MiB of pages and as much of the file mapped: a million events are read from memory.
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA mmap_size=1073741824")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("standoff_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _prepare_postgres(driver: Any, _: object) -> None:
    with driver.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET lock_timeout = {PATIENCE * 1000:.0f}")
    driver.commit()
