"""A document under the coder's eyes: its parse, its cast of actors, its times and quotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs
from spacy.tokens import Doc, Token

from standoff import actors
from standoff.coding import clauses
from standoff.coding.localities import land_of
from standoff.coding.quotations import Quotation
from standoff.language.attribution import Attribution
from standoff.places import PlaceMention
from standoff.record import Document
from standoff.times import TimeMention

#: Prepositions by which a noun belongs to what follows.
#: Prepositions by which people are those of a state: "negotiators for Egypt".
_OWNING = frozenset({"of", "for", "from"})

_BELONGING = frozenset({"of", "from", "by", "between"})

#: Case matters: "US" is a state.
FIRST_PERSON = frozenset(
    {"We", "we", "I", "us", "Our", "our", "My", "my", "me", "ours", "ourselves"}
)


@attrs.frozen(eq=False)
class Reading:
    """What is known of a document before events are sought."""

    document: Document
    doc: Doc
    cast: actors.Cast
    times: Sequence[TimeMention]
    quotations: Sequence[Quotation]
    by_token: dict[int, list[str]]
    places: dict[int, list[str]]
    extents: dict[int, range]
    where: Sequence[PlaceMention]
    lands: dict[int, str]
    accounts: dict[int, list[Attribution]]

    @classmethod
    def of(
        cls,
        document: Document,
        doc: Doc,
        cast: actors.Cast,
        found: Sequence[TimeMention],
        where: Sequence[PlaceMention] = (),
    ) -> Reading:
        """Index mentions by the tokens they cover; quotations come later, with `attrs.evolve`."""
        return cls(
            document,
            doc,
            cast,
            found,
            quotations=(),
            by_token=_cover(cast.mentions),
            places=_cover(cast.places),
            extents=_extents((*cast.places, *cast.mentions)),
            where=where,
            lands={
                i: land
                for place in where
                if (land := land_of(place)) is not None
                for i in range(place.start, place.end)
            },
            accounts=_accounts(doc),
        )

    def is_known(self, id_: str) -> bool:
        """Tell whether an actor is more than a name or a kind of people: it has a state or a body.

        "Police" of nowhere (``COP``) and a person whom nothing places (``doc.p1``) are not.
        """
        return self.country(id_) is not None or ("." in id_ and not id_.startswith("doc."))

    def country(self, id_: str) -> str | None:
        """Return the country of an actor of the cast."""
        actor = self.cast.actors.get(id_)
        return actor.country if actor else None

    def sides(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the sides that actors are on: the country of each, or who has none itself."""
        return frozenset(self.country(id_) or id_ for id_ in ids)

    def named(self, token: Token) -> bool:
        """Tell whether a token is part of the name of an actor or place, or speaks as one."""
        return bool(self.own(token)) or token.i in self.places

    def own(self, token: Token) -> list[str]:
        """Return the actors that a token is part of a mention of, first persons included."""
        if token.text in FIRST_PERSON:
            for quotation in self.quotations:
                if quotation.start <= token.i < quotation.end:
                    return list(quotation.speakers)
            return []
        return self.by_token.get(token.i, [])

    def extent(self, token: Token) -> range:
        """Return the tokens of the mention that a token is part of, or the token alone."""
        return self.extents.get(token.i, range(token.i, token.i + 1))

    def words(self, token: Token) -> range:
        """Return the tokens by which a party is named: its mention, else its noun phrase."""
        return self.extents.get(token.i) or clauses.phrase(token)

    def parties(self, token: Token, *, through: bool = True) -> list[str]:
        """Return the actors that a noun phrase names, its conjuncts' included.

        With `through`, a noun that is no actor itself stands for the one it belongs to: "its
        economy", "the Croatian request", "banks of France".
        """
        found: list[str] = []
        for noun in (token, *_conjuncts(token)):
            named = [*self._coordinated(noun), *self.own(noun)] or (
                self.belonging(noun) if through else []
            )
            found += [id_ for id_ in named if id_ not in found]
        return found

    def _coordinated(self, noun: Token) -> list[str]:
        """Return whom a mention leaves out of those joined: *British* and French envoys, ministers
        of Egypt, *Ethiopia* and *Sudan*."""
        inside = self.extent(noun)
        before = [
            id_
            for child in clauses.children(noun, "amod", "compound")
            if child.i not in inside and any(part.i in inside for part in child.conjuncts)
            for id_ in self.own(child)
        ]
        if noun.tag_ != "NNS":
            return before
        return before + [
            id_
            for case, child in clauses.obliques(noun)
            if case in _OWNING and child.i in inside
            for part in _conjuncts(child)
            if part.i not in inside
            for id_ in self.own(part)
        ]

    def belonging(self, noun: Token) -> list[str]:
        """Return the actors a noun belongs to: by possessor, adjective, compound or *of*."""
        for labels in (("nmod:poss",), ("amod", "compound", "nmod:desc")):
            found = [
                id_
                for child in clauses.children(noun, *labels)
                for part in (child, *_conjuncts(child))
                for id_ in self.own(part) or self.places.get(part.i, [])
            ]
            if found:
                return list(dict.fromkeys(found))
        for case, child in clauses.obliques(noun):
            if case in _BELONGING and child.dep_.startswith("nmod"):
                found = self.parties(child, through=False) or self.located(child)
                if found:
                    return found
        return []

    def located(self, token: Token) -> list[str]:
        """Return the states whose country or capital a place name names."""
        return self.places.get(token.i, [])

    def standing(self, noun: Token) -> list[str]:
        """Return the states that a thing stands in: "a hospital in Surin", "Galilee villages"."""
        for token in (noun, *(child for _, child in clauses.obliques(noun))):
            land = self.lands.get(token.i)
            if found := self.located(token) or ([land] if land else []):
                return found
        return []


def _conjuncts(token: Token) -> list[Token]:
    return [child for child in token.conjuncts if child.i > token.i]


def _cover(mentions: Sequence[actors.Mention]) -> dict[int, list[str]]:
    table: defaultdict[int, list[str]] = defaultdict(list)
    for mention in mentions:
        for i in range(mention.start, mention.end):
            if mention.actor not in table[i]:
                table[i].append(mention.actor)
    return dict(table)


def _accounts(doc: Doc) -> dict[int, list[Attribution]]:
    """Return the attributions whose content each token is in, in text order."""
    table: defaultdict[int, list[Attribution]] = defaultdict(list)
    for each in doc._.attributions:
        for i in sorted({i for part in each.contents for i in range(part.start, part.end)}):
            table[i].append(each)
    return dict(table)


def _extents(mentions: Sequence[actors.Mention]) -> dict[int, range]:
    """Return the token range of the mention at each token, the last given where two overlap."""
    return {
        i: range(mention.start, mention.end)
        for mention in mentions
        for i in range(mention.start, mention.end)
    }
