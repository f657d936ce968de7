"""Which words of a document may denote events, and between whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs
from spacy.tokens import Token

from standoff.coding import clauses, parties
from standoff.coding.chain import ASPECT, Link, aspectual, chain
from standoff.coding.lexicon import Sense, lexicon
from standoff.coding.parties import Parties
from standoff.coding.predictions import Prediction
from standoff.coding.reading import Reading


@attrs.frozen(eq=False)
class Candidate:
    """A word that may denote an event: its possible types, its governors and its parties.

    `anaphoric`: it may take up a joint event named before ("the talks", "the exercise").
    `loose`: its parties are fewer than the rules ask for, and the head has to be the surer.
    """

    token: Token
    sense: Sense | None
    links: tuple[Link, ...]
    parties: Parties
    anaphoric: bool = False
    loose: bool = False


def predicates(reading: Reading) -> list[Token]:
    """Return the words that may denote events: verbs, and the nouns that the lexicon knows."""
    return [
        token
        for token in reading.doc
        if token.dep_ not in _MODIFIERS
        and (
            token.pos_ == "VERB"
            or (
                token.pos_ in _NOUNS
                and not reading.by_token.get(token.i)
                and lexicon().sense(token) is not None
            )
        )
    ]


_NOUNS = frozenset({"NOUN", "PROPN"})

#: Labels of words that say what kind of thing another is: "the strike force".
_MODIFIERS = frozenset({"amod", "compound", "case", "mark", "fixed", "flat", "nmod:desc"})


def candidates(reading: Reading, predicted: Mapping[int, Prediction]) -> Iterator[Candidate]:
    """Yield the candidates of a document in text order.

    `predicted`: what the heads say of each word that may denote an event, by its place.
    """
    joint = Parties()
    for sentence in reading.doc.sents:
        for token in sentence:
            asked = predicted.get(token.i)
            candidate = _of(reading, token, joint, asked) if asked is not None else None
            if candidate is None:
                continue
            if not _is_complete(candidate) or _is_alone(reading, candidate):
                candidate = attrs.evolve(candidate, loose=True)
            if not _is_political(reading, candidate):
                continue
            if _is_joint(reading, candidate):
                joint = candidate.parties
            yield candidate


def _of(reading: Reading, token: Token, joint: Parties, asked: Prediction) -> Candidate | None:
    if lexicon().is_barred(token):
        return None
    if _is_operator_only(token):
        found = parties.refined(reading, token, None, Parties(), asked)
        return Candidate(token, None, tuple(chain(token)), found, loose=True)
    if token.pos_ == "VERB":
        return _verbal(reading, token, joint, asked)
    return _nominal(reading, token, joint, asked)


def _is_joint(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether a candidate names both sides of something done together."""
    return _is_meeting(candidate.sense) and _has_two_sides(reading, candidate.parties)


def _is_meeting(sense: Sense | None) -> bool:
    return sense is not None and sense.types == ("CONSULT",)


def _has_two_sides(reading: Reading, found: Parties) -> bool:
    return len(reading.sides((*found.source, *found.target))) > 1


def _is_complete(candidate: Candidate) -> bool:
    """Tell whether the parties found suffice for an event of the kinds that the word can denote.

    Some acts need no second party: a measure of one's own, a demand or threat to the world.
    Something that is only undergone counts where it is told as done by force or by rule.
    """
    sense, found = candidate.sense, candidate.parties
    if found.source and found.target:
        return True
    if sense is None or sense.open:
        return False
    token = candidate.token
    if found.source:
        if _is_done_to_something(candidate):
            return True
        if set(sense.types) <= _UPON_OTHERS and not _answers(token):
            return False
        if "reflexive" in sense.flags:
            return True
        if token.pos_ == "VERB":
            return "speech" in sense.flags and bool(
                clauses.children(token, "ccomp", "xcomp", "obj", "advcl")
            )
        if set(sense.types) <= MUTUAL and len(found.source) < 2:
            return False
        return bool(aspectual(candidate.links))
    if sense.symmetric and len(found.target) > 1:
        return True
    return (
        not sense.symmetric
        and bool(found.target)
        and bool(set(sense.types) & _UNDERGONE)
        and (token.pos_ != "VERB" or clauses.is_passive(token))
    )


def _is_alone(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether a noun for something done together has one side only: "Pompeo's meeting"."""
    sense, found = candidate.sense, candidate.parties
    return (
        candidate.token.pos_ != "VERB"
        and sense is not None
        and sense.symmetric
        and set(sense.types) <= MUTUAL
        and bool(found.source and found.target)
        and not _has_two_sides(reading, found)
    )


def _is_done_to_something(candidate: Candidate) -> bool:
    """Tell whether force is used on a thing that is nobody's by name ("fired at a tanker")."""
    sense, token = candidate.sense, candidate.token
    return (
        sense is not None
        and sense.types[:1] == ("ASSAULT",)
        and token.pos_ == "VERB"
        and not candidate.parties.own
        and bool(clauses.patients(token) or clauses.children(token, "obl"))
    )


def _is_political(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether a state, body or movement has a part in it.

    Kinds of people ("police", "strikers") may face each other, and a crowd alone may protest.
    """
    found, sense = candidate.parties, candidate.sense
    everyone = (*found.source, *found.target)
    if any(reading.is_known(id_) for id_ in everyone):
        return True
    if found.source and found.target and not any(id_.startswith("doc.") for id_ in everyone):
        return True
    return sense is not None and "PROTEST" in sense.types


def _answers(token: Token) -> bool:
    """Tell whether the object of a word is somebody's act, as in "refused the request"."""
    return any(lexicon().sense(thing) is not None for thing in clauses.patients(token))


#: Types that two parties do together: each stands on both sides.
MUTUAL = frozenset({"CONSULT", "COOPERATE"})

#: Types that want somebody they are done to.
_UPON_OTHERS = frozenset({"ASSAULT", "COERCE", "ACCUSE", "REJECT", "SUPPORT", "AID"})

#: Types that one can undergo at the hands of somebody unnamed.
_UNDERGONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "CONCEDE"})

#: Operators of words that tell how things look to somebody, not what somebody does.
_OUTLOOK = frozenset({"plan", "hypothetical", "doubt"})


def _verbal(reading: Reading, verb: Token, joint: Parties, asked: Prediction) -> Candidate | None:
    sense = lexicon().sense(verb)
    found = parties.of_verb(reading, verb, sense)
    if sense is not None and not found.target and set(sense.types) & parties.ADDRESSED:
        threat = "THREATEN" in sense.types
        side = parties.addressee(reading, verb, found.source, conditional=threat)
        found = attrs.evolve(found, target=tuple(side.ids), target_tokens=tuple(side.tokens))
    found = parties.refined(reading, verb, sense, found, asked)
    if not found.target and "cancel" in lexicon().operator(verb) and _calls_off(verb):
        own = {reading.country(id_) for id_ in found.source}
        others = [i for i in (*joint.source, *joint.target) if reading.country(i) not in own]
        found = attrs.evolve(found, target=tuple(others))
    if sense is None and not (found.has_source and found.has_target):
        return None
    if "deny" in lexicon().operator(verb) and clauses.children(verb, "ccomp", "xcomp"):
        # To deny that something happened is to say so: a statement, no act towards anybody.
        return None
    if not found.target and lexicon().operator(verb) & _OUTLOOK:
        # "sought to calm the markets", "signalled that talks were near": a wish or view, no act.
        return None
    return Candidate(verb, sense, tuple(chain(verb)), found)


def _is_operator_only(token: Token) -> bool:
    """Tell whether a word merely begins, suspends, plans… an event that another word denotes."""
    operators = lexicon().operator(token)
    if not operators & (ASPECT | {"plan"}):
        return False
    if token.pos_ != "VERB":
        inner = [noun for _, noun in clauses.obliques(token)] + clauses.children(token, "compound")
        return any(lexicon().sense(noun) is not None for noun in inner)
    if "cancel" in operators and clauses.is_passive(token) and not clauses.agents(token):
        return True
    if "cancel" in operators and _calls_off(token):
        # Whoever calls a meeting off turns the other side down, besides what becomes of it.
        return False
    things = clauses.patients(token) or clauses.children(token, "xcomp")
    subject = clauses.subject(token)
    if not things and subject is not None:
        things = [subject]
    return any(
        lexicon().sense(thing) is not None and thing.pos_ in {"NOUN", "PROPN", "VERB"}
        for first in things
        for thing in (first, *first.conjuncts)
    )


def _calls_off(verb: Token) -> bool:
    """Tell whether what a verb cancels is a meeting."""
    return any(_is_meeting(lexicon().sense(thing)) for thing in clauses.patients(verb))


def turns_down_a_meeting(verb: Token) -> bool:
    """Tell whether a verb calls off a meeting that had not begun: one, or one that was due."""
    if "cancel" not in lexicon().operator(verb):
        return False
    return any(
        thing.tag_ == "NN" or any(_is_due(child) for child in thing.children)
        for thing in clauses.patients(verb)
        if _is_meeting(lexicon().sense(thing))
    )


def _is_due(clause: Token) -> bool:
    """Tell whether a clause says that something was still to come: "due to open on Monday"."""
    return clause.dep_.startswith("acl") and any(
        "plan" in lexicon().operator(word) or word.lower_ in _DUE for word in clause.subtree
    )


_DUE = frozenset({"due", "scheduled", "planned", "set", "arranged"})


def _nominal(reading: Reading, noun: Token, joint: Parties, asked: Prediction) -> Candidate | None:
    sense = lexicon().sense(noun)
    if sense is None:
        return None
    links = chain(noun)
    found = parties.of_noun(reading, noun, sense, links)
    found = parties.refined(reading, noun, sense, found, asked)
    anaphoric = (
        sense.symmetric
        and _is_meeting(sense)
        and not _has_two_sides(reading, found)
        and _is_definite(noun)
        and bool(joint.target)
    )
    if not found.target and set(sense.types) & parties.ADDRESSED:
        found = _answered(reading, noun, found)
    if _is_meeting(sense) and not (found.source or found.target or anaphoric):
        found = _foremost(reading, noun, links)
    taken_up = anaphoric or (sense.symmetric and _is_definite(noun) and noun.tag_ == "NN")
    return Candidate(noun, sense, tuple(links), joint if anaphoric else found, taken_up)


#: Words by which a meeting is said to be held, without saying by whom.
_HELD = frozenset({"hold", "open", "begin", "start", "resume", "convene", "end", "conclude"})


def _foremost(reading: Reading, noun: Token, links: Sequence[Link]) -> Parties:
    """Return those whom a text is about as the parties of a meeting that names none.

    "A fifth round of talks was called off": something must be told of it, and the text must have
    named two sides (or three, as often) at least twice before.
    """
    told = any(link.operators for link in links) or any(
        verb.lemma_.lower() in _HELD and clauses.is_passive(verb)
        for verb in (noun.head, *clauses.children(noun, "acl"))
        if verb.pos_ == "VERB" and (verb.head == noun or noun.dep_ == "nsubj:pass")
    )
    if not told:
        return Parties()
    counts: Counter[str] = Counter()
    for mention in reading.cast.mentions:
        if mention.start >= noun.i:
            continue
        rebels = ".REB." in mention.actor
        side = mention.actor if rebels else reading.country(mention.actor)
        if side is not None:
            counts[side] += 1
    most = max(counts.values(), default=0)
    often = [side for side, n in counts.most_common(_MOST_SIDES) if n >= max(_TWICE, _SHARE * most)]
    return Parties(tuple(often), tuple(often)) if len(often) > 1 else Parties()


#: A text is about those whom it names at least twice, and half as often as the first of them.
_TWICE, _SHARE, _MOST_SIDES = 2, 0.5, 3


def _answered(reading: Reading, noun: Token, found: Parties) -> Parties:
    """Return the parties of a demand, warning or charge with the one who answers it as target.

    "Oslo brushed aside Riga's warning": the warning was for Oslo.
    """
    verb = noun.head
    if noun.dep_ not in {"obj", "obl"} or verb.pos_ != "VERB" or not found.source:
        return found
    own = reading.sides(found.source)
    for agent in clauses.agents(verb):
        others = [i for i in reading.parties(agent) if not reading.sides([i]) & own]
        if others:
            return attrs.evolve(found, target=tuple(others), target_tokens=(agent,))
    return found


def _is_definite(noun: Token) -> bool:
    """Tell whether a noun takes up something already named: "the talks", "yesterday's meeting"."""
    return any(
        (child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"})
        or child.dep_ == "nmod:poss"
        for child in noun.children
    ) and not clauses.children(noun, "acl:relcl")


def roles_of(reading: Reading, candidate: Candidate) -> dict[int, str]:
    """Return the role of each marked token: source, target and predicate, whole mentions."""
    roles: dict[int, str] = {}
    for role, tokens in (
        ("source", candidate.parties.source_tokens),
        ("target", candidate.parties.target_tokens),
        ("predicate", (candidate.token,)),
    ):
        roles.update((i, role) for token in tokens for i in reading.extent(token))
    return roles
