"""Statements and conditions: who said what, and what is tied to what."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Peru said it was “deeply concerned”.", "it was “deeply concerned”"),
        ('Peru said it was "deeply concerned".', 'it was "deeply concerned"'),
        ("“Peru is deeply concerned,” Peru said.", "Peru is deeply concerned"),
    ],
)
def test_what_is_said_keeps_both_marks_of_a_quotation_or_neither(text: str, content: str) -> None:
    (statement,) = read(text).statements
    assert statement.content[0].text == content


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
    said = " ".join(span.text for span in statement.content)
    assert said.startswith("We held our fire")
    assert said.endswith("hold it again")


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


@pytest.mark.parametrize(
    ("text", "relation", "condition"),
    [
        ("Ankara said it would reopen the port as long as Athens kept its ships away.",
         "as long as", "Athens kept its ships away"),
        ("Kenya agreed to talks on condition that Somalia frees the crew.",
         "provided", "Somalia frees the crew"),
        ("Chile will lift the ban once Bolivia pays the fine.", "after", "Bolivia pays the fine"),
        ("Peru said it would release the boats as soon as Ecuador apologised.",
         "after", "Ecuador apologised"),
        ("The lifting of sanctions would require inspections by the United Nations.",
         "requires", "inspections by the United Nations"),
        ("The release of the crew hinges on the withdrawal of Japanese ships.",
         "requires", "the withdrawal of Japanese ships"),
    ],
)  # fmt: skip
def test_what_things_hang_on(text: str, relation: str, condition: str) -> None:
    (found,) = read(text).conditions
    assert (found.relation, found.condition.text) == (relation, condition)


@pytest.mark.parametrize(
    "text",
    [
        "Egypt recalled its envoy before leaving the talks.",
        "Egypt freed the crew after Sudan had paid the fine.",
        "Egypt will recall its envoy, a minister said after the guards shot a farmer.",
    ],
)
def test_times_of_what_is_done_are_no_conditions(text: str) -> None:
    assert read(text).conditions == ()


def test_a_time_is_no_condition() -> None:
    assert not read("Chad closed its border before the rains came.").conditions


def test_the_channels_of_a_statement() -> None:
    record = read(
        "A Syrian statement carried by the Reuters news agency said that the road was open. "
        "Speaking on CNN on Sunday, President Clinton said: “We will wait and see.”"
    )
    assert [s.via for s in record.statements] == ["MEDIA.REUTERS", "MEDIA.CNN"]
    assert [(s.speaker or "")[:3] for s in record.statements] == ["SYR", "USA"]


def test_the_one_spoken_to() -> None:
    record = read("Croatia told Slovenia that the bay was its own.")
    assert [(s.speaker, s.addressee) for s in record.statements] == [("HRV", "SVN")]


def test_a_statement_of_nobody_in_particular() -> None:
    record = read("It was reported that two of the hostages had been freed.")
    (statement,) = record.statements
    assert statement.speaker is None
    assert statement.speaker_span is None
    assert "freed" in statement.content[0].text


def test_an_account_inside_of_an_account_is_a_statement_of_its_own() -> None:
    record = read("Angola said that Zambia had admitted that its troops crossed the river.")
    assert {s.speaker for s in record.statements} == {"AGO", "ZMB"}


def test_wishes_are_no_statements() -> None:
    assert not read("Bolivia wants access to the sea.").statements


def test_an_event_told_in_the_next_sentence_of_a_quotation_has_its_speaker() -> None:
    record = read(
        "President Museveni of Uganda said: “We have been patient. Sudan attacked our villages.”"
    )
    (event,) = [event for event in record.events if event.type == "ASSAULT"]
    assert [(link.actor or "")[:3] for link in event.said_by] == ["UGA"]
    assert event.factuality is not None
