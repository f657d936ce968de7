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
from typing import cast

import attrs
from spacy.tokens import Token

from standoff.record import Stance

#: Operators that take an event back, and the column of ``reversals.toml`` that each reads.
TAKING_BACK = {"suspend": "suspended", "end": "ended", "reduce": "reduced"}

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
    speech: dict[tuple[str, str], Stance]
    reversals: dict[str, dict[str, str]]
    barred: frozenset[tuple[str, str]]

    def sense(self, token: Token) -> Sense | None:
        """Return the event sense of a word, None where it has none.

        The most specific phrase that the word heads decides: "heart attack" is listed as no event,
        whatever "attack" may be.
        """
        pos = part(token)
        for phrase in phrases(token):
            if (phrase, pos) in self.barred:
                return None
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

    def stance(self, token: Token) -> Stance | None:
        """Return the stance that a speech cue takes to its content, None where it is no cue."""
        pos = part(token)
        return next((self.speech[p, pos] for p in phrases(token) if (p, pos) in self.speech), None)

    def reversed_type(self, type_: str, operators: frozenset[str]) -> str:
        """Return the type of taking back something of `type_`: the type itself where nothing is.

        `operators` are those that govern the event word.
        """
        table = self.reversals.get(type_, {})
        for operator, key in TAKING_BACK.items():
            if operator in operators:
                return table.get(key, type_)
        return type_

    def is_barred(self, token: Token) -> bool:
        """Tell whether the word, as used here, is one that never denotes an event."""
        pos = part(token)
        known = (
            p for p in phrases(token) if (p, pos) in self.barred or (p, pos) in self.predicates
        )
        first = next(known, None)
        return first is not None and (first, pos) in self.barred


def part(token: Token) -> str:
    """Return VERB, NOUN or ADJ, the parts of speech of the tables, or the token's own."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return "NOUN"
    return "VERB" if token.pos_ in {"VERB", "AUX"} else token.pos_


def phrases(token: Token) -> list[str]:
    """Return the lemmas a table may list a word under, the most specific first.

    With its particle ("call off", "pull out of"), its object or complement ("open fire", "shoot
    dead"), a governed preposition ("call for", "go on strike"), a noun's compound, hyphenated
    part or of-phrase ("war game", "cease-fire", "state of emergency"), and last the bare lemma.
    """
    word = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX", "ADJ"}:
        return [*_verb_phrases(token, word), word]
    if token.pos_ in {"NOUN", "PROPN"}:
        return [*_noun_phrases(token, word), word]
    return [word]


def _verb_phrases(token: Token, word: str) -> Iterator[str]:
    particles, objects, governed = [], [], []
    for child in token.children:
        if child.dep_ in PARTICLE_DEPS and child.pos_ in {"ADP", "ADV"}:
            particles.append(child.lower_)
        elif child.dep_ == "obj" or (child.dep_ == "xcomp" and child.pos_ == "ADJ"):
            objects.append(child.lemma_.lower())
        elif child.dep_.startswith(("obl", "advcl")):
            noun = child.lemma_.lower()
            governed += [(c.lower_, noun) for c in child.children if c.dep_ in {"case", "mark"}]
    for particle in particles:
        yield from (f"{word} {particle} {case}" for case, _ in governed)
        yield f"{word} {particle}"
    for thing in objects:
        yield from (f"{word} {thing} {case}" for case, _ in governed)
        yield f"{word} {thing}"
    for case, noun in governed:
        yield f"{word} {case} {noun}"
        yield f"{word} {case}"


def _noun_phrases(token: Token, word: str) -> Iterator[str]:
    if token.i > 1 and token.nbor(-1).text == "-":
        yield f"{token.nbor(-2).lower_}-{word}"
    for child in token.children:
        if child.dep_ in {"compound", "amod"}:
            yield f"{child.lemma_.lower()} {word}"
        elif child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.children):
            yield f"{word} of {child.lemma_.lower()}"


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
            frozenset(word for word in words if not word.startswith(("target_", "source_"))),
            frozenset(word[7:] for word in words if word.startswith("target_")),
            frozenset(word[7:] for word in words if word.startswith("source_")),
            types == "*",
        )
    operators: dict[tuple[str, str], frozenset[str]] = {}
    for lemma, pos, operator, *_ in _rows("operators.tsv", 3):
        operators[lemma, pos] = operators.get((lemma, pos), frozenset()) | {operator}
    speech = {
        (lemma, pos): cast(Stance, stance) for lemma, pos, stance, *_ in _rows("speech.tsv", 3)
    }
    reversals = tomllib.loads(_text("reversals.toml"))
    return Lexicon(predicates, operators, speech, reversals, frozenset(barred))


def _text(name: str) -> str:
    return files("standoff.coding").joinpath("data", name).read_text("utf-8")


def _rows(name: str, width: int) -> Iterator[list[str]]:
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row[0] != "lemma":
            yield row + [""] * (width - len(row))
