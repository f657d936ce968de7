"""On which side an actor stands in a dispute between given parties.

Between states everybody is on the side of his state. Within a state that says nothing: there the
rebels are one party, and the organs of the state are the other, however a report calls them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import attrs

from standoff.store import sides

#: Second parts of the ids of a state's organs.
_ORGANS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})


@cache
def _sorts() -> frozenset[str]:
    from standoff.actors import tables

    return frozenset(tables.sectors())


@attrs.frozen
class Parties:
    """The parties of a dispute, by their ids."""

    ids: tuple[str, ...]

    @classmethod
    def of(cls, ids: Sequence[str]) -> Parties:
        """Return the parties with these ids, each once."""
        return cls(tuple(dict.fromkeys(ids)))

    def side(self, actor: str) -> str:
        """Return the party that an actor belongs to, else the side that he is on by his id."""
        own = [party for party in self.ids if sides.belongs(actor, party)]
        if own:
            return max(own, key=len)
        state, _, rest = actor.partition(".")
        if not rest or rest.partition(".")[0] in _ORGANS:
            for party in self.ids:
                if party == f"{state}.GOV":
                    return party
        return sides.side(actor)

    def sides(self, actors: Iterable[str]) -> frozenset[str]:
        """Return the sides of actors, without those that are only a sort of people ("soldiers")."""
        return frozenset(self.side(actor) for actor in actors if actor not in _sorts())

    @property
    def widened(self) -> tuple[str, ...]:
        """The parties as they are looked up: a government by all that its state's name stands
        for.
        """
        return tuple(party.removesuffix(".GOV") for party in self.ids)
