"""Ten reports of our own against the events that an analyst read out of them beforehand.

An event is found when its type and the countries of both parties are among those that an entry
allows; each entry counts once, a second event like it is one too many. Among several that fit, the
one with the entry's words is taken. Status and date are counted over the events found; a date is
right when it is among those that the entry allows, or is missing where the entry has none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import standoff
from standoff.record import Event, Record

from . import sample
from .scores import percent

FOLDER = Path(__file__).parent / "gold" / "reports"


def measure() -> dict[str, Any]:
    """Return precision, recall, F1, and how often status and date are right, in per cent."""
    found = status = date = given = wanted = 0
    reports = {}
    for gold in sorted(FOLDER.glob("*.toml")):
        reading = tomllib.loads(gold.read_text("utf-8"))
        record = standoff.read(gold.with_suffix(".txt"), date=reading["published"])
        pairs = list(matches(record, reading["event"]))
        found, given = found + len(pairs), given + len(record.events)
        wanted += len(reading["event"])
        status += sum(event.status in entry["status"] for event, entry in pairs)
        date += sum(dated(event, entry) for event, entry in pairs)
        held = {id(event) for event, _ in pairs}
        kept = {entry["id"] for _, entry in pairs}
        reports[gold.stem] = {
            "found": len(pairs),
            "given": len(record.events),
            "gold": len(reading["event"]),
            "wrong": [sample.line(record, e) for e in record.events if id(e) not in held],
            "missed": [entry["id"] for entry in reading["event"] if entry["id"] not in kept],
        }
    return {
        "precision": percent(found, given),
        "recall": percent(found, wanted),
        "f1": percent(2 * found, given + wanted),
        "status": percent(status, found),
        "date": percent(date, found),
        "events": given,
        "gold": wanted,
        "reports": reports,
    }


def matches(
    record: Record, entries: Sequence[dict[str, Any]]
) -> Iterator[tuple[Event, dict[str, Any]]]:
    """Yield events with the entries that they are, those with an entry's words first."""
    left = list(entries)
    taken: set[int] = set()
    for by_words in (True, False):
        for event in record.events:
            if id(event) in taken:
                continue
            for entry in left:
                worded = sample.names(event, entry) or not by_words
                if worded and sample.parties_fit(record, event, entry):
                    taken.add(id(event))
                    left.remove(entry)
                    yield event, entry
                    break


def dated(event: Event, entry: dict[str, Any]) -> bool:
    """Tell whether an event has a time that its entry allows."""
    return (event.time.value in entry["date"]) if event.time else not entry["date"]
