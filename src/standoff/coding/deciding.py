"""Candidates to event types: the heads decide among what the lexicon lets a word mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
from spacy.tokens import Token

from standoff import ontology
from standoff.coding import clauses
from standoff.coding.candidates import Candidate, turns_down_a_meeting
from standoff.coding.chain import ASPECT, aspectual, is_taken_back
from standoff.coding.lexicon import Sense, lexicon
from standoff.coding.predictions import Prediction
from standoff.language.relations import NONE
from standoff.record import Code

#: A word that the lexicon lets mean anything is an event only where the head is this sure of one
#: type.
OPEN_THRESHOLD = 0.6

#: A listed word is left out where the head is this sure that it denotes nothing.
NONE_THRESHOLD = 0.7

#: Where the word is in no list, or its parties are fewer than the rules ask for, the head has to be
#: this sure of the type.
LOOSE_THRESHOLD = 0.85

#: Where nobody known acts, the head has to be this sure: of 29 such events in news, 10 were right.
UNDERGONE_THRESHOLD = 0.6

#: Below this the head contradicts every sense that the lexicon lists. All thresholds were set on
#: ten reports of our own and on the sample report: rerun `python -m benchmarks reports sample` when
#: the weights change.
LEAST_CONFIDENCE = 0.3

#: A context is given where the head holds it this likely. Contexts weigh little in training, and
#: the head stays shy of them: F1 on held-out passages 24 at 0.5, 41 at 0.2. Rerun `python -m
#: benchmarks passages` when the weights change.
LEAST_CONTEXT = 0.2


@attrs.frozen(eq=False)
class Decision:
    """A candidate with its event type and the probability of it.

    `statuses`: the probability of each status; `modes`: scores of modes, named with their type;
    `contexts`: what the event is about, the likeliest first; `codes`: its types by codebooks of the
    user's own; `reversed_from`: the type that what governs the word takes back.
    """

    candidate: Candidate
    type: str
    confidence: float
    statuses: Mapping[str, float] = attrs.field(factory=dict)
    modes: Mapping[str, float] = attrs.field(factory=dict)
    contexts: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    reversed_from: str | None = None

    @property
    def mode(self) -> str | None:
        """The likeliest mode of the type, None where that is none."""
        own = {
            name: score for name, score in self.modes.items() if name.startswith(f"{self.type}.")
        }
        return max(own, key=own.__getitem__).partition(".")[2] or None if own else None


def decide(
    found: Sequence[Candidate],
    predicted: Mapping[int, Prediction],
    codes: Mapping[int, tuple[Code, ...]] | None = None,
) -> list[Decision]:
    """Return the candidates that are events, in the order given.

    `predicted`: what the encoder says of their words, by the word's place; `codes`: their types by
    codebooks of the user's own, which make a word an event whatever ours say.
    """
    decisions = []
    for candidate in found:
        prediction = predicted[candidate.token.i]
        own = (codes or {}).get(candidate.token.i, ())
        decision = _decide(candidate, _types(candidate, predicted))
        decision = decision or _own(candidate, prediction, own)
        if decision is not None:
            contexts = contexts_of(prediction.contexts)
            if _shuts_its_own(decision, contexts):
                decision = attrs.evolve(decision, type="RETREAT")
            decisions.append(
                attrs.evolve(
                    decision,
                    statuses=_shared(candidate.token, predicted),
                    modes=prediction.modes,
                    contexts=contexts,
                    codes=own,
                )
            )
    return _vows(_told_once(decisions))


def _shuts_its_own(decision: Decision, contexts: Sequence[str]) -> bool:
    """Tell whether a state gives something military of its own up: "shut down a missile site".

    The head holds the closing of a site for an act upon somebody, as that of a newspaper is.
    """
    candidate, parties = decision.candidate, decision.candidate.parties
    return (
        decision.type == "COERCE"
        and candidate.sense is not None
        and "RETREAT" in candidate.sense.types
        and bool(parties.source)
        and not parties.target
        and all("." not in id_.removesuffix(".GOV") for id_ in parties.source)
        and "military" in contexts[:1]
    )


def _told_once(decisions: list[Decision]) -> list[Decision]:
    """Return decisions without words that only begin, stop or resume what another one denotes.

    "Cut its aid" is one event: that of the noun where the head holds it for one, else the verb's.
    """
    governing = {
        link.governor.i
        for decision in decisions
        for link in decision.candidate.links
        if link.operators & ASPECT
    }
    return [
        decision
        for decision in decisions
        if decision.candidate.sense is not None or decision.candidate.token.i not in governing
    ]


def _types(candidate: Candidate, predicted: Mapping[int, Prediction]) -> dict[str, float]:
    """Return the probabilities of types, none among them, given what governs or negates the word.

    Our codebook has what is taken back at the word that takes it back: where that is an event
    ("*suspended* its tests"), so is what it governs. That something did not happen looks to the
    head like nothing at all.
    """
    types = dict(predicted[candidate.token.i].types)
    none = types[NONE]
    if is_taken_back(candidate.links):
        governors = (predicted.get(link.governor.i) for link in aspectual(candidate.links))
        told = min([none, *(found.types[NONE] for found in governors if found is not None)])
        if told < none:
            # What is taken back is one of the things that the word can denote.
            listed = candidate.sense.types if candidate.sense is not None else ()
            types = {name: p for name, p in types.items() if name in listed} or types
            none = told
    elif clauses.is_negated(candidate.token):
        none /= 2
    rest = max(sum(p for name, p in types.items() if name != NONE), 1e-6)
    chances = {name: p * (1.0 - none) / rest for name, p in types.items() if name != NONE}
    return dict.fromkeys(predicted[candidate.token.i].types, 0.0) | chances | {NONE: none}


def _shared(token: Token, predicted: Mapping[int, Prediction]) -> Mapping[str, float]:
    """Return the statuses of an event; of a gerund, averaged with that of the one it goes on from.

    "Insisted on dismantling the plant, *destroying* the stock": what holds of one holds of both.
    """
    own = predicted[token.i].statuses
    if token.dep_ != "conj" or token.tag_ != "VBG" or token.head.tag_ != "VBG":
        return own
    first = predicted.get(token.head.i)
    if first is None:
        return own
    return {name: (chance + first.statuses[name]) / 2 for name, chance in own.items()}


def _own(candidate: Candidate, prediction: Prediction, codes: tuple[Code, ...]) -> Decision | None:
    """Return the likeliest of our types for what is an event by a codebook of the user's own."""
    if not codes:
        return None
    sense = candidate.sense
    names = (sense.types if sense else ()) or [name for name in prediction.types if name != NONE]
    best = max(names, key=prediction.types.__getitem__)
    return Decision(candidate, best, prediction.types[best])


def contexts_of(chances: Mapping[str, float]) -> tuple[str, ...]:
    """Return the contexts that the head holds likely enough, the likeliest first."""
    likely = [name for name, chance in chances.items() if chance > LEAST_CONTEXT]
    return tuple(sorted(likely, key=chances.__getitem__, reverse=True))


def _vows(decisions: list[Decision]) -> list[Decision]:
    """Return decisions with each vow a promise or a threat by what is vowed.

    "Promised" and "vowed" are AGREE before something good for the other side and THREATEN before
    something bad; the word alone does not say.
    """
    by_token = {decision.candidate.token.i: decision for decision in decisions}
    out = []
    for decision in decisions:
        token = decision.candidate.token
        if {"promise", "threaten"} <= lexicon().operator(token) and decision.type in _VOWS:
            inner = [by_token[c.i] for c in token.subtree if c != token and c.i in by_token]
            hostile = bool(inner) and is_hostile(inner[0].type)
            decision = attrs.evolve(decision, type="THREATEN" if hostile else "AGREE")
        out.append(decision)
    return out


def is_hostile(type_: str) -> bool:
    """Tell whether an event type is conflict, verbal or material."""
    return ontology.quad(type_) > ontology.Quad.MATERIAL_COOPERATION


_VOWS = frozenset({"AGREE", "THREATEN"})


def _decide(candidate: Candidate, probabilities: dict[str, float]) -> Decision | None:
    none = probabilities.pop(NONE, 0.0)
    sense = candidate.sense
    if sense is None or sense.open:
        best = max(probabilities, key=probabilities.__getitem__)
        if probabilities[best] < (LOOSE_THRESHOLD if candidate.loose else OPEN_THRESHOLD):
            return None
        return Decision(candidate, best, probabilities[best])
    if none > NONE_THRESHOLD:
        return None
    allowed = {type_: probabilities[type_] + 1e-6 for type_ in _possible(candidate, sense)}
    best = max(allowed, key=allowed.__getitem__)
    # What the head holds for an act upon somebody is, with nobody there, giving something up.
    confidence = allowed[best] + sum(probabilities[t] for t in sense.types if t not in allowed)
    if confidence < _least(candidate):
        return None
    if best == "THREATEN" and clauses.warns_of_a_fact(candidate.token):
        return None
    if best == "SANCTION" and "REJECT" in allowed and turns_down_a_meeting(candidate.token):
        # To break off talks takes something away; not to come to them turns the other down.
        best = "REJECT"
    type_, base = _taken_back(candidate, best, sense.types)
    return Decision(candidate, type_, confidence, reversed_from=base)


def _least(candidate: Candidate) -> float:
    """Return how sure the head has to be of a type that the lexicon allows."""
    if candidate.loose:
        return LOOSE_THRESHOLD
    return LEAST_CONFIDENCE if candidate.parties.source else UNDERGONE_THRESHOLD


def _possible(candidate: Candidate, sense: Sense) -> Sequence[str]:
    """Return the types that a word can denote given its parties.

    An act upon somebody wants somebody: where one's own site is shut or arsenal destroyed, what
    remains is giving it up.
    """
    found = candidate.parties
    if found.target or (not found.own and (found.has_target or _is_violent(sense))):
        return sense.types
    return [type_ for type_ in sense.types if type_ not in _WANT_A_TARGET] or sense.types


def _is_violent(sense: Sense) -> bool:
    return "RETREAT" not in sense.types and "CONCEDE" not in sense.types


#: Types that are done to another party.
_WANT_A_TARGET = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "ACCUSE"})


def _taken_back(
    candidate: Candidate, type_: str, possible: Sequence[str]
) -> tuple[str, str | None]:
    """Return the type of an event once what governs it takes it back, and which type it takes back.

    The latter is None where nothing does.
    """
    if not is_taken_back(candidate.links):
        return type_, None
    operators = frozenset[str]().union(*(link.operators for link in aspectual(candidate.links)))
    # Joint drills can be MOBILIZE or COOPERATE; called off, they are a show of force undone.
    base = "MOBILIZE" if "MOBILIZE" in possible else type_
    reversed_type = lexicon().reversed_type(base, operators)
    return (type_, None) if reversed_type == base else (reversed_type, base)
