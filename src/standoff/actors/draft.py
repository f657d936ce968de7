"""The cast of a document while it is being found."""

from __future__ import annotations

import datetime

import attrs

from standoff.actors import tables
from standoff.actors.model import Cast, Mention
from standoff.actors.tokens import Tokens
from standoff.record import Actor

MALE, FEMALE, SOMEONE, THING, MANY = "m", "f", "u", "n", "pl"
"""What pronoun may stand for a mention: he, she, either of them, it, they."""


def describe(actor: str) -> Actor:
    """Return the actor that a listed id, or one made of a state and a function, stands for."""
    body = tables.bodies().get(actor)
    if body is not None:
        return Actor(actor, body.name, body.country, body.sectors, body.kind)
    country = tables.countries().get(actor)
    if country is not None:
        return Actor(actor, country.name, actor, (), country.kind)
    person = tables.people().get(actor)
    parts = actor.split(".")
    root, sector = parts[0], parts[1] if len(parts) > 1 else ""
    state = tables.countries().get(root)
    if person is not None:
        sectors = (root,) if state is None else (sector,)
        return Actor(actor, person.name, root if state else None, sectors, "person")
    names = tables.sectors()
    if state is None:
        return Actor(actor, names.get(root, root), None, (root,) if root in names else (), "role")
    what = parts[2].replace("_", " ").lower() if len(parts) > 2 else names[sector]
    kind = "office" if len(parts) > 2 else "role"
    return Actor(actor, f"{state.name}: {what}", root, (sector,), kind)


@attrs.define(eq=False)
class Draft:
    """Mentions and actors found so far, and which tokens they hold."""

    tokens: Tokens
    published: datetime.date | None
    actors: dict[str, Actor] = attrs.field(factory=dict)
    mentions: list[Mention] = attrs.field(factory=list)
    places: list[Mention] = attrs.field(factory=list)
    taken: set[int] = attrs.field(factory=set)
    traits: dict[Mention, str] = attrs.field(factory=dict)
    by_sentence: dict[int, list[Mention]] = attrs.field(factory=dict)
    unlisted: int = 0
    bodies: dict[str, str] = attrs.field(factory=dict)

    def add(self, start: int, end: int, actor: str, how: str, trait: str) -> Mention:
        """Note that the tokens from `start` to `end` stand for `actor`."""
        if actor not in self.actors:
            self.actors[actor] = describe(actor)
        mention = Mention(start, end, self.tokens.head_of(start, end), actor, how)
        self.mentions.append(mention)
        self.by_sentence.setdefault(self.tokens.sentence[start], []).append(mention)
        self.taken.update(range(start, end))
        self.traits[mention] = trait
        return mention

    def remove(self, mention: Mention) -> None:
        """Forget a mention that turned out to be part of a larger one."""
        self.mentions.remove(mention)
        self.by_sentence[self.tokens.sentence[mention.start]].remove(mention)

    def replace(self, old: Mention, actor: str) -> Mention:
        """Say that a mention stands for another actor than was thought."""
        if actor not in self.actors:
            self.actors[actor] = describe(actor)
        new = attrs.evolve(old, actor=actor)
        for among in (self.mentions, self.by_sentence[self.tokens.sentence[old.start]]):
            among[among.index(old)] = new
        self.traits[new] = self.traits.pop(old)
        return new

    def place(self, start: int, end: int, actor: str, how: str) -> None:
        """Note that the tokens from `start` to `end` are a place in the state `actor`."""
        if actor not in self.actors:
            self.actors[actor] = describe(actor)
        head = self.tokens.head_of(start, end)
        self.places.append(Mention(start, end, head, actor, how))
        self.taken.update(range(start, end))

    def name_unlisted(self, name: str, owner: str | None, sector: str) -> str:
        """Return an id for a person whom no table has."""
        leaf = "_".join("".join(c if c.isalnum() else " " for c in name.upper()).split())
        body = tables.bodies().get(owner) if owner is not None else None
        if body is not None:
            actor = f"{owner}.{leaf}"
            self.actors.setdefault(
                actor, Actor(actor, name, body.country, body.sectors[:1], "person")
            )
            return actor
        if owner is not None and owner in tables.countries():
            actor = f"{owner}.{sector}.{leaf}" if sector else f"{owner}.{leaf}"
            self.actors.setdefault(
                actor, Actor(actor, name, owner, (sector,) if sector else (), "person")
            )
            return actor
        self.unlisted += 1
        actor = f"doc.p{self.unlisted}"
        self.actors[actor] = Actor(actor, name, None, (sector,) if sector else (), "person")
        return actor

    def body_unlisted(self, name: str) -> str:
        """Return an id for a body whom no table has; one name is one body in a text."""
        if name not in self.bodies:
            actor = f"doc.b{len(self.bodies) + 1}"
            self.bodies[name] = actor
            self.actors[actor] = Actor(actor, name, None, (), "body")
        return self.bodies[name]

    def free(self, start: int, end: int) -> bool:
        """Tell whether no mention holds any of these tokens yet."""
        return self.taken.isdisjoint(range(start, end))

    def headed(self, head: int) -> list[Mention]:
        """Return the mentions with this head."""
        near = self.by_sentence.get(self.tokens.sentence[head], [])
        return [mention for mention in near if mention.head == head]

    def cast(self) -> Cast:
        """Return what was found; actors that no mention or place uses are left out."""
        mentions = sorted(set(self.mentions), key=attrs.astuple)
        places = sorted(set(self.places), key=attrs.astuple)
        used = {mention.actor for mention in mentions} | {place.actor for place in places}
        actors = {id_: actor for id_, actor in self.actors.items() if id_ in used}
        return Cast(actors, tuple(mentions), tuple(places))


def party(actor: str) -> str:
    """Return the side that an actor belongs to: its state, or itself where it is no state's.

    >>> party("USA.GOV.MIKE_POMPEO"), party("COL.REB.FARC"), party("IGO.UN.KOFI_ANNAN")
    ('USA', 'COL.REB.FARC', 'IGO.UN')
    """
    parts = actor.split(".")
    if parts[0] in tables.ROOTS:
        return ".".join(parts[:2])
    if len(parts) > 1 and parts[1] in ("REB", "OPP", "CRM"):
        return actor
    return parts[0]
