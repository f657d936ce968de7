"""Tokens: spaCy's English tokenizer, kept from choking on runs without a blank.

It works on one blank-delimited run at a time, in time that can grow with the square of the run's
length (4,000 quotation marks in a row take seconds). Runs longer than any word or address are
therefore cut before it sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

#: Far above the longest address or chemical name in news, far below what takes noticeable time.
MAX_RUN = 400

_LONG = re.compile(rf"\S{{{MAX_RUN},}}")


class BoundedTokenizer:
    """Calls `tokenizer`, handing it overlong runs in pieces of `MAX_RUN` characters."""

    def __init__(self, vocab: Vocab, tokenizer: Any) -> None:
        self.vocab = vocab
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`; they always join back to it."""
        if _LONG.search(text) is None:
            doc: Doc = self._tokenizer(text)
            return doc
        parts = [self._tokenizer(piece) for piece in _pieces(text)]
        return Doc(
            self.vocab,
            words=[token.text for part in parts for token in part],
            spaces=[bool(token.whitespace_) for part in parts for token in part],
        )

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return the inner tokenizer's rules, as spaCy asks when it saves a pipeline."""
        return bytes(self._tokenizer.to_bytes(**kwargs))

    def from_bytes(self, data: bytes, **kwargs: Any) -> BoundedTokenizer:
        """Take over rules that `to_bytes` gave."""
        self._tokenizer.from_bytes(data, **kwargs)
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write the inner tokenizer's rules."""
        self._tokenizer.to_disk(path, **kwargs)

    def from_disk(self, path: str | Path, **kwargs: Any) -> BoundedTokenizer:
        """Take over rules that `to_disk` wrote."""
        self._tokenizer.from_disk(path, **kwargs)
        return self


def _pieces(text: str) -> Iterator[str]:
    """Yield `text` in order, overlong runs cut, everything between them whole."""
    done = 0
    for run in _LONG.finditer(text):
        if run.start() > done:
            yield text[done : run.start()]
        for start in range(run.start(), run.end(), MAX_RUN):
            yield text[start : min(start + MAX_RUN, run.end())]
        done = run.end()
    if done < len(text):
        yield text[done:]
