"""Days, weekdays and months: which one is meant, by the day of publication and the tense."""

from __future__ import annotations

import datetime

from standoff.record import Interval
from standoff.times import intervals
from standoff.times.around import Around, NotATimeError
from standoff.times.grammar import Found
from standoff.times.words import month_number, tables, weekday_number

Date = datetime.date

_DAY = datetime.timedelta(days=1)
#: A day of another year that far off would have its year beside it: where the other one is near,
#: that is meant whatever the tense ("declared a dividend payable Dec. 15").
_FAR, _NEAR = 240, 100
#: The same for months, where there is no tense.
_FAR_MONTHS, _NEAR_MONTHS = 8, 4


def _full(found: Found, around: Around) -> Interval | None:
    """Resolve a day, or a range of days, of a month."""
    month = _month_number(found)
    first, last = _number(found["day"]), _number(found["day2"] or found["day"])
    year = int(found["year"]) if found["year"] else _year_of_day(found, around, month, first)
    if year is None:
        Date(2000, month, max(first, last))  # is there such a day at all?
        return None
    start, end = Date(year, month, first), Date(year, month, last)
    if start == end:
        return intervals.day(start)
    if end < start:
        raise NotATimeError
    return Interval(f"{start.isoformat()}/{end.isoformat()}", "day", start, end)


def _year_of_day(found: Found, around: Around, month: int, day: int) -> int | None:
    """Return the year of a day without one: by its weekday, by the tense, else the nearest."""
    published = around.published
    if published is None:
        return None
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(Date(year, month, day))
        except ValueError:
            continue  # 29 February
    weekday = _weekday_number(found)
    matching = [date for date in days if date.isoweekday() == weekday] or days
    past = [date for date in matching if date <= published]
    future = [date for date in matching if date >= published]
    if not matching:
        raise NotATimeError
    nearest = min(matching, key=lambda date: abs((date - published).days))
    if not past or not future:
        return nearest.year
    before, after = (published - past[-1]).days, (future[0] - published).days
    match around.direction():
        case "past" if before <= _STALE or after > _SOON:
            return past[-1].year
        case "future" if after <= _STALE or before > _SOON:
            return future[0].year
    return nearest.year


def _iso(found: Found, around: Around) -> Interval:
    return intervals.day(Date(*(int(found[part] or 0) for part in ("year", "month", "day"))))


def _numeric(found: Found, around: Around) -> Interval:
    """Resolve a date in figures, where only one order of day and month is possible."""
    first, second = int(found["first"] or 0), int(found["second"] or 0)
    year = int(found["year"] or 0)
    if first > 12 >= second or first == second:
        return intervals.day(Date(year, second, first))
    if second > 12 >= first:
        return intervals.day(Date(year, first, second))
    raise NotATimeError


def _month_year(found: Found, around: Around) -> Interval:
    return intervals.month(int(found["year"] or 0), _month_number(found))


def _month(found: Found, around: Around) -> Interval | None:
    published, month = around.published, _month_number(found)
    if published is None:
        return None
    relation = _relation(found)
    if found["of"]:
        year = published.year + {"last": -1, "next": 1}.get(found["of"].lower(), 0)
    elif relation in {"last", "this past"}:
        year = published.year - (month >= published.month)
    elif relation in {"next", "this coming"}:
        year = published.year + (month <= published.month)
    elif relation == "this":
        year = published.year
    elif relation is not None:
        return None  # "the following March" is that of the story
    elif around.direction() == "future":
        year = published.year + (month < published.month)
    else:
        year = published.year - (month > published.month)
    return intervals.month(year, month)


def _weekday(found: Found, around: Around) -> Interval | None:
    """Resolve a weekday; the day of publication itself counts, as agencies write it.

    "last" and "next" exclude it: "last Friday" is the latest one before, "next Friday" that of
    the next week (Monday to Sunday).
    """
    published, weekday = around.published, _weekday_number(found)
    if published is None or weekday is None:
        return None
    back = (published.isoweekday() - weekday) % 7
    ahead = (weekday - published.isoweekday()) % 7
    relation = _relation(found)
    if relation in {"last", "this past", "past"}:
        date = published - _DAY * (back or 7)
    elif relation in {"this coming", "coming"}:
        date = published + _DAY * (ahead or 7)
    elif relation in {"next", "this"}:
        days = weekday - published.isoweekday() + (7 if relation == "next" else 0)
        date = published + _DAY * days
    elif relation is not None:
        return None  # "the previous Friday" is that of the story
    elif around.direction() == "future":
        date = published + _DAY * ahead
    else:
        date = published - _DAY * back
    return intervals.day(date, _part(found))


def _deictic(found: Found, around: Around) -> Interval | None:
    if around.published is None:
        return None
    word = (found["deictic"] or found["far"] or "").lower().split()[-1]
    distance = {"yesterday": -1, "tomorrow": 1}.get(word, 0) * (2 if found["far"] else 1)
    part = "NI" if word == "tonight" else _part(found)
    return intervals.day(around.published + _DAY * distance, part)


def _part_of_day(found: Found, around: Around) -> Interval | None:
    if around.published is None:
        return None
    return intervals.day(around.published - _DAY * (_relation(found) == "last"), _part(found))


