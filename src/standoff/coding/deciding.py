"""Candidates to event types: the pair head decides among what the lexicon lets a word mean."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from standoff.coding.candidates import Candidate
from standoff.coding.lexicon import lexicon
from standoff.coding.reading import Reading
from standoff.language import model, pipeline
from standoff.language.relations import NONE

#: A word in no list is an event only where the pair head is this sure of one type. Set by reading
#: what the coder finds in reports of our own; rerun benchmarks/quality.py sample when it changes.
OPEN_THRESHOLD = 0.70

#: A listed word is left out where the pair head is this sure that nothing passes between the two.
NONE_THRESHOLD = 0.85


@attrs.frozen(eq=False)
class Decision:
    """A candidate with its event type and the probability of it."""

    candidate: Candidate
    type: str
    confidence: float


def decide(reading: Reading, found: Sequence[Candidate], shared: model.Model) -> list[Decision]:
    """Return the candidates that are events, in the order given."""
    if not found:
        return []
    states, roles = [], []
    runs = {word.i: run for run in pipeline.runs_of(reading.doc) for word in run}
    for candidate in found:
        words = runs[candidate.token.i]
        states.append(reading.doc._.states.of(words))
        row = np.zeros(1 + len(words), np.int64)
        place = {word.i: k for k, word in enumerate(words, start=1)}
        for name, tokens in (
            ("source", candidate.parties.source_tokens),
            ("target", candidate.parties.target_tokens),
            ("predicate", (candidate.token,)),
        ):
            for token in tokens:
                for i in reading.extent(token):
                    if i in place:
                        row[place[i]] = shared.roles.index(name)
        roles.append(row)
    probabilities = shared.type_scores(states, roles)
    decisions = [_decide(c, dict(zip(shared.types, map(float, p), strict=True)))
                 for c, p in zip(found, probabilities, strict=True)]
    return [decision for decision in decisions if decision is not None]


def _decide(candidate: Candidate, probabilities: dict[str, float]) -> Decision | None:
    none = probabilities.pop(NONE, 0.0)
    sense = candidate.sense
    if sense is None or sense.open:
        best = max(probabilities, key=probabilities.__getitem__)
        if probabilities[best] < OPEN_THRESHOLD:
            return None
        return Decision(candidate, best, probabilities[best])
    if none > NONE_THRESHOLD:
        return None
    allowed = {type_: probabilities[type_] + 1e-6 for type_ in sense.types}
    best = max(allowed, key=allowed.__getitem__)
    confidence = (1.0 - none) * allowed[best] / sum(allowed.values())
    if candidate.ends:
        best = lexicon().reversals.get(best, best)
    return Decision(candidate, best, confidence)
