"""What holds of `find` for every text."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from standoff import actors

Making = Callable[..., Doc]
_BLANK = spacy.blank("en")

_WORDS = (
    "Kim",
    "Jong",
    "-",
    "un",
    "Mike",
    "Pompeo",
    "US",
    "U.S.-led",
    "North",
    "Korea",
    "Korean",
    "'s",
    "’s",
    "the",
    "two",
    "sides",
    "President",
    "foreign",
    "minister",
    "of",
    "in",
    "Seoul",
    ",",
    "and",
    "it",
    "its",
    "they",
    "who",
    "his",
    "said",
    "officials",
    "\n\n",
    "Mr",
    ".",
    "May",
    "former",
    "State",
    "Department",
    "spokesman",
    "for",
    "UN",
    "(",
    ")",
    "ex",
    "İran",
    "ISIS",
    "government",
)
_DEPS = (
    "nsubj",
    "obj",
    "obl",
    "nmod",
    "nmod:poss",
    "compound",
    "amod",
    "flat",
    "appos",
    "conj",
    "case",
    "acl:relcl",
    "advcl",
    "ccomp",
    "xcomp",
    "punct",
    "det",
    "expl",
)
_POS = ("PROPN", "NOUN", "VERB", "ADJ", "PRON", "ADP", "PUNCT", "DET", "NUM", "SPACE")
_DAYS = st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))


def sound(doc: Doc, published: datetime.date | None) -> None:
    cast = actors.find(doc, published)
    for mention in (*cast.mentions, *cast.places):
        assert 0 <= mention.start <= mention.head < mention.end <= len(doc)
        assert mention.actor in cast.actors
        assert cast.actors[mention.actor].id == mention.actor
    assert list(cast.mentions) == sorted(cast.mentions, key=lambda mention: mention.start)
    assert len(set(cast.mentions)) == len(cast.mentions)
    assert {*cast.actors} == {each.actor for each in (*cast.mentions, *cast.places)}
    assert actors.find(doc, published) == cast


@given(st.text(), _DAYS)
def test_any_text_has_a_cast(text: str, published: datetime.date | None) -> None:
    sound(_BLANK(text), published)


@given(st.lists(st.sampled_from(_WORDS), max_size=30), _DAYS)
def test_any_words_of_news_have_a_cast(words: list[str], published: datetime.date | None) -> None:
    sound(_BLANK(" ".join(words)), published)


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=20))
    count = len(words)
    cut = draw(st.integers(1, count))
    heads = []
    for index in range(count):
        low, high = (0, cut) if index < cut else (cut, count)
        # Heads point to the left, so that there is no cycle; the first word is the root.
        heads.append(draw(st.integers(low, max(low, index - 1))) if high > low else index)
    return Doc(
        _BLANK.vocab,
        words=words,
        heads=heads,
        deps=[draw(st.sampled_from(_DEPS)) for _ in words],
        pos=[draw(st.sampled_from(_POS)) for _ in words],
        sent_starts=[index in (0, cut) for index in range(count)],
    )


@given(trees(), _DAYS)
def test_any_tree_has_a_cast(doc: Doc, published: datetime.date | None) -> None:
    sound(doc, published)


def test_an_empty_document_has_no_cast(plain: Making) -> None:
    cast = actors.find(plain(""))
    assert (cast.actors, cast.mentions, cast.places) == ({}, (), ())


def test_white_space_between_paragraphs_is_in_no_mention(plain: Making) -> None:
    doc = plain("Iran warned North\n\nKorea answered.")
    assert [mention.actor for mention in actors.find(doc).mentions] == ["IRN"]


def test_typographic_apostrophes_and_hyphens_are_read(plain: Making) -> None:
    doc = plain("N’Djamena’s envoys met Guinea\N{NON-BREAKING HYPHEN}Bissau.")
    assert [mention.actor for mention in actors.find(doc).mentions] == ["TCD.GOV", "GNB"]


def test_people_marked_as_entities_are_found(plain: Making) -> None:
    doc = plain("Envoys met Ann Other.")
    name = doc.char_span(11, 20, label="PERSON")
    assert name is not None
    doc.set_ents([name])
    assert actors.find(doc).actors["doc.p1"].name == "Ann Other"


@pytest.mark.parametrize("how", ["title", "gazetteer", "capital"])
def test_a_mention_says_how_it_was_found(plain: Making, how: str) -> None:
    doc = plain("President Putin told Iran that Seoul refused.")
    assert how in {mention.how for mention in actors.find(doc).mentions}


def test_the_head_is_the_word_that_hangs_outside(parsed: Making) -> None:
    doc = parsed("North/PROPN/amod/3 Korean/ADJ/amod/3 troops/NOUN/nsubj/4 fled/VERB/root/0/flee")
    assert [mention.head for mention in actors.find(doc).mentions] == [2]
