"""CoNLL-U: every sentence is a tree of ten columns, and the text can be put together again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from standoff.exchange.conllu import to_conllu
from standoff.record import Actor, Document, Event, Record, Span
from tests.exchange.examples import any_records, demo

# The parser reads each text, so there are fewer of them.
few_records = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))

UPOS = set(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
)
UNESCAPED = {r"\s": " ", r"\t": "\t", r"\n": "\n", r"\r": "\r"}

Block = tuple[dict[str, str], list[list[str]]]


def blocks(conllu: str) -> list[Block]:
    """Return the comments and rows of each sentence, held against the rules of the format."""
    assert conllu == "" or conllu.endswith("\n\n")
    found: list[Block] = []
    for block in conllu.split("\n\n")[:-1]:
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("# ")]
        rows = [line.split("\t") for line in lines[len(comments) :]]
        check_rows(rows)
        found.append((dict(c[2:].partition(" = ")[::2] for c in comments), rows))
        assert found[-1][0]["text"] == text_of(rows)
    ids = [comments["sent_id"] for comments, _ in found]
    assert len(set(ids)) == len(ids)
    return found


def check_rows(rows: list[list[str]]) -> None:
    assert rows
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    for row in rows:
        assert len(row) == 10
        assert all(column and column == column.strip() for column in row)
        assert len("\t".join(row).splitlines()) == 1
        assert row[3] in UPOS
        assert re.fullmatch(r"[a-z]+(:[a-z]+)*", row[7])
        assert (row[6] == "0") == (row[7] == "root")
    heads = [int(row[6]) for row in rows]
    assert heads.count(0) == 1
    for node in range(1, len(rows) + 1):
        for _ in range(len(rows) + 1):
            node = heads[node - 1] if node else 0
        assert node == 0  # whoever follows the heads comes to the root


def text_of(rows: list[list[str]]) -> str:
    return "".join(
        row[1] + ("" if misc(row).get("SpaceAfter") == "No" else " ") for row in rows
    ).rstrip(" ")


def misc(row: list[str]) -> dict[str, str]:
    return dict(part.split("=", 1) for part in row[9].split("|"))


def whole_text(found: list[Block]) -> str:
    """Return the text that the blanks of the last column put together."""
    parts = []
    for _, rows in found:
        for row in rows:
            notes = misc(row)
            after = "" if notes.get("SpaceAfter") == "No" else notes.get("SpacesAfter", r"\s")
            parts += [blanks(notes.get("SpacesBefore", "")), row[1], blanks(after)]
    return "".join(parts)


def blanks(escaped: str) -> str:
    pieces = re.findall(r"\\u[0-9a-f]{4}|\\.", escaped)
    assert "".join(pieces) == escaped
    return "".join(UNESCAPED.get(p) or chr(int(p[2:], 16)) for p in pieces)


def values(found: list[Block], key: str) -> list[tuple[list[str], str]]:
    return [(row, misc(row)[key]) for _, rows in found for row in rows if key in misc(row)]


def test_sample_report() -> None:
    found = blocks(to_conllu(demo()))

    assert whole_text(found) == demo().document.text
    assert found[0][0]["newdoc id"] == demo().document.id
    assert found[0][0]["text"] == demo().document.title
    assert "newpar" in found[1][0]
    for _, rows in found:
        for row in rows:
            start, end = int(misc(row)["StartChar"]), int(misc(row)["EndChar"])
            assert demo().document.text[start:end] == row[1]


def test_events_stand_at_the_head_of_their_anchor() -> None:
    found = values(blocks(to_conllu(demo())), "Event")

    events = {value.split(":")[0]: (row, value) for row, many in found for value in many.split(",")}
    assert events.keys() == {event.id for event in demo().events}
    for event in demo().events:
        row, value = events[event.id]
        assert value == f"{event.id}:{event.type}:{event.status}"
        assert event.anchor.start <= int(misc(row)["StartChar"]) < event.anchor.end
    assert events["e14"][0][1] == "break"  # of "break off"


def test_entities_are_bracketed_as_in_corefud() -> None:
    found = blocks(to_conllu(demo()))

    assert found[0][0]["global.Entity"] == "eid-etype-head"
    mentions = 0
    for _, rows in found:
        open_: list[str] = []
        for row in rows:
            for opened, single, closed in re.findall(
                r"\(([^()]+)(\))?|([^()]+)\)", misc(row).get("Entity", "")
            ):
                if closed:
                    open_.remove(closed)
                    continue
                eid, _, head = opened.rsplit("-", 2)
                mentions += 1
                assert int(head) >= 1
                if not single:
                    open_.append(eid)
        assert not open_
    assert mentions == sum(len(actor.mentions) for actor in demo().actors)


def test_line_end_within_a_sentence_is_a_blank() -> None:
    lines = [
        "Iceland left the talks in Oslo on Friday after three days without any",
        "result, its foreign minister told reporters at the airport before he",
        "boarded a plane to Reykjavik, and the British delegation said that it",
        "would wait for two more days before it went home as well.",
    ]

    ((comments, rows),) = blocks(to_conllu(Record(Document("\n".join(lines)))))

    assert comments["text"] == " ".join(lines)
    assert [row[1] for row in rows if misc(row).get("SpacesAfter") == r"\n"] == ["any", "he", "it"]


def test_awkward_values() -> None:
    text = "\n Iceland\tleft\nthe talks.\r\n\r\nBritain\u2028stayed|on.\n"
    start = text.index("left\nthe talks")
    record = Record(
        Document(text),
        actors=(
            Actor("A|B-(c) d", "Iceland", kind="armed group", mentions=(Span.of(text, 2, 9),)),
        ),
        events=(
            Event("e=1", "REJECT", Span.of(text, start, start + 14), (0, 5)),
            Event("e2", "REJECT", Span.of(text, start, start + 4), (0, 5), status="denied"),
            Event("e3", "REJECT", Span.of(text, 0, 0), (0, 5)),
        ),
    )

    found = blocks(to_conllu(record))

    assert whole_text(found) == text
    assert found[0][0]["text"] == "Iceland left"
    assert values(found, "Entity")[0][1] == "(A%7CB%2D%28c%29%20d-armed%20group-1)"
    ((row, value),) = values(found, "Event")
    assert (row[1], value) == ("left", "e%3D1:REJECT:actual,e2:REJECT:denied")


def test_sentence_that_is_read_in_pieces_has_one_root() -> None:
    words = " ".join("x" * 390 for _ in range(5))

    (block,) = blocks(to_conllu(Record(Document(f"{words} {'y' * 3000} went home."))))

    assert len(block[1]) > 5


@pytest.mark.parametrize("text", ["", "\n\n \t"])
def test_text_without_words_is_empty(text: str) -> None:
    assert to_conllu(Record(Document(text))) == ""


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    ((_, rows),) = blocks(to_conllu(Record(Document("Talks \ud83d failed 😀 here."))))

    places: list[Any] = [(row[1], int(misc(row)["StartChar"])) for row in rows]
    assert ("\ufffd", 6) in places
    assert ("here", 17) in places


@few_records
@given(any_records)
def test_any_text_keeps_to_the_rules(record: Record) -> None:
    conllu = to_conllu(record)

    text = re.sub("[\ud800-\udfff]", "\ufffd", record.document.text)
    if conllu or text.strip():
        assert whole_text(blocks(conllu)) == text
    conllu.encode("utf-8")
