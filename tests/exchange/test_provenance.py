"""PROV-O: everything in a record leads back to the report, and to who said or decided it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import given

from standoff.exchange.provenance import to_prov
from standoff.record import Attribution, Document, Event, Record, Span, Statement
from standoff.store.model import Decision
from tests.exchange.examples import any_records, demo, some_records

AT = datetime.datetime(2026, 11, 29, 12, 30, tzinfo=datetime.UTC)

#: The terms of PROV-O that are used, as the Recommendation lists them.
TERMS = {
    *("Entity", "Activity", "Agent", "Person", "Organization", "SoftwareAgent", "Derivation"),
    *("used", "wasGeneratedBy", "wasDerivedFrom", "wasAttributedTo", "wasAssociatedWith"),
    *("wasQuotedFrom", "wasRevisionOf", "wasInvalidatedBy", "startedAtTime", "endedAtTime"),
    *("qualifiedDerivation", "entity", "hadActivity", "value"),
}


def nodes(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the nodes of a graph by id, those of one id as one."""
    found: dict[str, dict[str, Any]] = {}
    for node in data["@graph"]:
        found[node["@id"]] = found.get(node["@id"], {}) | node
    return found


def of_type(data: dict[str, Any], type_: str) -> list[dict[str, Any]]:
    return [node for node in nodes(data).values() if type_ in listed(node["@type"])]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def references(value: Any) -> Iterator[str]:
    """Yield the ids that values of PROV's own properties refer to."""
    for item in listed(value):
        if isinstance(item, dict):
            if item.keys() == {"@id"}:
                yield item["@id"]
            for key, inner in item.items():
                if key.startswith("prov:"):
                    yield from references(inner)


def terms(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key.removeprefix("prov:") for key in value if key.startswith("prov:"))
        for type_ in listed(value.get("@type", [])):
            if type_.startswith("prov:"):
                yield type_.removeprefix("prov:")
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from terms(item)


def test_every_event_is_derived_from_its_words() -> None:
    data = to_prov(demo())
    (document,) = [node for node in of_type(data, "prov:Entity") if "dcterms:identifier" in node]
    assert document["dcterms:identifier"] == demo().document.id
    assert document["dcterms:issued"] == {"@value": "1976-02-20", "@type": "xsd:date"}

    events = of_type(data, "standoff:Event")

    assert [event["standoff:id"] for event in events] == [event.id for event in demo().events]
    for node, event in zip(events, demo().events, strict=True):
        assert node["prov:wasDerivedFrom"] == {"@id": document["@id"]}
        first = node["prov:qualifiedDerivation"][0]
        assert first["prov:entity"] == {"@id": document["@id"]}
        start, end = first["standoff:start"], first["standoff:end"]
        assert demo().document.text[start:end] == event.anchor.text == first["standoff:text"]


def test_model_and_software_read_it() -> None:
    data = to_prov(demo())

    (reading,) = of_type(data, "prov:Activity")

    agents = {node["@id"]: node for node in of_type(data, "prov:SoftwareAgent")}
    assert {of["@id"] for of in reading["prov:wasAssociatedWith"]} == agents.keys()
    model = demo().model
    assert model is not None
    assert model.sha256 in {agent.get("standoff:sha256") for agent in agents.values()}
    assert all(
        event["prov:wasGeneratedBy"] == {"@id": reading["@id"]}
        for event in of_type(data, "standoff:Event")
    )


def test_statements_belong_to_their_speakers() -> None:
    data = to_prov(demo())
    agents = nodes(data)

    found = of_type(data, "standoff:Statement")

    for node, statement in zip(found, demo().statements, strict=True):
        speaker = agents[node["prov:wasAttributedTo"]["@id"]]
        assert speaker["standoff:id"] == statement.speaker
        assert ("prov:wasQuotedFrom" in node) == (statement.kind != "indirect")
    assert {"prov:Person", "prov:Organization"} <= {
        type_ for node in agents.values() for type_ in listed(node["@type"])
    }


def test_who_denies_an_event_does_not_vouch_for_it() -> None:
    text = "Talks are on, Iceland said; Britain denied it."
    event = Event(
        "e1",
        "CONSULT",
        Span.of(text, 0, 5),
        (0, len(text)),
        said_by=(Attribution("ISL", "Iceland", "said"), Attribution("GBR", stance="denies")),
    )

    (node,) = of_type(to_prov(Record(Document(text), events=(event,))), "standoff:Event")

    assert node["prov:wasAttributedTo"] == [{"@id": "urn:standoff:actor:ISL"}]
    assert [link["standoff:stance"] for link in node["standoff:said_by"]] == ["asserts", "denies"]


def test_actors_of_one_document_are_named_within_it() -> None:
    statement = Statement("s1", "doc.p1", None, None, (), "direct")

    one, other = (
        nodes(to_prov(Record(Document(text), statements=(statement,)))) for text in ("a", "b")
    )

    shared = {id_ for id_ in one.keys() & other.keys() if "doc.p1" in id_}
    assert not shared
    assert sum("doc.p1" in id_ for id_ in one) == 1


def decision(number: int, subject: str, action: Any, **changes: tuple[Any, Any]) -> Decision:
    return Decision(number, subject, action, "ana", AT, "see page 3", changes)


def test_decisions_revise_events() -> None:
    data = to_prov(
        demo(),
        [
            decision(3, "e2", "reject"),
            decision(1, "e1", "accept"),
            decision(2, "e1", "correct", status=("cancelled", None), target=(["A"], [])),
            decision(4, "e1", "correct", mode=("x", "y")),
            decision(5, "account-of-a-store", "merge"),
            decision(6, "new", "add"),
        ],
    )
    events = {node["standoff:id"]: node for node in nodes(data).values() if "standoff:id" in node}

    decisions = of_type(data, "standoff:Decision")

    assert [node["standoff:action"] for node in decisions] == [
        *("accept", "correct", "reject", "correct", "merge", "add"),
    ]
    first, second = decisions[1], decisions[3]
    assert first["prov:endedAtTime"] == {
        "@value": "2026-11-29T12:30:00+00:00",
        "@type": "xsd:dateTime",
    }
    assert first["rdfs:comment"] == "see page 3"
    assert first["standoff:changes"] == [
        {
            "standoff:field": "status",
            "standoff:before": {"@type": "@json", "@value": "cancelled"},
            "standoff:after": {"@type": "@json", "@value": None},
        },
        {
            "standoff:field": "target",
            "standoff:before": {"@type": "@json", "@value": ["A"]},
            "standoff:after": {"@type": "@json", "@value": []},
        },
    ]
    revised = {
        node["prov:wasGeneratedBy"]["@id"]: node
        for node in of_type(data, "standoff:Event")
        if "standoff:id" not in node
    }
    assert revised[first["@id"]]["prov:wasRevisionOf"] == {"@id": events["e1"]["@id"]}
    assert second["prov:used"] == {"@id": revised[first["@id"]]["@id"]}
    assert events["e2"]["prov:wasInvalidatedBy"] == {"@id": decisions[2]["@id"]}
    assert "prov:wasRevisionOf" not in revised[decisions[5]["@id"]]
    assert "account-of-a-store" in events
    (reviewer,) = [node for node in nodes(data).values() if node.get("rdfs:label") == "ana"]
    assert reviewer["@type"] == "prov:Person"
    assert set(references(data["@graph"])) <= nodes(data).keys()


def test_any_object_like_a_decision_will_do() -> None:
    @attrs.frozen
    class Mine:
        number: int = 1
        subject: str = "e1"
        action: str = "reject"
        by: str = "bo"
        at: datetime.datetime = AT
        why: str | None = None
        changes: dict[str, tuple[Any, Any]] = attrs.field(factory=dict)

    assert of_type(to_prov(demo(), [Mine()]), "standoff:Decision")


@some_records
@given(any_records)
def test_graph_is_closed_and_of_known_terms(record: Record) -> None:
    data = to_prov(record)

    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert set(references(data["@graph"])) <= nodes(data).keys()
    assert set(terms(data["@graph"])) <= TERMS
    assert len(of_type(data, "standoff:Event")) == len(record.events)
    assert "null" not in json.dumps(data["@graph"]).replace('"null"', "")
