"""Descriptions that take up who was named: "the ministry", "the North", "the two sides".

A description means the latest actor before it that it fits. Where none fits, but all that the
document has named so far belongs to one state, it means that state's; else it stays unresolved,
or, for words such as "police" or "protesters", an actor of which only the sector is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from standoff.actors import tables
from standoff.actors.draft import THING, Draft, party
from standoff.actors.groups import PLURALS, TWO, name_group
from standoff.actors.model import Mention
from standoff.actors.offices import Offices, Said
from standoff.actors.people import People
from standoff.actors.phrases import Chain, possession

_THE = frozenset(("the", "this", "that", "these", "those"))
_PAIRS = (("PRK", "KOR"), ("VDR", "RVN"), ("YEM", "YMD"))
_POWERS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP", "REB"))
"""Sectors of which a state has one that is meant where no other is named."""
_OF_WHAT = frozenset(("accuse", "suspect", "convict", "acquit", "warn", "inform", "notify"))


@tables.for_each_own
def _nouns() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for body in tables.bodies().values():
        for noun in body.nouns:
            found.setdefault(noun, set()).add(body.id)
    return {noun: frozenset(ids) for noun, ids in found.items()}


def describe_again(draft: Draft, people: People, offices: Offices) -> None:
    """Resolve the descriptions of a document, in the order of its text."""
    tokens = draft.tokens
    chains = {chain.start: chain for chain in offices.chains if chain.start not in offices.used}
    finder = _Finder(draft, people, offices)
    for start, word in enumerate(tokens.lower):
        if start in draft.taken:
            continue
        if word in TWO or (word in PLURALS and start and tokens.lower[start - 1] == "the"):
            name_group(draft, people, start)
        elif word in ("north", "south") and tokens.words[start][0].isupper():
            finder.compass(start)
        elif start in chains and draft.free(start, chains[start].end):
            finder.office(chains[start])
        elif word in _nouns() and finder.article(start) in _THE:
            finder.noun(start)


class _Finder:
    """Looks back from a description over what the document has said so far."""

    def __init__(self, draft: Draft, people: People, offices: Offices) -> None:
        self.draft, self.people, self.offices = draft, people, offices
        self.tokens = draft.tokens

    def article(self, start: int) -> str:
        """Return the article or pronoun before a noun, over at most three other words."""
        index = start - 1
        while index >= 0 and start - index <= 3 and index not in self.draft.taken:
            word = self.tokens.lower[index]
            if word in _THE or word in ("a", "an", "its", "their", "his", "her", "our", "my"):
                return word
            tagged = self.tokens.pos[index]
            if tagged not in ("ADJ", "NOUN", "PROPN") or word in ("other", "another", "such"):
                return ""
            index -= 1
        return ""

    def earlier(self, start: int) -> Iterator[Mention]:
        """Yield the mentions before a token, the last first."""
        for number in range(self.tokens.sentence[start], -1, -1):
            near = self.draft.by_sentence.get(number, ())
            for mention in sorted(near, key=lambda mention: mention.start, reverse=True):
                if mention.start < start:
                    yield mention

    def noun(self, start: int) -> None:
        """Resolve a common noun for a named body: "the agency"."""
        actor = self._body(start, self.tokens.lower[start])
        if actor is not None:
            self.draft.add(start, start + 1, actor, "definite", THING)

    def _body(self, start: int, noun: str) -> str | None:
        ids = _nouns().get(noun, frozenset())
        if not ids:
            return None
        before = (mention.actor for mention in self.earlier(start))
        return next((actor for actor in before if actor in ids), None)

    def office(self, chain: Chain) -> None:
        """Resolve a word for an office that has no owner: "the ministry", "police"."""
        tokens = self.tokens
        if tokens.dep[chain.end - 1] == "amod" or (
            chain.end < len(tokens) and tokens.words[chain.end] == "-"
        ):
            return
        article = self.article(chain.start)
        owned = possession(tokens, chain.start, self.offices.owners)
        if owned is not None and owned.owners:
            return
        modifiers = owned.modifiers if owned else frozenset()
        actor = None
        inner = tokens.dep[chain.end - 1] == "compound" and chain.office.kind != "body"
        if article in _THE and not inner and not self._named_otherwise(chain):
            last = tokens.lower[chain.end - 1]
            actor = self._body(chain.start, last)
            if actor is None and not self._elsewhere(chain):
                actor = self._said(chain) or self._only_state(chain, modifiers)
        if actor is None:
            if not self._stands_alone(chain, article):
                return
            actor, how = chain.office.sector, "role"
        else:
            how = "definite"
        kind = chain.office.kind
        trait = chain.trait
        if actor in self.people.known or actor in tables.people():
            self.people.note(actor, chain.start)
            trait = self.people.trait(actor)
        self.draft.add(chain.start, chain.end, actor, how, trait)
        if how == "definite":
            self.offices.said.append(
                Said(chain.start, chain.office.name, chain.office.sector, kind, actor)
            )

    def _stands_alone(self, chain: Chain, article: str) -> bool:
        """Tell whether a word for people or a body is an actor with nothing known but its kind."""
        tokens = self.tokens
        if article in ("its", "their", "his", "her", "our", "my"):
            return False
        last = chain.end - 1
        if tokens.dep[last] in ("compound", "nmod:desc", "xcomp", "flat"):
            return False
        if any(tokens.dep[child] == "cop" for child in tokens.children[last]):
            return False
        if tokens.parsed and tokens.preposition(chain.start, chain.end) == "as":
            return False
        if chain.office.kind == "body" and self._elsewhere(chain):
            return False
        if (
            chain.office.kind in ("holder", "person")
            and not chain.plural
            and not (article or tokens.words[chain.start][0].isupper() or self._counted(chain))
        ):
            return False
        if chain.office.counted:
            return self._counted(chain)
        if not chain.office.bare:
            return False
        return tokens.parsed or chain.plural or chain.office.kind in ("body", "people")

    def _counted(self, chain: Chain) -> bool:
        """Tell whether a number stands before a word: "18 people", "at least two men"."""
        return any(
            self.tokens.pos[index] == "NUM" or self.tokens.words[index][:1].isdigit()
            for index in range(max(chain.start - 2, 0), chain.start)
        )

    def _named_otherwise(self, chain: Chain) -> bool:
        """Tell whether a name that no table has says whose it is: "the Johor government"."""
        before = chain.start - 1
        return before >= 0 and self.tokens.pos[before] == "PROPN" and before not in self.draft.taken

    def _elsewhere(self, chain: Chain) -> bool:
        """Tell whether "of" or "for" makes it another's: "the president of the club"."""
        tokens = self.tokens
        index = chain.end
        if index + 1 >= len(tokens) or tokens.lower[index] not in ("of", "for"):
            return False
        if not tokens.parsed:
            return chain.office.kind != "people"
        inside = range(chain.start, chain.end)
        above = tokens.head[tokens.head_of(chain.start, chain.end)]
        if tokens.lemma[above] in _OF_WHAT:
            return False
        return tokens.head[tokens.head[index]] in inside or tokens.head[index] in inside

    def _said(self, chain: Chain) -> str | None:
        """Return the actor of the latest office before that this one can take up."""
        office, start = chain.office, chain.start
        before = sorted(
            (said for said in self.offices.said if said.start < start),
            key=lambda said: said.start,
            reverse=True,
        )
        for said in before:
            same = said.office == office.name or said.office.endswith(f" {office.name}")
            if same and ((said.kind == "people") == chain.plural or office.kind == "people"):
                return said.actor
        if not chain.plural and office.kind == "holder":
            held = [
                (max(seen), known.actor)
                for known in self.people.known.values()
                if office.name in known.offices
                and (seen := [place for place in known.seen if place < start])
            ]
            if held:
                return max(held)[1]
        if office.sector in _POWERS and (office.kind in ("body", "people") or chain.plural):
            for said in before:
                if said.sector == office.sector and said.kind in ("body", "people"):
                    state = tables.owner_of(said.actor)
                    if state in tables.countries():
                        return self.offices.of_state(chain, state, frozenset())
                    return said.actor
        return None

    def _only_state(self, chain: Chain, modifiers: frozenset[str]) -> str | None:
        """Return the office in the one state that all mentions so far belong to."""
        if chain.office.sector not in _POWERS or (
            chain.office.kind == "person" and not chain.plural
        ):
            return None
        named = (*self.draft.mentions, *self.draft.places)
        states = {
            state
            for mention in named
            if mention.start < chain.start
            and not mention.actor.startswith("MEDIA")
            and (state := self.draft.actors[mention.actor].country)
        }
        if len(states) != 1:
            return None
        return self.offices.of_state(chain, states.pop(), modifiers)

    def compass(self, start: int) -> None:
        """Resolve "the North" and "the South" in a document that names either Korea."""
        tokens = self.tokens
        if not start or tokens.lower[start - 1] != "the":
            return
        if start + 1 < len(tokens) and tokens.words[start + 1][0].isupper():
            return
        named = {party(actor) for actor in self.draft.actors}
        for north, south in _PAIRS:
            if north in named or south in named:
                actor = north if tokens.lower[start] == "north" else south
                self.draft.add(start, start + 1, actor, "definite", THING)
                return
