"""Days, weeks, months and the rest as intervals, with their TIMEX3 values.

Values follow TIMEX3 (TimeML 1.2.1; ISO 24617-1), which takes them from ISO 8601 and adds
seasons (``2018-SU``), weekends (``2018-W44-WE``), halves, decades (``199``) and centuries
(``19``). Weeks are those of ISO 8601, Monday to Sunday. All bounds are inclusive.

Functions raise ValueError or OverflowError for days outside the years 1 to 9999.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Literal

import attrs

from standoff.record import Grain, Interval

Date = datetime.date
Third = Literal["early", "mid", "late"]

_DAY = datetime.timedelta(days=1)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def day(date: Date, part: str = "") -> Interval:
    """Return the interval of one day; `part` is one of TIMEX3's (``MO``, ``NI``…)."""
    value = date.isoformat() + (f"T{part}" if part else "")
    return Interval(value, "day", date, date)


def week(date: Date) -> Interval:
    """Return the week that holds `date`."""
    monday = date - _DAY * (date.isoweekday() - 1)
    return Interval(_week_value(monday), "week", monday, monday + 6 * _DAY)


def weekend(date: Date) -> Interval:
    """Return the weekend of the week that holds `date`."""
    saturday = date + _DAY * (6 - date.isoweekday())
    return Interval(f"{_week_value(date)}-WE", "day", saturday, saturday + _DAY)


def month(year_: int, month_: int) -> Interval:
    """Return a month."""
    return Interval(f"{year_:04}-{month_:02}", "month", *_months(year_, month_, 1))


def quarter(year_: int, number: int) -> Interval:
    """Return a quarter of a calendar year, 1 to 4."""
    return Interval(f"{year_:04}-Q{number}", "quarter", *_months(year_, 3 * number - 2, 3))


def half(year_: int, number: int) -> Interval:
    """Return a half of a calendar year, 1 or 2."""
    return Interval(f"{year_:04}-H{number}", "half", *_months(year_, 6 * number - 5, 6))


def season(year_: int, name: str) -> Interval:
    """Return a season of the north; a winter begins in `year_` and ends in the next."""
    return Interval(f"{year_:04}-{name}", "season", *_months(year_, _SEASONS[name], 3))


def year(year_: int) -> Interval:
    """Return a calendar year."""
    return Interval(f"{year_:04}", "year", *_months(year_, 1, 12))


def decade(year_: int) -> Interval:
    """Return the decade that holds a year."""
    first = year_ - year_ % 10
    return Interval(f"{first:04}"[:3], "decade", Date(first, 1, 1), Date(first + 9, 12, 31))


def century(year_: int) -> Interval:
    """Return the hundred years with the same first two digits, as TIMEX3 counts them."""
    first = year_ - year_ % 100
    start = Date(max(first, 1), 1, 1)
    return Interval(f"{first:04}"[:2], "century", start, Date(first + 99, 12, 31))


def containing(date: Date, grain: Grain) -> Interval:
    """Return the interval of that grain that holds `date`."""
    match grain:
        case "week":
            return week(date)
        case "month":
            return month(date.year, date.month)
        case "quarter":
            return quarter(date.year, (date.month + 2) // 3)
        case "half":
            return half(date.year, (date.month + 5) // 6)
        case "season":
            return _season_of(date)
        case "year":
            return year(date.year)
        case "decade":
            return decade(date.year)
        case "century":
            return century(date.year)
        case _:
            return day(date)


def shift(date: Date, count: float, grain: Grain) -> Date:
    """Return the day that many units later (earlier, where negative).

    A day that the month does not have becomes its last (31 May less a month is 30 April).
    """
    months = {
        "month": 1,
        "quarter": 3,
        "season": 3,
        "half": 6,
        "year": 12,
        "decade": 120,
        "century": 1200,
    }.get(grain)
    if months is None:
        return date + datetime.timedelta(days=round(count * (7 if grain == "week" else 1)))
    index = date.year * 12 + date.month - 1 + round(count * months)
    year_, month_ = divmod(index, 12)
    last = _last_day(year_, month_ + 1)
    return Date(year_, month_ + 1, min(date.day, last))


def third(interval: Interval, which: Third) -> Interval:
    """Return the interval cut to its early, middle or late part; value and grain stay.

    Years are cut by months (four each), months at the 10th and the 20th, all else by days.
    """
    start, end = interval.start, interval.end
    if start is None or end is None or start == end:
        return interval
    if interval.grain in {"year", "decade", "century"}:
        years = end.year - start.year + 1
        first = shift(start, 4 * years, "month")
        second = shift(start, 8 * years, "month")
    elif interval.grain == "month":
        first, second = start.replace(day=11), start.replace(day=21)
    else:
        days = (end - start).days + 1
        first, second = start + _DAY * -(-days // 3), start + _DAY * (days - days // 3)
    match which:
        case "early":
            return attrs.evolve(interval, end=first - _DAY)
        case "mid":
            return attrs.evolve(interval, start=first, end=max(first, second - _DAY))
        case _:
            return attrs.evolve(interval, start=second)


def narrowed(interval: Interval, modifier: str, published: Date | None) -> Interval:
    """Return what "early", "the end of" or "later" leaves of an interval.

    "earlier this year" ends, "later this year" begins with the day of publication.
    """
    match modifier:
        case "early" | "beginning" | "start":
            return third(interval, "early")
        case "mid" | "middle":
            return third(interval, "mid")
        case "late" | "end":
            return third(interval, "late")
    start, end = interval.start, interval.end
    if modifier == "week":
        return containing(start, "week") if start is not None and start == end else interval
    if published is None or start is None or end is None or not start <= published <= end:
        return interval  # "earlier last week": no more is known than last week
    if modifier == "earlier":
        return attrs.evolve(interval, end=published)
    return attrs.evolve(interval, start=published)


def _week_value(date: Date) -> str:
    iso = date.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


def _months(year_: int, month_: int, count: int) -> tuple[Date, Date]:
    start = Date(year_, month_, 1)
    last_year, last_month = divmod(year_ * 12 + month_ - 1 + count - 1, 12)
    return start, Date(last_year, last_month + 1, _last_day(last_year, last_month + 1))


def _last_day(year_: int, month_: int) -> int:
    if not datetime.MINYEAR <= year_ <= datetime.MAXYEAR:
        raise OverflowError(f"year {year_}")
    return calendar.monthrange(year_, month_)[1]


def _season_of(date: Date) -> Interval:
    name = ("WI", "SP", "SU", "FA")[date.month % 12 // 3]
    return season(date.year - (date.month < 3), name)
