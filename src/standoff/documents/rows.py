"""Archives with one report a line: JSON lines, plain or compressed with gzip.

A row is an object with ``text`` and, as far as known, ``title``, ``published`` (or ``date``),
``url`` and ``publisher`` (or ``source``). A row that is a record as ``standoff read --format
jsonl`` writes it is given back as that record.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from standoff.documents.sources import MAX_BYTES, from_text
from standoff.errors import InputError, StandoffError
from standoff.record import Document, Record

_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
#: Other names under which rows hold the same.
_NAMES = {"published": ("published", "date"), "publisher": ("publisher", "source")}


@attrs.frozen
class BadRow:
    """A row that is no report: where it stands, and what is wrong."""

    name: str
    error: StandoffError


def is_rows(path: Path) -> bool:
    """Tell whether the name of a file says that it holds one report a line."""
    return path.name.lower().endswith(_SUFFIXES)


def read(path: Path) -> Iterator[tuple[str, Document | Record | BadRow]]:
    """Yield what each row of a file holds, with a name for it (``FILE:LINE``), one at a time.

    A row that cannot be read is a `BadRow`, and the next one follows.

    Raises:
        InputError: the file cannot be read, or breaks off; rows before that have been yielded.
    """
    name = str(path)
    opened = gzip.open if name.lower().endswith(".gz") else open
    try:
        with opened(path, "rb") as file:
            number = 0
            while line := file.readline(MAX_BYTES + 1):
                number += 1
                if len(line) > MAX_BYTES:
                    raise InputError(f"line {number} is longer than {MAX_BYTES:,} bytes", name)
                if line.strip():
                    yield f"{name}:{number}", _row(line, f"{name}:{number}")
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"it cannot be read ({reason})", name) from error


def _row(line: bytes, name: str) -> Document | Record | BadRow:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return BadRow(name, InputError(f"this is no JSON in UTF-8 ({error})", name))
    if not isinstance(row, dict):
        return BadRow(name, InputError("a row must be an object with a text", name))
    try:
        if "document" in row and "events" in row:
            return Record.from_json(line.decode("utf-8-sig"))
        return _document(row, name)
    except StandoffError as error:
        return BadRow(name, error)


def _document(row: dict[str, Any], name: str) -> Document:
    if "text" not in row:
        raise InputError("the row has no “text”", name)
    return from_text(
        _string(row, "text", name) or "",
        date=_string(row, "published", name),
        title=_string(row, "title", name),
        url=_string(row, "url", name),
        publisher=_string(row, "publisher", name),
        name=name,
    )


def _string(row: dict[str, Any], field: str, name: str) -> str | None:
    for key in _NAMES.get(field, (field,)):
        value = row.get(key)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f"“{key}” must be text, not {type(value).__name__}", name)
        return value
    return None
