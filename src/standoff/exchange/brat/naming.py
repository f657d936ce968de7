"""What the tables know of words that a human marked: actors, places, and where sentences end.

Importing this loads spaCy and large tables, so it is imported only where something was added.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc

from standoff import times
from standoff.actors import directory, draft, tables
from standoff.coding import conditions
from standoff.exchange.brat.edition import Edition
from standoff.exchange.brat.lines import Normalisation, column, writable
from standoff.language import pipeline
from standoff.language.folding import fold
from standoff.places import gazetteer
from standoff.record import Actor, Interval, Place, Span
from standoff.times.words import tables as word_tables

_GEONAMEID = re.compile(r"[0-9]{1,12}")

_MULTIPLES = {
    **{"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "mn": 10**6},
    **{"billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12},
}

#: Words that stand for somebody else each time: the same word is not the same actor.
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs"}
    | {"who", "whom", "whose", "which", "that", "this", "both", "one"}
    | {"we", "us", "our", "i", "me", "my", "you", "your"}
)


def named(
    words: str, actors: Mapping[str, Actor], published: datetime.date | None
) -> dict[str, str]:
    """Return the id and the name of whom words stand for.

    In turn: an actor of the record that is called so, one of the tables, somebody whom no list has.
    """
    folded = fold(words)
    called = {
        actor.id: actor.name
        for actor in actors.values()
        if folded not in _PRONOUNS
        and folded in {fold(name) for name in (actor.name, *(m.text for m in actor.mentions))}
    }
    listed = {
        each.id: each.name
        for each in directory.named(words, published)
        if fold(each.spelling) == folded
    }
    found = next(iter((*(id_ for id_ in listed if id_ in called), *called, *listed)), None)
    if found is not None:
        return {found: (called | listed)[found]}
    number = next(n for n in range(1, len(actors) + 2) if f"doc.a{n}" not in actors)
    return {f"doc.a{number}": words}


def described(id_: str, name: str) -> Actor:
    """Return the actor of an id that a record does not have yet."""
    root, *rest = id_.split(".")
    state = root if root in tables.countries() else None
    sectors = tuple(sector for sector in rest[:1] if sector in tables.sectors())
    role = id_ in tables.sectors() or (state and sectors and len(rest) == 1)
    if role or id_ in {**tables.countries(), **tables.bodies(), **tables.people()}:
        return draft.describe(id_)
    return Actor(id_, name, state, sectors)


def place(edition: Edition, span: Span, references: Sequence[Normalisation]) -> Place:
    """Return the place that a human says words name; the gazetteer adds what it knows of it.

    Raises:
        InvalidAnnotationError: the id is not of GeoNames' form.
    """
    if not references:
        return Place(span, span.text)
    reference = references[0]
    if _GEONAMEID.fullmatch(reference.entry) is None:
        shown = ascii(reference.entry[:30])
        edition.fail(f"{shown} is no id of GeoNames, which is a number", reference.line)
    id_, name = int(reference.entry), reference.name or span.text
    for entry in (*gazetteer.lookup(column(name)), *gazetteer.lookup(column(span.text))):
        if entry.id == id_:
            division = gazetteer.load().division(entry.division) if entry.division else None
            admin1 = division.name if division else None
            return Place(span, entry.name, entry.country, admin1, entry.lat, entry.lon, id_)
    return Place(span, name, geonameid=id_)


def sentence_at(text: str, span: Span) -> tuple[int, int]:
    """Return the start and end of the sentence that words begin in."""
    for sentence in _words(text).sents:
        if sentence.start_char <= span.start < sentence.end_char:
            end = sentence.start_char + len(sentence.text.rstrip())
            return sentence.start_char, max(end, span.end)
    return span.start, span.end


def interval(text: str, span: Span, published: datetime.date | None) -> Interval | None:
    """Return what an expression of time resolves to, None where nothing says it.

    Nothing is resolved without a day of publication: the words alone give "November" a year only
    by guessing.
    """
    if published is None:
        return None
    for mention in times.find(_words(text), published):
        found = mention.time.span
        inside = span.start <= found.start and found.end <= span.end
        if inside or (found.start <= span.start and span.end <= found.end):
            return mention.time.interval
    return None


@lru_cache(1)
def _words(text: str) -> Doc:
    """Return the words and sentences of a text; the file's events ask for those of one."""
    return pipeline.sentencizer()(writable(text))


def number(words: str) -> float | None:
    """Return the number that words hold, None where they hold none: "some 2.5 million tonnes"."""
    total = part = 0.0
    found = False
    for word in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+", words.lower()):
        spelled = word_tables()["numbers"].get(word)
        if word in _MULTIPLES:
            part = max(part, 1.0) * _MULTIPLES[word]
            if _MULTIPLES[word] >= 1000:
                total, part = total + part, 0.0
        elif word[0].isdigit() or spelled is not None:
            part += float(word.replace(",", "") if spelled is None else spelled)
        elif found and word != "and":
            break
        else:
            continue
        found = True
    return total + part if found and math.isfinite(total + part) else None


def relation(text: str, condition: Span) -> str:
    """Return the relation that the words at the head of a condition, or before it, stand for.

    "if" where there are none that the reader knows, for that is what a condition is.
    """
    markers = conditions.MARKERS | {phrase: phrase for phrase in conditions.PHRASES.values()}
    known = "|".join(sorted(markers, key=len, reverse=True))
    before = text[max(0, condition.start - 40) : condition.start]
    match = re.search(rf"\b({known})(?: that)?\s*$", before, re.IGNORECASE) or re.match(
        rf"({known})\b", condition.text, re.IGNORECASE
    )
    return markers[match[1].lower()] if match else "if"
