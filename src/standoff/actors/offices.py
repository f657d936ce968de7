"""From a phrase about an office to the actor: ``USA.GOV``, ``KOR.BUS``, or the person in office.

The id is the owner's, then the sector of the word for the office, then, where just one part of a
state can be meant, its name: ``PRK.GOV.FOREIGN_MINISTRY``. A word for people of a named body
("Hamas fighters", "a State Department spokesman") means that body.
"""

from __future__ import annotations

import attrs

from standoff.actors import tables
from standoff.actors.draft import Draft
from standoff.actors.lexicon import BODY, GROUP, PERSON, Hit
from standoff.actors.people import People
from standoff.actors.phrases import (
    DEPUTY,
    FORMER,
    Chain,
    Owner,
    Possession,
    behind,
    closes,
    possession,
)

_PRIVATE = frozenset(("CVL", "LAB", "REF", "EDU", "HLH", "REL", "CRM", "REB", "OPP"))
"""Sectors whose people do not stand for a body that they have to do with."""


@attrs.frozen
class Said:
    """A word for an office found in the text, for the descriptions that take it up later."""

    start: int
    office: str
    sector: str
    kind: str
    actor: str


@attrs.define(eq=False)
class Offices:
    """Offices of one document: resolves phrases and remembers them."""

    draft: Draft
    people: People
    hits: dict[int, Hit]
    owners: dict[int, Owner]
    starts: dict[int, Owner]
    chains: list[Chain]
    said: list[Said] = attrs.field(factory=list)
    used: set[int] = attrs.field(factory=set)
    chain_at: dict[int, Chain] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.chain_at = {chain.start: chain for chain in self.chains}

    def owned(self) -> None:
        """Find offices whose owner is said: "US officials", "the government of Mali"."""
        tokens = self.draft.tokens
        for chain in self.chains:
            if chain.start in self.used or not self.draft.free(chain.start, chain.end):
                continue
            owned = possession(tokens, chain.start, self.owners)
            if owned is not None and owned.owners and self._accepts(chain, owned):
                self._own(chain, owned)
                continue
            after, end, preposition = behind(tokens, chain, self.starts, self.chain_at)
            if not after:
                self._called_after(chain)
                continue
            modifiers = owned.modifiers if owned else frozenset()
            several = chain.plural and preposition in ("for", "from")
            if preposition == "of" or several or (preposition == "for" and after[0].kind == BODY):
                self._of(chain, after, end, modifiers)
            elif preposition == "in" and chain.office.inside:
                actor = self._actor(chain, after[0], modifiers)
                if actor is not None:
                    self._note(chain.start, chain.end, chain, actor)

    def serving(self) -> None:
        """Find people whose body follows: "a spokesman for the German Foreign Ministry"."""
        tokens = self.draft.tokens
        bodies = {
            mention.start: mention
            for mention in self.draft.mentions
            if mention.how in ("office", "gazetteer", "metonym")
        }
        for chain in self.chains:
            if chain.start in self.used or chain.office.kind == "body":
                continue
            if chain.office.sector in _PRIVATE:
                continue
            index = chain.end
            if index >= len(tokens) or tokens.lower[index] not in ("for", "of", "at", "from"):
                continue
            index += 1
            while index < len(tokens) and tokens.lower[index] in ("the", "a", "an"):
                index += 1
            served = bodies.get(index)
            if served is None or not self.draft.free(chain.start, chain.end):
                continue
            if not closes(tokens, served.end):
                continue
            if "." in served.actor and served.actor not in self.people.known:
                self._note(chain.start, chain.end, chain, served.actor)

    def _accepts(self, chain: Chain, owned: Possession) -> bool:
        """Tell whether a person as owner goes with this office: "Maduro's government"."""
        owner = owned.owners[-1]
        if owner.kind != PERSON:
            return self.draft.free(owner.start, owner.end)
        beside = owner.end == chain.start and (chain.plural or chain.office.generic)
        return owned.genitive or beside or chain.office.kind in ("body", "people")

    def _own(self, chain: Chain, owned: Possession) -> None:
        owner = owned.owners[-1]
        start = owner.start if len(owned.owners) > 1 else owned.start
        if owner.kind == PERSON:
            for mention in list(self.draft.mentions):
                if owner.start <= mention.start and mention.end <= owner.end:
                    self.draft.remove(mention)
        if owner.kind == GROUP:
            for state in tables.groups()[owner.actor]:
                whose = attrs.evolve(owner, actor=state)
                actor = self._actor(chain, whose, owned.modifiers)
                if actor is not None:
                    self._note(start, chain.end, chain, actor, "group")
            return
        actor = self._actor(chain, owner, owned.modifiers)
        if actor is None:
            return
        self._note(start, chain.end, chain, actor)
        for other in owned.owners[:-1]:
            actor = self._actor(chain, other, owned.modifiers)
            if actor is not None and self.draft.free(other.start, other.end):
                self._note(other.start, other.end, chain, actor)

    def _called_after(self, chain: Chain) -> None:
        """Find a government called after its head: "the Clinton administration"."""
        tokens = self.draft.tokens
        before = chain.start - 1
        if chain.office.name != "government" or before < 0 or before in self.draft.taken:
            return
        words = (tokens.words[before],)
        for office in ("president", "prime minister", "chancellor", "leader"):
            person = self.people.behind_title(words, office, None, before)
            if person is not None:
                owner = Owner(before, before + 1, person, PERSON, True)
                self._own(chain, Possession(before, (owner,), False, frozenset()))
                return

    def _of(self, chain: Chain, after: list[Owner], end: int, modifiers: frozenset[str]) -> None:
        first = after[0]
        if first.kind != PERSON and not self.draft.free(first.start, first.end):
            return
        actor = self._actor(chain, first, modifiers)
        if actor is None:
            return
        stop = first.end if first.kind != PERSON else chain.end
        self._note(chain.start, stop, chain, actor)
        for other in after[1:]:
            actor = self._actor(chain, other, modifiers)
            if actor is not None and self.draft.free(other.start, other.end):
                self._note(other.start, other.end, chain, actor)

    def _note(self, start: int, end: int, chain: Chain, actor: str, how: str = "") -> None:
        kind = chain.office.kind
        trait = chain.trait
        if actor in tables.people():
            self.people.note(actor, start, "", chain.office.name)
            trait = self.people.trait(actor)
        self.draft.add(start, end, actor, how or "office", trait)
        self.used.add(chain.start)
        sector, _ = sector_of(chain, frozenset())
        self.said.append(
            Said(start, chain.office.name, sector, "people" if chain.plural else kind, actor)
        )

    def _actor(self, chain: Chain, owner: Owner, modifiers: frozenset[str]) -> str | None:
        """Return the actor that an office of an owner is, or None where the owner is no one's."""
        if owner.kind == PERSON:
            home = tables.owner_of(owner.actor)
            if home not in tables.countries():
                return home if home in tables.bodies() else None
            return self.of_state(chain, home, modifiers)
        state = owner.actor if owner.actor in tables.countries() else None
        if state is not None:
            return self.of_state(chain, state, modifiers)
        body = tables.bodies().get(owner.actor)
        if chain.office.name == "member" and body is not None and body.kind == tables.IGO:
            return None  # its members are states
        if chain.office.kind == "holder" and not chain.plural and not modifiers & FORMER:
            person = self.people.holder(owner.actor, chain.office.name)
            if person is not None:
                return person
        if modifiers & FORMER and not chain.plural:
            home = tables.owner_of(owner.actor)
            return f"{home}.ELI" if home in tables.countries() else owner.actor
        return owner.actor

    def of_state(self, chain: Chain, state: str, modifiers: frozenset[str]) -> str:
        """Return the actor that an office in a state is."""
        sector, leaf = sector_of(chain, modifiers)
        if leaf and chain.office.kind == "holder":
            person = self.people.holder(state, chain.office.name)
            if person is not None:
                return person
        if not sector:
            return state
        return f"{state}.{sector}.{leaf}" if leaf else f"{state}.{sector}"


def sector_of(chain: Chain, modifiers: frozenset[str]) -> tuple[str, str]:
    """Return the sector of a chain, and the leaf where it can mean just one office or body."""
    if modifiers & FORMER and chain.office.kind in ("holder", "person"):
        return "ELI", ""
    office, plural = chain.office, chain.plural
    leaf = office.leaf
    if len(chain.roles) > 1:
        before = chain.roles[-2].office
        sides = [role.office.sector for role in chain.roles if role.office.sector in ("OPP", "REB")]
        if sides and office.kind != "body":
            return sides[0], ""
        if office.generic and before.sector:
            return before.sector, before.leaf if before.kind == "body" else ""
    if plural or modifiers & DEPUTY:
        leaf = ""
    return office.sector, leaf
