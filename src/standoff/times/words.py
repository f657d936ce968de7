"""The tables of ``data/words.toml``, read once."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def tables() -> dict[str, dict[str, Any]]:
    """Return all tables."""
    data: dict[str, dict[str, Any]] = tomllib.loads(
        (resources.files("standoff.times") / "data/words.toml").read_text("utf-8")
    )
    return data


@functools.cache
def listed(table: str, key: str) -> frozenset[str]:
    """Return the words of a list in a table."""
    return frozenset(tables()[table][key])


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation, in lower case."""
    data, word = tables(), name.rstrip(".")
    return int(data["months"].get(word) or data["months_short"][word])


def weekday_number(name: str) -> int:
    """Return 1 (Monday) to 7 for a weekday's name or abbreviation, in lower case."""
    data, word = tables(), name.rstrip(".")
    return int(data["weekdays"].get(word) or data["weekdays_short"][word])
