"""How far coders agree, against alpha computed from what they were told to say; conflicts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import attrs
import krippendorff
import numpy as np
import pytest

from standoff.store import Account, Coder, Filter, Store
from standoff.store.agreement import Agreement
from tests.store.reports import many, report, told

ANNA, BEN, CARLA = Coder("Anna"), Coder("Ben"), Coder("Carla")
CHIEF = Coder("Chief", final=True)
FIELDS = (
    "event", "type", "mode", "contexts", "status", "aspect", "source", "target", "start", "end",
    "place", "country",
)  # fmt: skip

#: What is left unsaid: a coder who rejected an account, or never saw it.
GAP = None
Table = dict[str, list[Any]]


def alpha(table: Table) -> float:
    """Return alpha of codings by coder, from how often each unit was given each value."""
    domain = sorted({value for row in table.values() for value in row if value is not GAP})
    counts = [
        [sum(row[unit] == value for row in table.values()) for value in domain]
        for unit in range(len(next(iter(table.values()))))
    ]
    return float(krippendorff.alpha(value_counts=np.array(counts), level_of_measurement="nominal"))


def agreed(store: Store) -> dict[str, Agreement]:
    found = store.agreement()
    assert [each.field for each in found] == list(FIELDS)
    return {each.field: each for each in found}


@pytest.fixture
def few(memory: Store) -> Store:
    """Return a store with the accounts of one report, in which nobody does the same twice."""
    text = "Iceland hailed, warned, fined, boarded, towed and freed ships of Britain."
    words = ("hailed", "warned", "fined", "boarded", "towed", "freed")
    memory.add(report(text, *(told("COERCE", each, "ISL", "GBR") for each in words)))
    return memory


def accounts(store: Store) -> list[Account]:
    """Return the accounts in the order of the text."""
    return sorted(store.accounts(Filter(rejected=True)), key=lambda each: each.anchor)


def correct(store: Store, coder: Coder, field: str, values: Sequence[str | None]) -> None:
    """Let a coder give the accounts, in order, these values of a field; None skips one."""
    for each, value in zip(accounts(store), values, strict=False):
        if value is not None:
            store.correct(each.id, {field: value}, coder)


def test_alpha_is_that_of_what_two_coders_said_of_fifty_accounts(store: Store) -> None:
    rng = random.Random(50)
    for record in many(30, seed=50):
        store.add(record)
    coded = accounts(store)[:50]
    assert len(coded) == 50
    choices = {
        "type": ["ACCUSE", "REJECT", "SUPPORT", "CONCEDE"],
        "status": ["actual", "denied", "cancelled"],
        "target": ["GBR", "GBR,NOR", "NOR,GBR", "DNK"],
        "start": ["2019-03-01", "2019-03-02"],
        "place": ["Hull", "Busan", ""],
    }
    tables: dict[str, Table] = {field: {"Anna": [], "Ben": []} for field in ("event", *choices)}

    for each in coded:
        first = {field: rng.choice(values) for field, values in choices.items()}
        # A fifth of the other's values are drawn anew, some of which come out the same.
        second = {
            field: rng.choice(choices[field]) if rng.random() < 0.2 else value
            for field, value in first.items()
        }
        for coder, said in ((ANNA, first), (BEN, second)):
            isnt = rng.random() < 0.15
            store.correct(each.id, said, coder)
            if isnt:
                store.judge(each.id, "reject", coder)
            tables["event"][coder.by].append("no" if isnt else "yes")
            for field, value in said.items():
                # An empty place is a value; whom a text names first is no difference.
                shown = "+".join(sorted(value.split(","))) or "none"
                tables[field][coder.by].append(GAP if isnt else shown)

    found = agreed(store)
    for field, table in tables.items():
        assert found[field].alpha == pytest.approx(alpha(table), abs=5e-5), field
        assert found[field].coders == 2
    assert found["event"].accounts == 50
    both = sum(pair == ("yes", "yes") for pair in zip(*tables["event"].values(), strict=True))
    assert 30 < both < 45
    assert {found[field].accounts for field in choices} == {both}
    assert 0.5 < (found["type"].alpha or 0) < 0.95


def test_alpha_of_a_small_case_is_what_a_pencil_says(few: Store) -> None:
    correct(few, ANNA, "type", ["AID", "AID", "ACCUSE", "AID"])
    correct(few, BEN, "type", ["AID", "AID", "ACCUSE", "ACCUSE"])

    # Eight values, five AID and three ACCUSE, in four pairs, one of which differs: observed are 2
    # of 8 coincidences off the diagonal, expected 2 * 5 * 3 of 8 * 7. 1 - (2/8) / (30/56) = 8/15.
    assert agreed(few)["type"] == Agreement("type", round(8 / 15, 4), 4, 2)


def test_perfect_agreement_is_one_and_what_never_varies_is_none(few: Store) -> None:
    for coder in (ANNA, BEN):
        correct(few, coder, "type", ["AID", "ACCUSE", "REJECT"])

    found = agreed(few)

    assert found["type"].alpha == 1.0
    # All say that it is an event, with the source that the machine read.
    assert [(found[name].alpha, found[name].accounts) for name in ("event", "source")] == [
        (None, 3), (None, 3),
    ]  # fmt: skip


def test_gaps_are_no_disagreement(few: Store) -> None:
    said: Table = {
        "Anna": ["AID", "ACCUSE", "AID", "REJECT", GAP, "AID"],
        "Ben": ["AID", "ACCUSE", "REJECT", "REJECT", "AID", GAP],
        "Carla": ["AID", GAP, GAP, "ACCUSE", GAP, GAP],
    }

    for coder in (ANNA, BEN, CARLA):
        correct(few, coder, "type", said[coder.by])

    # The last two accounts were seen by one coder each.
    assert agreed(few)["type"] == Agreement("type", round(alpha(said), 4), 4, 3)


def test_what_one_of_two_rejects_counts_for_no_field(few: Store) -> None:
    correct(few, ANNA, "type", ["AID", "AID", "ACCUSE"])
    correct(few, BEN, "type", ["AID", "AID"])
    few.judge(accounts(few)[2].id, "reject", BEN)

    found = agreed(few)

    # Two pairs of AID do not vary, whatever else one coder said alone.
    assert found["type"] == Agreement("type", None, 2, 2)
    assert found["event"].accounts == 3
    assert found["event"].alpha == pytest.approx(alpha({"A": [1, 1, 1], "B": [1, 1, 0]}))


def test_one_coder_alone_agrees_with_nobody(few: Store) -> None:
    correct(few, ANNA, "type", ["AID", "ACCUSE"])

    assert {(each.alpha, each.accounts) for each in few.agreement()} == {(None, 0)}
    assert few.conflicts() == []


def test_a_store_without_decisions_has_no_agreement(few: Store) -> None:
    assert [(each.field, each.alpha) for each in few.agreement()] == [(f, None) for f in FIELDS]


class TestConflicts:
    def conflicts(self, store: Store) -> list[tuple[str, str, dict[str, Any]]]:
        return [(c.account.anchor.text, c.field, dict(c.values)) for c in store.conflicts()]

    def test_every_difference_is_listed_with_who_says_what(self, few: Store) -> None:
        correct(few, ANNA, "type", ["AID", "AID", "AID"])
        correct(few, BEN, "type", ["AID", "ACCUSE"])
        few.judge(accounts(few)[2].id, "reject", BEN)
        correct(few, CARLA, "target", ["GBR,NOR", None, None, "GBR"])

        assert sorted(self.conflicts(few)) == [
            ("fined", "event", {"Anna": True, "Ben": False}),
            ("hailed", "target", {"Anna": ["GBR"], "Ben": ["GBR"], "Carla": ["GBR", "NOR"]}),
            # Carla left the machine's type as it was.
            ("hailed", "type", {"Anna": "AID", "Ben": "AID", "Carla": "COERCE"}),
            ("warned", "type", {"Anna": "AID", "Ben": "ACCUSE"}),
        ]
        assert all(c.account == few.account(c.account.id) for c in few.conflicts())

    def test_a_coder_may_come_round(self, few: Store) -> None:
        correct(few, ANNA, "type", ["AID"])
        correct(few, BEN, "type", ["ACCUSE"])
        assert len(few.conflicts()) == 1

        correct(few, BEN, "type", ["AID"])

        assert few.conflicts() == []

    def test_the_order_of_parties_is_no_difference(self, few: Store) -> None:
        correct(few, ANNA, "target", ["GBR,NOR"])
        correct(few, BEN, "target", ["NOR,GBR"])

        assert few.conflicts() == []

    def test_a_final_correction_settles_its_fields_and_no_other(self, few: Store) -> None:
        first = accounts(few)[0].id
        for coder, said in (
            (ANNA, {"type": "AID", "place": "Hull"}),
            (BEN, {"type": "ACCUSE", "place": "Busan"}),
        ):
            few.correct(first, said, coder)

        few.correct(first, {"type": "REJECT"}, CHIEF)

        assert self.conflicts(few) == [("hailed", "place", {"Anna": "Hull", "Ben": "Busan"})]
        assert (few.account(first).type, few.account(first).place) == ("REJECT", "Busan")

    @pytest.mark.parametrize("verdict", ["accept", "reject"])
    def test_a_final_verdict_settles_all(self, few: Store, verdict: Any) -> None:
        first = accounts(few)[0].id
        few.correct(first, {"type": "AID", "place": "Hull"}, ANNA)
        few.judge(first, "reject", BEN)
        few.correct(first, {"type": "ACCUSE"}, CARLA)
        assert {field for _, field, _ in self.conflicts(few)} == {"event", "type", "place"}

        few.judge(first, verdict, CHIEF)

        assert few.conflicts() == []

    def test_what_settles_is_no_coding(self, few: Store) -> None:
        correct(few, ANNA, "type", ["AID", "AID", "ACCUSE", "AID"])
        correct(few, BEN, "type", ["AID", "AID", "ACCUSE", "ACCUSE"])
        before = few.agreement()

        # Also where one of the two has the last word.
        few.correct(accounts(few)[3].id, {"type": "AID"}, attrs.evolve(BEN, final=True))
        correct(few, CHIEF, "type", ["AID", "REJECT"])

        assert few.agreement() == before
        assert few.conflicts() == []

    def test_who_took_a_verdict_back_has_said_nothing(self, few: Store) -> None:
        first = accounts(few)[0].id
        correct(few, ANNA, "type", ["AID"])
        few.judge(first, "reject", BEN)
        few.judge(first, "restore", BEN)

        assert few.conflicts() == []
        assert {each.accounts for each in few.agreement()} == {0}

    def test_who_added_an_event_holds_it_for_one(self, few: Store) -> None:
        document = accounts(few)[0].document
        start = few.texts([document])[document].index("ships")
        made = few.add_event(document, start, start + 5, {"type": "AID", "place": "Hull"}, ANNA)
        assert few.conflicts() == []

        few.correct(made.id, {"country": "GBR", "place": "Busan"}, BEN)
        few.judge(made.id, "reject", CARLA)

        assert self.conflicts(few) == [
            ("ships", "event", {"Anna": True, "Ben": True, "Carla": False}),
            ("ships", "place", {"Anna": "Hull", "Ben": "Busan"}),
            ("ships", "country", {"Anna": None, "Ben": "GBR"}),
        ]

    def test_what_is_gone_from_the_text_is_still_compared(self, few: Store) -> None:
        correct(few, ANNA, "type", ["AID"])
        correct(few, BEN, "type", ["ACCUSE"])
        before = self.conflicts(few)

        few.recode(attrs.evolve(few.record(accounts(few)[0].document), events=()))

        assert self.conflicts(few) == before
        assert [a.type for a in few.accounts(Filter())] == ["ACCUSE"]
