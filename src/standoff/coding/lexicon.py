"""The coder's word lists: which words can denote events, and which change their status.

The tables are ``data/*.tsv`` and ``data/reversals.toml``; their columns are explained at the top
of each file.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import attrs
from spacy.tokens import Token

PARTICLE_DEPS = frozenset({"compound:prt", "advmod"})


@attrs.frozen
class Sense:
    """What an event word can mean: its possible types, likeliest first, and how it takes parties.

    `open`: any type; `types` is then empty. `targets` and `sources` are the prepositions that
    introduce those parties.
    """

    lemma: str
    pos: str
    types: tuple[str, ...]
    flags: frozenset[str]
    targets: frozenset[str]
    sources: frozenset[str]
    open: bool

    @property
    def symmetric(self) -> bool:
        """Whether both parties do it together."""
        return "symmetric" in self.flags


@attrs.frozen
class Lexicon:
    """All tables, by lemma and part of speech."""

    predicates: dict[tuple[str, str], Sense]
    operators: dict[tuple[str, str], frozenset[str]]
    speech: dict[tuple[str, str], str]
    reversals: dict[str, str]
    barred: frozenset[tuple[str, str]]

    def sense(self, token: Token) -> Sense | None:
        """Return the event sense of a word, the longest phrase that it heads first."""
        pos = part(token)
        for phrase in phrases(token):
            if found := self.predicates.get((phrase, pos)):
                return found
        return None

    def operator(self, token: Token) -> frozenset[str]:
        """Return the operators that a word can be (``suspend``, ``promise``, …); often none."""
        pos = part(token)
        for phrase in phrases(token):
            if found := self.operators.get((phrase, pos)):
                return found
        return frozenset()

    def stance(self, token: Token) -> str | None:
        """Return the stance that a speech cue takes to its content, None where it is no cue."""
        return self.speech.get((token.lemma_.lower(), part(token)))

    def is_barred(self, token: Token) -> bool:
        """Tell whether the word is one that never denotes an event."""
        return (token.lemma_.lower(), part(token)) in self.barred


def part(token: Token) -> str:
    """Return VERB, NOUN or ADJ, the parts of speech of the tables, or the token's own."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return "NOUN"
    return "VERB" if token.pos_ in {"VERB", "AUX"} else token.pos_


def phrases(token: Token) -> Iterator[str]:
    """Yield the lemmas a table may list a word under, the most specific first.

    With its particle ("call off"), its object's noun ("open fire"), the preposition of a
    dependent ("call for"), a noun's compound ("war game"), and last the bare lemma.
    """
    word = token.lemma_.lower()
    if token.pos_ in {"VERB", "ADJ"}:
        for child in token.children:
            if child.dep_ in PARTICLE_DEPS and child.pos_ in {"ADP", "ADV"}:
                yield f"{word} {child.lower_}"
        for child in token.children:
            if child.dep_ == "obj":
                yield f"{word} {child.lemma_.lower()}"
            if child.dep_.startswith(("obl", "advcl")):
                for case in child.children:
                    if case.dep_ in {"case", "mark"}:
                        yield f"{word} {case.lower_}"
    elif token.pos_ in {"NOUN", "PROPN"}:
        for child in token.children:
            if child.dep_ in {"compound", "amod"}:
                yield f"{child.lemma_.lower()} {word}"
    yield word


@cache
def lexicon() -> Lexicon:
    """Return the tables, read once."""
    predicates: dict[tuple[str, str], Sense] = {}
    barred = set()
    for lemma, pos, types, flags in _rows("predicates.tsv", 4):
        key = (lemma, pos)
        if types == "-":
            barred.add(key)
            continue
        words = flags.split()
        predicates[key] = Sense(
            lemma,
            pos,
            () if types == "*" else tuple(types.split(",")),
            frozenset(word for word in words if "_of" not in word and "target_" not in word),
            frozenset(word[7:] for word in words if word.startswith("target_")),
            frozenset(word[7:] for word in words if word.startswith("source_")),
            types == "*",
        )
    operators: dict[tuple[str, str], frozenset[str]] = {}
    for lemma, pos, operator, *_ in _rows("operators.tsv", 3):
        operators[lemma, pos] = operators.get((lemma, pos), frozenset()) | {operator}
    speech = {(lemma, pos): stance for lemma, pos, stance, *_ in _rows("speech.tsv", 3)}
    reversals = tomllib.loads(_text("reversals.toml"))
    return Lexicon(
        predicates, operators, speech, reversals.get("reversals", reversals), frozenset(barred)
    )


def _text(name: str) -> str:
    return files("standoff.coding").joinpath("data", name).read_text("utf-8")


def _rows(name: str, width: int) -> Iterator[list[str]]:
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row[0] != "lemma":
            yield row + [""] * (width - len(row))
