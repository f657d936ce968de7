"""Which words name places: spans of the encoder, cut to the name, and names in the gazetteer.

The encoder finds most names and their borders by what stands around them. What it takes for
something else is read again: a name that stands for a place elsewhere in the text, the place that a
body is named after, adjectives of states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import attrs
from spacy.tokens import Doc, Span

from standoff.actors import tables
from standoff.places.gazetteer import Entry, lookup
from standoff.places.model import How
from standoff.places.words import abbreviations, entries, listed, postal

PLACES = frozenset(("GPE", "LOC"))
#: A body's name may be a place's, or begin with one ("Fargo", "Ohio Highway Patrol"), where so many
#: live there; with fewer, the body is the likelier. Rerun benchmarks/places.py.
_KNOWN, _KNOWN_INSIDE = 15_000, 100_000


@attrs.frozen
class Candidate:
    """Words that may name a place: tokens `start` to `end`, and what the name may stand for."""

    start: int
    end: int
    name: str
    how: How
    entries: tuple[Entry, ...]


def candidates(doc: Doc) -> list[Candidate]:
    """Return the names of places in a document, in order; none overlaps another."""
    found: dict[int, Candidate] = {}
    taken: set[int] = set()

    def add(some: Iterator[Candidate]) -> None:
        for one in some:
            if taken.isdisjoint(range(one.start, one.end)):
                found[one.start] = one
                taken.update(range(one.start, one.end))

    for ent in doc.ents:
        if ent.label_ in PLACES:
            add(_named(doc, ent))
        elif ent.label_ == "FAC":
            add(_whole(doc, ent))
    known = {one.name for one in found.values()}
    for ent in doc.ents:
        if ent.label_ == "NORP":
            add(_adjectives(doc, ent))
        elif ent.label_ in {"ORG", "PERSON", "MISC", "FAC"}:
            add(_inside(doc, ent, known))
    text = doc.text
    add(_missed(doc, text, known))
    add(_lines(doc, text))
    return [found[start] for start in sorted(found)]


def _named(doc: Doc, ent: Span) -> Iterator[Candidate]:
    """Yield the names in a span: "Ames, Iowa" is two, "northern Nyanza province" one word."""
    start = ent.start
    for i in range(ent.start, ent.end + 1):
        if i == ent.end or doc[i].text == ",":
            if start < i and (one := _trimmed(doc, start, i)) is not None:
                yield one
            start = i + 1


def _trimmed(doc: Doc, start: int, end: int) -> Candidate | None:
    """Return the name in some words, without the words around it that are no part of it."""
    whole = _candidate(doc, start, end)
    if whole.entries:
        return whole
    low = [token.lower_ for token in doc[start:end]]
    first, last = start, end
    while first < last and (
        low[first - start] in listed("around", "before") or doc[first].text.islower()
    ):
        first += 1
    while last > first and (
        doc[last - 1].text.islower() or low[last - 1 - start] in {"'s", "’s", "'", "’"}
    ):
        last -= 1
    if first == last:
        return whole if any(token.text[:1].isupper() for token in doc[start:end]) else None
    cut = _candidate(doc, first, last)
    keeps = doc[first - 1].text[:1].isupper() if first > start else False
    return whole if keeps and not cut.entries else cut


def _candidate(doc: Doc, start: int, end: int, how: How = "name") -> Candidate:
    name = doc[start:end].text
    bare = name.removeprefix("the ").removeprefix("The ")
    return Candidate(start, end, name, how, entries(bare))


def _whole(doc: Doc, ent: Span) -> Iterator[Candidate]:
    """Yield a building that the gazetteer knows."""
    one = _candidate(doc, ent.start, ent.end)
    if one.entries:
        yield one


def _inside(doc: Doc, ent: Span, known: set[str]) -> Iterator[Candidate]:
    """Yield a body's name that is a place's, or the places that a body is named after."""
    one = _candidate(doc, ent.start, ent.end)
    if one.name in known or (ent.label_ != "PERSON" and _likely(one.entries)):
        yield one
        return
    if ent.label_ == "PERSON":
        return
    i = ent.start
    while i < ent.end:
        for end in range(min(ent.end, i + 4), i, -1):
            part = _candidate(doc, i, end, "inside")
            if part.name in known or _settled(part.entries, _KNOWN_INSIDE):
                yield part
                i = end
                break
        else:
            i += 1


def _likely(some: tuple[Entry, ...]) -> bool:
    """Return whether a name is that of a place which many know."""
    return _settled(some, _KNOWN) or any(one.id is None for one in some)


def _settled(some: tuple[Entry, ...], least: int) -> bool:
    """Return whether a name is that of a state, a province or a town of `least` inhabitants."""
    large = {"state", "capital", "division1", "division2"}
    return any(one.kind in large or one.population >= least for one in some)


def _adjectives(doc: Doc, ent: Span) -> Iterator[Candidate]:
    """Yield the state that an adjective or the name of its people belongs to."""
    state = adjectives().get(ent.text)
    if state is not None:
        yield Candidate(ent.start, ent.end, ent.text, "adjective", (state,))


@cache
def adjectives() -> Mapping[str, Entry]:
    """Return adjectives of states and names of their people with the state."""
    found: dict[str, Entry] = {}
    for country in tables.countries().values():
        state = next((one for one in lookup(country.name) if one.kind == "state"), None)
        if state is not None:
            for name in (*country.adjectives, *country.people):
                found.setdefault(name, state)
    return found


def _lines(doc: Doc, text: str) -> Iterator[Candidate]:
    """Yield borders and zones, which are written small: "the demilitarised zone"."""
    for token in _matched(doc, text, _last_words()):
        for start in range(max(0, token.start - 4), token.end):
            one = _candidate(doc, start, token.end)
            if any(entry.kind == "line" for entry in one.entries):
                yield one
                break


def _missed(doc: Doc, text: str, known: set[str]) -> Iterator[Candidate]:
    """Yield names outside of all spans that stand for places elsewhere, or are abbreviations."""
    found = list(_matched(doc, text, _pattern(known))) if known else []
    found += _matched(doc, text, _abbreviated())
    for span in found:
        behind_comma = span.start > 1 and doc[span.start - 1].text == ","
        if span.text in postal() and not behind_comma:
            continue
        if not any(token.ent_type_ for token in span):
            yield _candidate(doc, span.start, span.end)


def _matched(doc: Doc, text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Yield the tokens of what a pattern finds in a text; to ask every token would take longer."""
    for match in pattern.finditer(text):
        span = doc.char_span(*match.span())
        if span is not None:
            yield span


def _pattern(words: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return the pattern of any of some words, whole, the longest first."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", flags)


@cache
def _last_words() -> re.Pattern[str]:
    return _pattern(listed("lines", "last"), re.IGNORECASE)


@cache
def _abbreviated() -> re.Pattern[str]:
    return _pattern((*abbreviations(), *postal(), *listed("short", "states")))
