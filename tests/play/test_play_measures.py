"""Deeds that last: begun, suspended, resumed, eased, undone; told apart, and taken together."""

from __future__ import annotations

from typing import Any

import pytest

from standoff.play import rules
from standoff.store.model import Account
from tests.play.quarrel import Quarrel, Tied, busy, day, days, only, states, told

TAX = "Iceland put a tax of 50 per cent on Norwegian salmon"


def taxed(quarrel: Quarrel, published: str = "2021-03-03", day_: str | None = "2021-03-02") -> None:
    quarrel.report(published, f"{TAX}.", told("SANCTION", "put a tax", "ISL", "NOR", day=day_))


#: What became of the tax, by text, status or aspect, and the day that the text gives.
COURSE = [
    ("Iceland put a tax on Norwegian salmon on March 2.", "begun", "2021-03-02"),
    ("Iceland suspended its tax on Norwegian salmon on March 9.", "suspended", "2021-03-09"),
    ("Iceland took up its tax on Norwegian salmon again on March 20.", "resumed", "2021-03-20"),
    ("Iceland ended its tax on Norwegian salmon on April 6.", "ended", "2021-04-06"),
]


def test_a_measure_goes_from_its_beginning_to_its_end() -> None:
    quarrel = busy()
    for text, aspect, day_ in COURSE:
        event = told("SANCTION", "tax", "ISL", "NOR", aspect=aspect, day=day_)
        quarrel.report(str(day(day_).replace(day=day(day_).day + 1)), text, event)

    found = [
        only(quarrel.on(on), "measures")
        for on in ("2021-03-05", "2021-03-15", "2021-04-01", "2021-05-01")
    ]

    assert [(m.state, str(m.day)) for m in found] == [
        ("in force", "2021-03-02"),
        ("suspended", "2021-03-09"),
        ("resumed", "2021-03-20"),
        ("ended", "2021-04-06"),
    ]
    assert [len(m.steps) for m in found] == [1, 2, 3, 4]
    assert {(m.source, m.target) for m in found} == {(("ISL",), ("NOR",))}


def test_a_measure_stands_where_its_newest_event_put_it_not_its_newest_report() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-04-07",
        "Iceland ended its tax on Norwegian salmon on April 6.",
        told("SANCTION", "ended its tax", "ISL", "NOR", status="ended", day="2021-04-06"),
    )
    quarrel.report(
        "2021-04-20",
        "Iceland had put its tax on Norwegian salmon on March 2.",
        told("SANCTION", "put its tax", "ISL", "NOR", day="2021-03-02"),
    )

    matter = only(quarrel.on("2021-05-01"), "measures")

    assert (matter.state, matter.day) == ("ended", day("2021-04-06"))


def test_a_bare_mention_after_the_end_puts_nothing_into_force_again() -> None:
    quarrel = busy()
    taxed(quarrel)
    quarrel.report(
        "2021-04-07",
        "Iceland lifted its tax of 50 per cent on Norwegian salmon on April 6.",
        told("CONCEDE", "lifted", "ISL", "NOR", day="2021-04-06"),
    )
    quarrel.report(
        "2021-04-20",
        "Norway counted what the tax of 50 per cent on salmon had cost.",
        told("SANCTION", "tax", "ISL", "NOR"),
    )

    matter = only(quarrel.on("2021-05-01"), "measures")

    assert (matter.state, matter.day, len(matter.steps)) == ("lifted", day("2021-04-06"), 3)


@pytest.mark.parametrize(
    "text",
    [
        "The sanctions cost both dearly.",
        "Norway lives with the sanctions.",
        "Norway spoke of its harsh new sanctions.",
        "Sanctions are no joke.",
        "This does not touch Norway’s sanctions on boats.",
    ],
)
def test_a_bare_mention_makes_no_measure(text: str) -> None:
    anchor = "Sanctions" if text.startswith("Sanctions") else "sanctions"
    quarrel = busy()
    quarrel.report("2021-03-03", text, told("SANCTION", anchor, "NOR"))

    assert quarrel.on("2021-03-03").of("measures") == ()


@pytest.mark.parametrize(
    "more", [{"target": "ISL"}, {"day": "2021-03-02"}, {"aspect": "continued"}], ids=str
)
def test_a_mention_that_says_against_whom_since_when_or_how_makes_one(more: dict[str, Any]) -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Norway lives with the sanctions.",
        told("SANCTION", "sanctions", "NOR", **more),
    )

    assert only(quarrel.on("2021-03-03"), "measures").state == "in force"


def test_a_bare_mention_is_of_the_measure_that_is_known() -> None:
    quarrel = busy()
    taxed(quarrel)
    quarrel.report(
        "2021-03-20",
        "Norway called the tax of 50 per cent on salmon unjust.",
        told("SANCTION", "tax", "ISL", "NOR"),
        paper="The Fathom",
    )

    matter = only(quarrel.on("2021-04-01"), "measures")

    assert (matter.state, matter.day, matter.outlets) == ("in force", day("2021-03-02"), 2)


LIFTED = "Iceland lifted its tax of 50 per cent on Norwegian salmon on April 6"
REST = "The tax of 50 per cent on other Norwegian salmon, put on it on March 2, goes on"


def lifted_in_part(
    quarrel: Quarrel, *, same_report: bool = True, aspect: str = "continued"
) -> None:
    lift = told("CONCEDE", "lifted", "ISL", "NOR", day="2021-04-06")
    rest = told("SANCTION", "goes on", "ISL", "NOR", aspect=aspect, day="2021-03-02", of="the rest")
    if same_report:
        quarrel.report("2021-04-07", f"{LIFTED}. {REST}.", lift, rest)
        return
    quarrel.report("2021-04-06", f"Yes. {REST}.", rest)
    quarrel.report("2021-04-07", f"{LIFTED}.", lift)


def known_by(quarrel: Quarrel, of: str) -> None:
    """Let the store hold what was told so far for one event, and what follows by `of` too."""
    quarrel.report(
        "2021-03-03",
        f"{TAX}.",
        told("SANCTION", "put a tax", "ISL", "NOR", day="2021-03-02", of=of),
    )


def test_what_is_lifted_while_the_same_report_says_that_the_rest_stays_is_eased() -> None:
    quarrel = busy()
    known_by(quarrel, "the rest")
    lifted_in_part(quarrel)

    matter = only(quarrel.on("2021-05-01"), "measures")

    assert (matter.state, matter.day) == ("eased", day("2021-04-06"))
    assert matter.deciding.state == "eased"
    assert matter.deciding.account.sentence_text == f"{LIFTED}."


@pytest.mark.parametrize(
    ("same_report", "aspect"), [(False, "continued"), (True, "begun")], ids=["earlier", "begun"]
)
def test_only_what_the_same_report_says_of_the_rest_makes_a_lifting_an_easing(
    same_report: bool, aspect: str
) -> None:
    quarrel = busy()
    known_by(quarrel, "the rest")
    lifted_in_part(quarrel, same_report=same_report, aspect=aspect)

    assert "eased" not in states(quarrel.on("2021-05-01"), "measures")


def test_what_is_lifted_altogether_after_it_was_eased_is_lifted() -> None:
    quarrel = busy()
    known_by(quarrel, "the rest")
    lifted_in_part(quarrel)
    quarrel.report(
        "2021-06-02",
        "Iceland lifted the whole of its tax of 50 per cent on Norwegian salmon on June 1.",
        told("CONCEDE", "lifted", "ISL", "NOR", day="2021-06-01"),
    )

    matter = only(quarrel.on("2021-07-01"), "measures")

    assert (matter.state, matter.day) == ("lifted", day("2021-06-01"))


#: What undoes what: the mode of the deed, that of the measure, and their types.
REVERSALS = [
    ("release", "arrest", "COERCE"),
    ("release", "terrorism", "ASSAULT"),
    ("release", "abduct", "ASSAULT"),
    ("withdraw", "troops", "MOBILIZE"),
    ("withdraw", "militia", "MOBILIZE"),
    ("withdraw", "police", "MOBILIZE"),
    ("withdraw", "weapons", "MOBILIZE"),
    ("withdraw", "occupy", "COERCE"),
    ("return", "seize", "COERCE"),
    ("return", "occupy", "COERCE"),
    ("access", "restrict", "COERCE"),
    ("access", "ban", "COERCE"),
    ("access", "expel", "COERCE"),
]


def test_every_reversal_of_the_file_is_tried_here() -> None:
    listed = {(mode, undone) for mode, all_ in rules.table("reversals").items() for undone in all_}

    assert {(mode, undone) for mode, undone, _ in REVERSALS} == listed


def undone_by(mode: str, undone: str, type_: str) -> Quarrel:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Iceland did this to seven Norwegian fishermen of the Havorn on March 2.",
        told(type_, "did this", "ISL", "NOR", mode=undone, day="2021-03-02", aspect="resumed"),
    )
    quarrel.report(
        "2021-04-07",
        "Iceland undid it for the seven Norwegian fishermen of the Havorn on April 6.",
        told("RETREAT", "undid it", "ISL", "NOR", mode=mode, day="2021-04-06"),
    )
    return quarrel


@pytest.mark.parametrize(("mode", "undone", "type_"), REVERSALS)
def test_a_deed_ends_the_measure_that_it_undoes(mode: str, undone: str, type_: str) -> None:
    matter = only(undone_by(mode, undone, type_).on("2021-05-01"), "measures")

    assert (matter.state, matter.day, len(matter.steps)) == ("done", day("2021-04-06"), 2)


@pytest.mark.parametrize(
    ("mode", "undone", "type_"),
    [("release", "seize", "COERCE"), ("withdraw", "arrest", "COERCE"), ("return", "ban", "COERCE")],
)
def test_another_deed_leaves_the_measure_in_force(mode: str, undone: str, type_: str) -> None:
    found = undone_by(mode, undone, type_).on("2021-05-01")

    assert states(found, "measures") == ["done", "resumed"]


def test_what_comes_after_a_deed_that_was_done_once_is_no_step_of_it() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Iceland turned its gunboats back.",
        told("RETREAT", "turned its gunboats back", "ISL", "NOR", day="2021-03-02"),
    )
    quarrel.report(
        "2021-05-01",
        "Iceland turned its gunboats back against Norway.",
        told("MOBILIZE", "turned its gunboats back", "ISL", "NOR", day="2021-05-01"),
    )

    found = quarrel.on("2021-06-01").of("measures")

    assert [(m.state, str(m.day)) for m in found] == [
        ("done", "2021-03-02"),
        ("in force", "2021-05-01"),
    ]


def test_two_things_that_one_side_does_stay_two() -> None:
    quarrel = busy()
    taxed(quarrel)
    quarrel.report(
        "2021-03-03",
        "Iceland closed three harbours to Norwegian trawlers on March 2.",
        told("COERCE", "closed", "ISL", "NOR", day="2021-03-02"),
    )
    quarrel.report(
        "2021-04-07",
        "Iceland opened the three harbours to Norwegian trawlers on April 6.",
        told("CONCEDE", "opened", "ISL", "NOR", day="2021-04-06"),
    )

    found = {m.accounts[0].anchor.text: m for m in quarrel.on("2021-05-01").of("measures")}

    assert {name: m.state for name, m in found.items()} == {
        "put a tax": "in force",
        "closed": "lifted",
    }
    assert found["closed"].day == day("2021-04-06")


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("NOR", "ISL", 2),
        ("ISL GBR", "NOR", 2),
        ("ISL", "GBR", 2),
        ("ISL", "NOR GBR", 1),
        ("ISL", "", 1),
    ],
)
def test_the_same_deed_by_others_or_against_others_is_another_measure(
    source: str, target: str, count: int
) -> None:
    quarrel = busy()
    taxed(quarrel)
    quarrel.report(
        "2021-03-04",
        "A tax of 50 per cent was put on salmon.",
        told("SANCTION", "tax", source, target, day="2021-03-02"),
    )

    assert len(quarrel.on("2021-05-01").of("measures")) == count


def test_a_minister_does_what_his_state_does() -> None:
    quarrel = busy()
    taxed(quarrel)
    quarrel.report(
        "2021-04-07",
        "Agustsson lifted the tax of 50 per cent on salmon on April 6.",
        told("CONCEDE", "lifted", "ISL.GOV.EINAR_AGUSTSSON", "NOR", day="2021-04-06"),
    )

    matter = only(quarrel.on("2021-05-01"), "measures")

    assert (matter.state, matter.source) == ("lifted", ("ISL.GOV.EINAR_AGUSTSSON",))


def test_accounts_of_one_event_are_one_measure_in_whatever_words() -> None:
    quarrel = busy()
    for words in ("Iceland put a tax on salmon.", "Reykjavik slapped a levy on fish."):
        anchor = "tax" if "tax" in words else "levy"
        quarrel.report("2021-03-03", words, told("SANCTION", anchor, "ISL", "NOR", of="the tax"))

    assert len(only(quarrel.on("2021-05-01"), "measures").steps) == 2


def test_whose_sanctions_they_are_need_not_be_told_but_of_a_drill_it_must() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Norway was hit by new export bans. There were drills off Norway.",
        told("SANCTION", "bans", "", "NOR"),
        told("MOBILIZE", "drills", "", "NOR"),
    )

    matter = only(quarrel.on("2021-03-03"), "measures")

    assert (matter.source, matter.target) == ((), ("NOR",))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Iceland withdrew its threat to put a tax on salmon.", False),
        ("Iceland withdrew its envoy and put a tax on salmon.", True),
    ],
)
def test_a_deed_of_a_threat_that_was_taken_back_was_not_done(text: str, made: bool) -> None:
    quarrel = busy()
    quarrel.report("2021-03-03", text, told("SANCTION", "put a tax", "ISL", "NOR"))

    assert bool(quarrel.on("2021-03-03").of("measures")) is made


def test_a_promise_that_was_broken_is_no_deed() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Iceland broke its promise to lift the tax on salmon.",
        told("CONCEDE", "lift", "ISL", "NOR"),
    )

    assert quarrel.on("2021-03-03").of("measures") == ()


@pytest.mark.parametrize(
    ("second", "since"),
    [("2021-06-05", "2021-06-05"), ("2021-06-01/2021-06-30", "2021-03-02")],
    ids=["day", "month"],
)
def test_what_replaces_a_measure_began_when_it_was_put_in_force(second: str, since: str) -> None:
    quarrel = busy()
    taxed(quarrel)
    quarrel.report(
        "2021-07-06",
        "Iceland put a tax of 90 per cent on Norwegian salmon.",
        told("SANCTION", "put a tax", "ISL", "NOR", day=second),
    )

    matter = only(quarrel.on("2021-07-06"), "measures")

    assert (matter.state, matter.day) == ("in force", day(since))


def test_what_no_report_dates_stands_since_it_was_reported() -> None:
    quarrel = busy()
    taxed(quarrel, day_=None)

    assert days(quarrel.on("2021-03-03").of("measures")) == ["2021-03-03"]


def test_a_measure_has_the_condition_that_it_hangs_on() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Iceland put a tax on salmon until Norway frees the Havorn.",
        told("SANCTION", "put a tax", "ISL", "NOR"),
        tied=[Tied("put a tax on salmon", "until", "Norway frees the Havorn")],
    )

    tie = only(quarrel.on("2021-03-03"), "measures").condition

    assert tie is not None
    assert (tie.relation, tie.condition.text) == ("until", "Norway frees the Havorn")


def test_no_account_is_of_two_measures() -> None:
    quarrel = busy()
    known_by(quarrel, "the rest")
    lifted_in_part(quarrel)
    quarrel.report(
        "2021-06-01",
        "Iceland closed three harbours.",
        told("COERCE", "closed", "ISL", "NOR", day="2021-05-30"),
    )

    told_of: list[Account] = [
        account for m in quarrel.on("2021-06-01").of("measures") for account in m.accounts
    ]

    assert len(told_of) == len({account.id for account in told_of}) == 4
