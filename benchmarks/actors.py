"""Actors: whose country a name gives away, and how much of who does what to whom is an actor.

- *icews*: of the 1,500 most frequent entities of ICEWS 2018 (frequency in the training part), those
  whose name has no tail like "(Japan)" and belongs to a state by our own reading of it
  (``gold/icews_countries.tsv``, by the set's numbers; names are not in it). Names are resolved
  alone, as on a day of mid-2018.
- *tailed*: those with a tail, which is hidden from the resolver and is the gold. Most are generic
  ("Citizen", "Police") and cannot be known; the share says how many all the same are.
- *spans*: source and target spans of the who-whom set that a mention of an actor overlaps; and with
  those that name a state only as the place ("troops arrived in South Sudan"), which the set takes
  for targets and a record for where.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from standoff import actors
from standoff.actors import tables
from standoff.language import pipeline

from .sets import lines

GOLD = Path(__file__).parent / "gold" / "icews_countries.tsv"
TOP = 1500
DAY = datetime.date(2018, 7, 1)


def names(data: Path) -> dict[int, str]:
    """Return the most frequent names by number, the most frequent first."""
    folder = data / "forecast/icews18"
    rows = (line.rstrip("\n").split("\t") for line in lines(folder / "entity2id.txt.gz"))
    known = {int(number): name for name, number, *_ in rows}
    count = Counter[int]()
    for line in lines(folder / "train.txt.gz"):
        source, _, target, *_ = line.split()
        count.update((int(source), int(target)))
    return {number: known[number] for number, _ in count.most_common(TOP)}


def measure(data: Path) -> dict[str, Any]:
    """Return the shares, in per cent, and the numbers of the names that went wrong."""
    gold = dict(line.rstrip("\n").split("\t") for line in lines(GOLD))
    by_name = {country.name: country.id for country in tables.countries().values()}
    for country in tables.countries().values():
        by_name |= dict.fromkeys(country.also, country.id)
    found: dict[str, list[tuple[int, str, str | None]]] = {"icews": [], "tailed": []}
    for number, name in names(data).items():
        if name.endswith(")"):
            bare, tail = name[:-1].rsplit(" (", 1)
            wanted = by_name.get(tail)
            if wanted:
                found["tailed"].append((number, wanted, _country(bare)))
        elif len(gold.get(str(number), "-")) == 3:
            found["icews"].append((number, gold[str(number)], _country(name)))
    result: dict[str, Any] = {
        key: {
            "right": round(100 * sum(a == b for _, a, b in rows) / len(rows), 2),
            "names": len(rows),
        }
        for key, rows in found.items()
    }
    wrong = [f"{row}: {got} for {wanted}" for row, wanted, got in found["icews"] if got != wanted]
    result["icews"]["wrong"] = wrong
    result["spans"] = _spans(data)
    return result


def _country(name: str) -> str | None:
    found = actors.named(name, DAY)
    return found[0].country if found else None


def _spans(data: Path) -> dict[str, Any]:
    reader = pipeline.load()
    wanted, covered = Counter[str](), Counter[str]()
    for line in lines(data / "events/who_whom_train.jsonl"):
        row = json.loads(line)
        words = row["tokens"]
        doc = Doc(reader.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
        doc = reader.get_pipe("standoff_encoder")(doc)
        cast = actors.find(doc, None)
        held = {i for m in cast.mentions for i in range(m.start, m.end)}
        named = held | {i for m in cast.places for i in range(m.start, m.end)}
        for role, key in (("S", "source"), ("T", "target")):
            for start, end in _runs(row["tags"], role):
                wanted[key] += 1
                covered[key] += not held.isdisjoint(range(start, end))
                covered["with_places"] += not named.isdisjoint(range(start, end))
    spans = sum(wanted.values())
    shares = {key: round(100 * covered[key] / count, 2) for key, count in wanted.items()}
    both = covered["source"] + covered["target"]
    return shares | {
        "both": round(100 * both / spans, 2),
        "both_with_places": round(100 * covered["with_places"] / spans, 2),
        "spans": spans,
    }


def _runs(tags: list[str], role: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if tag == f"B-{role}":
            found.append((i, i + 1))
        elif tag == f"I-{role}" and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
    return found
