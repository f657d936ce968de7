"""The sample report against the analyst's reading: which events are right, wrong, or missing, and
which statements have the right speaker.

An event is right when its type, the countries of both parties and its status are among those
that the reading allows, and its words are those of that entry. Each entry counts once: a second
event that fits the same entry is a repetition and counts as wrong.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import standoff
from standoff.record import Event, Record

GOLD = Path(__file__).parent / "gold" / "us-north-korean-talks.toml"
PUBLISHED = "2018-11-09"


def measure(examples: Path) -> dict[str, Any]:
    """Return the entries found, the wrong events and the entries missed."""
    record = standoff.read(examples / "us-north-korean-talks.txt", date=PUBLISHED)
    reading = tomllib.loads(GOLD.read_text("utf-8"))
    gold = reading["event"]
    found: dict[str, Event] = {}
    wrong: list[Event] = []
    for event in record.events:
        entry = next((g for g in gold if g["id"] not in found and fits(record, event, g)), None)
        if entry is None:
            wrong.append(event)
        else:
            found[entry["id"]] = event
    return {
        "right": len(found),
        "wrong": len(wrong),
        "gold": len(gold),
        "found": {name: line(record, event) for name, event in found.items()},
        "wrong_events": [line(record, event) for event in wrong],
        "missed": [g["id"] for g in gold if g["id"] not in found],
        **statements(record, reading["statement"]),
    }


def statements(record: Record, gold: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how many statements of the reading have their speaker, and what was found of each."""
    rows = {}
    right = channels = 0
    for entry in gold:
        held = [s for s in record.statements if any(entry["words"] in c.text for c in s.content)]
        said = [s for s in held if (s.speaker or "").startswith(tuple(entry["speaker"]))]
        right += bool(said)
        channels += bool(said) and "via" in entry and said[0].via == entry["via"]
        rows[entry["id"]] = [
            f"{s.speaker or '?'} via {s.via}: {s.cue.text if s.cue else '-'} ({s.kind})"
            for s in said or held
        ]
    return {
        "statements_right": right,
        "statements_gold": len(gold),
        "channels_right": channels,
        "channels_gold": sum("via" in entry for entry in gold),
        "statements": rows,
    }


def fits(record: Record, event: Event, entry: dict[str, Any]) -> bool:
    """Tell whether an event is the entry's."""
    return (
        event.status in entry["status"]
        and names(event, entry)
        and parties_fit(record, event, entry)
    )


def names(event: Event, entry: dict[str, Any]) -> bool:
    """Tell whether the words of an event are the entry's."""
    words = [event.anchor.text, *(m.text for m in event.mentions)]
    return any(word in text for word in entry["words"] for text in words)


def parties_fit(record: Record, event: Event, entry: dict[str, Any]) -> bool:
    """Tell whether an event has a type, and the countries of both parties, that an entry allows."""
    if event.type not in entry["type"]:
        return False
    source, target = countries(record, event.source), countries(record, event.target)
    joint = set(entry["source"]) == set(entry["target"]) and len(entry["source"]) > 1
    if joint or entry.get("one_sided"):
        if source | target == set(entry["source"]) | (set(entry["target"]) - {""}):
            return True
        if not entry.get("one_sided"):
            return False
    return _side(source, entry["source"]) and _side(target, entry["target"])


def _side(found: set[str], allowed: list[str]) -> bool:
    if not found:
        return "" in allowed
    return found <= {name for value in allowed for name in value.split(";")}


def countries(record: Record, ids: tuple[str, ...]) -> set[str]:
    """Return the countries of actors; a body without one stands for itself."""
    return {record.actor(id_).country or id_.split(".")[-1] for id_ in ids}


def line(record: Record, event: Event) -> str:
    """Return an event in one line."""
    return (
        f"{event.type} {'+'.join(event.source) or '-'} > {'+'.join(event.target) or '-'} "
        f"[{event.status}] {event.time.value if event.time else '?'} «{event.anchor.text}» "
        f"{event.confidence} by {[a.actor or a.text for a in event.said_by]}"
    )
