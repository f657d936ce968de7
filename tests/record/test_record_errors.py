"""JSON that is no record is refused, and the error names the field."""

import copy
import datetime
import json
from typing import Any

import pytest

from standoff.errors import InvalidRecordError, StandoffError
from standoff.record import (
    Actor,
    Attribution,
    Condition,
    Document,
    Event,
    Interval,
    ModelInfo,
    Place,
    Quantity,
    Record,
    Span,
    Statement,
    Time,
)

TEXT = "Two gunboats left Reykjavik on Friday, Iceland said, unless talks are held."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


GOOD = Record(
    Document(TEXT, title="Gunboats", published=datetime.date(1976, 2, 20)),
    actors=(Actor("ISL", "Iceland", "ISL", ("GOV",), "country", (span("Iceland"),)),),
    times=(Time(span("Friday"), Interval("1976-02-20", "day")), Time(span("on"))),
    places=(Place(span("Reykjavik"), "Reykjavík", "ISL", "Capital Region", 64.1, -21.9, 3413829),),
    events=(
        Event(
            "e1",
            "RETREAT",
            span("left"),
            (0, len(TEXT)),
            source=("GBR",),
            target=("ISL",),
            source_spans=(span("gunboats"),),
            quad=2,
            time=Interval("1976-02-20", "day", datetime.date(1976, 2, 20)),
            place=0,
            said_by=(Attribution("ISL", "Iceland", "said"),),
            quantity=(Quantity(span("Two"), 2.0, "gunboats"),),
            mentions=(span("left"),),
        ),
    ),
    statements=(
        Statement(
            "s1", "ISL", span("Iceland"), span("said"), (span("Two gunboats left"),), "indirect"
        ),
    ),
    conditions=(Condition("c1", "ISL", "unless", span("left"), span("talks are held")),),
    model=ModelInfo("reader", "1", "0" * 64),
    software="1.0",
).to_dict()


def changed(path: tuple[str | int, ...], value: Any) -> str:
    record = copy.deepcopy(GOOD)
    inner: Any = record
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(record)


def refusal(text: str | bytes) -> InvalidRecordError:
    with pytest.raises(InvalidRecordError) as caught:
        Record.from_json(text)
    return caught.value


def test_the_good_record_is_read() -> None:
    assert Record.from_json(json.dumps(GOOD)).to_dict() == GOOD


def test_error_is_also_a_value_error_of_the_tree() -> None:
    error = refusal("{}")

    assert isinstance(error, ValueError)
    assert isinstance(error, StandoffError)


@pytest.mark.parametrize(
    "path",
    [
        ("actors", 0, "mentions", 0),
        ("times", 0),
        ("places", 0),
        ("events", 0, "anchor"),
        ("events", 0, "mentions", 0),
        ("events", 0, "quantity", 0),
        ("events", 0, "source_spans", 0),
        ("statements", 0, "speaker_span"),
        ("statements", 0, "cue"),
        ("statements", 0, "content", 0),
        ("conditions", 0, "consequent"),
        ("conditions", 0, "condition"),
    ],
)
@pytest.mark.parametrize(
    ("key", "value"), [("start", 1), ("end", 10**6), ("start", -1), ("text", "other")]
)
def test_span_that_does_not_fit_is_named(path: tuple[str | int, ...], key: str, value: Any) -> None:
    if (path, key, value) == (("events", 0, "quantity", 0), "start", 1):
        value = 2
    error = refusal(changed((*path, key), value))
    shown = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)

    assert error.path == shown.removeprefix(".")
    assert str(error).startswith(f"{error.path}: ")


@pytest.mark.parametrize(
    ("path", "value", "named", "said"),
    [
        (("document",), ..., "document", "missing"),
        (("document",), [], "document", "expected an object"),
        (("document", "text"), ..., "document.text", "missing"),
        (("document", "text"), None, "document.text", "expected a string, found null"),
        (("document", "text"), "changed", "document.id", "the text has the id sha256:"),
        (("document", "title"), 3, "document.title", "expected a string, found 3"),
        (("document", "published"), "20 Feb", "document.published", "YYYY-MM-DD"),
        (("document", "published"), "19760220", "document.published", "YYYY-MM-DD"),
        (("document", "published"), "1976-02-30", "document.published", "no day 1976-02-30"),
        (("actors",), None, "actors", "expected an array, found null"),
        (("actors",), {}, "actors", "expected an array, found an object"),
        (("actors", 0), "ISL", "actors[0]", "expected an object, found 'ISL'"),
        (("actors", 0, "sectors", 0), False, "actors[0].sectors[0]", "found false"),
        (("times", 0, "grain"), "fortnight", "times[0].grain", "expected one of hour, day"),
        (("times", 0, "value"), None, "times[0].value", "expected a string, found null"),
        (("times", 1, "grain"), "day", "times[1].value", "expected a string, found null"),
        (("places", 0, "lat"), "64", "places[0].lat", "expected a number, found '64'"),
        (("places", 0, "lat"), True, "places[0].lat", "expected a number, found true"),
        (("places", 0, "lon"), 10**400, "places[0].lon", "out of range"),
        (("places", 0, "geonameid"), 1.0, "places[0].geonameid", "expected an integer"),
        (("events", 0, "type"), "FIGHT", "events[0].type", "expected one of AGREE, CONSULT"),
        (("events", 0, "status"), "real", "events[0].status", "expected one of actual"),
        (("events", 0, "aspect"), "over", "events[0].aspect", "expected one of begun"),
        (("events", 0, "quad"), 5, "events[0].quad", "expected one of 1, 2, 3, 4, found 5"),
        (("events", 0, "quad"), True, "events[0].quad", "found true"),
        (("events", 0, "place"), 1, "events[0].place", "there is no places[1]"),
        (("events", 0, "place"), -1, "events[0].place", "there is no places[-1]"),
        (("events", 0, "confidence"), "high", "events[0].confidence", "expected a number"),
        (("events", 0, "time", "from"), "Friday", "events[0].time.from", "YYYY-MM-DD"),
        (("events", 0, "time", "value"), ..., "events[0].time.value", "missing"),
        (("events", 0, "said_by", 0, "stance"), "says", "events[0].said_by[0].stance", "one of"),
        (("events", 0, "sentence", "end"), 10**6, "events[0].sentence", "no stretch of a text"),
        (("events", 0, "sentence", "start"), 10**6, "events[0].sentence", "no stretch"),
        (("events", 0, "sentence"), None, "events[0].sentence", "expected an object"),
        (("events", 0, "anchor"), None, "events[0].anchor", "expected an object"),
        (("events", 0, "source"), "ISL", "events[0].source", "expected an array, found 'ISL'"),
        (("statements", 0, "kind"), "oral", "statements[0].kind", "one of direct, indirect"),
        (("conditions", 0, "relation"), None, "conditions[0].relation", "expected a string"),
        (("model", "sha256"), ..., "model.sha256", "missing"),
        (("software",), "1.0", "software", "expected an object"),
        (("warnings",), [None], "warnings[0]", "expected a string"),
    ],
)
def test_wrong_field_is_named(
    path: tuple[str | int, ...], value: Any, named: str, said: str
) -> None:
    error = refusal(changed(path, value))

    assert error.path == named
    assert said in str(error)


@pytest.mark.parametrize(
    "text",
    ["", "{", "nonsense", "{'document': 1}", b"\xff\xfe\xfa", "1" * 5000, "[" * 100_000],
)
def test_what_is_not_json_is_refused(text: str | bytes) -> None:
    assert refusal(text).path is None


@pytest.mark.parametrize("text", ["null", "[]", "3", '"record"', "NaN"])
def test_json_of_something_else_is_refused(text: str) -> None:
    assert "expected an object" in str(refusal(text))


def test_number_that_json_has_not_is_refused() -> None:
    error = refusal(changed(("events", 0, "confidence"), float("nan")))

    assert error.path == "events[0].confidence"


def test_long_words_are_cut_in_messages() -> None:
    error = refusal(changed(("events", 0, "anchor", "text"), "word " * 1000))

    assert len(str(error)) < 250
