"""From a match to its interval: the table of kinds, and what "early" or "the end of" leaves.

What is relative to a day that the report does not give (no publication date, "the following
week", "two days later") has no interval. Approximations widen or move the interval and leave the
value: TIMEX3 keeps them apart too (its attribute `mod`). Sets have values with X in the places
that recur (``XXXX-WXX-1``, every Monday), lengths are ISO 8601 periods (``P2W``) and have no
bounds, unless they are anchored at the day of publication ("the past two weeks").
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import attrs

from standoff.record import Interval
from standoff.times import days, intervals, lengths, spans
from standoff.times.around import Around
from standoff.times.grammar import Found

Date = datetime.date


def resolve(found: Found, around: Around) -> Interval | None:
    """Return the interval of a match, None where it is relative to what is not known.

    Raises:
        ValueError, OverflowError: it is in no calendar (31 February, a million years ago).
    """
    interval = _RESOLVERS[found.kind](found, around)
    if interval is None or found.modifier is None:
        return interval
    return _narrowed(interval, found.modifier, around.published)


def _narrowed(interval: Interval, modifier: str, published: Date | None) -> Interval | None:
    match modifier:
        case "early" | "beginning" | "start":
            return intervals.third(interval, "early")
        case "mid" | "middle":
            return intervals.third(interval, "mid")
        case "late" | "end":
            return intervals.third(interval, "late")
    start, end = interval.start, interval.end
    if published is None or start is None or end is None or not start <= published <= end:
        return interval  # "earlier last week": no more is known than last week
    if modifier == "earlier":
        return attrs.evolve(interval, end=published)
    return attrs.evolve(interval, start=published)


def _of_unit(found: Found, around: Around) -> Interval | None:
    """Resolve "the end of the month": of the one in which the report appeared."""
    if around.published is None:
        return None
    whole = spans.containing(found, around.published)
    return _narrowed(whole, found.lower("edge"), around.published)


_RESOLVERS: Mapping[str, Callable[[Found, Around], Interval | None]] = {
    "iso": days.iso,
    "numeric": days.numeric,
    "days_month": days.of_month,
    "month_days": days.of_month,
    "day_month": days.of_month,
    "month_day": days.of_month,
    "month_year": days.month_year,
    "month": days.month,
    "weekday": days.weekday,
    "deictic": days.deictic,
    "part": days.part_of_day,
    "unit": spans.unit,
    "weekend": spans.weekend,
    "of_unit": _of_unit,
    "span": spans.span,
    "quarter": spans.quarter,
    "q": spans.quarter,
    "season": spans.season,
    "decade": spans.decade,
    "year": spans.year,
    "years": spans.years,
    "ago": lengths.ago,
    "duration": lengths.duration,
    "every": lengths.every,
    "adverb": lengths.adverb,
}
