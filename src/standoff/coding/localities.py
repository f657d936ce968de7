"""Where things are done: to whose land, and whose police and miners are at it.

People of no country are of the state where the text has them act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
from spacy.tokens import Doc

from standoff import actors
from standoff.actors import tables
from standoff.places import PlaceMention

#: A text is at home in a state that so large a part of its places lie in.
HOME = 0.5


def land_of(place: PlaceMention) -> str | None:
    """Return the state or territory that a place lies in, where it is one that can act."""
    land = place.entry.country if place.entry is not None else None
    return land if land in tables.countries() else None


def with_lands(cast: actors.Cast, where: Sequence[PlaceMention]) -> actors.Cast:
    """Return the cast with the states that places lie in: what is done there is done to them."""
    lands = {land for place in where if (land := land_of(place))}
    missing = {id_: actors.describe(id_) for id_ in sorted(lands - cast.actors.keys())}
    return attrs.evolve(cast, actors={**cast.actors, **missing})


def localised(doc: Doc, cast: actors.Cast, where: Sequence[PlaceMention]) -> actors.Cast:
    """Return the cast with kinds of people ("police", "strikers") given the state they act in.

    That is the one state in which the places of their sentence lie; where it names none, the state
    of most places of the text. Where places disagree they stay of no country.
    """
    sentences = _sentences(doc)
    lands = [(place.start, land) for place in where if (land := land_of(place))]
    lands += [(place.start, place.actor) for place in cast.places if place.actor in cast.actors]
    home = _home(
        [land for _, land in lands]
        + [a for m in cast.mentions if (a := cast.actors[m.actor].country)]
    )
    near: dict[int, set[str]] = {}
    for start, land in lands:
        near.setdefault(sentences[start], set()).add(land)
    known = dict(cast.actors)
    mentions = []
    for mention in cast.mentions:
        actor = cast.actors[mention.actor]
        if actor.kind == "role" and actor.country is None and "." not in actor.id:
            found = near.get(sentences[mention.start], set()) or ({home} if home else set())
            if len(found) == 1:
                id_ = f"{next(iter(found))}.{actor.id}"
                known.setdefault(id_, actors.describe(id_))
                mention = attrs.evolve(mention, actor=id_)
        mentions.append(mention)
    return attrs.evolve(cast, actors=known, mentions=tuple(mentions))


def _home(lands: Sequence[str]) -> str | None:
    if not lands:
        return None
    land, count = Counter(lands).most_common(1)[0]
    return land if count > HOME * len(lands) else None


def _sentences(doc: Doc) -> list[int]:
    """Return the number of the sentence of each token."""
    return [number for number, sent in enumerate(doc.sents) for _ in sent]
