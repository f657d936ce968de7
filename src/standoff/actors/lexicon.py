"""Every name and every word for an office, found in one pass over the text.

Two automata (Aho and Corasick 1975): names keep their case ("US" is not "us"), words for offices
do not matter. Matches must begin and end at the edge of a word; of those that overlap, the
leftmost and then the longest stays.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import ahocorasick
import attrs

from standoff.actors import tables
from standoff.actors.tokens import Tokens
from standoff.language.folding import unaccented

NAME, ADJECTIVE, PEOPLE, SEAT, METONYM = "name", "adjective", "people", "seat", "metonym"
BODY, PERSON, GROUP, OTHER = "body", "person", "group", "other"
COUNTRY_KINDS = frozenset((NAME, ADJECTIVE, PEOPLE, SEAT, METONYM))

# Names that are words of their own once a headline is set in capitals.
_ABBREVIATION = 3
_DATELINE = frozenset(("(", ",", "-", "—", "–", "--", ":"))
_NOT_IN_CAPITALS = frozenset(("IS", "WHO", "CAR", "AU", "ADF", "LET", "PAP"))


@attrs.frozen
class Entry:
    """What one spelling may mean: a kind and the id that it leads to."""

    kind: str
    id: str


@attrs.frozen
class Hit:
    """A name in the text, as tokens; `part` where it is only a part of its token ("U.S.-led")."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    part: bool

    def entry(self, *kinds: str) -> Entry | None:
        """Return the first entry of one of these kinds."""
        return next((entry for entry in self.entries if entry.kind in kinds), None)


@attrs.frozen
class Role:
    """A word for an office in the text, as tokens."""

    start: int
    end: int
    office: tables.Office
    plural: bool


def _spellings() -> Iterable[tuple[str, Entry]]:
    for country in tables.countries().values():
        for name in (country.name, *country.also):
            yield name, Entry(NAME, country.id)
        for name in country.adjectives:
            yield name, Entry(ADJECTIVE, country.id)
        for name in country.people:
            yield name, Entry(PEOPLE, country.id)
        for name in country.seats:
            yield name, Entry(SEAT, country.id)
        for name in country.metonyms:
            yield name, Entry(METONYM, country.id)
    for body in tables.bodies().values():
        for name in (body.name, *body.also):
            yield name, Entry(BODY, body.id)
    for person in tables.people().values():
        for name in (person.name, *person.also, *person.known):
            yield name, Entry(PERSON, person.id)
    for phrase in tables.groups():
        yield phrase, Entry(GROUP, phrase)
    for phrase in tables.others():
        yield phrase, Entry(OTHER, "")


@tables.for_each_own
def _names() -> Any:
    found: dict[str, list[Entry]] = {}
    for name, entry in _spellings():
        found.setdefault(name, []).append(entry)
        if (plain := unaccented(name)) != name:
            found.setdefault(plain, []).append(entry)
    automaton = ahocorasick.Automaton()
    for name, entries in found.items():
        meant = tuple(entries) if len(entries) == 1 else tuple(dict.fromkeys(entries))
        automaton.add_word(name, (name, meant))
    for phrase, meaning in tables.offices().items():
        if phrase != phrase.lower():
            automaton.add_word(phrase, (phrase, meaning))
    automaton.make_automaton()
    return automaton


@tables.for_each_own
def _offices() -> Any:
    automaton = ahocorasick.Automaton()
    for phrase, meaning in tables.offices().items():
        if phrase == phrase.lower():
            automaton.add_word(phrase, (phrase, meaning))
    automaton.make_automaton()
    return automaton


def warm() -> None:
    """Build both automata, which the first call of `find` would do."""
    _names()
    _offices()


def _longest(text: str, automaton: Any) -> list[tuple[int, int, Any]]:
    """Return the leftmost longest matches on word edges: start, end, what it means."""
    found = []
    for last, (phrase, meaning) in automaton.iter(text):
        start, end = last + 1 - len(phrase), last + 1
        if start and text[start - 1].isalnum():
            continue
        if end < len(text) and text[end].isalnum() and text[last] not in ".-":
            continue
        found.append((start, end, meaning))
    found.sort(key=lambda match: (match[0], -match[1]))
    kept: list[tuple[int, int, Any]] = []
    edge = 0
    for match in found:
        if match[0] >= edge:
            kept.append(match)
            edge = match[1]
    return kept


def _alive(entries: tuple[Entry, ...], published: datetime.date | None) -> tuple[Entry, ...]:
    """Keep, of several states with one name, the one that was there; the present one by default."""
    if len(entries) == 1:
        return entries
    table = tables.countries()
    kept: list[Entry] = []
    gone: list[Entry] = []
    for entry in entries:
        country = table.get(entry.id) if entry.kind in COUNTRY_KINDS else None
        if country is None:
            kept.append(entry)
        elif published is not None:
            (kept if country.existed(published) else gone).append(entry)
        else:
            (kept if country.end is None else gone).append(entry)
    return tuple(kept or gone)


def _calmed(tokens: Tokens) -> tuple[str, set[int]]:
    """Return the text with long words in capitals as names are written, and sentences so set.

    That is done to sentences all in capitals and to datelines ("SEOUL (Reuters) -"). Short words
    stay, which may be abbreviations.
    """
    shouted: set[int] = set()
    parts: list[str] = []
    edge = 0
    for number, first in enumerate(tokens.sentence_starts):
        stop = first
        if tokens.words[first].isupper():
            last = tokens.bounds(number)[1]
            if tokens.shouting(number):
                shouted.add(number)
                stop = last
            else:
                while stop < last and tokens.words[stop].isupper():
                    stop += 1
                if stop < last and tokens.words[stop] not in _DATELINE:
                    continue
        for index in range(first, stop):
            start, end = tokens.starts[index], tokens.ends[index]
            if end - start > _ABBREVIATION and tokens.words[index].isascii():
                parts += (tokens.text[edge:start], tokens.text[start:end].capitalize())
                edge = end
    return "".join((*parts, tokens.text[edge:])) if parts else tokens.text, shouted


def search(tokens: Tokens, published: datetime.date | None = None) -> tuple[list[Hit], list[Role]]:
    """Return the names and the words for offices in the text; a name wins over an office."""
    hits: list[Hit] = []
    roles: list[Role] = []
    taken: set[int] = set()
    text, shouted = _calmed(tokens)
    for start, end, meaning in _longest(text, _names()):
        name = text[start:end]
        first, stop = tokens.at(start), tokens.at(end - 1) + 1
        if name in _NOT_IN_CAPITALS and tokens.sentence[first] in shouted:
            continue
        if isinstance(meaning[0], Entry):
            whole = tokens.starts[first] == start and tokens.ends[stop - 1] == end
            if name[-1] == "-" and stop - first > 1:
                stop -= 1
            hits.append(Hit(first, stop, name, _alive(meaning, published), not whole))
            taken.update(range(first, stop))
        elif taken.isdisjoint(range(first, stop)):
            roles.append(Role(first, stop, *meaning))
            taken.update(range(first, stop))
    for start, end, meaning in _longest(tokens.lowered, _offices()):
        first, stop = tokens.at(start), tokens.at(end - 1) + 1
        if tokens.starts[first] == start and taken.isdisjoint(range(first, stop)):
            roles.append(Role(first, stop, *meaning))
    roles.sort(key=lambda role: role.start)
    return hits, roles
