"""Coreference on the news of OntoGUM: CoNLL F1, beside what equal strings alone would give.

Gold words and sentences, our own parse and mentions. Scores are those of `scorch` (the extra
``benchmarks``), which follows Pradhan et al. 2014: the mean of MUC, B³ and CEAFe F1.
"""

from __future__ import annotations

import re
import tarfile
from collections import defaultdict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import attrs
from spacy.tokens import Doc

from standoff.actors import chains, noun_phrases

from . import gold_tokens

Spans = list[list[tuple[int, int]]]

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_PARENTHESES = re.compile(r"\([^()]+\)|\([^()]+|[^()]+\)")


@attrs.frozen
class Marked:
    """A document by its sentences of words, and its chains of word spans."""

    name: str
    sentences: list[list[str]]
    chains: Spans


def read(data: Path, split: str) -> list[Marked]:
    """Return the news documents of a split, ``train`` or ``dev``."""
    found = []
    with tarfile.open(data / "coreference/ontogum_train_dev.tar.gz") as archive:
        for member in sorted(archive.getnames()):
            if member.startswith(f"{split}/") and "_news_" in member:
                stream = archive.extractfile(member)
                assert stream is not None
                found.append(_marked(Path(member).stem, stream.read().decode("utf-8")))
    return found


def _marked(name: str, text: str) -> Marked:
    sentences: list[list[str]] = [[]]
    clusters: dict[str, list[tuple[int, int]]] = defaultdict(list)
    opened: dict[str, list[int]] = defaultdict(list)
    place = 0
    for line in text.splitlines():
        fields = line.split("\t")
        if not line and sentences[-1]:
            sentences.append([])
        if not fields[0].isdigit():
            continue
        sentences[-1].append(fields[1])
        match = _ENTITY.search(fields[9])
        for part in _PARENTHESES.findall(match[1]) if match else ():
            number = part.strip("()").split("-")[0]
            if part.startswith("("):
                opened[number].append(place)
            if part.endswith(")"):
                clusters[number].append((opened[number].pop(), place + 1))
        place += 1
    return Marked(name, [s for s in sentences if s], [c for c in clusters.values() if len(c) > 1])


def equal_strings(doc: Doc) -> Spans:
    """Return the chains of phrases that are written alike, pronouns aside: the baseline."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for phrase in noun_phrases(doc):
        if phrase.kind != "pronoun":
            found[doc[phrase.start : phrase.end].text.lower()].append((phrase.start, phrase.end))
    return [spans for spans in found.values() if len(spans) > 1]


def measure(data: Path) -> dict[str, Any]:
    """Return CoNLL F1 and its parts on each split, in per cent."""
    nlp, encoder = gold_tokens.reader(None)
    result: dict[str, Any] = {}
    for split in ("dev", "train"):
        rows = read(data, split)
        docs = [gold_tokens.read(nlp, encoder, row.sentences) for row in rows]
        key = _sets((row.name, row.chains) for row in rows)
        ways: dict[str, Callable[[Doc], Spans]] = {"ours": chains, "equal_strings": equal_strings}
        result[split] = {"documents": len(rows), "chains": len(key)} | {
            way: _conll(
                key,
                _sets((row.name, find(doc)) for row, doc in zip(rows, docs, strict=True)),
            )
            for way, find in ways.items()
        }
    return result


def _sets(named: Any) -> list[set[Hashable]]:
    return [{(name, *span) for span in chain} for name, found in named for chain in found]


def _conll(key: list[set[Hashable]], response: list[set[Hashable]]) -> dict[str, float]:
    from scorch import scores

    parts = {
        "muc": scores.muc(key, response)[2],
        "b3": scores.b_cubed(key, response)[2],
        "ceafe": scores.ceaf_e(key, response)[2],
    }
    parts["conll"] = sum(parts.values()) / 3
    return {name: round(100 * float(value), 2) for name, value in parts.items()}
