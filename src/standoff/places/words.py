"""The tables of ``data/words.toml``, and adjectives of states, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from standoff.places.gazetteer import Entry, load, lookup


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = files("standoff.places").joinpath("data", "words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """Return the words of a list in a table."""
    return frozenset(_tables()[table][key])


@cache
def abbreviations() -> Mapping[str, str]:
    """Return newspapers' abbreviations of divisions with the code of the division."""
    found: dict[str, str] = _tables()["abbreviations"]
    return found


@cache
def postal() -> Mapping[str, str]:
    """Return post offices' abbreviations with the code of the division."""
    return {code: f"US.{code}" for code in listed("postal", "codes")}


@cache
def division(code: str) -> Entry | None:
    """Return the first-order division with a code such as ``US.LA``."""
    return load().division(code)


def entries(name: str) -> tuple[Entry, ...]:
    """Return what a name may stand for, abbreviations of divisions among it."""
    code = abbreviations().get(name)
    short = division(code) if code else None
    return (short,) if short else lookup(name)
