"""Factuality: how certain a text is that the event of a word took place, -3 to 3."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English

import standoff

NLP = standoff.load()


def value(text: str, word: str) -> float:
    found = next(token._.factuality for token in NLP(text) if token.text == word)
    assert found is not None
    return float(found)


def test_what_happened_is_certain() -> None:
    assert value("The navy sank two trawlers on Friday.", "sank") > 2.0


def test_what_is_denied_is_far_below_what_is_told() -> None:
    told = value("The navy sank two trawlers on Friday.", "sank")
    denied = value("The navy did not sink any trawlers on Friday.", "sink")
    assert denied < -1.0 < told


@pytest.mark.parametrize(
    "text",
    [
        "The navy may sink two trawlers on Friday.",
        "The navy would sink two trawlers if they came back.",
        "The minister asked the navy to sink two trawlers.",
    ],
)
def test_what_is_possible_lies_between(text: str) -> None:
    told = value("The navy sank two trawlers on Friday.", "sank")
    denied = value("The navy did not sink any trawlers on Friday.", "sink")
    assert denied + 1.0 < value(text, "sink") < told - 0.3


@given(st.text(max_size=60))
@settings(max_examples=30, deadline=None)
def test_values_stay_in_range(text: str) -> None:
    assert all(-3.0 <= token._.factuality <= 3.0 for token in NLP(text))


def test_a_document_that_was_not_read_has_no_values() -> None:
    assert English()("Talks ended.")[0]._.factuality is None
