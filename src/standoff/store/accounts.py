"""Accounts made from the events of a record, and rows of the database made from accounts."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Row

from standoff.errors import StoreDamagedError
from standoff.record import Attribution, Code, Event, Quantity, Record, Span, Statement
from standoff.store import outlets, sides, words
from standoff.store.model import Account, Telling, Tie

#: The day of what nothing dates: it comes before all others and is never shown.
UNDATED = datetime.date.min

_COLUMNS = (
    "id", "local", "type", "mode", "status", "aspect", "quad", "start", "end", "published",
    "outlet", "origin", "review", "confidence",
)  # fmt: skip
_DETAILS = (
    "source", "target", "source_words", "target_words", "contexts", "cameo", "goldstein",
    "factuality", "sentence_text", "value", "grain", "place", "country", "admin1", "lat", "lon",
    "geonameid",
)  # fmt: skip


def of(record: Record, original: str, publisher: str | None) -> list[Account]:
    """Return the accounts of a record's events, not yet assigned to events of the store.

    `original` is the id of the oldest document that this one copies, and `publisher` that one's.
    """
    ids = sides.shared_ids(record.actors)
    seen: dict[str, int] = {}
    made = []
    for event in record.events:
        base = f"{record.document.id} {event.anchor.start} {event.type}"
        seen[base] = seen.get(base, 0) + 1
        account = _account(record, event, ids, stable_id("a", f"{base} {seen[base]}"))
        outlet = outlets.of(account.said_by, publisher, original)
        made.append(attrs.evolve(account, original=original, outlet=outlet))
    return made


def stable_id(kind: str, of: str) -> str:
    """Return an id of 13 letters and digits that anybody makes from the same words."""
    digest = hashlib.sha256(of.encode("utf-8", "surrogatepass")).digest()
    return kind + base64.b32encode(digest).decode("ascii").lower()[:12]


def _account(record: Record, event: Event, ids: Mapping[str, str], id_: str) -> Account:
    document, time = record.document, event.time
    place = None if event.place is None else record.places[event.place]
    return Account(
        id=id_,
        event="",
        document=document.id,
        local=event.id,
        type=event.type,
        anchor=event.anchor,
        sentence=event.sentence,
        sentence_text=document.text[slice(*event.sentence)],
        source=tuple(dict.fromkeys(ids.get(a, a) for a in event.source)),
        target=tuple(dict.fromkeys(ids.get(a, a) for a in event.target)),
        source_words=_words(event.source_spans),
        target_words=_words(event.target_spans),
        mode=event.mode,
        contexts=event.contexts,
        cameo=event.cameo,
        quad=event.quad,
        goldstein=event.goldstein,
        status=event.status,
        aspect=event.aspect,
        factuality=event.factuality,
        value=time.value if time else None,
        grain=time.grain if time else None,
        start=time.start if time else None,
        end=time.end if time else None,
        place=place.name if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        geonameid=place.geonameid if place else None,
        said_by=tuple(
            attrs.evolve(
                link,
                actor=ids.get(link.actor, link.actor) if link.actor else None,
                via=ids.get(link.via, link.via) if link.via else None,
            )
            for link in event.said_by
        ),
        quantity=event.quantity,
        codes=event.codes,
        mentions=event.mentions,
        ties=_ties(record, event),
        tellings=_tellings(record, event, ids),
        denials=_denials(record, event, ids),
        confidence=event.confidence,
        published=document.published,
        publisher=document.publisher,
        url=document.url,
        title=document.title,
    )


def _ties(record: Record, event: Event) -> tuple[Tie, ...]:
    """Return the conditions on an event, or on what it says: on what one threatens or demands."""
    end, anchor = event.sentence[1], event.anchor
    return tuple(
        Tie(condition.relation, condition.consequent, condition.condition)
        for condition in record.conditions
        if condition.consequent_event == event.id
        or condition.consequent.start <= anchor.start < condition.consequent.end
        or (event.type in _SAYING and anchor.start <= condition.consequent.start < end)
    )


#: Types of acts that are words: a condition behind them is on what the words say.
_SAYING = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})


def _tellings(record: Record, event: Event, ids: Mapping[str, str]) -> tuple[Telling, ...]:
    """Return who is quoted on an event: statements that hold one of its mentions."""
    spans = (event.anchor, *event.mentions)
    text = record.document.text
    return tuple(
        _telling(text, statement, ids)
        for statement in record.statements
        if any(
            part.start <= span.start and span.end <= part.end
            for part in statement.content
            for span in spans
        )
        or (event.status == "denied" and _said_before(text, statement, event))
    )


def _said_before(text: str, statement: Statement, event: Event) -> bool:
    """Tell whether somebody is quoted, just before, with what an event's sentence denies."""
    if not statement.content:
        return False
    first, last = statement.content[0].start, statement.content[-1].end
    near = last <= event.sentence[0] <= last + _SOON
    return near and bool(words.stems(event.anchor.text) & words.stems(text[first:last]))


def _telling(text: str, statement: Statement, ids: Mapping[str, str]) -> Telling:
    return Telling(
        ids.get(statement.speaker, statement.speaker) if statement.speaker else None,
        statement.speaker_span.text if statement.speaker_span else None,
        ids.get(statement.via, statement.via) if statement.via else None,
        statement.cue.text if statement.cue else None,
        Span.of(text, statement.content[0].start, statement.content[-1].end),
    )


#: Characters between a sentence and the denial of what it says, at most.
_SOON = 250


def _denials(record: Record, event: Event, ids: Mapping[str, str]) -> tuple[Telling, ...]:
    """Return who denies an event: by its own words, or in a sentence soon behind its own."""
    text = record.document.text
    found = []
    for statement in record.statements:
        cue = statement.cue
        if cue is None or not statement.content:
            continue
        told = _telling(text, statement, ids)
        if not words.denies(cue.text, told.content.text):
            continue
        spans = (event.anchor, *event.mentions)
        own = any(told.content.start <= s.start and s.end <= told.content.end for s in spans)
        before = [e.sentence[1] for e in record.events if e.sentence[1] <= cue.start]
        last = max(before, default=-_SOON)
        if own or (
            event.sentence[1] == last
            and cue.start - last < _SOON
            and _speaks_of(told.content.text, text[slice(*event.sentence)])
        ):
            found.append(told)
    return tuple(found)


def _speaks_of(denied: str, sentence: str) -> bool:
    """Tell whether what is denied takes up a sentence: by a word of it, or by "that" or "it"."""
    said = words.stems(denied) - words.claims()
    return not said or bool(said & words.stems(sentence))


def _words(spans: Sequence[Span]) -> str | None:
    return "; ".join(span.text for span in spans) or None


def to_row(account: Account, document: int, event: int, *, pinned: bool = False) -> dict[str, Any]:
    """Return the columns of an account, to be inserted or updated."""
    row = {name: getattr(account, name) for name in _COLUMNS}
    details: dict[str, Any] = {name: getattr(account, name) for name in _DETAILS}
    details["anchor"] = account.anchor.text
    details["said_by"] = [attrs.astuple(link) for link in account.said_by]
    details["quantity"] = [
        [q.span.start, q.span.end, q.span.text, q.value, q.unit] for q in account.quantity
    ]
    details["codes"] = [attrs.astuple(code) for code in account.codes]
    details["ties"] = [[t.relation, _flat(t.consequent), _flat(t.condition)] for t in account.ties]
    for name in ("tellings", "denials"):
        details[name] = [
            [t.speaker, t.words, t.via, t.cue, _flat(t.content)] for t in getattr(account, name)
        ]
    details["mentions"] = [_flat(span) for span in account.mentions]
    kept = {name: value for name, value in details.items() if value not in (None, (), [])}
    return row | {
        "document": document,
        "event": event,
        "day": account.day or UNDATED,
        "published": account.published,
        "anchor_start": account.anchor.start,
        "anchor_end": account.anchor.end,
        "sentence_start": account.sentence[0],
        "sentence_end": account.sentence[1],
        "pinned": pinned,
        "details": json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
    }


def _told(rows: Iterable[list[Any]]) -> tuple[Telling, ...]:
    return tuple(
        Telling(speaker, named, via, cue, Span(*content))
        for speaker, named, via, cue, content in rows
    )


def _flat(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text


def from_row(row: Row[Any]) -> Account:
    """Return the account of a row that `queries.ACCOUNT` selects.

    Raises:
        StoreDamagedError: its columns do not make one.
    """
    try:
        return _from_row(row, json.loads(row.details))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreDamagedError(
            f"account {row.id} of document {row.document_id} cannot be read ({error!r}); "
            "restore a backup"
        ) from error


def _from_row(row: Row[Any], details: dict[str, Any]) -> Account:
    names: dict[str, Any] = {name: details.get(name) for name in _DETAILS}
    names["sentence_text"] = names["sentence_text"] or ""
    for name in ("source", "target", "contexts"):
        names[name] = tuple(names[name] or ())
    return Account(
        **names,
        **{name: getattr(row, name) for name in _COLUMNS},
        event=row.event_id,
        document=row.document_id,
        anchor=Span(row.anchor_start, row.anchor_end, details["anchor"]),
        sentence=(row.sentence_start, row.sentence_end),
        said_by=tuple(Attribution(*link) for link in details.get("said_by", ())),
        quantity=tuple(
            Quantity(Span(start, end, text), value, unit)
            for start, end, text, value, unit in details.get("quantity", ())
        ),
        codes=tuple(Code(*code) for code in details.get("codes", ())),
        mentions=tuple(Span(*mention) for mention in details.get("mentions", ())),
        ties=tuple(
            Tie(relation, Span(*consequent), Span(*condition))
            for relation, consequent, condition in details.get("ties", ())
        ),
        tellings=_told(details.get("tellings", ())),
        denials=_told(details.get("denials", ())),
        publisher=row.publisher,
        url=row.url,
        title=row.title,
        original=row.original_id or row.document_id,
    )
