"""From a phrase about an office to the actor: ``USA.GOV``, ``KOR.BUS``, or the person in office.

The id is the owner's, then the sector of the word for the office, then, where just one part of a
state can be meant, its name: ``PRK.GOV.FOREIGN_MINISTRY``. A word for people of a named body
("Hamas fighters", "a State Department spokesman") means that body.
"""

from __future__ import annotations

import attrs

from standoff.actors import tables
from standoff.actors.draft import MANY, SOMEONE, THING, Draft
from standoff.actors.lexicon import BODY, GROUP, PERSON, Hit
from standoff.actors.people import (
    HONORIFICS,
    People,
    by_ends,
    gender_of,
    name_span,
    text_of,
)
from standoff.actors.phrases import (
    DEPUTY,
    FORMER,
    Chain,
    Owner,
    Possession,
    behind,
    possession,
)
from standoff.actors.tokens import Tokens

_NOBODY = Possession(0, (), False, frozenset())


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

    def titled(self) -> None:
        """Find names behind a title: "US Secretary of State Mike Pompeo"."""
        tokens = self.draft.tokens
        for chain in self.chains:
            if chain.office.title and not chain.plural and chain.end < len(tokens):
                self._titled(tokens, chain)

    def _titled(self, tokens: Tokens, chain: Chain) -> None:
        owned = possession(tokens, chain.start, self.owners) or _NOBODY
        start = min(owned.start, chain.start) if owned.start or owned.owners else chain.start
        owners, name_at = list(owned.owners), chain.end
        if not owners:
            after, end, preposition = behind(tokens, chain, self.starts)
            if after and preposition == "of":
                owners, name_at = after[:1], end
        if name_at + 1 < len(tokens) and tokens.lower[name_at] in HONORIFICS:
            name_at += 2 if tokens.words[name_at + 1] == "." else 1
        if name_at >= len(tokens) or tokens.sentence[name_at] != tokens.sentence[chain.start]:
            return
        hit = self.hits.get(name_at)
        owner = owners[-1] if owners else None
        home = _state(owner.actor) if owner else chain.office.home
        if hit is not None:
            entry = hit.entry(PERSON)
            if entry is None or hit.part:
                return
            actor, end = entry.id, hit.end
        else:
            end = name_span(tokens, name_at, set(self.hits))
            if end == name_at or (name_at > chain.end and end - name_at < 2):
                return
            actor = self._someone(chain, name_at, end, home)
        if not self.draft.free(start, end):
            return
        office = "" if owned.modifiers & (FORMER | DEPUTY) else chain.office.name
        known = self.people.note(actor, start, "", office)
        if home is not None and known.owner is None:
            known.owner = home
        self.draft.add(start, end, actor, "title", self.people.trait(actor))
        self.said.append(Said(start, office, chain.office.sector, "person", actor))
        self.used.add(chain.start)

    def _someone(self, chain: Chain, start: int, end: int, home: str | None) -> str:
        """Return the actor for a name that no table has as a whole."""
        tokens = self.draft.tokens
        words = tuple(tokens.words[start:end])
        office = chain.office.name if chain.office.kind == "holder" else ""
        found = self.people.behind_title(words, office, home, start)
        if found is not None:
            return found
        found = by_ends(words, home) if len(words) > 2 else None
        if found is not None:
            return found
        name = text_of(tokens, start, end)
        for known in self.people.known.values():
            if self.draft.actors[known.actor].name == name:
                return known.actor
        sector, _ = _sector(chain, frozenset())
        return self.draft.name_unlisted(name, home, sector)

    def honorifics(self) -> None:
        """Find names behind a form of address: "Mr Kim"."""
        tokens = self.draft.tokens
        for index, word in enumerate(tokens.lower):
            if word not in HONORIFICS or index in self.draft.taken or index + 1 >= len(tokens):
                continue
            if not tokens.words[index][0].isupper():
                continue
            name_at = index + 1 + (tokens.words[index + 1] == ".")
            if name_at in self.draft.taken:
                self._widen(index, name_at)
                continue
            end = name_span(tokens, name_at, set(self.hits) | self.draft.taken)
            if end == name_at or not self.draft.free(index, end):
                continue
            words = tuple(tokens.words[name_at:end])
            actor = self.people.behind_title(words, "", None, index)
            if actor is None:
                actor = self.draft.name_unlisted(text_of(tokens, name_at, end), None, "")
            self.people.note(actor, index, gender_of(word))
            self.draft.add(index, end, actor, "title", self.people.trait(actor))

    def _widen(self, index: int, name_at: int) -> None:
        """Let a mention of a person begin with the form of address before it."""
        for mention in self.draft.mentions:
            if mention.start == name_at and mention.actor in self.people.known:
                known = self.people.known[mention.actor]
                known.gender = known.gender or gender_of(self.draft.tokens.lower[index])
                trait = self.draft.traits.pop(mention)
                self.draft.mentions.remove(mention)
                self.draft.add(index, mention.end, mention.actor, mention.how, trait)
                return

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
            after, end, preposition = behind(tokens, chain, self.starts)
            if not after:
                self._called_after(chain)
                continue
            modifiers = owned.modifiers if owned else frozenset()
            if preposition == "of" or (preposition == "for" and after[0].kind == BODY):
                self._of(chain, after, end, modifiers)
            elif preposition == "in" and chain.office.inside:
                actor = self._actor(chain, after[0], modifiers)
                if actor is not None:
                    self._note(chain.start, chain.end, chain, actor)

    def serving(self) -> None:
        """Find people whose body follows: "a spokesman for the German Foreign Ministry"."""
        tokens = self.draft.tokens
        bodies = {
            mention.start: mention for mention in self.draft.mentions
            if mention.how in ("office", "gazetteer", "metonym")
        }
        for chain in self.chains:
            if chain.start in self.used or chain.office.kind == "body":
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
            self.draft.mentions = [
                mention for mention in self.draft.mentions
                if not (mention.start >= owner.start and mention.end <= owner.end)
            ]
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
        if chain.office.name != "government" or before < 0 or not self.draft.free(before, before + 1):
            return
        words = (tokens.words[before],)
        for office in ("president", "prime minister", "chancellor", "leader"):
            person = self.people.behind_title(words, office, None, before)
            if person is not None:
                owner = Owner(before, before + 1, person, PERSON, True)
                self._own(chain, Possession(before, (owner,), False, frozenset()))
                return

    def _of(
        self, chain: Chain, after: list[Owner], end: int, modifiers: frozenset[str]
    ) -> None:
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

    def _note(
        self, start: int, end: int, chain: Chain, actor: str, how: str = ""
    ) -> None:
        kind = chain.office.kind
        trait = MANY if chain.plural or kind == "people" else THING if kind == "body" else SOMEONE
        if actor in tables.people():
            self.people.note(actor, start, "", chain.office.name)
            trait = self.people.trait(actor)
        self.draft.add(start, end, actor, how or "office", trait)
        self.used.add(chain.start)
        sector, _ = _sector(chain, frozenset())
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
        if chain.office.kind == "holder" and not chain.plural and not modifiers & FORMER:
            person = self.people.holder(owner.actor, chain.office.name)
            if person is not None:
                return person
        if modifiers & FORMER and not chain.plural:
            home = _state(owner.actor)
            return f"{home}.ELI" if home in tables.countries() else owner.actor
        return owner.actor

    def of_state(self, chain: Chain, state: str, modifiers: frozenset[str]) -> str:
        """Return the actor that an office in a state is."""
        sector, leaf = _sector(chain, modifiers)
        if leaf and chain.office.kind == "holder":
            person = self.people.holder(state, chain.office.name)
            if person is not None:
                return person
        if not sector:
            return state
        return f"{state}.{sector}.{leaf}" if leaf else f"{state}.{sector}"


def _state(actor: str) -> str:
    """Return the state or organisation whose part an owner is."""
    return tables.owner_of(actor)


def _sector(chain: Chain, modifiers: frozenset[str]) -> tuple[str, str]:
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
