"""PROV-O: where everything in a record comes from, as JSON-LD. Export only.

PROV-O: The PROV Ontology (W3C Recommendation, 30 April 2013). The report is a prov:Entity; reading
it is a prov:Activity of the software and its model, both a prov:SoftwareAgent. Every event,
statement and condition is a prov:Entity that was derived from the report, with the words that it
was read from; statements are attributed to their speakers, and where they are direct or mixed they
are prov:wasQuotedFrom the report. An event is attributed to those who say so, not to those who deny
or doubt it. What humans decided later comes as activities of theirs, each with what it changed.

Offsets (``standoff:start``, ``standoff:end``) count Unicode code points into the text of the
report, end-exclusive.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import quote

import attrs

from standoff.exchange import vocabulary
from standoff.exchange.vocabulary import PREFIX, document_iri, entry_iri, local_iri, term
from standoff.record import Actor, Condition, Event, Record, Span, Statement

Node = dict[str, Any]

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    PREFIX: vocabulary.NAMESPACE,
}

#: Stances of who vouches for what is said.
_VOUCHING = frozenset({"asserts", "reports"})


class Revision(Protocol):
    """What a human decided on an event: `standoff.store.model.Decision` is one.

    `subject` is the id of the event in its record, or an id of a store; `changes` maps a field to
    its value before and after, as JSON values.
    """

    @property
    def number(self) -> int: ...
    @property
    def subject(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime.datetime: ...
    @property
    def why(self) -> str | None: ...
    @property
    def changes(self) -> Mapping[str, tuple[Any, Any]]: ...


def to_prov(record: Record, revisions: Iterable[Revision] = ()) -> dict[str, Any]:
    """Return the provenance of a record as a JSON-LD document of JSON-ready values.

    `revisions` are the human decisions on its events, in any order.

    Raises:
        InvalidRecordError: the record has no JSON form, or spans that do not fit its text.
    """
    record = Record.from_json(record.to_json())
    writer = _Writer(record)
    nodes = [
        *writer.document(),
        *writer.reading(),
        *writer.agents(),
        *(writer.event(index, event) for index, event in enumerate(record.events)),
        *(writer.statement(index, each) for index, each in enumerate(record.statements)),
        *(writer.condition(index, each) for index, each in enumerate(record.conditions)),
        *_decisions(record, sorted(revisions, key=lambda revision: revision.number)),
    ]
    return {"@context": dict(_CONTEXT), "@graph": [_without_blanks(node) for node in nodes]}


@attrs.frozen
class _Writer:
    """Writes the nodes of one record."""

    record: Record

    def document(self) -> Iterator[Node]:
        """Yield the report, and who published it."""
        document = self.record.document
        iri, address = document_iri(document), vocabulary.source_iri(document)
        publisher = local_iri("publisher", document.publisher) if document.publisher else None
        yield {
            "@id": iri,
            "@type": "prov:Entity",
            "dcterms:identifier": document.id,
            "dcterms:title": document.title,
            "dcterms:issued": _typed(document.published, "date"),
            "dcterms:publisher": document.publisher,
            "dcterms:language": document.language,
            "prov:wasDerivedFrom": None if address == iri else _to(address),
            "prov:wasAttributedTo": None if publisher is None else _to(publisher),
        }
        if publisher is not None:
            yield {"@id": publisher, "@type": "prov:Organization", "rdfs:label": document.publisher}

    def reading(self) -> Iterator[Node]:
        """Yield the reading of the report, and who carried it out."""
        model, software = self.record.model, self.record.software
        program = local_iri("software", "standoff", *([software] if software else []))
        agents = [
            {
                "@id": program,
                "@type": "prov:SoftwareAgent",
                "rdfs:label": "Standoff",
                term("version"): software,
            }
        ]
        if model is not None:
            agents.append(
                {
                    "@id": local_iri("model", model.sha256),
                    "@type": "prov:SoftwareAgent",
                    "rdfs:label": model.name,
                    term("version"): model.version,
                    term("sha256"): model.sha256,
                }
            )
        yield {
            "@id": self._reading(),
            "@type": "prov:Activity",
            "prov:used": _to(document_iri(self.record.document)),
            "prov:wasAssociatedWith": [_to(str(agent["@id"])) for agent in agents],
            term("warnings"): list(self.record.warnings),
        }
        yield from agents

    def agents(self) -> Iterator[Node]:
        """Yield the actors, and those that entries name though the record has no actor for them."""
        actors = {actor.id: actor for actor in reversed(self.record.actors)}
        named = [
            *(actor.id for actor in self.record.actors),
            *(id_ for event in self.record.events for id_ in (*event.source, *event.target)),
            *(link.actor for event in self.record.events for link in event.said_by),
            *(statement.speaker for statement in self.record.statements),
            *(condition.actor for condition in self.record.conditions),
        ]
        for id_ in dict.fromkeys(filter(None, named)):
            actor = actors.get(id_, Actor(id_, id_))
            type_ = "prov:Person" if actor.kind == "person" else "prov:Organization"
            yield {
                "@id": actor_iri(self.record, id_),
                "@type": type_ if actor.kind else "prov:Agent",
                "rdfs:label": actor.name,
                term("id"): id_,
                term("country"): actor.country,
                term("kind"): actor.kind,
            }

    def event(self, index: int, event: Event) -> Node:
        """Return an event: read from its words, vouched for by whom the report names."""
        links = event.said_by
        vouching = [link.actor for link in links if link.actor and link.stance in _VOUCHING]
        return {
            **self._entry("events", index, event.id, [event.anchor, *event.mentions]),
            term("type"): event.type,
            term("status"): event.status,
            term("source"): [_to(actor_iri(self.record, id_)) for id_ in event.source],
            term("target"): [_to(actor_iri(self.record, id_)) for id_ in event.target],
            term("confidence"): event.confidence,
            "prov:wasAttributedTo": [_to(actor_iri(self.record, id_)) for id_ in vouching],
            term("said_by"): [
                {
                    term("actor"): _to(actor_iri(self.record, link.actor)) if link.actor else None,
                    term("text"): link.text,
                    term("cue"): link.cue,
                    term("stance"): link.stance,
                    term("via"): link.via,
                }
                for link in links
            ],
        }

    def statement(self, index: int, statement: Statement) -> Node:
        """Return what somebody said: theirs, and quoted from the report as far as it is quoted."""
        speaker = statement.speaker
        quoted = statement.kind in ("direct", "mixed")
        spans = [*statement.content, *filter(None, (statement.speaker_span, statement.cue))]
        return {
            **self._entry("statements", index, statement.id, spans),
            term("kind"): statement.kind,
            term("via"): statement.via,
            term("addressee"): statement.addressee,
            "prov:value": " ".join(span.text for span in statement.content) or None,
            "prov:wasAttributedTo": _to(actor_iri(self.record, speaker)) if speaker else None,
            "prov:wasQuotedFrom": _to(document_iri(self.record.document)) if quoted else None,
        }

    def condition(self, index: int, condition: Condition) -> Node:
        """Return what is tied to what, and by whom."""
        actor = condition.actor
        return {
            **self._entry(
                "conditions", index, condition.id, [condition.consequent, condition.condition]
            ),
            term("relation"): condition.relation,
            "prov:wasAttributedTo": _to(actor_iri(self.record, actor)) if actor else None,
        }

    def _entry(self, kind: str, index: int, id_: str, spans: Iterable[Span]) -> Node:
        """Return what all entries have: the reading, the report, and the words in it."""
        document = document_iri(self.record.document)
        return {
            "@id": entry_iri(self.record.document, kind, index),
            "@type": ["prov:Entity", term(vocabulary.CLASSES[kind])],
            term("id"): id_,
            "prov:wasGeneratedBy": _to(self._reading()),
            "prov:wasDerivedFrom": _to(document),
            "prov:qualifiedDerivation": [
                {
                    "@type": "prov:Derivation",
                    "prov:entity": _to(document),
                    "prov:hadActivity": _to(self._reading()),
                    term("start"): span.start,
                    term("end"): span.end,
                    term("text"): span.text,
                }
                for span in dict.fromkeys(spans)
            ],
        }

    def _reading(self) -> str:
        return f"{document_iri(self.record.document)}#reading"


def actor_iri(record: Record, id_: str) -> str:
    """Return the IRI of an actor; ids of one document only ("doc.p1") are named within it."""
    if id_.startswith("doc."):
        return f"{document_iri(record.document)}#{quote(id_)}"
    return local_iri("actor", id_)


def _decisions(record: Record, revisions: Iterable[Revision]) -> Iterator[Node]:
    """Yield each decision, who took it, and what it made of its event.

    A correction makes a new revision of the event, an addition a first one; a rejection invalidates
    the last one; an acceptance leaves it as it is.
    """
    latest = {
        event.id: entry_iri(record.document, "events", index)
        for index, event in enumerate(record.events)
    }
    reviewers = set()
    for revision in revisions:
        decision = local_iri("decision", revision.subject, str(revision.number))
        reviewer = local_iri("reviewer", revision.by)
        before = latest.get(revision.subject)
        if before is None and revision.action != "add":
            # An event of a store that this record has by another id, or not at all.
            before = latest[revision.subject] = local_iri("event", revision.subject)
            yield {"@id": before, "@type": "prov:Entity", term("id"): revision.subject}
        if reviewer not in reviewers:
            reviewers.add(reviewer)
            yield {"@id": reviewer, "@type": "prov:Person", "rdfs:label": revision.by}
        yield {
            "@id": decision,
            "@type": ["prov:Activity", term("Decision")],
            "prov:startedAtTime": _typed(revision.at, "dateTime"),
            "prov:endedAtTime": _typed(revision.at, "dateTime"),
            "prov:wasAssociatedWith": _to(reviewer),
            "prov:used": None if before is None else _to(before),
            "rdfs:comment": revision.why,
            term("action"): revision.action,
            term("changes"): [
                {term("field"): field, term("before"): _json(was), term("after"): _json(now)}
                for field, (was, now) in revision.changes.items()
            ],
        }
        if revision.action == "reject" and before is not None:
            yield {"@id": before, "prov:wasInvalidatedBy": _to(decision)}
        elif revision.action not in ("accept", "reject"):
            latest[revision.subject] = f"{decision}:revision"
            yield {
                "@id": latest[revision.subject],
                "@type": ["prov:Entity", term("Event")],
                "prov:wasGeneratedBy": _to(decision),
                "prov:wasRevisionOf": None if before is None else _to(before),
            }


def _to(iri: str) -> Node:
    return {"@id": iri}


def _typed(value: datetime.date | datetime.datetime | None, type_: str) -> Node | None:
    return None if value is None else {"@value": value.isoformat(), "@type": f"xsd:{type_}"}


def _json(value: Any) -> Node:
    """Return a literal of JSON (JSON-LD 1.1), whose value is read as it stands."""
    return {"@type": "@json", "@value": value}


def _without_blanks(value: Any) -> Any:
    """Return a value without what is not known: JSON-LD has no null."""
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    if not isinstance(value, dict) or value.get("@type") == "@json":
        return value
    return {key: _without_blanks(item) for key, item in value.items() if item not in (None, [])}
