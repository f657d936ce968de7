"""What the heads of the encoder say of each word that may denote an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np
from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.reading import Reading
from standoff.language import model, pipeline
from standoff.language.relations import NONE

#: A word belongs to a party where the head holds it likelier than not.
LEAST = 0.5


@attrs.frozen(eq=False)
class Prediction:
    """What a predicate denotes, and how probably each word of its sentence is of either party.

    `types`, `statuses`, `contexts`: probabilities by name, `types` with that of no event; `modes`:
    scores, named with their type, to be compared within one. `source`, `target`: probabilities by
    the word's place in the document.
    """

    types: Mapping[str, float]
    statuses: Mapping[str, float]
    modes: Mapping[str, float]
    contexts: Mapping[str, float]
    source: Mapping[int, float]
    target: Mapping[int, float]


#: A word that the head holds this surely for no event is not asked about further. Higher than the
#: coder's own threshold, for a second opinion may differ.
NOTHING = 0.95


def predict(
    reading: Reading,
    predicates: Sequence[Token],
    shared: model.Model,
    nothing: float = NOTHING,
) -> dict[int, Prediction]:
    """Return what each of some predicates denotes between whom, by the place of the predicate.

    `predicates` are in text order. Words that are as surely as `nothing` no event are left out.
    """
    states = reading.doc._.states
    own = states.lasts(predicates)
    seeking = shared.seeking(own)
    chances: list[model.Floats] = []
    parties = np.zeros((2, len(predicates), model.STATE), np.float32)
    words: list[list[Token]] = []
    for run, places in _by_sentence(reading, predicates):
        found_here = model.arguments(seeking[places.start : places.stop], states.of_arguments(run))
        parties[:, places.start : places.stop] = model.party_states(found_here, states.lasts(run))
        chances += list(found_here)
        words += [run] * len(places)
    marked = shared.denoted(own, *parties)
    none = shared.types.index(NONE)
    found = {}
    for k in map(int, np.flatnonzero(marked.types[:, none] < nothing)):
        source, target = (
            {word.i: float(chance) for word, chance in zip(words[k], column, strict=True)}
            for column in chances[k].T
        )
        found[predicates[k].i] = Prediction(
            types=_named(shared.types, marked.types[k]),
            statuses=_named(shared.statuses, marked.statuses[k]),
            modes=_named(shared.modes, marked.modes[k]),
            contexts=_named(shared.contexts, marked.contexts[k]),
            source=source,
            target=target,
        )
    return found


def _by_sentence(
    reading: Reading, predicates: Sequence[Token]
) -> Iterator[tuple[list[Token], range]]:
    """Yield the words of each sentence with predicates, and which of `predicates` are its own.

    `predicates` are in text order.
    """
    start = 0
    for run in pipeline.runs_of(reading.doc):
        end = start
        while end < len(predicates) and predicates[end].i <= run[-1].i:
            end += 1
        if end > start:
            yield run, range(start, end)
        start = end


def _named(names: Sequence[str], values: model.Floats) -> dict[str, float]:
    return dict(zip(names, map(float, values), strict=True))


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
