"""Does what an expression of time belongs to lie behind or ahead?

"on Monday" is last Monday after "met" and next Monday after "will meet". With a parse the verbs
above the expression are asked, from the nearest up; without one, the words of the sentence that
stand nearest.
"""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from standoff.times.words import listed

Direction = Literal["past", "future"]

#: How far to both sides a sentence without a parse is looked at.
_REACH = 12
#: How far up a tree goes; also a guard against circles in parses from elsewhere.
_DEPTH = 12
_VERBAL = frozenset({"VERB", "AUX"})
_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_ATTRIBUTE = frozenset({"nmod", "nmod:poss", "nmod:unmarked", "compound", "amod"})
_PAST_WORDS = frozenset({"was", "were", "had", "said", "did", "ago"})
_PAST_TAGS = frozenset({"VBD", "VBN"})
_ENDS = frozenset({".", "!", "?", ";", "“", "”", '"'})


def direction(doc: Doc, start: int, end: int, *, parsed: bool) -> Direction | None:
    """Return where the time in tokens `start` to `end` lies as seen from the report's day.

    None where nothing tells: no verb, or a present tense, which news uses for both. `parsed` says
    whether the document has a dependency parse (to ask it takes a look at every token).
    """
    before = " ".join(token.lower_ for token in doc[max(0, start - 3) : start])
    if before.endswith(tuple(listed("ahead", "phrases"))):
        return "future"
    if parsed:
        return _by_parse(doc[start:end].root)
    return _by_words(doc, start, end)


def _by_parse(root: Token) -> Direction | None:
    node, below = root, root
    for _ in range(_DEPTH):
        if node != root and _moves_ahead(node, root):
            return "future"
        if node.pos_ in _VERBAL or any(child.dep_ in _AUXILIARY for child in node.children):
            found = _of_verb(node)
            if found == "future" and _is_of_object(root, below, node):
                return None
            if found != "governor":
                return found
        if node.head == node:
            return None
        node, below = node.head, node
    return None


def _moves_ahead(node: Token, root: Token) -> bool:
    """Return whether what hangs on `node` had not happened when it was said.

    "scheduled for Monday" and "postponed until Monday" say so of any Monday; "agreed on Monday to
    meet" does not, for that Monday is the day of the agreement.
    """
    case = _case(root, node)
    if node.lemma_ in listed("ahead", "moved"):
        return case in listed("ahead", "moved_to")
    if not is_ahead(node):
        return False
    if node.lemma_ in listed("ahead", "arranged") and _has_object(node):
        return True  # "planned a march on Saturday"
    finite = node.tag_ == "VBD" and all(child.dep_ != "aux:pass" for child in node.children)
    return not finite or (root.head == node and case == "for")


def _has_object(verb: Token) -> bool:
    """Return whether a verb has a thing, and no verb, as what it plans."""
    relations = {child.dep_ for child in verb.children}
    return "obj" in relations and not relations & {"xcomp", "ccomp"}


def _case(root: Token, above: Token) -> str:
    """Return the preposition of the time: its own, or that of the hour it stands with.

    "extended the deadline until 9 a.m. EST Tuesday": Tuesday hangs on the hour.
    """
    word = root
    while word != above:
        for child in word.children:
            if child.dep_ == "case":
                return child.lower_
        if word.head == word or word.head.pos_ not in {"NOUN", "PROPN", "NUM"}:
            break
        word = word.head
    return ""


def _is_of_object(root: Token, below: Token, verb: Token) -> bool:
    """Return whether the time belongs to an object, which may lie before what is done to it.

    "will discuss Monday's attack" says nothing of when the attack was; "will attend Monday's
    summit" does.
    """
    inside = root != below and root.dep_ in _ATTRIBUTE
    return inside and below.dep_ in {"obj", "obl"} and verb.lemma_ not in listed("light", "verbs")


def _of_verb(verb: Token) -> Direction | Literal["governor"] | None:
    """Return the direction that a verb's own form gives, or that its governor has to say."""
    auxiliaries = [child for child in verb.children if child.dep_ in _AUXILIARY]
    perfect = any(child.lemma_ == "have" for child in auxiliaries)
    if not perfect and any(child.lower_ in listed("ahead", "modals") for child in auxiliaries):
        return "future"
    if perfect or verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    if any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.children):
        ahead = verb.head.lemma_ == "be" or is_ahead(verb.head)
        return "future" if ahead and verb.head != verb else "governor"
    if verb.tag_ == "VBN" and not auxiliaries:
        return "past"  # "the talks held on Monday"
    if verb.tag_ in {"VBZ", "VBP"} or auxiliaries:
        return None
    return "governor"


def is_ahead(token: Token) -> bool:
    """Return whether a word looks ahead: plan, expect, due, upcoming."""
    return bool({token.lemma_.lower(), token.lower_} & listed("ahead", "lemmas"))


def _by_words(doc: Doc, start: int, end: int) -> Direction | None:
    """Return the direction of the nearest word that tells one, in the same sentence."""
    left = range(start - 1, max(-1, start - 1 - _REACH), -1)
    right = range(end, min(len(doc), end + _REACH))
    for indices in (left, right):
        for index in indices:
            token = doc[index]
            word = token.lower_
            if word in _ENDS or "\n" in word:
                break
            # The month is capitalised, the modal is not.
            if word in listed("ahead", "words") and token.text != "May":
                return "future"
            if token.tag_ in _PAST_TAGS or word in _PAST_WORDS:
                return "past"
    return None
