"""Which accounts of different documents are of one event."""

from __future__ import annotations

import datetime
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from standoff.record import Record
from standoff.store import Filter, Store, StoredEvent
from tests.store.reports import many, report, talks, told

KEPT = (
    "Envoys of Japan and South Korea met in Geneva on Monday to discuss export rules for chip "
    "materials."
)
RETOLD = (
    "South Korean and Japanese envoys sat down in Geneva on Monday over the rules that Tokyo set "
    "for exports of chip materials."
)


def meeting(
    text: str = RETOLD, words: str = "sat down", parties: str = "KOR JPN", **more: Any
) -> Record:
    """Return the record of a meeting, of the fourth of March if `more` gives no other day."""
    return report(text, talks(words, parties, **{"day": "2019-03-04"} | more))


def events(store: Store) -> list[StoredEvent]:
    """Return all events, those with the most accounts first."""
    found = store.events(account.event for account in store.accounts(Filter()))
    return sorted(found, key=lambda event: -len(event.accounts))


def told_as(store: Store, *records: Record) -> list[int]:
    """Add records and return how many accounts each event has."""
    for record in records:
        assert store.add(record) == "added"
    return [len(event.accounts) for event in events(store)]


def test_paraphrases_of_one_event_join(store: Store) -> None:
    first = report(KEPT, talks("met", "JPN KOR", day="2019-03-04"), published="2019-03-05")

    assert told_as(store, first, meeting()) == [2]
    (event,) = events(store)
    assert event.differing == ()
    assert [account.anchor.text for account in event.accounts] == ["met", "sat down"]
    assert store.event(event.id) == event
    assert all(store.account(each.id).event == event.id for each in event.accounts)


def test_reprints_are_accounts_of_the_same_events(memory: Store) -> None:
    text = (
        f"{KEPT} Japan then warned South Korea on Tuesday that ships with seaweed would be turned "
        "away, and promised help to the divers. Neither government said when the envoys will see "
        "each other again."
    )
    happenings = (
        talks("met", "JPN KOR", day="2019-03-04"),
        told("THREATEN", "warned", "JPN", "KOR", day="2019-03-05"),
        told("AID", "promised", "JPN"),
    )
    reprints = [
        report(text + f" This is edition {number}.", *happenings, published="2019-03-06")
        for number in range(4)
    ]

    assert told_as(memory, *reprints) == [4, 4, 4]
    assert memory.status().copies == 3
    assert {event.sources for event in events(memory)} == {1}


def test_one_event_held_and_called_off_is_disputed(store: Store) -> None:
    off = "The meeting of envoys on export rules in Geneva on Monday was called off, Seoul said."
    denied = "Tokyo denied that envoys had discussed export rules in Geneva on Monday."

    assert told_as(
        store,
        report(KEPT, talks("met", "JPN KOR", day="2019-03-04"), published="2019-03-05"),
        report(off, talks("called off", "KOR JPN", day="2019-03-04", status="cancelled"),
               published="2019-03-06"),
        report(denied, talks("discussed", "KOR JPN", day="2019-03-04", status="denied"),
               published="2019-03-07"),
    ) == [3]  # fmt: skip
    (event,) = events(store)
    assert event.differing == ("status",)
    assert (event.first_reported, event.last_reported) == (
        datetime.date(2019, 3, 5), datetime.date(2019, 3, 7),
    )  # fmt: skip


def test_a_party_not_named_is_no_difference(memory: Store) -> None:
    warned = "Iceland warned Britain on Monday that trawlers among the seals would be boarded."
    boarded = " Britain called that piracy."
    assert told_as(
        memory,
        report(warned, told("THREATEN", "warned", "ISL", "GBR", day="2019-03-04")),
        report(
            warned.replace(" Britain", "") + boarded,
            told("THREATEN", "warned", "ISL", day="2019-03-04"),
            told("ACCUSE", "called", "GBR", "ISL", day="2019-03-04"),
        ),
    ) == [2, 1]

    assert events(memory)[0].differing == ()


def test_held_and_called_off_without_a_day_may_be_two_meetings(memory: Store) -> None:
    off = KEPT.replace("met", "called off to meet").replace("on Monday ", "")

    assert told_as(
        memory,
        report(KEPT.replace("on Monday ", ""), talks("met", "JPN KOR"), published="2019-03-05"),
        report(off, talks("called off", "JPN KOR", status="cancelled"), published="2019-03-05"),
    ) == [1, 1]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(meeting(parties="KOR CHN"), id="another side"),
        pytest.param(meeting(parties="JPN.GOV.KUBO KOR.GOV.MIN"), id="other people of both"),
        pytest.param(meeting(parties="JPN.GOV.SATO KOR.GOV.MIN"), id="another person of one"),
        pytest.param(meeting(place=("Tokyo", "JPN")), id="another place"),
        pytest.param(meeting(day="2019-03-06"), id="another day"),
        pytest.param(meeting(day="2018-03-04"), id="another year"),
        pytest.param(meeting(mode="visit"), id="another mode"),
        pytest.param(report(RETOLD, told("AGREE", "sat down", "KOR JPN", "KOR JPN",
                                         day="2019-03-04")), id="another type"),
        pytest.param(meeting("Fishermen sang songs of old.", "sang"), id="other words"),
    ],
)  # fmt: skip
def test_other_events_stay_apart(memory: Store, other: Record) -> None:
    mine = talks(
        "met", "JPN.GOV.SATO KOR.GOV.HAN",
        day="2019-03-04", place=("Geneva", "CHE"), mode="negotiate",
    )  # fmt: skip

    assert told_as(memory, report(KEPT, mine), other) == [1, 1]


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(meeting(), id="sides for people"),
        pytest.param(meeting(parties="KOR.GOV.HAN JPN"), id="one of the people"),
        pytest.param(meeting(place=("Geneva", "CHE")), id="the place"),
        pytest.param(meeting(day="2019-03-05"), id="the day after, in another time zone"),
        pytest.param(meeting(mode="negotiate"), id="the mode"),
        pytest.param(meeting(status="ended"), id="over by now"),
        pytest.param(meeting(status="planned"), id="planned for that day"),
    ],
)
def test_accounts_that_say_less_or_nearly_the_same_join(memory: Store, same: Record) -> None:
    mine = talks(
        "met", "JPN.GOV.SATO KOR.GOV.HAN",
        day="2019-03-04", place=("Geneva", "CHE"), mode="negotiate",
    )  # fmt: skip

    assert told_as(memory, report(KEPT, mine), same) == [2]


def test_direction_counts_where_the_type_has_one(memory: Store) -> None:
    text = "{} warned {} on Monday to keep its trawlers out of the bay with the seals."
    first = report(
        text.format("Iceland", "Britain"),
        told("THREATEN", "warned", "ISL", "GBR", day="2019-03-04"),
    )
    back = report(
        text.format("Britain", "Iceland"),
        told("THREATEN", "warned", "GBR", "ISL", day="2019-03-04"),
    )
    again = report(
        "On Monday, " + text.format("Reykjavik", "London"),
        told("THREATEN", "warned", "ISL.GOV", "GBR.GOV", day="2019-03-04"),
    )

    assert told_as(memory, first, back, again) == [2, 1]
    assert {account.source for account in events(memory)[0].accounts} == {("ISL",), ("ISL.GOV",)}


def test_two_accounts_of_one_document_never_share_an_event(memory: Store) -> None:
    text = f"{KEPT} {RETOLD}"
    both = (
        talks("met", "JPN KOR", day="2019-03-04"),
        talks("sat down", "JPN KOR", day="2019-03-04"),
    )
    assert told_as(memory, report(text, *both)) == [1, 1]
    assert told_as(memory, report("Again: " + text, *both)) == [2, 2]
    for event in events(memory):
        assert len({account.anchor.text for account in event.accounts}) == 1


def test_of_two_accounts_of_one_document_only_one_is_of_an_older_event(memory: Store) -> None:
    older = report(KEPT, talks("met", "JPN KOR", day="2019-03-04"))
    twice = report(
        f"{RETOLD} Once more, {RETOLD}",
        talks("sat down", "KOR JPN", day="2019-03-04"),
        talks("sat down", "KOR JPN", day="2019-03-04", after="Once more"),
    )

    assert told_as(memory, older, twice) == [2, 1]


def test_no_event_has_two_accounts_of_one_document(store: Store) -> None:
    for record in many(30, seed=7):
        store.add(record)

    accounts = store.accounts(Filter())

    assert len({account.event for account in accounts}) < len(accounts)
    assert len({(account.event, account.document) for account in accounts}) == len(accounts)


def test_acts_of_one_party_join_too(store: Store) -> None:
    first = report(
        "Iceland mobilised its coast guard on Monday near Grimsey because of cod quotas.",
        told("MOBILIZE", "mobilised", "ISL", day="2019-03-04"),
    )
    second = report(
        "The coast guard was mobilised near Grimsey on Monday, Reykjavik said, over cod.",
        told("MOBILIZE", "mobilised", "ISL.GOV", day="2019-03-04"),
    )

    assert told_as(store, first, second) == [2]


def test_nobody_s_acts_stay_apart(memory: Store) -> None:
    text = "A bomb went off on Monday in the old harbour of Busan near the fish market{}"

    assert told_as(
        memory, *(report(text.format(end), told("ASSAULT", "went off", day="2019-03-04"))
                 for end in ".!")
    ) == [1, 1]  # fmt: skip


def test_a_week_and_a_day_in_it_may_be_one_event(memory: Store) -> None:
    week = meeting(KEPT.replace("on Monday", "that week"), "met", day="2019-03-04/2019-03-10")
    inside, outside = meeting(day="2019-03-06"), meeting(RETOLD + " ", day="2019-03-12")

    assert told_as(memory, week, inside, outside) == [2, 1]
    assert events(memory)[0].differing == ("start", "end")


def test_the_most_alike_is_chosen(memory: Store) -> None:
    two = (
        "Japan warned South Korea on Monday that it would inspect all seaweed. Japan also warned "
        "South Korea on Monday that chip makers would wait for their materials."
    )
    chips = "Makers of chips will have to wait for materials, Tokyo warned Seoul on Monday."
    seaweed = "Tokyo warned Seoul on Monday that seaweed from the South would be inspected."

    assert told_as(
        memory,
        report(
            two,
            told("THREATEN", "warned", "JPN", "KOR", day="2019-03-04"),
            told("THREATEN", "warned", "JPN", "KOR", day="2019-03-04", after="also"),
        ),
        report(chips, told("THREATEN", "warned", "JPN", "KOR", day="2019-03-04")),
        report(seaweed, told("THREATEN", "warned", "JPN", "KOR", day="2019-03-04")),
    ) == [2, 2]

    for event in events(memory):
        told_twice = [account.sentence_text for account in event.accounts]
        assert len({"seaweed" in sentence for sentence in told_twice}) == 1, told_twice


def test_ids_are_the_same_in_every_store(memory: Store) -> None:
    record = meeting()
    memory.add(record)
    with Store.create("sqlite://") as other:
        other.add(meeting(KEPT.replace("Monday", "Friday"), "met", day="2019-03-08"))
        other.add(record)

        assert memory.accounts(Filter())[0].id in {each.id for each in other.accounts(Filter())}


def test_days_at_the_ends_of_the_calendar(store: Store) -> None:
    @settings(max_examples=20, deadline=None)
    @given(
        st.sampled_from(["0001-01-01", "0001-01-03", "9999-12-31", "9999-12-29"]),
        st.sampled_from(["0001-01-01", "9999-12-31"]),
        st.integers(),
    )
    def added(first: str, last: str, number: int) -> None:
        store.add(meeting(f"{RETOLD} {number}", day=f"{first}/{last}"))

    added()

    assert store.problems() == []
