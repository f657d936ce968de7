"""Documents → mentions of times: matches, their context, their intervals, their bounds."""

from __future__ import annotations

import datetime
import functools
from bisect import bisect_left

import attrs
from spacy.tokens import Doc

from standoff.record import Interval, Span, Time
from standoff.times import context, grammar, tense
from standoff.times.around import Around
from standoff.times.resolve import resolve
from standoff.times.words import tables

_DAY = datetime.timedelta(days=1)


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
    for found in grammar.find(text):
        tokens = _tokens(doc, starts, found)
        if tokens is None:
            continue
        place = context.Place(doc, found, *tokens, people)
        if not context.accepts(place):
            continue
        try:
            interval = _resolve(place, published, parsed)
        except (ValueError, OverflowError):
            continue  # in no calendar
        start = doc[place.start].idx
        last = doc[place.end - 1]
        span = Span.of(text, start, last.idx + len(last))
        mentions.append(TimeMention(place.start, place.end, Time(span, interval)))
    return tuple(mentions)


def _tokens(doc: Doc, starts: list[int], found: grammar.Found) -> tuple[int, int] | None:
    """Return the tokens that a match covers, None where it ends within one ("1994th")."""
    start = bisect_left(starts, found.start)
    end = bisect_left(starts, found.end)
    if start >= len(starts) or starts[start] != found.start or end <= start:
        return None
    last = doc[end - 1]
    return (start, end) if last.idx + len(last) == found.end else None


def _resolve(
    place: context.Place, published: datetime.date | None, parsed: bool
) -> Interval | None:
    before = place.before()
    bound = tables()["bounds"].get(before) if _is_bounded(place, parsed) else None

    def direction() -> tense.Direction | None:
        # What has gone on "since July" began in the past, whatever the verb.
        if bound == "since":
            return "past"
        found = tense.direction(place.doc, place.start, place.end, parsed=parsed)
        # "until Friday", "by July" without a tense look ahead.
        return found or ("future" if bound == "until" else None)

    around = Around(published, direction, before)
    interval = resolve(place.found, around)
    if interval is None or bound is None:
        return interval
    return _opened(interval, bound, published)


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
