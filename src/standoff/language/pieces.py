"""Words to word-pieces: the encoder's input ids and where each word starts among them.

The pieces are BERT's, uncased (Devlin et al. 2019; Wu et al. 2016): lower case, accents stripped,
punctuation apart, then the longest known piece again and again. It is done here, a word at a time
and cached: the library for it brings 45 MB of other packages (docs/decisions/0004).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import attrs
import numpy as np
from numpy.typing import NDArray

#: A word longer than this many pieces (a URL, a base64 blob) keeps only its first ones. Eight
#: covers all but 0.01 % of the words of the treebanks; raising it costs time on junk only.
MAX_PIECES_PER_WORD = 8

#: BERT has 512 positions; two go to [CLS] and [SEP].
MAX_PIECES = 510

#: BERT gives up on a longer part of a word: it becomes [UNK].
_MAX_PART = 100


@attrs.frozen(eq=False)
class Batch:
    """Padded inputs of `B` sentences.

    `ids` and `mask`: (B, pieces); `starts`: (B, 1 + words), the index of each word's first
    piece, column 0 being [CLS], which stands for the root; `lengths`: (B,), words a sentence.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]


@cache
def _vocabulary() -> dict[str, int]:
    text = files("standoff.language").joinpath("data", "vocab.txt").read_text("utf-8")
    return {piece: i for i, piece in enumerate(text.split("\n")) if piece}


@lru_cache(maxsize=200_000)
def word_pieces(form: str) -> tuple[int, ...]:
    """Return the piece ids of one word: at least one, at most `MAX_PIECES_PER_WORD`."""
    ids: list[int] = []
    for part in _parts(form[:_MAX_PART]):
        ids.extend(_longest_first(part))
        if len(ids) >= MAX_PIECES_PER_WORD:
            break
    return tuple(ids[:MAX_PIECES_PER_WORD]) or (_vocabulary()["[UNK]"],)


def _parts(form: str) -> Iterator[str]:
    """Yield the runs of a word between punctuation and ideographs, and each of those alone."""
    run = ""
    for char in unicodedata.normalize("NFD", form.lower()):
        category = unicodedata.category(char)
        if (
            category == "Mn"
            or char == "\ufffd"
            or (category in {"Cc", "Cf"} and not char.isspace())
        ):
            continue
        if char.isspace() or _is_punctuation(char, category) or _is_ideograph(char):
            if run:
                yield run
            run = ""
            if not char.isspace():
                yield char
        else:
            run += char
    if run:
        yield run


def _is_punctuation(char: str, category: str) -> bool:
    return category[0] == "P" or (char.isascii() and char.isprintable() and not char.isalnum())


def _is_ideograph(char: str) -> bool:
    code = ord(char)
    return (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _longest_first(part: str) -> list[int]:
    """Return the ids of the longest known pieces from left to right; [UNK] where none fits."""
    known = _vocabulary()
    ids: list[int] = []
    start = 0
    while start < len(part):
        for end in range(len(part), start, -1):
            piece = part[start:end] if start == 0 else "##" + part[start:end]
            if piece in known:
                ids.append(known[piece])
                start = end
                break
        else:
            return [known["[UNK]"]]
    return ids


def count(words: Sequence[str]) -> int:
    """Return how many pieces a sentence has, [CLS] and [SEP] included."""
    return 2 + sum(len(word_pieces(word)) for word in words)


def batch(sentences: Sequence[Sequence[str]]) -> Batch:
    """Return the padded inputs of `sentences` (each a list of words that fits `MAX_PIECES`)."""
    cls, sep = _vocabulary()["[CLS]"], _vocabulary()["[SEP]"]
    rows: list[list[int]] = []
    starts: list[list[int]] = []
    for words in sentences:
        row, start = [cls], [0]
        for word in words:
            start.append(len(row))
            row.extend(word_pieces(word))
        row.append(sep)
        rows.append(row)
        starts.append(start)
    width, words_wide = max(map(len, rows)), max(map(len, starts))
    ids = np.zeros((len(rows), width), np.int64)
    mask = np.zeros((len(rows), width), np.int64)
    firsts = np.zeros((len(rows), words_wide), np.int64)
    for i, (row, start) in enumerate(zip(rows, starts, strict=True)):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
        firsts[i, : len(start)] = start
    return Batch(ids, mask, firsts, np.array([len(s) - 1 for s in starts], np.int64))
