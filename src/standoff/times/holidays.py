"""Feasts and public days by name: "Thanksgiving", "Christmas 2007", "last Ramadan".

``data/words.toml`` gives a rule for each: a day of a month, the nth weekday of one, days from
Easter (Gregorian computus, Meeus 1991), a day or month of the tabular Islamic calendar, which is a
day off now and then, or a list of days (Lunar New Year).
"""

from __future__ import annotations

import calendar
import datetime

from standoff.record import Interval
from standoff.times import intervals
from standoff.times.around import Around, NotATimeError
from standoff.times.grammar import Found
from standoff.times.words import tables

Date = datetime.date

_DAY = datetime.timedelta(days=1)
#: Of a feast without a year the nearest is meant, unless the tense points the other way and the
#: other is not this much nearer (days).
_NEARER = 200


def holiday(found: Found, around: Around) -> Interval | None:
    """Resolve a feast by its name, with or without its year."""
    rule = str(tables()["holidays"][found.lower("holiday").replace("’", "'")])
    if found.year:
        return _in_year(rule, found.year)
    told = around.story.start if around.story is not None else None
    if told is not None:
        return _in_year(rule, told.year)
    published = around.published
    if published is None:
        return None
    years = range(published.year - 1, published.year + 2)
    options = [option for year in years if (option := _in_year(rule, year))]
    before = [one for one in options if one.start and one.start <= published]
    after = [one for one in options if one.start and one.start > published]
    relation = found.relation
    if relation in {"last", "this past", "past"} or not after:
        return before[-1] if before else None
    if relation in {"next", "this coming", "coming"} or not before:
        return after[0]
    behind, ahead = _gap(before[-1], published), _gap(after[0], published)
    if around.direction() == "future" and ahead < behind + _NEARER:
        return after[0]
    if around.direction() == "past" and behind < ahead + _NEARER:
        return before[-1]
    return before[-1] if behind <= ahead else after[0]


def _gap(interval: Interval, day: Date) -> int:
    assert interval.start is not None
    return abs((interval.start - day).days)


def _in_year(rule: str, year: int) -> Interval | None:
    """Return the feast in a year; None where the list of its days ends before."""
    kind, _, rest = rule.partition(" ")
    match kind:
        case "day":
            return intervals.day(Date.fromisoformat(f"{year:04}-{rest}"))
        case "weekday":
            return intervals.day(_nth_weekday(year, *map(int, rest.split())))
        case "easter":
            return intervals.day(easter(year) + int(rest) * _DAY)
        case "islamic":
            return _islamic(year, *map(int, rest.split()))
        case "list":
            days = [
                day for day in tables()["lunar_new_year"]["days"] if day.startswith(f"{year:04}-")
            ]
            return intervals.day(Date.fromisoformat(days[0])) if days else None
    raise NotATimeError(rule)


def _nth_weekday(year: int, month: int, nth: int, weekday: int, after: int = 0) -> Date:
    """Return the nth weekday of a month, the last for -1, and some days after it."""
    if nth < 0:
        last = Date(year, month, calendar.monthrange(year, month)[1])
        return last - ((last.isoweekday() - weekday) % 7) * _DAY
    first = Date(year, month, 1)
    return first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1) + after) * _DAY


def easter(year: int) -> Date:
    """Return Easter Sunday of the western churches."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (8 * b + 13) // 25
    g = (19 * a + b - d - f + 15) % 30
    h, i = divmod(c, 4)
    k = (32 + 2 * e + 2 * h - g - i) % 7
    m = (a + 11 * g + 22 * k) // 451
    month, day = divmod(g + k - 7 * m + 114, 31)
    return Date(year, month, day + 1)


def _islamic(year: int, month: int, day: int = 0) -> Interval | None:
    """Return a day, or a whole month where none is given, of the Islamic calendar in our `year`."""
    near = round((year - 622) * 1.0307)
    for islamic in range(near - 1, near + 3):
        start = _from_islamic(islamic, month, day or 1)
        if start.year == year:
            if day:
                return intervals.day(start)
            end = _from_islamic(islamic, month + 1, 1) - _DAY
            return Interval(f"{start.isoformat()}/{end.isoformat()}", "month", start, end)
    return None


def _from_islamic(year: int, month: int, day: int) -> Date:
    """Return a day of the tabular (civil) Islamic calendar as one of ours."""
    count = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    # Days of the Julian period to those that Python counts from.
    return Date.fromordinal(count + 1948440 - 385 - 1721425)
