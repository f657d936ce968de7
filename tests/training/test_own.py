"""The texts of our own that the events head learns from: the codebook and the drills."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff import ontology
from training import own
from training.corpora import ROLES

FOLDER = Path(own.__file__).parent / "codebook"
TYPES = {*(type_.name for type_ in ontology.types()), "NONE"}


def marked(roles: tuple[int, ...], role: str) -> int:
    return sum(index == ROLES.index(role) for index in roles)


def test_every_drill_marks_a_predicate_between_two_parties() -> None:
    drills = own.drills()
    assert len(drills) >= 700
    for passage in drills:
        (sentence,) = passage.sentences
        (pair,) = sentence.events
        assert pair.words == sentence.words
        assert pair.type in TYPES
        assert all(marked(pair.roles, role) for role in ("source", "target", "predicate"))
        assert "_" not in " ".join(sentence.words)


def test_drills_are_the_same_every_time() -> None:
    assert own.drills() == own.drills()


@pytest.mark.parametrize("type_", ["ASSAULT", "SUPPORT", "NONE"])
def test_drills_are_of_many_types(type_: str) -> None:
    assert any(p.sentences[0].events[0].type == type_ for p in own.drills())


def test_events_of_the_codebook_stand_in_their_sentence() -> None:
    passages = own.codebook(FOLDER)
    assert len(passages) > 8_000
    events = 0
    for passage in passages:
        for sentence in passage.sentences:
            assert 0.0 < sentence.unmarked <= 0.5
            for pair in sentence.events:
                assert pair.words == sentence.words
                assert marked(pair.roles, "predicate")
                events += 1
    assert events > 14_000
