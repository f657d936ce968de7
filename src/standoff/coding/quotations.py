"""Quoted stretches of a document and who speaks them.

A quotation belongs to the speech cue of the sentence that it opens in; where that sentence has
none ("... What remains is a reply."), the quotation goes on from the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from spacy.tokens import Doc, Span, Token

from standoff.coding import clauses
from standoff.coding.lexicon import lexicon

#: A quoted stretch of fewer words ("no-fly" zone) is a scare quote or a term, not a statement.
MIN_WORDS = 3


@attrs.frozen(eq=False)
class Quotation:
    """Tokens `start` to `end` (end-exclusive, marks left out), the cue, and the speakers' ids."""

    start: int
    end: int
    cue: Token | None = None
    subject: Token | None = None
    speakers: tuple[str, ...] = ()


def attribute(
    doc: Doc, spans: Sequence[tuple[int, int]], resolve: Callable[[Token], list[str]]
) -> list[Quotation]:
    """Return the quotations with their cue, the cue's subject and the actors it resolves to."""
    out: list[Quotation] = []
    for start, end in spans:
        cue, subject = _attributed(doc, start, end)
        if cue is None:
            cue = cue_of(doc, start, end)
            subject = clauses.speaker(cue) if cue is not None else None
        speakers = tuple(resolve(subject)) if subject is not None else ()
        if cue is None and out and _goes_on(doc, out[-1], start):
            cue, subject, speakers = out[-1].cue, out[-1].subject, out[-1].speakers
        out.append(Quotation(start, end, cue, subject, speakers))
    for k in range(len(out) - 2, -1, -1):
        # "“We came.⏎⏎“We saw,” he said": the first paragraph's speaker is named after the second.
        if out[k].cue is None and _goes_on(doc, out[k + 1], out[k].end, before=True):
            later = out[k + 1]
            out[k] = attrs.evolve(
                out[k], cue=later.cue, subject=later.subject, speakers=later.speakers
            )
    return out


def _attributed(doc: Doc, start: int, end: int) -> tuple[Token | None, Token | None]:
    """Return the cue and the speaker that the attribution head gives a quotation."""
    for each in doc._.attributions:
        if each.source is not None and any(
            part.start < end and start < part.end for part in each.contents
        ):
            return each.cue.root, clauses.antecedent(each.source.root, each.source.root.head)
    return None, None


def cue_of(doc: Doc, start: int, end: int) -> Token | None:
    """Return the speech cue outside the quotation in its first or last sentence; verbs first."""
    sentences: list[Span] = [doc[start].sent]
    if doc[end - 1].sent.start != sentences[0].start:
        sentences.append(doc[end - 1].sent)
    before = start - 2
    if not _words_outside(sentences[0], start, end) and before >= 0 and doc[before].text == ":":
        sentences.append(doc[before].sent)
    for sentence in sentences:
        cues = [
            token
            for token in sentence
            if not start <= token.i < end
            and lexicon().stance(token)
            and (token.pos_ == "VERB" or token.pos_ == "NOUN")
        ]
        if cues:
            return min(cues, key=lambda t: (t.pos_ != "VERB", _distance(t, start, end)))
    return None


def _words_outside(sentence: Span, start: int, end: int) -> bool:
    return any(t.is_alpha and not start <= t.i < end for t in sentence)


def _distance(token: Token, start: int, end: int) -> int:
    return start - token.i if token.i < start else token.i - end


def _goes_on(doc: Doc, other: Quotation, edge: int, *, before: bool = False) -> bool:
    """Tell whether only marks and blanks lie between a quotation with a cue and `edge`.

    `edge` is where the one that goes on starts, or, with `before`, where the one before ends.
    """
    between = doc[edge : other.start] if before else doc[other.end : edge]
    return other.cue is not None and not any(t.is_alpha for t in between)
