"""Words to word-pieces: the encoder's input ids and where each word starts among them.

The pieces are BERT's, uncased (Devlin et al. 2019; Wu et al. 2016): lower case, accents stripped,
punctuation apart, then the longest known piece again and again. It is done here, a word at a time
and cached: the library for it brings 45 MB of other packages (docs/decisions/0004). What lower case
takes from a word, its shape gives back (docs/decisions/0008).
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

#: How a word is written: without letters that have a case, in lower case, one capital letter
#: ("A", "G7"), capitals alone ("U.S.", "NATO"), with a capital first, or otherwise ("McCain").
SHAPES = ("none", "lower", "letter", "capitals", "title", "mixed")

#: BERT gives up on a longer part of a word: it becomes [UNK].
_MAX_PART = 100


@attrs.frozen(eq=False)
class Batch:
    """Padded inputs of `B` passages, `S` sentences in all.

    A passage is a row: each of its sentences stands there as BERT wants it, between [CLS], which
    is its root, and [SEP], with positions of its own. `ids`, `positions`: (B, pieces). `shapes`:
    (B, pieces), the index in `SHAPES` of the word that a piece is of.
    `sentences`: (B, pieces), the number of the sentence in its passage, -1 for padding.
    `rows`: (R,), where in the B * pieces each root and each word's first piece is, sentence after
    sentence. `grid`: (S, 1 + words), each sentence's places in `rows`, padded with 0. `lengths`:
    (S,), words a sentence.
    """

    ids: NDArray[np.int64]
    positions: NDArray[np.int64]
    shapes: NDArray[np.int64]
    sentences: NDArray[np.int64]
    rows: NDArray[np.int64]
    grid: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def feed(self) -> dict[str, NDArray[np.int64]]:
        """Return the encoder's inputs by name."""
        names = ("ids", "positions", "shapes", "sentences", "rows", "grid")
        return {name: getattr(self, name) for name in names}


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


@lru_cache(maxsize=200_000)
def shape(form: str) -> int:
    """Return the index in `SHAPES` of how a word is written."""
    capital = [char.isupper() for char in form if char.isupper() or char.islower()]
    if not capital:
        return SHAPES.index("none")
    if not any(capital):
        return SHAPES.index("lower")
    if all(capital):
        return SHAPES.index("letter" if len(capital) == 1 else "capitals")
    return SHAPES.index("title" if capital[0] and sum(capital) == 1 else "mixed")


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


def passages(counts: Sequence[int], limit: int) -> list[range]:
    """Return the runs of consecutive sentences that fit `limit` pieces, in order.

    `counts` says how many each sentence has; one with more than `limit` stands alone.
    """
    found: list[range] = []
    size = 0
    for i, more in enumerate(counts):
        if found and size + more <= limit:
            found[-1] = range(found[-1].start, i + 1)
            size += more
        else:
            found.append(range(i, i + 1))
            size = more
    return found


def batch(rows: Sequence[Sequence[Sequence[str]]]) -> Batch:
    """Return the padded inputs of passages, each a list of sentences, each a list of words."""
    cls, sep = _vocabulary()["[CLS]"], _vocabulary()["[SEP]"]
    ids: list[list[int]] = []
    positions: list[list[int]] = []
    shapes: list[list[int]] = []
    numbers: list[list[int]] = []
    starts: list[list[tuple[int, int]]] = []
    for row, passage in enumerate(rows):
        ids.append([])
        positions.append([])
        shapes.append([])
        numbers.append([])
        for number, words in enumerate(passage):
            before = len(ids[-1])
            ids[-1].append(cls)
            shapes[-1].append(0)
            start = [(row, before)]
            for word in words:
                start.append((row, len(ids[-1])))
                found = word_pieces(word)
                ids[-1].extend(found)
                shapes[-1].extend([shape(word)] * len(found))
            ids[-1].append(sep)
            shapes[-1].append(0)
            starts.append(start)
            positions[-1].extend(range(len(ids[-1]) - before))
            numbers[-1].extend([number] * (len(ids[-1]) - before))
    width = max(map(len, ids))
    lengths = np.array([len(start) for start in starts], np.int64)
    firsts = np.cumsum(lengths) - lengths
    columns = np.arange(int(lengths.max()))
    grid = np.where(columns < lengths[:, None], firsts[:, None] + columns, 0)
    return Batch(
        _padded(ids, width, 0),
        _padded(positions, width, 0),
        _padded(shapes, width, 0),
        _padded(numbers, width, -1),
        np.array([row * width + piece for start in starts for row, piece in start], np.int64),
        grid,
        lengths - 1,
    )


def _padded(rows: list[list[int]], width: int, fill: int) -> NDArray[np.int64]:
    out = np.full((len(rows), width), fill, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out
