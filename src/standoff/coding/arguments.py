"""Who acts and who undergoes, as the pair head sees it when it is shown a predicate alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from spacy.tokens import Token

from standoff.coding.reading import Reading
from standoff.language import model, pipeline

#: A word belongs to a party where the head holds it likelier than not.
LEAST = 0.5


@attrs.frozen(eq=False)
class Arguments:
    """How probably each word of a sentence, by its place in the document, is of either party."""

    source: Mapping[int, float]
    target: Mapping[int, float]


def ask(reading: Reading, predicates: Sequence[Token], shared: model.Model) -> dict[int, Arguments]:
    """Return the arguments of each of some predicates, by the place of the predicate."""
    runs = {word.i: run for run in pipeline.runs_of(reading.doc) for word in run}
    states, roles = [], []
    for token in predicates:
        words = runs[token.i]
        states.append(reading.doc._.states.of(words))
        row = np.zeros(1 + len(words), np.int64)
        row[1 + words.index(token)] = shared.roles.index("predicate")
        roles.append(row)
    found = {}
    for token, scores in zip(predicates, shared.arguments(states, roles), strict=True):
        places = [word.i for word in runs[token.i]]
        sides = [dict(zip(places, map(float, column), strict=True)) for column in scores.T]
        found[token.i] = Arguments(*sides)
    return found


def phrases(reading: Reading, chances: Mapping[int, float]) -> list[Token]:
    """Return the heads of the noun phrases that probably are a party, in text order."""
    chosen = {i for i, chance in chances.items() if chance > LEAST}
    words = [reading.doc[i] for i in sorted(chosen)]
    return [word for word in words if word.head.i not in chosen or word.head == word]
