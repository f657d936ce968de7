"""What is wrong with a damaged store is found and said."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import StoreDamagedError, StoreError
from standoff.record import Document
from standoff.store import Coder, Filter, Store
from tests.store.conftest import run
from tests.store.reports import many, report, talks, told

Sql = Callable[[str], list[Any]]

FIRST = "(SELECT min(key) FROM document)"
LAST = "(SELECT max(key) FROM document)"

#: Damage, in SQL, and what has to be said about it.
DAMAGE = {
    "a record is gone": (
        f"DELETE FROM record WHERE document = {FIRST}",
        "document {id} has no record",
    ),
    "a record is another's": (
        f"UPDATE record SET json = (SELECT json FROM record WHERE document = {LAST}) "
        f"WHERE document = {FIRST}",
        "document {id}",
    ),
    "a record is no zlib": (
        f"UPDATE record SET json = x'789c4a' WHERE document = {FIRST}",
        "document {id}: its record cannot be read",
    ),
    "a text was changed": (
        f"UPDATE document SET text = 'X' || text WHERE key = {FIRST}",
        "document {id}",
    ),
    "a text was cut": (
        f"UPDATE document SET text = '' WHERE key = {FIRST}",
        "document {id}: its record cannot be read",
    ),
    "an account is gone": (
        f"DELETE FROM account WHERE document = {FIRST}",
        "document {id}: its accounts are not those of its record",
    ),
    "an account has moved": (
        f"UPDATE account SET document = {LAST} WHERE document = {FIRST}",
        "document {id}: its accounts are not those of its record",
    ),
    "words of an account are elsewhere": (
        f"UPDATE account SET anchor_start = anchor_start + 1 WHERE document = {FIRST}",
        "its words are not in the text",
    ),
    "details of an account are no JSON": (
        f"UPDATE account SET details = 'oops' WHERE document = {FIRST}",
        "of document {id} cannot be read",
    ),
    "details of an account are others": (
        f"UPDATE account SET details = '[1]' WHERE document = {FIRST}",
        "of document {id} cannot be read",
    ),
    "details of an account are missing": (
        "UPDATE account SET details = '{}' WHERE document = " + FIRST,
        "of document {id} cannot be read",
    ),
    "all accounts of an event are gone": (
        "INSERT INTO event (key, id) VALUES (99999, 'ebare')",
        "event ebare has no account",
    ),
    "an account is filed nowhere": (
        "DELETE FROM dyad WHERE account = (SELECT max(account) FROM dyad)",
        "1 account",
    ),
    "an account with a target alone is filed nowhere": (
        "DELETE FROM dyad WHERE account IN "
        "(SELECT key FROM account WHERE details NOT LIKE '%\"source\"%')",
        "1 account",
    ),
    "a copy copies what came later": (
        f"UPDATE document SET copy_of = {LAST} WHERE key = {FIRST}",
        "document {id} is said to copy one that came after it",
    ),
    "an event that was merged away is there": (
        "INSERT INTO tombstone (id, reason, at) SELECT id, 'merged', '2019-03-04 00:00:00' "
        "FROM event WHERE key = (SELECT max(key) FROM event)",
        "is there and has a tombstone",
    ),
}


def filled(store: Store) -> Store:
    store.add(
        report(
            "Envoys of Japan and Korea met. Iceland was warned.",
            talks("met", "JPN KOR", day="2019-03-04"),
            told("THREATEN", "warned", "", "ISL", day="2019-03-04"),
        )
    )
    for record in many(6, seed=41):
        store.add(record)
    assert store.problems() == []
    return store


@pytest.fixture
def full(store: Store) -> Store:
    return filled(store)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "store.db"
    with Store.create(path) as store:
        filled(store)
    return path


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_reported(sound: Path, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.db"
    shutil.copy(sound, path)
    statement, said = DAMAGE[damage]
    run(str(path), statement)

    with Store.open(path) as store:
        problems = store.problems()

    id_ = report("Envoys of Japan and Korea met. Iceland was warned.").document.id
    assert any(said.format(id=id_) in problem for problem in problems), problems
    assert all("\n" not in problem for problem in problems)


def test_all_that_is_wrong_is_said(full: Store, sql: Sql) -> None:
    ids = [record.document.id for record in full.records()]
    sql(f"UPDATE account SET details = 'oops' WHERE document = {FIRST}")
    sql(f"DELETE FROM record WHERE document = {LAST}")
    sql("INSERT INTO event (key, id) VALUES (99999, 'ebare')")

    problems = "\n".join(full.problems())

    assert ids[0] in problems
    assert ids[-1] in problems
    assert "ebare" in problems
    assert not any(id_ in problems for id_ in ids[1:-1])


def test_an_account_of_no_event_of_its_record_is_an_error_of_the_store(
    full: Store, sql: Sql
) -> None:
    of_it = full.told(next(full.records()).document.id)[0]
    sql(f"UPDATE account SET local = 'e999' WHERE id = '{of_it.id}'")

    with pytest.raises(StoreDamagedError, match=f"{of_it.id}.*e999"):
        full.judge(of_it.id, "accept", Coder("ann"))
    with pytest.raises(StoreDamagedError, match=f"{of_it.id}.*e999"):
        full.recode(next(full.records()))


def test_a_record_that_cannot_be_read_is_an_error_of_the_store(full: Store, sql: Sql) -> None:
    id_ = next(full.records()).document.id
    sql(f"DELETE FROM record WHERE document = {LAST}")
    sql(f"UPDATE document SET text = 'X' || text WHERE key = {FIRST}")

    with pytest.raises(StoreDamagedError, match=id_):
        full.record(id_)
    with pytest.raises(StoreDamagedError, match=id_):
        list(full.records())
    (last,) = sql(f"SELECT id FROM document WHERE key = {LAST}")
    with pytest.raises(StoreDamagedError, match=last[0]):
        full.record(last[0])
    assert full.document(last[0]).model is None


@pytest.mark.parametrize("table", ["band", "account", "document"])
def test_a_missing_table_is_reported(full: Store, address: str, sql: Sql, table: str) -> None:
    full.close()
    sql(f"DROP TABLE {table} {'CASCADE' if '://' in address else ''}")

    with Store.open(address) as opened:
        (problem, *_) = opened.problems()

    assert re.search(rf"\b{table}\b", problem)
    assert "restore a backup" in problem


def test_references_into_nothing_are_reported_on_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.create(path) as store:
        for record in many(4, seed=42):
            store.add(record)
        with sqlite3.connect(path) as file:
            file.execute("UPDATE account SET event = 99999 WHERE key = 1")
        file.close()

        problems = store.problems()

    assert any("account refers to a row of event that is not there" in p for p in problems)


def test_documents_that_search_does_not_know_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.create(path) as store:
        for record in many(4, seed=42):
            store.add(record)
        with sqlite3.connect(path) as file:
            file.execute("DROP TRIGGER document_search_insert")
        file.close()
        store.add(report("A note on whales."))

        problems = store.problems()

    assert [problem for problem in problems if "full-text search" in problem]


@pytest.mark.parametrize("seed", range(3))
def test_bytes_that_changed_in_the_file_never_pass_for_a_crash(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.db"
    with Store.create(path) as store:
        for record in many(20, seed=43):
            store.add(record)
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for page in rng.sample(range(1, len(data) // 4096), 12):
        data[page * 4096 : page * 4096 + 300] = rng.randbytes(300)
    path.write_bytes(data)

    try:
        with Store.open(path) as opened:
            problems = opened.problems()
    except StoreError as error:
        problems = [str(error)]

    assert problems


def test_nothing_is_wrong_with_a_large_store(store: Store) -> None:
    for record in many(40, seed=44):
        store.add(record)

    assert store.problems() == []
    assert store.document(Document(many(1, seed=44)[0].document.text).id).accounts
    assert store.accounts(Filter())
