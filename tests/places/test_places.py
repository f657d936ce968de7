"""Names of places in marked-up documents, and the place that each means."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from standoff import places
from standoff.places.gazetteer import lookup
from standoff.places.resolving import apart

NLP = spacy.blank("en")


def _doc(text: str, **labels: str) -> Doc:
    """Return a document with the named words as entities (an underscore stands for a blank)."""
    doc = NLP(text)
    ents = []
    for words, label in labels.items():
        start = text.index(words.replace("_", " "))
        span = doc.char_span(start, start + len(words), label)
        assert span is not None, words
        ents.append(Span(doc, span.start, span.end, label))
    doc.ents = tuple(sorted(ents, key=lambda ent: ent.start))
    return doc


def _found(doc: Doc) -> dict[str, tuple[str, str | None]]:
    return {
        found.name: (found.how, found.entry.country if found.entry else None)
        for found in places.find(doc)
    }


def test_a_well_known_place_is_meant_where_nothing_else_tells() -> None:
    assert _found(_doc("They met in Paris.", Paris="GPE")) == {"Paris": ("name", "FRA")}


def test_what_stands_behind_a_comma_decides() -> None:
    doc = _doc("They met in Paris, Texas.", Paris="GPE", Texas="GPE")
    assert _found(doc) == {"Paris": ("name", "USA"), "Texas": ("name", "USA")}


def test_a_span_with_a_comma_is_two_names() -> None:
    doc = NLP("They met in Ames, Iowa.")
    doc.ents = (Span(doc, 3, 6, "GPE"),)
    assert list(_found(doc)) == ["Ames", "Iowa"]


def test_the_other_names_of_a_local_text_decide() -> None:
    text = "Sheriffs of Henry County, Paris and Buchanan met near Tennessee."
    doc = _doc(text, Henry_County="GPE", Paris="GPE", Buchanan="GPE", Tennessee="GPE")
    assert _found(doc)["Paris"] == ("name", "USA")


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Troops left northern Iraq.", "northern Iraq", "Iraq"),
        ("Troops left Nyanza province.", "Nyanza province", "Nyanza"),
        ("Troops left North Korea.", "North Korea", "North Korea"),
        ("Troops left the Red Sea.", "the Red Sea", "the Red Sea"),
    ],
)
def test_words_around_a_name_are_no_part_of_it(text: str, words: str, name: str) -> None:
    assert list(_found(_doc(text, **{words.replace(" ", "_"): "GPE"}))) == [name]


def test_a_body_is_named_after_a_place() -> None:
    doc = _doc("The Ohio Highway Patrol came.", Ohio_Highway_Patrol="ORG")
    assert _found(doc) == {"Ohio": ("inside", "USA")}


def test_adjectives_lead_to_their_state() -> None:
    assert _found(_doc("Georgian troops came.", Georgian="NORP")) == {
        "Georgian": ("adjective", "GEO")
    }


def test_a_name_that_is_a_place_elsewhere_is_one_everywhere() -> None:
    doc = _doc("They left Kelleyland. Kelleyland burned.", Kelleyland="GPE")
    assert len(places.find(doc)) == 2


def test_the_gazetteer_does_not_know_every_name() -> None:
    (found,) = places.find(_doc("They met in Zzyzxburg.", Zzyzxburg="GPE"))
    assert found.entry is None


def test_newspapers_shorten_states() -> None:
    doc = _doc("He was born in Mansfield, La., in May.", Mansfield="GPE")
    found = {one.name: one.entry for one in places.find(doc)}
    assert found["La."] is not None
    assert found["Mansfield"] is not None
    assert found["Mansfield"].division == found["La."].division == "US.LA"


def test_an_empty_document_has_none() -> None:
    assert places.find(NLP("")) == []
    assert places.find(NLP(" \n ")) == []


def test_names_are_looked_up_without_case_and_accents() -> None:
    assert lookup("N'DJAMENA") == lookup("N’Djamena") != ()
    assert lookup("") == ()
    assert lookup("\n") == ()


@pytest.mark.parametrize("name", ["Kashmir", "South China Sea", "Yongbyon", "Crimea", "DMZ"])
def test_the_gazetteer_has_what_news_names(name: str) -> None:
    assert lookup(name)


def test_distances_run_along_great_circles() -> None:
    assert apart(0, 0, 0, 180) == pytest.approx(20015, abs=5)
    assert apart(10, 20, 10, 20) == 0
