"""Words for what a brief says: days, lists, quotations."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence

_SPACES = re.compile(r"\s+")
#: Characters of a quotation in a brief: a line of a page, not a paragraph.
QUOTED = 150


def spoken(start: datetime.date | None, end: datetime.date | None = None) -> str:
    """Return when something was, for a sentence: ``on 19 February 1976``; empty for unknown."""
    if start is None or end is None:
        day = start or end
        return "" if day is None else f"on {plain_day(day)}" if start else f"until {plain_day(day)}"
    if start == end:
        return f"on {plain_day(start)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"in {start.year}"
    last = calendar.monthrange(start.year, start.month)[1]
    if start.day == 1 and end == start.replace(day=last):
        return f"in {calendar.month_name[start.month]} {start.year}"
    return f"between {plain_day(start)} and {plain_day(end)}"


def plain_day(day: datetime.date) -> str:
    """Return a day as English writes it: ``9 November 2018``."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def quoted(text: str, limit: int = QUOTED) -> str:
    """Return words between quotation marks, cut at a word to at most `limit` characters."""
    words = _SPACES.sub(" ", text).strip(" ,;:–—-“”\"'’")
    words = words.replace("“", "‘").replace("”", "’").replace('"', "'")
    if len(words) > limit:
        words = words[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
    return f"“{words}”"


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]
