"""What parties bound themselves to together: signed, repeated, suspended, ended."""

from __future__ import annotations

import pytest

from tests.play.quarrel import Quarrel, Tied, busy, day, days, only, states, told

SIGNED = "Iceland and Norway signed an agreement on capelin quotas"


def signed(quarrel: Quarrel, published: str = "2021-03-03", **more: object) -> None:
    event = told("AGREE", "signed", "ISL NOR", "ISL NOR", **({"day": "2021-03-02"} | more))
    quarrel.report(published, f"{SIGNED}.", event)


def test_an_agreement_is_in_force_from_its_day() -> None:
    quarrel = busy()
    signed(quarrel)

    matter = only(quarrel.on("2022-03-03"), "agreements")

    assert (matter.state, matter.day) == ("in force", day("2021-03-02"))
    assert set(matter.source) == set(matter.target) == {"ISL", "NOR"}


def test_mentions_of_it_leave_its_day_as_it_is() -> None:
    quarrel = busy()
    signed(quarrel)
    quarrel.report(
        "2021-06-03",
        "The agreement on capelin quotas that Iceland and Norway signed is hailed in Brussels.",
        told("AGREE", "agreement", "ISL NOR", "NOR ISL"),
        paper="The Fathom",
    )

    matter = only(quarrel.on("2021-07-01"), "agreements")

    assert (matter.day, len(matter.steps), matter.outlets) == (day("2021-03-02"), 2, 2)


def test_agreements_on_two_things_stay_two() -> None:
    quarrel = busy()
    signed(quarrel)
    quarrel.report(
        "2021-05-03",
        "Iceland and Norway agreed to share radar pictures.",
        told("AGREE", "agreed", "ISL NOR", "ISL NOR", day="2021-05-02"),
    )

    assert days(quarrel.on("2021-07-01").of("agreements")) == ["2021-03-02", "2021-05-02"]


def test_a_second_agreement_on_the_same_thing_on_another_day_is_another() -> None:
    quarrel = busy()
    signed(quarrel)
    quarrel.report(
        "2022-03-03",
        f"{SIGNED} for the next season.",
        told("AGREE", "signed", "ISL NOR", "ISL NOR", day="2022-03-02"),
    )

    assert days(quarrel.on("2022-07-01").of("agreements")) == ["2021-03-02", "2022-03-02"]


@pytest.mark.parametrize(
    ("text", "words", "type_", "state"),
    [
        ("Iceland tore up the agreement on capelin quotas.", "tore up", "REJECT", "ended"),
        ("Norway withdrew from the agreement on capelin quotas.", "withdrew", "SANCTION", "ended"),
        ("Norway suspended the agreement on capelin quotas.", "suspended", "SANCTION", "suspended"),
    ],
)
def test_one_side_can_end_or_suspend_it(text: str, words: str, type_: str, state: str) -> None:
    source, target = ("ISL", "NOR") if text.startswith("Iceland") else ("NOR", "ISL")
    quarrel = busy()
    signed(quarrel)
    quarrel.report("2021-06-02", text, told(type_, words, source, target, day="2021-06-01"))

    before = only(quarrel.on("2021-06-01"), "agreements")
    matter = only(quarrel.on("2021-06-02"), "agreements")

    assert (before.state, before.day) == ("in force", day("2021-03-02"))
    assert (matter.state, matter.day) == (state, day("2021-06-01"))
    assert matter.quoted.sentence_text == text


def test_the_end_of_an_agreement_of_which_nobody_told_makes_none() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-06-02",
        "Iceland tore up the agreement on capelin quotas.",
        told("REJECT", "tore up", "ISL", "NOR"),
    )

    assert quarrel.on("2021-06-02").of("agreements") == ()


def test_the_end_of_another_agreement_leaves_it_in_force() -> None:
    quarrel = busy()
    signed(quarrel)
    quarrel.report(
        "2021-06-02",
        "Iceland tore up a pact of radar men.",
        told("REJECT", "tore up", "ISL", "NOR"),
    )

    assert states(quarrel.on("2021-07-01"), "agreements") == ["in force"]


@pytest.mark.parametrize(
    "more", [{"status": "planned"}, {"status": "denied"}, {"status": "cancelled"}], ids=str
)
def test_what_was_not_agreed_is_no_agreement(more: dict[str, str]) -> None:
    quarrel = busy()
    signed(quarrel, **more)

    assert quarrel.on("2021-07-01").of("agreements") == ()


def test_an_agreement_needs_two_sides() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "The two Icelandic parties signed an agreement.",
        told("AGREE", "signed", "ISL.LEG ISL.GOV", "ISL.LEG ISL.GOV"),
    )

    assert quarrel.on("2021-03-03").of("agreements") == ()


def test_a_third_party_that_signs_too_is_of_the_same_agreement() -> None:
    quarrel = busy()
    signed(quarrel)
    quarrel.report(
        "2021-03-04",
        "The European Union set its name under the agreement on capelin quotas.",
        told("AGREE", "set its name", "ISL NOR IGO.EU", "ISL NOR IGO.EU", day="2021-03-02"),
    )

    assert len(only(quarrel.on("2021-07-01"), "agreements").steps) == 2


def test_an_agreement_with_others_is_another() -> None:
    quarrel = busy()
    signed(quarrel)
    quarrel.report(
        "2021-03-04",
        "Iceland and Britain signed an agreement on capelin quotas.",
        told("AGREE", "signed", "ISL GBR", "ISL GBR", day="2021-03-02"),
    )

    assert len(quarrel.on("2021-07-01").of("agreements")) == 2


def test_an_agreement_has_its_newest_condition() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        f"{SIGNED} that holds as long as the shoals stay north.",
        told("AGREE", "signed", "ISL NOR", "ISL NOR"),
        tied=[Tied("holds", "as long as", "the shoals stay north")],
    )

    tie = only(quarrel.on("2021-03-03"), "agreements").condition

    assert tie is not None
    assert tie.condition.text == "the shoals stay north"


def test_accounts_of_one_event_are_one_agreement_on_whatever_days() -> None:
    quarrel = busy()
    signed(quarrel, of="pact")
    quarrel.report(
        "2021-03-05",
        "The radar men shook hands.",
        told("AGREE", "shook hands", "ISL NOR", "ISL NOR", day="2021-03-04", of="pact"),
    )

    assert len(only(quarrel.on("2021-07-01"), "agreements").steps) == 2
