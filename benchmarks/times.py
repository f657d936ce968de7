"""Times on news and war narratives: TempEval-3's scores for spans and values.

Relaxed: a found span overlaps a marked one, each counted once; strict: it is the same. Value: the
share of relaxed matches whose `value` is equal, times the relaxed F1 (UzZaman et al. 2013, section
4.2). The document's own date is given, not looked for. A range ("1861-1863")
is one time to us and two to TimeML: it counts as its two ends.

The sets are not of one hand: some write 1952-XX for 1952, 199X for 199, W7 for W07. `value_f1`
wants the very string; `meaning_f1` lets these pass.
"""

from __future__ import annotations

import datetime
import re
import tarfile
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import attrs
from spacy.tokens import Doc

from standoff import times
from standoff.language import pipeline
from standoff.record import Time

#: The sets by the archive that holds them, and the folder in it.
SETS = {
    "timebank": ("tempeval3_train.tar.gz", "TimeBank/"),
    "aquaint": ("tempeval3_train.tar.gz", "AQUAINT/"),
    "wikiwars": ("wikiwars_train.tar.gz", ""),
}

#: What some annotators write for the same value: months unspoken of, decades, weeks of one figure.
_NOTATION = ((re.compile(r"(?:-XX)+$"), ""), (re.compile(r"^(\d{2,3})X+$"), r"\1"))
_WEEK = re.compile(r"-W(\d)(?!\d)")

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL | re.IGNORECASE)
_DCT = re.compile(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)(\w+)([^<>]*)>")


@attrs.frozen
class Expression:
    """A time by its characters, and its TIMEX3 value ("" where none is known)."""

    start: int
    end: int
    value: str


@attrs.frozen
class Narrative:
    """A text with its times, and the day it was written."""

    name: str
    text: str
    written: datetime.date | None
    times: tuple[Expression, ...]


def read(data: Path, name: str) -> list[Narrative]:
    """Return the documents of a set, in the order of their names."""
    archive, folder = SETS[name]
    found = []
    with tarfile.open(data / "time" / archive) as members:
        for member in sorted(members.getnames()):
            stream = members.extractfile(member) if member.endswith(".tml") else None
            if stream is not None and member.startswith(folder):
                found.append(document(member, stream.read().decode("utf-8", "replace")))
    return found


def document(name: str, marked: str) -> Narrative:
    """Return a TimeML file as a text and its times."""
    match, date = _TEXT.search(marked), _DCT.search(marked)
    assert match is not None, f"{name}: no TEXT"
    text, spans = "", []
    opened: list[tuple[int, str]] = []
    place = 0
    for tag in _TAG.finditer(match[1]):
        text += unescape(match[1][place : tag.start()])
        place = tag.end()
        if tag[2].upper() != "TIMEX3":
            continue
        if tag[1]:
            start, value = opened.pop()
            spans.append(Expression(start, len(text), value))
        else:
            value_of = re.search(r'\bvalue="([^"]*)"', tag[3])
            opened.append((len(text), value_of[1] if value_of else ""))
    text += unescape(match[1][place:])
    written = datetime.date.fromisoformat(date[1]) if date else None
    # TimeML marks what has no words of its own as an empty span.
    return Narrative(name, text, written, tuple(s for s in spans if s.start < s.end))


def found_in(doc: Doc, written: datetime.date | None) -> list[Expression]:
    """Return the times that we find in a parsed document, as TimeML counts them."""
    text = doc.text
    found = times.find(doc, written)
    return [expression for mention in found for expression in _ends(text, mention.time)]


def _ends(text: str, time: Time) -> Iterator[Expression]:
    """Yield a time, or the two ends of a range."""
    start, end = time.span.start, time.span.end
    first, _, last = (time.interval.value if time.interval else "").partition("/")
    dash = re.search(r"\s*[-–‐‑]\s*|\s+(?:to|and|or)\s+", text[start:end])
    if last and dash:
        yield Expression(start, start + dash.start(), first)
        yield Expression(start + dash.end(), end, last)
    else:
        yield Expression(start, end, first)


def matches(
    found: Sequence[Expression], gold: Sequence[Expression]
) -> Iterator[tuple[Expression, Expression]]:
    """Yield found and marked times that overlap, each once, in the order of the text."""
    left = list(gold)
    for ours in found:
        for theirs in left:
            if ours.start < theirs.end and theirs.start < ours.end:
                yield ours, theirs
                left.remove(theirs)
                break


def _meaning(value: str) -> str:
    for pattern, plain in _NOTATION:
        value = pattern.sub(plain, value)
    return _WEEK.sub(r"-W0\1", value)


def measure(data: Path) -> dict[str, Any]:
    """Return strict, relaxed and value F1 of each set, in per cent."""
    nlp = pipeline.load()
    result = {}
    for name in SETS:
        given = wanted = relaxed = strict = right = meant = 0
        for row in read(data, name):
            found = found_in(nlp(row.text), row.written)
            pairs = list(matches(found, row.times))
            given, wanted, relaxed = (
                given + len(found),
                wanted + len(row.times),
                relaxed + len(pairs),
            )
            strict += sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)
            right += sum(a.value == b.value for a, b in pairs)
            meant += sum(_meaning(a.value) == _meaning(b.value) for a, b in pairs)
        result[name] = {
            "strict_f1": round(200 * strict / max(1, given + wanted), 2),
            "relaxed_f1": round(200 * relaxed / max(1, given + wanted), 2),
            "value_f1": round(200 * right / max(1, given + wanted), 2),
            "meaning_f1": round(200 * meant / max(1, given + wanted), 2),
            "found": given,
            "gold": wanted,
        }
    return result
