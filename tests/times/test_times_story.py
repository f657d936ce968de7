"""Times that are counted from what a text told before, not from the day it appeared."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

Reader = Callable[..., list[tuple[str, str | None, str]]]

#: Long ago enough for a narrative of it, and nothing that counts from the day of publication.
WAR = (
    "The siege began in March 1806. A first truce came in 1807, a second in 1808. By 1809 both "
    "sides were tired. The canal was blocked in 1810. "
)


def _values(read: Reader, text: str, published: datetime.date | None = None) -> list[str | None]:
    day = published or datetime.date(2018, 11, 9)
    return [value for _, value, _ in read(text, day)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Two days later the pass fell.", "1811-12-22"),
        ("The next day the pass fell.", "1811-12-21"),
        ("The pass fell that same day.", "1811-12-20"),
        ("Three weeks earlier the pass had fallen.", "1811-W48"),
        ("That year the pass fell.", "1811"),
        ("The pass fell the following year.", "1812"),
        ("The pass fell the previous month.", "1811-11"),
        ("The pass fell the following Monday.", "1811-12-23"),
        ("The pass fell the following March.", "1812-03"),
        ("On 22 December the pass fell.", "1811-12-22"),
        ("In November the pass fell.", "1811-11"),
        ("In January the pass fell.", "1812-01"),
        ("The pass fell on January 4.", "1812-01-04"),
        ("The pass fell in the spring.", "1811-SP"),
        ("The pass fell at the end of the year.", "1811"),
    ],
)
def test_a_narrative_counts_from_what_it_told(read: Reader, text: str, value: str) -> None:
    told = WAR + "On 20 December 1811 the envoys arrived. "
    assert _values(read, told + text)[-1] == value


def test_nothing_finer_is_known_than_what_was_told(read: Reader) -> None:
    assert _values(read, WAR + "In 1811 envoys came. Four days later they left.")[-1] is None


def test_a_year_that_holds_the_day_told_does_not_set_the_clock_back(read: Reader) -> None:
    text = (
        "On 20 December 1811 envoys came. Of all in 1811 they were the last. In January they left."
    )
    assert _values(read, WAR + text)[-1] == "1812-01"


def test_news_counts_months_from_publication_and_later_days_from_the_story(read: Reader) -> None:
    text = "The treaty was signed on 3 May 1987. Two days later it was void. In July talks resumed."
    assert _values(read, text) == ["1987-05-03", "1987-05-05", "2018-07"]


def test_without_a_day_of_publication_the_story_is_all_there_is(read: Reader) -> None:
    text = "The treaty was signed on 3 May 1987. In July it was void."
    assert [value for _, value, _ in read(text, None)] == ["1987-05-03", "1987-07"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales rose in the third quarter, from ten tonnes a year earlier.", "2017-Q3"),
        ("Sales rose in the third quarter, from ten tonnes a year ago.", "2017-Q3"),
        ("Sales rose in the third quarter. In the year-ago period they fell.", "2017-Q3"),
        ("Sales rose in the quarter.", "2018-Q3"),
        ("Sales rose in the 2017 third quarter.", "2017-Q3"),
        ("Sales rose in last year's second quarter.", "2017-Q2"),
        ("Sales rose in fiscal 2017.", "2017"),
        ("Sales rose in the year ended 31 May.", "P1Y"),
        ("Ten tonnes were sold a year ago.", "2017"),
    ],
)
def test_companies_compare_quarters(read: Reader, text: str, value: str) -> None:
    assert value in _values(read, text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It began at 9 a.m. Tuesday.", "9 a.m. Tuesday", "2018-11-06T09:00"),
        ("It began Tuesday at 5:30 p.m. GMT.", "Tuesday at 5:30 p.m. GMT", "2018-11-06T17:30"),
        ("It began at noon on Nov. 5.", "noon on Nov. 5", "2018-11-05T12:00"),
        ("It began on Nov. 5, at 2100 GMT.", "Nov. 5, at 2100 GMT", "2018-11-05T21:00"),
        ("It began yesterday; by 10 a.m. it was over.", "10 a.m.", "2018-11-08T10:00"),
    ],
)
def test_hours_belong_to_their_day(read: Reader, text: str, words: str, value: str) -> None:
    assert read(text)[-1][:2] == (words, value)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They rule now.", "now", "PRESENT_REF"),
        ("It happened in the past.", "the past", "PAST_REF"),
        ("The wall was built in the 3rd century BC.", "the 3rd century BC", "BC02"),
        ("The wall was built in the nineteenth century.", "the nineteenth century", "18"),
        ("The wall was built in 214 BC.", "214 BC", "BC0214"),
        ("The wall was built in nineteen ninety-six.", "nineteen ninety-six", "1996"),
        ("They fought for weeks.", "weeks", "PXW"),
        ("They spoke for ten minutes.", "ten minutes", "PT10M"),
    ],
)
def test_what_the_calendar_of_the_record_does_not_hold(
    read: Reader, text: str, words: str, value: str
) -> None:
    assert read(text)[-1][:2] == (words, value)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They met on Thanksgiving Day.", "Thanksgiving Day", "2018-11-22"),
        ("They met at Christmas 2007.", "Christmas 2007", "2007-12-25"),
        ("He was freed last Christmas.", "last Christmas", "2017-12-25"),
        ("They will meet after Easter.", "Easter", "2019-04-21"),
        ("He was shot on Good Friday.", "Good Friday", "2018-03-30"),
        ("It began on New Year’s Eve 1991.", "New Year’s Eve 1991", "1991-12-31"),
        ("The truce held through Ramadan.", "Ramadan", "2018-05-16/2018-06-14"),
        ("They met on Lunar New Year 2020.", "Lunar New Year 2020", "2020-01-25"),
    ],
)
def test_feasts_have_their_day(read: Reader, text: str, words: str, value: str) -> None:
    assert read(text)[-1][:2] == (words, value)


@pytest.mark.parametrize(
    "text", ["They live on Easter Island.", "The Tet Offensive began.", "A may day call came."]
)
def test_what_is_named_after_a_feast_is_none(read: Reader, text: str) -> None:
    assert read(text) == []
