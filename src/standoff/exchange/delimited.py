"""Delimited tables: tab-separated as event data sets are released, comma-separated after RFC 4180.

Writing takes rows as mappings of column names to values and leaves columns that a row lacks empty.
Reading gives rows whose cells are read when they are asked for, by the types of the profile.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import attrs

from standoff.errors import InvalidTableError
from standoff.exchange.manifest import Manifest, export
from standoff.exchange.opening import Source, lines, name_of
from standoff.exchange.profiles import (
    Profile,
    Value,
    cell,
    parsed,
    shown,
    single_line,
    writable,
)


@attrs.frozen
class BadRow:
    """A row that cannot be read: its line, what is wrong, and in which column if in one."""

    line: int
    problem: str
    column: str | None = None


class CellError(ValueError):
    """A cell that is not of its column's type; becomes a `BadRow`, and never leaves a reader."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column


@attrs.frozen
class Row:
    """A row of a table: its line and its cells by column; columns that the file lacks are empty.

    The methods return None for an empty cell and raise `CellError` for one of another type.
    """

    line: int
    cells: Mapping[str, str]
    types: Mapping[str, str]

    def value(self, column: str) -> Value:
        """Return the value of a cell by the type of its column."""
        try:
            return parsed(self.cells.get(column, ""), self.types[column])
        except ValueError as error:
            raise CellError(column, str(error)) from error

    def text(self, column: str) -> str | None:
        """Return a text."""
        value = self.value(column)
        return None if value is None else str(value)

    def integer(self, column: str) -> int | None:
        """Return a whole number."""
        value = self.value(column)
        return value if isinstance(value, int) else None

    def number(self, column: str, low: float, high: float) -> float | None:
        """Return a number of a column of numbers that lies between two limits."""
        value = self.value(column)
        if not isinstance(value, float):
            return None
        if not low <= value <= high:
            raise CellError(column, f"{value:g} lies outside {low:g} to {high:g}")
        return value

    def day(self, column: str) -> datetime.date | None:
        """Return a day."""
        value = self.value(column)
        return value if isinstance(value, datetime.date) else None


def write_table(
    path: Path | str,
    profile: Profile,
    rows: Iterable[Mapping[str, Value]],
    left_out: Mapping[str, int] | None = None,
) -> Manifest:
    """Write rows as a table of a profile, with its manifest.

    Raises as `standoff.exchange.manifest.export` does.
    """
    write = _write_csv if profile.form == "csv" else _write_tsv
    return export(path, profile, lambda stream: write(stream, profile, rows), left_out)


def _write_tsv(stream: BinaryIO, profile: Profile, rows: Iterable[Mapping[str, Value]]) -> int:
    count = 0
    if profile.header:
        stream.write("\t".join(profile.names).encode() + b"\n")
    for row in rows:
        stream.write("\t".join(map(single_line, _cells(profile, row))).encode() + b"\n")
        count += 1
    return count


def _write_csv(stream: BinaryIO, profile: Profile, rows: Iterable[Mapping[str, Value]]) -> int:
    count = 0
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)  # whose default is RFC 4180: CRLF, quotes doubled
    if profile.header:
        writer.writerow(profile.names)
    for row in rows:
        writer.writerow([writable(each) for each in _cells(profile, row)])
        count += 1
    text.detach()
    return count


def _cells(profile: Profile, row: Mapping[str, Value]) -> list[str]:
    unknown = row.keys() - set(profile.names)
    assert not unknown, f"{profile.name} has no columns {sorted(unknown)}"
    return [cell(row.get(column.name), column.type) for column in profile.columns]


def read_table(
    source: Source, profile: Profile, member: str | None = None
) -> Iterator[Row | BadRow]:
    """Yield the rows of a tab-separated table; rows that cannot be split are yielded as `BadRow`.

    Columns are found by the names in the header, in any case and order; more columns than the
    profile has are ignored.

    Raises:
        InvalidTableError: the file is no such table, or as `standoff.exchange.opening.lines` says.
    """
    name = name_of(source)
    types = {column.name: column.type for column in profile.columns}
    numbered = lines(source, member)
    names = _header(numbered, profile, name) if profile.header else list(profile.names)
    for number, line in numbered:
        if line is None:
            yield BadRow(number, "not UTF-8")
            continue
        cells = line.split("\t")
        if len(cells) != len(names):
            if len(cells) == 1 and not profile.header:
                message = f"no tab in {shown(line)}: this is no {profile.title}"
                raise InvalidTableError(message, name, line=number)
            yield BadRow(number, f"{len(cells)} columns, where {len(names)} are expected")
            continue
        yield Row(number, dict(zip(names, cells, strict=True)), types)


def _header(numbered: Iterator[tuple[int, str | None]], profile: Profile, name: str) -> list[str]:
    """Return the columns of a table by their names in the profile, others as they are written."""
    number, line = next(numbered, (1, ""))
    if not line:
        problem = "empty" if line == "" else "not UTF-8"
        raise InvalidTableError(f"{problem}: a {profile.title} file begins with a header", name)
    known = {column.casefold(): column for column in profile.names}
    names = [known.get(each.strip().casefold(), each.strip()) for each in line.split("\t")]
    missing = [column for column in profile.required if column not in names]
    if missing:
        message = f"no {', '.join(map(repr, missing))} in the header {shown(line)}"
        raise InvalidTableError(
            f"{message}: this is no {profile.title}", name, line=number, column=missing[0]
        )
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice is not None:
        raise InvalidTableError("named twice in the header", name, line=number, column=twice)
    return names
