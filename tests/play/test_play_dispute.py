"""A dispute played through: eleven invented reports, read by the shipped model, on three dates.

`dispute/reading.toml` is what a person read out of them. The lines here are those of it that the
program finds, and the false ones that it does not tell.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import standoff
from benchmarks.play import _matches, _row
from standoff.play import Dispute, Kind, Matter, State, state
from standoff.play.lines import Brief, Line, Section
from standoff.play.pages import brief_of
from standoff.play.parties import Parties
from standoff.record import Record
from standoff.store import Store
from tests.play.quarrel import day

FOLDER = Path(__file__).parent / "dispute"
PARTIES = ("XKX", "SRB")
#: After reports 01 to 04, after 01 to 07 and 11, after all.
WINTER, LATER, END = "2019-01-15", "2020-02-01", "2020-09-10"
READING = {
    entry["on"]: entry
    for entry in tomllib.loads((FOLDER / "reading.toml").read_text("utf-8"))["state"]
}


@pytest.fixture(scope="session")
def records() -> dict[str, Record]:
    """Return the records of all reports by the number in their names."""
    found = {}
    paths = sorted(FOLDER.glob("[0-9]*.txt"))
    for path, outcome in zip(paths, standoff.Reader().read_many(paths), strict=True):
        assert isinstance(outcome, Record), outcome
        found[path.name[:2]] = outcome
    return found


@pytest.fixture(scope="session")
def kosovo(records: dict[str, Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with all reports in it, in the order of their names."""
    with Store.create(tmp_path_factory.mktemp("kosovo") / "store.db") as store:
        for record in records.values():
            store.add(record)
        yield store


@pytest.fixture(scope="session")
def known(kosovo: Store) -> dict[str, State]:
    """Return the state of play on the three dates, as then known."""
    return {on: state(kosovo, PARTIES, day(on)) for on in READING}


@pytest.fixture(scope="session")
def briefs(kosovo: Store) -> dict[str, Brief]:
    return {on: brief_of(kosovo, PARTIES, day(on)) for on in READING}


# ------------------------------------------------------------------------------ lines by name


@attrs.frozen
class Wanted:
    """A line of a reading: its words stand in a sentence that the matter rests on."""

    on: str
    kind: Kind
    states: str
    source: str
    target: str
    words: str
    day: str | None = None
    condition: str | None = None

    def __str__(self) -> str:
        return f"{self.on} {self.states} {self.words}"

    def fits(self, matter: Matter) -> bool:
        parties = Parties.of(PARTIES)
        source, target = parties.sides(matter.source), parties.sides(matter.target)
        wanted_source, wanted_target = set(self.source.split()), set(self.target.split())
        if self.kind in ("talks", "agreements"):
            agrees = source | target == wanted_source | wanted_target
        else:
            agrees = source == wanted_source and bool(target & wanted_target)
        return (
            (matter.kind, agrees) == (self.kind, True)
            and matter.state in self.states.split(" or ")
            and any(self.words in account.sentence_text for account in matter.accounts)
        )


BOTH = "XKX SRB"
LINES = [
    Wanted(WINTER, "talks", "called off", BOTH, BOTH, "called off his talks", "2018-11-23"),
    Wanted(WINTER, "talks", "refused", BOTH, BOTH, "it would attend no talks",
           condition="Kosovo lifted its 100 per cent tariff"),
    Wanted(WINTER, "measures", "in force", "XKX", "SRB", "imposed a tariff of 100", "2018-11-21"),
    Wanted(WINTER, "measures", "in force", "SRB", "XKX", "began military exer", "2018-12-15"),
    Wanted(WINTER, "measures", "in force", "IGO.NATO", "XKX", "150 more soldiers", "2018-12-16"),
    Wanted(WINTER, "measures", "in force", "XKX", "SRB", "the railway at Lesak", "2018-11-30"),
    Wanted(WINTER, "commitments", "open", "XKX", "SRB", "by the end of February", "2019-02-28"),
    Wanted(WINTER, "commitments", "open", "XKX", "IGO.NATO", "promised NATO in writing"),
    Wanted(WINTER, "demands", "open", "SRB", "XKX", "that Kosovo release two Serbian railwaymen"),
    Wanted(WINTER, "demands", "refused", "XKX", "SRB", "rejected the demand in Belgrade"),
    Wanted(WINTER, "demands", "refused", "USA", "XKX", "a request that Haradinaj turned down"),
    Wanted(WINTER, "demands", "open", "IGO.EU", "XKX", "called on Kosovo to lift the tariff"),
    Wanted(WINTER, "threats", "carried out", "XKX", "SRB", "carrying out a threat",
           condition="Belgrade went on blocking its bid to join Interpol"),
    Wanted(LATER, "talks", "held", BOTH, BOTH, "met for the first time", "2019-04-29"),
    Wanted(LATER, "measures", "in force", "XKX", "SRB", "imposed a tariff of 100", "2018-11-21"),
    Wanted(LATER, "measures", "ended", "SRB", "XKX", "exercises near Kosovo, begun on"),
    Wanted(LATER, "measures", "in force", "XKX", "SRB", "the railway at Lesak", "2018-11-30"),
    Wanted(LATER, "commitments", "kept", "XKX", "SRB", "keeping a promise that it had made"),
    Wanted(LATER, "commitments", "broken", "SRB", "XKX", "Serbia broke its promise"),
    Wanted(LATER, "commitments", "broken or overdue", "XKX", "SRB", "promised to reopen the rail",
           "2019-08-31"),
    Wanted(LATER, "commitments", "open", "XKX", "SRB", "from Serbian raw materials", "2020-04-01"),
    Wanted(LATER, "demands", "met", "SRB", "XKX", "demand for their release had been met"),
    Wanted(LATER, "demands", "refused", "USA IGO.EU", "XKX", "refused on Wednesday a demand"),
    Wanted(LATER, "demands", "open", "XKX", "SRB", "the archives of its army"),
    Wanted(LATER, "threats", "standing", "SRB", "XKX", "a tariff on goods from Kosovo",
           "2019-06-27", "Pristina lifted its own by the new year"),
    Wanted(LATER, "agreements", "in force", BOTH, BOTH, "to restore direct flights", "2020-01-20"),
    Wanted(END, "talks", "held", BOTH, BOTH, "met secretly in Vienna", "2018-12-20"),
    Wanted(END, "measures", "lifted or ended", "XKX", "SRB", "lifted the whole of", "2020-06-06"),
    Wanted(END, "measures", "lifted or ended", "XKX", "SRB", "reopened the railway", "2020-08-31"),
    Wanted(END, "measures", "resumed", "USA", "XKX", "resumed its aid of 50", "2020-06-12"),
    Wanted(END, "commitments", "kept", "XKX", "SRB", "keeping a promise that Albin Kurti gave"),
    Wanted(END, "demands", "open", "SRB", "XKX", "an association of Serb municipalities"),
    Wanted(END, "demands", "refused", "XKX", "SRB", "refused once more to recognise Kosovo"),
    Wanted(END, "threats", "standing", "SRB", "XKX", "threatened to resume the campaign",
           condition="Kosovo applied to Interpol before the twelve months were out"),
    Wanted(END, "threats", "withdrawn", "SRB", "XKX", "withdrew its threat, made in June 2019"),
    Wanted(END, "threats", "withdrawn", "XKX", "SRB", "dropped his predecessor's threat"),
    Wanted(END, "agreements", "in force", BOTH, BOTH, "agreement on economic ties", "2020-09-04"),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_line_of_the_reading_is_found(line: Wanted, known: dict[str, State]) -> None:
    found = [matter for matter in known[line.on].matters if line.fits(matter)]

    assert found
    if line.day:
        assert line.day in {str(matter.day) for matter in found}
    if line.condition:
        conditions = {m.condition.condition.text for m in found if m.condition}
        assert line.condition in conditions


@pytest.mark.parametrize("on", [WINTER, LATER])
def test_who_called_off_the_meeting_is_disputed(on: str, known: dict[str, State]) -> None:
    dispute = _about(known[on], "2018-11-23")

    assert {v.by for v in dispute.versions if v.claim == "called off"} == {"XKX", "SRB"}
    assert {v.telling.speaker for v in dispute.versions if v.telling} >= {
        "SRB.GOV.MARKO_DJURIC",
        "XKX.GOV.HASHIM_THACI",
    }


@pytest.mark.parametrize(
    ("words", "denier"),
    [
        ("a Serbian patrol had crossed the boundary", "SRB"),
        ("ten states had withdrawn their recognition", "XKX.GOV.FOREIGN_MINISTRY"),
    ],
)
def test_what_the_other_side_denied_at_once_is_disputed(
    words: str, denier: str, known: dict[str, State]
) -> None:
    disputes = [d for d in known[WINTER].disputes if words in d.about.sentence_text]

    assert disputes
    for dispute in disputes:
        assert {v.claim for v in dispute.versions} == {"took place", "denied"}
        assert denier in {v.denier for v in dispute.versions}


def _about(found: State, on: str) -> Dispute:
    return next(
        d
        for d in found.disputes
        if {version.claim for version in d.versions} & {"called off"}
        and on in {str(version.account.start) for version in d.versions}
    )


#: False lines that the program tells today, by the beginnings of their notes.
STILL_TOLD = {
    WINTER: (),
    LATER: ("NATO has withdrawn the 150 soldiers",),
    END: (
        "What was eased in April",
        "The postponed White House talks",
        "The reciprocity was dropped and the Brussels talks",
        "Settled by the letters",
        "Not Vucic but Thaci",
    ),
}


@pytest.mark.parametrize("on", list(READING))
def test_no_more_false_lines_come_back(on: str, known: dict[str, State]) -> None:
    told = [line for line, _ in _matches(known[on], READING[on]["false"], exact=True)]

    unknown = [
        _row(line) for line in told if not line["note"].startswith(STILL_TOLD[on] or ("\0",))
    ]
    assert unknown == []


# ---------------------------------------------------------------------------- time and copies


def test_hindsight_tells_of_the_secret_meeting(kosovo: Store, known: dict[str, State]) -> None:
    line = Wanted(WINTER, "talks", "held", BOTH, BOTH, "met secretly in Vienna", "2018-12-20")

    late = state(kosovo, PARTIES, day(WINTER), hindsight=True)

    assert [m.day for m in late.matters if line.fits(m)] == [day("2018-12-20")]
    assert not [m for m in known[WINTER].matters if line.fits(m)]
    assert not any("secretly" in a.sentence_text for m in known[WINTER].matters for a in m.accounts)


def test_the_brief_of_that_day_tells_what_is_known_only_later(briefs: dict[str, Brief]) -> None:
    later = _section(briefs[WINTER], "Known only later")

    assert any("20 December 2018" in line.text for line in later.lines)
    cited = {briefs[WINTER].citations[n - 1] for line in later.lines for n in line.citations}
    assert any("met secretly in Vienna" in citation.span.text for citation in cited)
    assert briefs[WINTER].known == day(WINTER)


def test_hindsight_on_the_last_day_is_what_is_known(kosovo: Store, known: dict[str, State]) -> None:
    late = state(kosovo, PARTIES, day(END), hindsight=True)

    assert attrs.evolve(late, known=day(END)) == known[END]


def test_the_reprint_is_no_second_source(
    kosovo: Store, records: dict[str, Record], tmp_path: Path
) -> None:
    copy, original = records["11"].document.id, records["06"].document.id
    on = day("2019-07-01")
    with Store.create(tmp_path / "without.db") as store:
        for name, record in records.items():
            if name != "11":
                store.add(record)
        without = state(store, PARTIES, on)
    found = state(kosovo, PARTIES, on)
    copied = [m for m in found.matters if copy in {account.document for account in m.accounts}]

    assert kosovo.document(copy).copy_of == original
    assert (found.documents, found.outlets) == (without.documents + 1, without.outlets)
    assert len(copied) > 5
    for matter in copied:
        others = [account for account in matter.accounts if account.document != copy]
        assert matter.outlets == max(1, len({account.outlet for account in others}))
    assert _moves(found) == _moves(without)


def _moves(found: State) -> list[tuple[str, bool, str]]:
    return [(m.side, m.gives, m.account.sentence_text) for m in found.balance.moves]


@pytest.mark.parametrize("on", list(READING))
def test_as_then_known_is_what_a_store_of_that_day_tells(
    on: str, records: dict[str, Record], briefs: dict[str, Brief], tmp_path: Path
) -> None:
    with Store.create(tmp_path / "then.db") as store:
        for record in records.values():
            assert record.document.published is not None
            if record.document.published <= day(on):
                store.add(record)
        then = brief_of(store, PARTIES, day(on))

    # What later reports changed is told last of all, and cites last.
    told = [section for section in briefs[on].sections if section.title != "Known only later"]
    assert tuple(told) == then.sections
    assert briefs[on].citations[: len(then.citations)] == then.citations
    assert (briefs[on].heading, briefs[on].basis) == (then.heading, then.basis)


# ------------------------------------------------------------------------------------- briefs


@pytest.mark.parametrize("on", list(READING))
def test_every_line_rests_on_a_sentence_of_a_report(
    on: str, records: dict[str, Record], briefs: dict[str, Brief]
) -> None:
    made = briefs[on]
    texts = {record.document.id: record.document.text for record in records.values()}

    assert [citation.number for citation in made.citations] == [*range(1, len(made.citations) + 1)]
    for citation in made.citations:
        span = citation.span
        assert texts[citation.document][span.start : span.end] == span.text
        assert span.text.strip()
        assert citation.published is None or citation.published <= day(END)
    used = set()
    for section in made.sections:
        assert section.lines
        for line in section.lines:
            used |= _cited(line)
            if section.title != "Balance":
                assert line.citations, line.text
    assert used == {citation.number for citation in made.citations}


@pytest.mark.parametrize("on", [WINTER, LATER])
def test_nothing_but_the_last_section_cites_later_reports(
    on: str, briefs: dict[str, Brief]
) -> None:
    made = briefs[on]
    late = {c.number for c in made.citations if c.published is None or c.published > day(on)}

    for section in made.sections:
        if section.title != "Known only later":
            assert not late & {n for line in section.lines for n in _cited(line)}, section.title
    assert late


@pytest.mark.parametrize("on", list(READING))
def test_words_in_quotation_marks_stand_in_the_sentences_that_a_line_cites(
    on: str, briefs: dict[str, Brief]
) -> None:
    made = briefs[on]
    for section in made.sections:
        if section.title in ("Conditions", "Balance"):
            continue
        for line in section.lines:
            cited = " ".join(made.citations[n - 1].span.text for n in line.citations)
            for words in _quoted(line.text):
                assert _bare(words) in _bare(cited), line.text


def test_the_sections_of_a_brief_come_in_their_order(briefs: dict[str, Brief]) -> None:
    order = [
        "Talks", "Given", "Pressure", "Promises", "Demands", "Threats", "Agreements",
        "Disputed accounts", "Conditions", "Third parties", "Said", "Balance", "Known only later",
    ]  # fmt: skip

    for made in briefs.values():
        titles = [section.title for section in made.sections]
        assert titles == [title for title in order if title in titles]
    shown = {section.title for made in briefs.values() for section in made.sections}
    assert shown >= {"Talks", "Given", "Pressure", "Promises", "Demands", "Threats", "Said"}


@pytest.mark.parametrize(
    ("on", "heading"),
    [
        (WINTER, "Kosovo and Serbia: the state of play on 15 January 2019, as then known"),
        (END, "Kosovo and Serbia: the state of play on 10 September 2020, as then known"),
    ],
)
def test_a_brief_says_of_whom_when_and_on_what_it_rests(
    on: str, heading: str, briefs: dict[str, Brief], known: dict[str, State]
) -> None:
    found = known[on]

    assert briefs[on].heading == heading
    assert briefs[on].basis == (
        f"{found.accounts} accounts in {found.documents} reports, "
        f"{found.outlets} independent sources"
    )


def _section(made: Brief, title: str) -> Section:
    return next(section for section in made.sections if section.title == title)


def _cited(line: Line) -> set[int]:
    return {*line.citations, *(n for note in line.notes for n in note.citations)}


def _quoted(text: str) -> list[str]:
    return [part.partition("”")[0] for part in text.split("“")[1:]]


def _bare(text: str) -> str:
    """Return the letters and digits of a text; an ellipsis ends what was cut."""
    return "".join(char for char in text if char.isalnum()).casefold()


def test_a_brief_before_all_reports_has_nothing_but_what_is_known_later(kosovo: Store) -> None:
    made = brief_of(kosovo, PARTIES, datetime.date(2018, 11, 1))

    assert made.basis == "0 accounts in 0 reports, 0 independent sources"
    assert {section.title for section in made.sections} <= {"Balance", "Known only later"}


def test_a_brief_between_parties_of_whom_nobody_tells_is_empty(kosovo: Store) -> None:
    made: Any = brief_of(kosovo, ("CHL", "ARG"), day(END))

    assert {section.title for section in made.sections} <= {"Balance"}
    assert made.citations == ()
