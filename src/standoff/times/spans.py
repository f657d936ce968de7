"""Weeks, quarters, seasons, years, and stretches of several: "last week", "the past two months"."""

from __future__ import annotations

import datetime

from standoff.record import Interval
from standoff.times import intervals, story
from standoff.times.amounts import Amount, amount_of, grain_of, period, spelled_year
from standoff.times.around import Around, NotATimeError
from standoff.times.days import STORY
from standoff.times.grammar import Found
from standoff.times.words import tables

Date = datetime.date

_WEEK = datetime.timedelta(days=7)
_ONE = Amount(1)
_THIRDS: dict[str, intervals.Third] = {"early": "early", "mid": "mid", "late": "late"}
#: Published on these days, "this weekend" with a past tense is the one before.
_EARLY_IN_WEEK = 3


def unit(found: Found, around: Around) -> Interval | None:
    """Resolve "last week", "this year", "the next month", "the past decade"."""
    published, word = around.published, found.lower("unit")
    relation = found.relation or " ".join(found.lower("near").split())
    if relation == "this" and word == "day":
        raise NotATimeError  # "to this day"
    if relation in STORY or (word == "day" and relation == "next"):
        return _told(around, STORY.get(relation, 1), word)
    if relation == "next" and found["the"] and around.story:
        return _told(around, 1, word)
    if published is None or word == "day":
        return None
    if relation == "this" and word == "weekend":
        return weekend(found, around)
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(relation, 0)
    definite = bool(found["the"]) and word not in {"weekend", "century"}
    if step and (relation == "past" or definite or word == "fortnight"):
        # "the last month" is the thirty days before, "last month" that of the calendar.
        return stretch(_ONE, word, published, ahead=step > 0)
    if word == "weekend":
        return intervals.weekend(published + step * _WEEK)
    grain = grain_of(word)
    return intervals.containing(intervals.shift(published, step, grain), grain)


def _told(around: Around, step: int, word: str) -> Interval | None:
    """Resolve "that year", "the following day": of the story."""
    if around.told is None:
        return None
    if word == "weekend":
        saturday = story.weekday(around.told, 6, step)
        return intervals.weekend(saturday.start) if saturday and saturday.start else None
    grain, size = grain_of(word), 2 if word == "fortnight" else 1
    return story.beside(around.told, step * size, grain)


def weekend(found: Found, around: Around) -> Interval | None:
    """Resolve "the weekend" and "this weekend": the latest one, or the coming one."""
    published = around.published
    if published is None:
        return None
    begun = published.isoweekday() > 5
    coming = bool(found["near"]) and published.isoweekday() > _EARLY_IN_WEEK
    if begun or coming or around.direction() == "future":
        return intervals.weekend(published)
    return intervals.weekend(published - _WEEK)


def span(found: Found, around: Around) -> Interval | None:
    """Resolve "the past two weeks", "recent months", "the coming days"."""
    relation = found.relation
    if around.published is None or relation in STORY:
        return None
    ahead = relation in {"next", "coming"}
    return stretch(amount_of(found["amount"]), found.lower("unit"), around.published, ahead=ahead)


def stretch(amount: Amount, word: str, published: Date, *, ahead: bool) -> Interval:
    """Return the time from or to the day of publication that an amount of units takes.

    Where nobody can say how many, the far end is open.
    """
    value, grain = period(amount, word), grain_of(word)
    if amount.count is None:
        start, end = (published, None) if ahead else (None, published)
        return Interval(value, grain, start, end)
    count = amount.count * (2 if word.startswith("fortnight") else 1)
    other = intervals.shift(published, count if ahead else -count, grain)
    return Interval(value, grain, min(published, other), max(published, other))


def containing(found: Found, published: Date) -> Interval:
    """Return the week, month, year… of the match's unit that holds the day of publication."""
    return intervals.containing(published, grain_of(found.lower("unit")))


def of_unit(found: Found, around: Around) -> Interval | None:
    """Resolve "the end of the month": of that of the story, or of the report."""
    whole = _whole(found, around)
    return whole and intervals.narrowed(whole, found.lower("edge"), around.published)


def whole(found: Found, around: Around) -> Interval | None:
    """Resolve "the year": that of the story, or of the report; "the year ended …" is a length."""
    if found["bounds"]:
        return Interval("P1Y", "year")
    return _whole(found, around)


def year_end(found: Found, around: Around) -> Interval | None:
    """Resolve "year-end"."""
    told = around.story.start if around.story is not None else around.published
    return None if told is None else intervals.third(intervals.year(told.year), "late")


def _whole(found: Found, around: Around) -> Interval | None:
    if around.story is not None:
        return story.beside(around.story, 0, grain_of(found.lower("unit")))
    return None if around.published is None else containing(found, around.published)


def reference(found: Found, around: Around) -> Interval:
    """Return what points at no day of the calendar: now, the past, the future."""
    return Interval(tables()["references"][" ".join(found.text.lower().split())])


def report(found: Found, around: Around) -> Interval | None:
    """Resolve "the quarter" and "the year-ago period" of a company's report: the latest one."""
    latest = reported(around)
    if found.year:
        number = latest and int(latest.value[-1])
        return intervals.quarter(found.year, number) if number else intervals.year(found.year)
    if latest is None or not found.relation or found.relation == "latest":
        return latest
    return story.beside(latest, -1, "year")


def reported(around: Around) -> Interval | None:
    """Return the quarter that is reported on: the last one named, else the last that has ended."""
    if around.quarter is not None or around.published is None:
        return around.quarter
    before = intervals.shift(around.published, -1, "quarter")
    return intervals.containing(before, "quarter")


def quarter(found: Found, around: Around) -> Interval | None:
    """Resolve "the third quarter of 2018", "Q3", "the first half of last year"."""
    name = found.lower("ordinal")
    number: int = tables()["ordinals"].get(name) or int(name)
    halves = found.lower("unit") in {"half", "h"}
    if halves and number > 2:
        raise NotATimeError
    make = intervals.half if halves else intervals.quarter
    if found["year"]:
        return make(found.year, number)
    if halves and not found["rel"]:
        raise NotATimeError  # "the first half" of a match, of a report
    if around.published is None:
        return None
    year_ = around.published.year
    if found["ago"]:
        reference = reported(around)
        now = reference.start.year if reference is not None and reference.start else year_
        return make(now - 1, number)
    if found["rel"] or found["near"]:
        step = {"last": -1, "next": 1}.get(found.relation or found.lower("near"), 0)
        return make(year_ + step, number)
    current = (around.published.month + 2) // 3
    if around.direction() == "future":
        # The quarter that has just ended is still the one that will be reported on.
        return make(year_ + (number < current - 1), number)
    return make(year_ - (number > current), number)


def season(found: Found, around: Around) -> Interval | None:
    """Resolve "summer 2018", "last winter", "in the spring"."""
    name = tables()["seasons"][found.lower("season")]
    if found["year"]:
        return intervals.season(found.year, name)
    published, relation = around.published, found.relation
    if around.story is not None and around.story.start is not None:
        return _told_season(around.story.start, name, relation)
    if published is None:
        return None
    options = [intervals.season(published.year + step, name) for step in (-2, -1, 0, 1)]
    ended = [item for item in options if item.end and item.end < published]
    begun = [item for item in options if item.start and item.start <= published]
    coming = [item for item in options if item not in begun]
    if relation in {"last", "this past"}:
        return ended[-1]
    if relation in {"next", "this coming", "coming"}:
        return coming[0]
    if relation == "this":
        # A winter runs over New Year: in February it is still "this winter".
        return begun[-1] if begun[-1] not in ended else options[2]
    if around.direction() == "future":
        return next(item for item in options if item not in ended)
    return begun[-1]


def _told_season(told: Date, name: str, relation: str) -> Interval:
    """Resolve a season of the story; January tells of the winter that began the year before."""
    step = {"next": 1, "following": 1, "last": -1, "previous": -1}.get(relation, 0)
    if step == 0:
        return intervals.season(told.year - (name == "WI" and told.month < 3), name)
    options = [intervals.season(told.year + add, name) for add in (-1, 0, 1)]
    later = [item for item in options if item.start and item.start > told]
    earlier = [item for item in options if item.end and item.end < told]
    return later[0] if step > 0 else earlier[-1]


def decade(found: Found, around: Around) -> Interval:
    """Resolve "the 1990s", "the late '90s"."""
    first = found.year
    if not first:
        # Those of the century in which the report appeared, or of the one before.
        now = around.published.year if around.published else 2029
        first = now - now % 100 + found.number("short")
        first -= 100 if first > now else 0
    whole = intervals.decade(first)
    return intervals.third(whole, _THIRDS[found.lower("early")]) if found["early"] else whole


def year(found: Found, around: Around) -> Interval:
    """Resolve a bare year."""
    return intervals.year(found.year)


def spelled(found: Found, around: Around) -> Interval:
    """Resolve "nineteen ninety-six", "the year two thousand"."""
    return intervals.year(spelled_year(found["words"]) if found["words"] else 2000)


def century(found: Found, around: Around) -> Interval:
    """Resolve "the 20th century", "the 4th century BC"."""
    word = found.lower("number")
    number = tables()["centuries"].get(word) or found.number("number")
    if found["bc"]:
        return Interval(f"BC{number - 1:02}", "century")
    return intervals.century(100 * (number - 1))


def before_christ(found: Found, around: Around) -> Interval:
    """Return a year before Christ, which the calendar of the record does not reach."""
    value = f"BC{found.number('year'):04}"
    if found["year2"]:
        return Interval(f"{value}/BC{found.number('year2'):04}", "year")
    if found["season"]:
        return Interval(f"{value}-{tables()['seasons'][found.lower('season')]}", "season")
    return Interval(value, "year")


def years(found: Found, around: Around) -> Interval:
    """Resolve "1950-53"."""
    first, last = found.year, found.number("year2")
    if last < 100:
        last += first - first % 100
    if not 0 < last - first < 150:
        raise NotATimeError
    return Interval(f"{first}/{last}", "year", Date(first, 1, 1), Date(last, 12, 31))
