"""Between whom an event is: states, and bodies that belong to none.

A *side* is what a dyad is made of: the country of an actor (``PRK`` for ``PRK.GOV.KIM_JONG_UN``),
or, where its id begins with a family of bodies, the body (``IGO.UN``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from standoff.record import Actor

#: First parts of ids that stand for no state: what follows them says who it is.
FAMILIES = frozenset({"IGO", "NGO", "IMG", "MNC", "CVL", "MEDIA", "UNLISTED"})

#: How ids begin that hold for one document only, and what they become in a store.
_LOCAL, _UNLISTED = "doc.", "UNLISTED"
#: No name is longer; what a reader took for one may be, and an index of PostgreSQL holds no more
#: than 2,700 bytes a line, in which two ids have to fit.
_LONGEST = 100


def side(actor: str) -> str:
    """Return the side that an actor is on."""
    first, _, rest = actor.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first in FAMILIES and rest else first


def belongs(actor: str, party: str) -> bool:
    """Tell whether an actor is a party or belongs to it: ``USA.GOV.TREASURY`` to ``USA``."""
    return actor == party or actor.startswith(f"{party}.")


def shared_ids(actors: Iterable[Actor]) -> dict[str, str]:
    """Return, for each actor of a record, the id that it has in a store.

    Ids of one document ("doc.p1") become ids by name, so that one name is one actor.
    """
    return {
        actor.id: f"{_UNLISTED}.{_leaf(actor.name)}" if actor.id.startswith(_LOCAL) else actor.id
        for actor in actors
    }


def pairs(source: Sequence[str], target: Sequence[str]) -> set[tuple[str, str]]:
    """Return the pairs of sides, each in alphabetic order, that an event with both parties has.

    Parties of the same side make a pair with itself only where nobody else takes part.
    """
    first, second = {side(a) for a in source}, {side(a) for a in target}
    found = {(min(a, b), max(a, b)) for a in first for b in second}
    others = {pair for pair in found if pair[0] != pair[1]}
    return others or found


def lone_pairs(
    actors: Sequence[str], against: Mapping[str, Collection[str]]
) -> set[tuple[str, str]]:
    """Return the pairs of an act that has one party only.

    `against` says whom each side faces in the other events of the same document.
    """
    mine = {side(a) for a in actors}
    return {(min(a, b), max(a, b)) for a in mine for b in against.get(a, ()) if a != b}


def _leaf(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in name.upper()).split()
    return "_".join(words)[:_LONGEST] or "UNNAMED"
