"""Documents with hand-made parses: no model is needed to test what is said about times."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from standoff import times
from standoff.record import Interval

#: A Friday, in week 45.
_PUBLISHED = datetime.date(2018, 11, 9)

_NLP = spacy.blank("en")


def _build(rows: str) -> Doc:
    """Return a document from lines of ``word tag dependency head``, heads counted from 1.

    A line of one dash begins a new sentence; the root's head is 0. UPOS and lemma are made from
    tag and word, well enough for the tests.
    """
    words: list[str] = []
    tags: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    base, fresh = 0, True
    for line in rows.strip().splitlines():
        if line.strip() == "-":
            base, fresh = len(words), True
            continue
        word, tag, dep, head = line.split()
        index = len(words)
        words.append(word)
        tags.append(tag)
        deps.append("ROOT" if head == "0" else dep)
        heads.append(index if head == "0" else base + int(head) - 1)
        starts.append(fresh)
        fresh = False
    return Doc(
        _NLP.vocab,
        words=words,
        tags=tags,
        pos=[_upos(t) for t in tags],
        lemmas=[_LEMMAS.get(w.lower(), w.lower()) for w in words],
        deps=deps,
        heads=heads,
        sent_starts=starts,
    )


_LEMMAS = {
    "met": "meet",
    "held": "hold",
    "took": "take",
    "was": "be",
    "were": "be",
    "has": "have",
    "had": "have",
    "began": "begin",
    "talks": "talk",
    "agreed": "agree",
    "scheduled": "schedule",
    "planned": "plan",
    "signed": "sign",
    "said": "say",
    "left": "leave",
    "expected": "expect",
    "postponed": "postpone",
    "is": "be",
    "drills": "drill",
}
_UPOS = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "IN": "ADP",
    "DT": "DET",
    "JJ": "ADJ",
    "RB": "ADV",
    "CD": "NUM",
    "CC": "CCONJ",
    "MD": "AUX",
    "TO": "PART",
    "POS": "PART",
    "PRP": "PRON",
    "VBZ": "VERB",
    "VBD": "VERB",
    "VBN": "VERB",
    "VB": "VERB",
    "VBG": "VERB",
}


def _upos(tag: str) -> str:
    return _UPOS.get(tag, "PUNCT")


Reader = Callable[..., list[tuple[str, str | None, str]]]


@pytest.fixture
def build() -> Callable[[str], Doc]:
    """Return the function from lines of a parse to a document; see `_build`."""
    return _build


@pytest.fixture
def read() -> Reader:
    """Return a function from a text to its times as (words, value, "from to")."""

    def reader(
        text: str | Doc, published: datetime.date | None = _PUBLISHED
    ) -> list[tuple[str, str | None, str]]:
        doc = _NLP(text) if isinstance(text, str) else text
        found = []
        for mention in times.find(doc, published):
            interval = mention.time.interval
            value = interval.value if interval else None
            found.append((mention.time.span.text, value, _bounds(interval)))
        return found

    return reader


def _bounds(interval: Interval | None) -> str:
    """Return the bounds of an interval, two dashes for an open end."""
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    return " ".join(str(day) if day else "--" for day in (interval.start, interval.end))
