"""Strings and text files: what is kept, what is read off the head, what is refused."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import documents
from standoff.errors import (
    DocumentTooLargeError,
    EmptyDocumentError,
    InvalidDateError,
    NotTextError,
    StandoffError,
)

BODY = (
    "The foreign minister of Ruritania said on Monday that the talks with Borduria would be"
    " resumed by the end of the month. Borduria had broken them off after a clash on the border"
    " in which two soldiers were wounded, and had closed the crossing at Klow."
)


def test_a_given_text_is_never_altered() -> None:
    text = "\ufeff Talks \r\n\r\n" + BODY + "\x00\r\n\t "
    document = documents.from_text(text)
    assert document.text == text
    assert document.language == "en"


def test_everything_given_overrules_what_the_text_says() -> None:
    text = f"Talks to be resumed\n\nSTRELSAU, Nov. 9, 2018 (Reuters) - {BODY}"
    document = documents.from_text(
        text, date="2020-01-02", title="Another", url="https://example.org/1", publisher="A paper"
    )
    assert document.published == datetime.date(2020, 1, 2)
    assert (document.title, document.publisher) == ("Another", "A paper")
    assert document.url == "https://example.org/1"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("STRELSAU, Nov. 9, 2018 (Reuters) - ", "2018-11-09"),
        ("STRELSAU, Ruritania, Nov 9, 2018 (AP) — ", "2018-11-09"),
        ("STRELSAU/KLOW, November 9, 2018 — ", "2018-11-09"),
        ("Strelsau, 9 November 2018 (AFP) – ", "2018-11-09"),
        ("MOSCOW, November 9, 2018. /TASS/. ", "2018-11-09"),
        ("Pyongyang, August 5 Juche 107 (2018) (KCNA) -- ", "2018-08-05"),
        ("9 November 2018 – ", "2018-11-09"),
        ("Published: 9 November 2018\n\n", "2018-11-09"),
        ("First published on 9th Nov 2018 at 10:30 GMT\n\n", "2018-11-09"),
        ("Date: Fri, 09 Nov 2018 10:00:00 +0000\n\n", "2018-11-09"),
        ("Friday, November 9, 2018\n\n", "2018-11-09"),
        ("By Rudolf Rassendyll | Nov 9, 2018\n\n", "2018-11-09"),
        ("Strelsau, 9 November 2018\n\n", "2018-11-09"),
        ("2018-11-09T10:00:00Z\n\n", "2018-11-09"),
        ("9 November 2018, updated 10 November 2018\n\n", "2018-11-09"),
    ],
)
def test_a_dateline_or_a_header_line_dates_a_text(line: str, day: str) -> None:
    document = documents.from_text(line + BODY)
    assert document.published == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Pyongyang, August 5 (KCNA) -- ",  # no year
        "Nov 9\n\n",
        "09/11/2018\n\n",  # September or November
        "31 February 2018\n\n",
        "9 November 2918\n\n",
        "Updated: 10 November 2018\n\n",
        "The agreement of 9 November 2018 is dead\n\n",
        "On 9 November 2018 the talks were broken off. ",
    ],
)
def test_what_gives_no_full_day_of_publication_leaves_it_unknown(line: str) -> None:
    assert documents.from_text(line + BODY).published is None


def test_a_date_far_down_is_part_of_the_story() -> None:
    text = "\n\n".join([BODY] * 12 + ["9 November 2018"])
    assert documents.from_text(text).published is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("STRELSAU, Nov. 9 (Xinhua) -- ", "Xinhua"),
        ("Pyongyang, August 5 (KCNA) --", "KCNA"),
        ("STRELSAU (AP) — ", "AP"),
        ("(Reuters) - ", "Reuters"),
        ("MOSCOW, November 9. /TASS/. ", "TASS"),
        ("The minister (Defence) - a friend of Strelsau - was there. ", None),
        ("Rassendyll (Elphberg) - of all people - was there. ", None),
        ("", None),
    ],
)
def test_the_agency_of_a_dateline_is_the_publisher(line: str, publisher: str | None) -> None:
    assert documents.from_text(line + BODY).publisher == publisher


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Talks to be resumed\n\n", "Talks to be resumed"),
        ("\r\n  Will there be talks? \r\n\r\n", "Will there be talks?"),
        ("No talks without the U.S.\n\n", "No talks without the U.S."),
        ("Talks to be resumed\n9 November 2018\n\n", "Talks to be resumed"),
        ("9 November 2018\n\nTalks to be resumed\n\n", "Talks to be resumed"),
        ("Talks will be resumed.\n\n", None),
        ("Talks to be resumed\n", None),
        ("He said:\n\n", None),
        ("STRELSAU, Nov. 9, 2018 (Reuters) - Talks\n\n", None),
        ("1894\n\n", None),
        ("Talks " * 40 + "\n\n", None),
    ],
)
def test_a_first_line_that_stands_alone_is_the_title(head: str, title: str | None) -> None:
    assert documents.from_text(head + BODY).title == title


def test_a_line_with_nothing_after_it_is_no_title() -> None:
    assert documents.from_text("Talks to be resumed\n\n").title is None


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "\u200b\n"])
def test_no_text_is_an_error(text: str) -> None:
    with pytest.raises(EmptyDocumentError, match="leader"):
        documents.from_text(text, name="leader")


def test_controls_in_bulk_are_not_text() -> None:
    with pytest.raises(NotTextError, match="binary"):
        documents.from_text(BODY + "\x00\x01\x02\x03" * 20)


def test_half_a_surrogate_pair_is_not_text() -> None:
    with pytest.raises(NotTextError, match="character 3"):
        documents.from_text("abc\ud800" + BODY)


def test_the_limit_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standoff.documents.sources.MAX_BYTES", 2_000_000)
    with pytest.raises(DocumentTooLargeError, match=r"larger than 2 MB; split"):
        documents.from_text("a" * 2_000_001)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        ("2018-11-09", "2018-11-09"),
        (" 2018-11-09\n", "2018-11-09"),
        ("2018-11-09T23:30:00-05:00", "2018-11-09"),
        (datetime.date(2018, 11, 9), "2018-11-09"),
        (datetime.datetime(2018, 11, 9, 23, 30), "2018-11-09"),
    ],
)
def test_dates_are_read_as_iso(value: str | datetime.date | None, day: str | None) -> None:
    date = documents.parse_date(value)
    assert date == (datetime.date.fromisoformat(day) if day else None)
    assert not isinstance(date, datetime.datetime)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "9 November 2018",
        "2018-13-01",
        "2018-02-30",
        "09/11/2018",
        "1066-10-14",
        "2999-01-01",
        "2018",
    ],
)
def test_what_is_no_date_of_publication_is_refused(value: str) -> None:
    with pytest.raises(InvalidDateError) as caught:
        documents.from_text(BODY, date=value, name="leader")
    assert caught.value.name == "leader"
    assert isinstance(caught.value, ValueError)


def test_a_clock_that_is_wrong_does_not_refuse_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(datetime.date):
        @classmethod
        def today(cls) -> Stopped:
            return cls(1970, 1, 1)

    monkeypatch.setattr("standoff.documents.dates.datetime.date", Stopped)
    assert documents.parse_date("2018-11-09") is not None


@given(st.text())
def test_any_string_is_a_document_or_an_input_error(text: str) -> None:
    try:
        document = documents.from_text(text)
    except StandoffError:
        return
    assert document.text == text
    if document.title is not None:
        assert document.title in text


_WORDS = [
    "STRELSAU",
    "Paris, ",
    "Nov. ",
    "9",
    "2018",
    " (Reuters) ",
    "-",
    "--",
    "By ",
    "Monday, ",
    "Published: ",
    "\n",
    "\r\n",
    "/TASS/.",
    "Juche 107 (",
    ")",
    " ",
    ",",
    "May",
    "31",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=40).map("".join))
def test_any_head_of_a_text_can_be_read(head: str) -> None:
    document = documents.from_text(head + "\n\n" + BODY)
    assert document.published is None or str(document.published.year) in head


def test_the_package_is_imported_without_its_slow_libraries() -> None:
    code = (
        "import sys, standoff.documents;"
        "slow = {'trafilatura', 'lxml', 'py3langid', 'numpy', 'charset_normalizer'};"
        "sys.exit(', '.join(slow & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
