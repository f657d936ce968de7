"""Making and opening stores: addresses, versions, and what is no store."""

from __future__ import annotations

import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from standoff.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreNotFoundError,
    StoreVersionError,
)
from standoff.store import Store, connection, schema
from tests.store.conftest import run
from tests.store.reports import many, report

SECRET = "h3rr1ng"


def test_a_store_is_made_once_and_opened_again(address: str) -> None:
    with Store.create(address) as store:
        store.add(report("A note."))
        digest = store.digest()

    with Store.create(address) as again:
        assert again.digest() == digest
    with Store.open(address) as opened:
        assert opened.digest() == digest
        assert opened.name == address


def test_a_path_may_be_anything(tmp_path: Path) -> None:
    for name in (
        "a b.db",
        "seaweed%20.db",
        "?mode=ro",
        "Ölige Fische 🐟",
        "no_suffix",
        "50%",
        "#1",
    ):
        with Store.create(tmp_path / name) as store:
            store.add(report("A note."))
            assert store.name == str(tmp_path / name)
        with Store.open(str(tmp_path / name)) as store:
            assert store.status().documents == 1
        assert (tmp_path / name).is_file()


def test_an_address_may_name_a_file(tmp_path: Path) -> None:
    with Store.create(f"sqlite:///{tmp_path}/store.db") as store:
        assert store.name == f"{tmp_path}/store.db"
    Store.open(tmp_path / "store.db").close()


def test_two_may_make_the_same_store(address: str) -> None:
    with Store.create(address) as one, Store.create(address) as two:
        one.add(report("A note."))
        assert two.status().documents == 1


def test_there_is_none(address: str, tmp_path: Path) -> None:
    with pytest.raises(StoreNotFoundError, match="make one with: standoff init"):
        Store.open(address)

    assert not (tmp_path / "store.db").exists()


@pytest.mark.parametrize("name", ["", "folder", "nowhere/store.db", "file/store.db"])
def test_no_store_can_be_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")

    for use in (Store.open, Store.create):
        with pytest.raises(StoreError, match=str(tmp_path)):
            use(tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "file"}


@pytest.mark.parametrize(
    "data", [b"Dear Olafur,\nthe fish is fine.\n" * 40, b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_file_that_is_no_database(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(data)

    for use in (Store.open, Store.create):
        with pytest.raises(StoreDamagedError, match=r"letter\.txt: this is no store"):
            use(path)
    assert path.read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_database_of_something_else(address: str) -> None:
    run(address, "CREATE TABLE document (id INTEGER)") if "://" in address else sqlite3.connect(
        address
    ).execute("CREATE TABLE document (id INTEGER)").connection.close()

    with pytest.raises(StoreNotFoundError, match="no store here"):
        Store.open(address)
    with pytest.raises(StoreError, match="already exists"):
        Store.create(address)

    assert run(address, "SELECT * FROM document") == []
    with pytest.raises(StoreNotFoundError):
        Store.open(address)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_database_that_was_cut_off(tmp_path: Path, part: float) -> None:
    path = tmp_path / "store.db"
    with Store.create(path) as store:
        for record in many(20):
            store.add(record)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])

    with pytest.raises(StoreDamagedError, match=r"store\.db: .*restore a backup"):
        Store.open(path)


def test_a_newer_store_is_left_alone(
    store: Store, address: str, sql: Callable[[str], list[Any]]
) -> None:
    store.add(report("A note."))
    sql("UPDATE standoff_version SET version_num = '9999'")

    for use in (Store.open, Store.create):
        with pytest.raises(StoreVersionError, match=r"newer version.*9999.*install"):
            use(address)
    assert sql("SELECT version_num FROM standoff_version") == [("9999",)]


def test_an_older_store_is_brought_up_to_date_when_asked(
    store: Store, address: str, sql: Callable[[str], list[Any]]
) -> None:
    store.add(report("A note."))
    sql("UPDATE standoff_version SET version_num = '0000'")

    with pytest.raises(StoreVersionError, match=r"older version.*0000.*standoff init"):
        Store.open(address)


def test_migrations_make_what_the_tables_say(store: Store, address: str) -> None:
    def ours(_: object, name: str | None, type_: str, *more: object) -> bool:
        # Full-text search is each database's own, and in no table of ours.
        return not str(name).startswith(("document_search", "ix_document_search")) and (
            type_ != "column" or name != "search"
        )

    engine = connection.engine(connection.located(address))
    with engine.connect() as open_:
        options = {
            "compare_type": True,
            "include_object": ours,
            "version_table": "standoff_version",
        }
        context = MigrationContext.configure(open_, opts=options)
        differences = compare_metadata(context, schema.metadata)
        revision = context.get_current_revision()
        tables = set(sqlalchemy.inspect(open_).get_table_names())
    engine.dispose()

    assert differences == []
    assert revision == schema.HEAD
    assert set(schema.metadata.tables) < tables


def test_the_last_migration_is_the_one_that_this_version_writes() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(connection.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)

    assert scripts.get_heads() == [schema.HEAD]
    # Versions are compared as strings.
    names = [script.revision for script in scripts.walk_revisions()]
    assert names == sorted(names, reverse=True)
    assert all(len(name) == 4 and name.isdigit() for name in names)


@pytest.fixture
def deaf_port() -> int:
    """Return a port of loopback at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ("postgresql://ann:{secret}@127.0.0.1:{port}/talks", StoreNotFoundError),
        ("postgres://ann:{secret}@127.0.0.1:{port}/talks", StoreNotFoundError),
        ("postgresql+psycopg2://ann:{secret}@127.0.0.1:{port}/talks", StoreNotFoundError),
        ("postgresql://ann@127.0.0.1:{port}/talks?password={secret}", StoreNotFoundError),
        ("postgresql://ann:{secret}@127.0.0.1:harbour/talks", StoreError),
        ("mysql://ann:{secret}@127.0.0.1:{port}/talks", StoreError),
        ("://ann:{secret}@127.0.0.1:{port}/talks", StoreError),
        ("post gres://ann:a/{secret}@127.0.0.1:{port}/talks", StoreError),
        ("postgresql://ann:a@{secret}@127.0.0.1:harbour/talks?password={secret}", StoreError),
    ],
)
def test_no_message_shows_a_password(form: str, error: type[StoreError], deaf_port: int) -> None:
    for use in (Store.open, Store.create):
        with pytest.raises(error) as caught:
            use(form.format(secret=SECRET, port=deaf_port))

        message = str(caught.value)
        assert SECRET not in message
        assert "127.0.0.1" in message
        assert "talks" in message
        assert message.startswith(
            form.split("+")[0].split(":")[0].replace("postgres:", "postgresql:")
        )


def test_a_name_shows_no_password(database: str) -> None:
    with Store.create(database.replace("standoff@", f"standoff:{SECRET}@")) as store:
        assert SECRET not in store.name
        assert store.name == database.replace("standoff@", "standoff:***@")


def test_a_database_that_the_server_does_not_have(database: str) -> None:
    for use in (Store.open, Store.create):
        with pytest.raises(StoreNotFoundError, match=r"_nowhere.*does not exist"):
            use(database + "_nowhere")


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreError, match=r"pip install 'standoff\[postgres\]'"):
        Store.open("postgresql://ann@127.0.0.1/talks")


def test_a_writer_that_waits_too_long_says_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.create(address).close()
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    with Store.open(address) as store, Store.open(address) as other:
        store.add(report("A note."))
        with connection.writing(other._engine):
            with pytest.raises(StoreBusyError, match="try again"):
                store.add(report("Another note."))
            # Readers do not wait.
            assert store.status().documents == 1
        assert store.add(report("Another note.")) == "added"


def test_a_write_that_fails_leaves_nothing(
    store: Store, sql: Callable[[str], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = store.digest()
    record = many(5)[3]
    sql("ALTER TABLE tombstone RENAME TO gravestone")
    sql("ALTER TABLE dyad RENAME TO pair")

    with pytest.raises(StoreDamagedError):
        store.add(record)

    sql("ALTER TABLE gravestone RENAME TO tombstone")
    sql("ALTER TABLE pair RENAME TO dyad")
    assert store.digest() == digest
    assert store.add(record) == "added"
    assert store.problems() == []
