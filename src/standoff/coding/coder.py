"""A parsed document to its record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import cast

import attrs
from spacy.tokens import Doc, Token

from standoff import actors, ontology, places, times
from standoff.coding import attribution, clauses, quotations
from standoff.coding.candidates import MUTUAL, Candidate, candidates, predicates
from standoff.coding.chain import ASPECT, aspectual, is_taken_back
from standoff.coding.codebooks import Codebook
from standoff.coding.conditions import conditions
from standoff.coding.deciding import Decision, decide, is_hostile
from standoff.coding.lexicon import lexicon
from standoff.coding.localities import localised, with_lands
from standoff.coding.merging import merged
from standoff.coding.opinions import second_opinions
from standoff.coding.predictions import NOTHING, predict
from standoff.coding.quantities import quantities
from standoff.coding.reading import Reading
from standoff.coding.statements import statements
from standoff.coding.status import aspect, is_spelled_out, status
from standoff.coding.whereabouts import place_of
from standoff.language import model
from standoff.language.quotations import stretches
from standoff.record import Actor, Document, Event, Interval, Place, Record, Span, Status

NO_DATE = (
    'no publication date: relative dates such as "yesterday" stay unresolved; '
    "give the day of publication"
)


def code(
    document: Document,
    doc: Doc,
    shared: model.Model,
    software: str | None = None,
    codebooks: Sequence[Codebook] = (),
) -> Record:
    """Return what a parsed document says: actors, times, events, statements and conditions.

    Events have the types of `codebooks`, the user's own, besides ours.
    """
    reading = read(document, doc)
    found = [
        (_event(reading, each), each.candidate.anaphoric)
        for each in decisions(reading, shared, codebooks)
    ]
    kept = merged(reading, found)
    where = _places(reading)
    kept = _situated(reading, kept, where)
    warnings = () if document.published or not _any_unresolved(reading) else (NO_DATE,)
    return Record(
        document=document,
        actors=_actors(reading, kept),
        times=tuple(mention.time for mention in reading.times),
        places=tuple(where[start] for start in sorted(where)),
        events=tuple(kept),
        statements=tuple(statements(reading)),
        conditions=tuple(conditions(reading, kept)),
        model=shared.info,
        software=software,
        warnings=warnings,
    )


#: No probability is this high.
_NEVER = 2.0


def decisions(
    reading: Reading, shared: model.Model, codebooks: Sequence[Codebook] = ()
) -> list[Decision]:
    """Return the words of a document that denote events, with their parties and types."""
    words = predicates(reading)
    # A word that is nothing by our types may be something by the user's.
    predicted = predict(reading, words, shared, nothing=_NEVER if codebooks else NOTHING)
    own = [codebook.codes(reading.doc, words) for codebook in codebooks]
    codes = {word.i: tuple(found[word.i] for found in own if word.i in found) for word in words}
    found = list(candidates(reading, predicted))
    return decide(found, second_opinions(reading, found, predicted, shared), codes)


def _situated(reading: Reading, events: Sequence[Event], where: Mapping[int, Place]) -> list[Event]:
    """Return events with their ids, and with the place and the quantities that are told of them.

    `where`: places by the first token of their name.
    """
    starts = [token.idx for token in reading.doc]
    words = {
        f"e{n}": [reading.doc[bisect_left(starts, mention.start)] for mention in event.mentions]
        for n, event in enumerate(events, start=1)
    }
    named = {
        i: number
        for number, start in enumerate(sorted(where))
        for i in range(start, bisect_left(starts, where[start].span.end))
    }
    counted = quantities(reading, {t.i: id_ for id_, own in words.items() for t in own})
    found = []
    for (id_, own), event in zip(words.items(), events, strict=True):
        places_ = (place_of(token, named, reading.places) for token in own)
        place = next((place for place in places_ if place is not None), None)
        found.append(attrs.evolve(event, id=id_, place=place, quantity=counted.get(id_, ())))
    return found


def read(document: Document, doc: Doc) -> Reading:
    """Return the document with its actors, times and quotations found."""
    where = places.find(doc)
    cast = localised(doc, with_lands(actors.find(doc, document.published), where), where)
    found = times.find(doc, document.published)
    reading = Reading.of(document, doc, cast, found, where)
    quoted = quotations.attribute(doc, stretches(doc), reading.parties)
    return attrs.evolve(reading, quotations=quoted)


def _event(reading: Reading, decision: Decision) -> Event:
    candidate, document = decision.candidate, reading.document
    token, links = candidate.token, candidate.links
    source, target = _sides(reading, decision)
    sentence = token.sent
    code_ = ontology.cameo_for(decision.type, decision.mode, decision.contexts)
    anchor = document.span(*_anchor(token))
    return Event(
        id="",
        type=decision.type,
        anchor=anchor,
        sentence=(sentence.start_char, _trimmed_end(document.text, sentence.end_char)),
        source=source,
        target=target,
        source_spans=_words(reading, candidate.parties.source_tokens),
        target_spans=_words(reading, candidate.parties.target_tokens),
        mode=decision.mode,
        contexts=decision.contexts,
        cameo=code_.code,
        quad=int(ontology.quad(decision.type)),
        goldstein=code_.goldstein,
        codes=decision.codes,
        status=_status(reading, decision),
        aspect=aspect(aspectual(links)),
        factuality=round(token._.factuality, 2),
        time=_time(reading, candidate),
        said_by=attribution.said_by(reading, token),
        mentions=(anchor,),
        confidence=round(decision.confidence, 3),
    )


#: The head's status counts where it is this sure of it, else that of the rules. On held-out
#: passages of our own the head is right in 95.0 % of events, the rules in 89.4 (`python -m
#: benchmarks passages`).
SURE = 0.6


def _status(reading: Reading, decision: Decision) -> Status:
    """Return whether it happened: by the head where it is sure, by rule otherwise.

    What governs an event and takes it back ("suspended the drills") makes it another event, which
    the head has not been asked about.
    """
    token, links = decision.candidate.token, decision.candidate.links
    if decision.reversed_from and any(clauses.is_negated(x.governor) for x in aspectual(links)):
        # "Has not lifted the ban": the lifting is what did not happen.
        return "denied"
    by_rule = status(reading, token, links, hostile=is_hostile(decision.type))
    if not decision.statuses or is_taken_back(links) or is_spelled_out(token, links):
        return by_rule
    best = max(decision.statuses, key=decision.statuses.__getitem__)
    return cast(Status, best) if decision.statuses[best] > SURE else by_rule


def _sides(reading: Reading, decision: Decision) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return source and target; parties of a joint event stand on both sides."""
    parties = decision.candidate.parties
    sense = decision.candidate.sense
    together = decision.type in MUTUAL or (
        sense is not None
        and sense.symmetric
        and decision.type == "AGREE"
        and _is_mutual(reading, decision.candidate)
    )
    if not together:
        return parties.source, parties.target
    everyone = tuple(dict.fromkeys((*parties.source, *parties.target)))
    if len(reading.sides(everyone)) < 2:
        return parties.source, tuple(i for i in parties.target if i not in parties.source)
    return everyone, everyone


def _is_mutual(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether several agree with each other: not "agreed to put it off, Seoul said"."""
    parties = candidate.parties
    return len(reading.sides(parties.source)) != 1 or any(
        clauses.cases(token) & {"with", "between", "among"} for token in parties.target_tokens
    )


def _words(reading: Reading, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Return the words of the parties that some tokens stand for, in text order."""
    found = {(extent.start, extent.stop) for extent in map(reading.words, tokens)}
    return tuple(_span(reading, start, end) for start, end in sorted(found))


def _anchor(token: Token) -> tuple[int, int]:
    """Return the offsets of an event word with its particle, where it stands right after."""
    end = token.idx + len(token)
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.dep_ == "compound:prt" and following.head == token:
        end = following.idx + len(following)
    return token.idx, end


def _trimmed_end(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _time(reading: Reading, candidate: Candidate) -> Interval | None:
    found = dating(reading, candidate)
    return found[1].time.interval if found else None


#: What a clause may say of an event beside its time: "a visit that had been planned for August".
_WHEN = ASPECT | {"plan"}


def dating(reading: Reading, candidate: Candidate) -> tuple[Token, times.TimeMention] | None:
    """Return the time of an event and the word that it hangs on; None where the text has none.

    That is the event's own time, else that of what begins, holds or ends it, last that of a clause
    that says when it was due ("the talks, due to open on Monday, …").
    """
    token = candidate.token
    due = [word for clause in clauses.children(token, "acl") for word in clause.subtree]
    nouns = (token, *(noun for _, noun in clauses.obliques(token)))
    told = [clause for noun in nouns for clause in clauses.children(noun, "acl:relcl")]
    due += [clause for clause in told if lexicon().operator(clause) & _WHEN]
    for word in (
        token,
        *(link.governor for link in aspectual(candidate.links)),
        *(word for word in due if word.pos_ in {"VERB", "ADJ"}),
    ):
        mention = times.attach(reading.doc, reading.times, word.i)
        if mention is not None:
            return word, mention
    return None


def _any_unresolved(reading: Reading) -> bool:
    return any(mention.time.interval is None for mention in reading.times)


def _actors(reading: Reading, events: Sequence[Event]) -> tuple[Actor, ...]:
    """Return the actors that the text mentions, places among them, and those of the events."""
    used = {id_ for event in events for id_ in (*event.source, *event.target)}
    used |= {mention.actor for mention in reading.cast.places}
    spans: dict[str, list[Span]] = {}
    for mention in reading.cast.mentions:
        span = _span(reading, mention.start, mention.end)
        spans.setdefault(mention.actor, []).append(span)
    found = []
    for id_, actor in reading.cast.actors.items():
        if id_ in spans or id_ in used:
            found.append(attrs.evolve(actor, mentions=tuple(spans.get(id_, ()))))
    return tuple(found)


def _places(reading: Reading) -> dict[int, Place]:
    """Return the places named, by their first token, but for those that act ("Seoul said")."""
    out: dict[int, Place] = {}
    taken: set[int] = set()
    for found in reading.where:
        tokens = range(found.start, found.end)
        if found.how == "name" and reading.by_token.keys().isdisjoint(tokens):
            taken.update(tokens)
            out[found.start] = _place(_span(reading, found.start, found.end), found.entry)
    for mention in reading.cast.places:
        if taken.isdisjoint(range(mention.start, mention.end)):
            span = _span(reading, mention.start, mention.end)
            out[mention.start] = Place(span, span.text, reading.country(mention.actor))
    return out


def _place(span: Span, entry: places.Entry | None) -> Place:
    if entry is None:
        return Place(span, span.text)
    division = places.division(entry.division) if entry.division else None
    return Place(
        span,
        entry.name,
        entry.country,
        division.name if division else None,
        entry.lat,
        entry.lon,
        entry.id,
    )


def _span(reading: Reading, start: int, end: int) -> Span:
    tokens = reading.doc[start:end]
    return reading.document.span(tokens.start_char, tokens.end_char)
