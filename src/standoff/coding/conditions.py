"""Conditions: clauses and phrases that tie one thing to another (if, unless, in return for…).

First version: markers of adverbial clauses, and the fixed phrases of bargaining.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.coding import attribution, clauses
from standoff.coding.chain import chain
from standoff.coding.reading import Reading
from standoff.record import Condition, Event, Span

#: Clause markers and the relation each stands for.
MARKERS = {
    "if": "if",
    "unless": "unless",
    "until": "until",
    "till": "until",
    "provided": "provided",
    "providing": "provided",
    "lest": "lest",
    "before": "before",
}

#: The noun of a phrase of bargaining and the relation that the phrase stands for.
PHRASES = {"return": "in return for", "exchange": "in exchange for"}


def conditions(reading: Reading, events: Sequence[Event]) -> list[Condition]:
    """Return the conditions of a document in text order, tied to the events that they bind."""
    found: list[Condition] = []
    for token in _conditional_words(reading):
        pair = _clause(token) or _phrase(token)
        if pair is None:
            continue
        consequent, condition, relation = pair
        while consequent.dep_ == "conj" and consequent.head.pos_ == consequent.pos_:
            # "would recall its envoy and close the base if …": the condition is on both.
            consequent = consequent.head
        left, right = _span(reading, consequent, condition), _span(reading, condition, None)
        if left.start >= left.end or not right.text.strip():
            continue
        found.append(
            Condition(
                id=f"c{len(found) + 1}",
                actor=_whose(reading, consequent),
                relation=relation,
                consequent=left,
                condition=right,
                consequent_event=_event_at(reading, events, consequent, condition),
                condition_event=_event_at(reading, events, condition, None),
            )
        )
    return found


def _conditional_words(reading: Reading) -> list[Token]:
    """Return the words that a marker hangs on or that head a phrase of bargaining, in order."""
    found = {
        (token if token.lower_ in PHRASES else token.head).i
        for token in reading.doc
        if token.lower_ in MARKERS or token.lower_ in PHRASES
    }
    return [reading.doc[i] for i in sorted(found)]


def _clause(token: Token) -> tuple[Token, Token, str] | None:
    """Return (consequent, condition, relation) for a marked clause.

    *Before* and *until* tie only what is not told as done: "before it left" is a time.
    """
    if token.dep_ not in {"advcl", "obl", "nmod"} or token.head == token:
        return None
    marks = [c.lower_ for c in token.children if c.dep_ in {"mark", "case"} and c.lower_ in MARKERS]
    if not marks:
        return None
    relation = MARKERS[marks[0]]
    if token.dep_ != "advcl" and relation not in {"until", "before"}:
        return None
    if relation == "before":
        if token.tag_ in {"VBD", "CD", "NNP"} or token.pos_ not in {"VERB", "NOUN"}:
            return None
        if token.pos_ == "NOUN" and not _wanted(token.head):
            return None
    if relation == "until" and token.dep_ != "advcl" and not clauses.is_negated(token.head):
        return None
    return token.head, token, relation


def _wanted(token: Token) -> bool:
    """Tell whether a verb stands under a wish or demand, itself or through its conjuncts."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    return any({"request", "plan", "promise", "refuse"} & link.operators for link in chain(first))


def _phrase(token: Token) -> tuple[Token, Token, str] | None:
    relation = PHRASES.get(token.lower_)
    if relation is None or "in" not in clauses.cases(token):
        return None
    for case, noun in clauses.obliques(token):
        if case == "for":
            return token.head, noun, relation
    for child in token.head.children:
        if child.i > token.i and "for" in clauses.cases(child):
            return token.head, child, relation
    return None


def _span(reading: Reading, head: Token, without: Token | None) -> Span:
    """Return the words of a clause without its markers, less the part that `without` heads."""
    hidden = {t.i for t in without.subtree} if without is not None else set()
    words = [t for t in head.subtree if t.i not in hidden and not t.is_space]
    if without is not None:
        # Keep one stretch: the side of the condition on which the consequent's verb stands.
        side = [t for t in words if (t.i < without.i) == (head.i < without.i)]
        words = side or words
    while len(words) > 1 and (words[-1].is_punct or words[-1].dep_ == "case" or _bargains(words)):
        words.pop()
    while len(words) > 1 and (words[0].is_punct or words[0].dep_ in _EDGES):
        words.pop(0)
    last = words[-1]
    return reading.document.span(words[0].idx, last.idx + len(last))


#: Labels of words that join a clause to another and say nothing of their own.
_EDGES = frozenset({"mark", "case", "cc"})


def _bargains(words: Sequence[Token]) -> bool:
    """Tell whether a stretch ends in the phrase that announces the condition ("in return")."""
    return words[-1].lower_ in PHRASES


def _whose(reading: Reading, consequent: Token) -> str | None:
    sayers = attribution.said_by(reading, consequent)
    if sayers:
        return sayers[0].actor
    subject = clauses.subject(consequent) if consequent.pos_ in {"VERB", "AUX", "ADJ"} else None
    found = reading.parties(subject) if subject is not None else []
    return found[0] if found else None


def _event_at(
    reading: Reading, events: Sequence[Event], head: Token, without: Token | None
) -> str | None:
    """Return the event whose anchor is the clause's head, else the first inside the clause."""
    span = _span(reading, head, without)
    inside = [
        e
        for e in events
        if any(span.start <= m.start and m.end <= span.end for m in (e.anchor, *e.mentions))
    ]
    for event in inside:
        if event.anchor.start == head.idx:
            return event.id
    return inside[0].id if inside else None
