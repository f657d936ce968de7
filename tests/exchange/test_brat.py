"""brat standoff: nothing is lost on the way there and back, and what humans change there counts."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from standoff import ontology
from standoff.errors import InputError, InvalidAnnotationError
from standoff.exchange.brat import configuration, from_brat, to_brat
from standoff.record import (
    Actor,
    Attribution,
    Condition,
    Document,
    Event,
    Interval,
    Place,
    Quantity,
    Record,
    Span,
    Statement,
    Time,
)
from tests.exchange.examples import any_records, demo, some_records

TEXT = """Iceland warned Britain on Friday: "If two gunboats stay,
talks in Oslo are off," Agustsson said. A mob threw stones at Keflavik.
"""


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


FRIDAY = Interval("1976-02-20", "day")
RECORD = Record(
    Document(TEXT, title="Gunboats", publisher="Northern Wire"),
    actors=(
        Actor("ISL", "Iceland", "ISL", (), "state", (span("Iceland"),)),
        Actor("GBR", "United Kingdom", "GBR", (), "state", (span("Britain"),)),
        Actor("doc.p1", "Agustsson", None, (), "person", (span("Agustsson"),)),
    ),
    times=(Time(span("Friday"), FRIDAY),),
    places=(
        Place(span("Oslo"), "Oslo", "NOR", "Oslo", 59.91, 10.75, 3143244),
        Place(span("Keflavik"), "Keflavik", "ISL"),
    ),
    events=(
        Event(
            "e1",
            "THREATEN",
            span("warned"),
            (0, TEXT.index(" A mob")),
            source=("ISL",),
            target=("GBR",),
            source_spans=(span("Iceland"),),
            mode="talks",
            contexts=("diplomatic", "unlisted"),
            cameo="134",
            quad=3,
            goldstein=-5.8,
            time=FRIDAY,
            quantity=(Quantity(span("two gunboats"), 2.0, "gunboat"),),
            mentions=(span("warned"),),
            confidence=0.9,
        ),
        Event(
            "e2",
            "CONSULT",
            span("talks"),
            (0, TEXT.index(" A mob")),
            source=("ISL", "GBR"),
            target=("ISL", "GBR"),
            contexts=("diplomatic",),
            cameo="040",
            quad=1,
            goldstein=1.0,
            status="cancelled",
            factuality=-1.5,
            place=0,
            said_by=(Attribution("doc.p1", "Agustsson", "said", "asserts", "CNN"),),
            mentions=(span("talks"),),
        ),
        Event(
            "e3",
            "ASSAULT",
            span("threw stones"),
            (TEXT.index("A mob"), len(TEXT) - 1),
            source_spans=(span("A mob"),),
            place=1,
        ),
    ),
    statements=(
        Statement(
            "s1",
            "doc.p1",
            span("Agustsson"),
            span("said"),
            (Span.of(TEXT, TEXT.index("If two"), TEXT.index(',"')),),
            "direct",
            via="CNN",
        ),
    ),
    conditions=(
        Condition(
            "c1", "ISL", "if", span("talks in Oslo are off"), span("two gunboats stay"), "e2", None
        ),
    ),
    software="1.0",
)
ANN = to_brat(RECORD)


def ids(ann: str) -> dict[str, str]:
    """Return the line of each annotation by its id."""
    return {line.partition("\t")[0]: line for line in ann.splitlines()}


def the(start: str, type_: str = "", ann: str = ANN) -> str:
    """Return the id of the text-bound whose words begin so."""
    found = [
        id_
        for id_, line in ids(ann).items()
        if id_[0] == "T" and line.split("\t")[2].startswith(start) and f"\t{type_}" in line
    ]
    assert len(found) == 1, (start, found)
    return found[0]


def without(*starts: str, ann: str = ANN) -> str:
    """Return the file without the lines that start so."""
    lines = ann.splitlines(keepends=True)
    assert all(any(line.startswith(start) for line in lines) for start in starts)
    return "".join(line for line in lines if not line.startswith(starts))


def changed(old: str, new: str, ann: str = ANN) -> str:
    """Return the file with the one place that has `old` changed."""
    assert ann.count(old) == 1, (old, ann.count(old))
    return ann.replace(old, new)


def marked(id_: str, type_: str, words: str) -> str:
    """Return the line of a new text-bound."""
    found = span(words)
    return f"{id_}\t{type_} {found.start} {found.end}\t{words}\n"


def read(ann: str) -> Record:
    record = from_brat(TEXT, ann)
    assert Record.from_json(record.to_json()) == record
    assert from_brat(TEXT, to_brat(record)) == record
    return record


def test_sample_report_survives() -> None:
    ann = to_brat(demo())

    record = from_brat(demo().document.text, ann)

    assert record == demo()
    assert to_brat(record) == ann


@some_records
@given(any_records)
def test_round_trip_loses_nothing(record: Record) -> None:
    ann = to_brat(record)

    again = from_brat(record.document.text, ann)

    assert again == record
    assert to_brat(again) == ann
    assert len(ann.splitlines()) == ann.count("\n")
    assert ann.encode("utf-8").decode("utf-8") == ann


def test_order_of_lines_and_line_ends_do_not_matter() -> None:
    lines = ANN.splitlines()
    Random(1).shuffle(lines)

    assert from_brat(TEXT, "\ufeff" + "\r\n".join(lines)) == RECORD


def test_lines_are_as_brat_wants_them() -> None:
    text, ann = demo().document.text, to_brat(demo())
    lines = ids(ann)
    assert len(lines) == ann.count("\n")
    types: dict[str, str] = {}
    for id_, line in lines.items():
        kind, columns = id_[0], line.split("\t")
        if kind == "T":
            type_, offsets = columns[1].split(" ", 1)
            pairs = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
            assert columns[2] == " ".join(text[start:end] for start, end in pairs)
            assert all("\n" not in text[start:end] and start < end for start, end in pairs)
            types[id_] = type_
        elif kind == "E":
            trigger, *roles = columns[1].split()
            assert types[trigger.split(":")[1]] == trigger.split(":")[0]
            counts = Counter(role.split(":")[0] for role in roles)
            assert set(counts.values()) <= {1}
            assert all(
                re.fullmatch(r"(Source|Target|Time|Place|Quantity)\d*:T\d+", r) for r in roles
            )
    known = "\n".join(configuration().values())
    assert all(re.search(rf"^{type_}\b", known, re.MULTILINE) for type_ in types.values())


def test_span_across_lines_is_cut_at_the_line_end() -> None:
    line = ids(ANN)[the("If two gunboats", "Content")]
    end = TEXT.index("\n")

    offsets = line.split("\t")[1]

    assert f" {end};{end + 1} " in offsets
    assert line.endswith("stay, talks in Oslo are off")


def test_configuration_offers_what_is_read() -> None:
    conf = configuration()["annotation.conf"]

    sections = dict(re.findall(r"\[(\w+)\]\n((?:[^\[\n].*\n?)*)", conf))
    assert sections.keys() == {"entities", "relations", "events", "attributes"}
    assert [row.split("\t")[0] for row in sections["events"].splitlines()] == [
        type_.name for type_ in ontology.types()
    ]
    drawn = {line.split("\t")[1].split()[0] for id_, line in ids(ANN).items() if id_[0] == "A"}
    assert drawn <= {row.split("\t")[0] for row in sections["attributes"].splitlines()}
    assert "[drawing]" in configuration()["visual.conf"]


# What a human changes.


def test_moved_trigger() -> None:
    trigger = the("talks", "CONSULT")
    old, new = ids(ANN)[trigger], marked(trigger, "CONSULT", "talks in Oslo").strip()

    event = read(changed(old, new)).events[1]

    assert event.anchor == span("talks in Oslo")
    assert event.mentions == (span("talks in Oslo"),)
    assert (event.id, event.status, event.said_by) == ("e2", "cancelled", RECORD.events[1].said_by)


def test_trigger_moved_to_another_sentence_takes_that_sentence() -> None:
    trigger = the("threw stones", "ASSAULT")

    event = read(changed(ids(ANN)[trigger], marked(trigger, "ASSAULT", "warned").strip())).events[2]

    assert (event.anchor, event.sentence) == (span("warned"), RECORD.events[0].sentence)
    assert event.source_spans == ()


@pytest.mark.parametrize("lines", ["both", "event", "trigger"])
def test_changed_type_takes_its_codes(lines: str) -> None:
    trigger = the("warned", "THREATEN")
    ann = ANN
    if lines != "event":
        ann = changed(f"{trigger}\tTHREATEN", f"{trigger}\tACCUSE", ann)
    if lines != "trigger":
        ann = changed("E1\tTHREATEN", "E1\tACCUSE", ann)

    event = read(ann).events[0]

    code = ontology.cameo_for("ACCUSE", contexts=("diplomatic",))
    assert (event.type, event.mode, event.quad) == ("ACCUSE", None, int(ontology.quad("ACCUSE")))
    assert (event.cameo, event.goldstein) == (code.code, code.goldstein)
    assert (event.confidence, event.contexts) == (0.9, ("diplomatic", "unlisted"))


def test_older_name_of_a_type_is_understood() -> None:
    ann = ANN.replace("\tASSAULT", "\tFIGHT")

    assert read(ann).events[2].type == "ASSAULT"


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("Status E1 actual", "Status E1 planned", "status", "planned"),
        ("Mode E1 talks", "Mode E1 sanction", "mode", "sanction"),
        ("Context E1 diplomatic", "Context E1 wmd", "contexts", ("wmd", "unlisted")),
        ("Quad E1 3", "Quad E1 4", "quad", 4),
        ("Status E1 actual", "Aspect E1 begun", "aspect", "begun"),
        ("Stance E2 asserts", "Stance E2 denies", "said_by", ("denies", "CNN")),
        ("Quad E1 3", "Stance E1 doubts", "said_by", ("doubts", None)),
        (" Source:{iceland}", "", "source", ()),
        (" Source:{iceland}", "", "source_spans", ()),
        (" Target:{britain}", " Target:{agustsson}", "target", ("doc.p1",)),
        (" Time:{friday}", "", "time", None),
        (" Quantity:{two}", "", "quantity", ()),
    ],
)
def test_changed_field(old: str, new: str, field: str, value: Any) -> None:
    names = {
        "iceland": the("Iceland", "Actor"),
        "britain": the("Britain", "Actor"),
        "agustsson": the("Agustsson", "Actor"),
        "friday": the("Friday"),
        "two": the("two gunboats", "Quantity"),
    }
    lines = ANN.splitlines(keepends=True)
    number = 1 if "E2" in old else 0
    place = next(
        i
        for i, line in enumerate(lines)
        if old.format(**names) in line and (line[0] != "E" or line.startswith("E1"))
    )
    lines[place] = lines[place].replace(old.format(**names), new.format(**names), 1)

    event = read("".join(lines)).events[number]

    found = getattr(event, field)
    if field == "said_by":
        found = (found[0].stance, found[0].via)
    assert found == value


def test_mode_changes_the_code() -> None:
    event = read(changed("Mode E1 talks", "Mode E1 sanction")).events[0]

    assert event.cameo == ontology.cameo_for("THREATEN", "sanction", ["diplomatic"]).code


@pytest.mark.parametrize("notes", [True, False])
def test_deleted_event_is_gone(notes: bool) -> None:
    attributes = [id_ for id_, line in ids(ANN).items() if id_[0] == "A" and " E2 " in line]
    gone = ["E2\t", f"{the('talks', 'CONSULT')}\t", *(f"{id_}\t" for id_ in attributes)]
    if not notes:
        gone += [id_ for id_, line in ids(ANN).items() if "AnnotatorNotes E2" in line]

    record = read(without(*gone))

    assert [event.id for event in record.events] == ["e1", "e3"]
    assert record.conditions[0].consequent_event is None
    assert record.actors == RECORD.actors


def test_event_without_its_note_is_read_from_its_lines() -> None:
    record = read(without(*(f"{id_}\t" for id_, line in ids(ANN).items() if "Notes E1" in line)))

    assert [event.id for event in record.events] == ["e2", "e3", "e1"]
    assert record.conditions == RECORD.conditions
    event = record.events[2]
    assert (event.type, event.mode, event.source, event.target) == (
        *("THREATEN", "talks"),
        *(("ISL",), ("GBR",)),
    )
    assert (event.cameo, event.time, event.confidence) == ("134", FRIDAY, None)


def test_added_event() -> None:
    ann = ANN + (
        marked("T90", "MOBILIZE", "gunboats stay")
        + f"E9\tMOBILIZE:T90 Source:{the('Britain', 'Actor')} Target:{the('Iceland', 'Actor')} "
        f"Time:{the('Friday')} Place:{the('Oslo')} Quantity:{the('two gunboats', 'Quantity')}\n"
        "A91\tStatus E9 hypothetical\nA92\tMode E9 weapons\nA93\tContext E9 military\n"
    )

    record = read(ann)

    assert record.events[:3] == RECORD.events[:3]
    event = record.events[3]
    code = ontology.cameo_for("MOBILIZE", "weapons", ["military"])
    assert event == Event(
        "e4",
        "MOBILIZE",
        span("gunboats stay"),
        RECORD.events[0].sentence,
        source=("GBR",),
        target=("ISL",),
        source_spans=(span("Britain"),),
        target_spans=(span("Iceland"),),
        mode="weapons",
        contexts=("military",),
        cameo=code.code,
        quad=int(ontology.quad("MOBILIZE")),
        goldstein=code.goldstein,
        status="hypothetical",
        time=FRIDAY,
        place=0,
        quantity=(Quantity(span("two gunboats"), 2.0),),
        mentions=(span("gunboats stay"),),
    )


def test_file_of_a_human_alone() -> None:
    ann = (
        marked("T1", "Actor", "Iceland")
        + marked("T2", "THREATEN", "warned")
        + marked("T3", "Actor", "Britain")
        + marked("T4", "Actor", "A mob")
        + "E1\tTHREATEN:T2 Source:T1 Target:T3\n#1\tAnnotatorNotes E1\tnot sure about this one\n"
    )

    record = read(ann)

    assert record.document == Document(TEXT)
    assert [(actor.id, actor.kind) for actor in record.actors] == [
        ("ISL", "state"),
        ("GBR", "state"),
        ("doc.a1", None),
    ]
    (event,) = record.events
    assert (event.source, event.target, event.status) == (("ISL",), ("GBR",), "actual")
    assert TEXT[slice(*event.sentence)].startswith("Iceland warned Britain on Friday:")


def test_empty_file_is_an_empty_record() -> None:
    assert from_brat(TEXT, "") == Record(Document(TEXT))
    assert from_brat("", "\n\n") == Record(Document(""))


def test_reused_id_is_another_event() -> None:
    trigger = the("warned", "THREATEN")
    ann = changed(ids(ANN)[trigger], marked(trigger, "PROTEST", "threw").strip())
    ann = re.sub(r"E1\tTHREATEN:\S+.*", f"E1\tPROTEST:{trigger}", ann)
    ann = re.sub(r"A\d+\t(?!Status)\w+ E1 .*\n", "", ann)

    record = read(ann)

    assert [(event.id, event.type) for event in record.events] == [
        ("e2", "CONSULT"),
        ("e3", "ASSAULT"),
        ("e4", "PROTEST"),
    ]
    assert record.events[2].confidence is None


def test_changed_reference_moves_the_mention() -> None:
    record = read(changed("Standoff:GBR\tUnited Kingdom", "Standoff:NOR\t"))

    by_id = {actor.id: actor for actor in record.actors}
    assert by_id["NOR"] == Actor("NOR", "Norway", "NOR", (), "state", (span("Britain"),))
    assert "GBR" not in by_id
    assert record.events[0].target == ("NOR",)
    assert (record.events[1].source, record.events[1].target) == (("ISL", "NOR"), ("ISL", "NOR"))


def test_speaker_who_is_somebody_else() -> None:
    record = read(changed("Standoff:doc.p1\tAgustsson", "Standoff:ISL\tIceland"))

    assert record.statements[0].speaker == "ISL"


def test_words_of_a_party_get_a_name() -> None:
    mob = the("A mob", "Actor")

    record = read(ANN + f"N90\tReference {mob} Standoff:ISL.CVL\t\n")

    assert record.events[2].source == ("ISL.CVL",)
    assert record.events[2].source_spans == (span("A mob"),)
    assert {actor.id: actor.mentions for actor in record.actors}["ISL.CVL"] == (span("A mob"),)


def test_actor_that_nothing_names_any_more_is_gone() -> None:
    agustsson, speaker = the("Agustsson", "Actor"), the("Agustsson", "Speaker")
    references = [
        id_ for id_, line in ids(ANN).items() if id_[0] == "N" and f" {agustsson} " in line
    ]
    relations = [id_ for id_, line in ids(ANN).items() if id_[0] == "R" and "Ties" not in line]

    record = read(without(f"{agustsson}\t", f"{speaker}\t", *references, *relations))

    assert record.statements == ()
    assert "doc.p1" in {actor.id for actor in record.actors}  # e2 was said by him
    events = without(f"{agustsson}\t", f"{speaker}\t", *references, *relations)
    without_e2 = re.sub(r"^(E2\t|A\d+\t\w+ E2 ).*\n", "", events, flags=re.MULTILINE)
    assert "doc.p1" not in {actor.id for actor in read(without_e2).actors}


def test_equivalence_says_who_it_is() -> None:
    ann = ANN + marked("T90", "Actor", "gunboats") + f"*\tEquiv T90 {the('Britain', 'Actor')}\n"

    by_id = {actor.id: actor for actor in read(ann).actors}

    assert by_id["GBR"].mentions == (span("Britain"), span("gunboats"))


def test_time_and_place_by_hand() -> None:
    oslo = f"{the('Oslo')}\t"
    record = read(
        re.sub(r"(E2\t.*) Place:T\d+|N\d+\tReference T\d+ GeoNames.*\n", r"\1", without(oslo))
        + marked("T90", "Time", "on Friday")
        + marked("T91", "Place", "Oslo")
        + "N90\tReference T91 GeoNames:3143244\tOslo\n"
    )

    assert record.times[1] == Time(span("on Friday"))  # no day of publication is known
    assert record.places == (RECORD.places[1], RECORD.places[0])
    assert [event.place for event in record.events] == [None, None, 0]


def test_dated_report_resolves_a_time_by_hand() -> None:
    text = demo().document.text
    start = text.index("at the last minute")
    ann = to_brat(demo()) + f"T9000\tTime {start} {start + 18}\tat the last minute\n"
    before = len(demo().times)

    assert from_brat(text, ann).times[before] == Time(Span.of(text, start, start + 18))
    bare = re.sub(r"^T\d+\tTime 719 727\t.*\n", "", ann, flags=re.MULTILINE)
    time = from_brat(text, re.sub(r" Time:T\d+", "", bare) + "T9001\tTime 719 727\tDecember\n")
    assert time.times[-1].interval == demo().times[2].interval


def test_removed_place_moves_the_others() -> None:
    ann = without(f"{the('Oslo')}\t", ann=re.sub(r"(E2\t.*) Place:T\d+", r"\1", ANN))
    ann = re.sub(r"N\d+\tReference T\d+ GeoNames.*\n", "", ann)

    record = read(ann)

    assert record.places == RECORD.places[1:]
    assert [event.place for event in record.events] == [None, None, 0]


def test_quantity_by_hand_needs_a_number() -> None:
    ann = re.sub(r"^(E3\t.*)", r"\1 Quantity:T90", ANN, flags=re.MULTILINE)
    ann += marked("T90", "Quantity", "stones")

    with pytest.raises(InvalidAnnotationError, match="'stones' is no Quantity"):
        from_brat(TEXT, ann)


def test_statement_and_condition_by_hand() -> None:
    ann = (
        re.sub(r"^R\d+\t.*\n", "", ANN, flags=re.MULTILINE)
        + marked("T90", "Content", "A mob threw stones at Keflavik")
        + f"R90\tSaid Arg1:{the('Agustsson', 'Speaker')} Arg2:T90\n"
        + f"R91\tCued Arg1:{the('said', 'Cue')} Arg2:T90\n"
        + f"R92\tTies Arg1:E2 Arg2:{the('two gunboats', 'Condition')}\n"
    )

    record = read(ann)

    content = (span("A mob threw stones at Keflavik"),)
    assert record.statements == (
        Statement("s2", "doc.p1", span("Agustsson"), span("said"), content, "indirect"),
    )
    assert record.conditions == (
        Condition("c2", None, "if", span("talks"), span("two gunboats stay"), "e2", None),
    )


def test_second_content_of_a_statement() -> None:
    speaker = the("Agustsson", "Speaker")
    ann = ANN + marked("T90", "Content", "A mob") + f"R90\tSaid Arg1:{speaker} Arg2:T90\n"

    (statement,) = read(ann).statements

    assert statement.content == (*RECORD.statements[0].content, span("A mob"))
    assert statement.via == "CNN"


def test_moved_words_keep_their_entry() -> None:
    condition, speaker = the("two gunboats", "Condition"), the("Agustsson", "Speaker")
    ann = changed(ids(ANN)[condition], marked(condition, "Condition", "If two gunboats").strip())
    ann = changed(ids(ANN)[speaker], marked(speaker, "Speaker", "Agustsson said").strip(), ann)

    record = read(ann)

    assert record.conditions[0].condition == span("If two gunboats")
    assert (record.conditions[0].actor, record.conditions[0].consequent_event) == ("ISL", "e2")
    assert record.statements[0].speaker_span == span("Agustsson said")
    assert record.statements[0].speaker == "doc.p1"


# What is refused.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "is no id of an annotation"),
        ("X1\tActor 0 7\tIceland", "is no id of an annotation"),
        ("T90", "T90 is not of the form"),
        ("T90\tActor 0 7", "the text has 'Iceland' there, not ''"),
        ("T90\tActor 7 0\tIceland", "7 to 0 is no stretch"),
        ("T90\tActor 0 0\t", "0 to 0 is no stretch"),
        ("T90\tActor 0 999999999\tIceland", "is no stretch of a text of"),
        ("T90\tActor 0 99999999999999999999\tIceland", "not of the form"),
        ("T90\tActor -1 7\tIceland", "not of the form"),
        ("T90\tActor 0 ٧\tIceland", "not of the form"),
        ("T90\tActor 0 5;3 7\tIcelaland", "overlap at 3"),
        ("T90\tActor 0 7\tNorway", "the text has 'Iceland' there, not 'Norway'"),
        ("T90\tWeapon 0 7\tIceland", "unknown event type 'Weapon'"),
        ("T90\tYIELD 0 7\tIceland", "'YIELD' is ambiguous"),
        ("T1\tActor 0 7\tIceland", "T1 is there already, in line 1"),
        ("E90\tASSAULT", "expected ROLE:ID"),
        ("E90\tASSAULT:T900", "E90 refers to 'T900', which is not there"),
        ("E90\tASSAULT:E90", "E90 is not of the form"),
        ("E90\tASSAULT:{trigger} Source:E1", "Source of E90 is E1, which is no Actor"),
        ("E90\tASSAULT:{trigger} Source:{trigger}", "which is no Actor"),
        ("E90\tASSAULT:{trigger} Weapon:T1", "'Weapon' is no role of an event"),
        ("E90\tATTACK:{trigger}", "unknown event type 'ATTACK'"),
        ("A90\tStatus", "A90 is not of the form"),
        ("A90\tStatus E1 maybe", "'maybe' is no Status"),
        ("A90\tStatus E1", "'' is no Status"),
        ("A90\tStatus E1 denied", "E1 has two of the attribute Status"),
        ("A90\tNegation E1", "unknown attribute 'Negation'; known: Status"),
        ("A90\tStatus T1 actual", "T1 is no event"),
        ("A90\tMode E2 demo", "unknown mode 'demo' of CONSULT"),
        ("M90\tStatus E99 actual", "M90 refers to 'E99'"),
        ("R90\tTies Arg1:T1", "R90 is not of the form"),
        ("R90\tTies Arg1:R90 Arg2:T1", "expected ROLE:ID"),
        ("N90\tReference T1 Standoff", "N90 is not of the form"),
        ("N90\tReference E1 Standoff:ISL\tIceland", "N90 is not of the form"),
        ("*\tEquiv T1 T900", "refers to 'T900'"),
        ("*\tSame T1 T2", "is not of the form"),
        ("#90\tAnnotatorNotes", "#90 is not of the form"),
        ("#90\tAnnotatorNotes E1\t{", "the note is not JSON"),
        ("#90\tAnnotatorNotes document\t{}", "the note holds no record"),
        ('#90\tAnnotatorNotes document\t{"record": []}', "the note holds no record"),
        ("#90\tAnnotatorNotes document\t" + '{"a":' * 10_000, "the note is not JSON"),
        ('#90\tAnnotatorNotes document\t{"record": 1e999}', "the note holds no record"),
        ("\x00\x01\x02", "is no id of an annotation"),
    ],
)
def test_bad_line_is_named(line: str, said: str) -> None:
    trigger = the("threw stones", "ASSAULT")
    ann = ANN + line.replace("{trigger}", trigger) + "\n"

    with pytest.raises(InvalidAnnotationError) as caught:
        from_brat(TEXT, ann, name="gunboats.ann")

    number = ann.count("\n") if "holds no record" not in said or "document" in line else 0
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"gunboats.ann: line {number}: ")
    assert isinstance(caught.value, InputError)
    assert caught.value.name == "gunboats.ann"


def test_another_text_is_refused() -> None:
    with pytest.raises(InvalidAnnotationError, match="the offsets are of another text"):
        from_brat("\n" + TEXT, ANN)
    with pytest.raises(InvalidAnnotationError, match="the text has changed since"):
        from_brat(TEXT + "\n", ANN)


def test_damaged_note_is_refused() -> None:
    with pytest.raises(InvalidAnnotationError, match=r"events\[0\].confidence"):
        from_brat(TEXT, changed('"confidence": 0.9', '"confidence": "high"'))


PIECES = [
    *("T1", "T2", "E1", "E2", "R1", "#1", "Source:T1", "Place:T2", "Quantity:T1", "AGREE:T1"),
    *("Status", "Context2", "Actor", "Time", "PROTEST", "Ties", "Said", "Cued", "document"),
    *(
        "Arg1:T1",
        "Arg2:E1",
        "0 1",
        "1 2;3 4",
        "5 2",
        "-1",
        "9" * 5000,
        "Standoff:ISL",
        "GeoNames:5",
    ),
    *("{}", "\t", " ", "\x00", "*\tEquiv T1 T2"),
]


@some_records
@given(any_records, st.randoms(use_true_random=False), st.integers(1, 5))
def test_mangled_file_is_read_or_refused(record: Record, random: Random, times: int) -> None:
    lines = to_brat(record).split("\n")
    for _ in range(times):
        place = random.randrange(len(lines))
        columns = re.split(r"([\t ])", lines[place])
        columns[random.randrange(len(columns))] = random.choice([*PIECES, *lines])
        if random.random() < 0.5:
            lines[place] = "".join(columns)
        elif len(lines) > 1:
            lines.pop(place)
    try:
        again = from_brat(record.document.text, "\n".join(lines))
    except InvalidAnnotationError:
        return
    assert Record.from_json(again.to_json()) == again
    assert from_brat(record.document.text, to_brat(again)) == again
