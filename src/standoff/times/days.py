"""Days, weekdays and months: which one is meant, by the day of publication and the tense."""

from __future__ import annotations

import datetime

from standoff.record import Interval
from standoff.times import intervals, story
from standoff.times.amounts import spelled_year
from standoff.times.around import Around, NotATimeError
from standoff.times.grammar import Found
from standoff.times.words import month_number, tables, weekday_number

Date = datetime.date

_DAY = datetime.timedelta(days=1)
#: Words that count from the time last told, and how far.
STORY = {"previous": -1, "same": 0, "that": 0, "that same": 0, "following": 1}
#: A day of another year that lies so far off would have its year beside it; where the other one
#: is near, that is meant, whatever the tense ("declared a dividend payable Dec. 15").
_FAR, _NEAR = 240, 100
#: The same in months, where no tense tells ("the summit in April").
_FAR_MONTHS, _NEAR_MONTHS = 8, 4


def of_month(found: Found, around: Around) -> Interval | None:
    """Resolve a day of a month, or a range of them ("9-11 November")."""
    number = month_number(found.lower("month"))
    first = found.number("day")
    last = found.number("day2") or first
    year = found.year or _year_of(found, around, number, first)
    if year is None:
        Date(2000, number, max(first, last))  # raises where there is no such day
        return None
    start, end = Date(year, number, first), Date(year, number, last)
    if start == end:
        return intervals.day(start)
    if end < start:
        raise NotATimeError
    # An ISO 8601 interval; TIMEX3 has no value of its own for a range.
    return Interval(f"{start.isoformat()}/{end.isoformat()}", "day", start, end)


def _year_of(found: Found, around: Around, number: int, day: int) -> int | None:
    """Return the year of a day without one: by its weekday, by the tense, else the nearest."""
    if around.story is not None and not found["weekday"]:
        return story.year_of(around.story, number)
    published = around.published
    if published is None:
        return None
    dates = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            dates.append(Date(year, number, day))
        except ValueError:
            continue  # 29 February
    if found["weekday"]:
        weekday = weekday_number(found.lower("weekday"))
        dates = [date for date in dates if date.isoweekday() == weekday] or dates
    if not dates:
        raise NotATimeError
    before = max((date for date in dates if date <= published), default=None)
    after = min((date for date in dates if date >= published), default=None)
    if before is None or after is None:
        return (before or after or published).year
    behind, ahead = (published - before).days, (after - published).days
    direction = around.direction()
    if direction == "past" and (before.year == published.year or behind < _FAR or ahead > _NEAR):
        return before.year
    if direction == "future" and (after.year == published.year or ahead < _FAR or behind > _NEAR):
        return after.year
    return before.year if behind <= ahead else after.year


def iso(found: Found, around: Around) -> Interval:
    """Resolve ``2018-11-09``."""
    return intervals.day(Date(found.year, found.number("month"), found.number("day")))


def numeric(found: Found, around: Around) -> Interval:
    """Resolve a date in figures, where only one order of day and month is possible."""
    first, second, year = found.number("first"), found.number("second"), found.year
    if first > 12 or first == second:
        return intervals.day(Date(year, second, first))
    if second > 12:
        return intervals.day(Date(year, first, second))
    raise NotATimeError


def month_year(found: Found, around: Around) -> Interval:
    """Resolve "November 2018", "January nineteen ninety-seven"."""
    year = found.year or spelled_year(found["words"])
    return intervals.month(year, month_number(found.lower("month")))


def month(found: Found, around: Around) -> Interval | None:
    """Resolve a month without its year: the latest one, the present one among them.

    After a verb that looks ahead it is the coming one; without a verb the one that is near.
    """
    published, number = around.published, month_number(found.lower("month"))
    relation = found.relation
    if relation in STORY or (around.story and not relation and not found["of"]):
        return _told_month(around, number, STORY.get(relation))
    if published is None:
        return None
    year = published.year
    if found["of"]:
        year += {"last": -1, "next": 1}.get(found.lower("of"), 0)
    elif relation in {"last", "this past"}:
        year -= number >= published.month
    elif relation in {"next", "this coming"}:
        year += number <= published.month
    elif relation != "this":
        behind, ahead = (published.month - number) % 12, (number - published.month) % 12
        direction = around.direction()
        near = direction is None and behind >= _FAR_MONTHS and ahead <= _NEAR_MONTHS
        if direction == "future" or near:
            year += number < published.month
        else:
            year -= number > published.month
    return intervals.month(year, number)


def _told_month(around: Around, number: int, step: int | None) -> Interval | None:
    """Resolve a month of the story: "In April", "the following March"."""
    told = around.told
    year = None if told is None else story.year_of(told, number)
    if told is None or told.start is None or year is None:
        return None
    if step is not None:
        behind = number < told.start.month or (step > 0 and number == told.start.month)
        year = told.start.year + (behind if step > 0 else 0 if step == 0 else behind - 1)
    return intervals.month(year, number)


def weekday(found: Found, around: Around) -> Interval | None:
    """Resolve a weekday; the day of publication itself counts, as agencies write it.

    "last" excludes it: "last Friday" is the latest one before. "next Friday" is that of the next
    week and "this Friday" that of the present one (ISO 8601 weeks, Monday to Sunday).
    """
    published, number = around.published, weekday_number(found.lower("weekday"))
    if found.relation in STORY or (around.story and not found.relation):
        step = STORY.get(found.relation, 0)
        return around.told and story.weekday(around.told, number, step)
    if published is None:
        return None
    behind, ahead = (published.isoweekday() - number) % 7, (number - published.isoweekday()) % 7
    relation = found.relation
    if relation in {"last", "this past", "past"}:
        distance = -(behind or 7)
    elif relation in {"this coming", "coming"}:
        distance = ahead or 7
    elif relation in {"next", "this"}:
        distance = number - published.isoweekday() + (7 if relation == "next" else 0)
    else:
        distance = ahead if around.direction() == "future" else -behind
    return intervals.day(published + _DAY * distance, _part(found))


def deictic(found: Found, around: Around) -> Interval | None:
    """Resolve "yesterday", "today", "tomorrow evening", "the day after tomorrow"."""
    if around.published is None:
        return None
    word = (found.lower("deictic") or found.lower("far")).split()[-1]
    distance = {"yesterday": -1, "tomorrow": 1}.get(word, 0) * (2 if found["far"] else 1)
    part = "NI" if word == "tonight" else _part(found)
    return intervals.day(around.published + _DAY * distance, part)


def part_of_day(found: Found, around: Around) -> Interval | None:
    """Resolve "this morning", "last night"."""
    if around.published is None:
        return None
    distance = -1 if found.relation == "last" else 0
    return intervals.day(around.published + _DAY * distance, _part(found))


def clock(found: Found, around: Around) -> Interval | None:
    """Resolve an hour: of the day told last, else of the day of publication.

    An hour beside a day is put to that day later (`finding`).
    """
    told = around.told is not None and around.told.grain in {"day", "hour"}
    day = around.told.start if told and around.told else around.published
    if day is None:
        return None
    value = f"{day.isoformat()}T{hour_of(found)}"
    return Interval(value, "hour", day, day)


def hour_of(found: Found) -> str:
    """Return an hour as TIMEX3 writes it: ``21:00``."""
    word = found.lower("word")
    if word:
        return "24:00" if word == "midnight" else "12:00"
    hour = found.number("hour")
    if found["half"] or found["part"]:
        late = found.lower("half").startswith("p") or _is_late(found.lower("part"), hour)
        hour = hour % 12 + (12 if late else 0)
    return f"{hour:02}:{found.number('minute'):02}"


def _is_late(part: str, hour: int) -> bool:
    """Return whether an hour of a part of the day lies behind noon: "at night" may be 11 or 2."""
    return part in {"afternoon", "evening"} or (part == "night" and 6 <= hour < 12)


def _part(found: Found) -> str:
    return str(tables()["parts"].get(found.lower("part"), ""))
