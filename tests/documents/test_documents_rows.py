"""Archives with one report a line: what each line gives, and that a bad one stops no other."""

from __future__ import annotations

import datetime
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from standoff.documents import rows
from standoff.documents.rows import BadRow
from standoff.errors import EmptyDocumentError, InputError, InvalidDateError, InvalidRecordError
from standoff.record import Document, Record

GOOD = '{"text": "Iceland and Britain met on cod."}'
FULL = {
    "text": "Iceland and Britain met on cod.",
    "title": "Cod talks",
    "published": "1976-02-20",
    "url": "https://f.example/1",
    "publisher": "The Fathom",
}


def written(folder: Path, *lines: str | bytes, name: str = "archive.jsonl") -> Path:
    path = folder / name
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def read(path: Path) -> list[Document | Record | BadRow]:
    return [row for _, row in rows.read(path)]


def test_a_row_is_a_report(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(FULL), GOOD)

    (full, bare) = rows.read(path)

    assert full[0] == f"{path}:1"
    assert bare[0] == f"{path}:2"
    assert isinstance(full[1], Document)
    assert isinstance(bare[1], Document)
    assert full[1] == Document(
        FULL["text"], "Cod talks", datetime.date(1976, 2, 20), "https://f.example/1", "The Fathom",
        full[1].language,
    )  # fmt: skip
    assert (bare[1].title, bare[1].published, bare[1].url, bare[1].publisher) == (None,) * 4


def test_a_compressed_archive_is_read_alike(tmp_path: Path) -> None:
    lines = [json.dumps(FULL), GOOD, '{"text": 1}']
    plain = read(written(tmp_path, *lines))
    packed = read(written(tmp_path, *lines, name="archive.ndjson.gz"))

    assert packed[:2] == plain[:2]
    assert isinstance(packed[2], BadRow)


@pytest.mark.parametrize(
    ("field", "other", "value"), [("published", "date", "1976-02-20"), ("publisher", "source", "X")]
)
def test_fields_under_other_names(tmp_path: Path, field: str, other: str, value: str) -> None:
    named = {"text": FULL["text"], other: value}
    both = named | {field: value, other: "1999-01-01"}
    null = named | {field: None}
    empty = named | {field: ""}
    lines = [json.dumps(row) for row in (named, both, null, empty)]

    found = [getattr(row, field) for row in read(written(tmp_path, *lines))]

    assert [str(value_) for value_ in found] == [value] * 4


def test_blank_lines_a_mark_at_the_start_and_ends_of_lines_do_not_matter(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeff" + GOOD, "", "  \t\r", GOOD + "\r", "", GOOD, "", "")

    assert [name.rpartition(":")[2] for name, _ in rows.read(path)] == ["1", "4", "6"]
    assert all(isinstance(row, Document) for row in read(path))


@pytest.mark.parametrize(
    ("line", "error", "what"),
    [
        ("Iceland met Britain.", InputError, "no JSON"),
        ('{"text": "cut off', InputError, "no JSON"),
        (GOOD + GOOD, InputError, "no JSON"),
        ("[" * 100_000, InputError, "no JSON"),
        (b'{"text": "caf\xe9 talks"}', InputError, "UTF-8"),
        (b"\xff\xfe{\0", InputError, "UTF-8"),
        ("[]", InputError, "object"),
        ('"text"', InputError, "object"),
        ("null", InputError, "object"),
        ("3", InputError, "object"),
        ("{}", InputError, "no “text”"),
        ('{"body": "Iceland met Britain."}', InputError, "no “text”"),
        ('{"text": 7}', InputError, "“text” must be text, not int"),
        ('{"text": ["a"]}', InputError, "“text” must be text, not list"),
        ('{"text": "a b", "title": {}}', InputError, "“title” must be text, not dict"),
        ('{"text": "a b", "date": 19760220}', InputError, "“date” must be text, not int"),
        ('{"text": "a b", "publisher": true}', InputError, "“publisher” must be text, not bool"),
        ('{"text": "a b", "date": "20.2.1976"}', InvalidDateError, "20.2.1976"),
        ('{"text": "a b", "date": "1066-10-14"}', InvalidDateError, "1066-10-14"),
        ('{"text": ""}', EmptyDocumentError, "no text"),
        ('{"text": null}', EmptyDocumentError, "no text"),
        ('{"text": " \\u200b\\n"}', EmptyDocumentError, "no text"),
        ('{"text": "half \\ud83d"}', InputError, ""),
        ('{"document": {}, "events": []}', InvalidRecordError, "document"),
        ('{"document": 1, "events": 2}', InvalidRecordError, "document"),
    ],
)
def test_a_bad_row_is_named_and_the_next_one_follows(
    tmp_path: Path, line: str | bytes, error: type[Exception], what: str
) -> None:
    path = written(tmp_path, GOOD, line, GOOD)

    first, bad, last = read(path)

    assert isinstance(first, Document)
    assert first == last
    assert isinstance(bad, BadRow)
    assert bad.name == f"{path}:2"
    assert isinstance(bad.error, error)
    assert what in str(bad.error)


def test_records_are_given_back_as_they_were(tmp_path: Path) -> None:
    record = Record(Document("Talks 🐟 went on\u2028 and on.", title="Cod"), warnings=("Odd.",))
    other = Record(Document("No talks."))

    found = read(written(tmp_path, record.to_json(), GOOD, other.to_json()))

    assert found[0] == record
    assert isinstance(found[1], Document)
    assert found[2] == other


def test_a_record_of_a_changed_text_is_refused(tmp_path: Path) -> None:
    changed = Record(Document("No talks.")).to_json().replace("No talks.", "Talks.")

    (bad,) = read(written(tmp_path, changed))

    assert isinstance(bad, BadRow)
    assert "changed" in str(bad.error)


def _until_error(path: Path) -> tuple[int, str]:
    """Return how many rows came before the error, and what it says."""
    iterator: Iterator[object] = rows.read(path)
    count = 0
    while True:
        try:
            next(iterator)
        except InputError as error:
            return count, str(error)
        count += 1


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Iceland and Britain met {k * 7919 % 1000} times."}) for k in
             range(20_000)]  # fmt: skip
    data = written(tmp_path, *lines, name="whole.jsonl.gz").read_bytes()
    cut, spoilt, none = (tmp_path / f"{name}.jsonl.gz" for name in ("cut", "spoilt", "none"))
    cut.write_bytes(data[: len(data) * 3 // 4])
    spoilt.write_bytes(data[: len(data) // 2] + b"fish" * 500 + data[len(data) // 2 :])
    none.write_bytes(b"Dear Olafur")

    for path in (cut, spoilt):
        count, said = _until_error(path)
        assert count > 1000
        assert said.startswith(f"{path}: it cannot be read (")
    assert _until_error(cut)[0] < len(lines)
    assert _until_error(none)[0] == 0


def test_a_file_that_is_missing_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()

    for name in ("missing.jsonl", "missing.jsonl.gz", "folder.jsonl"):
        count, said = _until_error(tmp_path / name)
        assert count == 0
        assert said.startswith(f"{tmp_path / name}: it cannot be read (")


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_BYTES", 1000)
    path = written(tmp_path, GOOD, json.dumps({"text": "cod " * 240}), "x" * 5000, GOOD)

    count, said = _until_error(path)

    assert count == 2
    assert "line 3" in said
    assert "1,000 bytes" in said


def test_an_empty_archive_has_no_rows(tmp_path: Path) -> None:
    assert read(written(tmp_path, "")) == []
    assert read(written(tmp_path, "", name="empty.jsonl.gz")) == []


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("a.jsonl", True), ("a.ndjson", True), ("a.JSONL.GZ", True), ("a.ndjson.gz", True),
        ("a.json", False), ("a.gz", False), ("a.txt", False), ("jsonl", False), ("a.csv", False),
    ],
)  # fmt: skip
def test_which_files_have_one_report_a_line(name: str, is_one: bool) -> None:
    assert rows.is_rows(Path("folder") / name) is is_one
