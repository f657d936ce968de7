"""Where sentences end."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.language import sentences

NLP = spacy.blank("en")
NLP.add_pipe(sentences.NAME)


def split(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in NLP(text).sents]


@pytest.mark.parametrize(
    "parts",
    [
        ["Talks ended.", "Nobody spoke."],
        ["Mr. Bos met Gen. Ruiz on Oct. 4 in Geneva.", "They shook hands."],
        ["The U.S. Navy left.", "It had stayed a year."],
        ["He went back to the U.S.", "The envoy stayed."],
        ["“We will not move,” she said.", "“They know it.”", "Then she left."],
        ["Was it a threat?", "Nobody knew!", "The press asked again…", "No answer came."],
        ["Growth was 3.5 percent.", "Prices fell."],
        ["J. F. Moreau signed for Acme Corp. of Lyon.", "Work starts at 5 p.m. on Friday."],
        ["He asked “Why now?” and walked out.", "The rest stayed."],
        ["She cried “Stop!” — a plea that failed.", "Nobody heard."],
    ],
)
def test_prose(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_blank_lines_part_headlines_from_text() -> None:
    assert split("Talks called off\n\nThe envoys went home.") == [
        "Talks called off",
        "The envoys went home.",
    ]


def test_a_dateline_stands_alone() -> None:
    assert split("GENEVA, May 3, 1988 (Agency) — The envoys met. They left.") == [
        "GENEVA, May 3, 1988 (Agency) —",
        "The envoys met.",
        "They left.",
    ]
    assert split("LONDON, October 31, 1956 - Planes took off.")[1:] == ["Planes took off."]
    assert split("SEOUL (Agency) -- Planes took off.")[1:] == ["Planes took off."]
    assert len(split("The envoys (all of them) — and their aides — met.")) == 1


def test_single_line_breaks_part_paragraphs_but_not_wrapped_lines() -> None:
    assert split("Talks called off\nThe envoys went home.") == [
        "Talks called off",
        "The envoys went home.",
    ]
    wrapped = (
        "The envoys of the two governments, who had sat\nfor nine days in a hotel by the lake and\n"
        "heard the same speech every morning from\nthe chairman, went home. They will be back\n"
        "in the spring, when the snow has gone."
    )
    assert len(split(wrapped)) == 2


def test_a_caller_may_set_sentences_first() -> None:
    doc = NLP.make_doc("One. Two.")
    for token in doc:
        token.is_sent_start = token.i == 0
    assert len(list(sentences.split(doc).sents)) == 1


def test_endless_sentences_are_cut() -> None:
    text = ", ".join(["and the envoy of the other side spoke for a while"] * 300)
    assert all(len(sentence) <= sentences.MAX_WORDS + 1 for sentence in NLP(text).sents)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_sentence_but_the_first_starts_with_a_blank(text: str) -> None:
    for sentence in list(NLP(text).sents)[1:]:
        assert not sentence[0].is_space
