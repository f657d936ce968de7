"""Passages: which sentences are read together, and how they reach the encoder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.language import model, pieces


@given(st.lists(st.integers(3, 120), max_size=40), st.integers(1, 250))
def test_passages_hold_every_sentence_once_and_keep_the_limit(
    counts: list[int], limit: int
) -> None:
    found = pieces.passages(counts, limit)
    assert [i for span in found for i in span] == list(range(len(counts)))
    assert all(len(span) == 1 or sum(counts[i] for i in span) <= limit for span in found)


def test_each_sentence_stands_as_if_alone() -> None:
    sentences = [["Talks", "ended", "."], ["Nobody", "spoke", "."]]
    batch = pieces.batch([sentences, [["Yes", "."]]])
    alone = [pieces.batch([[words]]) for words in sentences]
    width = alone[0].ids.shape[1]
    assert batch.ids[0].tolist() == [*alone[0].ids[0], *alone[1].ids[0]]
    assert batch.positions[0].tolist() == [*range(width), *range(width)]
    assert batch.sentences[0].tolist() == [0] * width + [1] * width
    assert batch.sentences[1].tolist()[-1] == -1
    assert batch.lengths.tolist() == [3, 3, 2]


def test_rows_and_grid_find_the_first_piece_of_each_word() -> None:
    sentences = [["Talks", "in", "Ouagadougou"], ["Mali", "waits"]]
    batch = pieces.batch([sentences])
    flat = batch.ids.ravel()
    for sentence, places, length in zip(sentences, batch.grid, batch.lengths, strict=True):
        firsts = [pieces.word_pieces(word)[0] for word in sentence]
        assert flat[batch.rows[places[1 : 1 + length]]].tolist() == firsts


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("1994", "none"),
        ("东京", "none"),
        ("talks", "lower"),
        ("90s", "lower"),
        ("A", "letter"),
        ("G7", "letter"),
        ("U.S.", "capitals"),
        ("ÅÄÖ", "capitals"),
        ("Talks", "title"),
        ("N'Djamena", "mixed"),
        ("McCain", "mixed"),
        ("iPhone", "mixed"),
    ],
)
def test_a_shape_says_how_a_word_is_written(word: str, shape: str) -> None:
    assert pieces.SHAPES[pieces.shape(word)] == shape


@given(st.text(min_size=1))
def test_any_word_has_a_shape_and_every_piece_of_it_has_the_same(word: str) -> None:
    batch = pieces.batch([[[word, "talks"]]])
    some = len(pieces.word_pieces(word))
    assert batch.shapes.shape == batch.ids.shape
    assert batch.shapes[0].tolist() == [0, *[pieces.shape(word)] * some, pieces.shape("talks"), 0]


def test_the_pair_head_reads_the_same_states_wherever_a_sentence_stands() -> None:
    shared = model.shared()
    sentence = ["Peru", "has", "recalled", "its", "ambassador", "from", "Quito", "."]
    before = ["The", "two", "had", "quarrelled", "over", "fishing", "for", "a", "decade", "."]
    alone = shared.encode([sentence])[0].states
    within = shared.encode([before, sentence])[1].states
    assert np.abs(alone - within).max() < 0.1 * np.abs(alone).max()
