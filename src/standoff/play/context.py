"""What reports say beside events: quotations, conditions, reasons, the terms of agreements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from standoff.play.parties import Parties
from standoff.record import Document, Record, Span, Statement
from standoff.store import sides
from standoff.store.model import Account

_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[A-Z“\"‘'(\[])|\n+")
_REASON = re.compile(
    r"\b(reasons?|because|due to|owing to|citing|over|on the grounds?|blam\w+)\b", re.IGNORECASE
)
_TERMS = re.compile(
    r"^(Under|In|By|According to)?\s*(the|this|that)\s+(\w+\s+)?"
    r"(agreement|accord|deal|pact|treaty|truce|ceasefire|memorandum|text|document|declaration)\b",
    re.IGNORECASE,
)
#: Sentences behind the one that tells of an event in which its reason or its terms are told.
_FOLLOWING = 4


@attrs.frozen
class Words:
    """Some words of a report with the sentence that they stand in, and whose they are.

    For a condition, `span` is what holds, `cue` ties it to the words `other`; for a statement,
    `other` is the id of whom it is made to.
    """

    document: Document
    span: Span
    sentence: Span
    speaker: str | None = None
    words: str | None = None
    via: str | None = None
    cue: str | None = None
    other: str | None = None


class Context:
    """The records of some reports, the newest first, asked for what stands beside their events."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.document.id: record for record in records}
        self._ids = {id_: sides.shared_ids(record.actors) for id_, record in self._records.items()}

    def statements(self, parties: Parties) -> list[Words]:
        """Return what the parties' people are quoted as saying, in their own words, newest first.

        Of what one said in a report to the same, through the same outlet, the longest is given.
        """
        found: dict[tuple[str, str], Words] = {}
        for record in self._records.values():
            for statement in record.statements:
                words = self._words(record, statement)
                if words is None or words.speaker is None:
                    continue
                if statement.kind == "indirect" and statement.addressee is None:
                    continue
                if parties.side(words.speaker) not in parties.ids:
                    continue
                addressee = statement.addressee
                if addressee is not None:
                    ids = self._ids[record.document.id]
                    words = attrs.evolve(words, other=ids.get(addressee, addressee))
                key = record.document.id, f"{words.speaker} {words.via} {words.other}"
                if key not in found or len(words.span.text) > len(found[key].span.text):
                    found[key] = words
        return list(found.values())

    def conditions(self, parties: Parties) -> list[Words]:
        """Return what the parties tie to what, the newest report first."""
        found = []
        for record in self._records.values():
            ids = self._ids[record.document.id]
            for condition in record.conditions:
                actor = condition.actor or _speaker(record, condition.consequent)
                actor = ids.get(actor, actor) if actor else None
                if actor is not None and parties.side(actor) not in parties.ids:
                    continue
                sentence = _sentence(record.document.text, condition.consequent)
                found.append(
                    Words(
                        record.document, condition.consequent, sentence, actor, "it is said",
                        None, condition.relation, condition.condition.text,
                    )
                )  # fmt: skip
        return found

    def reasons(self, accounts: Sequence[Account]) -> list[Words]:
        """Return what is said to be the reason of an event, in the sentences that follow it."""
        found: dict[tuple[str, int], Words] = {}
        for account in accounts:
            record = self._records.get(account.document)
            if record is None:
                continue
            near = list(_following(record.document.text, account.sentence[1]))
            for statement in record.statements:
                words = self._words(record, statement)
                if words is None or not any(_within(words.span, span) for span in near):
                    continue
                before = words.sentence.text[: words.span.start - words.sentence.start]
                if _REASON.search(before):
                    found[record.document.id, words.span.start] = words
        return list(found.values())

    def terms(self, accounts: Sequence[Account]) -> list[Words]:
        """Return the sentences behind an agreement that say what it holds."""
        found: dict[tuple[str, int], Words] = {}
        for account in accounts:
            record = self._records.get(account.document)
            if record is None:
                continue
            for span in _following(record.document.text, account.sentence[1]):
                if _TERMS.search(span.text):
                    words = Words(record.document, span, span)
                    found.setdefault((record.document.id, span.start), words)
        return list(found.values())

    def sentence(self, document: str, span: Span) -> Span | None:
        """Return the sentence of a report around some words, None where the report is not here."""
        record = self._records.get(document)
        return None if record is None else _sentence(record.document.text, span)

    def _words(self, record: Record, statement: Statement) -> Words | None:
        if not statement.content:
            return None
        ids = self._ids[record.document.id]
        text = record.document.text
        span = Span.of(text, statement.content[0].start, statement.content[-1].end)
        return Words(
            record.document,
            span,
            _sentence(text, span),
            ids.get(statement.speaker, statement.speaker) if statement.speaker else None,
            statement.speaker_span.text if statement.speaker_span else None,
            ids.get(statement.via, statement.via) if statement.via else None,
            statement.cue.text if statement.cue else None,
        )


def _sentence(text: str, span: Span) -> Span:
    """Return the sentence around some words, or the sentences from their first to their last."""
    start = 0
    for match in _END.finditer(text):
        if match.end() <= span.start:
            start = match.end()
        elif match.end() >= span.end:
            return Span.of(text, start, len(text[: match.end()].rstrip()))
    return Span.of(text, start, len(text))


def _following(text: str, end: int) -> Iterator[Span]:
    start = end
    count = 0
    for match in _END.finditer(text, end):
        if text[start : match.start()].strip():
            yield Span.of(text, start, match.start())
            count += 1
        start = match.end()
        if count == _FOLLOWING:
            return
    if text[start:].strip():
        yield Span.of(text, start, len(text))


def _speaker(record: Record, span: Span) -> str | None:
    """Return who is quoted with some words."""
    return next(
        (s.speaker for s in record.statements if any(_within(span, part) for part in s.content)),
        None,
    )


def _within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end
