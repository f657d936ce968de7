"""Who a name by itself may be: the tables asked directly, without a text.

Names of data sets and of users differ from those of news in case, accents and middle names ("Jacob
Gedleyihlekisa Zuma"); a person is found by any of the listed names whose words stand among theirs,
in that order.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from standoff.actors import tables
from standoff.language.folding import fold

COUNTRY, BODY, PERSON = "country", "body", "person"


@attrs.frozen
class Entry:
    """An actor of the tables: `spelling` is the listed name that was found."""

    id: str
    name: str
    kind: str
    country: str | None
    spelling: str
    terms: tuple[tables.Term, ...] = ()


def named(name: str, on: datetime.date | None = None) -> list[Entry]:
    """Return the actors that a name may stand for, the likeliest first.

    `on` is the day that the name is of: who held an office then, and states that were there, come
    before others.
    """
    words = fold(name).split()
    if not words:
        return []
    exact = _index().get(" ".join(words), ())
    found = {entry.id: entry for entry in (*exact, *_people(words))}
    if not found:
        found = {entry.id: entry for entry in _shorter(words)}
    return sorted(found.values(), key=lambda entry: -_fit(entry, words, on))


def _fit(entry: Entry, words: Sequence[str], on: datetime.date | None) -> float:
    score = len(fold(entry.spelling).split()) / len(words)
    if on is not None:
        score += 2.0 * any(term.covers(on) for term in entry.terms)
        country = tables.countries().get(entry.id)
        score += 2.0 * (country is not None and country.existed(on))
    return score


def _people(words: Sequence[str]) -> Iterator[Entry]:
    """Yield people of whose listed names all words stand in the name, in order."""
    for word in dict.fromkeys(words):
        for spelled, entry in _by_surname().get(word, ()):
            if _stands_in(spelled, words):
                yield entry


def _stands_in(some: Sequence[str], words: Sequence[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in some)


def _shorter(words: Sequence[str]) -> Iterator[Entry]:
    """Yield bodies and states whose name the words begin or end with ("Congress Party of …")."""
    for cut in range(len(words) - 1, 0, -1):
        for part in (words[:cut], words[-cut:]):
            found = _index().get(" ".join(part), ())
            if found and (len(part) > 1 or any(entry.kind == COUNTRY for entry in found)):
                yield from found
                return


def _entries() -> Iterator[tuple[str, Entry]]:
    for country in tables.countries().values():
        names = (
            country.name,
            *country.also,
            *country.adjectives,
            *country.people,
            *country.seats,
            *country.metonyms,
        )
        for name in names:
            yield name, Entry(country.id, country.name, COUNTRY, country.id, name)
    for body in tables.bodies().values():
        for name in (body.name, *body.also):
            yield name, Entry(body.id, body.name, BODY, body.country, name)
    for person in tables.people().values():
        owner = person.owner if person.owner in tables.countries() else None
        for name in (person.name, *person.also, *person.known):
            yield name, Entry(person.id, person.name, PERSON, owner, name, person.terms)


@tables.for_each_own
def _index() -> Mapping[str, tuple[Entry, ...]]:
    """Return every listed name, folded, with the actors that bear it."""
    found = defaultdict(list)
    for name, entry in _entries():
        found[fold(name)].append(entry)
    return {key: tuple(some) for key, some in found.items()}


@tables.for_each_own
def _by_surname() -> Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """Return people's names of two words and more by their last word."""
    found = defaultdict(list)
    for name, entry in _entries():
        if entry.kind != PERSON:
            continue
        words = tuple(fold(name).split())
        if len(words) > 1:
            found[words[-1]].append((words, entry))
    return {key: tuple(some) for key, some in found.items()}


def described(id_: str) -> dict[str, str]:
    """Return what the tables know of an actor, in lines to be read; empty where there is none."""
    country, body = tables.countries().get(id_), tables.bodies().get(id_)
    person = tables.people().get(id_)
    found: dict[str, str] = {}
    if country is not None:
        found = {
            "name": country.name,
            "kind": country.kind,
            "from": str(country.start or ""),
            "to": str(country.end or ""),
            "also": ", ".join(country.also),
            "adjectives": ", ".join(country.adjectives),
            "people": ", ".join(country.people),
            "seats": ", ".join((*country.seats, *country.metonyms)),
        }
    elif body is not None:
        found = {
            "name": body.name,
            "kind": body.kind,
            "country": body.country or "",
            "sectors": ", ".join(body.sectors),
            "also": ", ".join(body.also),
            "called": ", ".join(body.nouns),
        }
    elif person is not None:
        found = {
            "name": person.name,
            "kind": PERSON,
            "country": person.owner,
            "also": ", ".join(person.also),
            "short": ", ".join(person.short),
            "offices": "; ".join(
                f"{t.office} {t.start or '?'} to {t.end or ''}" for t in person.terms
            ),
        }
    return {key: value.strip() for key, value in found.items() if value.strip()}
