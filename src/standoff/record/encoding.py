"""A record as JSON: `to_dict` and `to_json`.

The order of the keys is the order in which the schema lists them. `standoff.record.decoding` is
the way back.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import TYPE_CHECKING, Any

from standoff.errors import InvalidRecordError

if TYPE_CHECKING:
    from standoff.record.events import Event
    from standoff.record.parts import (
        Actor,
        Attribution,
        Code,
        Condition,
        Document,
        Interval,
        ModelInfo,
        Place,
        Quantity,
        Span,
        Statement,
        Time,
    )
    from standoff.record.record import Record

# Lone surrogates cannot be written as UTF-8, and the others end a line for readers such as
# str.splitlines, which would break one object a line. JSON has an escape for each.
_TO_ESCAPE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def to_json(record: Record, *, indent: int | None = None) -> str:
    """Return `record` as JSON text that can be written as UTF-8; see `Record.to_json`."""
    try:
        text = json.dumps(to_dict(record), ensure_ascii=False, allow_nan=False, indent=indent)
    except ValueError as error:
        raise InvalidRecordError(f"the record cannot be written as JSON: {error}") from error
    if _SPLIT_PAIR.search(text) is not None:
        # Escaped, the two would be read back as the one character that they stand for.
        raise InvalidRecordError(
            "the record cannot be written as JSON: a string holds a split surrogate pair; "
            "join it with text.encode('utf-16', 'surrogatepass').decode('utf-16', 'surrogatepass')"
        )
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def to_dict(record: Record) -> dict[str, Any]:
    """Return `record` as JSON-ready values."""
    return {
        "document": _document(record.document),
        "actors": [_actor(actor) for actor in record.actors],
        "times": [_time(time) for time in record.times],
        "places": [_place(place) for place in record.places],
        "events": [_event(event) for event in record.events],
        "statements": [_statement(statement) for statement in record.statements],
        "conditions": [_condition(condition) for condition in record.conditions],
        "model": _model(record.model),
        "software": None if record.software is None else {"version": record.software},
        "warnings": list(record.warnings),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "published": _day(document.published),
        "url": document.url,
        "publisher": document.publisher,
        "language": document.language,
        "text": document.text,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _span_or_none(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else _span(span)


def _day(day: datetime.date | None) -> str | None:
    # Not day.isoformat(): for a datetime, which is a date too, that would add the hour.
    return None if day is None else datetime.date.isoformat(day)


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "value": interval.value,
        "grain": interval.grain,
        "from": _day(interval.start),
        "to": _day(interval.end),
    }


def _interval_or_none(interval: Interval | None) -> dict[str, Any] | None:
    return None if interval is None else _interval(interval)


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "kind": actor.kind,
        "mentions": [_span(mention) for mention in actor.mentions],
    }


def _time(time: Time) -> dict[str, Any]:
    if time.interval is None:
        return _span(time.span) | {"value": None, "grain": None, "from": None, "to": None}
    return _span(time.span) | _interval(time.interval)


def _place(place: Place) -> dict[str, Any]:
    return _span(place.span) | {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "source": list(event.source),
        "target": list(event.target),
        "source_spans": [_span(span) for span in event.source_spans],
        "target_spans": [_span(span) for span in event.target_spans],
        "status": event.status,
        "aspect": event.aspect,
        "factuality": event.factuality,
        "time": _interval_or_none(event.time),
        "place": event.place,
        "said_by": [_attribution(link) for link in event.said_by],
        "quantity": [_quantity(quantity) for quantity in event.quantity],
        "codes": [_code(code) for code in event.codes],
        "anchor": _span(event.anchor),
        "sentence": {"start": event.sentence[0], "end": event.sentence[1]},
        "mentions": [_span(mention) for mention in event.mentions],
        "confidence": event.confidence,
    }


def _attribution(link: Attribution) -> dict[str, Any]:
    return {
        "actor": link.actor,
        "text": link.text,
        "cue": link.cue,
        "stance": link.stance,
        "via": link.via,
    }


def _code(code: Code) -> dict[str, Any]:
    return {"codebook": code.codebook, "type": code.type, "confidence": code.confidence}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return _span(quantity.span) | {"value": quantity.value, "unit": quantity.unit}


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "speaker_span": _span_or_none(statement.speaker_span),
        "cue": _span_or_none(statement.cue),
        "content": [_span(part) for part in statement.content],
        "kind": statement.kind,
        "addressee": statement.addressee,
        "via": statement.via,
        "time": _interval_or_none(statement.time),
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.id,
        "actor": condition.actor,
        "relation": condition.relation,
        "consequent": _span(condition.consequent),
        "condition": _span(condition.condition),
        "consequent_event": condition.consequent_event,
        "condition_event": condition.condition_event,
    }


def _model(model: ModelInfo | None) -> dict[str, Any] | None:
    if model is None:
        return None
    return {"name": model.name, "version": model.version, "sha256": model.sha256}
