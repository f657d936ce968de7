"""Where things are done: to whose land, and whose police and miners are at it.

People and bodies of no country are of the state where the text has them act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs
from spacy.tokens import Doc, Token

from standoff import actors
from standoff.actors import tables
from standoff.places import PlaceMention

#: A text is at home in a state that so large a part of its places and actors are of: there are
#: those whom it names without a state. For persons and bodies that is worth a point of F1 on
#: reports of our own; rerun `python -m benchmarks reports`.
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
    """Return the cast with a state for kinds of people ("police", "strikers") and unlisted bodies.

    Of people that is the one state in which the places of their sentence lie, those named by "in"
    before others; where it names none, the state of most places of the text, if one has most; where
    places disagree, the state whose like was named last ("the government"). A body is of where it
    is said to be ("the ministry in Seoul"), else, with the persons whom no table has, of the state
    that most of the text is about, if it is about one.
    """
    sentences = _sentences(doc)
    # Places inside of names say little of where: "the Party Central Committee", "Ohio State".
    named = [place for place in where if place.how != "inside"]
    lands = [(place.start, land) for place in named if (land := land_of(place))]
    lands += [(place.start, place.actor) for place in cast.places if place.actor in cast.actors]
    known_lands = [a for m in cast.mentions if (a := cast.actors[m.actor].country)]
    everywhere = [land for _, land in lands] + known_lands
    home = _home(everywhere)
    seats = dict(lands)
    near: dict[int, set[str]] = {}
    inside: dict[int, set[str]] = {}
    for start, land in lands:
        near.setdefault(sentences[start], set()).add(land)
        if _is_locative(doc[start]):
            inside.setdefault(sentences[start], set()).add(land)
    known = dict(cast.actors)
    mentions = []
    last: dict[str, str] = {}
    for mention in cast.mentions:
        actor = cast.actors[mention.actor]
        if actor.kind == "role" and actor.country is None and "." not in actor.id:
            number = sentences[mention.start]
            found = inside.get(number) or near.get(number) or ({home} if home else set())
            if len(found) != 1 and actor.id in last and _is_definite(doc, mention):
                found = {last[actor.id]}
            if len(found) == 1:
                id_ = f"{next(iter(found))}.{actor.id}"
                known.setdefault(id_, actors.describe(id_))
                mention = attrs.evolve(mention, actor=id_)
        elif actor.id.startswith("doc.") and known[actor.id].country is None:
            seat = _seat(doc, mention, seats) if actor.kind == "body" else None
            if seat or home:
                known[actor.id] = attrs.evolve(actor, country=seat or home)
        state, _, function = mention.actor.partition(".")
        if state in tables.countries():
            last[function] = state
        mentions.append(mention)
    return attrs.evolve(cast, actors=known, mentions=tuple(mentions))


_LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "across", "from"})


def _is_locative(token: Token) -> bool:
    """Tell whether a place is named as where something is, not as whose it is."""
    first = token.head if token.dep_ == "conj" else token
    return any(child.dep_ == "case" and child.lower_ in _LOCATIVE for child in first.children)


def _is_definite(doc: Doc, mention: actors.Mention) -> bool:
    """Tell whether a mention takes up somebody already named: "the government", not "officials"."""
    before = doc[max(0, mention.start - 1)]
    return doc[mention.head].tag_ == "NN" and "the" in {before.lower_, doc[mention.start].lower_}


def _seat(doc: Doc, mention: actors.Mention, lands: Mapping[int, str]) -> str | None:
    """Return the state of the place that a body is said to be in."""
    for child in doc[mention.head].children:
        if child.dep_ == "nmod" and child.i in lands and _is_locative(child):
            return lands[child.i]
    return None


def _home(lands: Sequence[str]) -> str | None:
    """Return the state that most of a text's names are of, None where none is."""
    if not lands:
        return None
    land, count = Counter(lands).most_common(1)[0]
    return land if count > HOME * len(lands) else None


def _sentences(doc: Doc) -> list[int]:
    """Return the number of the sentence of each token."""
    return [number for number, sent in enumerate(doc.sents) for _ in sent]
