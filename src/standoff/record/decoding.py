"""A record from JSON: `from_json`, the way back from `standoff.record.encoding`.

Nothing is repaired and nothing is guessed: what is not exactly of the format is refused, with the
path of the field. Keys that are not known are ignored.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import TypeVar, get_args

from standoff.errors import InvalidRecordError
from standoff.record.events import Event
from standoff.record.node import Node, shortened
from standoff.record.parts import (
    Actor,
    Aspect,
    Attribution,
    Code,
    Condition,
    Document,
    EventTypeName,
    Grain,
    Interval,
    ModelInfo,
    Place,
    Quantity,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    Time,
)

R = TypeVar("R")

_EVENT_TYPES = get_args(EventTypeName)
_STATUSES = get_args(Status)
_ASPECTS = get_args(Aspect)
_STANCES = get_args(Stance)
_KINDS = get_args(StatementKind)
_GRAINS = get_args(Grain)
_QUADS = (1, 2, 3, 4)


def from_json(text: str | bytes, make: Callable[..., R]) -> R:
    """Return what `make`, the record class, makes of JSON text; see `Record.from_json`."""
    try:
        parsed = json.loads(text.removeprefix("\ufeff") if isinstance(text, str) else text)
    except ValueError as error:
        raise InvalidRecordError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise InvalidRecordError("not a record: nested too deeply") from error
    return _record(Node(parsed), make)


def _record(node: Node, make: Callable[..., R]) -> R:
    document = _document(node["document"])
    reader = _Reader(document.text)
    places = node["places"].each(reader.place)
    return make(
        document=document,
        actors=node["actors"].each(reader.actor),
        times=node["times"].each(reader.time),
        places=places,
        events=node["events"].each(functools.partial(reader.event, places=len(places))),
        statements=node["statements"].each(reader.statement),
        conditions=node["conditions"].each(reader.condition),
        model=node["model"].maybe(_model),
        software=node["software"].maybe(lambda software: software["version"].string()),
        warnings=node["warnings"].each(Node.string),
    )


def _document(node: Node) -> Document:
    document = Document(
        text=node["text"].string(),
        title=node["title"].maybe(Node.string),
        published=node["published"].maybe(Node.day),
        url=node["url"].maybe(Node.string),
        publisher=node["publisher"].maybe(Node.string),
        language=node["language"].maybe(Node.string),
    )
    if node["id"].string() != document.id:
        node["id"].fail(f"the text has the id {document.id}; it was changed, or the id was")
    return document


def _interval(node: Node) -> Interval:
    return Interval(
        value=node["value"].string(),
        grain=node["grain"].maybe(lambda grain: grain.one_of(_GRAINS)),
        start=node["from"].maybe(Node.day),
        end=node["to"].maybe(Node.day),
    )


def _attribution(node: Node) -> Attribution:
    return Attribution(
        actor=node["actor"].maybe(Node.string),
        text=node["text"].maybe(Node.string),
        cue=node["cue"].maybe(Node.string),
        stance=node["stance"].one_of(_STANCES),
        via=node["via"].maybe(Node.string),
    )


def _code(node: Node) -> Code:
    return Code(
        codebook=node["codebook"].string(),
        type=node["type"].string(),
        confidence=node["confidence"].number(),
    )


def _model(node: Node) -> ModelInfo:
    return ModelInfo(
        name=node["name"].string(),
        version=node["version"].string(),
        sha256=node["sha256"].string(),
    )


class _Reader:
    """Reads all that has offsets, and holds them against the text of the document."""

    def __init__(self, text: str) -> None:
        self._text = text

    def _offsets(self, node: Node) -> tuple[int, int]:
        start, end = node["start"].integer(), node["end"].integer()
        if not 0 <= start <= end <= len(self._text):
            node.fail(
                f"start {shortened(start)} and end {shortened(end)} are no stretch of a text of "
                f"{len(self._text)} characters"
            )
        return start, end

    def span(self, node: Node) -> Span:
        start, end = self._offsets(node)
        text = node["text"].string()
        if self._text[start:end] != text:
            node.fail(
                f"the text has {shortened(self._text[start:end])} from {start} to {end}, "
                f"not {shortened(text)}"
            )
        return Span(start, end, text)

    def actor(self, node: Node) -> Actor:
        return Actor(
            id=node["id"].string(),
            name=node["name"].string(),
            country=node["country"].maybe(Node.string),
            sectors=node["sectors"].each(Node.string),
            kind=node["kind"].maybe(Node.string),
            mentions=node["mentions"].each(self.span),
        )

    def time(self, node: Node) -> Time:
        parts = {key: node[key] for key in ("value", "grain", "from", "to")}
        known = any(part.value is not None for part in parts.values())
        return Time(span=self.span(node), interval=_interval(node) if known else None)

    def place(self, node: Node) -> Place:
        return Place(
            span=self.span(node),
            name=node["name"].string(),
            country=node["country"].maybe(Node.string),
            admin1=node["admin1"].maybe(Node.string),
            lat=node["lat"].maybe(Node.number),
            lon=node["lon"].maybe(Node.number),
            geonameid=node["geonameid"].maybe(Node.integer),
        )

    def quantity(self, node: Node) -> Quantity:
        return Quantity(
            span=self.span(node),
            value=node["value"].number(),
            unit=node["unit"].maybe(Node.string),
        )

    def event(self, node: Node, places: int) -> Event:
        place = node["place"].maybe(Node.integer)
        if place is not None and not 0 <= place < places:
            node["place"].fail(f"there is no places[{shortened(place)}]")
        return Event(
            id=node["id"].string(),
            type=node["type"].one_of(_EVENT_TYPES),
            mode=node["mode"].maybe(Node.string),
            contexts=node["contexts"].each(Node.string),
            cameo=node["cameo"].maybe(Node.string),
            quad=node["quad"].maybe(lambda quad: quad.one_of(_QUADS)),
            goldstein=node["goldstein"].maybe(Node.number),
            source=node["source"].each(Node.string),
            target=node["target"].each(Node.string),
            source_spans=node["source_spans"].each(self.span),
            target_spans=node["target_spans"].each(self.span),
            status=node["status"].one_of(_STATUSES),
            aspect=node["aspect"].maybe(lambda aspect: aspect.one_of(_ASPECTS)),
            factuality=node["factuality"].maybe(Node.number),
            time=node["time"].maybe(_interval),
            place=place,
            said_by=node["said_by"].each(_attribution),
            quantity=node["quantity"].each(self.quantity),
            codes=node["codes"].each(_code),
            anchor=self.span(node["anchor"]),
            sentence=self._offsets(node["sentence"]),
            mentions=node["mentions"].each(self.span),
            confidence=node["confidence"].maybe(Node.number),
        )

    def statement(self, node: Node) -> Statement:
        return Statement(
            id=node["id"].string(),
            speaker=node["speaker"].maybe(Node.string),
            speaker_span=node["speaker_span"].maybe(self.span),
            cue=node["cue"].maybe(self.span),
            content=node["content"].each(self.span),
            kind=node["kind"].one_of(_KINDS),
            addressee=node["addressee"].maybe(Node.string),
            via=node["via"].maybe(Node.string),
            time=node["time"].maybe(_interval),
        )

    def condition(self, node: Node) -> Condition:
        return Condition(
            id=node["id"].string(),
            actor=node["actor"].maybe(Node.string),
            relation=node["relation"].string(),
            consequent=self.span(node["consequent"]),
            condition=self.span(node["condition"]),
            consequent_event=node["consequent_event"].maybe(Node.string),
            condition_event=node["condition_event"].maybe(Node.string),
        )
