"""What is an expression of time, and what only looks like one."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from standoff import times

PUBLISHED = datetime.date(2018, 11, 9)
Reader = Callable[..., list[tuple[str, str | None, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "They may meet again.",
        "May he meet them again?",
        "Theresa May spoke to reporters, and a letter to May was read.",
        "The march on the capital was long.",
        "The March on the capital was long.",
        "He sat in the sun for a second.",
        "Prices fall when talks spring to life.",
        "The Arab Spring was long.",
        "He wrote for the Sunday Times.",
        "They watched High Noon.",
        "Bloody Sunday was remembered.",
        "He told USA Today nothing.",
        "In 2000 cases the border was closed to 1994 people.",
        "The force of 2000 soldiers left.",
        "It cost 1994 dollars, or $2010.",
        "The past chairman left.",
        "The 80-year-old king is a year old.",
        "On 9/11/2018 the border was closed.",  # September or November
        "On 31 February 2018 the border was closed.",
        "On 31/31/2018 the border was closed.",
        "Three quarters of the exports are banned.",
        "The first half was played.",
        "The 12-34 gun was sold.",
        "It cost 1,994 and 2.018.",
    ],
)
def test_what_is_no_time(read: Reader, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They met in May.", "May"),
        ("They met in March.", "March"),
        ("Last May they met.", "Last May"),
        ("They met on May 5.", "May 5"),
        ("They met between April and May.", "April"),
        ("Theresa May left in May.", "May"),
        ("The Sunday talks failed.", "Sunday"),
        ("The July summit failed.", "July"),
        ("In the fall of 2017 they met.", "the fall of 2017"),
    ],
)
def test_words_that_are_times_where_they_stand(read: Reader, text: str, words: str) -> None:
    assert read(text)[0][0] == words


def test_an_expression_may_run_over_a_line_but_not_over_a_paragraph(read: Reader) -> None:
    assert read("They met in July\n2017.")[0][1] == "2017-07"
    assert [item[1] for item in read("They met in July\n\n2017 was a good year.")] == ["2018-07"]


def test_mentions_are_in_order_and_apart(read: Reader) -> None:
    text = "On Monday, Nov. 5, they met; last week and in 2017, or two years ago, they had not."
    doc = spacy.blank("en")(text)
    mentions = times.find(doc, PUBLISHED)
    assert [m.time.span.text for m in mentions] == [
        "Monday, Nov. 5",
        "last week",
        "2017",
        "two years ago",
    ]
    for left, right in itertools.pairwise(mentions):
        assert left.end <= right.start


def test_the_parse_tells_the_name_of_a_person_from_a_month(build: Callable[[str], Doc]) -> None:
    doc = build("""
        August NNP nsubj 3
        Wilson NNP flat 1
        left VBD root 0
    """)
    assert times.find(doc, PUBLISHED) == ()


_WORDS = [
    "last",
    "next",
    "this",
    "the",
    "Monday",
    "May",
    "5",
    "9",
    "2018",
    "1994",
    "of",
    "end",
    "week",
    "year",
    "years",
    "ago",
    "two",
    "a",
    "few",
    "and",
    "half",
    "since",
    "in",
    "early",
    "later",
    "quarter",
    "third",
    "summer",
    "1990s",
    "'90s",
    "each",
    "every",
    "Nov.",
    "-",
    ",",
    ".",
    "\n",
    "twenty",
    "over",
    "just",
    "99",
    "century",
    "day",
    "yesterday",
    "31",
    "February",
    "Q3",
    "4000",
    "weekend",
    "hundred",
    "decades",
    "Juche",
    "(",
    ")",
    "12/31/2018",
    "2018-02-30",
    "hours",
]


@given(
    st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join),
    st.none() | st.dates(datetime.date(1700, 1, 1), datetime.date(2100, 1, 1)),
)
def test_any_words_can_be_read(text: str, published: datetime.date | None) -> None:
    doc = spacy.blank("en")(text)
    end = 0
    for mention in times.find(doc, published):
        span = mention.time.span
        assert text[span.start : span.end] == span.text == doc[mention.start : mention.end].text
        assert mention.start >= end
        end = mention.end
        interval = mention.time.interval
        if interval and interval.start and interval.end:
            assert interval.start <= interval.end


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    doc = spacy.blank("en")(text.encode(errors="ignore").decode())
    for mention in times.find(doc, PUBLISHED):
        assert doc.text[mention.time.span.start : mention.time.span.end] == mention.time.span.text
