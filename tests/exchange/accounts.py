"""Accounts, events and casts for tests of tables, made by hand and by Hypothesis."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings

from standoff import ontology
from standoff.exchange.countries import named
from standoff.exchange.imported import leaf
from standoff.exchange.profiles import single_line
from standoff.record import Actor, Quantity, Span
from standoff.store.model import Account, StoredEvent

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CAST = {
    actor.id: actor
    for actor in (
        Actor("ISL", "Iceland", "ISL", kind="state"),
        Actor("GBR", "United Kingdom", "GBR", kind="state"),
        Actor("GBR.MIL.ROYAL_NAVY", "Royal Navy", "GBR", ("MIL",)),
        Actor("IGO.NATO", "NATO", None, ("IGO", "MIL")),
        Actor("RUS.GOV.FOREIGN_MINISTRY", "Foreign Ministry", "RUS", ("GOV", "ELI")),
        Actor("PSE.REB.HAMAS", "Hamas", "PSE", ("REB",)),
        Actor("UNLISTED.TRAWLERMEN", "trawlermen", "GBR", ("LAB", "CVL")),
    )
}


def account(id: str = "a1", **fields: Any) -> Account:
    """Return an account with what it must have, and `fields`."""
    given: dict[str, Any] = {
        "event": f"e{id}",
        "document": f"sha256:{id}",
        "local": "e1",
        "type": "ASSAULT",
        "anchor": Span(4, 10, "rammed"),
        "sentence": (0, 40),
        "source": ("GBR.MIL.ROYAL_NAVY",),
        "target": ("ISL",),
        "start": datetime.date(1976, 2, 19),
        "published": datetime.date(1976, 2, 20),
    }
    return Account(id=id, **given | fields)


def event(*accounts: Account, id: str = "e1") -> StoredEvent:
    """Return the event that accounts tell of."""
    return StoredEvent(id, accounts)


def dead(value: float, unit: str | None = "dead") -> Quantity:
    """Return a number of an event."""
    return Quantity(Span(0, 0, ""), value, unit)


#: What is hard on tables: separators, quotes, line ends of every kind, formulas, other scripts.
awkward = st.text(
    "ab cÉßŁд日\t\n\r\x0b\x1c\x85\u2028\xa0\"'`,;:|=+-@#\\/.<&\x00\x7f😀\ud83d", max_size=14
)
countries = st.sampled_from(["USA", "RUS", "PSE", "ROU", "CIV", "XAB", "SUN", "ZZZ", "", None])
_sectors = st.lists(
    st.sampled_from(["GOV", "MIL", "REL", "IGO", "MED", "CVL", "IMG", "odd"]), max_size=4
).map(tuple)
_words = st.sampled_from([None, "", "a crowd\tof\nmen", "“them”", " \n"])


@st.composite
def casts(draw: st.DrawFn) -> dict[str, Actor]:
    """Draw actors by id, each of another name: to a table, actors of one name are one."""
    states = [Actor("USA", "United States", "USA"), Actor("IGO.UN", "UN", None, ("IGO",))]
    named_ones = draw(st.lists(st.tuples(awkward, countries, _sectors), max_size=5))
    found = {each.id: each for each in states}
    leaves = {leaf(each.name) for each in states}
    for number, (name, country, sectors) in enumerate(named_ones):
        made = Actor(f"doc.p{number}", name, country, sectors)
        shown = leaf(single_line(name.upper()) or made.id)
        if shown not in leaves and named(single_line(name)) is None:
            leaves.add(shown)
            found[made.id] = made
    return found


@st.composite
def tellings(draw: st.DrawFn) -> tuple[list[Account], dict[str, Actor]]:
    """Draw accounts that event tables can hold, and their cast."""
    cast = draw(casts())
    ids = st.lists(st.sampled_from(sorted(cast)), max_size=3).map(tuple)
    kinds: list[tuple[str, str | None]] = [(each.name, None) for each in ontology.types()]
    kinds += [(mode.type, mode.name) for each in ontology.types() for mode in each.modes]
    codes = [each.code for each in ontology.cameo_codes() if each.type]
    days = st.none() | st.dates(datetime.date(1700, 1, 1), datetime.date(2199, 12, 31))
    about = st.lists(st.sampled_from(["military", "economic", "wmd"]), max_size=2).map(tuple)
    degrees = st.floats(-90, 90)
    numbers = range(draw(st.integers(0, 4)))
    accounts = []
    for number in numbers:
        kind, mode = draw(st.sampled_from(kinds))
        accounts.append(
            account(
                f"a{number}k2m4q6t3w5x",
                type=kind,
                mode=mode,
                contexts=draw(about),
                cameo=draw(st.none() | st.sampled_from(codes)),
                goldstein=draw(st.none() | st.floats(-10, 10)),
                source=draw(ids),
                target=draw(ids),
                source_words=draw(_words),
                target_words=draw(_words),
                start=draw(days),
                published=draw(days),
                place=draw(st.none() | awkward | st.just("United States")),
                admin1=draw(st.none() | awkward),
                country=draw(countries),
                lat=draw(st.none() | degrees),
                lon=draw(st.none() | degrees),
                geonameid=draw(st.none() | st.integers(0, 10**9)),
                publisher=draw(st.none() | awkward),
                url=draw(st.none() | st.just("https://www.example.org/a?b=1") | awkward),
            )
        )
    return accounts, cast


def cells(lines: Iterable[str], *, names: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table; `names` are the columns of one without a header."""
    rows = iter(lines)
    names = names or tuple(next(rows).split("\t"))
    for row in rows:
        yield dict(zip(names, row.split("\t"), strict=True))
