"""Pronouns: the nearest fitting mention before them, subjects first.

Salience after Lappin and Leass (1994), without learning: a mention counts more the nearer its
sentence and the higher its grammatical role. A noun that is no actor competes, so that "it" in
"the deal collapsed when it …" stays open rather than becoming a state. Nothing is resolved without
a parse, and pronouns of the first and second person never are.
"""

from __future__ import annotations

import attrs

from standoff.actors import tables
from standoff.actors.draft import FEMALE, MALE, MANY, SOMEONE, THING, Draft, party
from standoff.actors.model import Mention
from standoff.actors.offices import Offices
from standoff.actors.people import People
from standoff.actors.tokens import CLAUSES, SUBJECTS, Tokens

_FITS = {
    **dict.fromkeys(("he", "him", "his", "himself"), (MALE, SOMEONE)),
    **dict.fromkeys(("she", "her", "hers", "herself"), (FEMALE, SOMEONE)),
    **dict.fromkeys(("it", "its", "itself"), (THING,)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), (MANY, THING)),
}
_POSSESSIVE = frozenset(("his", "her", "its", "their"))
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_WEATHER = frozenset(("rain", "snow", "seem", "appear", "turn", "matter", "take", "happen"))
_IDLE = frozenset((
    "go", "happen", "cost", "mean", "mark", "last", "occur", "end", "include", "involve", "follow",
    "expire", "work", "come", "begin", "start", "remain", "become", "lie", "stand", "depend",
    "result", "rise", "fall", "increase", "contain", "aim", "call", "base", "relate", "concern",
))
_CLAIMS = frozenset((
    "deny", "say", "know", "reject", "confirm", "call", "describe", "consider", "regard", "see",
    "view", "make", "find", "admit", "repeat", "believe", "do", "think", "mean", "welcome", "sign",
))
_REACH = {"it": 2, "its": 2, "itself": 0, "they": 2, "them": 2, "their": 2, "themselves": 0}
_FAR = 3
# Points, as in Lappin and Leass: recency halves them there; here a sentence costs a fixed sum.
_SUBJECT, _MAIN, _OBJECT, _OBLIQUE, _MODIFIER = 30.0, 12.0, 12.0, 6.0, -8.0
_SENTENCE, _TOKEN, _PARALLEL = 24.0, 0.15, 8.0
_ABOVE, _BLAMED = 16.0, 40.0
_OPENING = 12
_THINGS = 14.0
"""What a competitor that is no actor loses: verbs of news have actors as subjects."""


@attrs.frozen
class _Candidate:
    mention: Mention | None
    head: int
    score: float


def pronouns(draft: Draft, people: People, offices: Offices) -> None:
    """Resolve pronouns of the third person and relative pronouns, in the order of the text."""
    tokens = draft.tokens
    if not tokens.parsed:
        return
    for index, word in enumerate(tokens.lower):
        if index in draft.taken:
            continue
        if word in _RELATIVE and tokens.pos[index] in ("PRON", "DET", ""):
            if _relative(draft, index):
                continue
        fits = _FITS.get(word)
        if fits is None or (word == "it" and _expletive(tokens, index)):
            continue
        best = _ahead(draft, index, fits) or _resolve(draft, index, fits)
        if best is None:
            continue
        for mention in _with_joined(draft, best) if MANY in fits else [best]:
            draft.add(index, index + 1, mention.actor, "pronoun", draft.traits[mention])
            if mention.actor in people.known:
                people.known[mention.actor].seen.append(index)
        if word in _POSSESSIVE:
            _office_of(draft, offices, index, best)


def _relative(draft: Draft, index: int) -> bool:
    """Resolve "who", "which" and "that" to the noun that their clause hangs from."""
    tokens = draft.tokens
    node = index
    for _ in range(6):
        if tokens.dep[node] in ("acl:relcl", "acl"):
            antecedent = tokens.head[node]
            if antecedent >= index:
                return False
            mentions = [
                mention for mention in draft.mentions
                if mention.start <= antecedent < mention.end and mention.head == antecedent
            ]
            for mention in mentions:
                trait = draft.traits[mention]
                draft.add(index, index + 1, mention.actor, "relative", trait)
            return bool(mentions)
        if tokens.head[node] == node:
            return False
        node = tokens.head[node]
    return False


def _expletive(tokens: Tokens, index: int) -> bool:
    """Tell whether "it" stands for no thing: "it is clear that", "it seems", "denied it"."""
    if tokens.dep[index] == "expl":
        return True
    verb = tokens.head[index]
    if tokens.dep[index] not in SUBJECTS:
        return tokens.dep[index] == "obj" and tokens.lemma[verb] in _CLAIMS
    if tokens.lemma[verb] in _WEATHER:
        return True
    clausal = any(
        tokens.dep[child] in ("csubj", "ccomp", "xcomp", "csubj:pass", "advcl") and child > verb
        for child in tokens.children[verb]
    )
    return clausal and tokens.pos[verb] in ("ADJ", "NOUN")


def _ahead(draft: Draft, index: int, fits: tuple[str, ...]) -> Mention | None:
    """Return the subject that a pronoun in a phrase before it points ahead to.

    "At their third summit, Moon and Kim agreed": nothing in the sentence comes before the pronoun.
    """
    tokens = draft.tokens
    first = tokens.sentence_starts[tokens.sentence[index]]
    if index - first > _OPENING or not draft.free(first, index):
        return None
    node = index
    for _ in range(6):
        if tokens.dep[node] in ("obl", "advcl") and tokens.head[node] > index:
            verb = tokens.head[node]
            subjects = [
                child for child in tokens.children[verb]
                if tokens.dep[child] in SUBJECTS and child > index
            ]
            for mention in draft.mentions:
                if mention.head in subjects and mention.how != "pronoun":
                    return mention if _agrees(draft, mention, fits) else None
            return None
        if tokens.head[node] == node:
            break
        node = tokens.head[node]
    return None


def _agrees(draft: Draft, mention: Mention, fits: tuple[str, ...]) -> bool:
    """Tell whether a pronoun fits a mention by number and gender; "they" fits several at once."""
    trait = draft.traits[mention]
    several = MANY in fits and trait != MANY and len(_with_joined(draft, mention)) > 1
    return trait in fits or several


def _resolve(draft: Draft, index: int, fits: tuple[str, ...]) -> Mention | None:
    tokens = draft.tokens
    word = tokens.lower[index]
    subject = tokens.dep[index] in SUBJECTS
    reach = _REACH.get(word, _FAR)
    if word == "it" and subject and not _does_something(tokens, tokens.head[index]):
        reach = 0
    banned = _banned(draft, index)
    passive = tokens.dep[index] == "nsubj:pass"
    above = -1 if passive and word == "it" else _subject_above(tokens, index)
    blamed = _blamed(tokens, index) if word in _POSSESSIVE else -1
    best: _Candidate | None = None
    for mention in reversed(draft.mentions):
        distance = tokens.sentence[index] - tokens.sentence[mention.start]
        if mention.start >= index or distance > reach or mention.how == "relative":
            continue
        if not _agrees(draft, mention, fits):
            continue
        if mention.actor in banned or (
            draft.traits[mention] == THING and party(mention.actor) in banned
        ):
            continue
        if word in _POSSESSIVE and mention.start <= tokens.head[index] < mention.end:
            continue
        score = _salience(tokens, mention.head, index, subject)
        if mention.start <= above < mention.end:
            score += _ABOVE
        if mention.start <= blamed < mention.end:
            score += _BLAMED
        if MANY in fits and draft.traits[mention] == THING:
            score -= 10.0
        if mention.how == "adjective":
            score -= 6.0 if word in _POSSESSIVE else 30.0
        if best is None or score > best.score:
            best = _Candidate(mention, mention.head, score)
    if best is None or best.mention is None:
        return None
    if (THING in fits or MANY in fits) and _outdone(draft, index, best, subject):
        return None
    return best.mention


def _does_something(tokens: Tokens, verb: int) -> bool:
    """Tell whether a predicate says that its subject acts, as states and bodies do."""
    return tokens.pos[verb] == "VERB" and tokens.lemma[verb] not in _IDLE


def _subject_above(tokens: Tokens, index: int) -> int:
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


def _blamed(tokens: Tokens, index: int) -> int:
    """Return the object that "for its" or "over its" looks back to: "blamed Iran for its"."""
    noun = tokens.head[index]
    if not any(
        tokens.dep[child] == "case" and tokens.lower[child] in ("for", "over")
        for child in tokens.children[noun]
    ):
        return -1
    verb = tokens.head[noun]
    return next(
        (child for child in tokens.children[verb]
         if tokens.dep[child] in ("obj", "iobj") and child < index), -1
    )


def _salience(tokens: Tokens, head: int, index: int, subject: bool) -> float:
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
    elif dep == "ROOT":
        score += _OBLIQUE
    elif dep in ("obl", "nmod:poss", "appos"):
        score += _OBLIQUE
    elif dep in ("amod", "compound", "nmod", "flat"):
        score += _MODIFIER
    return score


def _banned(draft: Draft, index: int) -> set[str]:
    """Return the actors that a pronoun cannot mean: the other arguments of its own verb."""
    tokens = draft.tokens
    word = tokens.lower[index]
    if word in _POSSESSIVE or word in _REFLEXIVE:
        return set()
    verb = tokens.head[index]
    places = {child for child in tokens.children[verb] if child != index}
    if tokens.dep[index] not in SUBJECTS:
        # A clause without a subject has that of the clause above; a phrase is the verb's too.
        for _ in range(4):
            if any(tokens.dep[child] in SUBJECTS for child in tokens.children[verb]):
                break
            if tokens.dep[verb] not in ("xcomp", "advcl", "acl", "obl", "nmod", "obj", "conj"):
                break
            verb = tokens.head[verb]
        places |= {child for child in tokens.children[verb] if tokens.dep[child] in SUBJECTS}
    return {
        mention.actor for mention in draft.mentions
        if mention.head in places and tokens.dep[mention.head] not in CLAUSES
    }


def _outdone(draft: Draft, index: int, best: _Candidate, subject: bool) -> bool:
    """Tell whether a noun that is no actor is the likelier antecedent of "it" or "they"."""
    tokens = draft.tokens
    plural = tokens.lower[index] in ("they", "them", "their", "theirs", "themselves")
    first = tokens.sentence_starts[max(tokens.sentence[index] - 1, 0)]
    verb = tokens.head[index]
    own = {index, verb, *tokens.children[verb]} if tokens.dep[index] in SUBJECTS else {index}
    for noun in range(first, index):
        if tokens.pos[noun] != "NOUN" or noun in draft.taken or noun in own:
            continue
        if tokens.dep[noun] not in SUBJECTS and tokens.dep[noun] not in ("obj", "ROOT", "conj"):
            continue
        many = tokens.lower[noun] != tokens.lemma[noun] and tokens.lower[noun].endswith("s")
        if many != plural:
            continue
        score = _salience(tokens, noun, index, subject)
        score -= _THINGS if tokens.dep[index] != "nsubj:pass" else 0.0
        if score > best.score:
            return True
    return False


def _with_joined(draft: Draft, best: Mention) -> list[Mention]:
    """Return a mention with those that "and" joins to it: "Moon and Kim … they"."""
    tokens = draft.tokens
    first = best.head
    for _ in range(4):
        if tokens.dep[first] != "conj":
            break
        first = tokens.head[first]
    heads = {first, *(child for child in tokens.children[first] if tokens.dep[child] == "conj")}
    if len(heads) == 1:
        same = [
            mention for mention in draft.mentions
            if (mention.start, mention.end) == (best.start, best.end)
        ]
        return same
    found: dict[str, Mention] = {}
    for mention in draft.mentions:
        if mention.head in heads:
            found.setdefault(mention.actor, mention)
    return list(found.values())


def _office_of(draft: Draft, offices: Offices, index: int, owner: Mention) -> None:
    """Resolve an office behind a resolved pronoun: "its foreign minister", "their troops"."""
    tokens = draft.tokens
    state = tables.owner_of(owner.actor)
    if state not in tables.countries():
        return
    for chain in offices.chains:
        if index < chain.start <= index + 4 and chain.start not in offices.used:
            between = range(index + 1, chain.start)
            if not draft.free(chain.start, chain.end) or any(
                tokens.pos[place] not in ("ADJ", "NOUN", "PROPN") for place in between
            ):
                return
            actor = offices.of_state(chain, state, frozenset())
            trait = MANY if chain.plural or chain.office.kind == "people" else (
                THING if chain.office.kind == "body" else SOMEONE
            )
            draft.add(chain.start, chain.end, actor, "office", trait)
            return
