"""Processes that are killed in the middle of writing, and processes that write at the same time."""

from __future__ import annotations

import itertools
import random

from standoff.store import Filter, Store
from tests.store.reports import many
from tests.store.workers import ADDED, adding


def undisturbed(count: int, seed: int) -> str:
    """Return the digest of a store to which records were added with nothing in the way."""
    with Store.create("sqlite://") as store:
        for record in many(count, seed):
            store.add(record)
        return store.digest()


def test_a_killed_writer_leaves_the_last_document_whole(address: str) -> None:
    records = many(24, seed=11)
    expected = undisturbed(24, seed=11)
    rng = random.Random(2019)
    Store.create(address).close()
    kills = 0

    # Killed after so many statements, it may be anywhere in a transaction, or in its commit.
    for most in itertools.chain((rng.randrange(8, 120) for _ in range(10)), [None]):
        with Store.open(address) as store:
            there = store.status().documents
        with adding(address, records) as (process, said):
            heard = list(itertools.islice(said, most))
            if most is not None:
                process.kill()
        kills += process.exitcode == -9
        with Store.open(address) as store:
            held = store.status()
            assert held.documents >= max(there, heard.count(ADDED))
            assert [r.document for r in store.records()] == [
                record.document for record in records[: held.documents]
            ]
            assert store.problems() == []

    assert kills > 5
    assert process.exitcode == 0
    with Store.open(address) as store:
        assert store.digest() == expected


def test_two_writers_lose_nothing(address: str) -> None:
    first, second = many(20, seed=12), many(20, seed=13)
    shared = many(8, seed=14)
    Store.create(address).close()

    with (
        adding(address, first[:10] + shared + first[10:]) as (one, said),
        adding(address, second[:5] + shared[::-1] + second[5:]) as (two, said_too),
        Store.open(address) as store,
    ):
        # Nobody waits for a reader, and a reader for nobody.
        for _ in zip(said, said_too, strict=False):
            store.page(Filter(parties=("JPN", "KOR")), 3)

    assert (one.exitcode, two.exitcode) == (0, 0)
    wanted = {record.document.id for record in first + second + shared}
    with Store.open(address) as store:
        held = [record.document.id for record in store.records()]
        assert len(held) == len(wanted)
        assert set(held) == wanted
        by_hand = {record.document.id: record for record in first + second + shared}
        assert all(by_hand[record.document.id] == record for record in store.records())
        assert store.status().publications == len(wanted)
        assert store.problems() == []


def test_two_writers_of_the_same_reports_add_each_once(address: str) -> None:
    records = many(16, seed=15)
    Store.create(address).close()

    with adding(address, records) as (one, _), adding(address, records) as (two, _):
        pass

    assert (one.exitcode, two.exitcode) == (0, 0)
    with Store.open(address) as store:
        # Both add in the same order, so whoever comes first, the order is that of one writer.
        assert store.digest() == undisturbed(16, seed=15)
