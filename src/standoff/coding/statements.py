"""What somebody said: speech cues with their speaker and the spans of what was said.

First version: quotations, and clauses that a speech verb governs. A trained head takes this over.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from spacy.tokens import Token

from standoff import times
from standoff.coding import attribution, clauses
from standoff.coding.lexicon import lexicon
from standoff.coding.quotations import MIN_WORDS, Quotation
from standoff.coding.reading import Reading
from standoff.record import Span, Statement, StatementKind


def statements(reading: Reading) -> list[Statement]:
    """Return the statements of a document in text order."""
    quoted: dict[int, list[Quotation]] = {}
    for quotation in reading.quotations:
        if quotation.cue is not None and quotation.end - quotation.start >= MIN_WORDS:
            quoted.setdefault(quotation.cue.i, []).append(quotation)
    found = []
    for cue in _cues(reading, set(quoted)):
        subject = clauses.speaker(cue)
        if subject is None:
            continue
        spans = _content(reading, cue, quoted.get(cue.i, []))
        if spans:
            found.append(_statement(reading, cue, subject, spans, bool(quoted.get(cue.i))))
    return [attrs.evolve(s, id=f"s{n}") for n, s in enumerate(found, start=1)]


def _cues(reading: Reading, quoted: set[int]) -> Iterator[Token]:
    for token in reading.doc:
        if token.i in quoted or (
            token.pos_ == "VERB"
            and lexicon().stance(token)
            and (
                clauses.children(token, "ccomp")
                or (token.dep_ == "parataxis" and clauses.subject(token) is not None)
            )
        ):
            yield token


def _content(reading: Reading, cue: Token, quoted: list[Quotation]) -> list[tuple[int, int]]:
    """Return token ranges of what was said: the clause, and quotations outside of it."""
    ranges = [_extent(clause) for clause in clauses.children(cue, "ccomp")]
    if not ranges and cue.dep_ == "parataxis" and not quoted:
        inside = {t.i for t in cue.subtree}
        words = [t.i for t in cue.head.subtree if t.i not in inside and not t.is_space]
        if words:
            ranges.append((min(words), max(words) + 1))
    for quotation in quoted:
        if not any(start <= quotation.start and quotation.end <= end for start, end in ranges):
            ranges.append((quotation.start, quotation.end))
    return _merged(ranges)


def _extent(clause: Token) -> tuple[int, int]:
    words = [t.i for t in clause.subtree if not t.is_space]
    start, end = min(words), max(words) + 1
    while end - start > 1 and clause.doc[end - 1].is_punct:
        end -= 1
    while end - start > 1 and clause.doc[start].is_punct:
        start += 1
    return start, end


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _statement(
    reading: Reading, cue: Token, subject: Token, ranges: list[tuple[int, int]], quoted: bool
) -> Statement:
    document, doc = reading.document, reading.doc
    speakers = reading.parties(subject)
    words = attribution.phrase(subject)
    mention = times.attach(doc, reading.times, cue.i)
    return Statement(
        id="",
        speaker=speakers[0] if speakers else None,
        speaker_span=document.span(words.start_char, words.end_char),
        cue=document.span(cue.idx, cue.idx + len(cue)),
        content=tuple(_span(reading, a, b) for a, b in ranges),
        kind=_kind(reading, ranges, quoted),
        addressee=_addressee(reading, cue),
        via=attribution.via(reading, cue),
        time=mention.time.interval if mention else None,
    )


def _span(reading: Reading, start: int, end: int) -> Span:
    tokens = reading.doc[start:end]
    return reading.document.span(tokens.start_char, tokens.end_char)


def _kind(reading: Reading, ranges: list[tuple[int, int]], quoted: bool) -> StatementKind:
    inside = {i for q in reading.quotations for i in range(q.start, q.end)}
    words = [t.i for a, b in ranges for t in reading.doc[a:b] if t.is_alpha]
    share = sum(i in inside for i in words) / len(words) if words else 0.0
    if share > 0.95:
        return "direct"
    return "mixed" if quoted or share > 0 else "indirect"


def _addressee(reading: Reading, cue: Token) -> str | None:
    for child in cue.children:
        if child.dep_ in {"obj", "iobj"} or (child.dep_ == "obl" and "to" in clauses.cases(child)):
            for id_ in reading.parties(child, through=False):
                return id_
    return None
