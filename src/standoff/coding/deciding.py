"""Candidates to event types: the pair head decides among what the lexicon lets a word mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from standoff import ontology
from standoff.coding.candidates import Candidate, roles_of
from standoff.coding.chain import aspectual, is_taken_back
from standoff.coding.lexicon import Sense, lexicon
from standoff.coding.reading import Reading
from standoff.language import model, pipeline
from standoff.language.relations import NONE

#: A word in no list is an event only where the pair head is this sure of one type. Set by reading
#: what the coder finds in reports of our own; rerun `python -m benchmarks sample` when it changes.
OPEN_THRESHOLD = 0.9

#: A listed word is left out where the pair head is this sure that nothing passes between the two.
NONE_THRESHOLD = 0.7

#: Where the parties are fewer than the rules ask for, the head has to be this sure of the type. Set
#: on reports of our own: `python -m benchmarks reports sample`.
LOOSE_THRESHOLD = 0.8

#: Below this the head contradicts every sense that the lexicon lists. All thresholds were set on
#: ten reports of our own and on the sample report: rerun `python -m benchmarks reports sample` when
#: the weights change.
LEAST_CONFIDENCE = 0.2

#: A context is given where the head holds it this likely. Contexts weigh little in training, and
#: the head stays shy of them: F1 on held-out passages 24 at 0.5, 41 at 0.2. Rerun `python -m
#: benchmarks passages` when the weights change.
LEAST_CONTEXT = 0.2


@attrs.frozen(eq=False)
class Decision:
    """A candidate with its event type and the probability of it.

    `statuses`: the probability of each status; `modes`: scores of modes, named with their type;
    `contexts`: what the event is about, the likeliest first.
    """

    candidate: Candidate
    type: str
    confidence: float
    statuses: Mapping[str, float] = attrs.field(factory=dict)
    modes: Mapping[str, float] = attrs.field(factory=dict)
    contexts: tuple[str, ...] = ()

    @property
    def mode(self) -> str | None:
        """The likeliest mode of the type, None where that is none."""
        own = {
            name: score for name, score in self.modes.items() if name.startswith(f"{self.type}.")
        }
        return max(own, key=own.__getitem__).partition(".")[2] or None if own else None


def decide(reading: Reading, found: Sequence[Candidate], shared: model.Model) -> list[Decision]:
    """Return the candidates that are events, in the order given."""
    if not found:
        return []
    states, roles = [], []
    runs = {word.i: run for run in pipeline.runs_of(reading.doc) for word in run}
    for candidate in found:
        words = runs[candidate.token.i]
        states.append(reading.doc._.states.of(words))
        named = roles_of(reading, candidate)
        row = np.zeros(1 + len(words), np.int64)
        for k, word in enumerate(words, start=1):
            row[k] = shared.roles.index(named.get(word.i, "none"))
        roles.append(row)
    marked = shared.marked(states, roles)
    decisions = []
    for i, candidate in enumerate(found):
        decision = _decide(candidate, _named(shared.types, marked.types[i]))
        if decision is not None:
            decisions.append(
                attrs.evolve(
                    decision,
                    statuses=_named(shared.statuses, marked.statuses[i]),
                    modes=_named(shared.modes, marked.modes[i]),
                    contexts=contexts_of(shared.contexts, marked.contexts[i]),
                )
            )
    return _vows(decisions)


def contexts_of(names: Sequence[str], chances: model.Floats) -> tuple[str, ...]:
    """Return the contexts that the head holds likely enough, the likeliest first."""
    order = np.argsort(-chances)
    return tuple(names[int(i)] for i in order if chances[i] > LEAST_CONTEXT)


def _named(names: Sequence[str], values: model.Floats) -> dict[str, float]:
    return dict(zip(names, map(float, values), strict=True))


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
    confidence = allowed[best]
    if confidence < (LOOSE_THRESHOLD if candidate.loose else LEAST_CONFIDENCE):
        return None
    return Decision(candidate, _taken_back(candidate, best, sense.types), confidence)


def _possible(candidate: Candidate, sense: Sense) -> Sequence[str]:
    """Return the types that a word can denote given its parties.

    An act upon somebody wants somebody: where one's own site is shut or arsenal destroyed, what
    remains is giving it up.
    """
    if candidate.parties.target or (_is_violent(sense) and not candidate.parties.own):
        return sense.types
    return [type_ for type_ in sense.types if type_ not in _WANT_A_TARGET] or sense.types


def _is_violent(sense: Sense) -> bool:
    return "RETREAT" not in sense.types and "CONCEDE" not in sense.types


#: Types that are done to another party.
_WANT_A_TARGET = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "ACCUSE"})


def _taken_back(candidate: Candidate, type_: str, possible: Sequence[str]) -> str:
    """Return the type that an event has once what governs it takes it back, if anything does."""
    if not is_taken_back(candidate.links):
        return type_
    operators = frozenset[str]().union(*(link.operators for link in aspectual(candidate.links)))
    # Joint drills can be MOBILIZE or COOPERATE; called off, they are a show of force undone.
    base = "MOBILIZE" if "MOBILIZE" in possible else type_
    reversed_type = lexicon().reversed_type(base, operators)
    return type_ if reversed_type == base else reversed_type
