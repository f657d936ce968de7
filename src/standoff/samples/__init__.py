"""Reports to try Standoff on, as package data.

``demo`` is an invented report. It is set in the cod war of 1976 because every list of countries
knows the two sides; much of what it tells never happened.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

_NAMES = ("demo",)


def names() -> tuple[str, ...]:
    """Return the names of the samples."""
    return _NAMES


def path(name: str) -> Path:
    """Return the file of a sample; ValueError where there is none of that name."""
    if name not in _NAMES:
        raise ValueError(f"there is no sample {name!r}; there are: {', '.join(_NAMES)}")
    return Path(str(resources.files(__name__).joinpath(f"{name}.txt")))


def text(name: str) -> str:
    """Return the text of a sample; ValueError where there is none of that name."""
    return path(name).read_text(encoding="utf-8")


__all__ = ["names", "path", "text"]
