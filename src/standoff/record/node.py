"""Parsed JSON with a memory of where it stands, so that every complaint names its field."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from standoff.errors import InvalidRecordError

T = TypeVar("T")

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Node:
    """A JSON value and the way to it from the root.

    Each reading method returns the value as the type that it is named for, or raises
    `InvalidRecordError` with the path of the value. The path is put together only then: a record
    has thousands of values, and all but none are good.
    """

    __slots__ = ("_key", "_parent", "value")

    def __init__(self, value: Any, parent: Node | None = None, key: str | int = "") -> None:
        self.value = value
        self._parent = parent
        self._key = key

    @property
    def path(self) -> str:
        """Where the value stands, as in ``events[3].anchor``; empty for the root."""
        if self._parent is None:
            return ""
        before = self._parent.path
        if isinstance(self._key, int):
            return f"{before}[{self._key}]"
        return f"{before}.{self._key}" if before else self._key

    def fail(self, message: str) -> NoReturn:
        """Raise InvalidRecordError about this value."""
        raise InvalidRecordError(message, self.path or "record")

    def _expected(self, what: str) -> NoReturn:
        self.fail(f"expected {what}, found {_shown(self.value)}")

    def __getitem__(self, key: str) -> Node:
        if not isinstance(self.value, dict):
            self._expected("an object")
        if key not in self.value:
            Node(None, self, key).fail("missing")
        return Node(self.value[key], self, key)

    def each(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        """Return what `read` makes of each item of this array."""
        if not isinstance(self.value, list):
            self._expected("an array")
        return tuple(read(Node(item, self, index)) for index, item in enumerate(self.value))

    def maybe(self, read: Callable[[Node], T]) -> T | None:
        """Return None for null, else what `read` makes of this value."""
        return None if self.value is None else read(self)

    def string(self) -> str:
        """Return a string."""
        if not isinstance(self.value, str):
            self._expected("a string")
        return self.value

    def integer(self) -> int:
        """Return an integer; true and false are none."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self._expected("an integer")
        return self.value

    def number(self) -> float:
        """Return a finite number."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            self._expected("a number")
        try:
            number = float(self.value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.fail("the number is out of range")
        return number

    def day(self) -> datetime.date:
        """Return a day written as YYYY-MM-DD."""
        text = self.string()
        if _ISO_DAY.fullmatch(text) is None:
            self._expected("a day as YYYY-MM-DD")
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.fail(f"there is no day {text}")

    def one_of(self, choices: tuple[Any, ...]) -> Any:
        """Return the value, which has to be one of `choices`."""
        # The type is compared too, for 1 == 1.0 == True.
        if not any(self.value == c and type(self.value) is type(c) for c in choices):
            self._expected("one of " + ", ".join(map(str, choices)))
        return self.value


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return shortened(value)


def shortened(value: object) -> str:
    """Return the repr of `value`, cut to what fits into a message."""
    shown = ascii(value[:60]) if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
