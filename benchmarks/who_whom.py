"""Who did what to whom from raw sentences: source, target and both, and the quad class or none.

The sentences of ``events/who_whom_train.jsonl`` mark sources and targets; those of
``events/quad_train.jsonl`` have a quad class, 0 where they tell no political event. Both are read
as a report of their own each. A party is found when a phrase that the coder takes for one overlaps
a marked one; a dyad when one event has the first marked source and the first marked target. The
quad class is that of the event that the coder is surest of, 0 where it finds none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Token

from standoff import ontology
from standoff.coding import coder
from standoff.coding.deciding import Decision
from standoff.coding.reading import Reading
from standoff.language import load, model
from standoff.record import Document

from .relations import macro_f1
from .scores import percent
from .sets import spans_of

Offsets = tuple[int, int]


def measure(data: Path) -> dict[str, Any]:
    """Return precision, recall and F1 of either party, dyads, and the quad class's scores."""
    nlp, shared = load(), model.shared()
    counts = {role: [0, 0, 0] for role in ("source", "target")}
    dyads = wanted = rows = 0
    for row in _rows(data / "events/who_whom_train.jsonl"):
        text, marked = _marked(row)
        rows += 1
        found = _parties(text, nlp, shared)
        for k, role in enumerate(("source", "target")):
            given = sorted({span for event in found for span in event[k]})
            hit = sum(_meets(span, given) for span in marked[role])
            false = sum(not _meets(span, marked[role]) for span in given)
            for i, count in enumerate((hit, false, len(marked[role]) - hit)):
                counts[role][i] += count
        if marked["source"] and marked["target"]:
            wanted += 1
            dyads += any(
                _meets(marked["source"][0], source) and _meets(marked["target"][0], target)
                for source, target in found
            )
    return {
        "rows": rows,
        **{role: _scores(*found) for role, found in counts.items()},
        "dyads": percent(dyads, wanted),
        "dyads_gold": wanted,
        "quad": _quads(data, nlp, shared),
    }


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _marked(row: dict[str, Any]) -> tuple[str, dict[str, list[Offsets]]]:
    text, offsets = " ".join(row["tokens"]), []
    start = 0
    for token in row["tokens"]:
        offsets.append((start, start + len(token)))
        start += len(token) + 1
    names = {"S": "source", "T": "target"}
    marked: dict[str, list[Offsets]] = {"source": [], "target": []}
    for first, last, label in spans_of(row["tags"]):
        if label in names:
            marked[names[label]].append((offsets[first][0], offsets[last - 1][1]))
    return text, marked


def _decisions(text: str, nlp: Language, shared: model.Model) -> tuple[Reading, list[Decision]]:
    reading = coder.read(Document(text), nlp(text))
    return reading, coder.decisions(reading, shared)


def _parties(
    text: str, nlp: Language, shared: model.Model
) -> list[tuple[list[Offsets], list[Offsets]]]:
    """Return the phrases of source and target of each event that the coder finds."""
    reading, found = _decisions(text, nlp, shared)
    sides = (each.candidate.parties for each in found)
    return [
        (
            _offsets(reading, side.source_tokens),
            _offsets(reading, side.target_tokens),
        )
        for side in sides
    ]


def _offsets(reading: Reading, tokens: Sequence[Token]) -> list[Offsets]:
    found = []
    for token in tokens:
        extent = reading.words(token)
        phrase = reading.doc[extent.start : extent.stop]
        found.append((phrase.start_char, phrase.end_char))
    return found


def _meets(span: Offsets, others: Sequence[Offsets]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _scores(hit: int, false: int, missed: int) -> dict[str, float]:
    return {
        "precision": percent(hit, hit + false),
        "recall": percent(hit, hit + missed),
        "f1": percent(2 * hit, 2 * hit + false + missed),
    }


def _quads(data: Path, nlp: Language, shared: model.Model) -> dict[str, Any]:
    golds, guesses = [], []
    for row in _rows(data / "events/quad_train.jsonl"):
        _, found = _decisions(row["text"], nlp, shared)
        best = max(found, key=lambda each: each.confidence, default=None)
        golds.append(row["quad"])
        # The set gives what POLECAT counts as verbal concession to material cooperation.
        quad = 0 if best is None else int(ontology.quad(best.type))
        guesses.append(2 if best is not None and best.type == "CONCEDE" else quad)
    f1 = {
        str(label): percent(
            2 * sum(g == label == p for g, p in zip(golds, guesses, strict=True)),
            golds.count(label) + guesses.count(label),
        )
        for label in sorted(set(golds))
    }
    return {"rows": len(golds), "macro_f1": round(100 * macro_f1(golds, guesses), 1), **f1}
