"""Which of the places with one name is meant.

A name begins with how well known each of its places is; what stands beside it ("Paris, Texas")
decides where it can; all else is what the other names of the text lie in or near (Leidner 2007
reviews these heuristics: one sense a discourse, containment, minimality).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from standoff.places.gazetteer import Entry
from standoff.places.model import PlaceMention
from standoff.places.naming import Candidate

#: How well known a place is beyond the logarithm of its inhabitants, by its kind; where nobody
#: counted them, all it is. Rerun benchmarks/places.py after a change here or below.
_KNOWN = {"state": 2.0, "capital": 1.1, "division1": 0.0, "town": 0.0}
_UNCOUNTED = {"division2": 4.0, "continent": 9.0}
_FEATURE = 6.0
#: What another name adds that lies in the same division, in the same state, or near.
_DIVISION, _COUNTRY, _NEAR = 2.4, 1.2, 2.4
#: At this distance (km) nearness has fallen to a third.
_REACH = 60.0
_ROUNDS = 3
#: What it speaks for a place that it lies in the division that the text may be about, and how many
#: divisions are tried, those first that most names have a place in.
_SHARED, _TRIED = 2.5, 40
_SMALL = frozenset(("capital", "town", "division2"))
_SETTLED = _SMALL | {"division1"}
_EARTH = 6371.0


def resolve(doc: Doc, found: Sequence[Candidate]) -> list[PlaceMention]:
    """Return the candidates with the place that each means; a name means one place in a text."""
    narrowed = _contained(doc, found)
    options: dict[str, tuple[Entry, ...]] = {}
    for i, one in enumerate(found):
        options.setdefault(one.name, narrowed.get(i, one.entries))
        if i in narrowed:
            options[one.name] = narrowed[i]
    counts = Counter(one.name for one in found if one.how != "adjective")
    best = _start({name: some for name, some in options.items() if some})
    for _ in range(_ROUNDS):
        best = {name: _best(name, options[name], best, counts) for name in best}
    return [
        PlaceMention(one.start, one.end, one.name, one.how, _chosen(i, one, best, narrowed))
        for i, one in enumerate(found)
    ]


def _chosen(
    i: int, one: Candidate, best: dict[str, Entry], narrowed: dict[int, tuple[Entry, ...]]
) -> Entry | None:
    chosen = best.get(one.name)
    if i in narrowed and chosen not in narrowed[i]:
        return max(narrowed[i], key=_prior)
    return chosen


def _start(options: dict[str, tuple[Entry, ...]]) -> dict[str, Entry]:
    """Return the best-known place of each name, or the one in the division most of them share.

    Local papers name no state: "Paris" and "Henry County" together are in Tennessee.
    """

    def within(division: str | None) -> tuple[float, dict[str, Entry]]:
        chosen, total = {}, 0.0
        for name, some in options.items():
            scored = [
                (_prior(one) + _SHARED * (division is not None and one.division == division), one)
                for one in some
            ]
            score, chosen[name] = max(scored, key=lambda pair: pair[0])
            total += score
        return total, chosen

    shared = Counter(
        division
        for some in options.values()
        for division in {one.division for one in some if one.division and one.kind in _SETTLED}
    )
    tried = [None, *(division for division, count in shared.most_common(_TRIED) if count > 1)]
    return max((within(division) for division in tried), key=lambda pair: pair[0])[1]


def _best(
    name: str, some: tuple[Entry, ...], best: dict[str, Entry], counts: Counter[str]
) -> Entry:
    return max(some, key=lambda entry: _prior(entry) + _support(entry, name, best, counts))


def _prior(entry: Entry) -> float:
    if entry.kind in _KNOWN:
        return math.log10(entry.population + 10) + _KNOWN[entry.kind]
    return _UNCOUNTED.get(entry.kind, _FEATURE)


def _support(entry: Entry, name: str, best: dict[str, Entry], counts: Counter[str]) -> float:
    """Return what the other names of the text speak for a place."""
    total = weight = 0.0
    for other, place in best.items():
        if other == name or not counts[other]:
            continue
        share = math.sqrt(counts[other])
        weight += share
        said = 0.0
        if place.kind in _SETTLED and entry.division:
            said += _DIVISION * (entry.division == place.division)
        said += _COUNTRY * (entry.country is not None and entry.country == place.country)
        if place.kind in _SMALL and entry.kind in _SMALL:
            said += _NEAR * math.exp(-distance(entry, place) / _REACH)
        total += share * said
    return total / math.sqrt(weight) if weight else 0.0


def distance(one: Entry, other: Entry) -> float:
    """Return how many kilometres two places lie apart, along a great circle."""
    return apart(one.lat, one.lon, other.lat, other.lon)


def apart(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the distance of two points in kilometres (haversine)."""
    phi, phi2 = math.radians(lat), math.radians(lat2)
    half = math.sin((phi2 - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(phi2) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))


def _contained(doc: Doc, found: Sequence[Candidate]) -> dict[int, tuple[Entry, ...]]:
    """Return, by its number, what a name may mean that has its state or division behind a comma."""
    narrowed: dict[int, tuple[Entry, ...]] = {}
    for i in range(len(found) - 2, -1, -1):
        one, other = found[i], found[i + 1]
        if other.start - one.end != 1 or doc[one.end].text != ",":
            continue
        holders = narrowed.get(i + 1, other.entries)
        pairs = [(e, h) for e in one.entries for h in holders if _holds(h, e)]
        if pairs:
            narrowed[i] = tuple(dict.fromkeys(e for e, _ in pairs))
            narrowed[i + 1] = tuple(dict.fromkeys(h for _, h in pairs))
    return narrowed


def _holds(outer: Entry, inner: Entry) -> bool:
    if outer == inner:
        return False
    if outer.kind == "division1":
        return inner.division == outer.division and inner.kind != "division1"
    return outer.kind == "state" and inner.country == outer.country and inner.kind != "state"
