"""Passages as the encoder is trained on them: cut, recased and packed, with nothing lost."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from standoff.language import pieces
from training import passages
from training.passages import Link, Passage, Sentence

words = st.lists(st.sampled_from(["Kenya", "said", "the", "UN", "talks", "."]), min_size=1)
texts = st.lists(words, min_size=1, max_size=12).map(
    lambda rows: Passage(tuple(Sentence(tuple(row)) for row in rows))
)


def _folded(found: list[Passage]) -> list[list[str]]:
    return [[w.lower() for w in s.words] for passage in found for s in passage.sentences]


@given(texts, st.integers(8, 60), st.integers())
def test_cutting_keeps_every_sentence_once_and_in_order(
    text: Passage, limit: int, seed: int
) -> None:
    found = list(passages.cut(text, limit, random.Random(seed)))
    assert _folded(found) == _folded([text])
    assert all(part.size() <= limit or len(part.sentences) == 1 for part in found)


@given(texts, st.integers(8, 60))
def test_without_chance_a_text_is_cut_as_it_will_be_read(text: Passage, limit: int) -> None:
    counts = [pieces.count(sentence.words) for sentence in text.sentences]
    found = list(passages.cut(text, limit))
    assert [len(part.sentences) for part in found] == [
        len(span) for span in pieces.passages(counts, limit)
    ]


@given(texts, st.integers(8, 60), st.integers())
def test_links_go_with_their_words(text: Passage, limit: int, seed: int) -> None:
    last = len(text.sentences) - 1
    linked = Passage(text.sentences, (Link((last, 0), (0, 0), ((last, 0),)),))
    for part in passages.cut(linked, limit, random.Random(seed)):
        for link in part.links:
            held = [link.cue, *link.contents, *([link.source] if link.source else [])]
            assert all(place < len(part.sentences[row].words) for row, place in held)
            assert link.source is not None


@given(texts, st.integers())
def test_a_text_in_another_case_has_the_same_word_pieces(text: Passage, seed: int) -> None:
    for part in passages.cut(text, 60, random.Random(seed)):
        for sentence in part.sentences:
            shapes = {pieces.SHAPES[pieces.shape(word)] for word in sentence.words}
            assert shapes <= {"none", "lower", "capitals", "title"}
    read = [p for part in passages.cut(text, 60, random.Random(seed)) for p in part.sentences]
    for before, after in zip(text.sentences, read, strict=True):
        assert list(map(pieces.word_pieces, before.words)) == list(
            map(pieces.word_pieces, after.words)
        )


def test_a_few_passages_in_a_hundred_are_in_another_case() -> None:
    text = Passage((Sentence(("Kenya", "hosted", "the", "talks")),))
    found = [p for seed in range(2000) for p in passages.cut(text, 60, random.Random(seed))]
    changed = [p for p in found if p.sentences != text.sentences]
    assert 0.05 < len(changed) / len(found) < 0.13


@given(st.lists(texts, max_size=8), st.integers(20, 200), st.integers())
def test_batches_hold_every_passage_once_within_the_limit(
    some: list[Passage], limit: int, seed: int
) -> None:
    found = list(passages.batched(some, limit, random.Random(seed)))
    assert sorted(id(p) for batch in found for p in batch) == sorted(map(id, some))
    assert all(
        len(batch) == 1 or len(batch) * max(p.size() for p in batch) <= limit for batch in found
    )
