"""Who acts and who undergoes a predicate, as the argument head of the encoder sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.reading import Reading
from standoff.language import pipeline

#: A word belongs to a party where the head holds it likelier than not.
LEAST = 0.5


@attrs.frozen(eq=False)
class Arguments:
    """How probably each word of a sentence, by its place in the document, is of either party."""

    source: Mapping[int, float]
    target: Mapping[int, float]


def ask(reading: Reading, predicates: Sequence[Token]) -> dict[int, Arguments]:
    """Return the arguments of each of some predicates, by the place of the predicate."""
    runs = {word.i: run for run in pipeline.runs_of(reading.doc) for word in run}
    found = {}
    for token in predicates:
        words = runs[token.i]
        chances = reading.doc._.states.arguments(token, words)
        sides = [
            {word.i: float(chance) for word, chance in zip(words, column, strict=True)}
            for column in chances.T
        ]
        found[token.i] = Arguments(*sides)
    return found


def phrases(reading: Reading, chances: Mapping[int, float]) -> dict[Token, float]:
    """Return the heads of the noun phrases that probably are a party, in text order.

    Each with the chance of its likeliest word.
    """
    chosen = {i for i, chance in chances.items() if chance > LEAST}
    found: dict[Token, float] = {}
    for i in sorted(chosen):
        word = reading.doc[i]
        for _ in range(clauses.MAX_DEPTH):
            if word.head.i not in chosen or word.head == word:
                break
            word = word.head
        found[word] = max(found.get(word, 0.0), chances[i])
    return found
