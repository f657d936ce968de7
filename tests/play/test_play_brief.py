"""The page on a dispute: what a line says, what it leaves out, what it rests on."""

from __future__ import annotations

import datetime

import pytest

from standoff.play.lines import Brief, Line, Section
from standoff.play.pages import brief_of, brief_of_record
from standoff.record import Actor, Document, Record, Span
from standoff.store import Store
from tests.play.quarrel import Quarrel, Said, Tied, busy, day, talks, told


def told_of(quarrel: Quarrel, store: Store, on: str, *, hindsight: bool = False) -> Brief:
    return brief_of(quarrel.stored(store), quarrel.parties, day(on), hindsight=hindsight)


def section(made: Brief, title: str) -> Section:
    return next(each for each in made.sections if each.title == title)


def line(made: Brief, title: str) -> Line:
    """Return the one line of a section."""
    (found,) = section(made, title).lines
    return found


def notes(found: Line) -> list[str]:
    return [note.text for note in found.notes]


def test_a_meeting_is_told_with_place_and_day(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Talks are set for March 19 in Tromso.",
        talks("Talks", status="planned", day="2021-03-19", place=("Tromso", "NOR")),
    )

    made = told_of(quarrel, memory, "2021-03-19")

    assert line(made, "Talks").text == "Scheduled: Iceland and Norway, Tromso, on 19 March 2021"


def test_of_a_meeting_whose_day_went_by_it_is_said_that_nobody_told_of_it(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Talks are set for March 19.",
        talks("Talks", status="planned", day="2021-03-19"),
    )

    text = line(told_of(quarrel, memory, "2021-03-20"), "Talks").text

    assert text.startswith("Scheduled, and no report that they were held: ")


def test_meetings_ahead_come_first_and_the_newest_of_the_others(memory: Store) -> None:
    quarrel = Quarrel()
    for month, status in ((3, "actual"), (4, "cancelled"), (9, "planned"), (5, "actual")):
        quarrel.report(
            f"2021-0{min(month, 6)}-10",
            f"They spoke of the talks of month {month}.",
            talks("talks", status=status, day=f"2021-0{month}-09"),
        )

    lines = section(told_of(quarrel, memory, "2021-06-30"), "Talks").lines

    assert [each.text.partition(":")[0] for each in lines] == [
        "Scheduled", "Held", "Called off", "Held",
    ]  # fmt: skip
    assert "September" in lines[0].text


@pytest.mark.parametrize("count", [6, 7, 20])
def test_a_long_section_tells_of_the_newest_and_how_many_more_there_are(
    memory: Store, count: int
) -> None:
    quarrel = Quarrel()
    for number in range(1, count + 1):
        on = (day("2021-03-01") + datetime.timedelta(days=7 * number)).isoformat()
        quarrel.report(on, f"Talks number {number} were held.", talks("Talks", day=on))

    found = section(told_of(quarrel, memory, "2021-12-31"), "Talks")

    assert len(found.lines) == 6
    newest = day("2021-03-01") + datetime.timedelta(days=7 * count)
    assert found.lines[0].text.endswith(f"on {newest.day} {newest:%B %Y}")
    assert found.more == count - 6


def test_what_eases_and_what_presses_stand_apart(memory: Store) -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-05",
        "Iceland sent tugs to Norway. Norway put a tax on wool. Iceland ended its ban on skis. "
        "Norway froze its aid for harbours.",
        told("AID", "sent tugs", "ISL", "NOR", quad=2),
        told("SANCTION", "tax", "NOR", "ISL", quad=4),
        told("SANCTION", "ban", "ISL", "NOR", status="ended", quad=4),
        told("AID", "froze its aid", "NOR", "ISL", aspect="suspended", quad=2),
    )

    made = told_of(quarrel, memory, "2021-03-06")

    given, pressure = (
        " ".join(each.text for each in section(made, title).lines)
        for title in ("Given", "Pressure")
    )
    assert "sent tugs" in given
    assert "ban on skis" in given
    assert "tax on wool" in pressure
    assert "froze its aid" in pressure


def test_drills_with_an_ally_stand_under_pressure_and_aid_for_others_among_third_parties(
    memory: Store,
) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Norway and Britain began an exercise. Norway sent aid to Britain. They blamed Iceland.",
        told("COOPERATE", "exercise", "NOR", "GBR", contexts=("military",), quad=2),
        told("AID", "sent aid", "NOR", "GBR", quad=2),
        told("ACCUSE", "blamed", "NOR", "ISL", quad=3),
    )

    made = told_of(quarrel, memory, "2021-03-06")

    assert "began an exercise" in line(made, "Pressure").text
    assert "sent aid" in line(made, "Third parties").text


def test_a_promise_is_told_with_its_day_and_whether_that_went_by(memory: Store) -> None:
    quarrel = busy()
    quarrel.report(
        "2021-03-03",
        "Iceland promised to free the trawler Havorn by the end of March.",
        told("AGREE", "promised", "ISL", "NOR"),
        told("RETREAT", "free", "ISL", "NOR", status="promised", day="2021-03-31"),
    )
    store = quarrel.stored(memory)

    before, after = (brief_of(store, quarrel.parties, day(f"2021-0{n}")) for n in ("3-31", "4-01"))

    assert line(before, "Promises").text.endswith("open, due by 31 March 2021")
    assert line(after, "Promises").text.endswith("overdue, due by 31 March 2021")
    assert line(after, "Promises").text.startswith("Iceland, towards Norway: “Iceland promised to")


def test_a_line_has_its_condition_its_sources_and_who_says_so(memory: Store) -> None:
    quarrel = busy()
    for paper in ("Harbour Post", "The Fathom"):
        quarrel.report(
            "2021-03-03",
            f"Norway threatened to bar ferries if the tax stays, {paper} writes.",
            told("THREATEN", "threatened", "NOR", "ISL", of="threat"),
            told("COERCE", "bar ferries", "NOR", "ISL", status="threatened"),
            tied=[Tied("bar ferries", "if", "the tax stays", "NOR")],
            paper=paper,
        )

    found = line(told_of(quarrel, memory, "2021-03-05"), "Threats")

    assert notes(found) == ["if “the tax stays”", "2 independent sources"]


def test_an_agreement_is_told_with_its_terms(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-03",
        "Iceland and Norway signed an agreement on capelin. Under the agreement each takes half. "
        "Gulls cried.",
        told("AGREE", "signed", "ISL NOR", "ISL NOR", day="2021-03-02"),
    )

    made = told_of(quarrel, memory, "2021-03-05")

    found = line(made, "Agreements")
    assert found.text.endswith("in force, made on 2 March 2021")
    assert notes(found) == ["terms: “Under the agreement each takes half.”"]
    (term,) = found.notes
    assert made.citations[term.citations[0] - 1].span.text == "Under the agreement each takes half."


def test_why_a_meeting_was_called_off_is_told_by_who_says_so(memory: Store) -> None:
    quarrel = Quarrel()
    text = (
        "Iceland called off the talks with Norway on March 19. "
        "The reason, the minister said, was that his boat leaked."
    )
    quarrel.report(
        "2021-03-17",
        text,
        talks("talks", status="cancelled", day="2021-03-19"),
        said=[Said("ISL.GOV.MINISTER", "said", "that his boat leaked")],
        actors=(Actor("ISL.GOV.MINISTER", "Jon Jonsson", "ISL"),),
    )

    found = line(told_of(quarrel, memory, "2021-03-17"), "Talks")

    assert "reason given: “that his boat leaked”, Jon Jonsson (Iceland)" in notes(found)


def test_both_versions_of_a_dispute_stand_under_the_meeting(memory: Store) -> None:
    office, ministry = "ISL.GOV.OFFICE", "NOR.GOV.MINISTRY"
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "The office said that Norway called off the talks on March 19. "
        "The ministry said that it was Iceland who cancelled the meeting.",
        talks("talks", status="cancelled", day="2021-03-19"),
        talks("meeting", status="cancelled", day="2021-03-19"),
        said=[
            Said(office, "said", "Norway called off the talks on March 19"),
            Said(ministry, "said", "it was Iceland who cancelled the meeting", via="MEDIA.BBC"),
        ],
        actors=(
            Actor(office, "the Office", "ISL"),
            Actor(ministry, "the Ministry", "NOR"),
            Actor("MEDIA.BBC", "BBC"),
        ),
    )

    made = told_of(quarrel, memory, "2021-03-17")

    assert notes(line(made, "Talks")) == [
        "by one account: “Norway called off the talks on March 19”, the Office (Iceland)",
        "by one account: “it was Iceland who cancelled the meeting”, the Ministry (Norway), "
        "through BBC",
    ]
    assert "Disputed accounts" not in [each.title for each in made.sections]


def test_what_is_denied_has_a_section_of_its_own(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "A Norwegian cutter fired at a trawler. The ministry denied that any cutter fired.",
        told("ASSAULT", "fired", "NOR", "ISL", quad=4),
        said=[Said("NOR.GOV.MINISTRY", "denied", "that any cutter fired")],
        actors=(Actor("NOR.GOV.MINISTRY", "the Ministry", "NOR"),),
    )

    found = line(told_of(quarrel, memory, "2021-03-17"), "Disputed accounts")

    assert set(notes(found)) == {
        "denied by the Ministry (Norway): “that any cutter fired”",
        "took place, by the report itself",
    }


def test_only_the_parties_own_words_are_quoted(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-17",
        "“We are patient,” Iceland said. “So are we,” Britain said. The tax stays, Iceland said.",
        told("ACCUSE", "patient", "ISL", "NOR"),
        said=[
            Said("ISL", "said", "We are patient,", kind="direct"),
            Said("GBR", "said", "So are we,", kind="direct"),
            Said("ISL", "said", "The tax stays,", kind="indirect"),
        ],
        actors=(Actor("GBR", "Britain", "GBR"),),
    )

    made = told_of(quarrel, memory, "2021-03-17")

    assert line(made, "Said").text == "Iceland: “We are patient”"


def test_the_balance_counts_deeds_and_words(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Iceland sent tugs. Iceland praised Norway. Norway put a tax on wool.",
        told("AID", "sent tugs", "ISL", "NOR", quad=2),
        told("SUPPORT", "praised", "ISL", "NOR", quad=1),
        told("SANCTION", "tax", "NOR", "ISL", quad=4),
    )

    lines = section(told_of(quarrel, memory, "2021-03-06"), "Balance").lines

    assert [each.text for each in lines] == [
        "Iceland gave 1 in deeds and 1 in words; took or pressed 0 in deeds and 0 in words",
        "Norway gave 0 in deeds and 0 in words; took or pressed 1 in deeds and 0 in words",
    ]


@pytest.mark.parametrize("broken_off", [True, False])
def test_that_nobody_broke_off_the_talks_is_told_only_where_nobody_did(
    memory: Store, broken_off: bool
) -> None:
    quarrel = Quarrel()
    quarrel.report("2021-03-05", "The two are in talks.", talks("talks", day="2021-03-05"))
    if broken_off:
        quarrel.report(
            "2021-03-06",
            "Iceland walked out of talks.",
            talks("talks", aspect="ended", day="2021-03-06"),
        )

    lines = section(told_of(quarrel, memory, "2021-03-07"), "Balance").lines

    assert any("broken off" in each.text for each in lines) is not broken_off


def test_known_only_later_is_what_hindsight_adds(memory: Store) -> None:
    quarrel = Quarrel()
    quarrel.report("2021-03-05", "They met on March 4.", talks("met", day="2021-03-04"))
    quarrel.report("2021-08-05", "They met secretly on March 9.", talks("met", day="2021-03-09"))
    store = quarrel.stored(memory)

    then = brief_of(store, quarrel.parties, day("2021-03-10"))
    now = brief_of(store, quarrel.parties, day("2021-03-10"), hindsight=True)

    assert line(then, "Known only later").text.endswith("on 9 March 2021")
    assert len(section(then, "Talks").lines) == 1
    assert len(section(now, "Talks").lines) == 2
    assert "Known only later" not in [each.title for each in now.sections]
    assert (then.known, now.known) == (day("2021-03-10"), None)


def test_parties_within_a_state_are_named_in_full(memory: Store) -> None:
    quarrel = Quarrel("COL.GOV", "COL.REB.ELN")
    quarrel.report(
        "2021-03-05",
        "The army shelled a camp of the ELN.",
        told("ASSAULT", "shelled", "COL.MIL", "COL.REB.ELN", status="ended", quad=4),
        actors=(
            Actor("COL.GOV", "the government", "COL"),
            Actor("COL.MIL", "the army", "COL"),
            Actor("COL.REB.ELN", "the ELN", "COL"),
        ),
    )

    made = told_of(quarrel, memory, "2021-03-06")

    assert "ELN (Colombia)" in made.heading
    assert line(made, "Given").text.startswith("The army (Colombia), towards the ELN (Colombia):")


# --------------------------------------------------------------------------- of a single record


def test_the_brief_of_a_record_is_between_the_two_sides_that_it_tells_most_of() -> None:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-05",
        "Britain blamed Norway. Iceland put a tax on salmon. Norway demanded its end.",
        told("ACCUSE", "blamed", "GBR", "NOR"),
        told("SANCTION", "put a tax", "ISL", "NOR", quad=4),
        told("REQUEST", "demanded", "NOR", "ISL", quad=3),
    )

    made = brief_of_record(quarrel.records[0])

    assert made is not None
    assert made.parties == ("ISL", "NOR")
    assert (made.on, made.known) == (day("2021-03-05"), day("2021-03-05"))
    assert made.heading == "Iceland and Norway: the state of play on 5 March 2021, as then known"
    assert "tax on salmon" in line(made, "Pressure").text


@pytest.mark.parametrize(
    ("source", "target"), [("ISL", ""), ("ISL.GOV", "ISL.MIL"), ("", "NOR"), ("", "")]
)
def test_a_record_that_sets_nobody_against_anybody_has_none(source: str, target: str) -> None:
    quarrel = Quarrel()
    quarrel.report("2021-03-05", "There was a tax.", told("SANCTION", "tax", source, target))

    assert brief_of_record(quarrel.records[0]) is None
    assert brief_of_record(Record(Document("Nothing is told here."))) is None


def test_a_record_without_a_date_is_told_as_of_its_last_event() -> None:
    quarrel = Quarrel()
    quarrel.report(
        None,
        "Iceland put a tax on salmon on March 2. Norway barred ferries on March 5.",
        told("SANCTION", "put a tax", "ISL", "NOR", day="2021-03-02"),
        told("COERCE", "barred", "NOR", "ISL", day="2021-03-05"),
    )

    made = brief_of_record(quarrel.records[0])

    assert made is not None
    assert made.on == day("2021-03-05")
    assert len(section(made, "Pressure").lines) == 2


#: Of a sentence of more letters without a space, `standoff.play.topics` takes the square of time.
LONG = 8_000


@pytest.mark.parametrize("part", ["x", "the ", "a, ", "; ", "“", "and ", "\N{ZERO WIDTH JOINER}"])
def test_a_sentence_of_any_length_is_quoted_in_one_line(part: str) -> None:
    quarrel = Quarrel()
    text = f"{part * (LONG // len(part))} Iceland put a tax on salmon"
    quarrel.report("2021-03-05", text, told("SANCTION", "put a tax", "ISL", "NOR"))

    made = brief_of_record(quarrel.records[0])

    assert made is not None
    found = line(made, "Pressure")
    assert len(found.text) < 250
    assert "\n" not in found.text
    assert made.citations[0].span == Span(0, len(text), text)
