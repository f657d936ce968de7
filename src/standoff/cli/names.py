"""Short readable names and dates for what a record holds as ids and intervals."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence

from standoff.cli.plain import plain
from standoff.record import Attribution, Event, Interval, Record

_STANCES = {
    "asserts": "according to {}",
    "denies": "denied by {}",
    "doubts": "doubted by {}",
    "reports": "reported by {}",
}
# Names of countries and bodies that English puts an article before, by how they begin.
_WITH_ARTICLE = (
    "United ", "European ", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia",
    "Czech Republic", "Dominican Republic", "Central African Republic", "Democratic Republic",
    "Republic of", "Arab League", "African Union", "International ", "World ", "UN ",
)  # fmt: skip


class Names:
    """The names of one record's actors."""

    def __init__(self, record: Record) -> None:
        self._actors = {actor.id: actor for actor in record.actors}

    def country(self, code: str) -> str:
        """Return the name of a country, or its code where no list has it."""
        actor = self._actors.get(code)
        if actor is not None:
            return plain(actor.name)
        # A record lists who is named: "the State Department" alone does not list its country.
        from standoff.actors import tables

        country = tables.countries().get(code)
        return country.name if country else plain(code)

    def name(self, id_: str) -> str:
        """Return the bare name of an actor, or its id where the record does not have it."""
        actor = self._actors.get(id_)
        return plain(actor.name) if actor else plain(id_)

    def full(self, id_: str) -> str:
        """Return the name of an actor after its country's: ``Iceland · Geir Hallgrimsson``."""
        actor = self._actors.get(id_)
        if actor is None or actor.country is None or actor.country == id_:
            return self.name(id_)
        country = self.country(actor.country)
        name = plain(actor.name)
        # "United States Treasury" would name the country twice.
        if name.startswith((f"{country} ", f"{country}'s ", f"{country}’s ")):
            name = name[len(country) :].removeprefix("'s").removeprefix("’s").strip()
        # An office or sector without a name of its own is called "Iceland: government".
        name = name.removeprefix(f"{country}: ")
        return f"{country} · {name}"

    def prose(self, id_: str) -> str:
        """Return the name of an actor for a sentence: ``Geir Hallgrimsson (Iceland)``."""
        country, separator, name = self.full(id_).partition(" · ")
        return f"{name} ({country})" if separator else _with_article(country)

    def sides(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the countries of actors, each once, for a sentence.

        Who has no country stands there by name.
        """
        found = []
        for id_ in ids:
            actor = self._actors.get(id_)
            country = actor.country if actor else None
            found.append(_with_article(self.country(country) if country else self.name(id_)))
        return tuple(dict.fromkeys(found))

    def parties(self, event: Event, most: int = 3) -> str:
        """Return who did it to whom, as one line: ``A → B``, or ``A ↔ B`` where it is mutual."""
        if is_mutual(event):
            return " ↔ ".join(self._some(event.source, most))
        source = ", ".join(self._some(event.source, most)) or "?"
        target = ", ".join(self._some(event.target, most))
        return f"{source} → {target}" if target else source

    def _some(self, ids: Sequence[str], most: int) -> list[str]:
        names = list(dict.fromkeys(map(self.full, ids)))
        if len(names) <= most:
            return names
        return [*names[: most - 1], f"{len(names) - most + 1} more"]

    def sayers(self, chain: Sequence[Attribution]) -> str:
        """Return who says so: ``according to Foreign Office (Britain)``; empty for nobody."""
        return ", ".join(self._sayer(link) for link in chain)

    def _sayer(self, link: Attribution) -> str:
        if link.actor is not None and link.actor in self._actors:
            who = self.prose(link.actor)
        else:
            who = plain(link.text or link.actor or "somebody")
        via = f" via {self.name(link.via)}" if link.via else ""
        return _STANCES[link.stance].format(who) + via


def _with_article(name: str) -> str:
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else name


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


def spoken_date(interval: Interval | None) -> str:
    """Return when something was, for a sentence: ``on 19 February 1976``; empty for unknown."""
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    start, end = interval.start, interval.end
    if start is None or end is None:
        return f"since {_day(start)}" if start else f"until {_day(end)}" if end else ""
    if start == end:
        return f"on {_day(start)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"in {start.year}"
    if _is_month(start, end):
        return f"in {calendar.month_name[start.month]} {start.year}"
    return f"between {_day(start)} and {_day(end)}"


def _is_month(start: datetime.date, end: datetime.date) -> bool:
    last = calendar.monthrange(start.year, start.month)[1]
    return start.day == 1 and end == start.replace(day=last)


def _day(day: datetime.date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
