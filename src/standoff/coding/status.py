"""Whether it happened: status and aspect of an event, from what governs it and from its clause.

First version, by rule. The order of the tests is the order of precedence: what was called off is
called off, however it had been planned; what is denied did not happen, whoever promised it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.chain import ASPECT, Link
from standoff.coding.lexicon import lexicon
from standoff.record import Aspect, Status

#: Markers of a clause that is not asserted but set as a condition or a limit.
CONDITIONAL = frozenset(
    {"if", "unless", "until", "provided", "providing", "lest", "before", "whether"}
)

_ASPECTS: dict[str, Aspect] = {
    "begin": "begun",
    "continue": "continued",
    "resume": "resumed",
    "suspend": "suspended",
    "end": "ended",
}

_MODALS: dict[str, Status] = {
    "will": "planned",
    "shall": "planned",
    "wo": "planned",
    "'ll": "planned",
    "’ll": "planned",
    "must": "requested",
    "should": "requested",
    "would": "hypothetical",
    "could": "hypothetical",
    "might": "hypothetical",
    "may": "hypothetical",
    "can": "hypothetical",
    "ca": "hypothetical",
}

#: Status that an operator over the event gives it, in order of precedence.
_OPERATORS: tuple[tuple[str, Status], ...] = (
    ("cancel", "cancelled"),
    ("postpone", "postponed"),
    ("deny", "denied"),
    ("refuse", "denied"),
    ("prevent", "denied"),
    ("threaten", "threatened"),
    ("promise", "promised"),
    ("request", "requested"),
    ("plan", "planned"),
    ("hypothetical", "hypothetical"),
    ("doubt", "hypothetical"),
)


def status(predicate: Token, links: Sequence[Link]) -> Status:
    """Return the status of the event that `predicate` denotes, governed by `links`."""
    operators: set[str] = set()
    for link in links:
        operators |= _applicable(link)
    clause = [predicate, *(link.governor for link in links if link.operators & ASPECT)]
    for name, value in _OPERATORS[:2]:
        if name in operators:
            return value
    if any(clauses.is_negated(token) for token in clause):
        return "denied"
    for name, value in _OPERATORS[2:]:
        if name in operators:
            return value
    heads = _clause_heads(predicate, links)
    if any(_is_conditional(token) for token in heads):
        return "hypothetical"
    if predicate.pos_ != "VERB":
        # A noun is as real as the clause it stands in: "would lay the basis for a summit".
        clause += [token for token in heads if token.pos_ in {"VERB", "AUX"}][:1]
    found = {
        _MODALS[m]
        for token in clause
        if token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}
        for m in clauses.modals(token)
        if m in _MODALS
    }
    for value in ("planned", "requested", "hypothetical"):
        if value in found:
            return "planned" if value == "planned" else _as_status(value)
    if _is_scheduled(predicate):
        return "planned"
    return "actual"


def _as_status(value: str) -> Status:
    return "requested" if value == "requested" else "hypothetical"


def _applicable(link: Link) -> frozenset[str]:
    """Return the operators that bear on the event, given how it hangs on its governor."""
    if link.relation in {"xcomp", "ccomp", "acl", "csubj", "advcl"}:
        operators = link.operators - {"cancel", "postpone"}
        # "warned that it had tested": the complement is told as done, not held out.
        if link.relation == "ccomp" and _is_told_as_done(link.via):
            return operators - {"threaten", "promise", "request", "plan"}
        if "against" in clauses.cases(link.via):
            # "warned the banks against lending": what is warned against is no threat of one's own.
            return operators - {"threaten", "request"} | {"hypothetical"}
        if "threaten" in operators and not _same_subject(link):
            # "warned that talks may fail", "told Iran that Israel would strike": no own threat.
            return operators - {"threaten"} | {"hypothetical"}
        return operators
    return link.operators


def _is_told_as_done(verb: Token) -> bool:
    if clauses.modals(verb):
        return False
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    return verb.tag_ in {"VBN", "VBG"} and bool(clauses.children(verb, "aux"))


def _same_subject(link: Link) -> bool:
    """Tell whether the governor's subject is also that of the clause it governs, or a pronoun."""
    inner = clauses.subject(link.via)
    return inner is None or inner.pos_ == "PRON" or inner is clauses.subject(link.governor)


def _clause_heads(predicate: Token, links: Sequence[Link]) -> list[Token]:
    """Return the event word, its governors, and the verbs that they hang on as arguments."""
    heads = [predicate, *(link.governor for link in links)]
    token = heads[-1]
    for _ in range(clauses.MAX_DEPTH):
        if token.dep_ not in {
            "obj",
            "nsubj",
            "nsubj:pass",
            "obl",
            "nmod",
            "conj",
            "ccomp",
            "xcomp",
            "compound",
            "nmod:poss",
            "acl",
        }:
            break
        token = token.head
        heads.append(token)
    return heads


def _is_conditional(token: Token) -> bool:
    return token.dep_ in {"advcl", "obl", "nmod", "conj"} and any(
        child.dep_ in {"mark", "case"}
        and child.lower_ in CONDITIONAL
        and (
            child.dep_ == "mark"
            or child.lower_ in {"until", "unless"}
            or (child.lower_ == "before" and (token.pos_ == "VERB" or lexicon().operator(token)))
        )
        for child in token.children
    )


def _is_scheduled(noun: Token) -> bool:
    """Tell whether a noun is called upcoming, planned, next, proposed, possible."""
    return any(
        child.dep_ == "amod"
        and child.lemma_.lower()
        in {
            "planned",
            "upcoming",
            "scheduled",
            "forthcoming",
            "future",
            "proposed",
            "next",
            "coming",
        }
        for child in noun.children
    )


def aspect(links: Sequence[Link]) -> Aspect | None:
    """Return the aspect that the governors give, the innermost one that has any."""
    for link in links:
        for name, value in _ASPECTS.items():
            if name in link.operators:
                return value
    return None
