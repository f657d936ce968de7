"""Source and target of an event word, through the parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
from spacy.tokens import Token

from standoff.coding import clauses, predictions
from standoff.coding.chain import ASPECT, Link
from standoff.coding.lexicon import Sense, lexicon
from standoff.coding.predictions import Prediction
from standoff.coding.reading import Reading

#: Prepositions that introduce the target where the lexicon has nothing to say about the word.
_TARGETS = frozenset({"against", "on", "with", "to", "at", "toward", "towards", "over", "upon"})

#: Prepositions that join the parties of something done together.
_PARTNERS = frozenset({"with", "between", "among", "alongside", "of"})

#: Participles by which a state is behind something: "US-led sanctions".
_BACKING = frozenset(
    {"lead", "led", "back", "backed", "sponsor", "sponsored", "broker", "brokered"}
)

#: Labels of the parts of a compound modifier ("US-North Korean", "US-led").
_PARTS = frozenset({"compound", "amod", "conj", "nmod", "obl", "nsubj"})

#: Types by which one moves one's own men and things.
_OWN_MOVED = frozenset({"RETREAT", "MOBILIZE", "AID"})

#: Words by which one takes one's own envoys back.
_CALLED_HOME = frozenset({"recall", "call home", "call back"})

#: Types that are addressed to someone: where no argument names the target, what is said may.
ADDRESSED = frozenset({"THREATEN", "REQUEST", "ACCUSE", "REJECT", "AGREE"})


@attrs.frozen(eq=False)
class Parties:
    """The ids of both sides, and the words that name them.

    Words may name somebody whom no actor stands for ("a car bomb"): a side then has tokens and no
    ids. `own`: what the act is done to belongs to the source itself ("closed its ports").
    """

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    source_tokens: tuple[Token, ...] = ()
    target_tokens: tuple[Token, ...] = ()
    own: bool = False

    @property
    def has_source(self) -> bool:
        """Whether anybody is said to act, known or not."""
        return bool(self.source or self.source_tokens)

    @property
    def has_target(self) -> bool:
        """Whether anybody is said to undergo it, known or not."""
        return bool(self.target or self.target_tokens)


def of_verb(reading: Reading, verb: Token, sense: Sense | None) -> Parties:
    """Return the parties of a verb: agent and patient, then prepositional targets."""
    agents = clauses.agents(verb)
    is_passive = clauses.is_passive(verb)
    # What an act of somebody does ("the strike of the miners cost…") is not done by them.
    source = [id_ for agent in agents for id_ in reading.parties(agent, through=not _is_act(agent))]
    patients = clauses.patients(verb)
    prepositions = sense.targets if sense and sense.targets else _TARGETS
    slanted = [noun for case, noun in clauses.obliques(verb) if case in prepositions]
    if sense is not None and sense.symmetric:
        slanted = [n for c, n in clauses.obliques(verb) if c in _PARTNERS] + slanted
    if not source and not is_passive:
        return Parties()
    for noun, through in (
        *((patient, False) for patient in patients),
        *((noun, True) for noun in slanted),
        *((patient, True) for patient in patients),
    ):
        target = [id_ for id_ in reading.parties(noun, through=through) if id_ not in source]
        if sense is not None and (_OWN_MOVED & set(sense.types) or sense.lemma in _CALLED_HOME):
            # "pulled its soldiers out": one's own men are what is moved, not whom it is done to.
            owned = bool(reading.sides(source) & reading.sides(_possessors(reading, noun)))
            target = [
                id_
                for id_ in target
                if not owned and not any(id_.startswith(f"{s}.") for s in source)
            ]
        if through and not reading.parties(noun, through=False):
            # "closed its ports": what belongs to one's own side is no other party.
            own = {reading.country(id_) for id_ in source} - {None}
            target = [id_ for id_ in target if reading.country(id_) not in own]
        if not target and sense is not None and (sense.symmetric or _is_forceful(sense)):
            target = [id_ for id_ in reading.located(noun) if id_ not in source]
        if target:
            return Parties(tuple(source), tuple(target), tuple(agents), (noun,))
    return Parties(tuple(source), (), tuple(agents), (), _is_own(reading, source, patients))


def refined(
    reading: Reading,
    predicate: Token,
    sense: Sense | None,
    found: Parties,
    asked: Prediction,
) -> Parties:
    """Return parties found by rule, mended by what the argument head is sure of.

    A side that no rule finds is taken from the head; that of a verb which the head holds for most
    unlikely, while it is sure of another, gives way to that.
    """
    if not (found.source or found.target or predicate.pos_ == "VERB"):
        return _with_unknown(reading, found, asked)
    verbal = predicate.pos_ == "VERB"
    # Whom words are for is named itself: "warned from the podium of the United Nations" is not.
    spoken = sense is not None and bool(sense.types) and set(sense.types) <= ADDRESSED
    source = _sought(reading, asked.source, through=True, many=verbal)
    target = _sought(reading, asked.target, through=not spoken, many=verbal)
    if source.ids and _yields(reading, found.source_tokens, found.source, asked.source, verbal):
        # "talks between A and B": where a rule has put A on the other side, only B stays there.
        rest = tuple(id_ for id_ in found.target if id_ not in source.ids)
        if rest or not found.target or set(target.ids) - set(source.ids):
            found = attrs.evolve(
                found,
                source=tuple(source.ids),
                source_tokens=tuple(source.tokens),
                target=rest,
                target_tokens=found.target_tokens if rest else (),
                own=False,
            )
    if target.ids and _yields(reading, found.target_tokens, found.target, asked.target, verbal):
        kept = _others(reading, target, found.source)
        if kept:
            found = attrs.evolve(found, target=tuple(kept), target_tokens=tuple(target.tokens))
    return _with_unknown(reading, found, asked)


def _with_unknown(reading: Reading, found: Parties, asked: Prediction) -> Parties:
    """Return parties with the words of sides that no actor stands for, as the head finds them."""
    taken = {*found.source_tokens, *found.target_tokens}
    if not found.source:
        words = tuple(w for w in predictions.phrases(reading, asked.source) if w not in taken)
        found = attrs.evolve(found, source_tokens=words)
    if not found.target:
        words = tuple(w for w in predictions.phrases(reading, asked.target) if w not in taken)
        found = attrs.evolve(found, target_tokens=words)
    return found


def _others(reading: Reading, side: _Side, source: Sequence[str]) -> list[str]:
    """Return the actors of a target that are not the source's own: no part, no chief of it.

    Somebody of the same state may be the target only where it is named itself ("the miners' union
    sued Anglo American"), not through what belongs to it ("closed its ports").
    """
    own = reading.sides(source)
    named = {id_ for token in side.tokens for id_ in reading.own(token)}
    return [
        id_
        for id_ in side.ids
        if not any(id_ == s or id_.startswith(f"{s}.") or s.startswith(f"{id_}.") for s in source)
        and (id_ in named or not reading.sides([id_]) & own)
    ]


#: Of several phrases, those that the head holds this much less likely than the best are left out:
#: of a noun, whose sentence is often about something else, sooner than of a verb.
NEAR, NEAR_OF_NOUN = 0.4, 0.05

#: Below this the head holds a word for no part of a party, whatever a rule says. Set on reports of
#: our own; rerun `python -m benchmarks reports sample`.
UNLIKELY = 0.02


def _yields(
    reading: Reading,
    tokens: Sequence[Token],
    ids: Sequence[str],
    chances: Mapping[int, float],
    verbal: bool,
) -> bool:
    """Tell whether a side found by rule is none, or one of a verb that the head rules out."""
    if not ids or not verbal:
        return not ids
    words = [i for token in tokens for i in reading.extent(token)]
    return bool(words) and max(chances.get(i, 0.0) for i in words) < UNLIKELY


def _sought(reading: Reading, chances: Mapping[int, float], *, through: bool, many: bool) -> _Side:
    """Return the actors of the phrases that the head takes for a party, or of the likeliest.

    With `through`, a phrase stands for whom it belongs to, or for the state that it lies in.
    """
    side = _Side([], [])
    found = predictions.phrases(reading, chances)
    best = max(found.values(), default=0.0)
    for token, chance in found.items():
        if chance < best - (NEAR if many else NEAR_OF_NOUN):
            continue
        ids = reading.parties(token, through=through)
        if not ids and through:
            ids = reading.standing(token)
        if ids:
            side = side.joined(_Side(ids, [token]))
    return side


def _is_own(reading: Reading, source: Iterable[str], patients: Iterable[Token]) -> bool:
    """Tell whether what is acted upon is the source's own: named as its, or lying in its land."""
    mine = reading.sides(source)
    return any(
        mine & reading.sides([*reading.own(token), *reading.standing(token)])
        for patient in patients
        for token in patient.subtree
    )


def _possessors(reading: Reading, noun: Token) -> list[str]:
    """Return the actors that a possessive pronoun or name before a noun stands for."""
    return [id_ for child in clauses.children(noun, "nmod:poss") for id_ in reading.own(child)]


def _is_forceful(sense: Sense) -> bool:
    """Tell whether a word denotes force, which a place undergoes for its state ("bombed Hanoi")."""
    return bool(sense.types) and set(sense.types) <= {"ASSAULT", "MOBILIZE", "COERCE"}


def _is_act(noun: Token) -> bool:
    sense = lexicon().sense(noun)
    return noun.pos_ == "NOUN" and sense is not None and lexicon().stance(noun) is None


def of_noun(reading: Reading, noun: Token, sense: Sense, links: Sequence[Link]) -> Parties:
    """Return the parties of an event noun: its own arguments, then those of its light verb."""
    source, target = _own(reading, noun, sense)
    for link in links:
        if not link.operators & ASPECT or link.governor.pos_ not in {"VERB", "NOUN"}:
            break
        if link.governor.pos_ == "NOUN":
            continue
        if not source.ids:
            agents = clauses.agents(link.governor)
            found = [a for a in _actors(reading, agents, through=False) if a not in target.ids]
            source = _Side(found, agents)
        if not target.ids or sense.symmetric:
            target = target.joined(_obliques(reading, link.governor, sense))
    if not source.ids and not target.ids:
        target = _struck(reading, noun)
    if not source.ids and not target.ids:
        return Parties()
    kept = [id_ for id_ in target.ids if id_ not in source.ids]
    return Parties(tuple(source.ids), tuple(kept), tuple(source.tokens), tuple(target.tokens))


def _struck(reading: Reading, noun: Token) -> _Side:
    """Return whom a measure hits where it is itself the agent: "was hit by sanctions"."""
    if noun.dep_ not in {"nsubj", "obl:agent", "obl"} or noun not in clauses.agents(noun.head):
        return _Side([], [])
    things = clauses.patients(noun.head)
    return _Side(_actors(reading, things, through=True), things)


@attrs.frozen(eq=False)
class _Side:
    ids: list[str]
    tokens: list[Token]

    def joined(self, other: _Side) -> _Side:
        return _Side(
            [*self.ids, *(i for i in other.ids if i not in self.ids)], [*self.tokens, *other.tokens]
        )


def _own(reading: Reading, noun: Token, sense: Sense) -> tuple[_Side, _Side]:
    source, target = _Side([], []), _Side([], [])
    seats: list[str] = []
    for child in noun.children:
        if child.dep_ in {"nmod:poss", "amod", "compound", "nmod:desc"}:
            if ids := _modifying(reading, child):
                source = source.joined(_Side(ids, [child]))
            seats += reading.located(child)
    prepositions = sense.targets or _TARGETS
    for case, child in clauses.obliques(noun):
        own = case in _PARTNERS and sense.symmetric
        ids = reading.parties(child, through=not own) or reading.located(child)
        if not ids:
            continue
        side = _Side(ids, [child])
        if case == "by" or case in sense.sources or (case == "from" and "from" not in prepositions):
            source = source.joined(side)
        elif (
            case in prepositions
            or (sense.symmetric and case in _PARTNERS)
            or (case == "of" and source.ids and not sense.sources)
        ):
            target = target.joined(side)
        elif case == "of" and not source.ids:
            source = source.joined(side)
    if not source.ids and not target.ids:
        # "the Geneva talks" have a place; "Ankara talks" with nobody else named have a party.
        source = _Side(seats, [noun]) if seats else source
    return source, target


def _modifying(reading: Reading, child: Token) -> list[str]:
    """Return the actors that a modifier of a noun names: "US-Iranian", "Tokyo's", "US-led"."""
    if child.dep_ == "nmod:poss":
        return reading.parties(child)
    words = [child, *(t for t in child.subtree if t.dep_.split(":")[0] in _PARTS)]
    if child.lemma_.lower() not in _BACKING:
        words = [t for t in words if t.pos_ != "VERB"]
    # "military exercises": a kind of exercise, not an actor of no country.
    return list(
        dict.fromkeys(
            id_ for t in words for id_ in reading.own(t) if reading.country(id_) or "." in id_
        )
    )


def _obliques(reading: Reading, verb: Token, sense: Sense) -> _Side:
    prepositions = (sense.targets or _TARGETS) | {"to"}
    if sense.symmetric:
        prepositions = prepositions | _PARTNERS
    side = _Side([], [])
    for case, noun in clauses.obliques(verb):
        if case in prepositions:
            ids = reading.parties(noun, through=False) or reading.located(noun)
            side = side.joined(_Side(ids, [noun])) if ids else side
    return side


def addressee(reading: Reading, verb: Token, source: Iterable[str], *, conditional: bool) -> _Side:
    """Return whom the content of a demand, threat or charge is about: the first foreign actor.

    A threat is for whoever its condition is on; a promise or demand is not (`conditional`).
    """
    own = reading.sides(source)
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp", "advcl", "obj", "acl"}:
            for token in child.subtree:
                if not conditional and _is_under_condition(token, verb):
                    continue
                for id_ in reading.own(token):
                    if not reading.sides([id_]) & own and not id_.startswith("MEDIA"):
                        return _Side([id_], [token])
    return _Side([], [])


def _is_under_condition(token: Token, top: Token) -> bool:
    """Tell whether a word stands in an if-clause below `top`."""
    while token != top and token.head != token:
        if token.dep_ == "advcl" and clauses.cases(token) & {"if", "unless", "on", "until"}:
            return True
        token = token.head
    return False


def _actors(reading: Reading, tokens: Iterable[Token], *, through: bool) -> list[str]:
    return list(
        dict.fromkeys(id_ for token in tokens for id_ in reading.parties(token, through=through))
    )
