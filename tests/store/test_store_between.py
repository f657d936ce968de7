"""Accounts between parties: by day, in pages, filtered; held against a plain reading of all."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from standoff.store import Account, Filter, Store
from tests.store.reports import PEOPLE, STATES, many, report, talks, told

#: A day of the quarrel, or a little before or after, in one case of four.
DAYS = st.integers(0, 3).flatmap(
    lambda often: (
        st.none() if often else st.dates(datetime.date(2019, 2, 26), datetime.date(2019, 3, 14))
    )
)
PARTIES = [*STATES, *(person for person in PEOPLE if "." in person), "UNLISTED.𝒪LA_ÞÓR", "USA"]


def side(actor: str) -> str:
    first, *rest = actor.split(".")
    return f"{first}.{rest[0]}" if first in ("IGO", "UNLISTED", "doc") else first


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Return a filter whose parties are of different sides."""
    chosen = draw(st.lists(st.sampled_from(PARTIES), max_size=3, unique_by=side))
    return Filter(
        parties=tuple(party for party in chosen if not party.startswith("doc")),
        since=draw(DAYS),
        until=draw(DAYS),
        known=draw(DAYS),
        types=draw(st.sampled_from([(), ("CONSULT",), ("COERCE", "AID"), ("PROTEST",)])),
        statuses=draw(st.sampled_from([(), ("actual",), ("cancelled", "denied")])),
        rejected=draw(st.booleans()),
    )


def belong(actors: tuple[str, ...], party: str) -> bool:
    return any(actor == party or actor.startswith(party + ".") for actor in actors)


def plainly(accounts: list[Account], wanted: Filter) -> list[Account]:
    """Return what a filter means, by the words of `Filter`, from all accounts of a store."""
    facing: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for account in accounts:
        for a in account.source:
            for b in account.target:
                facing[account.document] |= {(side(a), side(b)), (side(b), side(a))}

    def between(account: Account) -> bool:
        there = account.source + account.target
        if not wanted.parties:
            return True
        if len(wanted.parties) == 1:
            return belong(there, wanted.parties[0])
        pairs = [(p, q) for p in wanted.parties for q in wanted.parties if p != q]
        if account.source and account.target:
            return any(belong(account.source, p) and belong(account.target, q) for p, q in pairs)
        return any(
            belong(there, p) and (side(p), side(q)) in facing[account.document] for p, q in pairs
        )

    return [
        account
        for account in accounts
        if between(account)
        and (wanted.rejected or account.review != "rejected")
        and (not wanted.types or account.type in wanted.types)
        and (not wanted.statuses or account.status in wanted.statuses)
        and (not wanted.since or (account.day is not None and account.day >= wanted.since))
        and (not wanted.until or account.day is None or account.day <= wanted.until)
        and (not wanted.known or account.published is None or account.published <= wanted.known)
    ]


def paged(store: Store, wanted: Filter, size: int) -> Iterator[Account]:
    """Yield all accounts, page by page, and see to it that every page is full but the last."""
    after = None
    while True:
        page = store.page(wanted, size, after)
        yield from page.accounts
        if page.next is None:
            return
        assert len(page.accounts) == size
        after = page.next


@pytest.fixture
def full(store: Store, sql: Callable[[str], list[Any]]) -> Store:
    for record in many(24, seed=3):
        store.add(record)
    sql("UPDATE account SET review = 'rejected' WHERE status = 'denied'")
    return store


def test_filters_and_pages_give_what_they_say(full: Store) -> None:
    everything = full.accounts(Filter(rejected=True))
    assert len(everything) == full.status().accounts > 40
    assert 0 < full.status().rejected < 30
    # The order is that of days and, within one, of adding; undated ones come first.
    days = [account.day or datetime.date.min for account in everything]
    assert days == sorted(days)

    @settings(max_examples=60, deadline=None)
    @given(filters(), st.integers(1, 40))
    @example(Filter(parties=("JPN", "KOR")), 2)
    @example(Filter(parties=("ISL",), known=datetime.date(2019, 3, 8)), 3)
    def same(wanted: Filter, size: int) -> None:
        found = full.accounts(wanted)
        assert found == plainly(everything, wanted)
        assert list(paged(full, wanted, size)) == found[::-1]

    same()


def test_pages_of_any_size_hold_everything_once(full: Store) -> None:
    for wanted in (Filter(), Filter(parties=("JPN",)), Filter(parties=("JPN", "KOR", "ISL"))):
        newest_first = full.accounts(wanted)[::-1]
        assert len(newest_first) > 3
        for size in (1, 2, 3, 7, len(newest_first) - 1, len(newest_first), 1000):
            assert list(paged(full, wanted, size)) == newest_first


def test_a_page_goes_on_where_it_ended_when_more_was_added(store: Store) -> None:
    records = many(20, seed=5)
    for record in records[:10]:
        store.add(record)
    wanted = Filter(parties=("KOR",))
    before = store.accounts(wanted)[::-1]
    first = store.page(wanted, 3)
    for record in records[10:]:
        store.add(record)
    rest: list[Account] = []
    after = first.next
    while after is not None:
        page = store.page(wanted, 3, after)
        rest += page.accounts
        after = page.next

    assert list(first.accounts) == before[:3]
    found = [*first.accounts, *rest]
    assert len({account.id for account in found}) == len(found)
    assert {account.id for account in before} <= {account.id for account in found}


def test_three_parties(store: Store) -> None:
    text = "Japan warned Korea. Korea warned China. China warned Japan. Japan warned Iceland."
    store.add(
        report(
            text,
            told("THREATEN", "warned", "JPN", "KOR"),
            told("THREATEN", "warned", "KOR", "CHN", after="Korea. "),
            told("THREATEN", "warned", "CHN", "JPN", after="China. "),
            told("THREATEN", "warned", "JPN", "ISL", after="China warned Japan. "),
            published="2019-03-04",
        )
    )

    def found(*parties: str) -> list[str]:
        return [f"{a.source[0]} {a.target[0]}" for a in store.accounts(Filter(parties=parties))]

    assert found("JPN", "KOR", "CHN") == ["JPN KOR", "KOR CHN", "CHN JPN"]
    assert found("JPN", "KOR") == found("KOR", "JPN") == ["JPN KOR"]
    assert found("JPN") == ["JPN KOR", "CHN JPN", "JPN ISL"]
    assert found("JPN", "ISL", "GBR") == ["JPN ISL"]
    assert found("KOR", "ISL") == found("GBR") == found("JPN", "JPN") == []


def test_a_meeting_of_three_is_between_any_two_once(memory: Store) -> None:
    memory.add(report("They met.", talks("met", "JPN KOR CHN"), published="2019-03-04"))

    for parties in [("JPN", "KOR"), ("CHN", "JPN"), ("JPN", "KOR", "CHN"), ("JPN",), ()]:
        assert len(memory.accounts(Filter(parties=parties))) == 1
        assert len(list(paged(memory, Filter(parties=parties), 1))) == 1
    assert memory.accounts(Filter(parties=("JPN", "GBR"))) == []


def test_a_body_of_a_state_is_a_party_of_its_own(memory: Store) -> None:
    text = "The Treasury warned Iceland. Britain warned Iceland. Iceland warned the Treasury."
    memory.add(
        report(
            text,
            told("THREATEN", "warned", "GBR.GOV.TREASURY", "ISL"),
            told("THREATEN", "warned", "GBR", "ISL", after="Iceland. "),
            told("THREATEN", "warned", "ISL.GOV", "GBR.GOV.TREASURY", after="Britain warned"),
            published="2019-03-04",
        )
    )

    def count(*parties: str) -> int:
        return len(memory.accounts(Filter(parties=parties)))

    assert count("GBR", "ISL") == 3
    assert count("GBR.GOV.TREASURY", "ISL") == count("GBR.GOV", "ISL") == 2
    assert count("GBR.GOV.TREASURY", "ISL.GOV") == 1
    assert count("GBR.GOV.TREAS", "ISL") == count("GBR.GOV.TREASURY", "ISL.COAST") == 0
    assert count("GBR.GOV.TREASURY") == 2


def test_a_lone_act_counts_against_whom_its_document_names(memory: Store) -> None:
    memory.add(
        report(
            "Iceland mobilised its guards. Britain warned Iceland. Norway slept.",
            told("MOBILIZE", "mobilised", "ISL.GOV.COAST_GUARD"),
            told("THREATEN", "warned", "GBR", "ISL"),
            told("RETREAT", "slept", "NOR"),
            published="2019-03-04",
        )
    )
    memory.add(
        report("Iceland mobilised nets.", told("MOBILIZE", "mobilised", "ISL"),
               published="2019-03-05")
    )  # fmt: skip

    def found(*parties: str) -> list[str]:
        accounts = memory.accounts(Filter(parties=parties))
        return [f"{a.anchor.text} {a.published:%d}" for a in accounts]

    assert found("ISL", "GBR") == ["mobilised 04", "warned 04"]
    assert found("ISL.GOV.COAST_GUARD", "GBR") == ["mobilised 04"]
    assert found("ISL.GOV.NAVY", "GBR") == found("ISL", "NOR") == found("GBR", "NOR") == []
    assert found("ISL") == ["mobilised 04", "warned 04", "mobilised 05"]
    assert found("NOR") == ["slept 04"]


def test_bodies_of_one_state_against_each_other(memory: Store) -> None:
    memory.add(
        report(
            "The Treasury accused the Admiralty. The Treasury mobilised. All went home.",
            told("ACCUSE", "accused", "GBR.GOV.TREASURY", "GBR.MIL.ADMIRALTY"),
            told("MOBILIZE", "mobilised", "GBR.GOV.TREASURY"),
            told("RETREAT", "went", "GBR"),
            published="2019-03-04",
        )
    )
    memory.add(
        report("The Treasury mobilised.", told("MOBILIZE", "mobilised", "GBR.GOV.TREASURY"),
               published="2019-03-05")
    )  # fmt: skip
    quarrel = Filter(parties=("GBR.GOV.TREASURY", "GBR.MIL.ADMIRALTY"))

    assert [account.anchor.text for account in memory.accounts(quarrel)] == ["accused"]
    assert len(memory.accounts(Filter(parties=("GBR",)))) == 4
    assert len(memory.accounts(Filter(parties=("GBR.GOV.TREASURY",)))) == 3


def test_bodies_that_belong_to_no_state_are_sides(memory: Store) -> None:
    text = "The WTO warned the UN. A diver warned the WTO. The WTO’s court warned Japan."
    memory.add(
        report(
            text,
            told("THREATEN", "warned", "IGO.WTO", "IGO.UN"),
            told("THREATEN", "warned", "UNLISTED.ANN", "IGO.WTO", after="UN."),
            told("THREATEN", "warned", "IGO.WTO.COURT", "JPN", after="the WTO."),
            published="2019-03-04",
        )
    )

    def count(*parties: str) -> int:
        return len(memory.accounts(Filter(parties=parties)))

    assert count("IGO.WTO", "IGO.UN") == count("IGO.WTO", "JPN") == 1
    assert count("IGO.WTO.COURT", "JPN") == count("UNLISTED.ANN", "IGO.WTO") == 1
    assert count("UNLISTED.ANN", "JPN") == count("UNLISTED.BO", "IGO.WTO") == 0
    assert count("IGO.WTO") == 3


def test_what_is_known_is_the_same_with_and_without_parties(store: Store) -> None:
    warned = told("THREATEN", "warned", "ISL", "GBR", day="2019-03-01")
    for text, published in [("one warned", "2019-03-02"), ("two warned", "2019-03-09"),
                            ("three warned", None)]:  # fmt: skip
        store.add(report(text, warned, published=published))

    def known(*parties: str, day: int) -> set[str]:
        wanted = Filter(parties=parties, known=datetime.date(2019, 3, day))
        return {account.sentence_text for account in store.accounts(wanted)}

    for day, sentences in [(1, {"three warned"}), (2, {"three warned", "one warned"})]:
        assert known(day=day) == known("ISL", day=day) == known("ISL", "GBR", day=day) == sentences


def test_rejected_accounts_are_hidden(full: Store, sql: Callable[[str], list[Any]]) -> None:
    account = full.accounts(Filter())[0]
    sql(f"UPDATE account SET review = 'rejected' WHERE id = '{account.id}'")

    assert account.id not in {each.id for each in full.accounts(Filter())}
    assert attrs.evolve(account, review="rejected") in full.accounts(Filter(rejected=True))
    assert full.account(account.id).review == "rejected"
