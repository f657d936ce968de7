"""What a personal name looks like in the text."""

from __future__ import annotations

import re

from standoff.actors.tables import cues
from standoff.actors.tokens import GENITIVES, Tokens

HONORIFICS = cues("names", "address")
_GENDERS = {
    **dict.fromkeys(cues("names", "male"), "m"),
    **dict.fromkeys(cues("names", "female"), "f"),
}
_PARTICLES = cues("names", "particles")
_NEVER = cues("names", "never")
_COMMON = cues("names", "words")
_FAMILY_FIRST = cues("names", "family_first")
_GIVEN_HYPHEN = re.compile(r"[A-Z][a-z]+-[a-z]+$")
_WORDS = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?|-")


def words_of(name: str) -> tuple[str, ...]:
    """Split a name as the tokenizer does: at spaces and around hyphens."""
    return tuple(_WORDS.findall(name))


def short_of(name: str, owner: str | None) -> tuple[tuple[str, ...], ...]:
    """Return the short names that a report may use for a person whom no table has."""
    words = name.split()
    short = [words[-1]]
    if len(words) > 2 and words[-2].lower() in _PARTICLES:
        short.append(" ".join(words[-2:]))
    if words[-1].lower().startswith(("al-", "el-")):
        short.append(words[-1][3:])
    if len(words) > 1 and (owner in _FAMILY_FIRST or _GIVEN_HYPHEN.search(words[-1])):
        short.append(words[0])
    return tuple(words_of(each) for each in short)


def name_span(tokens: Tokens, start: int, blocked: set[int]) -> int:
    """Return where the personal name that begins at `start` ends; `start` where there is none.

    A name is a run of capitalised words, joined by hyphens, particles ("al", "van") and initials.
    """
    index = start
    while index < len(tokens) and index - start < 8 and index not in blocked:
        if index > start and tokens.sentence[index] != tokens.sentence[start]:
            break
        word = tokens.words[index]
        if _capitalised(tokens, index) or (index > start and _inner(tokens, index, blocked)):
            index += 1
        elif (
            word == "-"
            and index > start
            and index + 1 < len(tokens)
            and tokens.words[index + 1][:1].isalpha()
            and index + 1 not in blocked
            and tokens.ends[index - 1] == tokens.starts[index] == tokens.starts[index + 1] - 1
        ):
            index += 2
        else:
            break
    while index > start and not tokens.words[index - 1][-1:].isalpha():
        if tokens.words[index - 1].endswith(".") and len(tokens.words[index - 1]) > 1:
            break
        index -= 1
    return index


def _capitalised(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    if not word[:1].isupper() or tokens.lower[index] in _NEVER:
        return False
    if tokens.tagged and tokens.pos[index] not in ("PROPN", "NOUN", "ADJ", "X"):
        return False
    return word.replace("'", "").replace("’", "").replace(".", "").isalpha()


def _inner(tokens: Tokens, index: int, blocked: set[int]) -> bool:
    """Tell whether a small word inside a name belongs to it: the next one is capitalised."""
    if tokens.lower[index] not in _PARTICLES or index + 1 >= len(tokens):
        return False
    following = index + 1
    if tokens.words[following] == "-":
        following += 1
    if following < len(tokens) and tokens.lower[following] in _PARTICLES:
        following += 1
    return (
        following < len(tokens)
        and following not in blocked
        and tokens.words[following][:1].isupper()
    )


def text_of(tokens: Tokens, start: int, end: int) -> str:
    """Return the words of a span as they stand in the text, spaces made single."""
    return " ".join(tokens.text[tokens.starts[start] : tokens.ends[end - 1]].split())


def stands_alone(tokens: Tokens, taken: set[int], start: int, end: int) -> bool:
    """Tell whether a short name is a name of its own, and no part of a longer one or a word."""
    if tokens.tagged:
        if tokens.pos[start] not in ("PROPN", "NOUN", "X"):
            return False
        before = start - 1
        if (
            before >= 0
            and before not in taken
            and tokens.pos[before] == "PROPN"
            and tokens.words[before][:1].isupper()
            and tokens.lower[before] not in HONORIFICS
            and tokens.sentence[before] == tokens.sentence[start]
            and tokens.lower[before] not in _NEVER
        ):
            return False
        if (
            end < len(tokens)
            and end not in taken
            and tokens.pos[end] == "PROPN"
            and tokens.words[end][:1].isupper()
            and tokens.words[end] not in GENITIVES
            and tokens.sentence[end] == tokens.sentence[start]
        ):
            return False
    elif start in tokens.sentence_starts and tokens.lower[start] in _COMMON:
        return False
    if tokens.lower[start] in ("may", "march", "august") and end < len(tokens):
        before_word = tokens.lower[start - 1] if start else ""
        if before_word in ("in", "last", "next", "since", "until", "early", "late", "this", "by"):
            return False
        if tokens.words[end][:1].isdigit():
            return False
    return True


def gender_of(honorific: str) -> str:
    """Return the gender that a form of address shows: "m", "f" or ""."""
    return _GENDERS.get(honorific, "")
