"""Attributions: who says, in which word, what, over sentences and in parts."""

from __future__ import annotations

import pytest
from spacy.language import Language

import standoff
from standoff.language.attribution import Attribution


@pytest.fixture(scope="module")
def nlp() -> Language:
    return standoff.load()


def parts(attribution: Attribution) -> tuple[str | None, str, list[str]]:
    source = attribution.source
    return (
        None if source is None else source.text,
        attribution.cue.text,
        [content.text for content in attribution.contents],
    )


def test_indirect_speech(nlp: Language) -> None:
    (found,) = nlp("The Danish minister said that the ferry would sail on Monday.")._.attributions
    source, cue, contents = parts(found)
    assert source == "The Danish minister"
    assert cue == "said"
    assert contents[0].endswith("the ferry would sail on Monday")


def test_a_cue_inside_of_what_is_said_parts_it(nlp: Language) -> None:
    (found,) = nlp("“We are ready,” the general said, “but nobody has called us.”")._.attributions
    source, cue, contents = parts(found)
    assert (source, cue) == ("the general", "said")
    assert len(contents) == 2


def test_a_quotation_that_stays_open_over_sentences_is_one_content(nlp: Language) -> None:
    doc = nlp("Ruto said: “We have waited long enough. The border is shut. It will stay shut.”")
    (found,) = doc._.attributions
    assert len(found.contents) == 1
    assert len({token.sent.start for token in found.contents[0]}) == 3


def test_a_source_may_be_left_out(nlp: Language) -> None:
    doc = nlp("It was reported that two of the hostages had been freed.")
    assert [attribution.source for attribution in doc._.attributions] == [None]


def test_two_sources_in_one_sentence_keep_to_their_own_words(nlp: Language) -> None:
    doc = nlp("Spain said the vote was void, and Catalonia's leader insisted that it was binding.")
    found = {attribution.cue.text: parts(attribution) for attribution in doc._.attributions}
    assert "Spain" in (found["said"][0] or "")
    assert "void" in found["said"][2][0]
    assert "leader" in (found["insisted"][0] or "")
    assert "binding" in found["insisted"][2][0]


def test_plain_narrative_has_none(nlp: Language) -> None:
    assert nlp("The ferry left the harbour at noon and sank an hour later.")._.attributions == ()
