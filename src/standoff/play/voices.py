"""Who is meant, in words: parties, people, and those who are quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.actors.naming import Names
from standoff.play.parties import Parties
from standoff.play.wording import joined
from standoff.record import Actor, Attribution

#: So many people are named; more are told by their sides.
_MOST_NAMES = 4


class Voices:
    """Names the parties of a dispute and those who speak about it."""

    def __init__(self, actors: Mapping[str, Actor], parties: Parties) -> None:
        self._names = Names(actors)
        self._parties = parties

    def party(self, side: str) -> str:
        """Return the name of a party: that of its state, unless it is one within it."""
        return self._names.prose(side) if "." in side else self._names.side(side)

    def people(self, ids: Sequence[str]) -> str:
        """Return actors as a list in a sentence; many of them by their sides."""
        people = list(dict.fromkeys(map(self._names.prose, ids)))
        return joined(people if len(people) <= _MOST_NAMES else list(self._names.sides(ids)))

    def towards(self, source: Sequence[str], target: Sequence[str]) -> str:
        """Return who does something towards whom, or against whom it is done."""
        others = [actor for actor in target if actor not in source]
        if not source:
            return f"against {self.people(others)}" if others else "somebody"
        who = self.people(source)
        sides = list(dict.fromkeys(map(self.party, map(self._parties.side, others))))
        return f"{who}, towards {joined(sides)}" if others else who

    def speaker(self, id_: str | None, words: str | None, via: str | None) -> str:
        """Return who is quoted, and through which outlet."""
        who = self._names.prose(id_) if id_ else words or "somebody"
        return f"{who}, through {self._names.name(via)}" if via else who

    def addressee(self, id_: str | None) -> str:
        """Return to whom something is said: ``, to X``; empty for "reporters" and "officials"."""
        # Ids of two parts are sorts of people of a state: nobody in particular.
        named = id_ is not None and id_.count(".") != 1
        return f", to {self._names.prose(id_)}" if id_ and named else ""

    def sayers(self, chain: Sequence[Attribution], besides: Sequence[str] = ()) -> str:
        """Return who says so, ``according to X``, besides the sides of some actors."""
        own = self._parties.sides(besides)
        others = [
            link for link in chain if not link.actor or self._parties.side(link.actor) not in own
        ]
        return self._names.sayers(others)
