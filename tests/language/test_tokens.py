"""Tokens of hostile runs: quick enough, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import standoff

NLP = standoff.load()


@pytest.mark.parametrize("run", ["'" * 20_000, "a" * 200_000, "ab(" * 20_000, "é–" * 9_000])
def test_long_runs_are_cut_and_kept(run: str) -> None:
    text = f"Before {run} after."
    doc = NLP.make_doc(text)
    assert doc.text == text
    assert max(len(token) for token in doc) <= 400


@given(st.text(max_size=50), st.integers(0, 900))
@settings(max_examples=60, deadline=None)
def test_tokens_join_back_to_the_text(text: str, count: int) -> None:
    whole = text + "x-" * count + text
    assert NLP.make_doc(whole).text == whole
