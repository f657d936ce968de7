"""Where sentences end: rules on tokens, for news prose.

A boundary needs three things: an end mark (with the quotes and brackets that close after it),
a next token that may open a sentence, and no abbreviation that makes the full stop ambiguous.
Blank lines always part; single line breaks do where the text is not hard-wrapped.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise

import attrs
import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

#: The component's name among spaCy's factories.
NAME = "standoff_sentences"

_END = frozenset(".!?…。！？")
_CLOSING = frozenset("\"'”’»)]}")
_OPENING = frozenset("\"'“‘«([{—–-•*")

_DASHES = frozenset({"—", "–", "--", "-"})

#: Tokens that a dateline may have before its agency: place, province, date.
_DATELINE = 14

#: The parser's scores grow with the square of the length, and no sentence of the treebanks has
#: more than 160 words; a longer one is cut at its last comma or semicolon before this many.
MAX_WORDS = 150


@attrs.frozen
class Abbreviations:
    """Words that a full stop does not end, lower-case and without it, and sentence openers."""

    titles: frozenset[str]
    others: frozenset[str]
    openers: frozenset[str]


@cache
def abbreviations() -> Abbreviations:
    """Return the table ``data/abbreviations.toml``."""
    text = files("standoff.language").joinpath("data", "abbreviations.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Abbreviations(*(frozenset(table[name]) for name in ("titles", "others", "openers")))


@Language.component(NAME, assigns=["token.is_sent_start"])
def split(doc: Doc) -> Doc:
    """Mark every token as a sentence start or not, unless the caller has done so."""
    if doc.has_annotation("SENT_START") or not len(doc):
        return doc
    wrapped = is_wrapped(doc.text)
    starts = [False] * len(doc)
    starts[0] = True
    for i in range(1, len(doc)):
        starts[i] = _starts(doc, i, wrapped)
    _cut_long(doc, starts)
    return mark(doc, starts)


def mark(doc: Doc, starts: list[bool]) -> Doc:
    """Set for each token whether it starts a sentence, and return the document.

    spaCy's code for "starts a sentence" is 1, for "does not" -1; one array costs far less than
    setting each token.
    """
    codes = np.where(np.array(starts), 1, -1).astype(np.int64).view(np.uint64)
    doc.from_array(["SENT_START"], codes.reshape(-1, 1))  # type: ignore[arg-type]
    return doc


def is_wrapped(text: str) -> bool:
    """Tell whether single line breaks are mere wrapping: most lines long, few ending a sentence."""
    lines = [line.rstrip() for line in text.split("\n")]
    inner = [a for a, b in pairwise(lines) if a and b]
    if len(inner) < 3:
        return False
    ended = sum(line[-1] in _END or line[-1] in _CLOSING for line in inner)
    return ended < len(inner) / 2 and max(map(len, inner)) <= 120


def _starts(doc: Doc, i: int, wrapped: bool) -> bool:
    """Tell whether a sentence starts at token `i`."""
    previous = doc[i - 1]
    if doc[i].is_space:
        return False
    if previous.is_space:
        breaks = previous.text.count("\n")
        if breaks > 1 or (breaks == 1 and not wrapped):
            return True
    end = _last_visible(doc, i)
    if end is None:
        return False
    if _ends_dateline(doc, end, wrapped):
        return True
    while end > 0 and _closes(doc, end):
        end -= 1
    mark = doc[end]
    if mark.text[-1] not in _END or not _may_open(
        doc, i, spaced=bool(doc[i - 1].whitespace_) or previous.is_space
    ):
        return False
    return not _abbreviates(doc, end, i)


def _ends_dateline(doc: Doc, dash: int, wrapped: bool) -> bool:
    """Tell whether a dash closes a dateline: "GENEVA, May 3 (Agency) —" at the head of a line.

    A dateline is no part of the sentence after it: its date is not when things happened.
    """
    if doc[dash].text not in _DASHES or dash < 1:
        return False
    agency = doc[dash - 1].text == ")"
    dated = False
    for k in range(dash - 1, max(-1, dash - 1 - _DATELINE), -1):
        dated = dated or doc[k].is_digit
        if k == 0 or (doc[k - 1].is_space and "\n" in doc[k - 1].text):
            # A place in capitals, or a date and an agency: one sign alone may be anything.
            signs = (agency, dated, doc[k].is_upper and len(doc[k]) > 2)
            return sum(signs) > 1 and (not wrapped or k == 0 or doc[k - 1].text.count("\n") > 1)
        if doc[k].text[-1] in "!?”":
            return False
    return False


def _last_visible(doc: Doc, i: int) -> int | None:
    for k in range(i - 1, max(-1, i - 4), -1):
        if not doc[k].is_space:
            return k
    return None


def _closes(doc: Doc, k: int) -> bool:
    """Tell whether token `k` closes a quotation or bracket after an end mark."""
    token = doc[k]
    if len(token.text) > 2 or any(char not in _CLOSING for char in token.text):
        return False
    # A straight quote opens where a blank stands before it.
    return not (k and doc[k - 1].whitespace_)


def _may_open(doc: Doc, i: int, *, spaced: bool) -> bool:
    """Tell whether token `i` can be the first of a sentence."""
    text = doc[i].text
    first = text[0]
    if text in {"’s", "'s"} or not spaced:
        return False
    if first in _OPENING:
        following = doc[i + 1].text[0] if i + 1 < len(doc) else " "
        return following.isupper() or following.isdigit() or following in "[(“‘"
    # Scripts without case open sentences too.
    return first.isupper() or first.isdigit() or not (first.isascii() or first.islower())


def _abbreviates(doc: Doc, end: int, i: int) -> bool:
    """Tell whether the full stop at `end` belongs to an abbreviation that goes on at `i`."""
    mark = doc[end]
    if mark.text[-1] != ".":
        return False
    if mark.text == "." and end and not doc[end - 1].whitespace_:
        word = doc[end - 1].text
    elif mark.text.strip(".") == "":
        return False
    else:
        word = mark.text[:-1]
    table = abbreviations()
    lower = word.lower()
    if lower in table.titles:
        return True
    initial = len(word) == 1 and word.isupper()
    dotted = "." in word
    if not (lower in table.others or initial or dotted):
        return False
    return not _opens_surely(doc[i], table)


def _opens_surely(token: Token, table: Abbreviations) -> bool:
    """Tell whether a capitalised function word or an opening quote makes a new sentence likely."""
    return token.text in table.openers or token.text[0] in '“"‘'


def _cut_long(doc: Doc, starts: list[bool]) -> None:
    """Add boundaries inside sentences longer than `MAX_WORDS`."""
    since, comma = 0, 0
    for i in range(len(doc)):
        if starts[i]:
            since, comma = i, 0
        elif i - since >= MAX_WORDS:
            since = comma if comma > since else i
            starts[since] = True
            comma = 0
        if doc[i].text in {",", ";", ":"} and i + 1 < len(doc):
            comma = i + 1
