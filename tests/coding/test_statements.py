"""Statements and conditions: who said what, and what is tied to what."""

from __future__ import annotations

import standoff
from standoff.record import Record

READER = standoff.Reader()


def read(text: str) -> Record:
    return READER.read(text, date="1999-06-18")


def test_direct_indirect_and_mixed_speech() -> None:
    record = read(
        "“We want peace,” President Museveni of Uganda said. "
        "Kenya said that the border was open. "
        "Sudan said the charge was “a lie from start to end.”"
    )
    assert [statement.kind for statement in record.statements] == ["direct", "indirect", "mixed"]
    assert [(s.speaker or "")[:3] for s in record.statements] == ["UGA", "KEN", "SDN"]


def test_a_quotation_over_several_sentences_has_one_speaker() -> None:
    record = read(
        "Ethiopia declared: “We gave all that was asked. What remains is a reply. "
        "Without it we will not move.”"
    )
    assert len(record.statements) == 1
    assert record.statements[0].speaker == "ETH"
    assert record.statements[0].content[0].text.startswith("We gave")
    assert record.statements[0].content[0].text.rstrip(".").endswith("not move")


def test_a_speech_over_several_paragraphs_is_one_speakers() -> None:
    record = read(
        "“We held our fire for nine days.\n\n“We will not hold it again,” Ethiopia declared."
    )
    (statement,) = record.statements
    assert statement.speaker == "ETH"
    assert [span.text[:12] for span in statement.content] == ["We held our ", "We will not "]


def test_the_channel_and_the_one_spoken_to() -> None:
    (statement,) = read("Egypt told the BBC that the canal was safe.").statements
    assert statement.via == "MEDIA.BBC"


def test_conditions_tie_two_clauses() -> None:
    record = read(
        "Iran warned that it would close the strait if Iraq attacked its tankers. "
        "Unless the raids end, Iran will not return to the talks."
    )
    assert [condition.relation for condition in record.conditions] == ["if", "unless"]
    first = record.conditions[0]
    assert first.actor == "IRN"
    assert "close the strait" in first.consequent.text
    assert "Iraq attacked" in first.condition.text


def test_in_return_for() -> None:
    (condition,) = read("Libya freed the nurses in return for medical aid.").conditions
    assert condition.relation == "in return for"
    assert condition.consequent.text == "Libya freed the nurses"
    assert condition.condition.text == "medical aid"


def test_a_time_is_no_condition() -> None:
    assert not read("Chad closed its border before the rains came.").conditions
