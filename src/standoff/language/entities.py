"""Entities out of the encoder's scores: names by the newspapers' guideline, things by the military.

Two guidelines are read side by side (training/entities.toml says which set follows which): `news`
marks names; `defence` marks any mention of a party, weapon or amount. ``doc.ents`` holds the names,
and the weapons and quantities where no name stands; ``doc.spans["defence"]`` all of the second.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from standoff.language import spans

#: What ``doc.ents`` takes of the second guideline, and under which label.
FROM_DEFENCE = {"WEAPON": "WEAPON", "PLATFORM": "WEAPON", "QUANTITY": "QUANTITY"}

Floats = NDArray[np.float32]


def decode(scores: Floats, firsts: NDArray[np.int64], names: tuple[str, ...]) -> list[spans.Span]:
    """Return the (start, end, label) spans of words, none over the border of two sentences.

    `scores`: (n, tags); `firsts`: the first word of each sentence.
    """
    # An outside word before every sentence keeps spans apart in one pass over the text.
    stop = np.zeros((1, len(names)), np.float32)
    stop[0, 0] = 1e4
    apart = np.insert(scores, firsts, stop, axis=0)
    places = np.insert(np.arange(len(scores)), firsts, -1)
    return [
        (int(places[start]), int(places[end - 1]) + 1, label)
        for start, end, label in spans.decode(apart, names)
    ]


def attach(
    doc: Doc,
    words: Sequence[int],
    scores: dict[str, Floats],
    firsts: NDArray[np.int64],
    names: dict[str, tuple[str, ...]],
) -> None:
    """Set ``doc.ents`` and ``doc.spans["defence"]``.

    `words` gives the place in `doc` of each of the `n` words that the scores are about.
    """
    found = {
        guideline: [
            Span(doc, words[start], words[end - 1] + 1, label)
            for start, end, label in decode(scores[guideline], firsts, names[guideline])
        ]
        for guideline in ("news", "defence")
    }
    doc.spans["defence"] = found["defence"]
    taken = {i for span in found["news"] for i in range(span.start, span.end)}
    more = [
        Span(doc, span.start, span.end, FROM_DEFENCE[span.label_])
        for span in found["defence"]
        if span.label_ in FROM_DEFENCE and not taken.intersection(range(span.start, span.end))
    ]
    doc.set_ents([*found["news"], *more], default="outside")
