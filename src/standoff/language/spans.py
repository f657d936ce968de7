"""Labelled spans of words out of tag scores, in the BIOES scheme (Ratinov and Roth 2009).

A span of several words is tagged B, I…, E, one of a single word S, all else O. Most sequences of
best tags are well formed already; where one is not, the best well-formed tags of the stretch
around it are found (Viterbi 1967).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

OUTSIDE = "O"

#: An `O` that is better than every other tag by this much (in nats) ends the stretch that is read
#: anew. At 0, where any best `O` ends it, long spans with one doubtful word come out in pieces (4
#: F1 less for contents); more takes longer and changes nothing. Rerun benchmarks/attribution.py.
SURE = 4.0

Floats = NDArray[np.float32]
Span = tuple[int, int, str]


def tags(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the tags for spans of these labels, `O` first."""
    return (OUTSIDE, *(f"{part}-{label}" for label in labels for part in "BIES"))


def tagged(spans: Sequence[Span], length: int) -> list[str]:
    """Return the tags of `length` words that hold (start, end, label) spans, end-exclusive.

    Of spans that overlap the first stays.
    """
    out = [OUTSIDE] * length
    for start, end, label in spans:
        if any(tag != OUTSIDE for tag in out[start:end]):
            continue
        for i in range(start, end):
            first, last = i == start, i == end - 1
            out[i] = f"{'S' if first and last else 'B' if first else 'E' if last else 'I'}-{label}"
    return out


def decode(scores: Floats, names: tuple[str, ...], sure: float = SURE) -> list[Span]:
    """Return the (start, end, label) spans of the best well-formed tags, in order.

    `scores`: (n, tags), larger is likelier; `names` as `tags` gives them; `sure` as `SURE`.
    """
    best = np.asarray(scores.argmax(axis=1), np.int64)
    follows = _grammar(names)
    wrong = np.flatnonzero(~follows[np.append(0, best), np.append(best, 0)])
    if len(wrong):
        for first, last in _around(wrong, _sure(scores, sure)):
            best[first:last] = _viterbi(scores[first:last], names)
    return list(_spans(best, names))


def _sure(scores: Floats, margin: float) -> NDArray[np.int64]:
    """Return the places whose tag is surely `O`, with the two ends of the text."""
    others = scores[:, 1:].max(axis=1, initial=-np.inf)
    outside = np.flatnonzero(scores[:, 0] - others >= margin)
    return np.concatenate([[-1], outside, [len(scores)]])


def _around(wrong: NDArray[np.int64], sure: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between two sure `O`s in which a tag follows one that it may not follow.

    `wrong` gives the places of such tags.
    """
    done = -1
    for place in wrong.tolist():
        if place <= done:
            continue
        k = int(np.searchsorted(sure, place))
        done = int(sure[k])
        yield int(sure[k - 1]) + 1, done


def _viterbi(scores: Floats, names: tuple[str, ...]) -> NDArray[np.int64]:
    bar = _bar(names)
    columns = np.arange(len(names))
    total = scores[0] + bar[0]
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        paths = total[:, None] + bar
        back[i] = paths.argmax(axis=0)
        total = paths[back[i], columns] + scores[i]
    best = np.zeros(len(scores), np.int64)
    best[-1] = (total + bar[:, 0]).argmax()
    for i in range(len(scores) - 1, 0, -1):
        best[i - 1] = back[i, best[i]]
    return best


@lru_cache(8)
def _bar(names: tuple[str, ...]) -> Floats:
    """Return what a step from one tag to another costs: nothing, or more than any score."""
    return np.where(_grammar(names), 0.0, -1e9).astype(np.float32)


@lru_cache(8)
def _grammar(names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return which tag may follow which; what may follow `O` may begin, what `O` may follow end."""
    follows = np.zeros((len(names), len(names)), bool)
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            if one[0] in "BI":
                follows[i, j] = other[0] in "IE" and one[2:] == other[2:]
            else:
                follows[i, j] = other[0] in "OBS"
    return follows


def _spans(best: NDArray[np.int64], names: tuple[str, ...]) -> Iterator[Span]:
    start = 0
    for i in np.flatnonzero(best).tolist():
        tag = names[best[i]]
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            yield start, i + 1, tag[2:]
