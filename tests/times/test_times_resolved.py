"""What times mean, without tags or a parse. The report appeared on Friday 2018-11-09."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

Reader = Callable[..., list[tuple[str, str | None, str]]]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoy left on 9 November 2018.", "9 November 2018", "2018-11-09"),
        ("The envoy left on the 9th of November, 2018.", "the 9th of November, 2018", "2018-11-09"),
        ("The envoy left on November 9, 2018.", "November 9, 2018", "2018-11-09"),
        ("The envoy left on Friday, Nov. 9, 2018.", "Friday, Nov. 9, 2018", "2018-11-09"),
        ("The envoy left on Nov. 9.", "Nov. 9", "2018-11-09"),
        ("The envoy left on NOVEMBER 9.", "NOVEMBER 9", "2018-11-09"),
        ("The envoy left on 2018-11-09.", "2018-11-09", "2018-11-09"),
        ("The envoy left on 31/10/2018.", "31/10/2018", "2018-10-31"),
        ("The envoy left on 10/31/2018.", "10/31/2018", "2018-10-31"),
        ("The envoy left in November 2017.", "November 2017", "2017-11"),
        ("The envoy left in Dec. 2017.", "Dec. 2017", "2017-12"),
        ("The envoy left on August 5, Juche 76 (1987).", "August 5, Juche 76 (1987)", "1987-08-05"),
        ("The envoy left in 1994.", "1994", "1994"),
        ("The border has been closed since 1994.", "1994", "1994"),
        ("The 1994 accord is dead.", "1994", "1994"),
        ("The war (1994) was short.", "1994", "1994"),
        ("The border was open in the 1990s.", "the 1990s", "199"),
        ("The border was open in the late '90s.", "the late '90s", "199"),
        ("The envoy left in the third quarter of 2017.", "the third quarter of 2017", "2017-Q3"),
        ("The envoy left in Q3 2017.", "Q3 2017", "2017-Q3"),
        ("He left in the first half of 2017.", "the first half of 2017", "2017-H1"),
        ("The envoy left in the summer of 2017.", "the summer of 2017", "2017-SU"),
        ("The envoy left in winter 2017.", "winter 2017", "2017-WI"),
    ],
)
def test_dates_that_are_given_in_full(read: Reader, text: str, words: str, value: str) -> None:
    assert [item[:2] for item in read(text)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Now, the road is open.", "Now", "PRESENT_REF"),
        ("They sat for 5 1/2 hours.", "5 1/2 hours", "PT5H30M"),
        ("The shelling began at 4 in the morning.", "4 in the morning", "2018-11-09T04:00"),
        ("The shelling began at 11 at night.", "11 at night", "2018-11-09T23:00"),
        ("The shelling began at 2 o'clock at night.", "2 o'clock at night", "2018-11-09T02:00"),
        ("The shelling began at midday.", "midday", "2018-11-09T12:00"),
        ("A day-long curfew was set.", "A day-long", "P1D"),
        ("The decades-long feud is over.", "decades-long", "PXY"),
        ("The yearlong siege is over.", "yearlong", "P1Y"),
        ("Her one-day visit is over.", "one-day", "P1D"),
        ("It takes two more weeks.", "two more weeks", "P2W"),
        ("It takes a month or two.", "a month or two", "P1M"),
        ("They met one year after the war.", "one year", "P1Y"),
        ("They met a week or so ago.", "a week or so ago", "2018-W44"),
        ("They sat down an hour later.", "an hour later", "PT1H"),
        ("Talks are set for the week of March 6, 2018.", "the week of March 6, 2018", "2018-W10"),
    ],
)
def test_less_usual_words(read: Reader, text: str, words: str, value: str) -> None:
    assert [item[:2] for item in read(text)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value", "bounds"),
    [
        (
            "The talks of 9-11 October 2018 failed.",
            "9-11 October 2018",
            "2018-10-09/2018-10-11",
            "2018-10-09 2018-10-11",
        ),
        (
            "The talks of October 9 to 11 failed.",
            "October 9 to 11",
            "2018-10-09/2018-10-11",
            "2018-10-09 2018-10-11",
        ),
        ("The 1950-53 war was long.", "1950-53", "1950/1953", "1950-01-01 1953-12-31"),
        ("He left in early 2018.", "early 2018", "2018", "2018-01-01 2018-04-30"),
        ("He left in mid-October.", "mid-October", "2018-10", "2018-10-11 2018-10-20"),
        ("He left late last year.", "late last year", "2017", "2017-09-01 2017-12-31"),
        ("He left at the end of July.", "the end of July", "2018-07", "2018-07-21 2018-07-31"),
        ("He left earlier this year.", "earlier this year", "2018", "2018-01-01 2018-11-09"),
        ("He will leave later this month.", "later this month", "2018-11", "2018-11-09 2018-11-30"),
        (
            "He will leave at the end of the month.",
            "the end of the month",
            "2018-11",
            "2018-11-21 2018-11-30",
        ),
        (
            "He left in the summer of 2018.",
            "the summer of 2018",
            "2018-SU",
            "2018-06-01 2018-08-31",
        ),
        (
            "He left in the winter of 2017.",
            "the winter of 2017",
            "2017-WI",
            "2017-12-01 2018-02-28",
        ),
        ("He left in the 1990s.", "the 1990s", "199", "1990-01-01 1999-12-31"),
    ],
)
def test_parts_and_ranges(read: Reader, text: str, words: str, value: str, bounds: str) -> None:
    assert read(text) == [(words, value, bounds)]


@pytest.mark.parametrize(
    ("text", "words", "value", "bounds"),
    [
        ("They met yesterday.", "yesterday", "2018-11-08", "2018-11-08 2018-11-08"),
        ("They met today.", "today", "2018-11-09", "2018-11-09 2018-11-09"),
        ("They will meet tomorrow.", "tomorrow", "2018-11-10", "2018-11-10 2018-11-10"),
        (
            "They met yesterday evening.",
            "yesterday evening",
            "2018-11-08TEV",
            "2018-11-08 2018-11-08",
        ),
        ("They will meet tonight.", "tonight", "2018-11-09TNI", "2018-11-09 2018-11-09"),
        ("They met last night.", "last night", "2018-11-08TNI", "2018-11-08 2018-11-08"),
        (
            "They met the day before yesterday.",
            "the day before yesterday",
            "2018-11-07",
            "2018-11-07 2018-11-07",
        ),
        ("They met last week.", "last week", "2018-W44", "2018-10-29 2018-11-04"),
        ("This week's meeting failed.", "This week", "2018-W45", "2018-11-05 2018-11-11"),
        ("They will meet next week.", "next week", "2018-W46", "2018-11-12 2018-11-18"),
        ("They met last weekend.", "last weekend", "2018-W44-WE", "2018-11-03 2018-11-04"),
        ("They met over the weekend.", "the weekend", "2018-W44-WE", "2018-11-03 2018-11-04"),
        ("They will meet this weekend.", "this weekend", "2018-W45-WE", "2018-11-10 2018-11-11"),
        ("They met last month.", "last month", "2018-10", "2018-10-01 2018-10-31"),
        ("They met last quarter.", "last quarter", "2018-Q3", "2018-07-01 2018-09-30"),
        ("They met last year.", "last year", "2017", "2017-01-01 2017-12-31"),
        ("They will meet next year.", "next year", "2019", "2019-01-01 2019-12-31"),
        ("They met last summer.", "last summer", "2018-SU", "2018-06-01 2018-08-31"),
        ("They met last winter.", "last winter", "2017-WI", "2017-12-01 2018-02-28"),
        ("They met in June last year.", "June last year", "2017-06", "2017-06-01 2017-06-30"),
        ("They met last October.", "last October", "2018-10", "2018-10-01 2018-10-31"),
        ("They met last November.", "last November", "2017-11", "2017-11-01 2017-11-30"),
        ("They met in the past two weeks.", "the past two weeks", "P2W", "2018-10-26 2018-11-09"),
        ("They met in the past year.", "the past year", "P1Y", "2017-11-09 2018-11-09"),
        (
            "They will meet in the next three days.",
            "the next three days",
            "P3D",
            "2018-11-09 2018-11-12",
        ),
        ("They met in recent months.", "recent months", "PXM", "-- 2018-11-09"),
        ("They will meet in the coming weeks.", "the coming weeks", "PXW", "2018-11-09 --"),
        ("They met two days ago.", "two days ago", "2018-11-07", "2018-11-07 2018-11-07"),
        ("They met three weeks ago.", "three weeks ago", "2018-W42", "2018-10-15 2018-10-21"),
        ("They met five years ago.", "five years ago", "2013", "2013-01-01 2013-12-31"),
        ("They met a year ago.", "a year ago", "2017", "2017-01-01 2017-12-31"),
        ("They met half a year ago.", "half a year ago", "2018-05", "2018-05-01 2018-05-31"),
        ("They met a decade ago.", "a decade ago", "2008", "2008-01-01 2008-12-31"),
        ("They met several years ago.", "several years ago", "PAST_REF", "-- 2018-11-09"),
    ],
)
def test_what_is_relative_to_the_day_of_publication(
    read: Reader, text: str, words: str, value: str, bounds: str
) -> None:
    assert read(text) == [(words, value, bounds)]


@pytest.mark.parametrize(
    ("words", "value", "bounds"),
    [
        ("just over a year ago", "2017", "2017-08-09 2017-11-09"),
        ("almost a year ago", "2017", "2017-11-09 2018-02-09"),
        ("about a year ago", "2017", "2017-08-09 2018-02-09"),
        ("more than three years ago", "2015", "2015-05-09 2015-11-09"),
        ("nearly two weeks ago", "2018-W43", "2018-10-26 2018-10-30"),
    ],
)
def test_approximations_move_the_bounds(read: Reader, words: str, value: str, bounds: str) -> None:
    assert read(f"They met {words}.") == [(words, value, bounds)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They drill each year.", "each year", "P1Y"),
        ("They drill every month.", "every month", "P1M"),
        ("They drill every day.", "every day", "P1D"),
        ("They drill every Monday.", "every Monday", "XXXX-WXX-1"),
        ("They drill each July.", "each July", "XXXX-07"),
        ("They drill every spring.", "every spring", "XXXX-SP"),
        ("They drill every two weeks.", "every two weeks", "P2W"),
        ("They drill every other year.", "every other year", "P2Y"),
        ("They drill annually.", "annually", "P1Y"),
        ("They drilled for two weeks.", "two weeks", "P2W"),
        ("They held a two-day drill.", "two-day", "P2D"),
        ("They drilled for two and a half years.", "two and a half years", "P2.5Y"),
        ("They drilled for twenty-five years.", "twenty-five years", "P25Y"),
        ("They drilled for a few days.", "a few days", "PXD"),
        ("They drilled for a decade.", "a decade", "P10Y"),
        ("They drilled for a fortnight.", "a fortnight", "P2W"),
    ],
)
def test_sets_and_lengths_have_values_and_no_bounds(
    read: Reader, text: str, words: str, value: str
) -> None:
    assert read(text) == [(words, value, "")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Monday.", "2018-11-05"),
        ("They met on Friday.", "2018-11-09"),
        ("They met on Saturday.", "2018-11-03"),
        ("They met last Friday.", "2018-11-02"),
        ("They met this past Tuesday.", "2018-11-06"),
        ("They met on Monday night.", "2018-11-05TNI"),
        ("They will meet on Monday.", "2018-11-12"),
        ("They will meet on Friday.", "2018-11-09"),
        ("They will meet next Tuesday.", "2018-11-13"),
        ("They will meet this Saturday.", "2018-11-10"),
        ("They were due to meet on Monday.", "2018-11-12"),
        ("They met in July.", "2018-07"),
        ("They met in November.", "2018-11"),
        ("They were there in December.", "2017-12"),
        ("They will meet in December.", "2018-12"),
        ("They will meet in January.", "2019-01"),
        ("June's summit failed.", "2018-06"),
        ("The summit in December", "2018-12"),  # no verb: the one that is near
        ("They met on October 30.", "2018-10-30"),
        ("They were there on January 20.", "2018-01-20"),
        ("They will meet on January 20.", "2019-01-20"),
        ("They declared a dividend payable December 15.", "2018-12-15"),
        ("They met on Tuesday, 5 December.", "2017-12-05"),  # the weekday gives the year
    ],
)
def test_tense_says_which_day_is_meant(read: Reader, text: str, value: str) -> None:
    assert [item[1] for item in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value", "bounds"),
    [
        ("They have met since June.", "2018-06", "2018-06-01 2018-11-09"),
        ("They have met since 1994.", "1994", "1994-01-01 2018-11-09"),
        ("They have met since last Friday, twice.", "2018-11-02", "2018-11-02 2018-11-09"),
        ("Since June's summit they have met.", "2018-06", "2018-06-01 2018-06-30"),
        ("They will meet by Monday.", "2018-11-12", "-- 2018-11-12"),
        ("They will meet until December.", "2018-12", "-- 2018-12-31"),
        ("They met before 2010.", "2010", "-- 2009-12-31"),
        ("They met after July.", "2018-07", "2018-08-01 --"),
    ],
)
def test_prepositions_open_the_bounds(read: Reader, text: str, value: str, bounds: str) -> None:
    assert [item[1:] for item in read(text)] == [(value, bounds)]


@pytest.mark.parametrize(
    "text",
    [
        "They met two days later.",
        "The following week they met.",
        "They met the next day.",
        "They met the previous Friday.",
        "They met that year.",
    ],
)
def test_what_is_relative_to_the_story_has_no_interval(read: Reader, text: str) -> None:
    assert [item[1] for item in read(text)] == [None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met yesterday.", None),
        ("They met on Monday.", None),
        ("They met in July.", None),
        ("They met last week.", None),
        ("They met two days ago.", None),
        ("They met over the past two weeks.", None),
        ("They met on November 9.", None),
        ("They met last summer.", None),
        ("They met in July 2018.", "2018-07"),
        ("They met in 1994.", "1994"),
        ("They drill each year.", "P1Y"),
        ("They drilled for two weeks.", "P2W"),
    ],
)
def test_without_a_day_of_publication(read: Reader, text: str, value: str | None) -> None:
    assert [item[1] for item in read(text, None)] == [value]


def test_weeks_run_over_new_year(read: Reader) -> None:
    assert read("They met last week.", datetime.date(2019, 1, 4))[0][1] == "2018-W52"
    assert read("They met this week.", datetime.date(2018, 12, 31))[0][1] == "2019-W01"


def test_a_winter_runs_over_new_year(read: Reader) -> None:
    assert read("They met this winter.", datetime.date(2018, 2, 1))[0][1] == "2017-WI"
