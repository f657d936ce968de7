"""Profiles: the columns of each table format, read from the data files beside this module.

A profile's file ``data/NAME.toml`` names its columns with their type, what they mean and what
Standoff puts there, and says under `losses` what of an account the format cannot carry. Types:

- ``text``; white space and control characters become a space where the form is tab-separated;
- ``integer``, ``number`` (a decimal with a point);
- ``day`` (ISO 8601, ``1988-05-11``), ``yyyymmdd``, ``yyyymm`` (both as GDELT writes them),
  ``yyyymmddhhmmss``.

An unknown value is an empty cell in all of them.
"""

from __future__ import annotations

import datetime
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import attrs

Value = str | int | float | datetime.date | None
Form = Literal["tsv", "csv", "jsonl", "parquet", "xlsx"]

#: News is hardly older than this, and a table that is dated later than that is mistyped; the limits
#: only have to keep mistakes such as year 0 or 9999 out.
FIRST_YEAR, LAST_YEAR = 1700, 2199

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
# What no cell may hold that readers take for the end of it or for the end of a file.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@attrs.frozen
class Column:
    """A column: its name and type, what it means, and what Standoff puts there.

    `sure` is False where the name, type or notation is not certain to be the published one.
    """

    name: str
    type: str
    meaning: str
    put: str = ""
    field: str = ""
    sure: bool = True


@attrs.frozen
class Profile:
    """A table format: `standard` says whose it is, `losses` what of an account it cannot carry.

    `required` are the columns without which a table is not of this format. `tables` holds what else
    is in the file, such as crosswalks of codes.
    """

    name: str
    title: str
    standard: str
    form: Form
    header: bool
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    losses: tuple[str, ...]
    tables: Mapping[str, Any] = attrs.field(eq=False, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


@cache
def profile(name: str, form: Form | None = None) -> Profile:
    """Return the profile of that name; `form` for one that has several."""
    data = tomllib.loads(_read(f"{name}.toml"))
    form = form or data["form"]
    losses = data["losses"]
    return Profile(
        name=name,
        title=data["title"],
        standard=data["standard"],
        form=form,
        header=data.get("header", True),
        columns=tuple(Column(**column) for column in data["columns"]),
        required=tuple(data.get("required", ())),
        losses=tuple(losses[form] if isinstance(losses, dict) else losses),
        tables=data,
    )


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated data file by column; lines with # in front are comments."""
    lines = [line for line in _read(name).splitlines() if line and not line.startswith("#")]
    names = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(names, line.split("\t"), strict=True))


def _read(name: str) -> str:
    return files("standoff.exchange").joinpath("data", name).read_text(encoding="utf-8")


def cell(value: Value, type: str) -> str:
    """Return a value as the text of a cell of a column of that type."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return _day_text(value, type)
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def _day_text(day: datetime.date, type: str) -> str:
    # Not strftime: it writes years before 1000 without their zeros on some systems.
    digits = f"{day.year:04}{day.month:02}{day.day:02}"
    written = {"yyyymmdd": digits, "yyyymm": digits[:6], "yyyymmddhhmmss": f"{digits}000000"}
    return written.get(type) or datetime.date.isoformat(day)


def number_text(number: float) -> str:
    """Return a number with at most six decimals and no exponent; nothing for one that is none.

    >>> number_text(-10), number_text(33.31520000001), number_text(-1e-9), number_text(float("nan"))
    ('-10.0', '33.3152', '0.0', '')
    """
    if not math.isfinite(number):
        return ""
    text = f"{number:.6f}".rstrip("0")
    text = f"{text}0" if text.endswith(".") else text
    return "0.0" if text == "-0.0" else text


def single_line(text: str) -> str:
    """Return text for a cell of a tab-separated line: single spaces for all space and controls."""
    return " ".join(writable(_BREAKS.sub(" ", text)).split())


def writable(text: str) -> str:
    """Return text that UTF-8 can write: halves of characters become U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def parsed(text: str, type: str) -> Value:
    """Return the value of a cell of a column of that type, None for an empty one.

    Raises:
        ValueError: it is no value of that type; the message says why.
    """
    text = text.strip()
    if not text:
        return None
    match type:
        case "text":
            return text
        case "integer":
            if _INTEGER.fullmatch(text) is None:
                raise ValueError(f"expected a whole number, found {shown(text)}")
            return int(text)
        case "number":
            number = float(text) if _NUMBER.fullmatch(text) else math.nan
            if not math.isfinite(number):
                raise ValueError(f"expected a number, found {shown(text)}")
            return number
        case _:
            return _parsed_day(text, type)


def _parsed_day(text: str, type: str) -> datetime.date:
    # A table that a spreadsheet went through may have the one notation in place of the other.
    match = _DAY.fullmatch(text) or _DIGITS.fullmatch(text)
    if match is None:
        notation = "YYYY-MM-DD" if type == "day" else type.upper()
        raise ValueError(f"expected a day as {notation}, found {shown(text)}")
    year, month, day = map(int, match.groups())
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no day {shown(text)}") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{shown(text)} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return found


def shown(text: str) -> str:
    """Return text as a message can show it: in quotes, escaped, cut where it is long."""
    text = ascii(text[:60])
    return text if len(text) <= 60 else text[:57] + "..."
