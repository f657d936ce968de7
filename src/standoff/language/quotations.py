"""Stretches of a text between quotation marks."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

OPEN, CLOSE, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')

#: A quotation that has not closed after this many words has lost its closing mark.
MAX_WORDS = 250


def stretches(doc: Doc) -> list[tuple[int, int]]:
    """Return (start, end) of the tokens between quotation marks, the marks left out."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for place in _marks(doc):
        token = doc[place]
        mark = token.text
        if opened is not None and token.i - opened > MAX_WORDS:
            opened = None
        if mark in OPEN or (mark in STRAIGHT and opened is None):
            if opened is not None and doc[token.i - 1].is_space and token.i - 1 > opened:
                # A speech over several paragraphs opens each anew and closes only the last.
                found.append((opened, token.i - 1))
            opened = token.i + 1
        elif opened is not None and (mark in CLOSE or mark in STRAIGHT):
            if token.i > opened:
                found.append((opened, token.i))
            opened = None
    return found


def _marks(doc: Doc) -> list[int]:
    """Return the places of quotation marks; to ask every token for its text would take longer."""
    ids = np.array([doc.vocab.strings[mark] for mark in sorted(OPEN | CLOSE | STRAIGHT)], np.uint64)
    places: list[int] = np.flatnonzero(np.isin(doc.to_array("ORTH"), ids)).tolist()
    return places
