"""Who says so: the chain of attribution of an event, innermost first, outermost last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    return (
        *found,
        *_around(reading, predicate, seen | {t.i for t in _quoting(reading, predicate)}),
    )


def _quoting(reading: Reading, predicate: Token) -> Iterator[Token]:
    """Yield the cue of the quotation that a word stands in."""
    for quotation in reading.quotations:
        if quotation.start <= predicate.i < quotation.end and quotation.cue is not None:
            yield quotation.cue


def _around(reading: Reading, predicate: Token, seen: set[int]) -> Iterator[Attribution]:
    """Yield those who say it by the attribution head alone, where the parse shows no cue."""
    for each in reading.accounts.get(predicate.i, ()):
        cue = each.cue
        if not is_speech(cue) or not seen.isdisjoint(range(cue.start, cue.end)):
            continue
        if predicate.dep_ == "conj" and cue.start <= clauses.above(predicate).i < cue.end:
            continue  # "denied that … and accused B": the second verb is the speaker's own act
        if each.source is None:
            yield Attribution(actor=None, cue=cue.text)
        else:
            yield _link(reading, cue.root, named(each.source))


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


def _link(reading: Reading, cue: Token, subject: Token) -> Attribution:
    actor = speaker(reading, subject)
    stance: Stance = lexicon().stance(cue) or "asserts"
    if stance == "asserts" and actor is not None and actor.startswith("MEDIA"):
        stance = "reports"
    if clauses.is_negated(cue) and stance in {"asserts", "denies"}:
        stance = "doubts"
    return Attribution(
        actor=actor,
        text=phrase(subject).text,
        cue=cue.text if cue.lower_ != "according" else "according to",
        stance=stance,
        via=via(reading, cue, subject, (), actor),
    )


def speaker(reading: Reading, subject: Token) -> str | None:
    """Return the actor whom a noun phrase makes the speaker, None where it names none known."""
    return next(iter(reading.parties(subject)), None)


def is_speech(cue: Span) -> bool:
    """Tell whether a cue holds a word that the lexicon knows as one of speech or belief."""
    return any(lexicon().stance(token) is not None for token in cue) or cue.root.pos_ == "ADP"


def named(source: Span) -> Token:
    """Return the noun that a source is about: the head of its words ("an aide to *X*": aide)."""
    return clauses.antecedent(source.root, source.root.head)


def via(
    reading: Reading,
    cue: Token,
    subject: Token | None,
    content: Sequence[tuple[int, int]],
    speaker_: str | None,
) -> str | None:
    """Return the outlet that a cue or a source names as its channel.

    "told CNN", "speaking on Fox News", "in a statement carried by KCNA", "a statement published by
    KCNA said". `content` are the token ranges of what was said, where no channel is sought.
    """
    beside = [child for child in cue.children if child.dep_ in _BESIDE]
    if cue.dep_ in {"advcl", "conj", "xcomp"}:
        # "Speaking on Fox News, he brushed it aside, declaring …"
        beside += [c for c in cue.head.children if c.dep_ == "advcl" and c != cue]
    own = [child for child in subject.children if child.dep_ in _CARRIED] if subject else []
    for child in (*beside, *own):
        for token in child.subtree:
            if any(start <= token.i < end for start, end in content) or token.head.dep_ == "ccomp":
                continue
            for id_ in reading.own(token):
                if id_.startswith("MEDIA") and id_ != speaker_:
                    return id_
    return None


#: What beside a cue may name its channel, and what on its subject.
_BESIDE = frozenset({"obj", "iobj", "obl", "advcl", "obl:agent"})
_CARRIED = frozenset({"acl", "acl:relcl", "nmod"})


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
