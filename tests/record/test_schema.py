"""The schema describes every field, and lists the same choices as the data model."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema
import pytest

from standoff import ontology, schema
from standoff.record import (
    Aspect,
    Document,
    EventTypeName,
    Grain,
    Record,
    Stance,
    StatementKind,
    Status,
)


def nodes(node: Any, path: str = "schema") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema inside `node` with its path."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key in ("properties", "$defs"):
                for name, item in value.items():
                    yield from nodes(item, f"{path}.{name}")
            elif key in ("items", "anyOf"):
                for index, item in enumerate(value if isinstance(value, list) else [value]):
                    yield from nodes(item, f"{path}.{key}[{index}]")


def test_is_a_good_schema() -> None:
    loaded = schema.load()

    assert loaded["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(loaded)
    assert json.loads(schema.text()) == loaded


def test_load_gives_each_caller_its_own() -> None:
    schema.load().clear()

    assert schema.load()["title"] == "Standoff record"


def test_every_field_is_described() -> None:
    for path, node in nodes(schema.load()):
        for name, item in node.get("properties", {}).items():
            description = item.get("description", "")
            assert description.endswith((".", "…")), f"{path}.{name}"


def test_objects_take_all_their_keys_and_no_others() -> None:
    for path, node in nodes(schema.load()):
        if "properties" in node:
            assert node["required"] == list(node["properties"]), path
            assert node["additionalProperties"] is False, path


@pytest.mark.parametrize(
    ("definition", "field", "choices"),
    [
        ("event", "type", EventTypeName),
        ("event", "status", Status),
        ("event", "aspect", Aspect),
        ("attribution", "stance", Stance),
        ("statement", "kind", StatementKind),
    ],
)
def test_choices_are_those_of_the_data_model(definition: str, field: str, choices: Any) -> None:
    enum = schema.load()["$defs"][definition]["properties"][field]["enum"]

    assert [choice for choice in enum if choice is not None] == list(get_args(choices))


def test_grains_are_those_of_the_data_model() -> None:
    assert schema.load()["$defs"]["grain"]["enum"] == list(get_args(Grain))


def test_event_types_are_those_of_the_ontology() -> None:
    assert list(get_args(EventTypeName)) == [type_.name for type_ in ontology.types()]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "2018-1-1"),
        ("published", "yesterday"),
        ("id", "sha256:beef"),
        ("language", "English"),
        ("text", None),
    ],
)
def test_bad_document_is_refused(field: str, value: Any) -> None:
    record = Record(Document("x")).to_dict()
    record["document"][field] = value

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema.load())


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(Record(Document("x")).to_dict() | {"later": 1}, schema.load())
