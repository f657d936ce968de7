"""Events that accounts differ about: who called it off, whether it happened, who denies it."""

from __future__ import annotations

import pytest

from standoff.play import Dispute, State
from standoff.record import Attribution
from standoff.record.parts import Stance
from tests.play.quarrel import Quarrel, Said, day, only, talks, told
from tests.store.reports import Told

OFFICE, MINISTRY, UNION = "ISL.GOV.OFFICE", "NOR.GOV.MINISTRY", "IGO.EU"


def one(state: State) -> Dispute:
    """Return the one dispute that there is."""
    (dispute,) = state.disputes
    return dispute


def versions(dispute: Dispute) -> set[tuple[str, str | None]]:
    """Return what is claimed, and by whom it is said to have been done."""
    return {(version.claim, version.by) for version in dispute.versions}


def voices(dispute: Dispute) -> set[str | None]:
    """Return who is quoted."""
    return {version.telling.speaker for version in dispute.versions if version.telling}


def blaming_each_other(quarrel: Quarrel) -> None:
    quarrel.report(
        "2021-03-17",
        "The office said that Norway called off the talks on March 19. "
        "The ministry said that it was Iceland who cancelled the meeting.",
        talks("talks", status="cancelled", day="2021-03-19"),
        talks("meeting", status="cancelled", day="2021-03-19"),
        said=[
            Said(OFFICE, "said", "Norway called off the talks on March 19"),
            Said(MINISTRY, "said", "it was Iceland who cancelled the meeting"),
        ],
    )


def test_who_called_it_off_is_disputed_by_those_who_are_quoted_on_it() -> None:
    quarrel = Quarrel()
    blaming_each_other(quarrel)

    dispute = one(quarrel.on("2021-03-17"))

    assert dispute.field == "source"
    assert versions(dispute) == {("called off", "NOR"), ("called off", "ISL")}
    assert voices(dispute) == {OFFICE, MINISTRY}
    assert only(quarrel.on("2021-03-17"), "talks").state == "called off"


def test_a_third_voice_says_that_it_was_only_put_off() -> None:
    quarrel = Quarrel()
    blaming_each_other(quarrel)
    quarrel.report(
        "2021-03-17",
        "A diplomat said that the talks of March 19 were merely postponed.",
        talks("talks", status="postponed", day="2021-03-19"),
        said=[Said(UNION, "said", "the talks of March 19 were merely postponed", via="MEDIA.BBC")],
    )

    dispute = one(quarrel.on("2021-03-17"))

    assert dispute.field == "status"
    assert versions(dispute) == {
        ("called off", "NOR"),
        ("called off", "ISL"),
        ("postponed", None),
    }
    assert {v.telling.via for v in dispute.versions if v.telling} == {None, "MEDIA.BBC"}


@pytest.mark.parametrize(
    "words",
    [
        "the meeting was called off by Norway",
        "Norwegian officials backed out of it",
        "it was Oslo that scrapped the meeting",
    ],
)
def test_both_blaming_the_same_side_is_no_dispute(words: str) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        f"The office said that Norway called off the talks on March 19. The Union said {words}.",
        talks("talks", status="cancelled", day="2021-03-19"),
        talks("it" if "it" in words.split() else "meeting", status="cancelled", day="2021-03-19",
              after="The Union said "),
        said=[
            Said(OFFICE, "said", "Norway called off the talks on March 19"),
            Said(UNION, "said", words),
        ],
    )  # fmt: skip

    assert quarrel.on("2021-03-17").disputes == ()


def test_one_voice_alone_disputes_nothing() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "The office said that Norway called off the talks and that Iceland cancelled the meeting.",
        talks("talks", status="cancelled", day="2021-03-19"),
        talks("meeting", status="cancelled", day="2021-03-19"),
        said=[
            Said(OFFICE, "said", "Norway called off the talks"),
            Said(OFFICE, "said", "Iceland cancelled the meeting"),
        ],
    )

    assert quarrel.on("2021-03-17").disputes == ()


@pytest.mark.parametrize(
    ("steps", "last"),
    [
        (
            (("2021-03-05", "planned"), ("2021-03-17", "postponed"), ("2021-04-05", "actual")),
            "held",
        ),
        ((("2021-03-05", "planned"), ("2021-03-17", "cancelled")), "called off"),
        (
            (("2021-03-05", "requested"), ("2021-03-06", "planned"), ("2021-03-20", "actual")),
            "held",
        ),
    ],
)
def test_what_follows_in_time_is_no_dispute(steps: tuple[tuple[str, str], ...], last: str) -> None:
    quarrel = Quarrel()
    for number, (published, status) in enumerate(steps):
        quarrel.report(
            published,
            f"The office spoke of the talks, as paper {number} says.",
            talks("talks", status=status, day="2021-03-19", of="round"),
            paper=f"Paper {number}",
        )

    found = quarrel.on("2021-05-01")

    assert (only(found, "talks").state, found.disputes) == (last, ())


@pytest.mark.parametrize(("published", "count"), [("2021-03-17", 1), ("2021-03-20", 0)])
def test_what_is_said_later_of_a_meeting_disputes_nothing(published: str, count: int) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "The office said that the talks were called off.",
        talks("talks", status="cancelled", day="2021-03-17", of="round"),
        said=[Said(OFFICE, "said", "the talks were called off")],
    )
    quarrel.report(
        published,
        "The ministry said that the talks went ahead.",
        talks("talks", day="2021-03-17", of="round"),
        paper="The Fathom",
        said=[Said(MINISTRY, "said", "the talks went ahead")],
    )

    assert len(quarrel.on("2021-03-25").disputes) == count


@pytest.mark.parametrize(
    "words",
    [
        "the talks were not cancelled",
        "nobody called off the talks",
        "it was never put off",
        "it wasn’t put off",
        "it hadn't been postponed",
    ],
)
def test_that_something_did_not_become_of_it_is_not_that_it_did(words: str) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        f"Norway called off the talks on March 19, the office said. The Union said {words}.",
        talks("talks", status="cancelled", day="2021-03-19"),
        talks("it" if "it" in words else "talks", status="cancelled", day="2021-03-19",
              after="The Union said "),
        said=[
            Said(OFFICE, "said", "Norway called off the talks on March 19"),
            Said(UNION, "said", words),
        ],
    )  # fmt: skip

    claims = {v.claim for d in quarrel.on("2021-03-17").disputes for v in d.versions if v.telling}

    assert claims <= {"called off"}


# ----------------------------------------------------------------------------------- denials


def shot_at(quarrel: Quarrel, denial: str, cue: str, *, speaker: str | None = MINISTRY) -> None:
    words = "a Norwegian cutter had fired at the trawler"
    quarrel.report(
        "2021-03-17",
        f"The office said that {words}. {denial}",
        told("ASSAULT", "fired", "NOR", "ISL", said_by=(Attribution(OFFICE, "office", "said"),)),
        said=[
            Said(OFFICE, "said", words),
            Said(speaker, cue, denial.partition(f"{cue} ")[2].rstrip(".")),
        ],
    )


def test_what_is_denied_in_the_next_sentence_is_disputed() -> None:
    quarrel = Quarrel()
    shot_at(quarrel, "The ministry denied that any cutter fired.", "denied")

    dispute = one(quarrel.on("2021-03-17"))

    assert dispute.field == "status"
    assert {v.claim for v in dispute.versions} == {"took place", "denied"}
    assert [v.denier for v in dispute.versions if v.claim == "denied"] == [MINISTRY]
    denial = next(v for v in dispute.versions if v.claim == "denied")
    assert denial.telling is not None
    assert denial.telling.content.text == "that any cutter fired"


@pytest.mark.parametrize(
    ("denial", "cue", "speaker"),
    [
        # It speaks of something else.
        ("The ministry denied being short of money.", "denied", MINISTRY),
        # It says the same.
        ("The ministry confirmed that a cutter fired.", "confirmed", MINISTRY),
        # Who said so takes it back.
        ("The office denied that a cutter fired.", "denied", OFFICE),
    ],
)
def test_what_denies_something_else_disputes_nothing(denial: str, cue: str, speaker: str) -> None:
    quarrel = Quarrel()
    shot_at(quarrel, denial, cue, speaker=speaker)

    assert quarrel.on("2021-03-17").disputes == ()


def test_a_denial_long_after_is_of_something_else() -> None:
    quarrel = Quarrel()
    shot_at(
        quarrel,
        f"{'Gulls cried over the pier, and nobody spoke. ' * 6}The ministry denied that it fired.",
        "denied",
    )

    assert quarrel.on("2021-03-17").disputes == ()


@pytest.mark.parametrize("stance", ["denies", "doubts"])
def test_who_denies_it_in_another_paper_disputes_it(stance: Stance) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "A cutter fired at the trawler.",
        told("ASSAULT", "fired", "NOR", "ISL", of="shots"),
    )
    quarrel.report(
        "2021-03-19",
        "That a cutter fired is not so, the ministry said.",
        told(
            "ASSAULT", "fired", "NOR", "ISL", of="shots",
            said_by=(Attribution(MINISTRY, "ministry", "said", stance),),
        ),
        paper="The Fathom",
    )  # fmt: skip

    dispute = one(quarrel.on("2021-03-20"))

    assert [v.denier for v in dispute.versions if v.denier] == [MINISTRY]
    assert quarrel.on("2021-03-18").disputes == ()


def test_papers_that_tell_the_same_are_in_no_dispute() -> None:
    quarrel = Quarrel()
    for paper in ("Harbour Post", "The Fathom", "Tide & Times"):
        quarrel.report(
            "2021-03-17",
            f"A cutter fired at the trawler, {paper} writes.",
            told("ASSAULT", "fired", "NOR", "ISL", of="shots"),
            paper=paper,
        )

    assert quarrel.on("2021-03-18").disputes == ()


def test_a_dispute_as_known_on_a_day_has_the_versions_of_that_day() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "The office said that Norway called off the talks on March 19.",
        talks("talks", status="cancelled", day="2021-03-19"),
        said=[Said(OFFICE, "said", "Norway called off the talks on March 19")],
    )
    quarrel.report(
        "2021-03-18",
        "The ministry said that it was Iceland who cancelled the meeting.",
        talks("meeting", status="cancelled", day="2021-03-19"),
        said=[Said(MINISTRY, "said", "it was Iceland who cancelled the meeting")],
    )

    assert quarrel.on("2021-03-17").disputes == ()
    assert len(one(quarrel.on("2021-03-18")).versions) == 2
    assert {v.account.published for v in one(quarrel.on("2021-03-18")).versions} == {
        day("2021-03-17"),
        day("2021-03-18"),
    }


def test_the_same_voice_is_heard_once_however_many_papers_quote_it() -> None:
    quarrel = Quarrel()
    blaming_each_other(quarrel)
    quarrel.report(
        "2021-03-18",
        "Norway called off the talks on March 19, the office said once more.",
        talks("talks", status="cancelled", day="2021-03-19"),
        paper="The Fathom",
        said=[Said(OFFICE, "said", "Norway called off the talks on March 19")],
    )

    assert len(one(quarrel.on("2021-03-18")).versions) == 2


# ------------------------------------------------------------------------------- accusations


def accused(answer: str, *events: Told, between: str = "") -> Quarrel:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        f"Iceland accused Norway of spying on its fleet. {between}{answer}",
        told("ACCUSE", "accused", "ISL", "NOR"),
        *events,
    )
    return quarrel


@pytest.mark.parametrize("type_", ["REJECT", "ACCUSE"])
def test_an_accusation_that_the_accused_dismisses_at_once_is_disputed(type_: str) -> None:
    answer = "A Norwegian envoy called the charge untrue."
    quarrel = accused(answer, told(type_, "called", "NOR.GOV.ENVOY", "ISL"))

    dispute = one(quarrel.on("2021-03-17"))

    assert dispute.about.anchor.text == "accused"
    assert [(v.claim, v.denier) for v in dispute.versions] == [
        ("alleged", None),
        ("denied", "NOR.GOV.ENVOY"),
    ]


@pytest.mark.parametrize(
    ("answer", "source", "between"),
    [
        ("The envoy rejected the bill.", "NOR.GOV.ENVOY", ""),
        ("The envoy rejected the charge.", "GBR", ""),
        ("The envoy rejected the charge.", "NOR.GOV.ENVOY", "Gulls cried over the pier. " * 12),
    ],
    ids=["of something else", "by somebody else", "long after"],
)
def test_what_answers_no_accusation_disputes_none(answer: str, source: str, between: str) -> None:
    quarrel = accused(answer, told("REJECT", "rejected", source, "ISL"), between=between)

    assert quarrel.on("2021-03-17").disputes == ()
