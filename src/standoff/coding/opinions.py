"""A second opinion on candidates that the encoder's own heads are not sure of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from standoff.coding.candidates import Candidate, roles_of
from standoff.coding.predictions import Prediction
from standoff.coding.reading import Reading
from standoff.language import model, pipeline
from standoff.language.relations import NONE

#: Where neither a type that the lexicon allows nor none is held as probable as UNSURE, and no type
#: is AHEAD of the others, the pair head is asked too, and counts as much. A pass costs some six
#: milliseconds; on reports of our own it is worth a point of F1, on the sample report four events.
UNSURE, AHEAD, SHARE = 0.5, 0.4, 0.5


def second_opinions(
    reading: Reading,
    found: Sequence[Candidate],
    predicted: Mapping[int, Prediction],
    shared: model.Model,
) -> dict[int, Prediction]:
    """Return the predictions, those that are unsure averaged with what the pair head says.

    Unsure are those that hold the types that the lexicon allows for little probable. The pair head
    reads the sentence anew with the parties marked, which costs more than all else of the coder.
    """
    unsure = [each for each in found if _is_unsure(each, predicted[each.token.i])]
    out = dict(predicted)
    if not unsure:
        return out
    runs = pipeline.run_at(reading.doc)
    states, roles = [], []
    for candidate in unsure:
        words = runs[candidate.token.i]
        states.append(reading.doc._.states.of(words))
        named = roles_of(reading, candidate)
        row = np.zeros(1 + len(words), np.int64)
        for k, word in enumerate(words, start=1):
            row[k] = shared.roles.index(named.get(word.i, "none"))
        roles.append(row)
    marked = shared.marked(states, roles)
    for k, candidate in enumerate(unsure):
        own = predicted[candidate.token.i]
        out[candidate.token.i] = attrs.evolve(
            own,
            types=_mean(own.types, shared.types, marked.types[k]),
            statuses=_mean(own.statuses, shared.statuses, marked.statuses[k]),
            contexts=_mean(own.contexts, shared.contexts, marked.contexts[k]),
            modes=_mean(own.modes, shared.modes, marked.modes[k]),
        )
    return out


def _is_unsure(candidate: Candidate, prediction: Prediction) -> bool:
    """Tell whether neither a type that the lexicon allows nor none is sure, or far ahead.

    Candidates that have to be the surer for lack of parties are not asked about: no second opinion
    could lift them over their threshold.
    """
    sense = candidate.sense
    if candidate.loose or sense is None or sense.open:
        return False
    none = prediction.types[NONE]
    best, second = sorted((*(prediction.types[name] for name in sense.types), 0.0))[:-3:-1]
    if max(best, none) >= UNSURE:
        return False
    return best < AHEAD or best - second < AHEAD or none > AHEAD


def _mean(own: Mapping[str, float], names: Sequence[str], other: model.Floats) -> dict[str, float]:
    return {
        name: (1 - SHARE) * own[name] + SHARE * float(value)
        for name, value in zip(names, other, strict=True)
    }
