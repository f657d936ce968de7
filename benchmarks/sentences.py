"""Sentence boundaries from raw text: F1 of sentence ends on EWT and GUM dev."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import spacy

from standoff.language import sentences

from . import treebanks

SETS = ("ewt-dev", "gum-dev", "gum-news-dev")


def measure(data: Path) -> dict[str, Any]:
    """Return precision, recall and F1 of sentence ends, by set, in per cent.

    The raw text joins a document's sentences with a blank, paragraphs with an empty line.
    """
    return {name: _score(data / f"treebanks/{name}.conllu.gz") for name in SETS}


def _score(path: Path) -> dict[str, float]:
    nlp = spacy.blank("en")
    nlp.add_pipe(sentences.NAME)
    right = found = gold = 0
    for _, group in groupby(treebanks.read(path), key=lambda sentence: sentence.document):
        text, ends = "", set()
        for sentence in group:
            if text:
                text += "\n\n" if sentence.paragraph else " "
            text += sentence.text
            ends.add(_visible(text))
        mine = {_visible(text[: s.end_char]) for s in nlp(text).sents if s.text.strip()}
        right += len(mine & ends)
        found += len(mine)
        gold += len(ends)
    precision, recall = right / found, right / gold
    return {
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "f1": round(200 * precision * recall / (precision + recall), 2),
    }


def _visible(text: str) -> int:
    return len("".join(text.split()))
