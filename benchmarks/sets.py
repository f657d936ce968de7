"""The annotated sets beside the treebanks, as they are on disk: entities, attribution, factuality.

Nothing here maps a label or cuts a text; what a set says is what comes out.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from .treebanks import Sentence

#: Parts of a name in Universal Dependencies.
NAME_PARTS = frozenset(("flat", "compound", "goeswith", "flat:foreign"))

#: The spans of an attribution, in the order of the fields of `Attribution`.
ROLES = ("source", "cue", "content")

#: A (start, end) pair, end-exclusive: of words in entity sets, of characters in attributions.
Span = tuple[int, int]


@attrs.frozen
class Tagged:
    """A sentence with labelled spans of words (start, end, label) by some guideline."""

    words: list[str]
    spans: list[tuple[int, int, str]]


@attrs.frozen
class Attribution:
    """Who says (`source`, perhaps nobody), in which word (`cue`), what (`content`): characters."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@attrs.frozen
class Article:
    """A text with its attributions."""

    text: str
    attributions: list[Attribution]


@attrs.frozen
class Valued:
    """A sentence with the factuality of some of its words, by their place."""

    words: list[str]
    values: dict[int, float]


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, unpacked where its name ends in ``.gz``."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            yield from stream
    else:
        with path.open(encoding="utf-8") as stream:
            yield from stream


def _rows(path: Path) -> Iterator[Any]:
    return map(json.loads, lines(path))


def worldwide(path: Path) -> list[list[Tagged]]:
    """Return the sentences of each article of the worldwide newswire set."""
    return [
        [Tagged(s["tokens"], spans_of(s["tags"])) for s in row["sentences"]] for row in _rows(path)
    ]


def rows_of_tags(path: Path) -> list[Tagged]:
    """Return the sentences of re3d or WikiGold, which stand alone."""
    return [Tagged(row["tokens"], spans_of(row["tags"])) for row in _rows(path)]


def universal_ner(path: Path) -> list[Tagged]:
    """Return the sentences of a Universal NER file, its stray labels left out."""
    found: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    for line in [*lines(path), "\n"]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if words:
                known = [tag if tag[2:] in {"PER", "ORG", "LOC"} else "O" for tag in tags]
                found.append(Tagged(words, spans_of(known)))
            words, tags = [], []
            continue
        columns = line.rstrip("\n").split("\t")
        words.append(columns[1])
        tags.append(columns[2])
    return found


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Return the spans of IOB1 or IOB2 tags; a change of label ends a span, too."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        if tag[0] == "I" and i and tags[i - 1] != "O" and tags[i - 1][2:] == tag[2:]:
            found[-1] = (found[-1][0], i + 1, tag[2:])
        else:
            found.append((i, i + 1, tag[2:]))
    return found


def articles(path: Path) -> list[Article]:
    """Return the articles of a PolNeAR file; parts of a span that touch are one."""
    return [
        Article(
            row["text"],
            [
                Attribution(*(_joined(row["text"], a[role]) for role in ROLES))
                for a in row["attributions"]
            ],
        )
        for row in _rows(path)
    ]


def _joined(text: str, parts: list[list[int]]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(parts):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def factuality(path: Path) -> list[Valued]:
    """Return the sentences of a factuality file; rows of one sentence become one."""
    found: dict[str, dict[int, float]] = {}
    for row in _rows(path):
        values = found.setdefault(row["text"], {})
        for target in row["targets"]:
            # A target of several words stands for its last one ("took place": place).
            values[target["span1"][1] - 1] = target["label"]
    return [Valued(text.split(), values) for text, values in found.items()]


_TOKEN = re.compile(r"\((\d+)-([a-z]+)-([^-()]*)-([^-()]*)-([^-()]*)-([^-()]*)[^()]*(\))?|(\d+)\)")


def names(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the proper names of persons, organisations and places in a GUM sentence.

    GUM marks whole noun phrases. A mention counts whose head is a proper noun (XPOS NNP, NNPS); it
    is cut to the name: the head, and what hangs on it as part of a name. Peoples and offices
    ("Americans", "the President") are no persons' names; of names within names the outer counts.
    """
    found = []
    for start, end, label in _mentions(sentence):
        if label not in {"person", "organization", "place"}:
            continue
        inside = range(start, end)
        head = next((i for i in inside if sentence.heads[i] - 1 not in inside), start)
        if sentence.xpos[head] not in {"NNP", "NNPS"}:
            continue
        if label == "person" and (sentence.xpos[head] == "NNPS" or _determined(sentence, head)):
            continue
        name = {head}
        while more := {
            i
            for i in inside
            if i not in name and sentence.heads[i] - 1 in name and _names_on(sentence, i, label)
        }:
            name |= more
        found.append((min(name), max(name) + 1, label))
    outermost = [
        one
        for one in set(found)
        if not any(o[0] <= one[0] and one[1] <= o[1] and o[:2] != one[:2] for o in found)
    ]
    return sorted(outermost)


def _determined(sentence: Sentence, head: int) -> bool:
    """Tell whether a determiner stands before it: "the President" is an office, not a name."""
    return any(
        sentence.heads[i] == head + 1 and sentence.upos[i] == "DET"
        for i in range(len(sentence.words))
    )


def _names_on(sentence: Sentence, i: int, label: str) -> bool:
    deprel, proper = sentence.deprels[i], sentence.xpos[i] in {"NNP", "NNPS"}
    if deprel in NAME_PARTS:
        return proper or deprel.startswith("flat")
    # "University of Bath" is one name, "King of Spain" two.
    return proper and label != "person" and deprel in {"amod", "nmod", "nmod:poss", "nummod"}


def _mentions(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield the (start, end, type) of the mentions that open and close in the sentence."""
    opened: list[tuple[str, str, int]] = []
    for i, misc in enumerate(sentence.misc):
        value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for match in _TOKEN.finditer(value):
            if match.group(1):
                opened.append((match.group(1), match.group(2), i))
                if not match.group(7):
                    continue
                group = match.group(1)
            else:
                group = match.group(8)
            for k in range(len(opened) - 1, -1, -1):
                if opened[k][0] == group:
                    _, type_, start = opened.pop(k)
                    yield start, i + 1, type_
                    break
