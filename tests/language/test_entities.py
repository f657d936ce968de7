"""Entities: names in `doc.ents`, what the military set marks in `doc.spans["defence"]`."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

import standoff
from standoff.language import entities, spans


@pytest.fixture(scope="module")
def nlp() -> Language:
    return standoff.load()


def test_persons_organisations_places_and_peoples(nlp: Language) -> None:
    doc = nlp(
        "President William Ruto of Kenya told the African Union on Tuesday that Somali troops "
        "had left Mogadishu for the Red Sea."
    )
    found = {entity.text: entity.label_ for entity in doc.ents}
    assert found["William Ruto"] == "PERSON"
    assert found["Kenya"] == "GPE"
    assert found["African Union"] == "ORG"
    assert found["Somali"] == "NORP"
    assert found["Mogadishu"] == "GPE"
    assert found["Tuesday"] == "DATE"
    assert found["Red Sea"] == "LOC"


def test_money_and_amounts(nlp: Language) -> None:
    doc = nlp("The rebels bought ballistic missiles for $40 million and fired 30 rockets.")
    labels = {entity.label_ for entity in doc.ents}
    assert {"MONEY", "QUANTITY"} <= labels


def test_parties_that_have_no_name_are_in_the_defence_layer(nlp: Language) -> None:
    doc = nlp("The rebels bought ballistic missiles for $40 million and fired 30 rockets.")
    assert ("The rebels", "ORG") in [(span.text, span.label_) for span in doc.spans["defence"]]
    assert "The rebels" not in [entity.text for entity in doc.ents]


def test_entities_never_cross_a_sentence() -> None:
    names = spans.tags(["ORG"])
    scores = np.zeros((4, len(names)), np.float32)
    for place, tag in enumerate(["O", "B-ORG", "E-ORG", "O"]):
        scores[place, names.index(tag)] = 2.0
    assert entities.decode(scores, np.array([0]), names) == [(1, 3, "ORG")]
    assert all(
        end <= 2 or start >= 2 for start, end, _ in entities.decode(scores, np.array([0, 2]), names)
    )


def test_an_empty_document_has_none(nlp: Language) -> None:
    assert not nlp("").ents
    assert not nlp(" \n ").ents
    assert not nlp(Doc(nlp.vocab, words=["."])).ents
