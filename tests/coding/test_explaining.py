"""Why an event stands in a record."""

from __future__ import annotations

import attrs
import pytest

import standoff
from standoff.coding import Explanation
from standoff.errors import UnknownEventError

READER = standoff.Reader()
TEXT = (
    "Turkey agreed on Monday to suspend its military exercises near Syria. “We will not attack "
    "the villages,” a Turkish general told reporters."
)


def explained(text: str, anchor: str, date: str | None = "1999-06-18") -> Explanation:
    record = READER.read(text, date=date)
    event = next(e for e in record.events if e.anchor.text == anchor)
    return READER.explain(record, event.id)


def test_words_path_and_chances_of_a_plain_event() -> None:
    found = explained("Turkey shelled Syrian villages on Monday.", "shelled")
    assert found.listed is not None
    assert "ASSAULT" in found.listed
    assert found.types[0][0] == "ASSAULT"
    assert 0.5 < found.types[0][1] <= 1.0
    source, target = found.parties
    assert (source.role, source.words.text, source.actors) == ("source", "Turkey", ("TUR",))
    assert source.path == "shelled >nsubj Turkey"
    assert source.found_by == "parse"
    assert (target.role, target.actors) == ("target", ("SYR",))
    assert found.time is not None
    assert found.time.text == "Monday"
    assert found.event.time is not None
    assert found.event.time.value == "1999-06-14"
    assert "Monday" in (found.time_path or "")


def test_what_governs_an_event_and_takes_it_back() -> None:
    found = explained(TEXT, "exercises")
    assert ("suspend", ("suspend",)) in [(g.words.text, g.operators) for g in found.governors]
    assert found.reversed_from == "MOBILIZE"
    assert found.event.type == "RETREAT"


def test_who_was_followed_on_the_status() -> None:
    found = explained(TEXT, "attack")
    assert found.event.status == "denied"
    assert found.status_by_rule in dict(found.statuses) or found.status_by == "rules"
    assert sum(chance for _, chance in found.statuses) <= 1.01


def test_an_event_that_is_not_there_is_named() -> None:
    record = READER.read("Turkey shelled Syrian villages.")
    with pytest.raises(UnknownEventError, match="no event 'e9'; it has e1 to e1"):
        READER.explain(record, "e9")


def test_a_record_of_other_words_is_refused() -> None:
    record = READER.read("Turkey shelled Syrian villages.")
    event = attrs.evolve(record.events[0], anchor=record.document.span(0, 6))
    with pytest.raises(UnknownEventError, match="read the document anew"):
        READER.explain(attrs.evolve(record, events=(event,)), "e1")
