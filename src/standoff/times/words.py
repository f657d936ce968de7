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
