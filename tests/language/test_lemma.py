"""Lemma rules: what a rule says of one pair holds when it is applied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.language import lemma

words = st.text(st.characters(categories=("Ll", "Lu")), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("form", "word", "rule"),
    [
        ("studies", "study", "l3+y"),
        ("was", "be", "l3+be"),
        ("Seoul", "Seoul", "k0+"),
        ("Talks", "talk", "l1+"),
    ],
)
def test_a_rule_turns_the_form_into_the_lemma(form: str, word: str, rule: str) -> None:
    assert lemma.rule(form, word) == rule
    assert lemma.apply(form, rule) == word


def test_a_rule_carries_over_to_other_words() -> None:
    assert lemma.apply("ladies", lemma.rule("studies", "study")) == "lady"


@pytest.mark.parametrize(
    ("form", "rule", "tag", "word"),
    [
        ("postponed", "l2+", "VBD", "postpone"),
        ("insisted", "l2+e", "VBN", "insist"),
        ("banning", "l3+", "VBG", "ban"),
        ("called", "l2+", "VBD", "call"),
        ("kidnapping", "l3+", "VBG", "kidnap"),
        ("warning", "l0+", "VBG", "warn"),
        ("warning", "l0+", "NN", "warning"),
        ("denied", "l2+", "VBD", "deny"),
        ("hit", "l0+", "VBD", "hit"),
        ("found", "l4+ind", "VBD", "find"),
    ],
)
def test_stems_that_are_no_verb_are_mended(form: str, rule: str, tag: str, word: str) -> None:
    assert lemma.lemma(form, rule, tag, "VERB" if tag[0] == "V" else "NOUN") == word


@given(words, st.sampled_from(["l0+", "k0+", "l3+y", "l9+", "l2+e", "k20+x"]))
def test_a_lemma_is_never_empty(form: str, rule: str) -> None:
    assert lemma.apply(form, rule)
