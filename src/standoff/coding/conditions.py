"""Conditions: clauses and phrases that tie one thing to another (if, unless, in return for…).

Markers of adverbial clauses, the fixed phrases of bargaining, and verbs and adjectives that say so
("the lifting of sanctions would require inspections").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from standoff.coding import attribution, clauses
from standoff.coding.chain import chain
from standoff.coding.lexicon import lexicon
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
    "after": "after",
    "once": "after",
}

#: Markers of what is not there as yet; what comes "after" something may well have come.
OPEN = MARKERS.keys() - {"after", "once"}

#: The noun of a phrase of bargaining and the relation that the phrase stands for.
PHRASES = {"return": "in return for", "exchange": "in exchange for"}

#: Markers of several words, and the relation each stands for.
_FIXED = {
    ("as", "long", "as"): "as long as",
    ("so", "long", "as"): "as long as",
    ("on", "condition", "that"): "provided",
    ("on", "the", "condition", "that"): "provided",
    ("on", "condition", "of"): "provided",
    ("provided", "that"): "provided",
    ("with", "the", "proviso", "that"): "provided",
    ("as", "soon", "as"): "after",
    ("on", "the", "understanding", "that"): "provided",
}

_FIRST = frozenset(words[0] for words in _FIXED)

#: What says of its subject that it hangs on something, and the preposition before that.
_REQUIRING = {
    "require": "",
    "presuppose": "",
    "depend": "on",
    "hinge": "on",
    "conditional": "on",
    "contingent": "on",
    "conditioned": "on",
    "dependent": "on",
    "subject": "to",
}

#: Relations of time, which tie only what is not told as done.
_IN_TIME = frozenset({"until", "before", "after"})


def conditions(reading: Reading, events: Sequence[Event]) -> list[Condition]:
    """Return the conditions of a document in text order, tied to the events that they bind."""
    found: list[Condition] = []
    for consequent, condition, relation in sorted(_tied(reading), key=lambda tie: tie[1].i):
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


#: What is tied, to what, and how.
_Tie = tuple[Token, Token, str]


def _tied(reading: Reading) -> Iterator[_Tie]:
    """Yield each (consequent, condition, relation) once, fixed phrases before single markers."""
    seen: set[int] = set()
    lower = [token.lower_ for token in reading.doc]
    marked = {
        i if word in PHRASES else reading.doc[i].head.i
        for i, word in enumerate(lower)
        if word in MARKERS or word in PHRASES
    }
    requiring = [token for token in reading.doc if token.lemma_.lower() in _REQUIRING]
    for tie in (
        *_fixed(reading, lower),
        *(
            tie
            for i in sorted(marked)
            if (tie := _clause(reading.doc[i]) or _phrase(reading.doc[i]))
        ),
        *(tie for token in requiring if (tie := _requirement(token))),
    ):
        if tie[1].i not in seen:
            seen.add(tie[1].i)
            yield tie


def _fixed(reading: Reading, lower: Sequence[str]) -> Iterator[_Tie]:
    """Yield what a marker of several words ties; `lower`: the words of the document."""
    doc = reading.doc
    for i, word in enumerate(lower):
        if word not in _FIRST and word not in _STIPULATING:
            continue
        token = doc[i]
        for words, relation in _FIXED.items():
            end = i + len(words)
            if end >= len(doc) or tuple(lower[i:end]) != words:
                continue
            condition = doc[end]
            for _ in range(clauses.MAX_DEPTH):
                if condition.dep_ in _CLAUSES or condition.head.i < end:
                    break
                condition = condition.head
            consequent = condition.head
            while token.i <= consequent.i < end and consequent.head != consequent:
                consequent = consequent.head
            if relation == "after" and not _is_ahead(consequent, condition):
                continue
            if consequent != condition and not token.i <= consequent.i < end:
                yield consequent, condition, relation
        stipulated = clauses.children(token, "ccomp") if word in _STIPULATING else []
        if stipulated and token.pos_ == "VERB" and token.head != token:
            # A parser's slip: "provided they come" read as a verb of its own.
            yield token.head, stipulated[0], "provided"


_STIPULATING = frozenset({"provided", "providing"})


def _is_held_back(verb: Token) -> bool:
    """Tell whether something is not done as yet: wanted, refused, denied, or to come."""
    return clauses.is_negated(verb) or bool(clauses.modals(verb)) or _wanted(verb)


def _is_ahead(consequent: Token, condition: Token) -> bool:
    """Tell whether something is still to come, so that what it follows upon is its condition."""
    modals = clauses.modals(consequent)
    if condition.tag_ == "VBD":
        return "would" in modals
    return bool(modals) or _wanted(consequent)


#: Labels of the head of a clause or phrase that says on what something hangs.
_CLAUSES = frozenset({"advcl", "obl", "nmod", "acl", "ccomp", "parataxis"})


def _requirement(token: Token) -> _Tie | None:
    """Return the tie of "the lifting of sanctions would require inspections"."""
    case = _REQUIRING.get(token.lemma_.lower())
    if case is None or token.pos_ not in {"VERB", "ADJ", "NOUN"}:
        return None
    subject = clauses.subject(token)
    if subject is None or not _is_act(subject) or token.dep_.startswith("acl"):
        return None
    things = clauses.children(token, "obj", "ccomp", "xcomp") if not case else []
    things += [noun for name, noun in clauses.obliques(token) if case and name in {case, "upon"}]
    things += [c for c in clauses.children(token, "advcl") if case in clauses.cases(c)]
    return (subject, things[0], "requires") if things else None


def _is_act(token: Token) -> bool:
    """Tell whether a word denotes something that is done: a clause, or a noun of action."""
    return token.pos_ == "VERB" or lexicon().sense(token) is not None or token.lower_ in _ACTS


_ACTS = frozenset({"lifting", "easing", "return", "resumption", "progress", "deal", "end"})


def _clause(token: Token) -> _Tie | None:
    """Return what a marked clause ties.

    *Before*, *until* and *after* tie only what is not told as done: "before it left" is a time.
    """
    if token.dep_ not in {"advcl", "obl", "nmod"} or token.head == token:
        return None
    marks = [c.lower_ for c in token.children if c.dep_ in {"mark", "case"} and c.lower_ in MARKERS]
    if not marks:
        return None
    relation = MARKERS[marks[0]]
    if token.dep_ != "advcl" and relation not in _IN_TIME:
        return None
    if relation in {"before", "after"}:
        if token.tag_ in {"CD", "NNP"} or token.pos_ not in {"VERB", "NOUN"}:
            return None
        if relation == "before" and (token.tag_ == "VBD" or not _is_held_back(token.head)):
            return None
        if relation == "after" and (token.tag_ == "VBG" or not _is_ahead(token.head, token)):
            return None
        if marks[0] == "after" and token.tag_ == "VBD":
            # "asked for guards after a crowd burned a car": told as done.
            return None
        if token.pos_ == "NOUN" and not (_is_act(token) and _wanted(token.head)):
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


def _phrase(token: Token) -> _Tie | None:
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
