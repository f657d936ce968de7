"""What each side gave and took: each event once, with the right sign, by period."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.play import Balance
from tests.play.quarrel import Quarrel, day, told

#: PLOVER's quads: words and deeds, for each other and against.
WORD, DEED, CLASH = 1, 2, 4


def moved(
    quarrel: Quarrel, type_: str, source: str = "ISL", target: str = "NOR", **more: Any
) -> None:
    """Add a report of one event, dated to its own day: March 2 where nothing else is said."""
    on = more.pop("day", "2021-03-02")
    number = len(quarrel.records)
    values = {"quad": DEED, "goldstein": 5.0} | more
    quarrel.report(
        "2021-03-03" if on is None else on,
        f"Report {number} tells of a move.",
        told(type_, "move", source, target, day=on, **values),
    )


def balance(quarrel: Quarrel) -> Balance:
    return quarrel.on("2030-01-01").balance


@pytest.mark.parametrize(
    ("type_", "more", "gives"),
    [
        ("CONCEDE", {}, True),
        ("RETREAT", {}, True),
        ("RETREAT", {"aspect": "ended"}, True),
        ("AID", {}, True),
        ("SUPPORT", {}, True),
        ("COOPERATE", {}, True),
        ("AGREE", {}, True),
        ("SANCTION", {}, False),
        ("COERCE", {}, False),
        ("MOBILIZE", {}, False),
        ("ASSAULT", {}, False),
        ("PROTEST", {}, False),
        ("THREATEN", {}, False),
        ("REJECT", {}, False),
        # What is undone counts the other way round.
        *((type_, more, False) for type_ in ("AID", "COOPERATE", "SUPPORT", "AGREE")
          for more in ({"aspect": "suspended"}, {"aspect": "ended"}, {"status": "ended"})),
        *((type_, more, True) for type_ in ("COERCE", "MOBILIZE", "ASSAULT", "PROTEST")
          for more in ({"aspect": "suspended"}, {"aspect": "ended"}, {"status": "ended"})),
        # What somebody suspends or ends as a sanction is what the other side had.
        ("SANCTION", {"aspect": "suspended"}, False),
        ("SANCTION", {"aspect": "ended"}, False),
        ("SANCTION", {"status": "ended"}, True),
        ("AID", {"aspect": "resumed"}, True),
        ("SANCTION", {"aspect": "resumed"}, False),
    ],
)  # fmt: skip
def test_a_deed_gives_or_takes(type_: str, more: dict[str, Any], gives: bool) -> None:
    quarrel = Quarrel()
    moved(quarrel, type_, **more)

    (move,) = balance(quarrel).moves

    assert (move.side, move.gives) == ("ISL", gives)


@pytest.mark.parametrize(
    ("type_", "more"),
    [
        ("CONSULT", {}),
        ("ACCUSE", {}),
        ("REQUEST", {}),
        *(("AID", {"status": status}) for status in (
            "planned", "promised", "requested", "hypothetical", "denied", "cancelled", "postponed",
        )),
        ("SANCTION", {"status": "threatened"}),
        # Towards a third party, by a third party, by both, by nobody.
        ("AID", {"target": "GBR"}),
        ("SANCTION", {"target": "GBR"}),
        ("AID", {"source": "GBR"}),
        ("AID", {"source": "ISL NOR"}),
        ("AID", {"source": ""}),
    ],
)  # fmt: skip
def test_what_is_no_move_counts_nothing(type_: str, more: dict[str, Any]) -> None:
    quarrel = Quarrel()
    moved(quarrel, type_, **more)

    assert balance(quarrel) == Balance((), (), None)


@pytest.mark.parametrize(
    ("more", "gives"), [({}, False), ({"aspect": "suspended"}, True), ({"status": "ended"}, True)]
)
def test_drills_with_an_ally_press_the_other_side_and_their_end_eases_it(
    more: dict[str, Any], gives: bool
) -> None:
    quarrel = Quarrel()
    moved(quarrel, "COOPERATE", target="GBR", contexts=("military",), **more)

    (move,) = balance(quarrel).moves

    assert (move.side, move.gives) == ("ISL", gives)


@pytest.mark.parametrize(("type_", "gives"), [("MOBILIZE", False), ("RETREAT", True)])
@pytest.mark.parametrize("target", ["", "GBR"])
def test_troops_are_meant_for_the_other_side_wherever_they_stand(
    type_: str, gives: bool, target: str
) -> None:
    quarrel = Quarrel()
    moved(quarrel, type_, target=target)

    assert [move.gives for move in balance(quarrel).moves] == [gives]


@pytest.mark.parametrize(("quad", "material"), [(1, False), (2, True), (3, False), (4, True)])
def test_words_are_told_from_deeds(quad: int, material: bool) -> None:
    quarrel = Quarrel()
    moved(quarrel, "SUPPORT", quad=quad)

    assert [move.material for move in balance(quarrel).moves] == [material]


def test_each_event_counts_once_however_often_it_is_told() -> None:
    quarrel = Quarrel()
    for number in range(20):
        moved(quarrel, "CONCEDE", of="the lifting" if number % 2 else "the other lifting")
    moved(quarrel, "SANCTION", "NOR", "ISL", of="the ban", goldstein=-7.0)

    found = balance(quarrel)

    assert [(m.side, m.gives) for m in found.moves] == [
        ("ISL", True), ("ISL", True), ("NOR", False),
    ]  # fmt: skip
    assert [(p.side, p.gave, p.took, p.score) for p in found.periods] == [
        ("ISL", 2, 0, 10.0),
        ("NOR", 0, 1, -7.0),
    ]


def test_an_event_counts_by_the_first_account_that_tells_of_a_move() -> None:
    quarrel = Quarrel()
    moved(quarrel, "CONCEDE", status="promised", of="lifting")
    moved(quarrel, "CONCEDE", day="2021-04-02", of="lifting")
    moved(quarrel, "CONCEDE", day="2021-05-02", of="lifting")

    (move,) = balance(quarrel).moves

    assert move.account.day == day("2021-04-02")


@pytest.mark.parametrize("value", [-7.0, 7.0])
@pytest.mark.parametrize(("aspect", "score"), [(None, -7.0), ("ended", 7.0)])
def test_a_score_has_the_sign_of_what_was_done(
    value: float, aspect: str | None, score: float
) -> None:
    quarrel = Quarrel()
    moved(quarrel, "COERCE", aspect=aspect, goldstein=value)

    assert [p.score for p in balance(quarrel).periods] == [score, 0.0]


def test_an_event_without_a_code_scores_nothing_but_counts() -> None:
    quarrel = Quarrel()
    moved(quarrel, "AID", goldstein=None)

    assert [(p.gave, p.score) for p in balance(quarrel).periods] == [(1, 0.0), (0, 0.0)]


def test_what_nothing_dates_is_a_move_of_no_period() -> None:
    quarrel = Quarrel()
    quarrel.report(None, "There was a move.", told("AID", "move", "ISL", "NOR", quad=DEED))

    found = balance(quarrel)

    assert (len(found.moves), found.periods) == (1, ())


@pytest.mark.parametrize(
    ("last", "count", "first_end"),
    [
        ("2021-03-30", 1, "2021-03-31"),
        ("2023-02-02", 24, "2021-03-31"),
        ("2023-03-02", 9, "2021-03-31"),
        ("2029-02-02", 33, "2021-03-31"),
        ("2029-03-02", 9, "2021-12-31"),
    ],
)
def test_periods_are_months_quarters_or_years_without_a_gap(
    last: str, count: int, first_end: str
) -> None:
    quarrel = Quarrel()
    moved(quarrel, "AID")
    moved(quarrel, "AID", "NOR", "ISL", day=last)

    periods = balance(quarrel).periods
    mine = [p for p in periods if p.side == "ISL"]

    assert len(periods) == 2 * count
    assert mine[0].end == day(first_end)
    assert mine[0].start <= day("2021-03-02")
    assert mine[-1].start <= day(last) <= mine[-1].end
    for one, two in itertools.pairwise(mine):
        assert two.start - one.end == datetime.timedelta(days=1)
    assert sum(p.gave for p in periods) == 2


def monthly(scores: list[tuple[int, int]]) -> Balance:
    """Return the balance of what both sides did in months one after another; 0 is nothing."""
    quarrel = Quarrel()
    for number, pair in enumerate(scores):
        on = datetime.date(2021 + number // 12, number % 12 + 1, 3).isoformat()
        for source, target, value in zip(("ISL", "NOR"), ("NOR", "ISL"), pair, strict=True):
            if value:
                type_ = "AID" if value > 0 else "SANCTION"
                moved(quarrel, type_, source, target, day=on, goldstein=float(value))
    return balance(quarrel)


@pytest.mark.parametrize("months", [0, 1, 5])
def test_fewer_than_six_busy_periods_say_nothing_of_reciprocity(months: int) -> None:
    scores = [(number + 1, -number) for number in range(months)]

    # Months in which nobody moves do not help.
    assert monthly([*scores[:2], (0, 0), (0, 0), (0, 0), *scores[2:]]).reciprocity is None


def test_six_busy_periods_with_quiet_ones_between_say_something() -> None:
    scores = [(3, 5), (0, 0), (-2, -1), (4, 4), (0, 0), (-7, 2), (1, 0), (0, -3)]

    busy = np.array([pair for pair in scores if any(pair)])

    assert monthly(scores).reciprocity == round(float(np.corrcoef(busy.T)[0, 1]), 2)


@given(
    st.lists(
        st.tuples(st.integers(-10, 10), st.integers(-10, 10)).filter(any), min_size=6, max_size=12
    )
)
@settings(max_examples=40, deadline=None)
def test_reciprocity_is_pearsons_correlation(scores: list[tuple[int, int]]) -> None:
    found = monthly(scores).reciprocity
    one, two = np.array(scores, dtype=float).T

    if one.std() == 0 or two.std() == 0:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(one, two)[0, 1], abs=0.0051)


def test_reciprocity_is_of_two_sides_only() -> None:
    quarrel = Quarrel("ISL", "NOR", "GBR")
    for number, side in enumerate(("ISL", "NOR", "GBR") * 7):
        other = "NOR" if side != "NOR" else "ISL"
        moved(
            quarrel, "AID", side, other, day=f"2021-{number // 3 + 1:02}-03", goldstein=number + 1
        )

    found = balance(quarrel)

    assert found.reciprocity is None
    assert {period.side for period in found.periods} == {"ISL", "NOR", "GBR"}
    assert len(found.moves) == 21


# ------------------------------------------------------------------------------ within a state

GOV, ELN = "COL.GOV", "COL.REB.ELN"


@pytest.mark.parametrize(
    ("source", "target", "side"),
    [
        (ELN, GOV, ELN),
        ("COL.REB.ELN.PABLO_BELTRAN", "COL.MIL", ELN),
        ("COL", ELN, GOV),
        ("COL.MIL", ELN, GOV),
        ("COL.COP", ELN, GOV),
        ("COL.GOV.IVAN_DUQUE", "COL.REB.ELN.PABLO_BELTRAN", GOV),
    ],
)
def test_parties_within_a_state_are_told_apart(source: str, target: str, side: str) -> None:
    quarrel = Quarrel(GOV, ELN)
    moved(quarrel, "ASSAULT", source, target)

    assert [(m.side, m.gives) for m in balance(quarrel).moves] == [(side, False)]


@pytest.mark.parametrize(
    ("source", "target"),
    [("COL.REB.FARC", GOV), ("COL.GOV", "COL.MIL"), ("COL.CVL", "COL.GOV"), ("VEN.GOV", ELN)],
)
def test_others_within_a_state_are_neither(source: str, target: str) -> None:
    quarrel = Quarrel(GOV, ELN)
    moved(quarrel, "AID", source, target)

    assert balance(quarrel).moves == ()


def test_a_government_and_its_rebels_have_their_own_talks_and_measures() -> None:
    quarrel = Quarrel(GOV, ELN)
    quarrel.report(
        "2021-03-03",
        "Colombia will hold talks with the ELN on March 19. The ELN freed two soldiers.",
        told("CONSULT", "talks", f"COL {ELN}", f"COL {ELN}", status="planned", day="2021-03-19"),
        told("RETREAT", "freed", ELN, "COL.MIL", mode="release", day="2021-03-02"),
    )
    quarrel.report(
        "2021-03-20",
        "President Duque called off the talks with the ELN.",
        told("CONSULT", "talks", f"{GOV}.IVAN_DUQUE {ELN}", f"{GOV}.IVAN_DUQUE {ELN}",
             status="cancelled", day="2021-03-19"),
    )  # fmt: skip

    found = quarrel.on("2021-04-01")

    assert [(m.kind, m.state) for m in found.matters] == [
        ("talks", "called off"),
        ("measures", "done"),
    ]
