"""Statements and conditions of a brat file: relations beside what was exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from standoff.exchange.brat.drawing import CUE, CUED, SAID, SPEAKER, TIES, Link, overlap
from standoff.exchange.brat.edition import Edition
from standoff.exchange.brat.happenings import Events, fresh
from standoff.exchange.brat.lines import Relation, fragments_of
from standoff.exchange.brat.mentions import Parties
from standoff.record import Condition, Span, Statement, StatementKind

_QUOTES = frozenset('"“”„«»')


def statements(edition: Edition, parties: Parties) -> tuple[Statement, ...]:
    """Return the statements of a file: those exported in their order, then those added by hand."""
    new = _new(edition, {SAID, CUED})
    found: list[Statement] = []
    for statement, links in zip(edition.base.statements, edition.marks.statements, strict=True):
        now = _statement(edition, parties, statement, links)
        if now is not None:
            found.append(_joined(edition, parties, now, links, new))
    taken = {statement.id for statement in edition.base.statements}
    return (*found, *_said(edition, parties, new, taken))


def conditions(edition: Edition, events: Events) -> tuple[Condition, ...]:
    """Return the conditions of a file: those exported in their order, then those added by hand."""
    found: list[Condition] = []
    for condition, id_ in zip(edition.base.conditions, edition.marks.conditions, strict=True):
        kept = attrs.evolve(
            condition,
            consequent_event=_kept(condition.consequent_event, events),
            condition_event=_kept(condition.condition_event, events),
        )
        if id_ is None:
            found.append(kept)
            continue
        relation = _relation(edition, id_)
        if relation is not None:
            found.append(_retied(edition, events, kept, relation))
    taken = {condition.id for condition in edition.base.conditions}
    for relation in _new(edition, {TIES}):
        from standoff.exchange.brat import naming  # heavy, and few files need it

        spans = edition.at(relation.first, None), edition.at(relation.second, None)
        marker = naming.relation(edition.text, spans[1])
        condition = Condition(fresh("c", taken), None, marker, *spans)
        found.append(
            attrs.evolve(
                condition,
                consequent_event=_event_at(events, relation.first, spans[0]),
                condition_event=_event_at(events, relation.second, spans[1]),
            )
        )
    return tuple(found)


def _relation(edition: Edition, id_: str | None) -> Relation | None:
    """Return the line of a relation that was exported, None where it is gone."""
    if id_ is None:
        return None
    relation = edition.sheet.relations.get(id_)
    if relation is None or relation.type != edition.marks.relations[id_][0]:
        return None
    return relation


def _new(edition: Edition, types: set[str]) -> list[Relation]:
    """Return the relations of some types that were not exported."""
    return [
        relation
        for id_, relation in edition.sheet.relations.items()
        if relation.type in types
        and (id_ not in edition.marks.relations or _relation(edition, id_) is None)
    ]


def _statement(
    edition: Edition, parties: Parties, statement: Statement, links: Sequence[Link]
) -> Statement | None:
    """Return a statement that was exported as it is now, None where it was deleted."""
    said = [_relation(edition, link.said) for link in links]
    cued = [_relation(edition, link.cued) for link in links]
    content: list[Span] = []
    for span, link, *drawn in zip(statement.content, links, said, cued, strict=True):
        shown = next((each for each in drawn if each is not None), None)
        if shown is not None:
            content.append(edition.at(shown.second, span))
        elif link.said is None and link.cued is None:
            content.append(span)
    if statement.content and not content:
        return None
    statement = attrs.evolve(statement, content=tuple(content))
    if any(link.said for link in links):
        statement = _by(edition, parties, statement, next(filter(None, said), None))
    elif statement.speaker_span is not None:
        span_now = edition.now(SPEAKER, statement.speaker_span)
        speaker = None if span_now is None else statement.speaker
        statement = attrs.evolve(statement, speaker=speaker, speaker_span=span_now)
    if any(link.cued for link in links):
        first = next(filter(None, cued), None)
        cue = None if first is None else edition.at(first.first, statement.cue)
        statement = attrs.evolve(statement, cue=cue)
    elif statement.cue is not None:
        statement = attrs.evolve(statement, cue=edition.now(CUE, statement.cue))
    return statement


def _by(
    edition: Edition, parties: Parties, statement: Statement, relation: Relation | None
) -> Statement:
    """Return a statement by whom a relation says, by nobody known where it is gone."""
    if relation is None:
        return attrs.evolve(statement, speaker=None, speaker_span=None)
    was, span = statement.speaker_span, edition.at(relation.first, statement.speaker_span)
    speaker = statement.speaker
    renamed = fragments_of(edition.text, span) in parties.renamed
    if was is None or not overlap(was, span) or renamed:
        speaker = parties.at(span)
    return attrs.evolve(statement, speaker=speaker, speaker_span=span)


def _joined(
    edition: Edition,
    parties: Parties,
    statement: Statement,
    links: Sequence[Link],
    new: list[Relation],
) -> Statement:
    """Return a statement with what a human drew to its contents or from its speaker or cue.

    What is used up is taken out of `new`.
    """
    kept = [
        relation
        for link in links
        for id_ in (link.said, link.cued)
        if (relation := _relation(edition, id_)) is not None
    ]
    ends = {(each.type, each.first) for each in kept}
    contents = {each.second for each in kept}
    for relation in list(new):
        tied = relation.second in contents
        if tied and relation.type == SAID:
            statement = _by(edition, parties, statement, relation)
        elif tied:
            statement = attrs.evolve(statement, cue=edition.at(relation.first, statement.cue))
        elif (relation.type, relation.first) in ends:
            more = edition.at(relation.second, None)
            statement = attrs.evolve(statement, content=(*statement.content, more))
            contents.add(relation.second)
        else:
            continue
        new.remove(relation)
    return statement


def _said(
    edition: Edition, parties: Parties, new: list[Relation], taken: set[str]
) -> Iterator[Statement]:
    """Yield the statements that a human added: what one speaker, or one cue, is tied to."""
    by_content: dict[str, dict[str, str]] = {}
    for relation in new:
        by_content.setdefault(relation.second, {}).setdefault(relation.type, relation.first)
    grouped: dict[tuple[str, str], list[str]] = {}
    for content, ends in by_content.items():
        by = (SAID, ends[SAID]) if SAID in ends else (CUED, ends[CUED])
        grouped.setdefault(by, []).append(content)
    for (type_, end), contents in grouped.items():
        spans = tuple(sorted(edition.at(content, None) for content in contents))
        cues = [by_content[content][CUED] for content in contents if CUED in by_content[content]]
        speaker = edition.at(end, None) if type_ == SAID else None
        yield Statement(
            id=fresh("s", taken),
            speaker=None if speaker is None else parties.at(speaker),
            speaker_span=speaker,
            cue=edition.at(cues[0], None) if cues else None,
            content=spans,
            kind=_kind(edition.text, spans),
        )


def _kind(text: str, contents: Sequence[Span]) -> StatementKind:
    """Return whether words are quoted whole, in part or not at all."""
    if all(not _QUOTES.isdisjoint(text[max(0, s.start - 1) : s.start + 1]) for s in contents):
        return "direct"
    return "indirect" if all(_QUOTES.isdisjoint(s.text) for s in contents) else "mixed"


def _kept(event: str | None, events: Events) -> str | None:
    return None if event in events.deleted else event


def _retied(
    edition: Edition, events: Events, condition: Condition, relation: Relation
) -> Condition:
    """Return a condition between what a relation ties; where words changed, so do the events."""
    consequent = edition.at(relation.first, condition.consequent)
    if consequent != condition.consequent:
        event = _event_at(events, relation.first, consequent)
        condition = attrs.evolve(condition, consequent=consequent, consequent_event=event)
    ground = edition.at(relation.second, condition.condition)
    if ground != condition.condition:
        event = _event_at(events, relation.second, ground)
        condition = attrs.evolve(condition, condition=ground, condition_event=event)
    return condition


def _event_at(events: Events, id_: str, span: Span) -> str | None:
    """Return the event that a relation refers to, or the first one within the words."""
    if id_ in events.by_line:
        return events.by_line[id_]
    inside = [
        (event.anchor.start, event.id)
        for event in events.events
        if span.start <= event.anchor.start and event.anchor.end <= span.end
    ]
    return min(inside)[1] if inside else None
