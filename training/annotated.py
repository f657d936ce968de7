"""Sentences of our own with their events, spans written in brackets (training/codebook)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import attrs

from standoff import ontology
from standoff.errors import UnknownLabelError
from standoff.language.relations import NONE
from standoff.record.parts import Status

Offsets = tuple[int, int]

STATUSES: tuple[str, ...] = get_args(Status)
RELATIONS = (
    "if",
    "unless",
    "until",
    "before",
    "after",
    "in return for",
    "provided",
    "as long as",
    "in exchange for",
    "requires",
)

_KEYS = {"predicate", "source", "target", "type", "mode", "contexts", "status", "said", "if"}
_BRACKET = re.compile(r"\[(\d+) |\]")


class AnnotationError(ValueError):
    """A row that is not written as training/codebook/README.md says."""


@attrs.frozen
class Told:
    """One event, or the lack of one (`type` "NONE"), between spans of a passage's text."""

    type: str
    predicate: Offsets
    source: tuple[Offsets, ...] = ()
    target: tuple[Offsets, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: str | None = None
    speaker: Offsets | None = None
    cue: Offsets | None = None
    relation: str | None = None
    condition: Offsets | None = None


@attrs.frozen
class Passage:
    """A sentence or a few, with the events that it tells."""

    text: str
    told: tuple[Told, ...]


def read(path: Path) -> Iterator[Passage]:
    """Yield the passages of a file, one JSON object a line.

    Raises:
        AnnotationError: a line breaks the format; it says which and how.
    """
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            yield passage(json.loads(line))
        except KeyError as error:
            raise AnnotationError(f"{path.name}, line {number}: it lacks {error}") from error
        except (AnnotationError, UnknownLabelError, json.JSONDecodeError) as error:
            raise AnnotationError(f"{path.name}, line {number}: {error}") from error


def passage(row: dict[str, Any]) -> Passage:
    """Return what a row says; see training/codebook/README.md for its keys."""
    text, spans = unbracketed(row["text"])
    if not row.get("events"):
        raise AnnotationError("no events; a row without any wants one of type NONE")
    return Passage(text, tuple(_told(event, spans) for event in row["events"]))


def unbracketed(bracketed: str) -> tuple[str, dict[int, Offsets]]:
    """Return the text without its brackets ``[1 words]``, and where each numbered span stands."""
    text, spans = "", {}
    opened: list[tuple[int, int]] = []
    position = 0
    for match in _BRACKET.finditer(bracketed):
        text += bracketed[position : match.start()]
        position = match.end()
        if match.group(1):
            opened.append((int(match.group(1)), len(text)))
        elif opened:
            number, start = opened.pop()
            if number in spans:
                raise AnnotationError(f"span {number} stands twice")
            if start == len(text) or text[start].isspace() or text[-1].isspace():
                raise AnnotationError(f"span {number} is empty or begins or ends with a blank")
            spans[number] = (start, len(text))
        else:
            raise AnnotationError("a bracket is closed that was not opened")
    if opened:
        raise AnnotationError(f"span {opened[-1][0]} is not closed")
    return text + bracketed[position:], spans


def _told(event: dict[str, Any], spans: dict[int, Offsets]) -> Told:
    unknown = set(event) - _KEYS
    if unknown:
        raise AnnotationError(f"unknown keys {sorted(unknown)}")

    def span(number: Any) -> Offsets:
        if number not in spans:
            raise AnnotationError(f"no span {number}")
        return spans[number]

    said, condition = event.get("said") or {}, event.get("if") or {}
    if condition and condition["relation"] not in RELATIONS:
        raise AnnotationError(f"no relation {condition['relation']!r}")
    return Told(
        predicate=span(event["predicate"]),
        source=tuple(map(span, event.get("source") or ())),
        target=tuple(map(span, event.get("target") or ())),
        speaker=span(said["source"]) if said.get("source") else None,
        cue=span(said["cue"]) if said.get("cue") else None,
        relation=condition.get("relation"),
        condition=span(condition["span"]) if condition else None,
        **_labels(event),
    )


def _labels(event: dict[str, Any]) -> dict[str, Any]:
    if event["type"] == NONE:
        return {"type": NONE}
    kind = ontology.event_type(event["type"])
    mode, status = event.get("mode"), event.get("status")
    if status not in STATUSES:
        raise AnnotationError(f"no status {status!r}; one of {', '.join(STATUSES)}")
    return {
        "type": kind.name,
        "mode": ontology.mode(kind, mode).name if mode else None,
        "contexts": tuple(ontology.context(name).name for name in event.get("contexts") or ()),
        "status": status,
    }
