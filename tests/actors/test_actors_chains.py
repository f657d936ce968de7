"""Chains of noun phrases that speak of the same, in texts that the shipped model parses."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import standoff
from standoff import actors


@pytest.fixture(scope="module")
def nlp() -> Language:
    return standoff.load()


def _chains(nlp: Language, text: str) -> list[set[str]]:
    doc = nlp(text)
    return [{doc[start:end].text for start, end in chain} for chain in actors.chains(doc)]


def _together(nlp: Language, text: str, *phrases: str) -> bool:
    return any(set(phrases) <= chain for chain in _chains(nlp, text))


def test_a_short_name_and_pronouns_follow_a_name(nlp: Language) -> None:
    text = (
        "Anna Berg arrived in Oslo on Monday. She said her talks had failed. Berg left on Friday."
    )
    assert _together(nlp, text, "Anna Berg", "She", "her", "Berg")


def test_a_definite_noun_takes_up_the_one_before(nlp: Language) -> None:
    text = "The two sides signed a ceasefire in May. Rebels broke the ceasefire in June."
    assert _together(nlp, text, "a ceasefire", "the ceasefire")


def test_an_indefinite_noun_is_new(nlp: Language) -> None:
    text = "Rebels fired a rocket at the port. Later they fired a rocket at the town."
    assert not _together(nlp, text, "a rocket at the port", "a rocket at the town")


def test_he_is_no_woman_and_it_no_person(nlp: Language) -> None:
    text = "The woman met the king. He thanked the woman."
    assert _together(nlp, text, "the king", "He")
    assert not _together(nlp, text, "The woman", "He")


def test_i_is_who_speaks(nlp: Language) -> None:
    text = "“I am not worried about the threat,” Pompeo told reporters in Washington."
    assert _together(nlp, text, "I", "Pompeo")


def test_without_a_parse_or_words_there_are_none() -> None:
    blank = spacy.blank("en")
    assert actors.chains(blank("Anna Berg left. She had lost.")) == []
    assert actors.chains(blank("")) == []


def test_spans_lie_in_the_text_and_in_one_chain_each(nlp: Language) -> None:
    doc = nlp("Peru and Chile met. Both said they would meet again. It was their third meeting.")
    spans = [span for chain in actors.chains(doc) for span in chain]
    assert len(spans) == len(set(spans))
    assert all(0 <= start < end <= len(doc) for start, end in spans)
    assert all(len(chain) > 1 for chain in actors.chains(doc))
