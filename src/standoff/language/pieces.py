"""Words to word-pieces: the encoder's input ids and where each word starts among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import attrs
import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from standoff.errors import ModelError

#: A word longer than this many pieces (a URL, a base64 blob) keeps only its first ones. Eight
#: covers all but 0.01 % of the words of the treebanks; raising it costs time on junk only.
MAX_PIECES_PER_WORD = 8

#: BERT has 512 positions; two go to [CLS] and [SEP].
MAX_PIECES = 510

#: A longer form is cut before the tokenizer sees it, so that 20 MB without a blank stay cheap.
_MAX_FORM = 100


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
def _tokenizer() -> Tokenizer:
    text = files("standoff.language").joinpath("data", "tokenizer.json").read_text("utf-8")
    tokenizer = Tokenizer.from_str(text)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def special(token: str) -> int:
    """Return the id of a special token such as ``[CLS]``."""
    found = _tokenizer().token_to_id(token)
    if found is None:
        raise ModelError(f"the tokenizer has no {token}; reinstall standoff")
    return found


@lru_cache(maxsize=200_000)
def word_pieces(form: str) -> tuple[int, ...]:
    """Return the piece ids of one word: at least one, at most `MAX_PIECES_PER_WORD`."""
    ids = _tokenizer().encode(form[:_MAX_FORM], add_special_tokens=False).ids
    return tuple(ids[:MAX_PIECES_PER_WORD]) or (special("[UNK]"),)


def count(words: Sequence[str]) -> int:
    """Return how many pieces a sentence has, [CLS] and [SEP] included."""
    return 2 + sum(len(word_pieces(word)) for word in words)


def batch(sentences: Sequence[Sequence[str]]) -> Batch:
    """Return the padded inputs of `sentences` (each a list of words that fits `MAX_PIECES`)."""
    cls, sep = special("[CLS]"), special("[SEP]")
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
