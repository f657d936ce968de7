"""Why an event stands in a record: what the words, the parse, the heads and the rules made of it.

The document is read anew, by the weights that read it first, so that a record need not carry what
few will ask for.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Literal

import attrs
from spacy.tokens import Doc, Token

from standoff.coding import coder, parties
from standoff.coding.chain import chain
from standoff.coding.codebooks import Codebook
from standoff.coding.deciding import Decision, is_hostile
from standoff.coding.predictions import Prediction, predict
from standoff.coding.reading import Reading
from standoff.coding.status import status
from standoff.errors import UnknownEventError
from standoff.language import model
from standoff.record import Event, Record, Span, Status

#: So many of the likeliest types, statuses and contexts are told.
_TOLD = 4

Chances = tuple[tuple[str, float], ...]


@attrs.frozen
class PartyReason:
    """Why somebody is source or target: the words, who they are, and how they hang on the event.

    `path`: the arcs of the parse from the event word to theirs. `chance`: how probably, by the
    encoder's head, the words are that party. `found_by`: whether the rules over the parse have
    them, or the head alone.
    """

    role: Literal["source", "target"]
    words: Span
    actors: tuple[str, ...]
    path: str
    chance: float
    found_by: Literal["parse", "head"]


@attrs.frozen
class Governor:
    """A word that governs the event, and what it makes of it ("suspended": suspend)."""

    words: Span
    operators: tuple[str, ...]


@attrs.frozen
class Explanation:
    """What an event was decided by.

    `types`, `statuses`, `contexts`: the likeliest by the heads, with their probabilities, "NONE"
    being no event. `listed`: the types that the lexicon lets the word denote; None where it does
    not know it. `reversed_from`: the type that a governor takes back. `status_by_rule`: what the
    rules say of the status, and `status_by`: who was followed. `time`: the words that date it and
    `time_path` how they hang on it; None where nothing does.
    """

    event: Event
    sentence: str
    types: Chances
    listed: tuple[str, ...] | None
    governors: tuple[Governor, ...]
    reversed_from: str | None
    parties: tuple[PartyReason, ...]
    statuses: Chances
    status_by_rule: Status
    status_by: Literal["rules", "head"]
    contexts: Chances
    time: Span | None
    time_path: str | None
    conditions: tuple[str, ...]


def explain(
    record: Record,
    event_id: str,
    doc: Doc,
    shared: model.Model,
    codebooks: Sequence[Codebook] = (),
) -> Explanation:
    """Return why an event of a record stands there; `doc` is its document as the pipeline reads it.

    Raises:
        UnknownEventError: the record has no event of that id, or was not read from this text by
            these weights.
    """
    event = next((e for e in record.events if e.id == event_id), None)
    if event is None:
        known = f"; it has {record.events[0].id} to {record.events[-1].id}" if record.events else ""
        raise UnknownEventError(f"the record has no event {event_id!r}{known}")
    reading = coder.read(record.document, doc)
    for decision in coder.decisions(reading, shared, codebooks):
        token = decision.candidate.token
        if token.idx == event.anchor.start:
            prediction = predict(reading, [token], shared, nothing=2.0)[token.i]
            return _explanation(record, event, reading, decision, prediction)
    raise UnknownEventError(
        f"{event_id} was not found in the text again: the record was read by other weights, other "
        "actors or other software; read the document anew"
    )


def _explanation(
    record: Record, event: Event, reading: Reading, decision: Decision, prediction: Prediction
) -> Explanation:
    token, links = decision.candidate.token, decision.candidate.links
    sense = decision.candidate.sense
    by_rule = status(reading, token, links, hostile=is_hostile(decision.type))
    dated = coder.dating(reading, decision.candidate)
    return Explanation(
        event=event,
        sentence=record.document.text[event.sentence[0] : event.sentence[1]],
        types=_likeliest(prediction.types),
        listed=None if sense is None else sense.types,
        governors=tuple(
            Governor(_span(reading, link.governor), tuple(sorted(link.operators)))
            for link in links
            if link.operators
        ),
        reversed_from=decision.reversed_from,
        parties=tuple(_parties(reading, decision, prediction)),
        statuses=_likeliest(prediction.statuses),
        status_by_rule=by_rule,
        status_by="head" if event.status != by_rule else "rules",
        contexts=_likeliest(prediction.contexts),
        time=dated[1].time.span if dated else None,
        time_path=_path(dated[0], reading.doc[dated[1].start]) if dated else None,
        conditions=tuple(
            condition.id
            for condition in record.conditions
            if event.id in {condition.consequent_event, condition.condition_event}
        ),
    )


def _likeliest(chances: Mapping[str, float]) -> Chances:
    order = sorted(chances, key=chances.__getitem__, reverse=True)
    return tuple((name, round(chances[name], 3)) for name in order[:_TOLD])


def _parties(reading: Reading, decision: Decision, prediction: Prediction) -> Sequence[PartyReason]:
    token, found = decision.candidate.token, decision.candidate.parties
    ruled = _by_rule(reading, decision)
    sides: tuple[
        tuple[Literal["source", "target"], tuple[Token, ...], Mapping[int, float]], ...
    ] = (
        ("source", found.source_tokens, prediction.source),
        ("target", found.target_tokens, prediction.target),
    )
    out = []
    for role, words, chances in sides:
        ids = found.source if role == "source" else found.target
        for word in words:
            extent = reading.words(word)
            span = reading.doc[extent.start : extent.stop]
            named = [*reading.parties(word), *reading.standing(word)]
            out.append(
                PartyReason(
                    role=role,
                    words=reading.document.span(span.start_char, span.end_char),
                    actors=tuple(id_ for id_ in dict.fromkeys(named) if id_ in ids),
                    path=_path(token, word),
                    chance=round(max((chances.get(i, 0.0) for i in extent), default=0.0), 3),
                    found_by="parse" if word in ruled else "head",
                )
            )
    return out


def _by_rule(reading: Reading, decision: Decision) -> tuple[Token, ...]:
    """Return the words that the rules over the parse take for parties."""
    token, sense = decision.candidate.token, decision.candidate.sense
    if token.pos_ == "VERB":
        ruled = parties.of_verb(reading, token, sense)
    elif sense is not None:
        ruled = parties.of_noun(reading, token, sense, chain(token))
    else:
        return ()
    return (*ruled.source_tokens, *ruled.target_tokens)


def _path(start: Token, end: Token) -> str:
    """Return the arcs of the parse between two words: ``shelled >obl villages >nmod Syria``."""
    above = [start, *_ancestors(start)]
    below = [end]
    while below[-1] not in above and below[-1].head != below[-1]:
        below.append(below[-1].head)
    if below[-1] not in above:
        return f"{start.text} … {end.text}"
    words = [start.text]
    for lower, upper in itertools.pairwise(above):
        if lower == below[-1]:
            break
        words.append(f"<{lower.dep_} {upper.text}")
    words += [f">{word.dep_} {word.text}" for word in reversed(below[:-1])]
    return " ".join(words)


def _ancestors(token: Token) -> list[Token]:
    found = []
    while token.head != token:
        token = token.head
        found.append(token)
    return found


def _span(reading: Reading, token: Token) -> Span:
    return reading.document.span(token.idx, token.idx + len(token))
