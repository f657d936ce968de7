"""Weeks, quarters, seasons, years and stretches of several: "last week", "the past two months"."""

from __future__ import annotations

import datetime

from standoff.record import Interval
from standoff.times import intervals
from standoff.times.amounts import Amount, amount_of, grain_of, period
from standoff.times.around import Around, NotATimeError
from standoff.times.grammar import Found
from standoff.times.words import tables

Date = datetime.date

_DAY = datetime.timedelta(days=1)


def _unit(found: Found, around: Around) -> Interval | None:
    """Resolve "last week" and its like."""
    published, unit = around.published, (found["unit"] or "").lower()
    relation = _relation(found) or " ".join((found["near"] or "").lower().split())
    if relation == "this" and unit == "day":
        raise NotATimeError
    if published is None or relation in {"previous", "following", "same", "that", "that same"}:
        return None
    if unit == "day":
        return None  # "the next day" is that of the story
    grain = grain_of(unit)
    if relation == "past" or found["the"] or unit == "fortnight":
        ahead = relation in {"next", "coming"}
        if relation not in {"current", "this"}:
            return _stretch(Amount(1), "fortnight" if unit == "fortnight" else unit, ahead, published)
    step = {"last": -1, "next": 1, "coming": 1}.get(relation, 0)
    if unit == "weekend":
        if relation == "this":
            return _weekend(found, around)
        return intervals.weekend(published + _DAY * 7 * step)
    return intervals.containing(intervals.shift(published, step, grain), grain)


def _weekend(found: Found, around: Around) -> Interval | None:
    """Resolve "the weekend", "this weekend": the last one or the coming one."""
    published = around.published
    if published is None:
        return None
    ahead = around.direction() == "future" or published.isoweekday() > 5
    early = published.isoweekday() <= 3
    if found["near"] and not early:
        ahead = True  # "this weekend" on a Thursday or Friday is the coming one
    return intervals.weekend(published if ahead else published - _DAY * 7)


def _of_unit(found: Found, around: Around) -> Interval | None:
    if around.published is None:
        return None
    whole = intervals.containing(around.published, grain_of((found["unit"] or "").lower()))
    return _narrowed(whole, (found["edge"] or "").lower(), around.published)


def _span(found: Found, around: Around) -> Interval | None:
    """Resolve "the past two weeks", "recent months"."""
    relation = _relation(found)
    if around.published is None or relation in {"previous", "following"}:
        return None
    amount = amount_of(found["amount"])
    return _stretch(amount, found["unit"] or "", relation in {"next", "coming"}, around.published)


def _stretch(amount: Amount, unit: str, ahead: bool, published: Date) -> Interval:
    value, grain = period(amount, unit), grain_of(unit)
    count = amount.count
    if count is None:
        start, end = (published, None) if ahead else (None, published)
        return Interval(value, grain, start, end)
    scale = 2 if unit.lower().startswith("fortnight") else 1
    other = intervals.shift(published, (count if ahead else -count) * scale, grain)
    return Interval(value, grain, min(published, other), max(published, other))


def _quarter(found: Found, around: Around) -> Interval | None:
    unit = (found["unit"] or "").lower()
    number = tables()["ordinals"].get((found["ordinal"] or "").lower())
    if number is None:
        number = int(found["ordinal"] or 0)
    halves = unit in {"half", "h"}
    if halves and number > 2:
        raise NotATimeError
    make = intervals.half if halves else intervals.quarter
    if found["year"]:
        return make(int(found["year"]), number)
    if around.published is None:
        return None
    year = around.published.year
    if found["rel"]:
        return make(year + {"last": -1, "next": 1}.get(_relation(found) or "", 0), number)
    if halves:
        raise NotATimeError  # "the first half" of a match, of the report
    current = (around.published.month + 2) // 3
    if around.direction() == "future":
        # The quarter that has just ended is the one that will be reported on.
        return make(year + (number < current - 1), number)
    return make(year - (number > current), number)


def _season(found: Found, around: Around) -> Interval | None:
    name = tables()["seasons"][(found["season"] or "").lower()]
    if found["year"]:
        return intervals.season(int(found["year"]), name)
    published = around.published
    if published is None:
        return None
    options = [intervals.season(published.year + step, name) for step in (-2, -1, 0, 1)]
    ended = [item for item in options if item.end and item.end < published]
    begun = [item for item in options if item.start and item.start <= published]
    coming = [item for item in options if item.start and item.start > published]
    match _relation(found) or around.direction():
        case "last" | "this past":
            return ended[-1]
        case "next" | "this coming" | "coming":
            return coming[0]
        case "this":
            # A winter runs over New Year: in February it is still "this winter".
            return begun[-1] if begun[-1] not in ended else options[2]
        case "future":
            return next(item for item in options if item.end and item.end >= published)
        case _:
            return begun[-1]


def _decade(found: Found, around: Around) -> Interval:
    if found["year"]:
        year = int(found["year"])
    else:
        # "the '90s" are those of the century that the report lies in, or the one before it.
        now = around.published.year if around.published else 2029
        year = now - now % 100 + int(found["short"] or 0)
        year -= 100 * (year > now)
    whole = intervals.decade(year)
    return intervals.third(whole, _third(found["early"])) if found["early"] else whole


def _third(word: str) -> intervals.Third:
    match word.lower():
        case "early":
            return "early"
        case "late":
            return "late"
    return "mid"


def _year(found: Found, around: Around) -> Interval:
    return intervals.year(int(found["year"] or 0))


def _years(found: Found, around: Around) -> Interval:
    first, text = int(found["year"] or 0), found["year2"] or ""
    last = int(text) if len(text) == 4 else first - first % 100 + int(text)
    if not 0 < last - first < 150:
        raise NotATimeError
    return Interval(f"{first}/{last}", "year", Date(first, 1, 1), Date(last, 12, 31))


