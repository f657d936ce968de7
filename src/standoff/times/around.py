"""What the meaning of an expression depends on beside its own words."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import attrs

from standoff.times.tense import Direction


@attrs.frozen
class Around:
    """The day of publication, the tense, and the word before the expression.

    `direction` is asked only where it matters, since it walks the parse.
    """

    published: datetime.date | None
    direction: Callable[[], Direction | None]
    before: str = ""


class NotATimeError(ValueError):
    """The match says no time after all: a date in figures that could be two days."""
