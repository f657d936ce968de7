"""The codebook: its brackets, its labels, and that it holds what it is meant to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import ontology
from training import annotated
from training.annotated import AnnotationError, Passage

FOLDER = Path(annotated.__file__).parent / "codebook"
ROW = {
    "text": "[1 Quito] [2 vowed] to [3 impound] [4 two trawlers] unless "
    "[5 [6 Lima] pays], [7 it] [8 said].",
    "events": [
        {
            "predicate": 3,
            "source": [1],
            "target": [4],
            "type": "COERCE",
            "mode": "seize",
            "contexts": ["trade"],
            "status": "threatened",
            "said": {"source": 7, "cue": 8},
            "if": {"relation": "unless", "span": 5},
        }
    ],
}


def words(passage: Passage, span: tuple[int, int] | None) -> str:
    assert span is not None
    return passage.text[slice(*span)]


def test_a_row_is_read_with_its_spans() -> None:
    passage = annotated.passage(ROW)
    (told,) = passage.told
    assert passage.text == "Quito vowed to impound two trawlers unless Lima pays, it said."
    assert (told.type, told.mode, told.status, told.relation) == (
        "COERCE",
        "seize",
        "threatened",
        "unless",
    )
    assert told.contexts == ("economic",)  # by its own name, whatever alias was written
    assert words(passage, told.predicate) == "impound"
    assert [words(passage, span) for span in (*told.source, *told.target)] == [
        "Quito",
        "two trawlers",
    ]
    assert words(passage, told.condition) == "Lima pays"
    assert (words(passage, told.speaker), words(passage, told.cue)) == ("it", "said")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"status": "maybe"}, "no status 'maybe'"),
        ({"predicate": 9}, "no span 9"),
        ({"tense": "past"}, "unknown keys"),
        ({"if": {"relation": "when", "span": 5}}, "no relation 'when'"),
    ],
)
def test_labels_that_do_not_exist_are_named(change: dict[str, object], complaint: str) -> None:
    event = {**ROW["events"][0], **change}  # type: ignore[dict-item]
    with pytest.raises(AnnotationError, match=complaint):
        annotated.passage({"text": ROW["text"], "events": [event]})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[1 Quito left.", "is not closed"),
        ("Quito] left.", "not opened"),
        ("[1 Quito] and [1 Lima]", "stands twice"),
        ("[1 Quito ]left.", "blank"),
        ("[1 ]", "empty"),
    ],
)
def test_brackets_that_do_not_pair_are_named(text: str, complaint: str) -> None:
    with pytest.raises(AnnotationError, match=complaint):
        annotated.unbracketed(text)


@given(st.lists(st.text("ab ,", min_size=1).filter(lambda part: part == part.strip()), min_size=1))
def test_spans_stand_where_their_words_do(parts: list[str]) -> None:
    bracketed = " ".join(f"[{n} {part}]" for n, part in enumerate(parts))
    text, spans = annotated.unbracketed(bracketed)
    assert text == " ".join(parts)
    assert [text[slice(*spans[n])] for n in range(len(parts))] == parts


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"words": "Quito left."}\n', "utf-8")
    with pytest.raises(AnnotationError, match="it lacks 'text'"):
        list(annotated.read(path))


def test_the_file_and_line_of_a_broken_row_are_named(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"text": "[1 Quito] left.", "events": []}\n', "utf-8")
    with pytest.raises(AnnotationError, match=r"own\.jsonl, line 1: no events"):
        list(annotated.read(path))


def test_every_label_has_its_examples() -> None:
    passages = [p for path in sorted(FOLDER.glob("*.jsonl")) for p in annotated.read(path)]
    told = [event for passage in passages for event in passage.told]
    events = [event for event in told if event.type != "NONE"]
    assert len({passage.text for passage in passages}) == len(passages) >= 6500
    types, statuses = Counter(e.type for e in events), Counter(e.status for e in events)
    modes = Counter((e.type, e.mode) for e in events)
    contexts = Counter(context for e in events for context in e.contexts)
    assert min(types[kind.name] for kind in ontology.types()) >= 150
    assert min(statuses[status] for status in annotated.STATUSES) >= 100
    named = [(kind.name, mode.name) for kind in ontology.types() for mode in kind.modes]
    assert min(modes[pair] for pair in named) >= 25
    assert min(contexts[context.name] for context in ontology.contexts()) >= 25
    assert len(told) - len(events) >= 1500  # predicates that tempt and are none
