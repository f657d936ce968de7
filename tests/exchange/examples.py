"""Records to exchange: the sample report, and texts that are hard on lines, columns and UTF-16."""

from __future__ import annotations

import functools
import json
from typing import Any

from hypothesis import HealthCheck, settings

import standoff
from standoff import samples
from standoff.record import Document, Record
from tests.record.test_record_json import records

#: Line ends of every kind, a tab, blanks, a combining mark, characters outside the basic plane, a
#: lone surrogate, what JSON, XML and brat escape or split at, digits, and letters.
CHARACTERS = "ab Ab\n\n\r\t\x0b\x0c\x1c\x85\u2028 \u00a0e\u0301é😀🇮🇸\ud83d;:|=\\\"'(-<&_1,.\x00\x1f"

#: Few examples a test, for the formats are many; each test was run with thousands when written.
some_records = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@functools.cache
def demo() -> Record:
    """Return the record of the sample report."""
    return standoff.read(samples.path("demo"))


def with_awkward_text(record: Record) -> Record:
    """Return a record with a text of `CHARACTERS`, as long as its own, and the same offsets."""
    text = "".join(CHARACTERS[ord(char) % len(CHARACTERS)] for char in record.document.text)
    entries = record.to_dict()

    def reread(value: Any) -> None:
        if isinstance(value, dict) and {"start", "end", "text"} <= value.keys():
            value["text"] = text[value["start"] : value["end"]]
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, dict | list):
                reread(item)

    reread(entries)
    entries["document"] |= {"text": text, "id": Document(text).id}
    return Record.from_json(json.dumps(entries))


any_records = records() | records().map(with_awkward_text)
