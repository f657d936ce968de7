"""Document → sentences with syntax: one encoder, one forward pass, many heads."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.language.pipeline import load
    from standoff.language.relations import relate, relate_many

# Resolved on first use: spaCy and ONNX Runtime take a second to import, which whoever only handles
# names or records should not pay.
_HOMES = {
    "load": "standoff.language.pipeline",
    "relate": "standoff.language.relations",
    "relate_many": "standoff.language.relations",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'standoff.language' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


__all__ = ["load", "relate", "relate_many"]
