"""Quality floors: no measured score may drop below its line in ``floors.toml``; they only go up."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "floors.toml"


def misses(name: str, result: dict[str, Any]) -> list[str]:
    """Return, for one benchmark's result, each score that is on the wrong side of its bound."""
    out = []
    for entry in tomllib.loads(PATH.read_text("utf-8"))["floor"]:
        if entry["benchmark"] != name:
            continue
        value: Any = result
        for key in entry["score"].split("/"):
            value = value[key]
        if "least" in entry and value < entry["least"]:
            out.append(f"{name} {entry['score']}: {value} < {entry['least']}")
        if "most" in entry and value > entry["most"]:
            out.append(f"{name} {entry['score']}: {value} > {entry['most']}")
    return out
