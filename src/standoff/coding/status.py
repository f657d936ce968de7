"""Whether it happened: status and aspect of an event, from what governs it and from its clause.

By rule; the head, which has read thousands of examples, has the say where it is sure
(`coder`). The order of the tests is the order of precedence: what was called off is
called off, however it had been planned; what is denied did not happen, whoever promised it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.chain import ASPECT, Link, chain, is_taken_back
from standoff.coding.conditions import OPEN
from standoff.coding.lexicon import TAKING_BACK, lexicon
from standoff.coding.parties import ADDRESSED
from standoff.coding.reading import Reading
from standoff.record import Aspect, Status

_ASPECTS: dict[str, Aspect] = {
    "begin": "begun",
    "continue": "continued",
    "resume": "resumed",
    "suspend": "suspended",
    "end": "ended",
}

#: Operators that, denied, leave nothing of the event: no plan to attack is no attack.
_HELD_OUT = frozenset(
    {"plan", "promise", "threaten", "request", "light", "begin", "resume", "continue", "achieve"}
)

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

#: Where a clause has several, the first of these counts.
_MOODS: tuple[Status, ...] = ("planned", "requested", "hypothetical")

#: Status that an operator over the event gives it, in order of precedence.
_OPERATORS: dict[str, Status] = {
    "cancel": "cancelled",
    "postpone": "postponed",
    "deny": "denied",
    "refuse": "denied",
    "prevent": "denied",
    "threaten": "threatened",
    "promise": "promised",
    "request": "requested",
    "plan": "planned",
    "hypothetical": "hypothetical",
    "doubt": "hypothetical",
}


def status(
    reading: Reading, predicate: Token, links: Sequence[Link], *, hostile: bool = False
) -> Status:
    """Return the status of the event that `predicate` denotes, governed by `links`.

    `hostile` tells whether it is conflict: what one vows to do is then a threat, else a promise.
    """
    operators = set(_modifying(predicate))
    for link in links:
        if clauses.is_negated(link.governor):
            if link.operators & _HELD_OUT:
                return "denied"
        else:
            operators |= _applicable(reading, link)
    if {"threaten", "promise"} <= operators:
        operators -= {"promise" if hostile else "threaten"}
    for name in ("cancel", "postpone"):
        if name in operators:
            return _OPERATORS[name]
    clause = [predicate, *(link.governor for link in links if link.operators & ASPECT)]
    if clauses.is_negated(predicate):
        return "denied"
    for name, value in _OPERATORS.items():
        if name in operators:
            return value
    heads = _clause_heads(predicate, links)
    if any(_is_conditional(token) for token in heads):
        return "hypothetical"
    if predicate.pos_ != "VERB":
        # A noun is as real as the clause it stands in: "would lay the basis for a summit".
        clause += [token for token in heads if token.pos_ in {"VERB", "AUX"}][:1]
    moods = [_mood(verb) for verb in clause]
    for value in _MOODS:
        if value in moods:
            return value
    if _is_purpose(predicate) and not _reaches(predicate.head):
        return "planned"
    return "actual"


def is_spelled_out(predicate: Token, links: Sequence[Link]) -> bool:
    """Tell whether a word settles the status: "probably", "whether", "nor did", "denied that", "did
    not call off"."""
    if _modifying(predicate) & {"doubt", "hypothetical"}:
        return True
    if any(child.lower_ == "nor" for child in clauses.children(predicate, "cc", "advmod")):
        return True
    told = _UNDOING | _HELD_OUT
    if any(clauses.is_negated(link.governor) and link.operators & told for link in links):
        return True
    if any(link.operators & _PUT_OFF and link.relation in {"obj", "nsubj:pass"} for link in links):
        return True
    if any("deny" in link.operators and link.relation in {"ccomp", "xcomp"} for link in links):
        return True
    return any(
        child.dep_ == "mark" and child.lower_ == "whether"
        for head in _clause_heads(predicate, links)
        for child in head.children
    )


#: Operators that say in so many words what became of a meeting.
_PUT_OFF = frozenset({"cancel", "postpone"})

#: Operators that leave nothing of the event; denied, they leave it as it was.
_UNDOING = frozenset({"cancel", "postpone", "deny", "refuse", "prevent"})


def _mood(verb: Token) -> Status | None:
    """Return the status that a verb's modal gives it, if any."""
    for modal in clauses.modals(verb):
        if modal in {"would", "'d", "’d"} and verb.dep_ == "ccomp" and verb.head.tag_ == "VBD":
            # "said it would leave": the future, as seen from then.
            return "planned"
        if modal in _MODALS:
            return _MODALS[modal]
    if verb.tag_ == "VB" and "to" in clauses.cases(verb) | _marks(verb) and _copula(verb):
        return "planned"  # "is to suspend its campaign"
    return None


def _marks(verb: Token) -> set[str]:
    return {child.lower_ for child in clauses.children(verb, "mark")}


def _copula(verb: Token) -> bool:
    return any(child.lemma_ == "be" for child in clauses.children(verb, "cop", "aux"))


def _applicable(reading: Reading, link: Link) -> frozenset[str]:
    """Return the operators that bear on the event, given how it hangs on its governor."""
    if link.relation not in {"xcomp", "ccomp", "acl", "csubj", "advcl"}:
        if _is_utterance(link.via):
            # Whoever rejects an ultimatum does not deny that it was issued.
            return link.operators - {"refuse", "deny"}
        return link.operators
    operators = link.operators - {"cancel", "postpone"}
    if "against" in clauses.cases(link.via):
        # "warned the banks against lending": what is warned against is no threat of one's own.
        return operators - {"threaten", "request"} | {"hypothetical"}
    if link.relation != "ccomp":
        return operators
    if _is_told_as_done(link.via):
        # "warned that it had tested": told as done, not held out.
        return operators - {"threaten", "promise", "request", "plan"}
    if not _is_wanted(link.via):
        operators -= {"request"}
    if "threaten" in operators and not _same_subject(reading, link):
        # "warned that talks may fail", "told Oslo that Riga would strike": not its own threat.
        operators = operators - {"threaten"} | {"hypothetical"}
    return operators


def _is_wanted(verb: Token) -> bool:
    """Tell whether a clause says what should be: "demanded that it leave", "said it must leave"."""
    return verb.tag_ in {"VB", "VBP"} and not clauses.modals(verb) - {"must", "should"}


def _is_utterance(noun: Token) -> bool:
    """Tell whether a noun names words that somebody has uttered: a demand, threat, offer."""
    sense = lexicon().sense(noun)
    return sense is not None and bool(sense.types) and set(sense.types) <= _UTTERANCES


_UTTERANCES = ADDRESSED | {"SUPPORT"}


def _is_subjunctive(verb: Token) -> bool:
    """Tell whether a bare verb has a subject of one: "insisted that Iran withdraw"."""
    subject = clauses.subject(verb)
    return (
        verb.tag_ in {"VB", "VBP"}
        and subject is not None
        and subject.tag_ in {"NN", "NNP"}
        and not clauses.children(subject, "conj")
    )


def _is_told_as_done(verb: Token) -> bool:
    if clauses.modals(verb) or _is_subjunctive(verb):
        return False
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    return verb.tag_ in {"VBN", "VBG"} and bool(clauses.children(verb, "aux"))


def _same_subject(reading: Reading, link: Link) -> bool:
    """Tell whether the governor's subject, or its country, is also that of the clause."""
    inner, outer = clauses.subject(link.via), clauses.subject(link.governor)
    if inner is None or outer is None or inner == outer:
        return True
    mine = reading.sides(reading.parties(outer))
    theirs = reading.sides(reading.parties(inner))
    return bool(mine & theirs) or (inner.pos_ == "PRON" and not theirs)


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
    """Tell whether a word heads a clause that is set as a condition or left open."""
    if any(child.dep_ == "mark" and child.lower_ == "whether" for child in token.children):
        return True
    return token.dep_ in {"advcl", "obl", "nmod", "conj"} and any(
        child.dep_ in {"mark", "case"}
        and child.lower_ in OPEN
        and (
            child.dep_ == "mark"
            or child.lower_ in {"until", "unless"}
            or (child.lower_ == "before" and (token.pos_ == "VERB" or lexicon().operator(token)))
        )
        for child in token.children
    )


def _reaches(verb: Token) -> bool:
    """Tell whether what one does something for is done by it: "contacted the firms to warn
    them".
    """
    return verb.lemma_.lower() in {"contact", "call", "write", "phone", "telephone", "approach"}


def _is_purpose(verb: Token) -> bool:
    """Tell whether a verb says what for: "in order to", a bare infinitive beside a clause."""
    return verb.dep_ == "advcl" and verb.tag_ == "VB" and "to" in clauses.cases(verb)


def _modifying(predicate: Token) -> frozenset[str]:
    """Return the operators of an event word's own modifiers ("the planned talks")."""
    words = clauses.children(predicate, "amod", "advmod")
    operators = frozenset[str]().union(*(lexicon().operator(word) for word in words))
    # "Talks, called off in November, are no nearer": a participle behind the noun, and no verb
    # above that says otherwise.
    after = [word for word in clauses.children(predicate, "acl") if word.tag_ == "VBN"]
    if after and not chain(predicate):
        put_off = frozenset[str]().union(*(lexicon().operator(word) for word in after))
        operators |= put_off & _PUT_OFF
    return operators - ASPECT | operators & {"cancel", "postpone"}


def aspect(links: Sequence[Link]) -> Aspect | None:
    """Return the aspect that the governors give, the innermost one that has any."""
    taking_back = [link for link in links if link.operators & TAKING_BACK.keys()]
    if len(taking_back) > 1 and not is_taken_back(links):
        return "resumed"
    for link in links:
        for name, value in _ASPECTS.items():
            if name in link.operators:
                return value
    return None
