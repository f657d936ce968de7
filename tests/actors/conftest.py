"""Ways to make documents, and to ask who is in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from standoff import actors

_BLANK = spacy.blank("en")


def _parsed(*sentences: str) -> Doc:
    """Return a document from words with their tag, relation and head.

    Each word is written ``word/POS/relation/head``, where the head counts from 1 in its sentence
    and 0 is the root; ``word/POS/relation/head/lemma`` where the lemma is another word.
    """
    words: list[str] = []
    pos: list[str] = []
    deps: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        offset = len(words)
        for number, item in enumerate(sentence.split()):
            word, tag, dep, head, *lemma = item.split("/")
            words.append(word)
            pos.append(tag)
            heads.append(offset + int(head) - 1 if head != "0" else offset + number)
            deps.append(dep if head != "0" else "ROOT")
            lemmas.append(lemma[0] if lemma else word.lower())
            starts.append(number == 0)
    return Doc(
        _BLANK.vocab,
        words=words,
        pos=pos,
        deps=deps,
        heads=heads,
        lemmas=lemmas,
        sent_starts=starts,
    )


@pytest.fixture(scope="session")
def plain() -> Callable[[str], Doc]:
    """Make a document that is only cut into tokens."""
    return _BLANK


@pytest.fixture(scope="session")
def parsed() -> Callable[..., Doc]:
    """Make a document with a tree, from words with their tag, relation and head."""
    return _parsed


@pytest.fixture(scope="session")
def who() -> Callable[..., list[tuple[str, str]]]:
    """Return the words of each mention with its actor."""

    def ask(text: Doc | str, published: str | None = None) -> list[tuple[str, str]]:
        doc = _BLANK(text) if isinstance(text, str) else text
        day = datetime.date.fromisoformat(published) if published else None
        cast = actors.find(doc, day)
        return [(doc[each.start : each.end].text, each.actor) for each in cast.mentions]

    return ask


@pytest.fixture(scope="session")
def where() -> Callable[..., list[tuple[str, str]]]:
    """Return the words of each place with its state."""

    def ask(text: Doc | str) -> list[tuple[str, str]]:
        doc = _BLANK(text) if isinstance(text, str) else text
        return [(doc[each.start : each.end].text, each.actor) for each in actors.find(doc).places]

    return ask


@pytest.fixture(scope="session")
def pronouns() -> Callable[..., list[tuple[str, str]]]:
    """Return the pronouns of parsed sentences with their actors."""

    def ask(*sentences: str) -> list[tuple[str, str]]:
        doc = _parsed(*sentences)
        return [
            (doc[each.start].text, each.actor)
            for each in actors.find(doc).mentions
            if each.how in ("pronoun", "relative")
        ]

    return ask
