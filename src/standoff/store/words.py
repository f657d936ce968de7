"""Words of a sentence in the form in which two tellings of one thing are compared."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> frozenset[str]:
    """Return the stems (Porter 2001, "Snowball") of the words of a text that say something."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in words if word not in _empty())


def denies(cue: str, content: str) -> bool:
    """Tell whether a cue says that its content, or what was said before, is not so.

    "Rejected" and "called" say so of a claim ("the accusation", "that version") or by what they
    call it ("untrue").
    """
    said = {word.casefold() for word in _WORD.findall(cue)}
    if said & _listed("denying"):
        return True
    return bool(said & _listed("rejecting")) and bool(stems(content) & claims())


def claims() -> frozenset[str]:
    """Return the stems of words for claims and for what is false of them."""
    return stems(" ".join(sorted(_listed("claims"))))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@cache
def _empty() -> frozenset[str]:
    return _listed("empty_words")


@cache
def _listed(name: str) -> frozenset[str]:
    text = (resources.files("standoff.store") / f"data/{name}.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
