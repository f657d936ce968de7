"""Entities out of the encoder's scores: names by the newspapers' guideline, things by the military.

Two guidelines are read side by side (training/entities.toml says which set follows which): `news`
marks names; `defence` marks any mention of a party, weapon or amount. ``doc.ents`` holds the names,
and the weapons and quantities where no name stands; ``doc.spans["defence"]`` all of the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from standoff.language import spans

#: What ``doc.ents`` takes of the second guideline, and under which label.
FROM_DEFENCE = {"WEAPON": "WEAPON", "PLATFORM": "WEAPON", "QUANTITY": "QUANTITY"}

#: As `spans.SURE`: names are short, and a wider look finds no more of them; mentions of the second
#: guideline are longer. Rerun benchmarks/entities.py.
SURE = {"news": 1.5, "defence": spans.SURE}

#: Signs of currencies, and words for the scale of a number.
_SIGN = re.compile(r"(?:US|C|A|HK|NT)?\$|[€£¥₹₩₽₺₦]")
SCALES = frozenset(("thousand", "million", "billion", "trillion", "m", "bn", "tn", "crore", "lakh"))

Floats = NDArray[np.float32]


def decode(
    scores: Floats,
    firsts: NDArray[np.int64],
    names: tuple[str, ...],
    sure: float = spans.SURE,
) -> list[spans.Span]:
    """Return the (start, end, label) spans of words, none over the border of two sentences.

    `scores`: (n, tags); `firsts`: the first word of each sentence; `sure` as `spans.SURE`.
    """
    # An outside word before every sentence keeps spans apart in one pass over the text.
    stop = np.zeros((1, len(names)), np.float32)
    stop[0, 0] = 1e4
    apart = np.insert(scores, firsts, stop, axis=0)
    places = np.insert(np.arange(len(scores)), firsts, -1)
    return [
        (int(places[start]), int(places[end - 1]) + 1, label)
        for start, end, label in spans.decode(apart, names, sure)
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
            for start, end, label in decode(
                scores[guideline], firsts, names[guideline], SURE[guideline]
            )
        ]
        for guideline in ("news", "defence")
    }
    found["news"] = [span for span in found["news"] if not _is_count(span)]
    doc.spans["defence"] = found["defence"]
    taken = {i for span in found["news"] for i in range(span.start, span.end)}
    more = [span for span in _sums(doc) if taken.isdisjoint(range(span.start, span.end))]
    taken.update(i for span in more for i in range(span.start, span.end))
    more += [
        Span(doc, span.start, span.end, FROM_DEFENCE[span.label_])
        for span in found["defence"]
        if span.label_ in FROM_DEFENCE and taken.isdisjoint(range(span.start, span.end))
    ]
    doc.set_ents([*found["news"], *more], default="outside")


def _is_count(span: Span) -> bool:
    """Return whether a date is a bare number that no date is: "30" in "30 rockets"."""
    return span.label_ == "DATE" and span.text.isdecimal() and len(span.text) < len("1900")


def _sums(doc: Doc) -> Iterator[Span]:
    """Yield sums of money that are written with a sign: "$40 million"; the encoder misses some."""
    for match in _SIGN.finditer(doc.text):
        sign = doc.char_span(*match.span())
        if sign is None or sign.end >= len(doc) or not doc[sign.end].like_num:
            continue
        end = sign.end + 1
        while end < len(doc) and doc[end].lower_ in SCALES:
            end += 1
        yield Span(doc, sign.start, end, "MONEY")
