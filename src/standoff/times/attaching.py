"""Whose time an expression is: from a verb or noun of action to the mention that dates it.

Only the parse says so, and only within the clause; where it names no time for a predicate there
is none. The day of publication is never put in its place, nor the time of the verb of saying
above.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from standoff.times.finding import TimeMention
from standoff.times.tense import is_ahead
from standoff.times.words import listed

#: Mentions by the token that is the root of their words.
Roots = Mapping[int, TimeMention]

#: Relations (UD v2) in which a time stands to what it dates.
_RELATIONS = frozenset(
    {
        "obl",
        "obl:unmarked",
        "obl:tmod",
        "obl:npmod",
        "nmod",
        "nmod:unmarked",
        "nmod:poss",
        "nmod:tmod",
        "nmod:npmod",
        "advmod",
        "amod",
        "compound",
        "nummod",
        "advcl",
        "dep",
        "parataxis",
    }
)
_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
#: Relations of a noun before its head: "the Monday talks", never "signed the accord on Monday".
_INSIDE = frozenset({"nmod:poss", "compound", "amod", "nummod"})


def attach(doc: Doc, mentions: Sequence[TimeMention], predicate: int) -> TimeMention | None:
    """Return the mention that dates the token `predicate`, None where the parse names none.

    `mentions` are those that `find` returned, in their order.

    Looked at, in this order: what hangs on the predicate itself or its auxiliaries, or stands in
    front of the first of several coordinated verbs; the verb that carries a noun ("held talks on
    Monday", "a meeting due to take place on Monday") or begins it ("on Monday began to hold");
    for a verb, its subject and object, where parsers put a time that stands behind them ("signed
    the accord on Monday"); the time that its clause is about ("in 1946, when they struck"). Among
    several the nearest wins. Lengths of time ("for two weeks") date
    nothing.
    """
    if not mentions or not doc.has_annotation("DEP"):
        return None
    token = doc[predicate]
    sentence = token.sent
    first = bisect_left(mentions, sentence.start, key=_start)
    last = bisect_left(mentions, sentence.end, key=_start)
    roots = {
        doc[mention.start : mention.end].root.i: mention
        for mention in mentions[first:last]
        if _dates(mention) and not mention.start <= predicate < mention.end
    }
    if not roots:
        return None
    for search in (_own, _carriers, _arguments, _relative):
        found = list(search(doc, token, roots))
        if found:
            nearest = min(found, key=lambda root: (abs(root - predicate), root < predicate))
            return roots[nearest]
    return None


def _start(mention: TimeMention) -> int:
    return mention.start


def _own(doc: Doc, token: Token, roots: Roots) -> Iterator[int]:
    """Yield what hangs on the token itself."""
    hosts = {token.i, *(child.i for child in token.children if child.dep_ in _AUXILIARY)}
    first = token.head if token.dep_ == "conj" else None
    for root in roots:
        node = doc[root]
        if node.head.i in hosts:
            if node.dep_ in _RELATIONS and _fits(node):
                yield root
        elif token.head == node and token.dep_ in _SUBJECTS:
            yield root  # "the summit was on Monday": Monday is the head
        elif first is None or node.head != first or root > first.i:
            continue
        elif node.dep_ in _RELATIONS and _fits(node):
            yield root  # "On Monday A met B and left": before the first verb, it dates them all


def _carriers(doc: Doc, token: Token, roots: Roots, above: int = 3) -> Iterator[int]:
    """Yield the times of the verb that carries or begins what the token says.

    A carrier may have one of its own ("began to hold talks"), up to three.
    """
    head = token.head
    if head == token:
        pass
    elif token.dep_ in {"obj", "nsubj:pass"} and (_is_light(head) or _arranges(head)):
        yield from _own(doc, head, roots)
        if above:
            yield from _carriers(doc, head, roots, above - 1)
    elif token.dep_ == "nsubj" and _is_light(head) and not _has_object(head):
        yield from _own(doc, head, roots)
    elif token.dep_ == "xcomp" and head.lemma_.lower() in listed("light", "phases"):
        yield from _own(doc, head, roots)
        yield from _arguments(doc, head, roots)
    if token.pos_ in _NOMINAL:
        for child in token.children:
            if child.dep_ in {"acl", "acl:relcl"} and (
                _is_light(child) or _arranges(child) or is_ahead(child)
            ):
                yield from _own(doc, child, roots)
            elif child.dep_ == "nmod" and _case(child) == "for":
                yield from _own(doc, child, roots)  # "a visit to Oslo for talks in July"
    if token.dep_ in _SUBJECTS:
        for child in head.children:
            # "A meeting, due to take place yesterday, was called off": often read as a clause of
            # the verb.
            if child.dep_ == "advcl" and token.i < child.i < head.i and _is_light(child):
                yield from _own(doc, child, roots)


def _arguments(doc: Doc, token: Token, roots: Roots) -> Iterator[int]:
    """Yield the times behind the subject or the objects of a verb, which may be the verb's.

    After an object only days are (an accord "in 1994" is that of 1994); in a phrase that itself
    says when ("at their summit in September") all are.
    """
    if token.pos_ in _NOMINAL:
        return
    for root in roots:
        node = doc[root]
        host = node.head
        if host.head != token or root < host.i or node.dep_ in _INSIDE or not _fits(node):
            continue
        case = _case(node)
        if host.dep_ == "obl" and _case(host) in listed("light", "occasions"):
            yield root
        elif host.dep_.startswith("obl") and host.lemma_.lower() in _LENGTHS and case in {"on", ""}:
            yield root  # "blocked the road for an hour on Tuesday"
        elif host.dep_ == "obj" or (host.dep_ in _SUBJECTS and root < token.i):
            interval = roots[root].time.interval
            if case in {"on", ""} and (interval is None or interval.grain == "day"):
                yield root


_LENGTHS = frozenset({"minute", "hour", "day", "week", "month"})


def _relative(doc: Doc, token: Token, roots: Roots) -> Iterator[int]:
    """Yield the time that a clause is about: "in 1946, when police crushed the strike".

    Parsers hang such a clause on the time, or on the verb that the time dates.
    """
    node = token
    for _step in range(_DEEP):
        if node.dep_ in {"acl:relcl", "advcl", "acl"}:
            before = {child.lower_ for child in node.subtree if child.i < node.i}
            if node.head.i in roots and before & {"when", "which"}:
                yield node.head.i
            elif node.dep_ == "advcl" and "when" in before:
                yield from _own(doc, node.head, roots)
            return
        if node.dep_ not in {"conj", "obj", "xcomp"}:
            return
        node = node.head


_DEEP = 4


def _fits(node: Token) -> bool:
    """Return whether the preposition of a time is one that dates ("in", not "about")."""
    case = _case(node)
    if case == "for":
        return node.head.lemma_.lower() in _ARRANGED
    return case in listed("light", "cases")


#: After these "for" gives the day: "planned for Wednesday".
_ARRANGED = frozenset({"plan", "schedule", "set", "arrange", "fix", "slate", "due", "book"})


def _case(node: Token) -> str:
    """Return the preposition of a noun, "" where it has none."""
    cases = (child.lower_ for child in node.children if child.dep_ == "case")
    return next((case for case in cases if case not in {"'s", "’s", "'", "’"}), "")


def _dates(mention: TimeMention) -> bool:
    """Return whether a mention can date something: lengths of time cannot."""
    interval = mention.time.interval
    return (
        interval is None
        or not interval.value.startswith("P")
        or (interval.start is not None or interval.end is not None)
    )


def _has_object(verb: Token) -> bool:
    """Return whether somebody does something here: "took place" is not such a verb."""
    return any(
        child.dep_ == "obj" and child.lemma_ not in {"place", "effect"} for child in verb.children
    )


def _arranges(token: Token) -> bool:
    return token.lemma_.lower() in _ARRANGED


def _is_light(token: Token) -> bool:
    return token.lemma_.lower() in listed("light", "verbs")
