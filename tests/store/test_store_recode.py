"""A newer reading in place of an older one: ids, events and human decisions outlive it."""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
import sqlalchemy

from standoff.errors import InvalidRecordError, UnknownIdError
from standoff.record import ModelInfo, Record
from standoff.store import Account, Coder, Filter, Store
from standoff.store.recoding import Recoded
from tests.store.reports import Told, many, report, talks, told

ANNA, BEN = Coder("Anna"), Coder("Ben")
NEWER = ModelInfo("by-hand", "2.0", "1" * 64)

TEXT = (
    "Envoys of Japan and South Korea met in Geneva on Monday to discuss rules for seaweed. Japan "
    "warned that it would turn ships away. South Korea promised to answer in kind."
)
ELSEWHERE = (
    "Envoys from Tokyo and Seoul sat down in Geneva on Monday, where rules for seaweed were to be "
    "discussed."
)
MET = talks("met", "JPN KOR", day="2019-03-04", mode="visit")
WARNED = told("THREATEN", "warned", "JPN", "KOR", day="2019-03-05")
PROMISED = told("THREATEN", "promised", "KOR", "JPN", day="2019-03-05")


def reading(*events: Told, model: ModelInfo = NEWER) -> Record:
    """Return a reading of the text that finds these events."""
    return attrs.evolve(report(TEXT, *events, published="2019-03-06"), model=model)


@pytest.fixture
def held(store: Store) -> Store:
    """Return a store with the text and another report of the meeting that it tells of."""
    store.add(report(ELSEWHERE, talks("sat down", "JPN KOR", day="2019-03-04")))
    store.add(reading(MET, WARNED, PROMISED, model=ModelInfo("by-hand", "1.0", "0" * 64)))
    assert store.event(account(store, "met").event).sources == 2
    return store


def account(store: Store, words: str) -> Account:
    """Return the account whose predicate are these words, as it is now."""
    (found,) = (a for a in store.accounts(Filter(rejected=True)) if a.anchor.text == words)
    return found


def gone(store: Store, id_: str) -> UnknownIdError:
    """Return the error that tells what became of an account or event that is gone."""
    with pytest.raises(UnknownIdError) as told_:
        store.event(id_) if id_.startswith("e") else store.account(id_)
    return told_.value


def between(store: Store, *parties: str) -> list[str]:
    return sorted(each.anchor.text for each in store.accounts(Filter(parties=parties)))


class TestTheSameAgain:
    def test_nothing_changes(self, store: Store) -> None:
        reports = many(15, seed=21)
        for record in reports:
            store.add(record)
        digest = store.digest()

        for record in reports:
            held = store.document(record.document.id).accounts
            assert store.recode(record) == Recoded(held, 0, 0, 0)

        assert store.digest() == digest
        assert store.problems() == []

    def test_nothing_changes_after_decisions_of_all_kinds(self, held: Store) -> None:
        met, warned, promised = (account(held, each) for each in ("met", "warned", "promised"))
        added = held.add_event(met.document, 0, 6, {"type": "AID", "source": "JPN"}, ANNA)
        held.correct(warned.id, {"type": "ACCUSE", "target": "CHN"}, ANNA)
        held.correct(added.id, {"place": "Busan"}, BEN)
        held.judge(promised.id, "reject", BEN)
        held.merge([warned.event, promised.event], ANNA)
        held.split(met.event, [met.id], BEN)
        record = held.record(met.document)
        digest = held.digest()

        assert held.recode(record) == Recoded(3, 0, 0, 0)

        assert held.digest() == digest
        assert held.problems() == []

    def test_events_on_the_same_words_are_not_confused(self, store: Store) -> None:
        both = (
            told("THREATEN", "warned", "JPN", "KOR"),
            told("ACCUSE", "warned", "JPN", "KOR"),
            told("ACCUSE", "warned", "KOR", "JPN"),
        )
        store.add(reading(*both))
        first, _, third = sorted(store.accounts(Filter()), key=lambda a: a.local or "")
        # Now the first is what the second is by itself.
        store.correct(first.id, {"type": "ACCUSE"}, ANNA)
        store.correct(third.id, {"place": "Busan"}, ANNA)
        digest = store.digest()

        store.recode(reading(*both))

        assert store.digest() == digest


class TestFoundAgain:
    def test_other_types_and_parties_keep_ids_and_events(self, held: Store) -> None:
        before = {words: account(held, words) for words in ("met", "warned", "promised")}
        others = (
            told("AGREE", "met", "JPN", "KOR", day="2019-03-04"),
            told("THREATEN", "warned", "JPN", "CHN", day="2019-03-05"),
            told("CONCEDE", "promised to answer", "CHN", "JPN"),
        )

        assert held.recode(reading(*others)) == Recoded(3, 0, 0, 0)

        for words, after in (("met", "met"), ("warned", "warned"),
                             ("promised", "promised to answer")):  # fmt: skip
            now = account(held, after)
            assert (now.id, now.event) == (before[words].id, before[words].event)
            assert (now.origin, now.review) == ("machine", "open")
        assert (account(held, "met").type, account(held, "met").mode) == ("AGREE", None)
        assert account(held, "promised to answer").start is None
        assert between(held, "JPN", "KOR") == ["met", "sat down"]
        assert between(held, "JPN", "CHN") == ["promised to answer", "warned"]
        assert held.problems() == []

    def test_model_and_record_are_the_new_ones(self, held: Store) -> None:
        document = account(held, "met").document
        newer = reading(MET)
        word = f"{NEWER.name} {NEWER.version} {NEWER.sha256}"
        assert document in held.outdated(word)

        held.recode(newer)

        assert held.record(document) == newer
        assert held.document(document).model == NEWER
        assert document not in held.outdated(word)
        assert document in held.outdated(None)

    def test_the_document_stays_as_it_was_added(self, held: Store) -> None:
        before = account(held, "met")
        bare = attrs.evolve(reading(MET), document=report(TEXT).document)

        held.recode(bare)

        assert held.document(before.document).document.published == before.published
        assert account(held, "met").published == before.published
        assert held.record(before.document).document.published == before.published

    def test_corrections_are_applied_to_what_is_read_now(self, held: Store) -> None:
        id_ = account(held, "warned").id
        held.correct(id_, {"target": "CHN", "status": "denied"}, ANNA)

        held.recode(
            reading(MET, told("ACCUSE", "warned", "USA", "KOR", day="2019-03-02"), PROMISED)
        )

        now = account(held, "warned")
        assert (now.id, now.review) == (id_, "corrected")
        assert (now.type, now.source, now.target, now.status, str(now.start)) == (
            "ACCUSE", ("USA",), ("CHN",), "denied", "2019-03-02",
        )  # fmt: skip
        assert between(held, "USA", "CHN") == ["warned"]
        assert [made.action for made in held.history(id_)] == ["correct"]

    def test_a_corrected_type_brings_its_code_along(self, held: Store) -> None:
        id_ = account(held, "warned").id
        held.correct(id_, {"type": "RETREAT", "mode": "ceasefire"}, ANNA)

        held.recode(reading(MET, told("ACCUSE", "warned", "JPN", "KOR"), PROMISED))

        now = held.account(id_)
        assert (now.type, now.mode, now.cameo, now.goldstein) == (
            "RETREAT", "ceasefire", "0871", 9.0,
        )  # fmt: skip

    def test_verdicts_stay(self, held: Store) -> None:
        held.judge(account(held, "warned").id, "reject", ANNA)
        held.judge(account(held, "met").id, "accept", ANNA)

        held.recode(reading(MET, told("ACCUSE", "warned", "JPN", "KOR"), PROMISED))

        assert account(held, "warned").review == "rejected"
        assert account(held, "met").review == "accepted"
        assert between(held, "JPN", "KOR") == ["met", "promised", "sat down"]

    def test_what_was_accepted_stays_as_it_was_accepted(self, held: Store) -> None:
        id_ = account(held, "warned").id
        held.judge(id_, "accept", ANNA)

        held.recode(reading(MET, told("ACCUSE", "warned", "JPN", "KOR"), PROMISED))

        assert (held.account(id_).type, held.account(id_).review) == ("THREATEN", "accepted")


class TestNew:
    def test_new_events_join_what_others_tell_but_nothing_of_their_own_text(
        self, store: Store
    ) -> None:
        store.add(report(ELSEWHERE, talks("sat down", "JPN KOR", day="2019-03-04")))
        store.add(reading(WARNED))
        both = talks("discuss", "JPN KOR", day="2019-03-04")

        assert store.recode(reading(MET, WARNED)) == Recoded(1, 1, 0, 0)
        assert account(store, "met").event == account(store, "sat down").event
        assert store.recode(reading(MET, both, WARNED)) == Recoded(2, 1, 0, 0)
        # Its reader held the two apart.
        assert account(store, "discuss").event != account(store, "met").event
        assert between(store, "JPN", "KOR") == ["discuss", "met", "sat down", "warned"]
        assert store.problems() == []

    def test_lone_acts_are_against_whom_the_new_reading_sets(self, store: Store) -> None:
        store.add(reading(told("THREATEN", "warned", "JPN")))
        assert between(store, "JPN", "KOR") == []

        store.recode(reading(MET, told("THREATEN", "warned", "JPN")))

        assert between(store, "JPN", "KOR") == ["met", "warned"]


class TestLost:
    def test_what_nobody_decided_on_leaves_a_tombstone(self, held: Store) -> None:
        met, warned = account(held, "met"), account(held, "warned")

        assert held.recode(reading(PROMISED)) == Recoded(1, 0, 2, 0)

        assert "a newer model does not find it" in str(gone(held, met.id))
        assert "a newer model does not find it" in str(gone(held, warned.id))
        assert "no account of it is left" in str(gone(held, warned.event))
        # Of the meeting there is another account.
        assert [each.anchor.text for each in held.event(met.event).accounts] == ["sat down"]
        assert between(held, "JPN", "KOR") == ["promised", "sat down"]
        assert held.problems() == []

    def test_found_by_a_third_reading_it_is_what_it_was(self, held: Store) -> None:
        met, warned = account(held, "met"), account(held, "warned")
        held.recode(reading(PROMISED))

        assert held.recode(reading(MET, WARNED, PROMISED)) == Recoded(1, 2, 0, 0)

        assert account(held, "met").id == met.id
        assert account(held, "met").event == met.event
        assert account(held, "warned").id == warned.id
        assert account(held, "warned").event == warned.event
        assert held.problems() == []

    def test_what_a_human_decided_on_stays(self, held: Store) -> None:
        warned, promised = account(held, "warned"), account(held, "promised")
        held.correct(warned.id, {"target": "CHN"}, ANNA)
        held.judge(promised.id, "accept", BEN)

        assert held.recode(reading(MET)) == Recoded(1, 0, 0, 2)

        for before in (warned, promised):
            now = held.account(before.id)
            assert (now.event, now.local, now.origin) == (before.event, None, "human")
        assert held.account(warned.id).target == ("CHN",)
        assert between(held, "JPN", "CHN") == ["warned"]
        assert held.problems() == []

    def test_it_can_still_be_decided_on(self, held: Store) -> None:
        id_ = account(held, "warned").id
        held.correct(id_, {"type": "ACCUSE", "place": "Geneva"}, ANNA)
        held.recode(reading(MET))

        held.correct(id_, {"place": "Busan"}, BEN)
        held.judge(id_, "reject", BEN)

        now = held.account(id_)
        assert (now.type, now.place, now.review) == ("ACCUSE", "Busan", "rejected")
        assert held.recode(reading(MET)) == Recoded(1, 0, 0, 1)
        assert held.account(id_) == now

    def test_found_again_it_is_linked_to_the_reading(self, held: Store) -> None:
        before = account(held, "warned")
        held.correct(before.id, {"target": "CHN"}, ANNA)
        held.recode(reading(MET))

        moved = told("ACCUSE", "warned that", "JPN", "KOR", day="2019-03-05")
        assert held.recode(reading(MET, moved)) == Recoded(2, 0, 0, 0)

        now = account(held, "warned that")
        assert (now.id, now.event, now.local, now.origin) == (
            before.id, before.event, "e2", "machine",
        )  # fmt: skip
        assert (now.type, now.target) == ("ACCUSE", ("CHN",))
        assert held.problems() == []

    def test_an_id_is_never_given_to_something_else(self, held: Store) -> None:
        first = account(held, "warned")
        # It goes on as an accusation under its id, which is made from what it was.
        held.recode(reading(MET, told("ACCUSE", "warned", "JPN", "KOR"), PROMISED))

        held.recode(reading(MET, told("ACCUSE", "warned", "JPN", "KOR"), WARNED, PROMISED))

        found = {a.type: a for a in held.accounts(Filter()) if a.anchor.text == "warned"}
        assert found["ACCUSE"].id == first.id
        assert found["THREATEN"].id != first.id
        assert found["THREATEN"].event != first.event
        assert held.problems() == []


class TestHumanEvents:
    def test_merges_survive(self, held: Store) -> None:
        kept, other = account(held, "warned"), account(held, "promised")
        held.merge([kept.event, other.event], ANNA)

        held.recode(reading(told("ACCUSE", "warned", "JPN", "KOR"), PROMISED))

        assert {a.id for a in held.event(kept.event).accounts} == {kept.id, other.id}
        assert gone(held, other.event).successor == kept.event

    def test_merges_survive_a_reading_that_finds_nothing(self, held: Store) -> None:
        kept, other = account(held, "warned"), account(held, "promised")
        held.merge([kept.event, other.event], ANNA)

        assert held.recode(reading(MET)) == Recoded(1, 0, 0, 2)
        assert {a.id for a in held.event(kept.event).accounts} == {kept.id, other.id}
        assert held.recode(reading(MET, WARNED, PROMISED)) == Recoded(3, 0, 0, 0)

        assert {a.id for a in held.event(kept.event).accounts} == {kept.id, other.id}
        assert {a.local for a in held.event(kept.event).accounts} == {"e2", "e3"}
        assert held.problems() == []

    def test_splits_survive(self, held: Store) -> None:
        met = account(held, "met")
        apart = held.split(met.event, [met.id], ANNA)

        held.recode(reading(talks("met", "JPN KOR CHN", day="2019-03-04")))

        assert account(held, "met").event == apart
        assert account(held, "sat down").event == met.event

    def test_what_humans_added_stays(self, held: Store) -> None:
        document = account(held, "met").document
        start = TEXT.index("rules")
        values = {"type": "REQUEST", "source": "KOR", "target": "JPN"}
        added = held.add_event(document, start, start + 5, values, ANNA)

        for record in (reading(), reading(WARNED), reading(MET, PROMISED)):
            assert held.recode(record).orphaned == 0
            assert held.account(added.id) == added

        assert "rules" in between(held, "JPN", "KOR")
        assert held.problems() == []

    def test_what_humans_added_is_there_once_when_the_machine_finds_it(self, held: Store) -> None:
        document = account(held, "met").document
        start = TEXT.index("discuss")
        added = held.add_event(document, start, start + 7,
                               {"type": "REQUEST", "source": "KOR"}, ANNA)  # fmt: skip
        found = told("REQUEST", "to discuss", "JPN", "KOR", day="2019-03-04")

        assert held.recode(reading(MET, found, WARNED, PROMISED)) == Recoded(4, 0, 0, 0)

        now = account(held, "to discuss")
        assert (now.id, now.event, now.review) == (added.id, added.event, "accepted")
        assert (now.source, now.target) == (("KOR",), ("KOR",))
        assert held.recode(reading(MET)).gone == 2
        assert held.account(added.id).type == "REQUEST"
        assert held.problems() == []

    def test_another_event_on_the_words_of_an_added_one_is_another(self, held: Store) -> None:
        document = account(held, "met").document
        start = TEXT.index("discuss")
        added = held.add_event(document, start, start + 7, {"type": "REQUEST"}, ANNA)

        found = told("AGREE", "discuss", "JPN", "KOR")
        assert held.recode(reading(MET, found, WARNED, PROMISED)) == Recoded(3, 1, 0, 0)

        assert held.account(added.id) == added


class Stop(Exception):  # noqa: N818
    """What ends a recoding in the middle."""


@contextlib.contextmanager
def broken_off_at(number: int) -> Iterator[None]:
    """Break off with the statement of this number, counted from 1."""
    left = itertools.count(number - 1, -1)

    def count(*_: Any) -> None:
        if next(left) == 0:
            raise Stop

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", count)


def test_broken_off_anywhere_it_leaves_the_old_reading(held: Store) -> None:
    held.correct(account(held, "warned").id, {"target": "CHN"}, ANNA)
    before = held.digest()
    newer = reading(told("AGREE", "met", "JPN", "CHN"), told("AID", "turn", "JPN", "KOR"))

    for number in range(1, 1000):
        try:
            with broken_off_at(number):
                held.recode(newer)
            break
        except Stop:
            assert held.digest() == before

    assert number > 30
    assert account(held, "met").type == "AGREE"
    assert held.problems() == []


def test_what_cannot_be_recoded_is_refused(held: Store) -> None:
    digest = held.digest()
    strange = attrs.evolve(MET, extra={**MET.extra, "confidence": math.inf})

    with pytest.raises(UnknownIdError, match="no such document"):
        held.recode(report("Nobody has added this report."))
    with pytest.raises(InvalidRecordError, match=r"events\[0\].confidence: inf is no number"):
        held.recode(reading(strange))

    assert held.digest() == digest
