"""The event type between a marked source and target: probabilities over the PLOVER types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.errors import InvalidSpanError
from standoff.language import model, pipeline, sentences, tree

Offsets = tuple[int, int]

#: The label of the pair head for "these two do nothing to each other here"; not an event type.
NONE = "NONE"


def relate(text: str, source: Offsets, target: Offsets) -> dict[str, float]:
    """Return the probability of each of the 16 event types between two marked parties.

    `source` and `target` are (start, end) offsets into `text`, in code points, end-exclusive:
    who acts, and towards whom. The probabilities sum to 1 and are conditional on there being an
    event; the most probable type comes first.

    Raises:
        InvalidSpanError: a span is empty, reversed, outside the text or only white space.
    """
    _check(text, source, "source")
    _check(text, target, "target")
    nlp, shared = _pipeline(), model.shared()
    # The text is one example, however many sentences it has: the marks may stand in two of them.
    doc = nlp.make_doc(text)
    doc = nlp(sentences.mark(doc, [token.i == 0 for token in doc]))
    words = window(doc, source, target)
    roles = role_row(words, shared.roles, source=source, target=target)
    _mark_predicate(roles, words, shared.roles)
    return ranked(shared.types, shared.whole([doc._.states.of(words)], [roles])[0])


def relate_many(items: Iterable[tuple[str, Offsets, Offsets]]) -> list[dict[str, float]]:
    """Return what `relate` gives for each (text, source, target), in the order given."""
    return [relate(text, source, target) for text, source, target in items]


def _mark_predicate(roles: model.Ints, words: Sequence[Token], names: Sequence[str]) -> None:
    """Mark the word that governs both parties as the predicate, as the head was trained with."""
    place = {word.i: k for k, word in enumerate(words)}
    parents = [0 if word.head == word else place.get(word.head.i, -1) + 1 for word in words]
    source, target = (
        [k for k in range(len(words)) if roles[k + 1] == names.index(name)]
        for name in ("source", "target")
    )
    found = tree.governor(parents, source, target)
    if found is not None:
        roles[found + 1] = names.index("predicate")


def role_row(words: Sequence[Token], names: Sequence[str], **spans: Offsets) -> model.Ints:
    """Return (1 + n,): the role index of the sentence and each of its words.

    `spans` gives the offsets of each role by its name; a word has a role when it overlaps it.
    """
    row = np.zeros(1 + len(words), np.int64)
    for name, span in spans.items():
        for i, token in enumerate(words, start=1):
            if _inside(token, span):
                row[i] = names.index(name)
    return row


def ranked(types: Sequence[str], probabilities: model.Floats) -> dict[str, float]:
    """Return event types with their probability given that there is an event, best first."""
    pairs = [(t, float(p)) for t, p in zip(types, probabilities, strict=True) if t != NONE]
    total = sum(p for _, p in pairs) or 1.0
    return {t: p / total for t, p in sorted(pairs, key=lambda pair: -pair[1])}


def window(doc: Doc, source: Offsets, target: Offsets) -> list[Token]:
    """Return the words that the pair head reads: the run of the encoder that holds the source.

    Only a text too long for one pass has several; then the target may be out of sight.
    """
    runs = list(pipeline.runs_of(doc))
    held = [run for run in runs if any(_inside(token, source) for token in run)]
    both = [run for run in held if any(_inside(token, target) for token in run)]
    return (both or held or runs)[0]


def _inside(token: Token, span: Offsets) -> bool:
    return bool(token.idx < span[1] and token.idx + len(token) > span[0])


def _check(text: str, span: Offsets, name: str) -> None:
    if not (isinstance(span, tuple | list) and len(span) == 2):
        raise InvalidSpanError(f"{name}={span!r}: give offsets into the text, (start, end)")
    start, end = span
    if not 0 <= start < end <= len(text):
        raise InvalidSpanError(
            f"{name}=({start}, {end}) is no span of the text, which has {len(text)} characters; "
            "give (start, end) with 0 <= start < end <= length"
        )
    if not text[start:end].strip():
        raise InvalidSpanError(f"{name}=({start}, {end}) marks only white space")


@cache
def _pipeline() -> Language:
    return pipeline.load()
