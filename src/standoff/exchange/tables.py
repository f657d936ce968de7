"""The full table of accounts, one row an account: CSV, Parquet and Excel.

``data/accounts.toml`` names the columns. `standoff.exchange.jsonl` is the form that loses nothing.
"""

from __future__ import annotations

import csv
import datetime
import importlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from contextlib import suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from standoff.errors import ExportLimitError, MissingExtraError
from standoff.exchange.jsonl import read_jsonl, write_jsonl
from standoff.exchange.manifest import Manifest, export
from standoff.exchange.profiles import Column, cell, profile, writable
from standoff.exchange.rows import sentence_of
from standoff.store.model import Account

__all__ = ["flat", "read_jsonl", "write_csv", "write_excel", "write_jsonl", "write_parquet"]

#: What a sheet of Excel holds, its header included (Microsoft, "Excel specifications and limits").
EXCEL_ROWS = 1_048_576
EXCEL_CHARACTERS = 32_767
#: Excel's calendar has a 29 February 1900 that never was: days before the next one are off by one.
_EXCEL_CALENDAR = datetime.date(1900, 3, 1)
# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: Rows of a group of a Parquet file: some megabytes, so that neither side holds much at once.
_GROUP = 5_000

_Flat = dict[str, Any]


def flat(account: Account, texts: Mapping[str, str] | None = None) -> _Flat:
    """Return an account as one row: values by column, lists as tuples.

    `texts` are the texts of documents by id, for accounts that do not hold their sentence.
    """
    row = {column.name: _value(account, column.field) for column in _columns()}
    return row | {"sentence_text": sentence_of(account, texts)}


def _columns() -> tuple[Column, ...]:
    return profile("accounts", "csv").columns


def _value(value: Any, field: str) -> Any:
    """Return what a field such as ``quantity.span.start`` is, of each item where it is a list."""
    name, _, rest = field.partition(".")
    if name.isdigit():
        return value[int(name)]
    if isinstance(value, tuple):
        return tuple(_value(item, field) for item in value)
    found = getattr(value, name)
    return _value(found, rest) if rest else found


def write_csv(
    path: Path | str, accounts: Iterable[Account], *, texts: Mapping[str, str] | None = None
) -> Manifest:
    """Write accounts as CSV (RFC 4180, UTF-8) with its manifest; lists are joined by ``;``.

    The texts are as they are: a spreadsheet may take one that begins with ``=`` for a formula. For
    people with spreadsheets there is `write_excel`.

    Raises OSError where the folder cannot be written to.
    """

    def write(stream: BinaryIO) -> int:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text)  # whose default is RFC 4180: CRLF, quotes doubled
        writer.writerow([column.name for column in _columns()])
        count = 0
        for count, account in enumerate(accounts, start=1):  # noqa: B007
            row = flat(account, texts)
            writer.writerow([_text(row[column.name], column) for column in _columns()])
        text.detach()
        return count

    return export(path, profile("accounts", "csv"), write)


def _text(value: Any, column: Column) -> str:
    if isinstance(value, tuple):
        # A semicolon inside of an item would make two of it.
        return writable(";".join(cell(item, "").replace(";", ",") for item in value))
    return writable(cell(value, column.type))


def write_parquet(
    path: Path | str, accounts: Iterable[Account], *, texts: Mapping[str, str] | None = None
) -> Manifest:
    """Write accounts as Parquet with typed columns and its manifest; lists stay lists.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: the folder cannot be written to.
    """
    arrow = _library("pyarrow", "frames", "Parquet")
    parquet = _library("pyarrow.parquet", "frames", "Parquet")
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "day": arrow.date32(),
        "strings": arrow.list_(arrow.string()),
        "integers": arrow.list_(arrow.int64()),
        "numbers": arrow.list_(arrow.float64()),
    }
    schema = arrow.schema([(column.name, types[column.type]) for column in _columns()])

    def write(stream: BinaryIO) -> int:
        count, rows = 0, (_encodable(flat(account, texts)) for account in accounts)
        with parquet.ParquetWriter(stream, schema) as writer:
            while group := list(islice(rows, _GROUP)):
                writer.write_table(arrow.Table.from_pylist(group, schema=schema))
                count += len(group)
        return count

    return export(path, profile("accounts", "parquet"), write)


def _encodable(row: _Flat) -> _Flat:
    def written(value: Any) -> Any:
        if isinstance(value, tuple):
            return [written(item) for item in value]
        return writable(value) if isinstance(value, str) else value

    return {name: written(value) for name, value in row.items()}


def write_excel(
    path: Path | str, accounts: Iterable[Account], *, texts: Mapping[str, str] | None = None
) -> Manifest:
    """Write accounts as a sheet of Excel (Office Open XML) with its manifest.

    Text stays text, whatever it begins with. Control characters, which no sheet can hold, are shown
    as U+FFFD. Days before March 1900, which Excel cannot count, are text.

    Raises:
        ExportLimitError: more accounts than a sheet has rows, or a longer text than a cell holds.
        MissingExtraError: openpyxl is not installed.
        OSError: the folder cannot be written to.
    """
    openpyxl = _library("openpyxl", "excel", "Excel")
    if isinstance(accounts, Sized):
        _check_rows(len(accounts))

    def write(stream: BinaryIO) -> int:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("accounts")
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in _columns()])
        count = 0
        try:
            for count, account in enumerate(accounts, start=1):
                _check_rows(count)
                row = flat(account, texts)
                sheet.append(list(_excel_cells(openpyxl, sheet, row, account.id)))
        except BaseException:
            # Only saving closes the half-written sheet and removes openpyxl's temporary file of it.
            with suppress(Exception), TemporaryFile() as nowhere:
                book.save(nowhere)
            raise
        book.save(stream)
        return count

    return export(path, profile("accounts", "xlsx"), write)


def _check_rows(count: int) -> None:
    if count >= EXCEL_ROWS:
        raise ExportLimitError(
            f"more than {EXCEL_ROWS - 1:,} accounts do not fit into a sheet of Excel: "
            "select fewer, or write CSV or Parquet"
        )


def _excel_cells(openpyxl: Any, sheet: Any, row: _Flat, id: str) -> Iterator[Any]:
    for column in _columns():
        value = row[column.name]
        early = isinstance(value, datetime.date) and value < _EXCEL_CALENDAR
        if isinstance(value, str | tuple) or early:
            text = _ILLEGAL.sub("\ufffd", _text(value, column))
            if len(text) > EXCEL_CHARACTERS:
                raise ExportLimitError(
                    f"{column.name} of account {id} has {len(text):,} characters, and a cell of "
                    f"Excel holds {EXCEL_CHARACTERS:,}; write CSV or Parquet"
                )
            made = openpyxl.cell.WriteOnlyCell(sheet, text or None)
            if text:
                # Else openpyxl takes "=1+1" for a formula and "#N/A" for an error.
                made.data_type = "s"
                # Else Excel makes a formula of it when somebody edits the cell.
                made.quotePrefix = text.startswith(_FORMULA)
            yield made
        else:
            yield value


def _library(name: str, extra: str, what: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise MissingExtraError(
            f"{what} needs {package}, which is not installed: pip install standoff[{extra}]"
        ) from error
