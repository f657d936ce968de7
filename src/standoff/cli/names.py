"""Short readable names and dates for what a record holds, safe for a terminal."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence

import attrs

from standoff.actors import naming
from standoff.cli.plain import plain
from standoff.record import Attribution, Event, Interval, Record


class Names(naming.Names):
    """The names of one record's actors, made safe for a terminal."""

    def __init__(self, record: Record) -> None:
        super().__init__(
            {actor.id: attrs.evolve(actor, name=plain(actor.name)) for actor in record.actors}
        )

    def parties(self, event: Event, most: int = 3) -> str:
        """Return who did it to whom, as one line: ``A → B``, or ``A ↔ B`` where it is mutual."""
        if is_mutual(event):
            return " ↔ ".join(self._some(event.source, most))
        source = ", ".join(self._some(event.source, most)) or "?"
        target = ", ".join(self._some(event.target, most))
        return f"{source} → {target}" if target else source

    def _some(self, ids: Sequence[str], most: int) -> list[str]:
        names = list(dict.fromkeys(plain(self.full(id_)) for id_ in ids))
        if len(names) <= most:
            return names
        return [*names[: most - 1], f"{len(names) - most + 1} more"]

    def sayers(self, chain: Sequence[Attribution]) -> str:
        """Return who says so: ``according to Foreign Office (Britain)``; empty for nobody."""
        return plain(super().sayers(chain))


def is_mutual(event: Event) -> bool:
    """Tell whether all parties stand on both sides, as in talks and agreements."""
    return len(event.source) > 1 and set(event.source) == set(event.target)


def date(interval: Interval | None) -> str:
    """Return when something was, in at most two lines of ten characters; ``?`` for unknown."""
    if interval is None or (interval.start is None and interval.end is None):
        return "?"
    start, end = interval.start, interval.end
    if start is None or end is None:
        return f"from\n{start}" if start else f"until\n{end}"
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year:04}"
    if _is_month(start, end):
        return f"{start.year:04}-{start.month:02}"
    return f"{start}\n{end}"


def _is_month(start: datetime.date, end: datetime.date) -> bool:
    last = calendar.monthrange(start.year, start.month)[1]
    return start.day == 1 and end == start.replace(day=last)
