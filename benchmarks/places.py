"""Places in local and in world news: the names found, and how far off their places are.

LGL (Lieberman et al. 2010) marks every toponym, adjectives of states and names within names among
them ("Ohio" in the Highway Patrol's); GeoVirus (Gritta et al. 2018) marks places by their names
only. So all our mentions are scored on the first, those that stand by themselves on the second. A
span counts if it is the very same. Distances are those to the coordinates of the set, in
kilometres; a place that is not found, or found without coordinates, is farther than any. GeoVirus'
offsets are off and are realigned by the phrase.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
from lxml import etree
from spacy.tokens import Doc

from standoff import places
from standoff.language import pipeline
from standoff.places.resolving import apart

from .scores import Tally
from .sets import lines

#: What of our mentions each set marks.
SETS = {"lgl": ("name", "inside", "adjective"), "geovirus": ("name",)}

#: Within this many kilometres (100 miles) a place counts as right.
NEAR = 161.0


@attrs.frozen
class Toponym:
    """A name by its characters, and its coordinates where the set has them."""

    start: int
    end: int
    point: tuple[float, float] | None


def lgl(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """Yield the articles of the Local-Global Lexicon."""
    for article in _tree(path).iter("article"):
        found = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            point = None if tag is None else (_number(tag, "lat"), _number(tag, "lon"))
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            found.append(Toponym(start, end, point))
        yield article.findtext("text") or "", found


def geovirus(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """Yield the articles of GeoVirus; a name that its text does not hold is left out."""
    for article in _tree(path).iter("article"):
        text = article.findtext("text") or ""
        found: list[Toponym] = []
        for location in article.iter("location"):
            name, start = location.findtext("name") or "", int(location.findtext("start") or 0)
            taken = {one.start for one in found}
            free = [m.start() for m in re.finditer(re.escape(name), text) if m.start() not in taken]
            if free:
                first = min(free, key=lambda place, start=start: abs(place - start))  # type: ignore[misc]
                point = (_number(location, "lat"), _number(location, "lon"))
                found.append(Toponym(first, first + len(name), point))
        yield text, found


def _tree(path: Path) -> Any:
    return etree.fromstring("".join(lines(path)).encode(), etree.XMLParser(recover=True))


def _number(node: Any, name: str) -> float:
    return float(node.findtext(name))


def found_in(doc: Doc, marked: tuple[str, ...]) -> dict[tuple[int, int], places.Entry | None]:
    """Return the mentions in a document that a set would mark, by their characters."""
    found = {}
    for mention in places.find(doc):
        if mention.how in marked:
            last = doc[mention.end - 1]
            found[doc[mention.start].idx, last.idx + len(last)] = mention.entry
    return found


def measure(data: Path) -> dict[str, Any]:
    """Return span scores in per cent, shares within 161 km, and mean errors in kilometres."""
    nlp = pipeline.load()
    readers = {"lgl": (lgl, "lgl.xml.gz"), "geovirus": (geovirus, "GeoVirus.xml.gz")}
    result = {}
    for name, (read, file) in readers.items():
        spans, errors, matched, wanted = Tally(), list[float](), 0, 0
        for text, gold in read(data / "places" / file):
            found = found_in(nlp(text), SETS[name])
            spans.add(found, {(one.start, one.end) for one in gold})
            for one in gold:
                if one.point is None:
                    continue
                wanted += 1
                entry = found.get((one.start, one.end))
                matched += (one.start, one.end) in found
                if entry is not None:
                    errors.append(apart(entry.lat, entry.lon, *one.point))
        near = sum(error <= NEAR for error in errors)
        result[name] = spans.scores() | {
            "near_resolved": round(100 * near / max(1, len(errors)), 2),
            "near_matched": round(100 * near / max(1, matched), 2),
            "near_all": round(100 * near / max(1, wanted), 2),
            "mean_km_resolved": round(statistics.mean(errors)),
            "median_km_resolved": round(statistics.median(errors), 1),
            "with_coordinates": wanted,
        }
    return result
