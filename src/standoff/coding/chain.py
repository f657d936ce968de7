"""What governs an event word: the words that begin, suspend, plan, threaten or deny it.

"The US agreed to suspend the drills": *drills* is governed by *suspend*, that by *agreed*. The
chain is what status, aspect and the missing parties of an event are read from.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from spacy.tokens import Token

from standoff.coding import clauses
from standoff.coding.lexicon import TAKING_BACK, lexicon

#: Operators that act on the event itself, not on a claim or wish about it.
ASPECT = frozenset(
    {
        "light",
        "begin",
        "continue",
        "resume",
        "suspend",
        "end",
        "cancel",
        "postpone",
        "expand",
        "reduce",
    }
)


#: Prepositions that introduce what a governor is about, not when, where or why.
_OF_WHAT = frozenset({"against", "of", "to", "for", "on", "from", "with", "about", "into", "in"})


@attrs.frozen(eq=False)
class Link:
    """A governor with its operators, and the dependent through which it governs."""

    governor: Token
    operators: frozenset[str]
    via: Token

    @property
    def relation(self) -> str:
        """The label of the arc from the governor down towards the event."""
        return str(self.via.dep_)


def chain(predicate: Token) -> list[Link]:
    """Return the governors of an event word, innermost first, up to the clause that asserts it."""
    links: list[Link] = []
    token = predicate
    for _ in range(clauses.MAX_DEPTH):
        head = clauses.above(token)
        if head == token:
            break
        if token.dep_ == "conj":
            # A conjunct shares what governs its first partner, not the partner itself.
            token = head
            continue
        operators = lexicon().operator(head)
        if not _governs(token, head, operators):
            break
        links.append(Link(head, operators, token))
        token = head
    return links


def _governs(token: Token, head: Token, operators: frozenset[str]) -> bool:
    dep = token.dep_
    if head.pos_ in {"VERB", "AUX"}:
        if dep in {"xcomp", "ccomp"}:
            return True
        if dep in {"obj", "nsubj:pass"}:
            return bool(operators)
        if dep == "nsubj":
            # "The talks resumed": only aspect verbs without an object say something of it.
            return bool(operators & ASPECT) and not clauses.children(head, "obj")
        if dep in {"obl", "obl:unmarked"}:
            # "agreed to talks", "proceed with the drill", "called off [obl, by a slip] the talks".
            cases = clauses.cases(token)
            return bool(operators) and (not cases or bool(cases & _OF_WHAT))
        if dep == "advcl":
            # "agreed ... to stop", "warned against testing": what is spoken of, not when.
            return bool(operators) and bool(clauses.cases(token) & _OF_WHAT)
        return False
    if head.pos_ in {"NOUN", "PROPN"}:
        if dep in {"acl", "ccomp", "advcl", "xcomp"}:
            return bool(operators) and "mark" in {c.dep_ for c in token.children}
        return dep in {"nmod", "compound"} and bool(operators)
    if head.pos_ == "ADJ":
        return dep in {"xcomp", "ccomp", "advcl", "csubj", "nsubj"} and bool(operators)
    return False


def is_taken_back(links: Sequence[Link]) -> bool:
    """Tell whether what governs an event takes it back on balance.

    Two governors that do cancel out: to lift the suspension of aid is to give it again.
    """
    return sum(bool(link.operators & TAKING_BACK.keys()) for link in aspectual(links)) % 2 == 1


def aspectual(links: Sequence[Link]) -> list[Link]:
    """Return the innermost links that act on the event itself: one after the other, no gap."""
    found = []
    for link in links:
        if not link.operators & ASPECT:
            break
        found.append(link)
    return found
