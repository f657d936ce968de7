"""Promises, demands and threats: made, repeated, answered, kept, broken, taken back."""

from __future__ import annotations

import pytest

from standoff.play import Kind, rules
from standoff.record import Attribution
from tests.play.quarrel import Quarrel, Tied, busy, day, only, states, told

# ------------------------------------------------------------------------------------ promises


def promised(quarrel: Quarrel, *, due: str | None = "2021-03-31") -> None:
    quarrel.report(
        "2021-03-03",
        "Iceland promised Norway to free the trawler Havorn by the end of March.",
        told("AGREE", "promised", "ISL", "NOR"),
        told("RETREAT", "free", "ISL", "NOR", status="promised", mode="release", day=due),
    )


def freed(quarrel: Quarrel, source: str = "ISL", published: str = "2021-03-20") -> None:
    quarrel.report(
        published,
        "The trawler Havorn was freed on March 19.",
        told("RETREAT", "freed", source, "NOR", mode="release", day="2021-03-19"),
    )


def test_a_promise_is_open_until_its_day() -> None:
    quarrel = busy()
    promised(quarrel)

    matter = only(quarrel.on("2021-03-31"), "commitments")

    assert (matter.state, matter.day) == ("open", day("2021-03-31"))
    assert (matter.source, matter.target) == (("ISL",), ("NOR",))
    assert matter.deed is not None
    assert matter.quoted.anchor.text == "free"


def test_a_promise_is_overdue_after_its_day() -> None:
    quarrel = busy()
    promised(quarrel)

    matter = only(quarrel.on("2021-04-01"), "commitments")

    assert (matter.state, matter.day) == ("overdue", day("2021-03-31"))
    assert matter.deciding.account.published == day("2021-03-03")


def test_a_promise_without_a_day_is_never_overdue() -> None:
    quarrel = busy()
    promised(quarrel, due=None)

    matter = only(quarrel.on("2031-04-01"), "commitments")

    assert (matter.state, matter.day) == ("open", None)


@pytest.mark.parametrize("source", ["ISL", "ISL.GOV.EINAR_AGUSTSSON"])
def test_a_promise_is_kept_by_the_deed_even_if_nobody_says_so(source: str) -> None:
    quarrel = busy()
    promised(quarrel)
    freed(quarrel, source)

    matter = only(quarrel.on("2021-05-01"), "commitments")

    assert (matter.state, matter.day) == ("kept", day("2021-03-19"))
    assert matter.quoted.anchor.text == "freed"
    assert only(quarrel.on("2021-03-19"), "commitments").state == "open"


def test_a_promise_is_not_kept_by_what_others_do() -> None:
    quarrel = busy()
    promised(quarrel)
    freed(quarrel, "GBR")

    assert only(quarrel.on("2021-03-31"), "commitments").state == "open"


def test_a_promise_is_not_kept_by_what_was_done_before_it() -> None:
    quarrel = busy()
    promised(quarrel, due=None)
    quarrel.report(
        "2021-03-20",
        "The trawler Havorn had been freed once, on February 2.",
        told("RETREAT", "freed", "ISL", "NOR", mode="release", day="2021-02-02"),
    )

    assert only(quarrel.on("2021-05-01"), "commitments").state == "open"


def test_a_promise_is_not_kept_by_what_was_told_on_the_same_day() -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report(
        "2021-03-03",
        "The trawler Havorn was freed on Wednesday.",
        told("RETREAT", "freed", "ISL", "NOR", mode="release", day="2021-03-03"),
        paper="The Fathom",
    )

    assert only(quarrel.on("2021-03-25"), "commitments").state == "open"


@pytest.mark.parametrize(
    ("type_", "state"), [("CONCEDE", "kept"), ("SUPPORT", "kept"), ("AID", "open")]
)
def test_a_promise_is_kept_by_a_deed_of_its_sort(type_: str, state: str) -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report(
        "2021-03-20",
        "Iceland did so for the trawler Havorn, the free one.",
        told(type_, "did so", "ISL", "NOR", day="2021-03-19"),
    )

    assert only(quarrel.on("2021-03-25"), "commitments").state == state


def test_a_promise_is_not_kept_by_another_deed() -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report(
        "2021-03-20",
        "Iceland opened three harbours to cruise ships.",
        told("RETREAT", "opened", "ISL", "NOR", mode="access", day="2021-03-19"),
    )

    assert only(quarrel.on("2021-03-25"), "commitments").state == "open"


@pytest.mark.parametrize("status", ["planned", "requested", "denied", "cancelled", "hypothetical"])
def test_a_promise_is_kept_by_nothing_but_the_deed_itself(status: str) -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report(
        "2021-03-20",
        "They spoke of the trawler Havorn being freed.",
        told("RETREAT", "freed", "ISL", "NOR", mode="release", status=status, day="2021-03-19"),
    )

    assert "kept" not in states(quarrel.on("2021-03-25"), "commitments")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Iceland broke its promise to free the trawler Havorn.", "broken"),
        ("Iceland reneged on a pledge to free the trawler Havorn.", "broken"),
        ("Iceland kept its promise to free the trawler Havorn.", "kept"),
        ("Iceland honoured its commitment to free the trawler Havorn.", "kept"),
    ],
)
def test_reports_say_whether_a_promise_was_kept_or_broken(text: str, state: str) -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report("2021-04-05", text, told("RETREAT", "free", "ISL", "NOR", mode="release"))

    matter = only(quarrel.on("2021-05-01"), "commitments")

    assert (matter.state, matter.day) == (state, day("2021-04-05"))
    assert matter.quoted.sentence_text == text


def test_each_promise_is_kept_by_its_own_deed() -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report(
        "2021-03-04",
        "Iceland promised to lift the tax on salmon.",
        told("AGREE", "promised", "ISL", "NOR"),
        told("CONCEDE", "lift", "ISL", "NOR", status="promised"),
    )
    freed(quarrel)

    found = {m.accounts[0].published: m.state for m in quarrel.on("2021-03-25").of("commitments")}

    assert found == {day("2021-03-03"): "kept", day("2021-03-04"): "open"}


def test_a_promise_told_by_two_papers_is_one() -> None:
    quarrel = busy()
    promised(quarrel)
    quarrel.report(
        "2021-03-05",
        "By the end of March the trawler Havorn is to be freed, Iceland has promised.",
        told("AGREE", "promised", "ISL", "NOR"),
        told("RETREAT", "freed", "ISL", "NOR", status="promised", mode="release"),
        paper="The Fathom",
    )

    assert only(quarrel.on("2021-03-06"), "commitments").outlets == 2


# ------------------------------------------------------------------------------------- demands


def demanded(quarrel: Quarrel) -> None:
    quarrel.report(
        "2021-03-03",
        "Norway demanded that Iceland lift its tax on salmon.",
        told("REQUEST", "demanded", "NOR", "ISL"),
        told("CONCEDE", "lift", "ISL", "NOR", status="requested"),
    )


def test_a_demand_is_open() -> None:
    quarrel = busy()
    demanded(quarrel)

    matter = only(quarrel.on("2022-03-03"), "demands")

    assert (matter.state, matter.day) == ("open", day("2021-03-03"))
    assert (matter.source, matter.target) == (("NOR",), ("ISL",))
    assert matter.quoted.anchor.text == "lift"


def test_a_demand_is_met_when_the_other_side_does_what_is_demanded() -> None:
    quarrel = busy()
    demanded(quarrel)
    quarrel.report(
        "2021-06-02",
        "Iceland lifted its tax on salmon on June 1.",
        told("CONCEDE", "lifted", "ISL", "NOR", day="2021-06-01"),
    )

    matter = only(quarrel.on("2021-07-01"), "demands")

    assert (matter.state, matter.day) == ("met", day("2021-06-01"))
    assert only(quarrel.on("2021-06-01"), "demands").state == "open"


def test_a_demand_is_not_met_by_who_made_it() -> None:
    quarrel = busy()
    demanded(quarrel)
    quarrel.report(
        "2021-06-02",
        "Norway lifted its tax on salmon on June 1.",
        told("CONCEDE", "lifted", "NOR", "ISL", day="2021-06-01"),
    )

    assert only(quarrel.on("2021-07-01"), "demands").state == "open"


@pytest.mark.parametrize(
    "answer", ["Agustsson refused.", "The minister rejected it.", "Iceland turned it down."]
)
def test_a_demand_is_refused_in_the_next_sentence_whatever_its_words(answer: str) -> None:
    anchor = next(word for word in ("refused", "rejected", "turned it down") if word in answer)
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        f"Norway demanded that Iceland lift its tax on salmon. {answer}",
        told("REQUEST", "demanded", "NOR", "ISL"),
        told("CONCEDE", "lift", "ISL", "NOR", status="requested"),
        told("REJECT", anchor, "ISL.GOV.EINAR_AGUSTSSON", "NOR"),
    )

    matter = only(quarrel.on("2021-03-03"), "demands")

    assert matter.state == "refused"
    assert (matter.source, matter.target) == (("NOR",), ("ISL",))
    assert matter.quoted.anchor.text == anchor


def test_a_demand_is_refused_in_a_later_report_by_its_words() -> None:
    quarrel = busy()
    demanded(quarrel)
    quarrel.report(
        "2021-03-09",
        "Iceland dismissed the demand to lift the tax on salmon.",
        told("REJECT", "dismissed", "ISL", "NOR"),
    )

    matter = only(quarrel.on("2021-03-10"), "demands")

    assert (matter.state, matter.day) == ("refused", day("2021-03-09"))


def test_a_refusal_of_what_nobody_demanded_is_no_demand() -> None:
    quarrel = busy()
    demanded(quarrel)
    quarrel.report(
        "2021-03-09",
        "Iceland rejected a plan for whale watching.",
        told("REJECT", "rejected", "ISL", "NOR"),
    )

    assert only(quarrel.on("2021-03-10"), "demands").state == "open"


def test_who_made_a_demand_does_not_refuse_it() -> None:
    quarrel = busy()
    demanded(quarrel)
    quarrel.report(
        "2021-03-09",
        "Norway refused to say whether Iceland would lift the tax on salmon.",
        told("REJECT", "refused", "NOR", "ISL"),
    )

    assert only(quarrel.on("2021-03-10"), "demands").state == "open"


def test_a_deed_that_is_wanted_is_a_demand_of_whoever_says_so() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "The tax on salmon must go, said Kari Dahl.",
        told(
            "CONCEDE", "go", "ISL", "",
            status="requested",
            said_by=(Attribution("NOR.GOV.KARI_DAHL", "Kari Dahl", "said"),),
        ),
    )  # fmt: skip

    matter = only(quarrel.on("2021-03-04"), "demands")

    assert (matter.state, matter.target) == ("open", ("ISL",))


# ------------------------------------------------------------------------------------- threats


def threatened(quarrel: Quarrel) -> None:
    quarrel.report(
        "2021-03-03",
        "Norway threatened to bar Icelandic ferries from its fjords unless the tax is lifted.",
        told("THREATEN", "threatened", "NOR", "ISL"),
        told("COERCE", "bar", "NOR", "ISL", status="threatened"),
        tied=[Tied("bar Icelandic ferries", "unless", "the tax is lifted", "NOR")],
    )


def test_a_threat_stands_with_its_condition() -> None:
    quarrel = busy()
    threatened(quarrel)

    matter = only(quarrel.on("2022-03-03"), "threats")

    assert (matter.state, matter.source, matter.target) == ("standing", ("NOR",), ("ISL",))
    assert matter.condition is not None
    assert matter.condition.relation == "unless"
    assert matter.condition.condition.text == "the tax is lifted"


@pytest.mark.parametrize("type_", ["COERCE", "SANCTION"])
def test_a_threat_is_carried_out_by_the_deed(type_: str) -> None:
    quarrel = busy()
    threatened(quarrel)
    quarrel.report(
        "2021-04-02",
        "Norway barred Icelandic ferries from its fjords on April 1.",
        told(type_, "barred", "NOR", "ISL", day="2021-04-01"),
    )

    matter = only(quarrel.on("2021-05-01"), "threats")

    assert (matter.state, matter.day) == ("carried out", day("2021-04-01"))


def test_a_threat_is_carried_out_in_so_many_words() -> None:
    quarrel = busy()
    threatened(quarrel)
    quarrel.report(
        "2021-04-02",
        "Norway, carrying out a threat, barred Icelandic ferries from its fjords.",
        told("COERCE", "barred", "NOR", "ISL", day="2021-04-01"),
    )

    assert only(quarrel.on("2021-05-01"), "threats").state == "carried out"
    assert only(quarrel.on("2021-05-01"), "measures").day == day("2021-04-01")


def test_a_threat_is_withdrawn_and_what_it_announced_was_not_done() -> None:
    quarrel = busy()
    threatened(quarrel)
    quarrel.report(
        "2021-04-02",
        "Norway withdrew its threat to bar Icelandic ferries from its fjords.",
        told("RETREAT", "withdrew", "NOR", "ISL"),
        told("COERCE", "bar", "NOR", "ISL"),
    )

    found = quarrel.on("2021-05-01")

    assert (only(found, "threats").state, only(found, "threats").day) == (
        "withdrawn",
        day("2021-04-02"),
    )
    assert "in force" not in states(found, "measures")


def test_two_threats_stay_two_and_one_is_withdrawn() -> None:
    quarrel = busy()
    threatened(quarrel)
    quarrel.report(
        "2021-03-04",
        "Norway threatened to seize the coal of Spitsbergen.",
        told("THREATEN", "threatened", "NOR", "ISL"),
        told("COERCE", "seize", "NOR", "ISL", status="threatened"),
    )
    quarrel.report(
        "2021-04-02",
        "Norway dropped its threat to seize the coal of Spitsbergen.",
        told("THREATEN", "threat", "NOR", "ISL"),
        told("COERCE", "seize", "NOR", "ISL"),
    )

    found = {m.accounts[0].published: m.state for m in quarrel.on("2021-05-01").of("threats")}

    assert found == {day("2021-03-03"): "standing", day("2021-03-04"): "withdrawn"}


@pytest.mark.parametrize(
    ("tail", "count"),
    [
        ("Oslo's warning was no surprise", 1),
        ("The angry warning was no surprise", 2),
        ("Norway warned of worse", 2),
    ],
)
def test_whose_warning_it_is_takes_up_the_threat_of_the_same_report(tail: str, count: int) -> None:
    filler = "Nobody in the fish market of Bergen, which opens at four, would speak about it. "
    anchor = "warned" if "warned" in tail else "warning"
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        f"Norway threatened to bar Icelandic ferries from its fjords. {filler * 6}{tail}.",
        told("THREATEN", "threatened", "NOR", "ISL"),
        told("COERCE", "bar", "NOR", "ISL", status="threatened"),
        told("THREATEN", anchor, "NOR", "ISL", after="about it. " + tail[:4]),
    )

    assert len(quarrel.on("2021-03-04").of("threats")) == count


def test_the_threat_takes_up_what_was_announced_just_before() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Norway threatened to bar Icelandic ferries from its fjords. The threat was no surprise.",
        told("THREATEN", "threatened", "NOR", "ISL"),
        told("COERCE", "bar", "NOR", "ISL", status="threatened"),
        told("THREATEN", "threat", "NOR", "ISL", after="The "),
    )

    assert len(only(quarrel.on("2021-03-04"), "threats").steps) == 2


def test_a_threat_that_only_a_deed_tells_of_is_one() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Icelandic ferries would be barred from the fjords.",
        told("COERCE", "barred", "NOR", "ISL", status="threatened"),
    )

    assert only(quarrel.on("2021-03-04"), "threats").state == "standing"


# ------------------------------------------------------------------------------------ all kinds

#: Who announces a deed by what, who does it, and what the matter is then.
ANNOUNCED: dict[Kind, tuple[str, str, str, str, str]] = {
    "commitments": ("AGREE", "promised", "ISL", "kept", "open"),
    "demands": ("REQUEST", "requested", "NOR", "met", "open"),
    "threats": ("THREATEN", "threatened", "ISL", "carried out", "standing"),
}


@pytest.mark.parametrize(
    ("kind", "type_"),
    [(kind, type_) for kind in ANNOUNCED for type_ in rules.table("claims")[kind]["done"]],
)
def test_every_type_of_deed_of_the_file_fulfils_a_claim_of_it(kind: Kind, type_: str) -> None:
    act, status, source, fulfilled, first = ANNOUNCED[kind]
    target = "NOR" if source == "ISL" else "ISL"
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "They spoke of the harpoon that will be moved to Hammerfest.",
        told(act, "spoke", source, target),
        told(type_, "moved", "ISL", "NOR", status=status),
    )
    quarrel.report(
        "2021-04-02",
        "Iceland moved the harpoon to Hammerfest on April 1.",
        told(type_, "moved", "ISL", "NOR", day="2021-04-01"),
    )

    assert only(quarrel.on("2021-04-01"), kind).state == first
    matter = only(quarrel.on("2021-04-02"), kind)
    assert (matter.state, matter.day) == (fulfilled, day("2021-04-01"))


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("commitments", "SANCTION"), ("demands", "ASSAULT"), ("threats", "CONCEDE")],
)
def test_a_deed_of_no_such_type_fulfils_nothing(kind: Kind, type_: str) -> None:
    act, status, source, _, first = ANNOUNCED[kind]
    announced = "COERCE" if kind == "threats" else "CONCEDE"
    target = "NOR" if source == "ISL" else "ISL"
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "They spoke of the harpoon that will be moved to Hammerfest.",
        told(act, "spoke", source, target),
        told(announced, "moved", "ISL", "NOR", status=status),
    )
    quarrel.report(
        "2021-04-02",
        "Iceland moved the harpoon to Hammerfest on April 1.",
        told(type_, "moved", "ISL", "NOR", day="2021-04-01"),
    )

    assert only(quarrel.on("2021-05-01"), kind).state == first


def test_words_for_claims_themselves_make_no_two_claims_alike() -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Norway repeated and insisted on its demand and ultimatum, a request for coal.",
        told("REQUEST", "demand", "NOR", "ISL"),
    )
    quarrel.report(
        "2021-04-03",
        "Norway repeated and insisted on its demand and ultimatum, a request for maps.",
        told("REQUEST", "demand", "NOR", "ISL"),
    )

    assert len(quarrel.on("2021-05-01").of("demands")) == 2


def test_claims_of_the_two_sides_are_never_one() -> None:
    quarrel = busy()
    for source, target in (("ISL", "NOR"), ("NOR", "ISL")):
        quarrel.report(
            "2021-03-03",
            f"{source} threatened to cut the cable to the Faroes.",
            told("THREATEN", "threatened", source, target),
            told("COERCE", "cut", source, target, status="threatened"),
        )

    assert [m.source for m in quarrel.on("2021-05-01").of("threats")] in (
        [("ISL",), ("NOR",)],
        [("NOR",), ("ISL",)],
    )


# ---------------------------------------------------------------- what is said without its words


@pytest.mark.parametrize("source", ["NOR", "NOR.GOV.KARI_DAHL"])
def test_that_a_threat_is_taken_back_is_of_the_only_one_that_stands(source: str) -> None:
    quarrel = busy()
    threatened(quarrel)
    quarrel.report(
        "2021-04-02", "Oslo takes back threat.", told("THREATEN", "threat", source, "ISL")
    )

    assert only(quarrel.on("2021-04-02"), "threats").state == "withdrawn"


def test_of_several_threats_that_stand_the_one_of_the_same_person_is_taken_back() -> None:
    quarrel = busy()
    threatened(quarrel)
    quarrel.report(
        "2021-03-04",
        "Kari Dahl threatened to seize the coal of Spitsbergen.",
        told("THREATEN", "threatened", "NOR.GOV.KARI_DAHL", "ISL"),
        told("COERCE", "seize", "NOR", "ISL", status="threatened"),
    )
    quarrel.report(
        "2021-04-02",
        "Dahl takes back threat.",
        told("THREATEN", "threat", "NOR.GOV.KARI_DAHL", "ISL"),
    )

    found = {m.accounts[0].published: m.state for m in quarrel.on("2021-05-01").of("threats")}

    assert found == {day("2021-03-03"): "standing", day("2021-03-04"): "withdrawn"}


def test_a_demand_is_met_in_so_many_words() -> None:
    quarrel = busy()
    demanded(quarrel)
    quarrel.report(
        "2021-04-02",
        "Norway said that its demand to lift the tax on salmon had been met.",
        told("REQUEST", "demand", "NOR", "ISL"),
        told("CONCEDE", "lift", "ISL", "NOR"),
    )

    matter = only(quarrel.on("2021-05-01"), "demands")

    assert (matter.state, matter.day) == ("met", day("2021-04-02"))
