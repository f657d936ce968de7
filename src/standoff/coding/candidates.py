"""Which words of a document may denote events, and between whom."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from spacy.tokens import Span, Token

from standoff.coding import clauses, parties
from standoff.coding.chain import ASPECT, ENDING, Link, aspectual, chain
from standoff.coding.lexicon import Sense, lexicon
from standoff.coding.parties import Parties
from standoff.coding.reading import Reading


@attrs.frozen(eq=False)
class Candidate:
    """A word that may denote an event: its possible types, its governors and its parties."""

    token: Token
    sense: Sense | None
    links: tuple[Link, ...]
    parties: Parties

    @property
    def ends(self) -> bool:
        """Whether the event is that a measure was suspended or ended."""
        return any(link.operators & ENDING for link in aspectual(list(self.links)))


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of a document in text order.

    A sentence without an actor, or without a word that can denote an event, costs nothing more.
    """
    for sentence in reading.doc.sents:
        if any(reading.own(token) or reading.located(token) for token in sentence):
            yield from _of_sentence(reading, sentence)


def _of_sentence(reading: Reading, sentence: Span) -> Iterator[Candidate]:
    for token in sentence:
        if token.pos_ == "VERB":
            candidate = _verbal(reading, token)
        elif token.pos_ in {"NOUN", "PROPN"}:
            candidate = _nominal(reading, token)
        else:
            candidate = None
        if candidate is not None and (candidate.parties.source or candidate.parties.target):
            yield candidate


def _verbal(reading: Reading, verb: Token) -> Candidate | None:
    if lexicon().is_barred(verb) or verb.dep_ in {"amod", "compound", "case", "mark", "fixed"}:
        return None
    if _is_operator_only(verb):
        return None
    sense = lexicon().sense(verb)
    found = parties.of_verb(reading, verb, sense)
    if sense is None and not (found.source and found.target):
        return None
    if sense is not None and not found.target and set(sense.types) & parties.ADDRESSED:
        side = parties.addressee(reading, verb, found.source)
        found = attrs.evolve(found, target=tuple(side.ids), target_tokens=tuple(side.tokens))
    return Candidate(verb, sense, tuple(chain(verb)), found)


def _is_operator_only(verb: Token) -> bool:
    """Tell whether a verb merely begins, suspends, plans… an event that another word denotes."""
    if not lexicon().operator(verb) & ASPECT:
        return False
    things = clauses.patients(verb) or clauses.children(verb, "xcomp")
    subject = clauses.subject(verb)
    if not things and subject is not None:
        things = [subject]
    return any(
        lexicon().sense(thing) is not None and thing.pos_ in {"NOUN", "PROPN", "VERB"}
        for first in things for thing in (first, *first.conjuncts)
    )


def _nominal(reading: Reading, noun: Token) -> Candidate | None:
    sense = lexicon().sense(noun)
    if sense is None or noun.dep_ in {"compound", "flat", "nmod:desc"} or lexicon().is_barred(noun):
        return None
    if reading.by_token.get(noun.i):
        # "the strike force", "the Protest Movement": part of a name, not an event.
        return None
    links = chain(noun)
    found = parties.of_noun(reading, noun, sense, links)
    return Candidate(noun, sense, tuple(links), found)


def is_object_of_event(candidate: Candidate) -> bool:
    """Tell whether a noun is only what a verb's event is about: "rejected the demand"."""
    token = candidate.token
    if token.pos_ == "VERB" or aspectual(list(candidate.links)):
        return False
    head = token.head
    return bool(
        token.dep_ in {"obj", "nsubj:pass"} and head.pos_ == "VERB"
        and lexicon().sense(head) is not None
    )


def governing_verb(token: Token) -> Token:
    """Return the verb of the clause that a word stands in, or the root."""
    while token.pos_ not in {"VERB", "AUX"} and token.head is not token:
        token = token.head
    return token


__all__ = ["Candidate", "candidates", "clauses", "governing_verb", "is_object_of_event"]
