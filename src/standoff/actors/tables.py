"""The tables of who there is: states, organs of state, organisations, outlets, people, offices.

All tables are tab-separated files beside this module, with a header line; several values in one
field are separated by ``|``. They hold public facts only, written by hand: names of states follow
ISO 3166-1 and ISO 3166-3 (codes that start with X are of the range that ISO leaves to users; RVN
is the Correlates of War abbreviation), sector codes follow PLOVER. Dates of office are days,
months or years; an office without a last day was held on the day that `AS_OF` names.

Each table is read once, when it is first asked for.
"""

from __future__ import annotations

import calendar
import datetime
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib.resources import files
from typing import TypeVar

import attrs

T = TypeVar("T")

AS_OF = datetime.date(2025, 12, 31)
"""The day up to which the dates of office in ``people.tsv`` are known."""

ROOTS = frozenset(("IGO", "NGO", "MEDIA", "IMG", "CVL", "doc"))
"""What an id begins with where no state does."""

STATE, FORMER = "state", "former state"
IGO, OUTLET, ARMED_GROUP = "igo", "outlet", "armed group"
_TERM = re.compile(r"(.+?)(?: ([0-9-]+)/([0-9-]*))?")


@attrs.frozen
class Country:
    """A state or territory: its names, and its seats of government."""

    id: str
    name: str
    kind: str
    start: datetime.date | None
    end: datetime.date | None
    also: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]
    metonyms: tuple[str, ...]

    def existed(self, day: datetime.date) -> bool:
        """Tell whether this state was there on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@attrs.frozen
class Body:
    """A named body: an organ of state, an organisation, an outlet.

    `nouns` are the common nouns that a report calls it by later ("the agency").
    """

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    also: tuple[str, ...]
    nouns: tuple[str, ...]


@attrs.frozen
class Term:
    """A time in office; `end` is None where the office was still held on `AS_OF`."""

    office: str
    start: datetime.date | None
    end: datetime.date | None

    def covers(self, day: datetime.date) -> bool:
        """Tell whether `day` lies in this term, whose days must be known for that."""
        if self.start is None or day < self.start:
            return False
        return self.end is None or day <= self.end


@attrs.frozen
class Person:
    """Someone whom reports name: `short` are later names, `known` those that need no first one."""

    id: str
    name: str
    gender: str
    also: tuple[str, ...]
    short: tuple[str, ...]
    known: tuple[str, ...]
    offices: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the times in office; of few people they are ever asked for."""
        return _terms(self.offices)

    @property
    def owner(self) -> str:
        """Return the country or the organisation whose offices this person held."""
        return owner_of(self.id)


@attrs.frozen
class Office:
    """What someone, or some part of a state, is called by function.

    `kind` is "holder" (one person at a time), "person", "people" (a plural) or "body". A `title`
    may stand before a name; a `generic` word takes its sector from the word before it ("army
    chief"); `inside` words belong to the country that they are in ("police in Cairo"); `bare`
    words are an actor even where no country is known, `counted` ones only with a number ("18
    people"); `home` is the only country to have it.
    """

    name: str
    sector: str
    leaf: str
    kind: str
    title: bool
    generic: bool
    inside: bool
    bare: bool
    counted: bool
    home: str | None


@attrs.frozen(eq=False)
class Own:
    """A user's own actors, which stand before those of the tables (``own.py`` reads them).

    `words` are words for kinds of people, with what they mean and whether they are plurals.
    """

    bodies: tuple[Body, ...] = ()
    people: tuple[Person, ...] = ()
    words: tuple[tuple[str, Office, bool], ...] = ()


#: What most have: none.
NO_OWN = Own()
_OWN: ContextVar[Own] = ContextVar("own", default=NO_OWN)


@contextmanager
def using(own: Own) -> Iterator[None]:
    """Let the tables hold a user's own actors until the context ends."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


def for_each_own(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that makes something of the tables once for each set of own actors."""
    made = cache(lambda own: make())

    @wraps(make)
    def ask() -> T:
        return made(_OWN.get())

    return ask


def owner_of(actor: str) -> str:
    """Return the country or organisation at the start of an actor id.

    >>> owner_of("USA.GOV.MIKE_POMPEO"), owner_of("IGO.UN.KOFI_ANNAN"), owner_of("PSE.REB.HAMAS")
    ('USA', 'IGO.UN', 'PSE')
    """
    parts = actor.split(".")
    return ".".join(parts[:2]) if parts[0] in ROOTS else parts[0]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("standoff.actors") / "data" / name).read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    columns = head.split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))


def _many(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def _first_day(text: str) -> datetime.date | None:
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return datetime.date(year, month, day)


def _last_day(text: str) -> datetime.date | None:
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return datetime.date(
        year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    )


@cache
def countries() -> Mapping[str, Country]:
    """Return the states and territories by id."""
    return {
        row["id"]: Country(
            row["id"],
            row["name"],
            FORMER if row["kind"] == "former" else row["kind"],
            _first_day(row["from"]),
            _last_day(row["to"]),
            _many(row["also"]),
            _many(row["adjectives"]),
            _many(row["people"]),
            _many(row["seats"]),
            _many(row["metonyms"]),
        )
        for row in _rows("countries.tsv")
    }


@for_each_own
def bodies() -> Mapping[str, Body]:
    """Return organs of state, organisations and outlets by id."""
    found = [
        Body(
            row["id"],
            row["name"],
            "body",
            row["id"][:3],
            (row["id"].split(".")[1],),
            _many(row["also"]),
            _many(row["nouns"]),
        )
        for row in _rows("bodies.tsv")
    ]
    found += [
        Body(
            row["id"],
            row["name"],
            row["kind"],
            row["country"] or None,
            _many(row["sectors"]),
            _many(row["also"]),
            _many(row["nouns"]),
        )
        for row in _rows("organizations.tsv")
    ]
    found += [
        Body(
            row["id"], row["name"], OUTLET, row["country"] or None, ("MED",), _many(row["also"]), ()
        )
        for row in _rows("outlets.tsv")
    ]
    return {body.id: body for body in (*found, *_OWN.get().bodies)}


@cache
def _terms(text: str) -> tuple[Term, ...]:
    return tuple(_term(term) for term in _many(text))


def _term(text: str) -> Term:
    match = _TERM.fullmatch(text)
    assert match is not None
    office, start, end = match.groups(default="")
    return Term(office, _first_day(start), _last_day(end))


@for_each_own
def people() -> Mapping[str, Person]:
    """Return the people by id."""
    found = {
        row["id"]: Person(
            row["id"],
            row["name"],
            row["gender"],
            _many(row["also"]),
            _many(row["short"]),
            _many(row["known"]),
            row["offices"],
        )
        for row in _rows("people.tsv")
    }
    return found | {person.id: person for person in _OWN.get().people}


@for_each_own
def offices() -> Mapping[str, tuple[Office, bool]]:
    """Return words for offices with what they mean, and whether the word is a plural."""
    found: dict[str, tuple[Office, bool]] = {}
    for row in _rows("offices.tsv"):
        flags = row["flags"].split()
        home = next((flag[5:] for flag in flags if flag.startswith("home=")), None)
        office = Office(
            row["office"],
            row["sector"],
            row["leaf"],
            row["class"],
            "title" in flags,
            "generic" in flags,
            "in" in flags,
            "bare" in flags,
            "counted" in flags,
            home,
        )
        for word in _many(row["singular"]):
            found[word] = (office, False)
        for word in _many(row["plural"]):
            found[word] = (office, True)
    return found | {word: (office, plural) for word, office, plural in _OWN.get().words}


@cache
def sectors() -> Mapping[str, str]:
    """Return the sector codes with their names."""
    return {row["code"]: row["name"] for row in _rows("sectors.tsv")}


@cache
def _cues() -> dict[str, dict[str, list[str]]]:
    text = (files("standoff.actors") / "data" / "cues.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def cues(section: str, name: str) -> frozenset[str]:
    """Return a list of words that decide how something is read."""
    return frozenset(_cues()[section][name])


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """Return phrases that name several states at once ("the two Koreas")."""
    return {row["phrase"]: _many(row["actors"]) for row in _rows("groups.tsv")}


@cache
def others() -> frozenset[str]:
    """Return phrases that hold the name of a state or a city and mean neither."""
    return frozenset(row["phrase"] for row in _rows("other.tsv"))
