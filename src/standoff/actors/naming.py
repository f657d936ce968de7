"""Actors' names as a reader wants them: short, with the country, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.actors import tables
from standoff.record import Actor, Attribution

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
    """The names of some actors, by their ids; whoever is not among them keeps his id."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self._actors = actors

    def country(self, code: str) -> str:
        """Return the name of a country, or its code where no list has it."""
        actor = self._actors.get(code)
        if actor is not None:
            return actor.name
        # A record lists who is named: "the State Department" alone does not list its country.
        country = tables.countries().get(code)
        return country.name if country else code

    def name(self, id_: str) -> str:
        """Return the bare name of an actor, or its id where nobody knows it."""
        actor = self._actors.get(id_)
        if actor is not None:
            return actor.name
        country = tables.countries().get(id_)
        body = tables.bodies().get(id_)
        return country.name if country else body.name if body else id_

    def full(self, id_: str) -> str:
        """Return the name of an actor after its country's: ``Iceland · Geir Hallgrimsson``."""
        actor = self._actors.get(id_)
        if actor is None or actor.country is None or actor.country == id_:
            return self.name(id_)
        country = self.country(actor.country)
        name = actor.name
        # "United States Treasury" would name the country twice.
        if name.startswith((f"{country} ", f"{country}'s ", f"{country}’s ")):
            name = name[len(country) :].removeprefix("'s").removeprefix("’s").strip()
        # An office or sector without a name of its own is called "Iceland: government".
        name = name.removeprefix(f"{country}: ")
        return f"{country} · {name}"

    def prose(self, id_: str) -> str:
        """Return the name of an actor for a sentence: ``Geir Hallgrimsson (Iceland)``."""
        country, separator, name = self.full(id_).partition(" · ")
        return f"{name} ({country})" if separator else with_article(country)

    def side(self, id_: str) -> str:
        """Return the country of an actor for a sentence; who has none stands there by name."""
        actor = self._actors.get(id_)
        country = actor.country if actor else None
        return with_article(self.country(country) if country else self.name(id_))

    def sides(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the countries of actors, each once, for a sentence."""
        return tuple(dict.fromkeys(map(self.side, ids)))

    def sayers(self, chain: Sequence[Attribution]) -> str:
        """Return who says so: ``according to Foreign Office (Britain)``; empty for nobody."""
        return ", ".join(self._sayer(link) for link in chain)

    def _sayer(self, link: Attribution) -> str:
        known = link.actor is not None and link.actor in self._actors
        who = self.prose(link.actor) if known and link.actor else link.text or link.actor
        via = f" via {self.name(link.via)}" if link.via else ""
        return _STANCES[link.stance].format(who or "somebody") + via


def with_article(name: str) -> str:
    """Return a name as it stands within a sentence: ``the United States``."""
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else name
