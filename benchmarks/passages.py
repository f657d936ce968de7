"""The pair head on passages of our own that it was not trained on: what a predicate denotes.

`gold/passages.jsonl` is written and marked as the codebook is (training/codebook), by writers who
saw none of it. *Given the parties*: type (or none), status beside that of the coder's rules, mode,
contexts, calibration. *Given the predicate alone*: which phrases are source and target, beside the
coder's rules; a phrase is right when it overlaps a marked one of its sentence.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from standoff.coding import arguments, chain, coder, parties, status
from standoff.coding.deciding import contexts_of, is_hostile
from standoff.coding.lexicon import lexicon
from standoff.coding.reading import Reading
from standoff.language import load, model, pipeline
from standoff.record import Document
from training import annotated
from training.annotated import Offsets, Told

from .scores import calibration_error, percent

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
        marked = shared.marked(*_marks(reading.doc, told, shared))
        asked = arguments.ask(reading, [word for _, word in told])
        for k, (event, word) in enumerate(told):
            best = int(marked.types[k].argmax())
            confidence.append(float(marked.types[k][best]))
            right.append(shared.types[best] == event.type)
            if event.type != "NONE":
                _count(counts, event, reading, word, shared, marked, k)
                _count_sides(sides, event, reading, word, asked[word.i])
    events = counts["events"]
    return {
        "events": events,
        "type_accuracy": percent(sum(right), len(right)),
        "calibration_error": calibration_error(np.array(confidence), np.array(right)),
        "status": percent(counts["status"], events),
        "status_by_rules": percent(counts["status by rules"], events),
        "mode": percent(counts["mode"], events),
        "contexts_f1": percent(2 * counts["contexts right"], counts["contexts"]),
        **{f"{role}_{who}": _f1(*found) for (who, role), found in sides.items()},
    }


def _root(doc: Doc, event: Told) -> Token | None:
    span = doc.char_span(*event.predicate, alignment_mode="expand")
    return None if span is None else span.root


def _marks(
    doc: Doc, told: list[tuple[Told, Token]], shared: model.Model
) -> tuple[list[model.Floats], list[model.Ints]]:
    """Return the states and roles of the sentence of each predicate."""
    runs = {word.i: run for run in pipeline.runs_of(doc) for word in run}
    states, roles = [], []
    for event, word in told:
        row = np.zeros(1 + len(runs[word.i]), np.int64)
        for role, spans in (
            ("source", event.source),
            ("target", event.target),
            ("predicate", (event.predicate,)),
        ):
            for k, token in enumerate(runs[word.i], start=1):
                if _overlaps(token, spans):
                    row[k] = shared.roles.index(role)
        states.append(doc._.states.of(runs[word.i]))
        roles.append(row)
    return states, roles


def _overlaps(token: Token, spans: tuple[Offsets, ...]) -> bool:
    return any(token.idx < end and token.idx + len(token) > start for start, end in spans)


def _count(
    counts: Counter[str],
    event: Told,
    reading: Reading,
    word: Token,
    shared: model.Model,
    marked: model.Marked,
    k: int,
) -> None:
    counts["events"] += 1
    counts["status"] += shared.statuses[int(marked.statuses[k].argmax())] == event.status
    hostile = is_hostile(event.type)
    by_rule = status.status(reading, word, chain.chain(word), hostile=hostile)
    counts["status by rules"] += by_rule == event.status
    own = [i for i, name in enumerate(shared.modes) if name.startswith(f"{event.type}.")]
    mode = shared.modes[own[int(marked.modes[k][own].argmax())]]
    counts["mode"] += mode == f"{event.type}.{event.mode or ''}"
    found = contexts_of(shared.contexts, marked.contexts[k])
    counts["contexts right"] += len(set(found) & set(event.contexts))
    counts["contexts"] += len(found) + len(event.contexts)


def _count_sides(
    sides: dict[tuple[str, str], list[int]],
    event: Told,
    reading: Reading,
    word: Token,
    asked: arguments.Arguments,
) -> None:
    sense = lexicon().sense(word)
    ruled = parties.Parties()
    if word.pos_ == "VERB":
        ruled = parties.of_verb(reading, word, sense)
    elif sense is not None:
        ruled = parties.of_noun(reading, word, sense, chain.chain(word))
    for role, spans, chances, tokens in (
        ("source", event.source, asked.source, ruled.source_tokens),
        ("target", event.target, asked.target, ruled.target_tokens),
    ):
        here = tuple(span for span in spans if any(_overlaps(w, (span,)) for w in word.sent))
        for who, words in (("head", list(arguments.phrases(reading, chances))), ("rules", tokens)):
            hit = sum(any(_overlaps(w, (span,)) for w in words) for span in here)
            false = sum(not _overlaps(w, here) for w in words)
            for i, count in enumerate((hit, false, len(here) - hit)):
                sides[who, role][i] += count


def _f1(hit: int, false: int, missed: int) -> float:
    return percent(2 * hit, 2 * hit + false + missed)
