"""Maximum spanning trees: always one root, always a tree, never worse than any other tree."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from standoff.language import tree


def is_tree(heads: list[int]) -> bool:
    return heads.count(0) == 1 and tree.find_cycle(np.array(heads)) is None


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


def best_by_search(scores: np.ndarray) -> float:
    count = len(scores)
    return max(
        total(scores, list(heads))
        for heads in product(range(count + 1), repeat=count)
        if is_tree(list(heads))
    )


matrices = st.integers(1, 4).flatmap(
    lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-50, 50, width=16))
)


@given(matrices)
@settings(max_examples=200, deadline=None)
def test_finds_the_best_single_rooted_tree(scores: np.ndarray) -> None:
    # A word is never its own head; the network's diagonal is not consulted.
    for i in range(len(scores)):
        scores[i, i + 1] = -1000
    heads = tree.heads(scores).tolist()
    assert is_tree(heads)
    assert np.isclose(total(scores, heads), best_by_search(scores), atol=1e-3)


@given(arrays(np.float32, (30, 31), elements=st.floats(-9, 9, width=16)))
@settings(max_examples=30, deadline=None)
def test_long_sentences_give_trees(scores: np.ndarray) -> None:
    assert is_tree(tree.heads(scores).tolist())


def test_a_cycle_is_broken_at_the_least_cost() -> None:
    # Each of the two words wants the other as its head; the second is the better root.
    scores = np.array([[1.0, -9.0, 5.0], [3.0, 5.0, -9.0]], np.float32)
    assert tree.heads(scores).tolist() == [2, 0]


def test_a_second_root_is_never_taken() -> None:
    scores = np.array([[9.0, -9.0, 0.0], [8.0, 1.0, -9.0]], np.float32)
    assert tree.heads(scores).tolist() == [0, 1]


def test_the_governor_of_two_spans() -> None:
    # "Talks between Iran and Iraq ended": talks(1) < ended(6), Iran(3) < talks, Iraq(5) < Iran
    parents = [6, 3, 1, 5, 3, 0]
    assert tree.governor(parents, [2], [4]) == 0
    # "Iran rejected the offer of Iraq": the verb, not the offer that belongs to the second party.
    assert tree.governor([2, 0, 4, 2, 6, 4], [0], [5]) == 1
    assert tree.governor([0, 1], [0], [1]) is None


def test_no_words_have_no_heads() -> None:
    assert tree.heads(np.zeros((0, 1), np.float32)).tolist() == []
