"""Event types of a user's own: five modes of ours, learnt from twelve wire sentences of each.

The modes stand in for types that a user might define; the examples are the first of each in
``training/codebook/wire.jsonl``. Asked of every marked predicate of the held-out passages
(``gold/passages.jsonl``): is it one of the five, and which? Precision and recall are over the
five, the time is that of training, the pipeline loaded.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standoff.coding import codebooks
from standoff.language import load, model
from training import annotated
from training.annotated import Told

from .passages import GOLD
from .scores import percent

WIRE = Path(annotated.__file__).parent / "codebook" / "wire.jsonl"
MODES = ("COERCE.arrest", "SANCTION.expel", "CONSULT.visit", "PROTEST.demo", "ASSAULT.aerial")
EXAMPLES = 12
NONE = 20


def measure() -> dict[str, Any]:
    """Return precision, recall and F1, the share right in cross-validation, seconds to train."""
    nlp, shared = load(), model.shared()
    source = _source()
    started = time.perf_counter()
    learnt = codebooks.train(source, nlp, shared)
    seconds = time.perf_counter() - started
    right = given = wanted = 0
    for passage in annotated.read(GOLD):
        doc = nlp(passage.text)
        for event in passage.told:
            span = doc.char_span(*event.predicate, alignment_mode="expand")
            if span is None:
                continue
            found = learnt.codes(doc, [span.root]).get(span.root.i)
            gold = _mode(event)
            wanted += gold in MODES
            given += found is not None
            right += found is not None and found.type == gold
    return {
        "types": len(MODES),
        "examples_each": EXAMPLES,
        "precision": percent(right, given),
        "recall": percent(right, wanted),
        "f1": percent(2 * right, given + wanted),
        "held_out_examples_right": percent(learnt.accuracy or 0.0, 1),
        "seconds": round(seconds, 1),
    }


def _mode(event: Told) -> str:
    return f"{event.type}.{event.mode}"


def _source() -> codebooks.Source:
    """Return a codebook of the modes, written as a user would."""
    examples: dict[str, list[str]] = {mode: [] for mode in MODES}
    none: list[str] = []
    for text, mode in _marked():
        if mode in examples and len(examples[mode]) < EXAMPLES:
            examples[mode].append(text)
        elif mode not in examples and len(none) < NONE:
            none.append(text)
    types = tuple(
        codebooks.TypeDefinition(mode, mode, tuple(texts)) for mode, texts in examples.items()
    )
    return codebooks.Source("modes", types, tuple(none))


def _marked() -> Iterator[tuple[str, str]]:
    """Yield wire sentences with a predicate between asterisks, and its mode."""
    for passage in annotated.read(WIRE):
        for event in passage.told:
            start, end = event.predicate
            if "*" not in passage.text and "\n" not in passage.text:
                marked = f"{passage.text[:start]}*{passage.text[start:end]}*{passage.text[end:]}"
                yield marked, _mode(event)
