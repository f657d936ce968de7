"""Maximum spanning trees: the best single-rooted tree under a matrix of arc scores.

Chu and Liu (1965), Edmonds (1967); the single root by Zmigrod, Vieira and Cotterell (2020).
Most sentences need none of it: the best head of each word usually forms a tree already.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def heads(scores: Scores) -> Heads:
    """Return the head of each word in the maximum spanning tree with exactly one root.

    `scores[i, j]` is the score of word `i + 1` having head `j`, where head 0 is the root;
    shape (n, n + 1). The result has shape (n,) with values in 0..n.
    """
    if not len(scores):
        return np.zeros(0, np.int64)
    greedy = np.asarray(scores.argmax(axis=1), dtype=np.int64)
    if (greedy == 0).sum() == 1 and find_cycle(greedy) is None:
        return greedy
    return _single_root(np.asarray(scores, dtype=np.float64))


def find_cycle(parents: Heads) -> list[int] | None:
    """Return the words (1-based) of one cycle in `parents`, or None where they form a forest."""
    state = [0] * (len(parents) + 1)
    state[0] = 2
    for word in range(1, len(parents) + 1):
        path = []
        node = word
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(parents[node - 1])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def governor(parents: Sequence[int], first: Sequence[int], second: Sequence[int]) -> int | None:
    """Return the lowest word outside of two spans that governs both, None where there is none.

    `parents` are 1-based heads with 0 for the root, of words that are counted from 0 here; so are
    the words of the spans. Of "A rejected the demands of B" it is *rejected*.
    """
    tops = [_top(parents, span) for span in (first, second)]
    if None in tops:
        return None
    above = _path(parents, tops[1])
    inside = {*first, *second}
    path = _path(parents, tops[0])
    return next((word for word in path if word in above and word not in inside), None)


def _top(parents: Sequence[int], span: Sequence[int]) -> int | None:
    """Return the word of a span whose head is outside of it."""
    inside = set(span)
    return next((word for word in span if parents[word] - 1 not in inside), None)


def _path(parents: Sequence[int], word: int | None) -> list[int]:
    found = [] if word is None else [word]
    while found and parents[found[-1]]:
        found.append(parents[found[-1]] - 1)
    return found


def _single_root(scores: NDArray[np.float64]) -> Heads:
    """Return the best tree with one root.

    The best tree of all usually has one. Where it has more, every root arc is lowered by more
    than the spread of all scores: any tree with two roots is then worse than every tree with one,
    while the order among trees with one root stays.
    """
    count = scores.shape[0]
    matrix = np.full((count + 1, count + 1), -np.inf)
    matrix[1:, :] = scores
    np.fill_diagonal(matrix, -np.inf)
    best = _edmonds(matrix)[1:]
    if (best == 0).sum() == 1:
        return best
    finite = matrix[np.isfinite(matrix)]
    matrix[1:, 0] -= (float(finite.max() - finite.min()) + 1.0) * (count + 1)
    return _edmonds(matrix)[1:]


def _edmonds(matrix: NDArray[np.float64]) -> Heads:
    """Return the head of every node (node 0 is the root) in the maximum arborescence."""
    size = matrix.shape[0]
    best = np.zeros(size, np.int64)
    best[1:] = matrix[1:].argmax(axis=1)
    cycle = find_cycle(best[1:])
    if cycle is None:
        return best
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    kept = matrix[members, best[members]]
    # Entering the cycle at a member costs the arc that the member had inside it.
    entering = matrix[np.ix_(members, outside)] - kept[:, None]
    leaving = matrix[np.ix_(outside, members)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = matrix[np.ix_(outside, outside)]
    smaller[-1, :-1] = entering.max(axis=0)
    smaller[:-1, -1] = leaving.max(axis=1)
    contracted = _edmonds(smaller)
    result = best.copy()
    new = len(outside)
    for position, node in enumerate(outside):
        head = contracted[position]
        if node == 0:
            continue
        result[node] = members[leaving[position].argmax()] if head == new else outside[head]
    door = contracted[new]
    result[members[entering[:, door].argmax()]] = outside[door]
    return result
