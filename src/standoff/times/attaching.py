"""Whose time an expression is: from a verb or noun of action to the mention that dates it.

Only the parse says so, and only within the clause; where it names no time for a predicate there
is none. The day of publication is never put in its place, nor the time of the verb of saying
above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.times.finding import TimeMention
from standoff.times.words import listed

#: Relations (UD v2) in which a time stands to what it dates.
_RELATIONS = frozenset({
    "obl", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:unmarked", "nmod:poss",
    "nmod:tmod", "nmod:npmod", "advmod", "amod", "compound", "nummod", "advcl", "dep", "parataxis",
})
_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_ARGUMENTS = frozenset({"obj", "nsubj:pass", "nsubj"})
_NOMINAL = frozenset({"NOUN", "PROPN"})


def attach(doc: Doc, mentions: Sequence[TimeMention], predicate: int) -> TimeMention | None:
    """Return the mention that dates the token `predicate`, None where the parse names none.

    Looked at, in this order: what hangs on the predicate itself or its auxiliaries; for a noun,
    the verb that carries it ("held talks on Monday", "a meeting due to take place on Monday");
    for a verb, its object ("sign the accord on Monday", read as a Monday accord); and what stands
    in front of the first of several coordinated verbs. Among several the nearest wins; lengths of
    time ("for two weeks") date nothing.
    """
    if not doc.has_annotation("DEP"):
        return None
    token = doc[predicate]
    roots = {_root(doc, mention): mention for mention in mentions if _dates(mention)}
    if not roots:
        return None
    for level in _levels(token):
        found = [
            (abs(root - predicate), root) for root in _times_of(doc, level, roots)
            if not _within(roots[root], predicate)
        ]
        if found:
            return roots[min(found)[1]]
    return None


def _levels(token: Token) -> Iterator[tuple[Token, bool]]:
    """Yield the tokens whose times are the predicate's, and whether only those after them are."""
    yield token, False
    if token.dep_ in _ARGUMENTS and _is_light(token.head):
        yield token.head, False
    for child in token.children:
        if child.dep_ in {"acl", "acl:relcl"} and (_is_light(child) or _looks_ahead(child)):
            yield child, False
    if token.pos_ not in _NOMINAL:
        for child in token.children:
            if child.dep_ in {"obj", "obl", "nsubj:pass"}:
                yield child, True


def _times_of(
    doc: Doc, level: tuple[Token, bool], roots: dict[int, TimeMention]
) -> Iterator[int]:
    token, only_after = level
    hosts = {token.i, *(child.i for child in token.children if child.dep_ in _AUXILIARY)}
    for root in roots:
        node = doc[root]
        if node.head.i in hosts and node.dep_ in _RELATIONS and _fits(node):
            if not only_after or (root > token.i and node.dep_ not in {"nmod:poss", "compound"}):
                yield root
        elif not only_after and token.dep_ in {"nsubj", "nsubj:outer"} and token.head.i == root:
            yield root  # "the summit was on Monday": UD makes Monday the head
    if only_after or token.dep_ != "conj":
        return
    first = token.head
    for root in roots:
        # "On Monday A met B and left": what stands before the first verb dates them all.
        node = doc[root]
        if node.head.i == first.i and root < first.i and node.dep_ in _RELATIONS and _fits(node):
            yield root


def _fits(node: Token) -> bool:
    """Return whether the preposition of a time is one that dates ("in", not "about")."""
    cases = [child.lower_ for child in node.children if child.dep_ == "case"]
    marks: Iterable[str] = (case for case in cases if case not in {"'s", "’s", "'", "’"})
    return all(mark in listed("light", "cases") for mark in marks)


def _root(doc: Doc, mention: TimeMention) -> int:
    return doc[mention.start : mention.end].root.i


def _dates(mention: TimeMention) -> bool:
    """Return whether a mention can date something: lengths of time cannot."""
    interval = mention.time.interval
    return interval is None or not interval.value.startswith("P") or (
        interval.start is not None or interval.end is not None
    )


def _within(mention: TimeMention, predicate: int) -> bool:
    return mention.start <= predicate < mention.end


def _is_light(token: Token) -> bool:
    return token.lemma_.lower() in listed("light", "verbs")


def _looks_ahead(token: Token) -> bool:
    return bool({token.lemma_.lower(), token.lower_} & listed("ahead", "lemmas"))
