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

#: How far an approximation reaches, as a part of the unit: of one, and of several.
_MARGIN, _MARGIN_OF_SEVERAL = 0.25, 0.5
_RECURRING = {
    "hour": "XXXX-XX-XXTXX", "day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX",
    "quarter": "XXXX-QX", "year": "XXXX",
}


def _ago(found: Found, around: Around) -> Interval | None:
    """Resolve "two days ago" to its day, "five years ago" to its year, and what is about so."""
    way = re.sub(r"\s+", " ", (found["way"] or "").lower())
    if around.published is None or way in {"earlier", "later"}:
        return None
    unit, amount = (found["unit"] or "").lower(), amount_of(found["amount"])
    if unit.startswith("hour"):
        raise NotATimeError  # which day it was, the day of publication does not say
    grain, ahead = grain_of(unit), way == "from now"
    count = amount.count
    if count is None:
        if ahead:
            return Interval("FUTURE_REF", grain, around.published, None)
        return Interval("PAST_REF", grain, None, around.published)
    count *= 2 if unit.startswith("fortnight") else 1
    if grain in {"decade", "century"}:
        count, grain = count * (10 if grain == "decade" else 100), "year"
    if count < 1 and grain == "year":
        count, grain = count * 12, "month"
    exact = intervals.shift(around.published, count if ahead else -count, grain)
    if found.approximation is None:
        return intervals.containing(exact, grain)
    return _approximate(exact, grain, found.approximation, margin=0.25 if count <= 1 else 0.5,
                        ahead=ahead)


def _approximate(
    exact: Date, grain: Grain, which: str, *, margin: float, ahead: bool
) -> Interval:
    """Return the interval around `exact`; the margin is a part of the unit.

    "Just over a year ago" lies up to a quarter of a year before that day, "nearly a year ago" up
    to a quarter after it, "about a year ago" in both. The value is that of the middle.
    """
    if grain == "year":
        width, unit = margin * 12, "month"
    elif grain == "month":
        width, unit = margin * 30, "day"
    else:
        width, unit = max(1.0, margin * 7) if grain == "week" else 1.0, "day"
    step = grain_of(unit)
    if ahead:
        which = {"more": "less", "less": "more"}.get(which, which)
    start = intervals.shift(exact, -width, step) if which in {"more", "about"} else exact
    end = intervals.shift(exact, width, step) if which in {"less", "about"} else exact
    middle = start + (end - start) / 2
    return Interval(intervals.containing(middle, grain).value, grain, start, end)


def _every(found: Found, around: Around) -> Interval:
    """Return a set: X stands for what recurs; "every two weeks" is a period."""
    if found["weekday"]:
        return Interval(f"XXXX-WXX-{_weekday_number(found)}", "day")
    if found["month"]:
        return Interval(f"XXXX-{_month_number(found):02}", "month")
    if found["season"]:
        return Interval(f"XXXX-{tables()['seasons'][found['season'].lower()]}", "season")
    if found["part"]:
        return Interval(f"XXXX-XX-XXT{_part(found)}", "day")
    unit = (found["unit"] or "").lower()
    if found["amount"]:
        text = found["amount"].lower()
        amount = Amount(2) if text == "other" else amount_of(text)
        return Interval(period(amount, unit), grain_of(unit))
    return _recurring(unit)


def _adverb(found: Found, around: Around) -> Interval:
    word = (found["adverb"] or "").lower()
    units = {"annually": "year", "daily": "day"}
    return _recurring(units.get(word, word.removesuffix("ly")))


def _recurring(unit: str) -> Interval:
    grain = grain_of(unit)
    values = {"hour": "XXXX-XX-XXTXX", "day": "XXXX-XX-XX", "week": "XXXX-WXX",
              "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX"}
    return Interval(values.get(grain) or period(Amount(1), unit), grain)


def _duration(found: Found, around: Around) -> Interval | None:
    """Return a length of time; "in two weeks" after a verb that looks ahead is a day."""
    amount, unit = amount_of(found["amount"]), (found["unit"] or "").lower()
    grain = grain_of(unit)
    future = around.before in {"in", "within"} and not unit.startswith("hour")
    if future and amount.count is not None and around.direction() == "future":
        if around.published is None:
            return None
        if around.before == "within":
            return _stretch(amount, unit, True, around.published)
        scale = 2 if unit.startswith("fortnight") else 1
        return intervals.containing(
            intervals.shift(around.published, amount.count * scale, grain), grain
        )
    return Interval(period(amount, unit), grain)


