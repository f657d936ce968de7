"""Ways to make documents for the tests of this folder."""

from __future__ import annotations

import datetime

import spacy
from spacy.tokens import Doc

from standoff import actors

_BLANK = spacy.blank("en")


def plain(text: str) -> Doc:
    """Return a document that is only cut into tokens."""
    return _BLANK(text)


def parsed(*sentences: str) -> Doc:
    """Return a document from words with their tag, relation and head.

    Each word is written ``word/POS/relation/head``, where the head counts from 1 in its sentence
    and 0 is the root; ``word/POS/relation/head/lemma`` where the lemma is another word.
    """
    words, pos, deps, heads, lemmas, starts = [], [], [], [], [], []
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
        _BLANK.vocab, words=words, pos=pos, deps=deps, heads=heads, lemmas=lemmas,
        sent_starts=starts,
    )


def who(doc: Doc | str, published: str | None = None) -> list[tuple[str, str]]:
    """Return the words of each mention with its actor."""
    doc = plain(doc) if isinstance(doc, str) else doc
    day = datetime.date.fromisoformat(published) if published else None
    cast = actors.find(doc, day)
    return [(doc[each.start : each.end].text, each.actor) for each in cast.mentions]


def where(doc: Doc | str) -> list[tuple[str, str]]:
    """Return the words of each place with its state."""
    doc = plain(doc) if isinstance(doc, str) else doc
    cast = actors.find(doc)
    return [(doc[each.start : each.end].text, each.actor) for each in cast.places]
