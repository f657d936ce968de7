"""Entities, given words: strict F1, the span and the label right, by each set's own labels.

``training/entities.toml`` says what each label of a set stands for; a label of ours that none of
them stands for is not asked about. GUM's mentions are cut to proper names (`sets.names`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from standoff.language import model

from . import gold_tokens, sets, treebanks
from .scores import Tally

MAPPING = Path(__file__).parents[1] / "training" / "entities.toml"


def measure(data: Path, shared: model.Model | None = None) -> dict[str, Any]:
    """Return overall scores, and F1 by label, on each development set."""
    nlp, encoder = gold_tokens.reader(shared)
    folder = data / "entities"
    texts: dict[str, list[list[sets.Tagged]]] = {
        "worldwide": sets.worldwide(folder / "worldwide_dev.jsonl.gz"),
        "re3d": [[row] for row in sets.rows_of_tags(folder / "re3d_dev.jsonl")],
        "gum": _gum(data / "treebanks/gum-dev.conllu.gz"),
        "uner": [[row] for row in sets.universal_ner(folder / "uner_ewt_dev.iob2.gz")],
    }
    result = {}
    for name, documents in texts.items():
        mapping = tomllib.loads(MAPPING.read_text("utf-8"))[name]
        ours = _ours(mapping)
        whole = Tally()
        by_label = {label: Tally() for label in sorted(set(ours.values()))}
        for sentences in documents:
            doc = gold_tokens.read(nlp, encoder, [row.words for row in sentences])
            found = _found(doc, mapping["guideline"], ours)
            gold = list(_gold(sentences))
            whole.add(found, gold)
            for label, tally in by_label.items():
                tally.add((f for f in found if f[2] == label), (g for g in gold if g[2] == label))
        result[name] = whole.scores() | {
            "labels": {label: tally.scores()["f1"] for label, tally in by_label.items()}
        }
    return result


def _ours(mapping: dict[str, Any]) -> dict[str, str]:
    """Return what each label of ours is called by the set."""
    named: dict[str, str] = {}
    for label, stands_for in mapping.items():
        if label not in {"guideline", "O"}:
            for name in stands_for:
                named.setdefault(name, label)
    return named


def _found(doc: Doc, guideline: str, ours: dict[str, str]) -> list[tuple[int, int, str]]:
    spans: Sequence[Span] = doc.spans["defence"] if guideline == "defence" else doc.ents
    return [(s.start, s.end, ours[s.label_]) for s in spans if s.label_ in ours]


def _gold(sentences: Iterable[sets.Tagged]) -> Iterable[tuple[int, int, str]]:
    first = 0
    for row in sentences:
        for start, end, label in row.spans:
            yield first + start, first + end, label
        first += len(row.words)


def _gum(path: Path) -> list[list[sets.Tagged]]:
    documents: dict[str, list[sets.Tagged]] = {}
    for sentence in treebanks.read(path):
        row = sets.Tagged(sentence.words, sets.names(sentence))
        documents.setdefault(sentence.document, []).append(row)
    return list(documents.values())
