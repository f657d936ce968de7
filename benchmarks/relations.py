"""The event-type head on marked sentences that it was not trained on: quad class.

The sentences of ``events/quad_train.jsonl`` carry a quad class and no marks;
``events/who_whom_train.jsonl`` marks source and target in most of the same sentences. Rows of class
0 (no event) are left out; a row is asked about between its first source and its first target.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import standoff
from standoff import ontology


def measure(data: Path) -> dict[str, Any]:
    """Return accuracy and macro-F1 of the quad class of the most probable type."""
    marks = dict(_marks(data / "events/who_whom_train.jsonl"))
    golds: list[int] = []
    guesses: list[int] = []
    for line in (data / "events/quad_train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found = marks.get(_key(row["text"]))
        if row["quad"] == 0 or found is None:
            continue
        text, source, target = found
        best = next(iter(standoff.relate(text, source, target)))
        golds.append(row["quad"])
        # The set gives what POLECAT counts as verbal concession to material cooperation.
        guesses.append(2 if best == "CONCEDE" else int(ontology.quad(best)))
    return {
        "rows": len(golds),
        "accuracy": round(100 * sum(map(int.__eq__, golds, guesses)) / len(golds), 2),
        "macro_f1": round(100 * macro_f1(golds, guesses), 2),
    }


def macro_f1(golds: list[int], guesses: list[int]) -> float:
    """Return the mean F1 over the labels that the gold answers have."""
    scores = []
    for label in sorted(set(golds)):
        right = sum(g == label == p for g, p in zip(golds, guesses, strict=True))
        scores.append(2 * right / max(1, golds.count(label) + guesses.count(label)))
    return sum(scores) / len(scores)


def _key(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _marks(path: Path) -> list[tuple[str, tuple[str, tuple[int, int], tuple[int, int]]]]:
    """Return (key, (text, source, target)) of the rows that mark both."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, offsets = "", []
        for token in row["tokens"]:
            offsets.append((len(text), len(text) + len(token)))
            text += token + " "
        spans = [_first(row["tags"], offsets, role) for role in ("S", "T")]
        if spans[0] and spans[1]:
            found.append((_key(text), (text.rstrip(), spans[0], spans[1])))
    return found


def _first(tags: list[str], offsets: list[tuple[int, int]], role: str) -> tuple[int, int] | None:
    if f"B-{role}" not in tags:
        return None
    start = end = tags.index(f"B-{role}")
    while end + 1 < len(tags) and tags[end + 1] == f"I-{role}":
        end += 1
    return offsets[start][0], offsets[end][1]
