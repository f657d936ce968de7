"""What the meaning of an expression depends on beside its own words.

Beside the day of publication there is the story's own clock: the time that was last told. "Two days
later" and "that year" are counted from it; and in a narrative of what is long past, so are days and
months without their year (Strötgen and Gertz 2016 tell the two domains apart, too).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import attrs

from standoff.record import Interval
from standoff.times.tense import Direction


@attrs.frozen
class Clock:
    """Where a text stands in time: the day of publication, and what it told last.

    `narrative` says that it counts from the time told rather than from publication; `told` is the
    last time with both bounds; `quarter` the last quarter named, which companies report on.
    """

    published: datetime.date | None
    narrative: bool = False
    told: Interval | None = None
    quarter: Interval | None = None


@attrs.frozen
class Around:
    """The clock, the tense, and the word before the expression.

    `direction` is asked only where it matters, since it walks the parse.
    """

    clock: Clock
    direction: Callable[[], Direction | None]
    before: str = ""

    @property
    def published(self) -> datetime.date | None:
        """Return the day of publication."""
        return self.clock.published

    @property
    def told(self) -> Interval | None:
        """Return the time told last."""
        return self.clock.told

    @property
    def story(self) -> Interval | None:
        """Return the time that dates without a year are counted from, None in news."""
        return self.clock.told if self.clock.narrative else None

    @property
    def quarter(self) -> Interval | None:
        """Return the quarter named last."""
        return self.clock.quarter


class NotATimeError(ValueError):
    """The match says no time after all: a date in figures that could be two days."""
