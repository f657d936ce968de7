"""The JSON Schema of a record, as it stands in the package's data.

It describes what this version writes. `Record.from_json` is more patient in one respect: it ignores
keys that it does not know, where the schema refuses them.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def text() -> str:
    """Return the schema as JSON text (draft 2020-12)."""
    return resources.files(__name__).joinpath("record.schema.json").read_text(encoding="utf-8")


def load() -> dict[str, Any]:
    """Return the schema as a dictionary that is the caller's own."""
    schema: dict[str, Any] = json.loads(text())
    return schema


__all__ = ["load", "text"]
