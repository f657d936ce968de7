"""The heads of the encoder on passages of our own that they were not trained on.

`gold/passages.jsonl` is written and marked as the codebook is (training/codebook), by writers who
saw none of it. *Of the marked predicates*: type (or none), status beside that of the coder's rules,
mode, contexts, calibration; which phrases are source and target, beside the coder's rules. A phrase
is right when it overlaps a marked one of its sentence.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from standoff.coding import chain, coder, parties, predictions, status
from standoff.coding.deciding import contexts_of, is_hostile
from standoff.coding.lexicon import lexicon
from standoff.coding.predictions import Prediction
from standoff.coding.reading import Reading
from standoff.language import load, model
from standoff.language.relations import NONE
from standoff.record import Document
from training import annotated
from training.annotated import Offsets, Told

from .scores import calibration_error, percent, reliability

GOLD = Path(__file__).parent / "gold" / "passages.jsonl"


def measure() -> dict[str, Any]:
    """Return the scores, in per cent, and how many events they are of."""
    nlp, shared = load(), model.shared()
    counts: Counter[str] = Counter()
    sides = {(who, role): [0, 0, 0] for who in ("head", "rules") for role in ("source", "target")}
    confidence: list[float] = []
    right: list[bool] = []
    for passage in annotated.read(GOLD):
        reading = coder.read(Document(passage.text), nlp(passage.text))
        told = [(event, word) for event in passage.told if (word := _root(reading.doc, event))]
        if not told:
            continue
        words = sorted({word for _, word in told}, key=lambda word: word.i)
        predicted = predictions.predict(reading, words, shared, nothing=2.0)
        events = {word for event, word in told if event.type != NONE}
        for event, word in told:
            if event.type == NONE and word in events:
                continue  # that nothing passes between two says nothing of what others do
            found = predicted[word.i]
            best = max(found.types, key=found.types.__getitem__)
            confidence.append(found.types[best])
            right.append(best == event.type)
            if event.type != NONE:
                _count(counts, event, reading, word, found)
                _count_sides(sides, event, reading, word, found)
    total = counts["events"]
    return {
        "events": total,
        "type_accuracy": percent(sum(right), len(right)),
        "calibration_error": calibration_error(np.array(confidence), np.array(right)),
        "reliability": reliability(np.array(confidence), np.array(right)),
        "status": percent(counts["status"], total),
        "status_by_rules": percent(counts["status by rules"], total),
        "mode": percent(counts["mode"], total),
        "contexts_f1": percent(2 * counts["contexts right"], counts["contexts"]),
        **{f"{role}_{who}": _f1(*found) for (who, role), found in sides.items()},
    }


def _root(doc: Doc, event: Told) -> Token | None:
    span = doc.char_span(*event.predicate, alignment_mode="expand")
    return None if span is None else span.root


def _overlaps(token: Token, spans: tuple[Offsets, ...]) -> bool:
    return any(token.idx < end and token.idx + len(token) > start for start, end in spans)


def _count(
    counts: Counter[str], event: Told, reading: Reading, word: Token, found: Prediction
) -> None:
    counts["events"] += 1
    counts["status"] += max(found.statuses, key=found.statuses.__getitem__) == event.status
    hostile = is_hostile(event.type)
    by_rule = status.status(reading, word, chain.chain(word), hostile=hostile)
    counts["status by rules"] += by_rule == event.status
    own = [name for name in found.modes if name.startswith(f"{event.type}.")]
    mode = max(own, key=found.modes.__getitem__)
    counts["mode"] += mode == f"{event.type}.{event.mode or ''}"
    contexts = contexts_of(found.contexts)
    counts["contexts right"] += len(set(contexts) & set(event.contexts))
    counts["contexts"] += len(contexts) + len(event.contexts)


def _count_sides(
    sides: dict[tuple[str, str], list[int]],
    event: Told,
    reading: Reading,
    word: Token,
    found: Prediction,
) -> None:
    sense = lexicon().sense(word)
    ruled = parties.Parties()
    if word.pos_ == "VERB":
        ruled = parties.of_verb(reading, word, sense)
    elif sense is not None:
        ruled = parties.of_noun(reading, word, sense, chain.chain(word))
    for role, spans, chances, tokens in (
        ("source", event.source, found.source, ruled.source_tokens),
        ("target", event.target, found.target, ruled.target_tokens),
    ):
        here = tuple(span for span in spans if any(_overlaps(w, (span,)) for w in word.sent))
        for who, words in (
            ("head", list(predictions.phrases(reading, chances))),
            ("rules", tokens),
        ):
            hit = sum(any(_overlaps(w, (span,)) for w in words) for span in here)
            false = sum(not _overlaps(w, here) for w in words)
            for i, count in enumerate((hit, false, len(here) - hit)):
                sides[who, role][i] += count


def _f1(hit: int, false: int, missed: int) -> float:
    return percent(2 * hit, 2 * hit + false + missed)
