"""The spaCy pipeline: annotation of parsed documents, swapped parts, bad weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import standoff
from standoff.errors import ModelError
from standoff.language import model

SHARED = standoff.load()
DATA = Path(model.__file__).parent / "data"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return standoff.load()


def test_tags_lemmas_and_parse(nlp: Language) -> None:
    doc = nlp("Norway has recalled its ambassador from Lisbon.")
    word = {token.text: token for token in doc}
    assert word["recalled"].pos_ == "VERB"
    assert word["recalled"].lemma_ == "recall"
    assert word["recalled"].dep_ == "ROOT"
    assert word["Norway"].head.text == "recalled"
    assert word["Norway"].dep_ == "nsubj"
    assert word["ambassador"].dep_ == "obj"
    assert word["Lisbon"].pos_ == "PROPN"


def test_passive_and_agent(nlp: Language) -> None:
    doc = nlp("Three trawlers were seized by the coast guard.")
    labels = {token.text: token.dep_ for token in doc}
    assert labels["trawlers"] == "nsubj:pass"
    assert labels["guard"] in {"obl:agent", "obl"}


def test_a_pretokenised_document_keeps_its_words_and_sentences(nlp: Language) -> None:
    words = ["Talks", "ended", ".", "Nobody", "spoke", "."]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, False, False, True, False, False]))
    assert [token.text for token in doc] == words
    assert [sentence.start for sentence in doc.sents] == [0, 3]
    assert doc.has_annotation("DEP")


def test_a_document_is_read_alike_whatever_stands_beside_it(nlp: Language) -> None:
    texts = [
        "Talks ended.",
        "",
        "The union called a strike at the port, and the firm sued it.",
        " ",
    ]
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        assert [(t.pos_, t.dep_, t.head.i) for t in doc] == [
            (t.pos_, t.dep_, t.head.i) for t in nlp(text)
        ]


def test_a_pipeline_can_be_saved(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert [t.dep_ for t in again("Talks ended.")] == [t.dep_ for t in nlp("Talks ended.")]


def test_factories_are_found_in_any_pipeline() -> None:
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.add_pipe("standoff_encoder")
    assert other("Iran and Iraq met. They talked.").has_annotation("DEP")


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_one_root_a_sentence(text: str) -> None:
    doc = SHARED(text)
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head == token]
        assert len(roots) == 1
    assert doc.text == text


def test_missing_or_damaged_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="incomplete"):
        model.load(tmp_path)
    for file in DATA.iterdir():
        shutil.copy(file, tmp_path / file.name)
    (tmp_path / "encoder.onnx").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"encoder\.onnx is damaged"):
        model.load(tmp_path)
