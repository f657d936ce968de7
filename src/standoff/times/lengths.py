"""Distances, lengths and sets: "just over a year ago", "two-day", "each year"."""

from __future__ import annotations

import datetime

from standoff.record import Grain, Interval
from standoff.times import intervals, spans, story
from standoff.times.amounts import Amount, amount_of, grain_of, period
from standoff.times.around import Around, NotATimeError
from standoff.times.grammar import Found
from standoff.times.words import month_number, tables, weekday_number

Date = datetime.date

#: How far an approximation reaches, as a part of the unit: from one, and from several.
_REACH, _REACH_FROM_SEVERAL = 0.25, 0.5

_ADVERBS = {"annually": "year", "daily": "day"}


def ago(found: Found, around: Around) -> Interval | None:
    """Resolve "two days ago" to its day, "five years ago" to its year, and what is about so."""
    published, way, word = around.published, found.lower("way"), found.lower("unit")
    if way in {"earlier", "later"}:
        return _from_told(found, around, ahead=way == "later")
    if published is None:
        return None
    if (reported := _reported(found, around)) is not None:
        return reported
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


def _from_told(found: Found, around: Around, *, ahead: bool) -> Interval | None:
    """Resolve "two days later": from the time last told."""
    word, amount = found.lower("unit"), amount_of(found["amount"])
    if not ahead and (reported := _reported(found, around)) is not None:
        return reported
    if grain_of(word) == "hour":
        return Interval(period(amount, word), "hour")  # how much later is all that it says
    if around.told is None or amount.count is None:
        return None
    count, grain = _calendar(amount.count, word, grain_of(word))
    return story.beside(around.told, count if ahead else -count, grain)


def _reported(found: Found, around: Around) -> Interval | None:
    """Return the quarter that one is compared with: "a year ago" where quarters are reported."""
    one = found.lower("unit") == "year" and amount_of(found["amount"]).count == 1
    if around.quarter is None or not one or found.approximation is not None:
        return None
    return story.beside(around.quarter, -1, "year")


def compared(found: Found, around: Around) -> Interval | None:
    """Resolve "year-earlier" of a figure: the quarter, else the year before."""
    if around.quarter is not None:
        return story.beside(around.quarter, -1, "year")
    return None if around.published is None else intervals.year(around.published.year - 1)


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


def long(found: Found, around: Around) -> Interval:
    """Return the length of "day-long", "yearlong", and of "decades-long", whose number is open."""
    word = found.lower("unit")
    return Interval(period(Amount(None if word.endswith("s") else 1), word), grain_of(word))


def every(found: Found, around: Around) -> Interval:
    """Return a set: a period ("every two weeks"), or X in the places that recur ("every May")."""
    if found["weekday"]:
        return Interval(f"XXXX-WXX-{weekday_number(found.lower('weekday'))}", "day")
    if found["month"]:
        return Interval(f"XXXX-{month_number(found.lower('month')):02}", "month")
    if found["season"]:
        return Interval(f"XXXX-{tables()['seasons'][found.lower('season')]}", "season")
    if found["part"]:
        return Interval(f"XXXX-XX-XXT{tables()['parts'][found.lower('part')]}", "day")
    word = found.lower("unit")
    number = {"": "one", "other": "two"}.get(found.lower("amount"), found["amount"])
    return Interval(period(amount_of(number), word), grain_of(word))


def adverb(found: Found, around: Around) -> Interval:
    """Return the set of "daily", "annually" and their like."""
    word = found.lower("adverb")
    unit = _ADVERBS.get(word, word.removesuffix("ly"))
    return Interval(period(Amount(1), unit), grain_of(unit))
