"""W3C Web Annotation: nothing is lost, and words are found again in a text that was edited."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from standoff.errors import InvalidAnnotationError
from standoff.exchange.annotations import from_annotations, to_annotations
from standoff.record import Actor, Document, Event, Place, Record, Span
from tests.exchange.examples import any_records, demo, some_records

TEXT = "Talks are off 😀. Iceland left the talks in Oslo; Britain left the talks too."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


RECORD = Record(
    Document(TEXT, title="Talks", url="https://example.org/talks"),
    actors=(Actor("ISL", "Iceland", mentions=(span("Iceland"),)), Actor("GBR", "Britain")),
    places=(Place(span("Talks"), "Talks"), Place(span("Oslo"), "Oslo")),
    events=(
        Event("e1", "REJECT", span("left"), (16, len(TEXT)), source=("ISL",), place=1),
        Event("e2", "CONSULT", span("talks"), (16, len(TEXT)), mentions=(span("Talks"),)),
    ),
)


def collection() -> Any:
    return json.loads(json.dumps(to_annotations(RECORD)))


def item(data: Any, id_: str) -> Any:
    """Return the annotation whose entry has that id."""
    return next(i for i in data["first"]["items"] if i["body"].get("standoff:id") == id_)


def test_sample_report_survives() -> None:
    data = json.loads(json.dumps(to_annotations(demo())))

    record = from_annotations(data)

    assert record == demo()
    assert json.dumps(to_annotations(record)) == json.dumps(data)


@some_records
@given(any_records)
def test_round_trip_loses_nothing(record: Record) -> None:
    text = json.dumps(to_annotations(record))

    again = from_annotations(json.loads(text))

    assert again == record
    assert json.dumps(to_annotations(again)) == text


@some_records
@given(any_records)
def test_text_may_be_given_instead(record: Record) -> None:
    data = to_annotations(record, embed_text=False)

    assert "standoff:text" not in data["standoff:document"]
    assert from_annotations(data, record.document.text) == record


def test_is_as_the_standard_wants_it() -> None:
    data = to_annotations(RECORD)

    assert data["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert data["type"] == "AnnotationCollection"
    page = data["first"]
    assert page["type"] == "AnnotationPage"
    assert data["total"] == len(page["items"])
    ids = [data["id"], page["id"], *(annotation["id"] for annotation in page["items"])]
    assert len(set(ids)) == len(ids)
    for annotation in page["items"]:
        assert annotation["type"] == "Annotation"
        assert annotation["body"]["type"].startswith("standoff:")
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            if isinstance(target, dict):
                assert target["source"] == "https://example.org/talks"
                assert [selector["type"] for selector in target["selector"]] == [
                    "TextQuoteSelector",
                    "TextPositionSelector",
                ]
            else:
                assert target == "https://example.org/talks"


def test_positions_count_code_points() -> None:
    quote, position = item(to_annotations(RECORD), "ISL")["target"]["selector"]

    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "Iceland",
        "prefix": "Talks are off 😀. ",
        "suffix": " left the talks in Oslo; Britain",
    }
    assert TEXT[position["start"] : position["end"]] == "Iceland"


@pytest.mark.parametrize("url", [None, "no address", "https://a b", "\ud83d:x"])
def test_text_without_an_address_is_named_by_its_digest(url: str | None) -> None:
    data = to_annotations(Record(Document("x", url=url), actors=(Actor("ISL", "Iceland"),)))

    # RFC 6920, with the digest that `printf x | sha256sum` gives.
    assert (
        data["first"]["items"][0]["target"]
        == "ni:///sha-256;LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE"
    )


def test_words_are_found_in_an_edited_text() -> None:
    text = demo().document.text
    edited = "An editor's note 🇮🇸.\n\n" + text.replace("It released two", "It has released two")

    record = from_annotations(to_annotations(demo()), edited)

    assert record.document == Document(edited, *document_details(demo()))
    anchors = [
        (event.anchor, moved.anchor)
        for event, moved in zip(demo().events, record.events, strict=True)
    ]
    assert all(before.text == after.text for before, after in anchors)
    assert {after.start - before.start for before, after in anchors} == {22, 26}
    assert record.sentence(record.events[6]).startswith("It has released two British trawlers")
    assert Record.from_json(record.to_json()) == record


def document_details(record: Record) -> tuple[Any, ...]:
    document = record.document
    return (
        *(document.title, document.published, document.url),
        *(document.publisher, document.language),
    )


def test_wrong_position_is_corrected_by_the_quote() -> None:
    data = collection()
    selectors = item(data, "e1")["target"]["selector"]
    selectors[1] |= {"start": 10**9, "end": -4}

    assert from_annotations(data) == RECORD


def test_quote_or_position_alone() -> None:
    data = collection()
    event = item(data, "e1")["target"]
    event["selector"] = event["selector"][1]
    del item(data, "ISL")["target"]["selector"][1]

    assert from_annotations(data) == RECORD


def test_quote_that_stands_twice_needs_its_context() -> None:
    data = collection()
    target = item(data, "e1")["target"]
    target["selector"] = [{"type": "TextQuoteSelector", "exact": "left"}]

    with pytest.raises(InvalidAnnotationError, match=r"'left' is not at one place only"):
        from_annotations(data)

    target["selector"][0]["prefix"] = "Britain "
    assert from_annotations(data).events[0].anchor.start == TEXT.rindex("left")


def test_words_that_are_gone_are_named() -> None:
    data = collection()

    with pytest.raises(InvalidAnnotationError) as caught:
        from_annotations(data, TEXT.replace("Iceland", "Norway"), name="talks.json")

    assert str(caught.value).startswith("talks.json: first.items[0].target.selector: 'Iceland' is")
    assert caught.value.name == "talks.json"


def test_page_alone_and_pages_in_a_row() -> None:
    data = collection()
    page = data["first"]
    first, second = page | {"items": page["items"][:3]}, page | {"items": page["items"][3:]}

    assert from_annotations(data | {"first": first | {"next": second}}) == RECORD
    assert from_annotations(page, TEXT).events == RECORD.events
    assert from_annotations(page, TEXT).document == Document(TEXT)


def test_annotations_of_others_are_left_out() -> None:
    data = collection()
    data["first"]["items"] += [
        {"type": "Annotation", "body": {"type": "TextualBody", "value": "Hm."}, "target": "x"},
        {"type": "Annotation", "target": "x"},
        "https://example.org/annotation",
        None,
    ]

    assert from_annotations(data) == RECORD


def test_short_annotation_by_hand() -> None:
    data = {
        "type": "AnnotationPage",
        "items": [
            {
                "body": [
                    {"type": "TextualBody", "value": "clear"},
                    {
                        "type": ["standoff:Event", "other"],
                        "standoff:id": "e1",
                        "standoff:type": "REJECT",
                        "standoff:sentence": {
                            "selector": {"type": "TextQuoteSelector", "exact": TEXT[16:]}
                        },
                    },
                ],
                "target": {
                    "source": "x",
                    "selector": {
                        "type": "TextQuoteSelector",
                        "exact": "left",
                        "prefix": "Iceland ",
                    },
                },
            }
        ],
    }

    assert from_annotations(data, TEXT) == Record(
        Document(TEXT), events=(Event("e1", "REJECT", span("left"), (16, len(TEXT))),)
    )


def cyclic() -> Any:
    data = collection()
    data["first"]["next"] = data["first"]
    return data


def deep() -> Any:
    data: Any = {}
    for _ in range(300):
        data = {"standoff:x": [data]}
    return collection() | {"standoff:document": {"standoff:text": TEXT, "standoff:x": data}}


def deepest() -> Any:
    data: Any = []
    for _ in range(100_000):
        data = [data]
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "expected an AnnotationCollection or an AnnotationPage"),
        ([], "expected an AnnotationCollection"),
        ("{}", "expected an AnnotationCollection"),
        ({"type": {}}, "expected an AnnotationCollection"),
        ({"type": "AnnotationPage"}, "items: missing"),
        ({"type": "AnnotationPage", "items": {}}, "items: expected an array"),
        ({"type": "AnnotationPage", "items": []}, "give it as text"),
        ({"type": "AnnotationCollection", "first": "https://x"}, "first: the page is elsewhere"),
        ({"type": "AnnotationCollection", "standoff:document": "x"}, "give it as text"),
        (b"\x00\xff", "not JSON"),
        ({"type": {1, 2}}, "not JSON"),
        (cyclic(), "not JSON"),
        (deepest(), "nested too deeply"),
    ],
)
def test_what_is_no_collection_is_refused(data: Any, said: str) -> None:
    with pytest.raises(InvalidAnnotationError) as caught:
        from_annotations(data)

    assert said in str(caught.value)
    assert str(caught.value).startswith("annotations: ")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("body", "standoff:type"), "FIGHT", "first.items[4]: as events[0].type: expected one of"),
        (("body", "standoff:id"), None, "first.items[4]: as events[0].id: expected a string"),
        (("body", "standoff:confidence"), float("nan"), "events[0].confidence"),
        (("body", "standoff:place"), "elsewhere", "'elsewhere' is no annotation of a Place"),
        (("body", "standoff:place"), 1, "body.standoff:place: 1 is no annotation"),
        (("body", "standoff:place"), ["x"], "is no annotation of a Place"),
        (("body", "standoff:source"), "ISL", "events[0].source: expected an array"),
        (("body", "standoff:sentence"), None, "standoff:sentence: expected an object"),
        (("target",), [], "first.items[4].target: expected 1 with a selector, found 0"),
        (("target", "selector"), [], "expected a TextQuoteSelector or a TextPositionSelector"),
        (("target", "selector"), {"type": "XPathSelector"}, "expected a TextQuoteSelector"),
        (("target", "selector", 0, "exact"), None, "exact: expected a string"),
        (("target", "selector", 0, "exact"), "lost", "'lost' is not from 25 to 29"),
        (("target", "selector", 0, "prefix"), 3, "prefix: expected a string"),
        (("target", "selector", 1, "start"), "3", "start: expected an integer"),
    ],
)
def test_bad_field_is_named(path: tuple[str | int, ...], value: Any, said: str) -> None:
    data = collection()
    inner = item(data, "e1")
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    with pytest.raises(InvalidAnnotationError) as caught:
        from_annotations(data)

    assert said in str(caught.value)


def test_position_alone_has_to_be_in_the_text() -> None:
    data = collection()
    event = item(data, "e1")["target"]
    for start, end in ((-1, 3), (5, 2), (0, 10**30)):
        event["selector"] = {"type": "TextPositionSelector", "start": start, "end": end}
        with pytest.raises(InvalidAnnotationError, match="no words are from"):
            from_annotations(data)


@some_records
@given(any_records, st.randoms(use_true_random=False), st.integers(1, 4))
def test_mangled_data_are_read_or_refused(record: Record, random: Random, times: int) -> None:
    data = to_annotations(record)
    for _ in range(times):
        mangle(data, random)
    try:
        again = from_annotations(data)
    except InvalidAnnotationError:
        return
    assert from_annotations(to_annotations(again)) == again


def mangle(data: Any, random: Random) -> None:
    """Change one value somewhere in JSON."""
    while True:
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        key = random.choice(keys)
        inner = data[key]
        if not isinstance(inner, dict | list) or not inner or random.random() < 0.1:
            break
        data = inner
    values: list[Any] = [
        None,
        True,
        -1,
        7,
        10**40,
        0.5,
        "",
        "a",
        [],
        {},
        [[]],
        {"selector": []},
        "Annotation",
    ]
    data[key] = random.choice([*values, copy.deepcopy(inner)])
    if isinstance(data, dict) and random.random() < 0.2:
        del data[key]


def test_deep_nesting_is_read_or_refused() -> None:
    try:
        from_annotations(deep())
    except InvalidAnnotationError as error:
        assert "nested too deeply" in str(error)  # noqa: PT017
