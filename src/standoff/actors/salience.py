"""What the tree says of a pronoun and of the nouns that it may stand for.

The points follow Lappin and Leass (1994): the higher its grammatical role, and the nearer its
sentence, the likelier a noun is taken up again.
"""

from __future__ import annotations

from standoff.actors.tables import cues
from standoff.actors.tokens import SUBJECTS, Tokens

_WEATHER = cues("pronouns", "weather")
_IDLE = cues("pronouns", "idle")
_TOUCHING = cues("pronouns", "touching")
# Points, as in Lappin and Leass: recency halves them there; here a sentence costs a fixed sum.
_SUBJECT, _MAIN, _OBJECT, _OBLIQUE, _MODIFIER = 30.0, 12.0, 12.0, 6.0, -8.0
_SENTENCE, _TOKEN, _PARALLEL = 24.0, 0.15, 8.0


def expletive(tokens: Tokens, index: int) -> bool:
    """Tell whether "it" stands for no thing: "it is clear that", "it seems", "denied it"."""
    if tokens.dep[index] == "expl":
        return True
    verb = tokens.head[index]
    if tokens.dep[index] not in SUBJECTS:
        return tokens.dep[index] == "obj" and tokens.lemma[verb] not in _TOUCHING
    if tokens.lemma[verb] in _WEATHER:
        return True
    clausal = any(
        tokens.dep[child] in ("csubj", "ccomp", "xcomp", "csubj:pass", "advcl") and child > verb
        for child in tokens.children[verb]
    )
    return clausal and tokens.pos[verb] in ("ADJ", "NOUN")


def acts(tokens: Tokens, verb: int) -> bool:
    """Tell whether a predicate says that its subject acts, as states and bodies do."""
    return tokens.pos[verb] == "VERB" and tokens.lemma[verb] not in _IDLE


def subject_above(tokens: Tokens, index: int) -> int:
    """Return the nearest subject up the tree from a pronoun, or -1.

    A clause without a subject of its own takes that of the clause above, or its object where the
    verb above has one ("urged Iran to end its tests").
    """
    node = index
    if tokens.dep[index] in SUBJECTS:
        node = tokens.head[index]
    for _ in range(12):
        previous, node = node, tokens.head[node]
        if previous == node:
            return -1
        if tokens.dep[previous] == "xcomp":
            for child in tokens.children[node]:
                if tokens.dep[child] in ("obj", "iobj") and child < index:
                    return child
        for child in tokens.children[node]:
            if tokens.dep[child] in SUBJECTS and child < index and child != previous:
                return child
    return -1


def blamed(tokens: Tokens, index: int) -> int:
    """Return the object that "for its" or "over its" looks back to: "blamed Iran for its"."""
    noun = tokens.head[index]
    if not any(
        tokens.dep[child] == "case" and tokens.lower[child] in ("for", "over")
        for child in tokens.children[noun]
    ):
        return -1
    verb = tokens.head[noun]
    return next(
        (
            child
            for child in tokens.children[verb]
            if tokens.dep[child] in ("obj", "iobj") and child < index
        ),
        -1,
    )


def salience(tokens: Tokens, head: int, index: int, subject: bool) -> float:
    """Return how likely a noun at `head` is what the pronoun at `index` stands for."""
    node, dep = head, tokens.dep[head]
    for _ in range(3):
        if dep != "conj":
            break
        node = tokens.head[node]
        dep = tokens.dep[node]
    score = -_SENTENCE * (tokens.sentence[index] - tokens.sentence[head])
    score -= _TOKEN * (index - head)
    if dep in SUBJECTS:
        score += _SUBJECT + (_PARALLEL if subject else 0.0)
        if tokens.dep[tokens.head[node]] == "ROOT":
            score += _MAIN
    elif dep in ("obj", "iobj", "obl:agent"):
        score += _OBJECT
    elif dep == "ROOT" or dep in ("obl", "nmod:poss", "appos"):
        score += _OBLIQUE
    elif dep in ("amod", "compound", "nmod", "flat"):
        score += _MODIFIER
    return score
