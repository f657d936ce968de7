"""Backups, and whole stores moved between databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import StoreDamagedError, StoreError
from standoff.record import Document
from standoff.store import Filter, Store
from tests.store.conftest import run
from tests.store.reports import many, report

RECORDS = many(14, seed=31)


@pytest.fixture
def full(store: Store) -> Store:
    for record in RECORDS:
        store.add(record)
    return store


def names(folder: Path) -> set[str]:
    """Return what lies in a folder, but for a store of the test's own."""
    return {path.name for path in folder.iterdir() if not path.name.startswith("store.db")}


def test_a_backup_is_a_store_with_the_same_in_it(full: Store, tmp_path: Path) -> None:
    full.backup(tmp_path / "copy.db")

    with Store.open(tmp_path / "copy.db") as copy:
        assert copy.digest() == full.digest()
        assert copy.status() == full.status()
        assert copy.problems() == []
        assert copy.search("seaweed") != []
        assert copy.add(report("One more note on seaweed.")) == "added"
        assert [hit.document for hit in copy.search('"more note"')] == [
            Document("One more note on seaweed.").id
        ]
    assert full.status().documents == len(RECORDS)


def test_a_backup_is_one_file(full: Store, tmp_path: Path) -> None:
    full.backup(tmp_path / "copy.db")

    assert names(tmp_path) == {"copy.db"}
    # Nothing of it is in a log that would have to be copied along.
    with sqlite3.connect(tmp_path / "copy.db") as file:
        assert file.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    file.close()


def test_a_backup_is_of_one_moment_while_others_read_and_write(
    full: Store, address: str, tmp_path: Path
) -> None:
    digest = full.digest()
    with Store.open(address) as reader, Store.open(address) as writer:
        records = reader.records()
        first = next(records)
        writer.add(report("A note that came while somebody was reading."))
        full.backup(tmp_path / "copy.db")
        writer.add(report("A note that came after the backup."))
        rest = list(records)

    assert [first, *rest] == RECORDS
    with Store.open(tmp_path / "copy.db") as copy:
        assert copy.status().documents == len(RECORDS) + 1
        assert copy.digest() != digest
        assert copy.problems() == []


def test_a_backup_replaces_nothing(full: Store, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("Dear Ólafur")

    with pytest.raises(StoreError, match=r"letter\.txt.*already"):
        full.backup(target)

    assert target.read_text() == "Dear Ólafur"
    assert names(tmp_path) == {"letter.txt"}


def test_a_backup_of_a_store_onto_itself_is_refused(tmp_path: Path) -> None:
    with Store.create(tmp_path / "own.db") as store:
        store.add(RECORDS[0])
        with pytest.raises(StoreError, match="already"):
            store.backup(tmp_path / "own.db")
        assert store.problems() == []


def test_a_backup_that_cannot_be_written_leaves_nothing(full: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.copy\.db"):
        full.backup(tmp_path / "nowhere" / "copy.db")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file.copy\.db"):
        full.backup(tmp_path / "file" / "copy.db")

    assert names(tmp_path) == {"file"}


def test_a_backup_that_breaks_off_leaves_nothing_and_says_which_store_is_at_fault(
    tmp_path: Path, database: str
) -> None:
    with Store.create(database) as store:
        for record in RECORDS[:5]:
            store.add(record)
        run(database, "DROP TABLE tombstone")

        with pytest.raises(StoreDamagedError, match=database.rpartition("/")[2]):
            store.backup(tmp_path / "copy.db")

    assert names(tmp_path) == set()


def test_a_store_goes_to_a_server_and_back(tmp_path: Path, database: str) -> None:
    with (
        Store.create(tmp_path / "laptop.db") as laptop,
        Store.create(database) as server,
        Store.create(tmp_path / "again.db") as again,
    ):
        for record in RECORDS[:10]:
            laptop.add(record)
        laptop.transfer(server)
        server.transfer(again)

        assert laptop.digest() == server.digest() == again.digest()
        assert server.problems() == again.problems() == []
        found = laptop.page(Filter(parties=("JPN",)), 5)
        assert server.page(Filter(parties=("JPN",)), 5) == found
        assert {hit.document for hit in server.search("seaweed")} == {
            hit.document for hit in laptop.search("seaweed")
        }

        # Numbers go on where the copied ones ended, and copies and events are still found.
        for record in RECORDS:
            outcomes = {store.add(record) for store in (laptop, server, again)}
            assert len(outcomes) == 1
        assert laptop.digest() == server.digest() == again.digest()
        assert server.status().documents == len(RECORDS)
        assert server.problems() == again.problems() == []


def test_documents_that_copy_one_another_keep_saying_so(full: Store, tmp_path: Path) -> None:
    assert full.status().copies > 2
    with Store.create(tmp_path / "other.db") as other:
        full.transfer(other)

        for record in RECORDS:
            id_ = record.document.id
            assert other.document(id_) == full.document(id_)


def test_only_an_empty_store_is_copied_into(full: Store, tmp_path: Path) -> None:
    with Store.create(tmp_path / "other.db") as other:
        other.add(report("A note."))
        digest = other.digest()
        with pytest.raises(StoreError, match=r"other\.db.*empty"):
            full.transfer(other)
        assert other.digest() == digest
        with pytest.raises(StoreError, match="empty"):
            full.transfer(full)


def test_an_empty_store_is_copied_too(store: Store, tmp_path: Path) -> None:
    store.backup(tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy, Store.create(tmp_path / "other.db") as other:
        store.transfer(other)
        assert copy.digest() == other.digest() == store.digest()


def test_what_breaks_off_leaves_the_target_empty(
    full: Store, sql: Callable[[str], list[Any]], tmp_path: Path
) -> None:
    # Accounts come late in the order of tables: much is written when this one cannot be.
    sql("UPDATE account SET event = 999999 WHERE key = (SELECT max(key) FROM account)")
    with Store.create(tmp_path / "other.db") as other:
        empty = other.digest()
        with pytest.raises(StoreError):
            full.transfer(other)
        assert other.digest() == empty
        assert other.problems() == []
