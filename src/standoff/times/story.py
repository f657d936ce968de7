"""What is counted from the time last told: "two days later", "that year", "In April" of a war told.

A text has two clocks, the day of publication and the story's own. The second is set by every time
that has both bounds. It says nothing finer than what was told: four days after "June 1915" is no
day of the calendar.
"""

from __future__ import annotations

import datetime

import attrs

from standoff.record import Grain, Interval
from standoff.times import intervals
from standoff.times.around import Clock
from standoff.times.grammar import Found

Date = datetime.date

_ORDER: tuple[Grain, ...] = (
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
)

#: Expressions that name a quarter by itself, not by another.
_REPORTED = frozenset({"quarter", "q"})

#: A month that lies so many before the one last told is that of the next year: stories go on, and
#: only now and then look back. Rerun benchmarks/times.py (wikiwars).
_BACK = 7


def after(clock: Clock, found: Found, interval: Interval | None) -> Clock:
    """Return the clock as it stands after a time: at that time, if it has a place in the calendar.

    A year or a month that holds what was told before says no more than that.
    """
    if interval is None or not interval.value[:1].isdigit():
        return clock
    if interval.grain == "quarter" and found.kind in _REPORTED:
        clock = attrs.evolve(clock, quarter=interval)
    if interval.start is None or interval.end is None:
        return clock
    told = clock.told
    if told and told.start and _coarser(interval.grain, told.grain or "day"):
        holds = interval.start <= told.start <= interval.end
        return clock if holds else attrs.evolve(clock, told=interval)
    return attrs.evolve(clock, told=interval)


def year_of(told: Interval, month: int) -> int | None:
    """Return the year in which a month without one lies."""
    if told.start is None:
        return None
    if _coarser(told.grain, "month"):
        return told.start.year
    return told.start.year + (month <= told.start.month - _BACK)


def beside(told: Interval, count: float, grain: Grain) -> Interval | None:
    """Return the time so many units after (before, where negative) the one told, None if unknown.

    A year from a quarter is a quarter: who compares quarters says "a year earlier".
    """
    if told.start is None:
        return None
    if grain == "year" and told.grain in {"quarter", "half"}:
        return intervals.containing(intervals.shift(told.start, count, "year"), told.grain)
    if _coarser(told.grain, grain):
        return None
    return intervals.containing(intervals.shift(told.start, count, grain), grain)


def weekday(told: Interval, number: int, step: int) -> Interval | None:
    """Return a weekday after (`step` 1) or before (-1) the day told, or near it (0)."""
    if told.start is None or _coarser(told.grain, "week"):
        return None
    ahead = (number - told.start.isoweekday()) % 7
    if step > 0:
        ahead = ahead or 7
    elif step < 0:
        ahead -= 7
    elif ahead == 6:
        ahead = -1  # the day before is nearer than that of the next week
    return intervals.day(told.start + datetime.timedelta(days=ahead))


def _coarser(one: Grain | None, other: Grain) -> bool:
    return one is None or _ORDER.index(one) > _ORDER.index(other)
