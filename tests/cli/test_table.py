"""What a table and a brief show, on paper and on a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs
import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from standoff.cli.page import Page
from standoff.cli.table import RecordView, console
from standoff.play.pages import brief_of_record
from standoff.record import Actor, Document, Event, Interval, Record, Span, Statement

if TYPE_CHECKING:
    from tests.cli.conftest import Maker


def brief_view(record: Record) -> RenderableType:
    """Return the page of a record's brief; an empty line where it has none."""
    made = brief_of_record(record)
    return "" if made is None else Page(made)


def drawn(
    record: Record,
    width: int = 80,
    view: Callable[[Record], RenderableType] = RecordView,
    **extra: object,
) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, highlight=False, **extra).print(view(record))  # type: ignore[arg-type]
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(autouse=True)
def _no_colour_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("width", [40, 80, 100, 119, 120, 140])
def test_fits_its_width(demo: Record, width: int) -> None:
    for view in (RecordView, brief_view):
        for line in drawn(demo, width, view).splitlines():
            assert cell_len(line.rstrip()) <= width, line


@pytest.mark.parametrize("width", [80, 100, 140])
def test_shows_what_there_is(demo: Record, width: int) -> None:
    shown = flat(drawn(demo, width))

    assert "Iceland and Britain trade blame as cod war talks collapse" in shown
    assert "1976-02-20 · Northern Wire · 19 events · 13 actors · 1 statement" in shown
    assert "«called off»" in shown
    assert "cancelled" in shown
    assert "postponed" in shown
    assert "told reporters: “We do not negotiate under guns”" in shown
    for event in demo.events:
        assert event.type in shown


def test_names_parties_shortly(demo: Record) -> None:
    shown = flat(drawn(demo, 100))

    assert "United Kingdom · James Callaghan ↔ Iceland · Einar Agustsson" in shown
    assert "Iceland · Geir Hallgrimsson → United Kingdom" in shown
    assert "NATO → Iceland, United Kingdom" in shown
    assert "according to Foreign Office (United Kingdom)" in shown
    assert "denied by Einar Agustsson (Iceland)" in shown


def test_country_that_the_record_does_not_list_has_its_name() -> None:
    actor = Actor("USA.GOV.STATE_DEPARTMENT", "State Department", "USA", ("GOV",))
    unlisted = Actor("QQQ.GOV", "Ministry", "QQQ", ("GOV",))
    event = Event("e1", "REJECT", Span(0, 2, "It"), (0, 2), (actor.id,), (unlisted.id,))
    record = Record(Document("It"), actors=(actor, unlisted), events=(event,))

    assert "United States · State Department → QQQ · Ministry" in flat(drawn(record))


def test_events_stand_in_text_order(demo: Record) -> None:
    backwards = attrs.evolve(demo, events=tuple(demo.events)[::-1])

    assert drawn(backwards) == drawn(demo)


def test_no_escape_codes_without_a_terminal(demo: Record) -> None:
    assert "\x1b" not in drawn(demo)


def test_colours_on_a_terminal(demo: Record) -> None:
    shown = drawn(demo, force_terminal=True, color_system="standard")

    assert "\x1b[1;31mMOBILIZE" in shown
    assert "\x1b[1;4mcalled off\x1b[0m" in shown
    assert "conflict: " in shown
    assert "«" not in shown


def test_no_color_is_respected(demo: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = drawn(demo, force_terminal=True, color_system="standard")

    assert "\x1b[31m" not in shown
    assert ";31m" not in shown
    assert "\x1b[1;4mcalled off\x1b[0m" in shown
    assert "conflict: " not in shown


def test_wide_terminals_are_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "500")

    assert console(io.StringIO()).width == 160


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (None, "?"),
        (Interval("PAST_REF"), "?"),
        (("1976-02-20", "1976-02-20"), "1976-02-20"),
        (("1976-02-01", "1976-02-29"), "1976-02"),
        (("1976-01-01", "1976-12-31"), "1976"),
        (("1976-02-03", "1976-02-05"), "1976-02-03 1976-02-05"),
        (("1976-02-03", None), "from 1976-02-03"),
        ((None, "1976-02-03"), "until 1976-02-03"),
    ],
)
def test_dates(interval: object, shown: str) -> None:
    import datetime

    from standoff.cli.names import date

    if isinstance(interval, tuple):
        days = [day and datetime.date.fromisoformat(day) for day in interval]
        interval = Interval("x", "day", *days)

    assert flat(date(interval)) == shown  # type: ignore[arg-type]


class TestHostileText:
    """News text is shown as it stands, and steers nothing."""

    @pytest.fixture(autouse=True)
    def _maker(self, maker: type[Maker]) -> None:
        self.maker = maker

    def record(self, words: str) -> Record:
        text = f"Iceland {words} Britain."
        make = self.maker(text)
        event = make.event("ACCUSE", words, "ISL", "GBR")
        event = attrs.evolve(event, sentence=(0, len(text)))
        content = Span(0, len(text), text)
        return Record(
            Document(text, title=text, publisher=words),
            actors=(Actor("ISL", words, "ISL"), Actor("GBR", "Britain", "GBR")),
            events=(event,),
            statements=(Statement("s1", None, None, None, (content,), "direct"),),
        )

    @pytest.mark.parametrize(
        "words", ["[bold]accused[/bold]", "[/]", ":smile:", "[link=x]y", "\\["]
    )
    def test_markup_is_shown(self, words: str) -> None:
        assert drawn(self.record(words), 140).count(words) >= 4

    @pytest.mark.parametrize(
        "words",
        [
            "\x1b[31maccused\x1b[0m",
            "\x1b]0;title\x07accused",
            "\x1b]8;;http://x\x1b\\accused",
            "accu\x00sed\x08",
            "\x9b31maccused",
            "accused\u202e",
            "accused\u2066",
            "\x1bcaccused",
        ],
    )
    def test_control_is_removed(self, words: str) -> None:
        shown = drawn(self.record(words), 140)

        assert "accused" in shown
        assert not set(shown) & set("\x00\x07\x08\x1b\x9b\u202e\u2066")
        assert "31m" not in shown
        assert "title" not in shown

    def test_unclosed_sequence_hides_nothing(self) -> None:
        assert "accused" in drawn(self.record("\x1b]0;accused"), 140)

    @pytest.mark.parametrize(
        "words", ["x" * 500, "é" * 300, "👩‍👩‍👧" * 60, "שלום " * 60, "漢" * 200, "\ud83d", " \n\t "]
    )
    @pytest.mark.parametrize("width", [40, 80, 140])
    def test_odd_words_fit(self, words: str, width: int) -> None:
        for view in (RecordView, brief_view):
            shown = drawn(self.record(words), width, view)
            shown.encode("utf-8")
            assert all(cell_len(line.rstrip()) <= width for line in shown.splitlines())

    def test_scripts_are_kept(self) -> None:
        for words in ("שלום", "مرحبا", "👍🏽", "naïve"):
            assert words in drawn(self.record(words), 140)


def test_record_without_anything() -> None:
    record = Record(Document("Nothing is told here."))

    assert "date unknown · no events · no actors" in drawn(record)


class TestBrief:
    def test_has_the_sections_of_a_dispute(self, demo: Record) -> None:
        made = brief_of_record(demo)

        assert made is not None
        assert [section.title for section in made.sections] == [
            "Talks", "Given", "Pressure", "Demands", "Threats", "Conditions",
            "Third parties", "Said", "Balance",
        ]  # fmt: skip

    def test_every_line_but_the_reckoning_rests_on_sentences(self, demo: Record) -> None:
        made = brief_of_record(demo)

        assert made is not None
        for section in made.sections[:-1]:
            assert all(line.citations for line in section.lines), section.title
        for citation in made.citations:
            span = citation.span
            assert demo.document.text[span.start : span.end] == span.text

    @pytest.mark.parametrize(
        "said",
        [
            "Called off: James Callaghan (United Kingdom) and Einar Agustsson (Iceland), on 19 "
            "February 1976",
            "Iceland, towards the United Kingdom: “It released two British trawlers last month”",
            "suspended",
            "if “the warships did not leave”",
            "until “Iceland stopped harassing British trawlers”",
        ],
    )
    def test_tells(self, demo: Record, said: str) -> None:
        assert said in flat(drawn(demo, 140, brief_view))

    def test_record_that_sets_nobody_against_anybody_has_none(self) -> None:
        assert brief_of_record(Record(Document("Nothing is told here."))) is None
