"""Documents → mentions of times: matches, their context, their intervals, their bounds.

Two passes over the matches: the first tells whether the text is news or a narrative of what is long
past, the second resolves them in order, each in sight of the time told last (`story`).
"""

from __future__ import annotations

import datetime
import functools
import re
from bisect import bisect_left
from collections.abc import Sequence

import attrs
from spacy.tokens import Doc

from standoff.record import Interval, Span, Time
from standoff.times import context, grammar, story, tense
from standoff.times.around import Around, Clock
from standoff.times.resolve import resolve
from standoff.times.words import tables

_DAY = datetime.timedelta(days=1)

#: A narrative names at least so many years that lie so far behind its publication, and more of them
#: than of words that count from that day. Rerun benchmarks/times.py.
_YEARS, _BEHIND = 5, 2
_FROM_NOW = frozenset({"deictic", "part", "weekday", "weekend", "span"})
#: What may stand between an hour and its day: "9 a.m. on Tuesday", "5 p.m. EST, Nov. 9".
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_BETWEEN = frozenset({"", ",", "on", ", on", "at", ", at"})


@attrs.frozen
class TimeMention:
    """A time and the tokens that name it, end-exclusive."""

    start: int
    end: int
    time: Time


def find(doc: Doc, published: datetime.date | None) -> tuple[TimeMention, ...]:
    """Return the times that a document names, in order; none overlaps another.

    A parse and tags help (tense, "May" the minister) and may be missing. Without `published`,
    relative times have no interval; others have theirs all the same.
    """
    text = doc.text
    people = functools.cache(lambda: context.people(doc))
    parsed = doc.has_annotation("DEP")
    starts = [token.idx for token in doc]
    mentions: list[TimeMention] = []
    matches = list(grammar.find(text))
    clock = Clock(published, _is_narrative(matches, published))
    for found in matches:
        tokens = _tokens(doc, starts, found)
        if tokens is None:
            continue
        place = context.Place(doc, found, *tokens, people)
        if not context.accepts(place):
            continue
        try:
            bound = _bound(place, parsed)
            hour = mentions[-1] if mentions and _is_hour_of(text, mentions[-1], found) else None
            seen = attrs.evolve(place, start=hour.start) if hour else place
            interval = resolve(found, _around(seen, clock, bound, parsed=parsed))
            clock = story.after(clock, found, interval)
            if interval is not None and bound is not None:
                interval = _opened(interval, bound, published)
        except (ValueError, OverflowError):
            continue  # in no calendar
        start = doc[place.start].idx
        last = doc[place.end - 1]
        span = Span.of(text, start, last.idx + len(last))
        mention = TimeMention(place.start, place.end, Time(span, interval))
        if mentions and (joined := _joined(text, mentions[-1], mention)):
            mentions[-1] = joined
        else:
            mentions.append(mention)
    return tuple(mentions)


def _is_narrative(matches: Sequence[grammar.Found], published: datetime.date | None) -> bool:
    """Return whether a text counts its days from what it tells rather than from publication."""
    if published is None:
        return True
    far = sum(0 < found.year <= published.year - _BEHIND for found in matches)
    near = sum(found.kind in _FROM_NOW for found in matches)
    return far >= _YEARS and far >= 4 * near


def _is_hour_of(text: str, before: TimeMention, found: grammar.Found) -> bool:
    """Return whether a time is an hour that belongs to the day after it: "9 a.m. Tuesday"."""
    hour = before.time.interval
    between = " ".join(text[before.time.span.end : found.start].split()).lower()
    return hour is not None and hour.grain == "hour" and between in _BETWEEN


def _joined(text: str, one: TimeMention, other: TimeMention) -> TimeMention | None:
    """Return an hour and the day beside it as one time: "9 a.m. Tuesday", "Tuesday at noon"."""
    between = " ".join(text[one.time.span.end : other.time.span.start].split()).lower()
    first, second = one.time.interval, other.time.interval
    if between not in _BETWEEN or first is None or second is None:
        return None
    hour, day = (first, second) if first.grain == "hour" else (second, first)
    if (
        hour.grain != "hour"
        or hour.value[:1] == "P"
        or day.grain != "day"
        or not _DATED.fullmatch(day.value)
    ):
        return None
    interval = attrs.evolve(day, value=f"{day.value}T{hour.value.partition('T')[2]}", grain="hour")
    span = Span.of(text, one.time.span.start, other.time.span.end)
    return TimeMention(one.start, other.end, Time(span, interval))


def _tokens(doc: Doc, starts: list[int], found: grammar.Found) -> tuple[int, int] | None:
    """Return the tokens that a match covers, None where it ends within one ("1994th")."""
    start = bisect_left(starts, found.start)
    end = bisect_left(starts, found.end)
    if start >= len(starts) or starts[start] != found.start or end <= start:
        return None
    last = doc[end - 1]
    return (start, end) if last.idx + len(last) == found.end else None


def _around(place: context.Place, clock: Clock, bound: str | None, *, parsed: bool) -> Around:
    def direction() -> tense.Direction | None:
        # What has gone on "since July" began in the past, whatever the verb.
        if bound == "since":
            return "past"
        found = tense.direction(place.doc, place.start, place.end, parsed=parsed)
        # "until Friday", "by July" without a tense look ahead.
        return found or ("future" if bound == "until" else None)

    return Around(clock, direction, place.before())


def _bound(place: context.Place, parsed: bool) -> str | None:
    """Return which side of the time is meant: "since", "until", "before", "after"; None for it."""
    return tables()["bounds"].get(place.before()) if _is_bounded(place, parsed) else None


def _is_bounded(place: context.Place, parsed: bool) -> bool:
    """Return whether the preposition before the match governs it, and not a noun behind it.

    "since June" opens an interval, "since June's summit" does not.
    """
    if place.start == 0 or place.end >= len(place.doc):
        return place.start > 0
    following = place.doc[place.end]
    if following.lower_ in {"'s", "’s", "'", "’", "-"}:
        return False
    if parsed:
        head = place.doc[place.start - 1].head.i
        return place.start <= head < place.end
    if following.pos_:
        return following.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
    return not following.is_alpha


def _opened(interval: Interval, bound: str, published: datetime.date | None) -> Interval:
    """Return the interval from, until, before or after the time; value and grain stay its own."""
    start, end = interval.start, interval.end
    if start is None or end is None:
        return interval
    match bound:
        case "since":
            later = published if published is not None and published >= start else None
            return attrs.evolve(interval, end=later)
        case "until":
            return attrs.evolve(interval, start=None)
        case "before":
            return attrs.evolve(interval, start=None, end=start - _DAY)
        case _:
            return attrs.evolve(interval, start=end + _DAY, end=None)
