"""Standoff reads news about a dispute and keeps its record, every entry tied to its words.

>>> import standoff
>>> record = standoff.read("Iran rejected talks with Iraq on Monday.", date="1988-05-11")
>>> [(event.type, event.source, event.target) for event in record.events]
[('REJECT', ('IRN',), ('IRQ',))]
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.language import load, relate, relate_many
    from standoff.reader import Failure, Reader, explain, read
    from standoff.record import Document, Event, Record

try:
    __version__ = version("standoff")
except PackageNotFoundError:  # a source tree that is not installed
    __version__ = "0.0.0"

# Resolved on first use: spaCy and ONNX Runtime take a second to import, which `standoff --help`
# and code that only handles records should not pay.
_HOMES = {
    "Document": "standoff.record",
    "Event": "standoff.record",
    "Failure": "standoff.reader",
    "Reader": "standoff.reader",
    "Record": "standoff.record",
    "explain": "standoff.reader",
    "load": "standoff.language",
    "read": "standoff.reader",
    "relate": "standoff.language",
    "relate_many": "standoff.language",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'standoff' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


__all__ = [
    "Document",
    "Event",
    "Failure",
    "Reader",
    "Record",
    "__version__",
    "explain",
    "load",
    "read",
    "relate",
    "relate_many",
]
