"""The brief of the sample report against what an analyst reads out of it.

Each point of ``gold/brief.toml`` is told when a line of one of its sections, with its notes, has
its words, and a sentence that the line or one of its notes cites has the words that it should rest
on.
"""

from __future__ import annotations

import datetime
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import standoff
from standoff.play.lines import Brief, Line
from standoff.play.pages import brief_of
from standoff.store import Store

from . import sample

GOLD = Path(__file__).parent / "gold" / "brief.toml"


def measure(examples: Path) -> dict[str, Any]:
    """Return the points told and missed, and how many lines there are."""
    points = tomllib.loads(GOLD.read_text("utf-8"))["point"]
    record = standoff.read(examples / "us-north-korean-talks.txt", date=sample.PUBLISHED)
    with tempfile.TemporaryDirectory() as folder, Store.create(f"{folder}/s.db") as store:
        store.add(record)
        made = brief_of(store, ("USA", "PRK"), datetime.date.fromisoformat(sample.PUBLISHED))
    told = [point["id"] for point in points if _told(made, point)]
    return {
        "told": len(told),
        "points": len(points),
        "missed": [point["id"] for point in points if point["id"] not in told],
        "lines": sum(len(section.lines) for section in made.sections),
    }


def _told(brief: Brief, point: dict[str, Any]) -> bool:
    return any(
        _fits(brief, line, point)
        for section in brief.sections
        if section.title in point["section"]
        for line in section.lines
    )


def _fits(brief: Brief, line: Line, point: dict[str, Any]) -> bool:
    text = " ".join((line.text, *(note.text for note in line.notes))).lower()
    if not all(word.lower() in text for word in point["words"]):
        return False
    numbers = {*line.citations, *(n for note in line.notes for n in note.citations)}
    cited = " ".join(c.span.text for c in brief.citations if c.number in numbers).lower()
    return all(word.lower() in cited for word in point.get("cited", ()))
