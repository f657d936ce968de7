"""A whole store copied: backups, and a laptop's store moved to a server or back."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Integer, insert, select, text, update

from standoff.errors import StoreError
from standoff.store import connection as opening
from standoff.store import schema

#: Rows read and written at a time; a document's row may hold a megabyte.
_ROWS = 500


def backup(engine: Engine, target: Path) -> None:
    """Write a copy of the store to an SQLite file, which is complete when it appears.

    Others may go on writing meanwhile: the copy is of the moment at which it began.

    Raises:
        StoreError: there is a file of that name already, or it cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target}: there is a file of this name already; a backup replaces none")
    if not target.parent.is_dir():
        raise StoreError(f"{target}: there is no folder {target.parent}")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(engine, draft)
        else:
            _copy_server(engine, draft)
        _synced(draft)
        _put(draft, target)
    except OSError as error:
        raise StoreError(f"{target}: it cannot be written ({error.strerror or error})") from error
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            Path(f"{draft}{rest}").unlink(missing_ok=True)


def transfer(source: Engine, target: Engine) -> None:
    """Copy all that a store holds into one that holds nothing, of whichever database.

    Raises:
        StoreError: the target holds something.
    """
    with opening.reading(source) as old, opening.writing(target) as new:
        if new.execute(select(schema.document.c.key).limit(1)).first() is not None:
            name = opening.shown(target.url)
            raise StoreError(f"{name}: it holds documents already; copy into an empty store")
        for table in schema.metadata.sorted_tables:
            new.execute(table.delete())
            later: list[tuple[int, int]] = []
            with closing(_rows(old, table)) as several:
                for rows in several:
                    if table is schema.document:
                        # A copy may be older by number than what it copies only in damaged
                        # stores, but the reference is set when all rows are there.
                        later += [
                            (row["key"], row["copy_of"])
                            for row in rows
                            if row["copy_of"] is not None
                        ]
                        rows = [row | {"copy_of": None} for row in rows]
                    new.execute(insert(table), rows)
            for key, original in later:
                where = schema.document.c.key == key
                new.execute(update(schema.document).where(where).values(copy_of=original))
            _continue_numbers(new, table)


def _rows(connection: Connection, table: Any) -> Generator[list[dict[str, Any]], None, None]:
    reading = connection.execution_options(yield_per=_ROWS)
    # An error in here is the source's, though it passes through the transaction of the target.
    with opening.mapped(connection.engine.url), reading.execute(select(table)) as result:
        for rows in result.mappings().partitions():
            yield [dict(row) for row in rows]


def _continue_numbers(connection: Connection, table: Any) -> None:
    """Let PostgreSQL number new rows after those that were copied with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer) and column.autoincrement is True:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                    f"coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
                )
            )


def _copy_file(engine: Engine, draft: Path) -> None:
    with opening.mapped(engine.url), engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")


def _copy_server(engine: Engine, draft: Path) -> None:
    made = opening.engine(opening.located(draft))
    try:
        opening.upgrade(made)
        transfer(engine, made)
        # One file, not three: what is still in the log goes into it.
        with opening.mapped(made.url), made.connect() as connection:
            connection.connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        made.dispose()


def _put(draft: Path, target: Path) -> None:
    """Give a file its name, which nobody else may have taken meanwhile, and keep that on disk."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise StoreError(f"{target}: somebody made a file of this name meanwhile") from None
    except OSError:  # a file system without links
        draft.replace(target)
    if os.name == "posix":
        _synced(target.parent)


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
