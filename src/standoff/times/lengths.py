"""Distances, lengths and sets: "just over a year ago", "two-day", "each year"."""

from __future__ import annotations

import datetime

from standoff.record import Grain, Interval
from standoff.times import intervals, spans
from standoff.times.amounts import Amount, amount_of, grain_of, period
from standoff.times.around import Around, NotATimeError
from standoff.times.grammar import Found
from standoff.times.words import month_number, tables, weekday_number

Date = datetime.date

#: How far an approximation reaches, as a part of the unit: from one, and from several.
_REACH, _REACH_FROM_SEVERAL = 0.25, 0.5

_RECURRING = {
    "hour": "XXXX-XX-XXTXX",
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
}
_ADVERBS = {"annually": "year", "daily": "day"}


def ago(found: Found, around: Around) -> Interval | None:
    """Resolve "two days ago" to its day, "five years ago" to its year, and what is about so."""
    published, way, word = around.published, found.lower("way"), found.lower("unit")
    if published is None or way in {"earlier", "later"}:
        return None
    if word.startswith("hour"):
        raise NotATimeError  # which day that was, the day of publication does not say
    amount, grain, ahead = amount_of(found["amount"]), grain_of(word), way.startswith("from")
    if amount.count is None:
        if ahead:
            return Interval("FUTURE_REF", grain, published, None)
        return Interval("PAST_REF", grain, None, published)
    count, grain = _calendar(amount.count, word, grain)
    exact = intervals.shift(published, count if ahead else -count, grain)
    if found.approximation is None:
        return intervals.containing(exact, grain)
    # More than a year from now lies after that day, more than a year ago before it.
    mirrored = {"more": "less", "less": "more"} if ahead else {}
    which = mirrored.get(found.approximation, found.approximation)
    return _approximate(exact, grain, which, _REACH if count <= 1 else _REACH_FROM_SEVERAL)


def _calendar(count: float, word: str, grain: Grain) -> tuple[float, Grain]:
    """Return the amount in units that have a place in the calendar: half a year is six months."""
    if word.startswith("fortnight"):
        return count * 2, "week"
    if grain in {"decade", "century"}:
        return count * (10 if grain == "decade" else 100), "year"
    if grain == "year" and count < 1:
        return count * 12, "month"
    return count, grain


def _approximate(exact: Date, grain: Grain, which: str, reach: float) -> Interval:
    """Return the interval before ("more"), after ("less") or around the exact day.

    "Just over a year ago" lies up to a quarter of a year before that day, "almost a year ago" up
    to a quarter after it, "about a year ago" on both sides. The value is that of the middle.
    """
    width, step = {
        "year": (reach * 12, "month"),
        "quarter": (reach * 90, "day"),
        "month": (reach * 30, "day"),
        "week": (reach * 7, "day"),
    }.get(grain, (1.0, "day"))
    unit = grain_of(step)
    start = exact if which == "less" else intervals.shift(exact, -width, unit)
    end = exact if which == "more" else intervals.shift(exact, width, unit)
    middle = start + (end - start) / 2
    return Interval(intervals.containing(middle, grain).value, grain, start, end)


def duration(found: Found, around: Around) -> Interval | None:
    """Return a length of time; "in two weeks" after a verb that looks ahead is a time."""
    amount, word = amount_of(found["amount"]), found.lower("unit")
    length = Interval(period(amount, word), grain_of(word))
    if around.before not in {"in", "within"} or amount.count is None or length.grain == "hour":
        return length
    if around.direction() != "future":
        return length
    if around.published is None:
        return None
    if around.before == "within":
        return spans.stretch(amount, word, around.published, ahead=True)
    count, grain = _calendar(amount.count, word, grain_of(word))
    return intervals.containing(intervals.shift(around.published, count, grain), grain)


def every(found: Found, around: Around) -> Interval:
    """Return a set: X stands in the places that recur; "every two weeks" is a period."""
    if found["weekday"]:
        return Interval(f"XXXX-WXX-{weekday_number(found.lower('weekday'))}", "day")
    if found["month"]:
        return Interval(f"XXXX-{month_number(found.lower('month')):02}", "month")
    if found["season"]:
        return Interval(f"XXXX-{tables()['seasons'][found.lower('season')]}", "season")
    if found["part"]:
        return Interval(f"XXXX-XX-XXT{tables()['parts'][found.lower('part')]}", "day")
    word = found.lower("unit")
    if not found["amount"]:
        return _recurring(word)
    amount = Amount(2) if found.lower("amount") == "other" else amount_of(found["amount"])
    return Interval(period(amount, word), grain_of(word))


def adverb(found: Found, around: Around) -> Interval:
    """Return the set of "daily", "annually" and their like."""
    word = found.lower("adverb")
    return _recurring(_ADVERBS.get(word, word.removesuffix("ly")))


def _recurring(word: str) -> Interval:
    grain = grain_of(word)
    return Interval(_RECURRING.get(grain) or period(Amount(1), word), grain)
