"""Who says so: the chain of attribution of an event, innermost first, outermost last."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.lexicon import lexicon
from standoff.coding.reading import Reading
from standoff.record import Attribution, Stance

_CONTENT = frozenset({"ccomp", "xcomp", "parataxis", "acl", "advcl", "obj", "obl", "csubj"})


def said_by(reading: Reading, predicate: Token) -> tuple[Attribution, ...]:
    """Return the chain of those who report the event, empty where the text itself asserts it."""
    found: list[Attribution] = []
    seen: set[int] = {predicate.i}
    token = predicate
    for _ in range(2 * clauses.MAX_DEPTH):
        for cue, speaker in _cues(token):
            if cue.i not in seen:
                seen.add(cue.i)
                found.append(_link(reading, cue, speaker))
        head = token.head
        if head == token:
            break
        if head.i not in seen and _reports(token, head):
            sayer = clauses.subject(head) if head.pos_ == "VERB" else head
            if sayer is not None and sayer.i != predicate.i:
                seen.add(head.i)
                found.append(_link(reading, head, sayer))
        token = head
    quoted = _quotation(reading, predicate, seen)
    return tuple(found) + ((quoted,) if quoted and not found else ())


def _cues(token: Token) -> list[tuple[Token, Token]]:
    """Return (cue, speaker) pairs that hang beside a clause: ", he said", "according to X"."""
    found = []
    for child in token.children:
        if child.dep_ == "parataxis" and child.pos_ == "VERB" and lexicon().stance(child):
            speaker = clauses.subject(child)
            if speaker is not None and not clauses.children(child, "ccomp"):
                found.append((child, speaker))
        if child.dep_.startswith("obl"):
            found += [(c, child) for c in child.children if c.lower_ == "according"]
    return found


def _reports(token: Token, head: Token) -> bool:
    """Tell whether `head` is a speech cue and `token` is, or opens, what it reports."""
    if token.dep_ not in _CONTENT or lexicon().stance(head) is None:
        return False
    if token.dep_ in {"obj", "obl"}:
        return lexicon().sense(token) is not None and token.dep_ == "obj"
    if token.dep_ == "advcl":
        return False
    if token.dep_ == "acl":
        return head.pos_ == "NOUN" and "that" in clauses.cases(token)
    return True


def _link(reading: Reading, cue: Token, speaker: Token) -> Attribution:
    parties = reading.parties(speaker)
    stance = lexicon().stance(cue) or "asserts"
    if stance == "asserts" and any(reading.actor(id_).id.startswith("MEDIA") for id_ in parties):
        stance = "reports"
    if clauses.is_negated(cue) and stance == "asserts":
        stance = "doubts"
    return Attribution(
        actor=parties[0] if parties else None,
        text=phrase(speaker),
        cue=cue.text if cue.lower_ != "according" else "according to",
        stance=_stance(stance),
        via=via(reading, cue),
    )


def _stance(value: str) -> Stance:
    stances: dict[str, Stance] = {
        "asserts": "asserts",
        "denies": "denies",
        "doubts": "doubts",
        "reports": "reports",
    }
    return stances[value]


def via(reading: Reading, cue: Token) -> str | None:
    """Return the outlet that a cue names as its channel: "told CNN", "on state television"."""
    for child in cue.children:
        if child.dep_ in {"obj", "iobj", "obl", "advcl"}:
            near = [child, *(c for c in child.children if c.dep_ == "obl")]
            for noun in near:
                for id_ in reading.own(noun):
                    if id_.startswith("MEDIA"):
                        return id_
    return None


def phrase(noun: Token) -> str:
    """Return the words of a noun phrase without clauses, appositions and prepositional tails."""
    inner = {noun.i}
    for child in noun.children:
        if (
            child.dep_
            in {"det", "amod", "compound", "flat", "nummod", "nmod:poss", "nmod:desc", "case"}
            and child.i < noun.i
        ):
            inner.update(t.i for t in child.subtree)
        if child.dep_ in {"flat", "compound"} and child.i > noun.i:
            inner.update(t.i for t in child.subtree)
    tokens = noun.doc[min(inner) : max(inner) + 1]
    while len(tokens) > 1 and tokens[0].dep_ == "case":
        tokens = tokens[1:]
    return str(tokens.text)


def _quotation(reading: Reading, predicate: Token, seen: set[int]) -> Attribution | None:
    for quotation in reading.quotations:
        if quotation.start <= predicate.i < quotation.end and quotation.cue is not None:
            if quotation.cue.i in seen or quotation.subject is None:
                return None
            return _link(reading, quotation.cue, quotation.subject)
    return None
