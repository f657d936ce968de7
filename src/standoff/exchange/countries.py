"""States and territories in the codes of other data sets; sources are in ``data/countries.tsv``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

import attrs

from standoff.exchange.profiles import table

Coding = Literal["cameo", "fips", "numeric", "cow"]


@attrs.frozen
class Country:
    """A state or territory: our id, its name and codes; a code is None where the list has none."""

    id: str
    name: str
    numeric: str | None
    cameo: str | None
    fips: str | None
    cow: str | None
    icews: str
    acled: str
    note: str


@cache
def countries() -> dict[str, Country]:
    """Return all countries by id."""
    return {
        row["id"]: Country(
            id=row["id"],
            name=row["name"],
            numeric=row["numeric"] or None,
            cameo=row["cameo"] or None,
            fips=row["fips"] or None,
            cow=row["cow"] or None,
            icews=row["icews"] or row["name"],
            acled=row["acled"] or row["name"],
            note=row["note"],
        )
        for row in table("countries.tsv")
    }


def code(country: str | None, coding: Coding) -> str | None:
    """Return the code of a country, given by our id; None where it is unknown or has none."""
    found = countries().get(country or "")
    return None if found is None else getattr(found, coding)


def of_code(code: str | None, coding: Literal["cameo", "fips"]) -> str | None:
    """Return our id of the country that a code stands for, None for none.

    Our own ids are read as CAMEO codes too, for CAMEO took most of its own from ISO 3166.
    """
    return _by_code(coding).get((code or "").upper())


def named(name: str | None) -> str | None:
    """Return our id of the country of that name, or of that id, in any case; None for none."""
    return _by_name().get((name or "").casefold())


@cache
def _by_code(coding: Literal["cameo", "fips"]) -> dict[str, str]:
    found = {row["id"]: row["id"] for row in table("countries.tsv")} if coding == "cameo" else {}
    for row in table("countries.tsv"):
        for each in (row[coding], *row[f"{coding}_also"].split("|")):
            if each:
                found[each] = row["id"]
    return found


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): row["id"] for row in table("countries.tsv") for name in _names(row)}


def _names(row: dict[str, str]) -> Iterator[str]:
    for key in ("id", "name", "icews", "acled"):
        if row[key]:
            yield row[key]
    yield from filter(None, row["also"].split("|"))
