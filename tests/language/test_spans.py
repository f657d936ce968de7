"""Spans out of tag scores: what was tagged comes back; any scores give well-formed spans."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from standoff.language import spans

LABELS = ("CUE", "CONTENT")
NAMES = spans.tags(LABELS)


@st.composite
def _sequences(draw: st.DrawFn) -> tuple[int, list[spans.Span]]:
    found: list[spans.Span] = []
    place = 0
    for _ in range(draw(st.integers(0, 6))):
        start = place + draw(st.integers(0, 3))
        place = start + draw(st.integers(1, 4))
        found.append((start, place, draw(st.sampled_from(LABELS))))
    return place + draw(st.integers(0, 3)), found


@given(_sequences())
def test_tagged_spans_come_back(sequence: tuple[int, list[spans.Span]]) -> None:
    length, gold = sequence
    scores = np.zeros((length, len(NAMES)), np.float32)
    for i, tag in enumerate(spans.tagged(gold, length)):
        scores[i, NAMES.index(tag)] = 1.0
    assert spans.decode(scores, NAMES) == gold


@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(0, 20), st.just(len(NAMES))),
        elements=st.floats(-5, 5, width=32),
    )
)
def test_any_scores_give_spans_in_order_that_do_not_overlap(scores: np.ndarray) -> None:
    found = spans.decode(scores, NAMES)
    ends = [0, *(end for _, end, _ in found)]
    assert all(before <= start < end for before, (start, end, _) in zip(ends, found, strict=False))
    assert all(end <= len(scores) and label in LABELS for _, end, label in found)


def test_a_broken_sequence_takes_the_best_way_to_mend_it() -> None:
    # The best tags are B-CUE, B-CUE, E-CUE: the middle is unsure, the ends are not.
    scores = np.full((3, len(NAMES)), -4.0, np.float32)
    scores[0, NAMES.index("B-CUE")] = scores[2, NAMES.index("E-CUE")] = 4.0
    scores[1, NAMES.index("B-CUE")] = 0.2
    scores[1, NAMES.index("I-CUE")] = 0.0
    assert spans.decode(scores, NAMES) == [(0, 3, "CUE")]


def test_a_doubtful_outside_word_in_a_long_span_does_not_cut_it() -> None:
    # Best tags: B I O I E; the O is the best of its word by little.
    scores = np.full((5, len(NAMES)), -4.0, np.float32)
    for i, tag in enumerate("BIIIE"):
        scores[i, NAMES.index(f"{tag}-CONTENT")] = 2.0
    scores[2, 0] = 2.5
    assert spans.decode(scores, NAMES) == [(0, 5, "CONTENT")]


def test_of_overlapping_spans_the_first_stays() -> None:
    assert spans.tagged([(1, 3, "CUE"), (2, 4, "CONTENT")], 4) == ["O", "B-CUE", "E-CUE", "O"]
