"""The gazetteer: which places a name may stand for.

``data/gazetteer.npz`` holds GeoNames' settlements of 500 inhabitants and more, divisions of states
to the second order, states, and regions, waters, lines and sites that news names
(``training/gazetteer.py`` makes it). Names are looked up by their folded form in a sorted array: no
dictionary of a quarter of a million names has to be built before the first report.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, overload

import attrs
import numpy as np
from numpy.typing import NDArray

from standoff.language.folding import fold

#: What a place is. Divisions are those of the first and second order of a state, a capital is a
#: state's.
KINDS = (
    "state",
    "division1",
    "division2",
    "capital",
    "town",
    "continent",
    "region",
    "area",
    "water",
    "island",
    "relief",
    "line",
    "site",
    "landmark",
)


@attrs.frozen
class Entry:
    """A place: `country` is ISO 3166 alpha-3, `division` GeoNames' code of the first-order one.

    `id` is GeoNames' (None where the place is not of its settlements or states), `population` 0
    where none is known.
    """

    name: str
    kind: str
    country: str | None
    division: str | None
    lat: float
    lon: float
    population: int
    id: int | None


class _Lines(Sequence[bytes]):
    """The lines of a text as a sequence, none of them cut out before it is asked for."""

    def __init__(self, text: NDArray[np.uint8]) -> None:
        self._text = text.tobytes()
        self._ends = np.append(np.flatnonzero(text == ord("\n")), len(text))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start = self._ends[index - 1] + 1 if index else 0
        return self._text[start : self._ends[index]]


@attrs.frozen(eq=False)
class Gazetteer:
    """The arrays of the file, by place and by name."""

    columns: dict[str, Any]
    keys: _Lines
    names: _Lines
    countries: list[str]
    divisions: list[str]

    def find(self, key: str) -> tuple[Entry, ...]:
        """Return the places that a folded name may stand for."""
        sought = key.encode()
        place = bisect_left(self.keys, sought)
        if place == len(self.keys) or self.keys[place] != sought:
            return ()
        ends = self.columns["ends"]
        first = int(ends[place - 1]) if place else 0
        return tuple(self._entry(i) for i in self.columns["rows"][first : ends[place]].tolist())

    def division(self, code: str) -> Entry | None:
        """Return the first-order division with a code of GeoNames, such as ``US.LA``."""
        if code not in self.divisions:
            return None
        columns = self.columns
        same = columns["division"] == self.divisions.index(code)
        found = np.flatnonzero(same & (columns["kind"] == KINDS.index("division1")))
        return self._entry(int(found[0])) if len(found) else None

    def _entry(self, i: int) -> Entry:
        columns = self.columns
        return Entry(
            self.names[i].decode(),
            KINDS[columns["kind"][i]],
            self.countries[columns["country"][i]] or None,
            self.divisions[columns["division"][i]] or None,
            int(columns["lat"][i]) / 100,
            int(columns["lon"][i]) / 100,
            int(columns["population"][i]),
            int(columns["id"][i]) or None,
        )


@cache
def load() -> Gazetteer:
    """Return the gazetteer, read once."""
    with (
        files("standoff.places").joinpath("data", "gazetteer.npz").open("rb") as stream,
        np.load(stream) as held,
    ):
        columns = {name: held[name] for name in held.files}
    return Gazetteer(
        columns,
        _Lines(columns.pop("keys")),
        _Lines(columns.pop("names")),
        columns.pop("countries").tobytes().decode().split("\n"),
        columns.pop("divisions").tobytes().decode().split("\n"),
    )


@lru_cache(20_000)
def lookup(name: str) -> tuple[Entry, ...]:
    """Return the places that a name may stand for, in no order."""
    return load().find(fold(name))
