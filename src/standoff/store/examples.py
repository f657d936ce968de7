"""Human decisions as training examples, in the form of the project's own codebook.

One row a sentence: its text with numbered brackets around predicates and parties, and what each
predicate denotes; ``NONE`` where a coder rejected the event. `training/codebook/README.md`
describes the form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from standoff.record import Record, Span
from standoff.store import queries, reading, schema, sides
from standoff.store.model import Account

#: What the machine read and nobody looked at is no example.
_DECIDED = ("accepted", "corrected", "rejected")


def examples(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield a row for each sentence in which a human decided on an event."""
    decided = schema.account.c.review.in_(_DECIDED)
    by_sentence: defaultdict[tuple[str, tuple[int, int]], list[Account]] = defaultdict(list)
    for account in queries.fetched(connection, queries.ACCOUNT.where(decided)):
        by_sentence[account.document, account.sentence].append(account)
    number = 0
    for (document, sentence), accounts in sorted(by_sentence.items()):
        record = reading.record(connection, document)
        row = _row(record, sentence, sorted(accounts, key=lambda a: a.anchor))
        if row is not None:
            yield {"id": number, "document": document, **row}
            number += 1


def _row(
    record: Record, sentence: tuple[int, int], accounts: list[Account]
) -> dict[str, Any] | None:
    start, end = sentence
    denoting = {account.anchor for account in accounts if account.review != "rejected"}
    marked: dict[tuple[int, int], int] = {}

    def number(span: Span) -> int | None:
        place = (span.start, span.end)
        if not start <= place[0] < place[1] <= end or _crosses(place, marked):
            return None
        return marked.setdefault(place, len(marked) + 1)

    events = []
    for account in accounts:
        if account.review == "rejected" and account.anchor in denoting:
            # The words do tell of an event, only not of this one.
            continue
        predicate = number(account.anchor)
        if predicate is None:
            continue
        if account.review == "rejected":
            events.append({"predicate": predicate, "type": "NONE"})
            continue
        numbers = {
            name: found
            for name in ("source", "target")
            if (found := _numbers(map(number, _words(record, account, name))))
        }
        events.append(
            {
                "predicate": predicate,
                **numbers,
                "type": account.type,
                **({"mode": account.mode} if account.mode else {}),
                "contexts": list(account.contexts),
                "status": account.status,
            }
        )
    text = _bracketed(record.document.text, sentence, marked)
    return {"text": text, "events": events} if events else None


def _numbers(found: Iterable[int | None]) -> list[int]:
    return [number for number in dict.fromkeys(found) if number is not None]


def _words(record: Record, account: Account, side: str) -> tuple[Span, ...]:
    """Return the words for a party: the reader's, unless a human corrected whom they stand for.

    Those of a party that a human named are the mention of it in the sentence that is nearest to the
    predicate.
    """
    ids = sides.shared_ids(record.actors)
    parties = getattr(account, side)
    for event in record.events:
        read = dict.fromkeys(ids.get(actor, actor) for actor in getattr(event, side))
        if event.id == account.local and tuple(read) == parties:
            return tuple(getattr(event, f"{side}_spans"))
    start, end = account.sentence
    nearest = []
    for party in parties:
        spans = [
            span
            for actor in record.actors
            if ids[actor.id] == party
            for span in actor.mentions
            if start <= span.start and span.end <= end
        ]
        if spans:
            nearest.append(min(spans, key=lambda s: abs(s.start - account.anchor.start)))
    return tuple(nearest)


def _crosses(place: tuple[int, int], marked: dict[tuple[int, int], int]) -> bool:
    """Tell whether a span overlaps another without holding it or lying in it."""
    a, b = place
    return any(s < a < e < b or a < s < b < e for s, e in marked)


def _bracketed(text: str, sentence: tuple[int, int], marked: dict[tuple[int, int], int]) -> str:
    opens: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    closes: defaultdict[int, int] = defaultdict(int)
    for (start, end), number in marked.items():
        opens[start].append((-end, number))
        closes[end] += 1
    parts = []
    for place in range(sentence[0], sentence[1] + 1):
        parts.append("]" * closes[place])
        parts += [f"[{number} " for _, number in sorted(opens[place])]
        if place < sentence[1]:
            # Brackets of the text's own would be read as ours.
            parts.append({"[": "(", "]": ")"}.get(text[place], text[place]))
    return "".join(parts)
