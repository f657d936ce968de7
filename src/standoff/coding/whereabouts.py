"""Where events take place: the place named beside an event word, by the parse."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.lexicon import lexicon

#: Prepositions that say where something is done.
_LOCATIVE = frozenset(
    {"in", "at", "near", "off", "outside", "inside", "around", "across", "along", "over", "on"}
    | {"above", "beside", "beyond", "throughout", "within", "outskirts"}
)

#: How deep in a phrase a place may be named: "in a village near the port of X".
_DEPTH = 3


#: After these a state is whom something is done to: "fired rockets at Israel".
_AIMED = frozenset({"at", "on", "over"})


def place_of(token: Token, named: Mapping[int, int], states: Container[int]) -> int | None:
    """Return the place where the event of a word is, None where the text does not say beside it.

    `named`: the number of the place that each token names; `states`: the tokens that name a state
    or its capital, which may act and be acted upon. A phrase of place counts before the
    things done to ("shelled the port of Mocha"), the word's own clause before its governor's.
    """
    for word in (token, *_governors(token), *_due(token)):
        for case, noun in sorted(clauses.obliques(word), key=lambda pair: pair[1].i):
            found = _within(noun, named, _INSIDE) if case in _LOCATIVE else None
            if found is not None and not (case in _AIMED and noun.i in states):
                return found
    things = clauses.patients(token) if token.pos_ == "VERB" else _of(token)
    for thing in things:
        found = _within(thing, named, _BESIDE)
        if found is not None:
            return found
    return _modifier(token, named)


def _governors(token: Token) -> Iterator[Token]:
    """Yield the light verb that a noun of action hangs on ("held talks in Oman")."""
    if token.pos_ != "VERB" and token.dep_ in {"obj", "nsubj:pass"} and token.head.pos_ == "VERB":
        sense = lexicon().sense(token.head)
        if sense is None:
            yield token.head


def _due(noun: Token) -> Iterator[Token]:
    """Yield the verbs of a clause that says where a meeting was due ("to take place in Oslo").

    Parsers hang such a clause, set off by commas, on the noun or on the verb of the sentence.
    """
    if noun.pos_ == "VERB":
        return
    clause = [*clauses.children(noun, "acl", "acl:relcl")]
    if noun.dep_ in {"nsubj", "nsubj:pass"}:
        clause += [c for c in clauses.children(noun.head, "advcl") if noun.i < c.i < noun.head.i]
    for head in clause:
        yield head
        yield from clauses.children(head, "xcomp", "acl", "advcl")


def _of(noun: Token) -> list[Token]:
    return [child for case, child in clauses.obliques(noun) if case in {"of", "against"}]


#: How the parts of a phrase of place hang together ("in Surin province"), and how a place stands by
#: a thing; "Katyusha rockets" and "a New York lawyer" are elsewhere.
_BESIDE = frozenset({"nmod", "flat", "appos"})
_INSIDE = _BESIDE | {"nmod:desc", "compound", "amod", "nmod:poss"}


def _within(
    noun: Token, named: Mapping[int, int], parts: frozenset[str], depth: int = 0
) -> int | None:
    """Return the place that a noun phrase names, itself or by one of its parts."""
    if noun.i in named:
        return named[noun.i]
    if depth == _DEPTH:
        return None
    for child in noun.children:
        if child.dep_ in parts:
            inner = _INSIDE if clauses.cases(child) & (_LOCATIVE | {"of"}) else parts
            found = _within(child, named, inner, depth + 1)
            if found is not None:
                return found
    return None


def _modifier(noun: Token, named: Mapping[int, int]) -> int | None:
    """Return the place that stands before a noun: "the Geneva talks"."""
    if noun.pos_ == "VERB":
        return None
    for child in clauses.children(noun, "compound", "nmod:desc", "nmod:poss"):
        if child.i in named:
            return named[child.i]
    return None
