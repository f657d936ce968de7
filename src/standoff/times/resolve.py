"""From a match to its interval: the table of kinds, and what "early" or "the end of" leaves.

What is relative to a day that the report does not give (no publication date, "the following
week", "two days later") has no interval. Approximations widen or move the interval and leave the
value: TIMEX3 keeps them apart too (its attribute `mod`). Sets have values with X in the places
that recur (``XXXX-WXX-1``, every Monday), lengths are ISO 8601 periods (``P2W``) and have no
bounds, unless they are anchored at the day of publication ("the past two weeks").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from standoff.record import Interval
from standoff.times import days, holidays, intervals, lengths, spans
from standoff.times.around import Around
from standoff.times.grammar import Found


def resolve(found: Found, around: Around) -> Interval | None:
    """Return the interval of a match, None where it is relative to what is not known.

    Raises:
        ValueError, OverflowError: it is in no calendar (31 February, a million years ago).
    """
    interval = _RESOLVERS[found.kind](found, around)
    if interval is None or found.modifier is None:
        return interval
    return intervals.narrowed(interval, found.modifier, around.published)


_RESOLVERS: Mapping[str, Callable[[Found, Around], Interval | None]] = {
    "holiday": holidays.holiday,
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
    "of_unit": spans.of_unit,
    "reference": spans.reference,
    "report": spans.report,
    "whole": spans.whole,
    "year_end": spans.year_end,
    "compared": lengths.compared,
    "clock": days.clock,
    "clock24": days.clock,
    "noon": days.clock,
    "span": spans.span,
    "quarter": spans.quarter,
    "q": spans.quarter,
    "season": spans.season,
    "decade": spans.decade,
    "year": spans.year,
    "years": spans.years,
    "fiscal": spans.year,
    "year_quarter": spans.quarter,
    "bc": spans.before_christ,
    "bc_range": spans.before_christ,
    "year_season": spans.season,
    "year_report": spans.report,
    "century": spans.century,
    "spelled": spans.spelled,
    "ago": lengths.ago,
    "duration": lengths.duration,
    "lengths": lengths.duration,
    "long": lengths.long,
    "every": lengths.every,
    "adverb": lengths.adverb,
}
