"""Who says so: the chain of attribution of an event, innermost first, outermost last."""

from __future__ import annotations

from spacy.tokens import Span, Token

from standoff.coding import clauses
from standoff.coding.lexicon import lexicon
from standoff.coding.reading import Reading
from standoff.record import Attribution, Stance

_CONTENT = frozenset({"ccomp", "xcomp", "parataxis", "acl", "advcl", "obj", "csubj"})


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
        head = clauses.above(token)
        if head == token:
            break
        if head.i not in seen and _reports(token, head):
            sayer = clauses.speaker(head)
            if sayer is not None and sayer.i != predicate.i:
                seen.add(head.i)
                found.append(_link(reading, head, sayer))
        token = head
    if not found and (quoted := _quotation(reading, predicate)):
        found.append(quoted)
    return tuple(found)


def _cues(token: Token) -> list[tuple[Token, Token]]:
    """Return (cue, speaker) pairs that hang beside a clause: ", he said", "according to X"."""
    found = []
    for child in token.children:
        if child.dep_ == "parataxis" and child.pos_ == "VERB" and lexicon().stance(child):
            speaker = clauses.speaker(child)
            if speaker is not None and not clauses.children(child, "ccomp"):
                found.append((child, speaker))
        if child.dep_.startswith("obl"):
            found += [(c, child) for c in child.children if c.lower_ == "according"]
    return found


def _reports(token: Token, head: Token) -> bool:
    """Tell whether `head` is a speech cue and `token` is, or opens, what it reports."""
    if token.dep_ not in _CONTENT or lexicon().stance(head) is None:
        return False
    if token.dep_ == "obj":
        return lexicon().sense(token) is not None
    if token.dep_ == "advcl":
        # "accused B of shelling C": the charge is the accuser's, not the report's.
        return lexicon().sense(head) is not None and "of" in clauses.cases(token)
    if token.dep_ == "acl":
        return head.pos_ == "NOUN" and "that" in clauses.cases(token)
    return True


def _link(reading: Reading, cue: Token, speaker: Token) -> Attribution:
    parties = reading.parties(speaker)
    stance: Stance = lexicon().stance(cue) or "asserts"
    if stance == "asserts" and any(id_.startswith("MEDIA") for id_ in parties):
        stance = "reports"
    if clauses.is_negated(cue) and stance in {"asserts", "denies"}:
        stance = "doubts"
    return Attribution(
        actor=parties[0] if parties else None,
        text=phrase(speaker).text,
        cue=cue.text if cue.lower_ != "according" else "according to",
        stance=stance,
        via=via(reading, cue),
    )


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


def phrase(noun: Token) -> Span:
    """Return the words of a noun phrase without clauses, appositions and prepositions."""
    inner = {noun.i}
    for child in noun.children:
        if child.dep_ in _PHRASE and (child.i < noun.i or child.dep_ in {"flat", "compound"}):
            inner.update(t.i for t in child.subtree)
    return noun.doc[min(inner) : max(inner) + 1]


_PHRASE = frozenset({"det", "amod", "compound", "flat", "nummod", "nmod:poss", "nmod:desc"})


def _quotation(reading: Reading, predicate: Token) -> Attribution | None:
    for quotation in reading.quotations:
        if quotation.start <= predicate.i < quotation.end and quotation.cue is not None:
            if quotation.subject is None:
                return None
            return _link(reading, quotation.cue, quotation.subject)
    return None
