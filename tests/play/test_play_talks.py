"""Meetings: from the proposal to what became of them, over several reports."""

from __future__ import annotations

import pytest

from tests.play.quarrel import Quarrel, Tied, day, days, only, states, talks, told

MINISTER, ENVOY = "ISL.GOV.EINAR_AGUSTSSON", "ISL.GOV.VILBORG_JONSDOTTIR"
OTHER = "NOR.GOV.KARI_DAHL"


def proposed(quarrel: Quarrel) -> None:
    quarrel.report(
        "2021-03-01",
        "Iceland proposed talks with Norway on March 19.",
        talks("talks", status="requested", day="2021-03-19"),
    )


def scheduled(quarrel: Quarrel) -> None:
    quarrel.report(
        "2021-03-05",
        "Talks between Iceland and Norway have been set for March 19 in Tromso.",
        talks("Talks", status="planned", day="2021-03-19", place=("Tromso", "NOR")),
    )


@pytest.mark.parametrize(
    ("text", "status", "state"),
    [
        ("Iceland called off its talks with Norway on March 19.", "cancelled", "called off"),
        ("The talks of Iceland and Norway on March 19 were put off.", "postponed", "postponed"),
        ("Iceland and Norway held talks on March 19.", "actual", "held"),
        ("Iceland said it would not come to talks on March 19.", "denied", "refused"),
    ],
)
def test_a_meeting_goes_from_proposed_to_its_end(text: str, status: str, state: str) -> None:
    quarrel = Quarrel()
    proposed(quarrel)
    scheduled(quarrel)
    published = "2021-03-20" if state == "held" else "2021-03-17"
    quarrel.report(published, text, talks("talks", status=status, day="2021-03-19"))

    told_of = [only(quarrel.on(on), "talks") for on in ("2021-03-01", "2021-03-05", "2021-04-01")]

    assert [matter.state for matter in told_of] == ["proposed", "scheduled", state]
    assert {matter.day for matter in told_of} == {day("2021-03-19")}
    assert [step.state for step in told_of[-1].steps] == ["proposed", "scheduled", state]
    assert told_of[-1].quoted.sentence_text == text
    assert quarrel.on("2021-02-28").of("talks") == ()


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
@pytest.mark.parametrize("day_", ["2021-03-19", None])
def test_what_a_meeting_once_was_does_not_take_back_what_became_of_it(
    status: str, day_: str | None
) -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report(
        "2021-03-17",
        "The talks on March 19 will not be held as planned.",
        talks("talks", status=status, day="2021-03-19", of="round"),
    )
    before = only(quarrel.on("2021-03-17"), "talks").state
    # Without a day, it is by its event in the store that an account is known to be of a meeting.
    of = None if day_ else "round"
    quarrel.report(
        "2021-03-24",
        "Norway spoke of the talks that had been set for March 19 on an Icelandic proposal.",
        talks("talks", status="planned", day=day_, of=of),
        talks("proposal", status="requested", day=day_, of=of),
    )

    matter = only(quarrel.on("2021-04-01"), "talks")

    assert matter.state == before
    assert len(matter.accounts) == 4
    assert matter.deciding.account.published == day("2021-03-17")


def test_two_meetings_of_the_same_parties_on_two_days_stay_two() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Talks are set for March 9. A second round is planned for March 19.",
        talks("Talks", status="planned", day="2021-03-09"),
        talks("second round", status="planned", day="2021-03-19"),
    )
    quarrel.report(
        "2021-03-12",
        "Iceland and Norway met on March 9. Oslo has called off the round of March 19.",
        talks("met", day="2021-03-09"),
        talks("round", status="cancelled", day="2021-03-19"),
    )

    found = quarrel.on("2021-04-01").of("talks")

    assert [(m.state, m.day) for m in found] == [
        ("held", day("2021-03-09")),
        ("called off", day("2021-03-19")),
    ]
    assert [len(m.steps) for m in found] == [2, 2]


@pytest.mark.parametrize(("later", "count"), [("2021-03-20", 1), ("2021-03-21", 2)])
def test_a_day_more_or_less_is_the_same_meeting_and_two_are_not(later: str, count: int) -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report("2021-03-22", "Iceland and Norway met.", talks("met", day=later))

    assert len(quarrel.on("2021-04-01").of("talks")) == count


def test_the_day_of_a_meeting_is_the_narrowest_that_a_report_gives() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-01",
        "Iceland and Norway will meet in the week of March 15.",
        talks("meet", status="planned", day="2021-03-15/2021-03-21"),
    )
    wide = only(quarrel.on("2021-03-01"), "talks")
    scheduled(quarrel)

    narrow = only(quarrel.on("2021-03-05"), "talks")

    assert (wide.day, wide.until) == (day("2021-03-15"), day("2021-03-21"))
    assert (narrow.day, narrow.until) == (day("2021-03-19"), day("2021-03-19"))


def test_a_meeting_that_goes_over_the_end_of_a_month_is_found_from_both() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-20",
        "Iceland and Norway will hold talks from March 30 to April 2.",
        talks("talks", status="planned", day="2021-03-30/2021-04-02"),
    )
    quarrel.report("2021-04-05", "Iceland and Norway held talks.", talks("talks", day="2021-04-01"))

    assert only(quarrel.on("2021-04-05"), "talks").state == "held"


def test_what_became_of_a_meeting_without_a_day_is_of_the_one_last_spoken_of() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-02-20",
        "Iceland and Norway met on February 18.",
        talks("met", day="2021-02-18"),
    )
    scheduled(quarrel)
    quarrel.report(
        "2021-03-17", "Norway has called off the talks.", talks("talks", status="cancelled")
    )

    assert states(quarrel.on("2021-04-01"), "talks") == ["called off", "held"]
    assert days(quarrel.on("2021-04-01").of("talks")) == ["2021-02-18", "2021-03-19"]


def test_what_is_said_much_later_without_a_day_is_of_no_old_meeting() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report(
        "2021-06-17", "Norway has called off the talks.", talks("talks", status="cancelled")
    )

    assert states(quarrel.on("2021-07-01"), "talks") == ["called off", "scheduled"]


def test_that_the_two_met_some_time_is_not_the_meeting_that_is_set() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report("2021-03-08", "Iceland and Norway have met before.", talks("met"))

    assert states(quarrel.on("2021-03-10"), "talks") == ["held", "scheduled"]


@pytest.mark.parametrize(
    ("people", "count"),
    [
        (f"{MINISTER} {OTHER}", 1),
        (f"{ENVOY} {OTHER}", 2),
        ("ISL NOR", 1),
        (f"ISL {OTHER}", 1),
        (f"{MINISTER} NOR.MIL", 1),
    ],
)
def test_other_people_are_another_meeting(people: str, count: int) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "The Icelandic minister and Kari Dahl are to meet on March 19.",
        talks("meet", f"{MINISTER} {OTHER}", status="planned", day="2021-03-19"),
    )
    quarrel.report("2021-03-20", "They met on Friday.", talks("met", people, day="2021-03-19"))

    found = quarrel.on("2021-04-01").of("talks")

    assert len(found) == count
    # Who is named by anybody is named.
    assert set(found[0].source) == {MINISTER, OTHER}


def test_talks_with_a_third_party_are_not_those_of_the_two() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report(
        "2021-03-18",
        "Iceland has called off talks with Britain.",
        talks("talks", "ISL GBR", status="cancelled", day="2021-03-19"),
    )

    assert states(quarrel.on("2021-04-01"), "talks") == ["called off", "scheduled"]


def test_a_host_at_the_table_is_of_the_same_meeting() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report(
        "2021-03-20",
        "Iceland and Norway met with the European Union in the chair.",
        talks("met", "ISL NOR IGO.EU", day="2021-03-19"),
    )

    assert only(quarrel.on("2021-04-01"), "talks").state == "held"


def test_a_meeting_needs_two_sides_and_soldiers_are_none() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "The minister met the envoy. Talks with soldiers went on.",
        talks("met", f"{MINISTER} {ENVOY}"),
        talks("Talks", "ISL MIL"),
    )

    assert quarrel.on("2021-03-05").of("talks") == ()


def test_accounts_of_one_event_are_one_meeting_whatever_they_say() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Talks are set for March 9.",
        talks("Talks", status="planned", day="2021-03-09", of="round"),
    )
    quarrel.report(
        "2021-03-20",
        "The minister met Kari Dahl on March 19.",
        talks("met", f"{ENVOY} {OTHER}", day="2021-03-19", of="round"),
    )

    matter = only(quarrel.on("2021-04-01"), "talks")

    assert (matter.state, len(matter.steps)) == ("held", 2)


def test_who_refuses_an_offer_refuses_the_meeting() -> None:
    quarrel = Quarrel()
    proposed(quarrel)
    quarrel.report(
        "2021-03-03",
        "Norway declined to meet before the summer.",
        told("REJECT", "declined", "NOR", "ISL", mode="meet"),
    )

    matter = only(quarrel.on("2021-03-05"), "talks")

    assert (matter.state, matter.day) == ("refused", day("2021-03-19"))


def test_talks_that_are_broken_off_were_held() -> None:
    quarrel = Quarrel()
    quarrel.report("2021-03-19", "Both are in talks.", talks("talks", day="2021-03-19"))
    quarrel.report(
        "2021-03-20",
        "Iceland walked out of the talks.",
        talks("talks", aspect="ended", day="2021-03-20"),
    )

    assert only(quarrel.on("2021-04-01"), "talks").state == "broken off"


def test_a_meeting_is_what_its_newest_account_says_and_hangs_on_the_newest_condition() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report(
        "2021-03-17",
        "Norway will come to the talks on March 19 only if the trawler is freed.",
        talks("talks", status="planned", day="2021-03-19"),
        tied=[Tied("come to the talks on March 19", "if", "the trawler is freed", "NOR")],
    )

    matter = only(quarrel.on("2021-03-18"), "talks")

    assert matter.condition is not None
    assert matter.condition.relation == "if"
    assert matter.condition.condition.text == "the trawler is freed"


def test_three_papers_with_one_agency_are_one_independent_source() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    original = quarrel.records[0].document.id
    for number in range(3):
        quarrel.report(
            "2021-03-06",
            f"Talks between Iceland and Norway have been set for March 19. Edition {number}.",
            talks("Talks", status="planned", day="2021-03-19"),
            original=original,
        )
    quarrel.report(
        "2021-03-07",
        "Talks will be held on March 19.",
        talks("Talks", status="planned", day="2021-03-19"),
        paper="The Fathom",
    )

    found = quarrel.on("2021-03-10")
    matter = only(found, "talks")

    assert (len(matter.accounts), matter.outlets) == (5, 2)
    assert (found.accounts, found.documents, found.outlets) == (5, 5, 2)


def test_where_nobody_names_the_paper_a_copy_is_still_no_second_source() -> None:
    quarrel = Quarrel()
    (first,) = quarrel.report(
        "2021-03-05",
        "Talks will be held on March 19.",
        talks("Talks", status="planned", day="2021-03-19"),
        paper=None,
    )
    quarrel.report(
        "2021-03-06",
        "Talks will be held on March 19, as told.",
        talks("Talks", status="planned", day="2021-03-19"),
        paper=None,
        original=first.document,
    )

    assert only(quarrel.on("2021-03-10"), "talks").outlets == 1


def test_what_is_planned_is_told_before_its_day_and_what_happened_only_after() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-20",
        "Iceland and Norway met on March 19. They will meet again on April 9.",
        talks("met", day="2021-03-19"),
        talks("meet", status="planned", day="2021-04-09"),
    )

    assert states(quarrel.on("2021-03-18", hindsight=True), "talks") == []
    assert states(quarrel.on("2021-03-19", hindsight=True), "talks") == ["held"]
    assert states(quarrel.on("2021-03-19"), "talks") == []
    assert states(quarrel.on("2021-03-20"), "talks") == ["held", "scheduled"]


# ---------------------------------------------------------------- talks that are stopped, and go on


@pytest.mark.parametrize(
    ("text", "type_", "words", "state"),
    [
        ("Iceland suspended the talks with Norway.", "SANCTION", "suspended", "suspended"),
        ("Iceland walked out of talks with Norway.", "REJECT", "walked out", "broken off"),
    ],
)
@pytest.mark.parametrize("target", ["NOR", ""])
def test_who_stops_talks_stops_them_with_the_other_party(
    text: str, type_: str, words: str, state: str, target: str
) -> None:
    quarrel = Quarrel()
    quarrel.report("2021-03-20", text, told(type_, words, "ISL", target, day="2021-03-19"))

    matter = only(quarrel.on("2021-03-20"), "talks")

    assert (matter.state, matter.day) == (state, day("2021-03-19"))
    assert {*matter.source, *matter.target} == {"ISL", "NOR"}


def test_of_three_parties_nobody_knows_whom_one_leaves_at_the_table() -> None:
    quarrel = Quarrel("ISL", "NOR", "GBR")
    quarrel.report(
        "2021-03-20", "Iceland suspended the talks.", told("SANCTION", "suspended", "ISL")
    )

    assert quarrel.on("2021-03-20").of("talks") == ()


@pytest.mark.parametrize(
    ("status", "before"), [("denied", "refused"), ("requested", "proposed")], ids=str
)
@pytest.mark.parametrize(
    ("met", "day_", "after"),
    [
        ("ISL NOR", "2021-05-09", "overtaken"),
        ("ISL NOR IGO.EU", "2021-05-09", "overtaken"),
        # With somebody else, before it was said, on no day that is told.
        ("ISL GBR", "2021-05-09", None),
        ("ISL NOR", "2021-02-09", None),
        ("ISL NOR", None, None),
    ],
)
def test_a_refusal_or_a_proposal_no_longer_stands_once_they_have_met(
    status: str, before: str, met: str, day_: str | None, after: str | None
) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Iceland said that it would not meet Norway.",
        talks("meet", status=status),
    )
    quarrel.report("2021-05-10", "There was a meeting.", talks("meeting", met, day=day_))

    assert states(quarrel.on("2021-03-05"), "talks") == [before]
    found = {m.accounts[0].published: m.state for m in quarrel.on("2021-06-01").of("talks")}
    assert found == {day("2021-03-05"): after or before, day("2021-05-10"): "held"}


def test_a_meeting_that_was_called_off_is_not_overtaken_by_another() -> None:
    quarrel = Quarrel()
    scheduled(quarrel)
    quarrel.report(
        "2021-03-17",
        "Iceland called off the talks of March 19.",
        talks("talks", status="cancelled", day="2021-03-19"),
    )
    quarrel.report("2021-05-10", "The two met on May 9.", talks("met", day="2021-05-09"))

    assert states(quarrel.on("2021-06-01"), "talks") == ["called off", "held"]
