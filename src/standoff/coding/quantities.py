"""Numbers that belong to events: "500 marines", "40 kilometres", "three summits", "$20 million".

A number belongs to the event that its noun is an argument of, by the parse. What nobody can count
("dozens", "several") gives none, nor does a date, an age or a number that is part of a name.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from spacy.tokens import Token

from standoff.coding.clauses import MAX_DEPTH
from standoff.coding.reading import Reading
from standoff.record import Quantity
from standoff.times.words import tables

_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
#: Figures and a unit or multiple written as one word: "40km", "2.5bn".
_JOINED = re.compile(rf"({_FIGURES.pattern})([a-z]+)")

#: By these a noun hangs on the event that it is an argument of.
_ARGUMENTS = frozenset(
    {"obj", "iobj", "obl", "nmod", "nsubj", "nsubj:pass", "conj", "appos", "compound", "amod"}
    | {"nummod", "obl:agent", "nmod:unmarked", "obl:unmarked", "dep"}
)

#: Units whose plural the lemma table may not know.
_PLURAL = re.compile(r"(?<=[a-z]{3})s$")


@functools.cache
def _units() -> dict[str, dict[str, Any]]:
    path = resources.files("standoff.coding") / "data/units.toml"
    return tomllib.loads(path.read_text("utf-8"))


def quantities(reading: Reading, denoted: Mapping[int, str]) -> dict[str, tuple[Quantity, ...]]:
    """Return the quantities of events by the event's id, in text order.

    `denoted`: the id of the event that a token denotes, by the token's place.
    """
    found: dict[str, tuple[Quantity, ...]] = {}
    for run in _numbers(reading):
        read = _quantity(reading, run)
        if read is None:
            continue
        quantity, noun = read
        event = _event_of(noun, denoted)
        if event is not None:
            found[event] = (*found.get(event, ()), quantity)
    return found


def _numbers(reading: Reading) -> Iterator[list[Token]]:
    """Yield the runs of words that are one number, times and names left out."""
    dated = {i for time in reading.times for i in range(time.start, time.end)}
    run: list[Token] = []
    for token in reading.doc:
        barred = token.i in dated or bool(reading.by_token.get(token.i))
        if run and (barred or not _is_number(token, run)):
            yield run
            run = []
        if not barred and _is_number(token, run):
            run.append(token)
    if run:
        yield run


def _is_number(token: Token, run: Sequence[Token]) -> bool:
    """Tell whether a word is a number, or goes on with the one before it."""
    word = token.lower_
    if run:
        if word in _units()["multiples"]:
            return True
        if word in {"and", "-"}:
            # "two hundred and fifty", "thirty-five": between number words only.
            following = token.nbor() if token.i + 1 < len(token.doc) else None
            spelled = following is not None and following.lower_ in tables()["numbers"]
            large = word == "-" or run[-1].lower_ in _units()["multiples"]
            return spelled and large and not _FIGURES.fullmatch(run[-1].text)
        if _FIGURES.fullmatch(run[-1].text):
            return False
    if token.pos_ not in {"NUM", "NOUN", "ADJ"}:
        return False
    return bool(_FIGURES.fullmatch(token.text) or _JOINED.fullmatch(word)) or (
        word in tables()["numbers"] and token.pos_ == "NUM"
    )


def _quantity(reading: Reading, run: Sequence[Token]) -> tuple[Quantity, Token] | None:
    """Return what a number says and the noun that it counts, None where it counts nothing."""
    joined = _JOINED.fullmatch(run[-1].lower_)
    multiples, signs = _units()["multiples"], _units()["signs"]
    value = _value(run)
    first, last = run[0], run[-1]
    before = first.nbor(-1) if first.i else None
    after = last.nbor() if last.i + 1 < len(last.doc) else None
    if before is not None and before.text in signs:
        unit, noun, first = signs[before.text], _counted(run) or before, before
    elif after is not None and (sign := _sign_after(after)):
        words, unit = sign
        last = last.doc[last.i + words]
        noun = last
    elif joined and joined[2] not in multiples:
        unit, noun = joined[2], last
    else:
        counted = _counted(run)
        if counted is None:
            return None
        unit, noun, last = _unit(counted), counted, counted
    span = reading.document.span(first.idx, last.idx + len(last))
    return Quantity(span, value, unit), noun


def _sign_after(token: Token) -> tuple[int, str] | None:
    """Return how many words a sign after a number takes, and the unit that it means."""
    signs = _units()["signs"]
    if token.i + 1 < len(token.doc):
        two = f"{token.lower_} {token.nbor().lower_}"
        if two in signs:
            return 2, signs[two]
    return (1, signs[token.lower_]) if token.lower_ in signs else None


def _value(run: Sequence[Token]) -> float:
    total = part = 0.0
    for token in run:
        word = token.lower_
        joined = _JOINED.fullmatch(word)
        if word in _units()["multiples"]:
            multiple = _units()["multiples"][word]
            part = max(part, 1.0) * multiple
            if multiple >= 1000:
                total, part = total + part, 0.0
        elif joined:
            part += float(joined[1].replace(",", "")) * _units()["multiples"].get(joined[2], 1)
        elif _FIGURES.fullmatch(word):
            part += float(word.replace(",", ""))
        elif word in tables()["numbers"]:
            part += tables()["numbers"][word]
    return total + part


def _counted(run: Sequence[Token]) -> Token | None:
    """Return the noun that a number counts: the one it modifies, behind it in the same phrase."""
    for token in reversed(run):
        head = token.head
        for _ in range(MAX_DEPTH):
            if head not in run:
                break
            head = head.head
        if head not in run and head.i > run[-1].i and head.pos_ in {"NOUN", "PROPN"}:
            return head
    return None


def _unit(noun: Token) -> str:
    if noun.pos_ == "PROPN":
        return noun.text
    lemma = noun.lemma_.lower()
    return (
        lemma if lemma != noun.lower_ else _PLURAL.sub("", lemma) if noun.tag_ == "NNS" else lemma
    )


def _event_of(noun: Token, denoted: Mapping[int, str]) -> str | None:
    """Return the event that a noun denotes, or the nearest one above that it is an argument of."""
    token = noun
    for _ in range(MAX_DEPTH):
        if token.i in denoted:
            return denoted[token.i]
        if token.lemma_.lower() in _units()["measures"]["verbs"]:
            # "The exercise involved 500 marines": the number is its subject's.
            subjects = (c for c in token.children if c.dep_ in {"nsubj", "nsubj:pass"})
            return next((denoted[c.i] for c in subjects if c.i in denoted), None)
        if token.dep_ not in _ARGUMENTS or token.head == token:
            return None
        token = token.head
    return None
