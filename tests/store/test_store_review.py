"""What coders decide: verdicts, corrections, additions, merges and splits, and their history."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from standoff import ontology
from standoff.errors import DecisionError, UnknownIdError
from standoff.record import Actor, Record, Span
from standoff.store import Account, Coder, Filter, Store
from tests.store.reports import report, talks, told
from training import annotated

ANNA, BEN = Coder("Anna", "so the text says"), Coder("Ben")
CHIEF = Coder("Chief", final=True)

RAID = (
    "A cutter of Iceland boarded a British trawler off Grimsey on Monday. Britain then warned that "
    "frigates would come. In Tokyo, nobody had noticed."
)
AGAIN = (
    "Sailors of an Icelandic cutter climbed aboard a trawler from Britain off Grimsey on Monday, "
    "the harbour office said."
)
MEETING = (
    "Envoys of Japan and South Korea sat together [at a hotel] in Geneva on Tuesday. Seoul denied "
    "that seaweed had been mentioned."
)
BOTH = Filter(parties=("ISL", "GBR"))


def raid() -> Record:
    """Return a report of a trawler boarded and a warning that names nobody."""
    made = report(
        RAID,
        told(
            "COERCE", "boarded", "ISL", "GBR",
            day="2019-03-04", place=("Grimsey", "ISL"), mode="seize", contexts=("resource",),
        ),
        told("THREATEN", "warned", "GBR"),
        published="2019-03-05",
        publisher="Harbour Post",
    )  # fmt: skip
    place = attrs.evolve(made.places[0], admin1="Northeast", lat=66.5, lon=-18.0, geonameid=3415)
    return attrs.evolve(made, places=(place,))


@pytest.fixture
def held(store: Store) -> Store:
    """Return a store with two reports of a raid and one of a meeting."""
    store.add(raid())
    store.add(
        report(
            AGAIN,
            told("COERCE", "climbed aboard", "ISL", "GBR", day="2019-03-04"),
            published="2019-03-06",
            publisher="The Fathom",
        )
    )
    store.add(
        report(
            MEETING,
            talks("sat together", "JPN KOR", day="2019-03-05"),
            told("REJECT", "denied", "KOR", "JPN"),
            published="2019-03-06",
        )
    )
    return store


def account(store: Store, words: str) -> Account:
    """Return the account whose predicate are these words, as it is now."""
    (found,) = (a for a in store.accounts(Filter(rejected=True)) if a.anchor.text == words)
    return found


def between(store: Store, *parties: str) -> list[str]:
    """Return the predicates of what is between parties, in order of the alphabet."""
    return sorted(a.anchor.text for a in store.accounts(Filter(parties=parties)))


class TestVerdicts:
    def test_accepting_changes_nothing_but_the_verdict(self, held: Store) -> None:
        before = account(held, "boarded")

        (made,) = held.judge(before.id, "accept", ANNA)

        assert held.account(before.id) == attrs.evolve(before, review="accepted")
        assert (made.subject, made.action) == (before.id, "accept")
        assert made.changes["type"] == ("COERCE", "COERCE")
        assert all(old == new for old, new in made.changes.values())

    def test_rejected_accounts_are_left_out_unless_asked_for(self, held: Store) -> None:
        id_ = account(held, "climbed aboard").id

        held.judge(id_, "reject", ANNA)

        assert between(held, "ISL", "GBR") == ["boarded", "warned"]
        assert id_ not in {a.id for a in held.page(Filter()).accounts}
        assert id_ in {a.id for a in held.accounts(attrs.evolve(BOTH, rejected=True))}
        assert held.account(id_).review == "rejected"
        assert (held.status().reviewed, held.status().rejected) == (1, 1)

    def test_restoring_takes_a_verdict_back(self, held: Store) -> None:
        before = account(held, "boarded")
        held.judge(before.id, "reject", ANNA)

        held.judge(before.id, "restore", BEN)

        assert held.account(before.id) == before
        assert "boarded" in between(held, "ISL", "GBR")
        assert [made.action for made in held.history(before.id)] == ["reject", "restore"]

    def test_an_event_stands_for_all_its_accounts(self, held: Store) -> None:
        event = account(held, "boarded").event
        ids = [each.id for each in held.event(event).accounts]
        assert len(ids) == 2

        made = held.judge(event, "reject", ANNA)

        assert [each.subject for each in made] == ids
        assert {each.review for each in held.event(event).accounts} == {"rejected"}
        assert held.history(event) == made

    def test_a_report_joins_no_event_that_was_rejected(self, held: Store) -> None:
        event = account(held, "boarded").event
        held.judge(event, "reject", ANNA)

        held.add(report(AGAIN + " Thrice.", told("COERCE", "climbed", "ISL", "GBR",
                                                 day="2019-03-04")))  # fmt: skip

        assert account(held, "climbed").event != event

    def test_only_verdicts_are_verdicts(self, held: Store) -> None:
        digest = held.digest()
        others: list[Any] = ["merge", "add", "correct", "praise"]

        for action in others:
            with pytest.raises(DecisionError, match=f"'{action}' is no verdict; one of accept"):
                held.judge(account(held, "boarded").id, action, ANNA)

        assert held.digest() == digest


class TestCorrections:
    def test_the_history_says_who_when_why_and_what_it_was(self, held: Store) -> None:
        before = account(held, "boarded")
        earliest = datetime.datetime.now(datetime.UTC)

        returned = held.correct(before.id, {"status": "denied", "place": "Hull"}, ANNA)
        held.correct(before.id, {"place": "Geneva", "target": "GBR, NOR"}, BEN)

        first, second = made = held.history(before.id)
        assert made[:1] == returned
        assert (first.by, first.why, first.final) == ("Anna", "so the text says", False)
        assert (second.by, second.why) == ("Ben", None)
        assert earliest <= first.at <= second.at <= datetime.datetime.now(datetime.UTC)
        assert first.number < second.number
        assert first.changes == {"status": ("actual", "denied"), "place": ("Grimsey", "Hull")}
        assert second.changes == {"place": ("Hull", "Geneva"), "target": (["GBR"], ["GBR", "NOR"])}
        now = held.account(before.id)
        assert (now.status, now.place, now.target) == ("denied", "Geneva", ("GBR", "NOR"))
        assert (now.id, now.event, now.review) == (before.id, before.event, "corrected")

    def test_what_the_machine_read_stays(self, held: Store) -> None:
        id_ = account(held, "boarded").id

        held.correct(id_, {"type": "ASSAULT", "source": "GBR", "target": "ISL"}, ANNA)

        assert held.record(held.account(id_).document) == raid()
        assert held.problems() == []

    def test_it_is_found_between_the_new_parties_and_no_longer_the_old(self, held: Store) -> None:
        id_ = account(held, "climbed aboard").id

        held.correct(id_, {"source": "NOR.GOV.COAST_GUARD", "target": "igo.nato"}, ANNA)

        assert between(held, "NOR", "IGO.NATO") == ["climbed aboard"]
        assert between(held, "NOR") == ["climbed aboard"]
        assert "climbed aboard" not in between(held, "ISL", "GBR")
        assert "climbed aboard" not in between(held, "GBR")
        assert held.problems() == []

    def test_an_act_alone_is_against_whom_its_document_now_sets(self, held: Store) -> None:
        assert between(held, "ISL", "GBR") == ["boarded", "climbed aboard", "warned"]

        held.correct(account(held, "boarded").id, {"source": ["NOR"]}, ANNA)

        assert between(held, "ISL", "GBR") == ["climbed aboard"]
        assert between(held, "NOR", "GBR") == ["boarded", "warned"]

    def test_parties_can_be_emptied(self, held: Store) -> None:
        id_ = account(held, "denied").id

        held.correct(id_, {"source": "", "target": None}, ANNA)

        assert (held.account(id_).source, held.account(id_).target) == ((), ())
        assert between(held, "JPN", "KOR") == ["sat together"]
        assert held.problems() == []

    def test_days_move_it(self, held: Store) -> None:
        id_ = account(held, "sat together").id
        was, new = datetime.date(2019, 3, 5), datetime.date(2019, 2, 1)

        held.correct(id_, {"start": "2019-02-01", "end": "2019-02-01"}, ANNA)

        now = held.account(id_)
        assert (now.start, now.end, now.value, now.grain) == (new, new, "2019-02-01", "day")
        pair = Filter(parties=("JPN", "KOR"))
        held_then = held.accounts(attrs.evolve(pair, since=new, until=new))
        assert [a.id for a in held_then] == [id_]
        assert id_ not in {a.id for a in held.accounts(attrs.evolve(pair, since=was, until=was))}

    def test_an_undated_event_is_filed_under_the_day_of_its_report(self, held: Store) -> None:
        before = account(held, "boarded")

        held.correct(before.id, {"start": None, "end": None}, ANNA)

        day = datetime.date(2019, 3, 5)
        found = held.accounts(attrs.evolve(BOTH, since=day, until=day))
        assert before.id in {each.id for each in found}

    def test_all_accounts_of_an_event_are_corrected_at_once(self, held: Store) -> None:
        event = account(held, "boarded").event

        made = held.correct(event, {"type": "ASSAULT", "target": "NOR"}, ANNA)

        assert [each.subject for each in made] == [a.id for a in held.event(event).accounts]
        assert {(a.type, a.target) for a in held.event(event).accounts} == {("ASSAULT", ("NOR",))}
        assert between(held, "ISL", "NOR") == ["boarded", "climbed aboard"]


class TestWhatFollows:
    @pytest.fixture
    def store(self, memory: Store) -> Store:
        """Return a store in memory: what is tested here is the same in every database."""
        return memory

    def test_code_class_and_scale_follow_the_type(self, held: Store) -> None:
        id_ = account(held, "boarded").id

        held.correct(id_, {"type": "retreat", "mode": "ceasefire"}, ANNA)

        now = held.account(id_)
        assert (now.type, now.mode, now.contexts) == ("RETREAT", "ceasefire", ("resource",))
        assert (now.quad, now.cameo, now.goldstein) == (2, "0871", 9.0)

    def test_a_mode_that_the_new_type_lacks_is_dropped(self, held: Store) -> None:
        id_ = account(held, "boarded").id

        held.correct(id_, {"type": "SANCTION"}, ANNA)

        now, plain = held.account(id_), ontology.cameo_for("SANCTION", None, ["resource"])
        assert (now.mode, now.cameo, now.goldstein) == (None, plain.code, plain.goldstein)

    def test_contexts_alone_sharpen_the_code(self, held: Store) -> None:
        id_ = account(held, "sat together").id
        held.correct(id_, {"type": "AGREE"}, BEN)
        code = {about.name: ontology.cameo_for("AGREE", None, [about]).code
                for about in ontology.contexts()}  # fmt: skip
        plain = ontology.cameo_for("AGREE").code
        about = next(name for name, found in code.items() if found != plain)

        held.correct(id_, {"contexts": about}, ANNA)

        assert (held.account(id_).contexts, held.account(id_).cameo) == ((about,), code[about])

    def test_coordinates_go_with_the_place_that_was_wrong(self, held: Store) -> None:
        id_ = account(held, "boarded").id
        here = held.account(id_)
        assert (here.admin1, here.lat, here.geonameid) == ("Northeast", 66.5, 3415)

        held.correct(id_, {"place": "Grimsey", "country": "isl"}, ANNA)
        assert (held.account(id_).lat, held.account(id_).country) == (66.5, "ISL")
        held.correct(id_, {"place": "Hull", "country": "gbr"}, ANNA)

        now = held.account(id_)
        assert (now.place, now.country) == ("Hull", "GBR")
        assert (now.admin1, now.lat, now.lon, now.geonameid) == (None, None, None, None)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"end": "2019-03-09"}, ("2019-03-04", "2019-03-09", "2019-03-04/2019-03-09", None)),
            ({"end": "2019-03-01"}, ("2019-03-01", "2019-03-01", "2019-03-01", "day")),
            ({"start": "2019-03-20"}, ("2019-03-20", "2019-03-20", "2019-03-20", "day")),
            ({"start": "", "end": ""}, (None, None, None, None)),
        ],
    )
    def test_value_and_grain_follow_the_days(
        self, held: Store, changes: dict[str, str], expected: tuple[str | None, ...]
    ) -> None:
        id_ = account(held, "boarded").id

        held.correct(id_, changes, ANNA)

        now = held.account(id_)
        days = (day.isoformat() if day else None for day in (now.start, now.end))
        assert (*days, now.value, now.grain) == expected


class TestFinality:
    @pytest.fixture
    def store(self, memory: Store) -> Store:
        """Return a store in memory: what is tested here is the same in every database."""
        return memory

    def test_a_later_decision_prevails(self, held: Store) -> None:
        id_ = account(held, "boarded").id

        for coder, type_ in ((ANNA, "ASSAULT"), (BEN, "SANCTION")):
            held.correct(id_, {"type": type_}, coder)

        assert held.account(id_).type == "SANCTION"

    def test_a_final_correction_prevails_over_what_comes_later(self, held: Store) -> None:
        id_ = account(held, "boarded").id
        held.correct(id_, {"type": "ASSAULT"}, ANNA)
        held.correct(id_, {"type": "SANCTION"}, CHIEF)

        held.correct(id_, {"type": "COERCE", "place": "Hull"}, BEN)
        held.judge(id_, "reject", BEN)

        now = held.account(id_)
        # The chief said nothing of the place.
        assert (now.type, now.quad, now.place, now.review) == ("SANCTION", 4, "Hull", "corrected")
        assert [made.by for made in held.history(id_)] == ["Anna", "Chief", "Ben", "Ben"]

    def test_a_later_final_decision_prevails_over_an_earlier_one(self, held: Store) -> None:
        id_ = account(held, "boarded").id
        held.judge(id_, "reject", CHIEF)
        held.correct(id_, {"status": "denied"}, CHIEF)
        assert (held.account(id_).review, held.account(id_).status) == ("corrected", "denied")

        held.correct(id_, {"status": "cancelled"}, attrs.evolve(CHIEF, by="Board"))

        assert held.account(id_).status == "cancelled"

    def test_finally_accepted_is_right_in_every_field(self, held: Store) -> None:
        id_ = account(held, "boarded").id
        held.correct(id_, {"status": "denied"}, ANNA)
        held.judge(id_, "accept", CHIEF)
        settled = held.account(id_)

        held.correct(id_, {"status": "actual", "source": "NOR", "start": "2019-01-01"}, BEN)
        held.judge(id_, "restore", BEN)

        assert held.account(id_) == settled
        assert (settled.status, settled.review) == ("denied", "accepted")
        assert len(held.history(id_)) == 4


@pytest.mark.parametrize(
    ("by", "why", "words"),
    [
        ("  ", None, "a decision needs somebody who takes it; say who"),
        ("An\0na", None, "holds a NUL or half a surrogate pair"),
        ("Anna", "\udc80", "holds a NUL or half a surrogate pair"),
    ],
)
def test_a_decision_needs_a_name(by: str, why: str | None, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        Coder(by, why)


#: What cannot be, and what is said of it.
IMPOSSIBLE: list[tuple[Mapping[str, Any], str]] = [
    ({}, "nothing to change; fields are type, mode"),
    ({"goldstein": "3"}, "'goldstein' cannot be corrected; fields are type"),
    ({"type": "QUARREL"}, "unknown event type 'QUARREL'"),
    ({"type": ""}, "an event must have a type"),
    ({"type": 4}, "type=4 is no text"),
    ({"mode": "visit"}, "'visit' is no mode of COERCE; it has seize"),
    ({"type": "AID", "mode": "seize"}, "'seize' is no mode of AID; it has none"),
    ({"contexts": "resource,weather"}, "unknown context 'weather'"),
    ({"contexts": 7}, "contexts=7 is no list of names"),
    ({"status": "likely"}, "'likely' is no status; it is one of actual, planned"),
    ({"status": None}, "an event must have a status"),
    ({"aspect": "over"}, "'over' is no aspect; it is one of begun"),
    ({"source": "the Icelanders"}, "'the Icelanders' is no id of an actor"),
    ({"target": ["GBR", "doc.p1"]}, "'doc.p1' is no id of an actor"),
    ({"target": ["GBR", None]}, "is no list of names"),
    ({"source": "X" * 3000}, "is no id of an actor"),
    ({"source": "ISL..GOV"}, "is no id of an actor"),
    ({"start": "Monday"}, "start='Monday' is no day; write it as 2018-11-09"),
    ({"end": "2019-02-29"}, "end='2019-02-29' is no day"),
    ({"start": "2019-03-05", "end": "2019-03-04"}, "start=2019-03-05 lies after end=2019-03-04"),
    ({"country": "Iceland"}, "'Iceland' is no country; write it with three letters"),
    ({"place": "Hull\0"}, "holds a NUL or half a surrogate pair"),
    ({"place": "Hull\udcff"}, "holds a NUL or half a surrogate pair"),
    ({"status": "denied", "place": "Hull", "end": "never"}, "end='never' is no day"),
]


class TestRefusals:
    def test_impossible_corrections_are_refused_and_change_nothing(self, held: Store) -> None:
        digest = held.digest()
        boarded = account(held, "boarded")

        for changes, words in IMPOSSIBLE:
            for id_ in (boarded.id, boarded.event):
                with pytest.raises(DecisionError) as refusal:
                    held.correct(id_, changes, ANNA)
                assert words in str(refusal.value), changes

        assert held.digest() == digest
        assert held.status().decisions == 0

    def test_what_one_account_of_an_event_cannot_be_none_becomes(self, held: Store) -> None:
        one, other = account(held, "boarded"), account(held, "denied")
        event = held.merge([one.event, other.event], ANNA)
        digest = held.digest()

        with pytest.raises(DecisionError, match="'seize' is no mode of REJECT"):
            held.correct(event, {"mode": "seize"}, ANNA)

        assert held.digest() == digest

    def test_unknown_ids_are_told(self, held: Store) -> None:
        for id_, words in (("azzzz", "no account 'azzzz'"), ("ezzzz", "no event 'ezzzz'")):
            with pytest.raises(UnknownIdError, match=f"there is {words} in this store"):
                held.judge(id_, "accept", ANNA)
            with pytest.raises(UnknownIdError, match=f"there is {words} in this store"):
                held.correct(id_, {"place": "Hull"}, ANNA)
            with pytest.raises(UnknownIdError, match="no such document"):
                held.history(id_)


class TestAdditions:
    def test_an_added_event_is_one_like_any_other(self, held: Store) -> None:
        document = account(held, "boarded").document
        start = RAID.index("noticed")
        values = {"type": "consult", "mode": "phone", "source": "JPN", "target": "ISL"}

        made = held.add_event(document, start, start + 7, {**values, "start": "2019-03-05"}, ANNA)

        assert made == held.account(made.id)
        assert (made.anchor, made.local) == (Span(start, start + 7, "noticed"), None)
        assert (made.type, made.mode, made.quad, made.cameo) == ("CONSULT", "phone", 1, "041")
        assert (made.source, made.target, made.status) == (("JPN",), ("ISL",), "actual")
        assert (made.origin, made.review) == ("human", "accepted")
        assert made.sentence_text == "In Tokyo, nobody had noticed."
        assert (made.published, made.outlet) == (
            datetime.date(2019, 3, 5), account(held, "boarded").outlet,
        )  # fmt: skip
        assert between(held, "ISL", "JPN") == ["noticed"]
        assert [a.id for a in held.event(made.event).accounts] == [made.id]
        assert held.problems() == []

    def test_the_history_of_document_and_account_tells_of_it(self, held: Store) -> None:
        document = account(held, "boarded").document
        made = held.add_event(document, 2, 8, {"type": "AID", "target": "gbr"}, ANNA)

        (on_document,) = held.history(document)
        (on_account,) = held.history(made.id)

        assert (on_document.action, on_document.changes) == ("add", {"account": (None, made.id)})
        assert on_account.changes == {"type": (None, "AID"), "target": (None, ["GBR"])}
        assert (on_account.by, on_account.why) == ("Anna", "so the text says")
        assert held.history(document.removeprefix("sha256:")[:10]) == [on_document]

    def test_it_is_in_the_sentence_that_the_machine_saw(self, held: Store) -> None:
        beside = account(held, "climbed aboard")
        start = AGAIN.index("said")

        made = held.add_event(beside.document, start, start + 4, {"type": "ACCUSE"}, ANNA)

        assert (made.sentence, made.sentence_text) == (beside.sentence, beside.sentence_text)

    def test_it_joins_what_other_documents_tell_but_nothing_of_its_own(self, held: Store) -> None:
        first = account(held, "boarded")
        values = {"type": "COERCE", "source": "ISL", "target": "GBR", "start": "2019-03-04",
                  "end": "2019-03-04"}  # fmt: skip
        text = "In Hull they said that the Icelandic cutter had boarded the British trawler Monday."
        held.add(report(text, published="2019-03-06"))
        document = report(text).document.id

        joined = held.add_event(document, text.index("had"), text.index(" the Br"), values, ANNA)
        apart = held.add_event(first.document, 0, 8, values, ANNA)

        assert joined.event == first.event
        assert apart.event != first.event

    def test_an_act_alone_is_filed_against_whom_its_document_sets(self, held: Store) -> None:
        document = account(held, "boarded").document

        held.add_event(document, RAID.index("come"), RAID.index("come") + 4,
                       {"type": "MOBILIZE", "source": "GBR"}, ANNA)  # fmt: skip

        assert "come" in between(held, "ISL", "GBR")

    def test_what_is_added_sets_parties_against_each_other(self, held: Store) -> None:
        document = account(held, "boarded").document

        held.add_event(document, 2, 8, {"type": "ACCUSE", "source": "GBR", "target": "NOR"}, ANNA)

        assert between(held, "GBR", "NOR") == ["cutter", "warned"]

    def test_two_events_on_the_same_words_are_two(self, held: Store) -> None:
        document = account(held, "boarded").document

        ids = {held.add_event(document, 2, 8, {"type": "AID"}, ANNA).id for _ in range(3)}

        assert len(ids) == len({held.account(id_).event for id_ in ids}) == 3
        assert len(held.history(document)) == 3

    def test_blanks_around_the_words_are_not_of_them(self, held: Store) -> None:
        document = account(held, "boarded").document

        made = held.add_event(document, 1, 9, {"type": "AID"}, ANNA)

        assert made.anchor == Span(2, 8, "cutter")

    def test_what_is_added_can_be_corrected_and_rejected(self, held: Store) -> None:
        document = account(held, "boarded").document
        made = held.add_event(document, 2, 8, {"type": "AID", "status": "planned"}, ANNA)

        held.correct(made.id, {"source": "NOR"}, BEN)
        held.judge(made.id, "reject", BEN)

        now = held.account(made.id)
        assert (now.type, now.status, now.source, now.review) == (
            "AID", "planned", ("NOR",), "rejected",
        )  # fmt: skip

    def test_impossible_additions_are_refused(self, held: Store) -> None:
        digest = held.digest()
        document = account(held, "boarded").document
        aid = {"type": "AID"}
        cases: list[tuple[int, int, dict[str, str], str]] = [
            (8, 2, aid, "8 to 2 are no words of a text"),
            (-3, 8, aid, "-3 to 8 are no words"),
            (2, len(RAID) + 1, aid, f"are no words of a text of {len(RAID)} characters"),
            (1, 2, aid, "1 to 2 are no words"),
            (2, 8, {"status": "denied"}, "an event needs a type"),
            (2, 8, {"type": "AID", "mode": "seize"}, "'seize' is no mode of AID"),
            (2, 8, {"type": "AID", "start": "soon"}, "start='soon' is no day"),
        ]

        for start, end, values, words in cases:
            with pytest.raises(DecisionError, match=words):
                held.add_event(document, start, end, values, ANNA)
        with pytest.raises(UnknownIdError, match="no such document"):
            held.add_event("sha256:beef", 2, 8, aid, ANNA)

        assert held.digest() == digest


class TestMergesAndSplits:
    def test_merged_events_are_one_and_the_other_id_leads_to_it(self, held: Store) -> None:
        kept, gone = (account(held, words).event for words in ("boarded", "denied"))
        accounts = {a.id for event in (kept, gone) for a in held.event(event).accounts}

        assert held.merge([kept, gone], ANNA) == kept

        assert {a.id for a in held.event(kept).accounts} == accounts
        with pytest.raises(UnknownIdError, match=f"gone .merged by Anna.; it is now {kept}") as led:
            held.event(gone)
        assert led.value.successor == kept
        (made,) = held.history(kept)
        assert (made.action, made.by, made.why) == ("merge", "Anna", "so the text says")
        assert made.changes == {"accounts": ([], {gone: [account(held, "denied").id]})}
        assert held.problems() == []

    def test_tombstones_lead_on_through_a_second_merge(self, held: Store) -> None:
        first, second, third = (
            account(held, words).event for words in ("sat together", "denied", "boarded")
        )
        held.merge([second, first], ANNA)

        held.merge([third, second], BEN)

        for id_, by in ((first, "Anna"), (second, "Ben")):
            with pytest.raises(UnknownIdError, match=f"merged by {by}.; it is now {third}") as led:
                held.judge(id_, "accept", ANNA)
            assert led.value.successor == third
        assert len(held.event(third).accounts) == 4

    def test_several_are_merged_at_once(self, held: Store) -> None:
        words = ("boarded", "warned", "sat together", "denied")
        events = [account(held, each).event for each in words]

        held.merge([*events, events[1]], ANNA)

        assert {account(held, each).event for each in words} == {events[0]}
        assert held.status().events == 1

    def test_impossible_merges_are_refused(self, held: Store) -> None:
        digest = held.digest()
        one, other = account(held, "boarded"), account(held, "denied")

        for ids in ([], [one.event], [one.event, one.event]):
            with pytest.raises(DecisionError, match="it takes two events to merge"):
                held.merge(ids, ANNA)
        for ids in ([one.event, other.event, "ezzzz"], [one.event, other.id]):
            with pytest.raises(UnknownIdError, match="there is no event"):
                held.merge(ids, ANNA)

        assert held.digest() == digest

    def test_a_split_makes_an_event_of_its_own(self, held: Store) -> None:
        one, other = account(held, "boarded"), account(held, "climbed aboard")
        assert one.event == other.event

        made = held.split(one.event, [other.id], ANNA)

        assert held.account(other.id) == attrs.evolve(other, event=made)
        assert held.account(one.id) == one
        assert [a.id for a in held.event(made).accounts] == [other.id]
        (decision,) = held.history(one.event)
        assert decision.action == "split"
        assert decision.changes == {"accounts": (sorted([one.id, other.id]), {made: [other.id]})}
        assert held.problems() == []

    def test_what_was_split_can_be_merged_and_split_again(self, held: Store) -> None:
        one, other = account(held, "boarded"), account(held, "climbed aboard")
        first = held.split(one.event, [other.id], ANNA)
        held.merge([one.event, first], ANNA)

        second = held.split(one.event, [other.id], ANNA)

        assert len({one.event, first, second}) == 3
        with pytest.raises(UnknownIdError) as led:
            held.event(first)
        assert led.value.successor == one.event
        assert held.problems() == []

    def test_impossible_splits_are_refused(self, held: Store) -> None:
        one, other = account(held, "boarded"), account(held, "climbed aboard")
        digest = held.digest()

        for parts in ([], [one.id, other.id]):
            with pytest.raises(DecisionError, match="no account left, or lose none"):
                held.split(one.event, parts, ANNA)
        for stranger in (account(held, "denied").id, "azzzz"):
            with pytest.raises(DecisionError, match=f"account {stranger} is not of event"):
                held.split(one.event, [one.id, stranger], ANNA)
        with pytest.raises(UnknownIdError, match="there is no event"):
            held.split("ezzzz", [one.id], ANNA)

        assert held.digest() == digest


def test_an_event_has_the_history_of_its_accounts(held: Store) -> None:
    one, other, third = (account(held, w) for w in ("boarded", "climbed aboard", "denied"))
    held.judge(other.id, "accept", ANNA)
    held.correct(one.id, {"place": "Hull"}, BEN)
    held.judge(third.id, "reject", BEN)
    held.merge([one.event, third.event], ANNA)

    made = held.history(one.event)

    assert [each.action for each in made] == ["accept", "correct", "reject", "merge"]
    assert [each.number for each in made] == sorted(each.number for each in made)
    # What became part of another is no longer a place to look, but nothing is wrong with its id.
    assert held.history(third.event) == []


def test_decisions_go_with_a_store_that_moves(held: Store, tmp_path: Path) -> None:
    one = account(held, "boarded")
    held.correct(one.id, {"type": "ASSAULT", "target": "NOR"}, ANNA)
    held.merge([one.event, account(held, "denied").event], BEN)

    with Store.create(tmp_path / "moved.db") as moved:
        held.transfer(moved)

        assert moved.history(one.event) == held.history(one.event)
        assert moved.account(one.id) == held.account(one.id)
        (later,) = moved.judge(one.id, "accept", BEN)
        assert later.number == max(made.number for made in held.history(one.event)) + 1


class TestExamples:
    @pytest.fixture
    def store(self, memory: Store) -> Store:
        """Return a store in memory: what is tested here is the same in every database."""
        return memory

    def examples(self, store: Store) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the text of each row, and its events with words in place of places."""
        found = []
        for row in store.examples():
            passage = annotated.passage(row)
            told = [
                {
                    name: self.words(passage.text, value)
                    for name, value in attrs.asdict(each, recurse=False).items()
                    if value not in (None, ())
                }
                for each in passage.told
            ]
            found.append((passage.text, told))
        return found

    def words(self, text: str, value: Any) -> Any:
        if isinstance(value, tuple) and value and isinstance(value[0], tuple):
            return [self.words(text, each) for each in value]
        if isinstance(value, tuple) and all(isinstance(each, int) for each in value):
            return text[slice(*value)]
        return value

    def test_nothing_decided_is_no_example(self, held: Store) -> None:
        held.judge(account(held, "boarded").id, "accept", ANNA)
        held.judge(account(held, "boarded").id, "restore", ANNA)

        assert held.examples() == []

    def test_decided_events_are_read_back(self, held: Store) -> None:
        boarded = account(held, "boarded")
        held.judge(boarded.id, "accept", ANNA)
        held.judge(account(held, "warned").id, "reject", ANNA)

        assert held.examples()[0]["document"] == boarded.document
        assert [row["id"] for row in held.examples()] == [0, 1]
        assert self.examples(held) == [
            (
                "A cutter of Iceland boarded a British trawler off Grimsey on Monday.",
                [
                    {
                        "type": "COERCE",
                        "predicate": "boarded",
                        "mode": "seize",
                        "contexts": ("resource",),
                        "status": "actual",
                    }
                ],
            ),
            (
                "Britain then warned that frigates would come.",
                [{"type": "NONE", "predicate": "warned"}],
            ),
        ]

    def test_brackets_of_the_text_are_none_of_ours(self, held: Store) -> None:
        held.correct(account(held, "sat together").id, {"mode": "visit"}, ANNA)

        ((text, events),) = self.examples(held)

        assert "sat together (at a hotel) in Geneva" in text
        assert events == [
            {
                "type": "CONSULT",
                "predicate": "sat together",
                "mode": "visit",
                "status": "actual",
            }
        ]

    @pytest.fixture
    def spans(self, store: Store) -> Store:
        """Return a store in which words for the parties are known, some within others."""
        text = "The [navy of Iceland] shelled Norway's trawlers [1 for sure] after Denmark left."

        def span(words: str) -> Span:
            return Span.of(text, text.index(words), text.index(words) + len(words))

        store.add(
            report(
                text,
                told(
                    "ASSAULT", "shelled", "ISL", "NOR",
                    source_spans=(span("navy of Iceland"), span("Iceland")),
                    target_spans=(span("Norway"), span("Norway's trawlers")),
                ),
                told("RETREAT", "left", "DNK", source_spans=(span("Denmark"),)),
                actors=(
                    Actor("DNK", "Denmark", "DNK", mentions=(span("Denmark"),)),
                    Actor("ISL", "Iceland", "ISL", mentions=(span("Iceland"),)),
                ),
            )
        )  # fmt: skip
        return store

    def test_words_for_the_parties_are_marked(self, spans: Store) -> None:
        spans.judge(account(spans, "shelled").id, "accept", ANNA)
        spans.judge(account(spans, "left").id, "accept", ANNA)

        ((text, (shelled, left)),) = self.examples(spans)

        assert text.startswith("The (navy of Iceland) shelled Norway's trawlers (1 for sure)")
        assert shelled["source"] == ["navy of Iceland", "Iceland"]
        assert shelled["target"] == ["Norway", "Norway's trawlers"]
        assert left["source"] == ["Denmark"]

    def test_a_corrected_party_is_marked_where_it_is_named(self, spans: Store) -> None:
        id_ = account(spans, "shelled").id

        spans.correct(id_, {"source": "DNK", "target": "SWE"}, ANNA)

        ((_, (shelled,)),) = self.examples(spans)
        assert shelled["source"] == ["Denmark"]
        # Nothing in the sentence names Sweden, and Norway is wrong.
        assert "target" not in shelled

    def test_an_added_event_has_its_parties_marked(self, spans: Store) -> None:
        shelled = account(spans, "shelled")
        text = shelled.sentence_text
        start = text.index("sure")

        spans.add_event(
            shelled.document, start, start + 4, {"type": "ACCUSE", "source": "ISL"}, ANNA
        )

        ((_, events),) = self.examples(spans)
        assert events == [
            {"type": "ACCUSE", "predicate": "sure", "source": ["Iceland"], "status": "actual"}
        ]

    def test_words_that_tell_of_an_event_are_not_said_to_tell_of_none(self, store: Store) -> None:
        text = "Iceland and Britain cut nets on Monday."
        store.add(report(text, told("COERCE", "cut", "ISL", "GBR"),
                         told("COERCE", "cut", "GBR", "ISL")))  # fmt: skip
        one, other = store.accounts(Filter())
        store.judge(one.id, "accept", ANNA)
        store.judge(other.id, "reject", ANNA)

        ((_, events),) = self.examples(store)

        assert [each["type"] for each in events] == ["COERCE"]

    def test_crossing_words_are_left_out(self, store: Store) -> None:
        text = "Iceland's patrol boats cut nets on Monday."
        store.add(
            report(
                text,
                told("COERCE", "boats cut", "ISL", "GBR",
                     source_spans=(Span(0, 22, text[:22]), Span(0, 9, text[:9]))),
            )
        )  # fmt: skip
        store.judge(account(store, "boats cut").id, "accept", ANNA)

        ((_, (cut,)),) = self.examples(store)

        assert cut["source"] == ["Iceland's"]
