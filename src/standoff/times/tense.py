"""Does what an expression of time belongs to lie behind or ahead?

"on Monday" is last Monday after "met" and next Monday after "will meet". With a parse the verb
that governs the expression is asked; without one, the words of the sentence that stand nearest.
"""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from standoff.times.words import listed

Direction = Literal["past", "future"]

#: How far to the left (then half as far to the right) a sentence without a parse is looked at.
_REACH = 12
_PAST_TAGS = frozenset({"VBD", "VBN"})
_VERBAL = frozenset({"VERB", "AUX"})


def direction(doc: Doc, start: int, end: int) -> Direction | None:
    """Return where the time in tokens `start` to `end` lies as seen from the report's day.

    None where nothing tells: no verb, or a present tense, which news uses for both.
    """
    if doc.has_annotation("DEP"):
        return _by_parse(doc, start, end)
    return _by_words(doc, start, end)


def _by_parse(doc: Doc, start: int, end: int) -> Direction | None:
    root = doc[start:end].root
    node = root
    for _ in range(12):  # a guard against circles in parses from elsewhere
        if node is not root and _looks_ahead(node) and not _is_finite_past_act(node):
            return "future"
        if node.pos_ in _VERBAL or any(child.dep_ in {"cop", "aux"} for child in node.children):
            found = _of_verb(node)
            if found != "governor":
                return found
        if node.head is node:
            return None
        node = node.head
    return None


def _is_finite_past_act(node: Token) -> bool:
    """Return whether `node` looks ahead but happened itself: "agreed on Monday to meet".

    A time that hangs on such a verb directly is that of the agreeing; only "was scheduled for"
    and its like move what hangs on them ahead.
    """
    return node.tag_ == "VBD" and not any(c.dep_ == "aux:pass" for c in node.children)


def _of_verb(verb: Token) -> Direction | Literal["governor"] | None:
    """Return the direction that a verb's own form gives, or that its governor has to say."""
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    words = {child.lower_ for child in auxiliaries}
    perfect = any(child.lemma_ == "have" or child.lower_ in {"had", "has"} for child in auxiliaries)
    if words & listed("ahead", "modals") and not perfect:
        return "future"
    if perfect or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    if verb.tag_ == "VBD":
        return "past"
    infinitive = any(child.tag_ == "TO" or child.lower_ == "to" for child in verb.children
                     if child.dep_ in {"mark", "aux"})
    if infinitive:
        if verb.head is not verb and verb.head.lemma_ == "be":
            return "future"
        return "future" if _looks_ahead(verb.head) else "governor"
    if verb.tag_ == "VBN" and not auxiliaries:
        return "past"
    if verb.tag_ in {"VBZ", "VBP"} or auxiliaries:
        return None
    return "governor"


def _looks_ahead(token: Token) -> bool:
    return bool({token.lemma_.lower(), token.lower_} & listed("ahead", "lemmas"))


def _by_words(doc: Doc, start: int, end: int) -> Direction | None:
    """Return the direction of the nearest word that tells one, in the same sentence."""
    left = range(start - 1, max(-1, start - 1 - _REACH), -1)
    right = range(end, min(len(doc), end + _REACH))
    for indices in (left, right):
        for index in indices:
            token = doc[index]
            word = token.lower_
            if word in {".", "!", "?", ";", "“", "”", '"'} or "\n" in word:
                break
            if word in listed("ahead", "modals") or word in _AHEAD_FORMS:
                # "may" and "might" need no tag here: names of months are capitalised.
                return "future" if token.text != "May" else None
            if token.tag_ in _PAST_TAGS or word in {"was", "were", "had", "said", "did"}:
                return "past"
    return None


#: What `ahead.lemmas` look like where there are no lemmas.
_AHEAD_FORMS = frozenset({
    "due", "scheduled", "planned", "expected", "set", "slated", "plans", "expects", "likely",
    "upcoming", "going", "intends", "hopes",
})
