"""Record → JSON → record loses nothing, whatever Unicode the report is made of."""

import datetime
import functools
import json
from typing import TypeVar, get_args

import hypothesis.strategies as st
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from standoff import schema
from standoff.errors import InvalidRecordError
from standoff.record import (
    Actor,
    Aspect,
    Attribution,
    Code,
    Condition,
    Document,
    Event,
    EventTypeName,
    Grain,
    Interval,
    ModelInfo,
    Place,
    Quantity,
    Record,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    Time,
)

T = TypeVar("T")

# Lone surrogates among them; a split pair cannot be written and has a test of its own.
ANY_TEXT = st.text(st.characters(), max_size=12).map(lambda text: Document(text).text)
WORDS = ANY_TEXT.filter(bool)
IDS = st.from_regex(r"[A-Z]{3}(\.[A-Z_]{1,5}){0,2}", fullmatch=True)
LOCAL_IDS = st.from_regex(r"[a-z][0-9]{1,3}", fullmatch=True)
COUNTRIES = st.from_regex(r"[A-Z]{3}", fullmatch=True)
SHA256 = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
DAYS = st.dates()


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def within(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


INTERVALS = st.builds(
    Interval,
    value=WORDS,
    grain=maybe(st.sampled_from(get_args(Grain))),
    start=maybe(DAYS),
    end=maybe(DAYS),
)
ATTRIBUTIONS = st.builds(
    Attribution,
    actor=maybe(IDS),
    text=maybe(ANY_TEXT),
    cue=maybe(ANY_TEXT),
    stance=st.sampled_from(get_args(Stance)),
    via=maybe(ANY_TEXT),
)


CODES = st.builds(Code, codebook=ANY_TEXT, type=ANY_TEXT, confidence=within(0, 1))


@st.composite
def offsets(draw: st.DrawFn, length: int) -> tuple[int, int]:
    start = draw(st.integers(0, length))
    return start, draw(st.integers(start, length))


@st.composite
def records(draw: st.DrawFn) -> Record:
    document = draw(
        st.builds(
            Document,
            text=st.text(st.characters(), max_size=40),
            title=maybe(ANY_TEXT),
            published=maybe(DAYS),
            url=maybe(ANY_TEXT),
            publisher=maybe(ANY_TEXT),
            language=st.sampled_from([None, "en", "en-GB"]),
        )
    )
    places_within = offsets(len(document.text))
    spans = places_within.map(lambda pair: document.span(*pair))
    places = draw(
        several(
            st.builds(
                Place,
                span=spans,
                name=WORDS,
                country=maybe(COUNTRIES),
                admin1=maybe(WORDS),
                lat=maybe(within(-90, 90)),
                lon=maybe(within(-180, 180)),
                geonameid=maybe(st.integers(0, 10**9)),
            )
        )
    )
    quantities = st.builds(
        Quantity,
        span=spans,
        value=st.floats(allow_nan=False, allow_infinity=False),
        unit=maybe(ANY_TEXT),
    )
    events = st.builds(
        Event,
        id=LOCAL_IDS,
        type=st.sampled_from(get_args(EventTypeName)),
        anchor=spans,
        sentence=places_within,
        source=several(IDS),
        target=several(IDS),
        source_spans=several(spans),
        target_spans=several(spans),
        mode=maybe(WORDS),
        contexts=several(WORDS),
        cameo=maybe(st.from_regex(r"[0-9]{2,4}", fullmatch=True)),
        quad=st.sampled_from([None, 1, 2, 3, 4]),
        goldstein=maybe(within(-10, 10)),
        status=st.sampled_from(get_args(Status)),
        aspect=maybe(st.sampled_from(get_args(Aspect))),
        factuality=maybe(within(-3, 3)),
        time=maybe(INTERVALS),
        place=st.none() | st.integers(0, len(places) - 1) if places else st.none(),
        said_by=several(ATTRIBUTIONS),
        quantity=several(quantities),
        codes=several(CODES),
        mentions=several(spans),
        confidence=maybe(within(0, 1)),
    )
    actors = st.builds(
        Actor,
        id=IDS,
        name=WORDS,
        country=maybe(COUNTRIES),
        sectors=several(st.sampled_from(["GOV", "MIL"])),
        kind=maybe(WORDS),
        mentions=several(spans),
    )
    statements = st.builds(
        Statement,
        id=LOCAL_IDS,
        speaker=maybe(IDS),
        speaker_span=maybe(spans),
        cue=maybe(spans),
        content=several(spans),
        kind=st.sampled_from(get_args(StatementKind)),
        addressee=maybe(ANY_TEXT),
        via=maybe(ANY_TEXT),
        time=maybe(INTERVALS),
    )
    conditions = st.builds(
        Condition,
        id=LOCAL_IDS,
        actor=maybe(IDS),
        relation=WORDS,
        consequent=spans,
        condition=spans,
        consequent_event=maybe(LOCAL_IDS),
        condition_event=maybe(LOCAL_IDS),
    )
    return Record(
        document=document,
        actors=draw(several(actors)),
        times=draw(several(st.builds(Time, span=spans, interval=maybe(INTERVALS)))),
        places=places,
        events=draw(several(events)),
        statements=draw(several(statements)),
        conditions=draw(several(conditions)),
        model=draw(maybe(st.builds(ModelInfo, name=WORDS, version=WORDS, sha256=SHA256))),
        software=draw(maybe(WORDS)),
        warnings=draw(several(ANY_TEXT)),
    )


@functools.cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        schema.load(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


any_record = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@any_record
@given(records())
def test_round_trip_loses_nothing(record: Record) -> None:
    text = record.to_json()

    assert Record.from_json(text) == record
    assert Record.from_json(text.encode("utf-8")) == record
    assert Record.from_json(record.to_json(indent=2)) == record
    assert json.loads(text) == record.to_dict()
    assert len(text.splitlines()) == 1


@any_record
@given(records())
def test_json_is_of_the_schema(record: Record) -> None:
    validator().validate(record.to_dict())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "naïve “quotes” – dash…",
        "emoji 👩‍👩‍👧 and flags 🇰🇵",
        "שלום مرحبا",
        "nul \x00 and escape \x1b[31m",
        'back\\slash \\ud83d "quote"',
        "line\u2028and\u2029paragraph\x85and\r\nreturn",
        "alone \ud83d high",
        "alone \ude00 low",
        "wrong way round \ude00\ud83d",
        "before the end \ud83d",
        "high before its own escape \ud83d\\ude00",
    ],
)
def test_text_survives(text: str) -> None:
    record = Record(Document(text, title=text), times=(Time(Span(0, len(text), text)),))

    written = record.to_json()

    assert written.encode("utf-8").decode("utf-8") == written
    assert Record.from_json(written) == record


def test_text_of_ascii_json_from_elsewhere_is_read_alike() -> None:
    record = Record(Document("talks 🇮🇸 – off", publisher="\ud83d"))

    assert Record.from_json(json.dumps(record.to_dict())) == record


def test_document_joins_surrogate_pairs() -> None:
    document = Document("a\ud83d\ude00b")

    assert document.text == "a😀b"
    assert document == Document("a😀b")


def test_split_pair_elsewhere_is_refused_rather_than_changed() -> None:
    record = Record(Document("x"), warnings=("\ud83d\ude00",))

    with pytest.raises(InvalidRecordError, match="surrogate pair"):
        record.to_json()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_number_that_json_has_not_is_refused(number: float) -> None:
    record = Record(
        Document("x"), events=(Event("e1", "AGREE", Span(0, 1, "x"), (0, 1), confidence=number),)
    )

    with pytest.raises(InvalidRecordError, match="cannot be written as JSON"):
        record.to_json()


def test_keys_stand_in_the_order_of_the_schema() -> None:
    text = "Iceland said talks are off."
    span = Span(0, 7, "Iceland")
    interval = Interval("1976-02-20", "day", datetime.date(1976, 2, 20))
    record = Record(
        Document(text),
        actors=(Actor("ISL", "Iceland", mentions=(span,)),),
        times=(Time(span, interval),),
        places=(Place(span, "Iceland"),),
        events=(
            Event(
                "e1",
                "CONSULT",
                span,
                (0, 27),
                source_spans=(span,),
                target_spans=(span,),
                time=interval,
                said_by=(Attribution("ISL"),),
                quantity=(Quantity(span, 1.0),),
                codes=(Code("truce", "VIOLATION", 0.9),),
            ),
        ),
        statements=(Statement("s1", "ISL", span, span, (span,), "indirect"),),
        conditions=(Condition("c1", None, "if", span, span),),
        model=ModelInfo("m", "1", "0" * 64),
        software="1",
    )
    loaded = schema.load()

    def check(value: object, node: dict[str, object], path: str) -> None:
        while "$ref" in node:
            node = loaded["$defs"][str(node["$ref"]).removeprefix("#/$defs/")]
        for branch in node.get("anyOf", ()):  # type: ignore[attr-defined]
            if branch != {"type": "null"}:
                check(value, branch, path)
        if isinstance(value, list):
            for item in value:
                check(item, node["items"], f"{path}[]")  # type: ignore[arg-type]
        if isinstance(value, dict) and "properties" in node:
            properties = node["properties"]
            assert isinstance(properties, dict)
            assert list(value) == list(properties), path
            for key, item in value.items():
                check(item, properties[key], f"{path}.{key}")

    check(record.to_dict(), loaded, "record")


def test_later_keys_are_ignored() -> None:
    record = Record(Document("x"))
    later = record.to_dict() | {"later": 1}
    later["document"]["later"] = [2]

    assert Record.from_json(json.dumps(later)) == record


def test_byte_order_mark_is_ignored() -> None:
    record = Record(Document("x"))

    assert Record.from_json("\ufeff" + record.to_json()) == record
    assert Record.from_json(b"\xef\xbb\xbf" + record.to_json().encode()) == record


def test_day_of_a_datetime_is_written() -> None:
    record = Record(Document("x", published=datetime.datetime(2018, 11, 9, 12)))

    assert record.to_dict()["document"]["published"] == "2018-11-09"


def test_subclass_is_read_as_itself() -> None:
    class Mine(Record):
        pass

    assert type(Mine.from_json(Record(Document("x")).to_json())) is Mine
