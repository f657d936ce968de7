"""The full table of accounts: columns, CSV, JSON lines, Parquet, Excel."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import hypothesis.strategies as st
import openpyxl
import pyarrow as arrow
import pytest
from hypothesis import given
from pyarrow import parquet

from standoff.errors import (
    ExportLimitError,
    InvalidRecordError,
    InvalidTableError,
    MissingExtraError,
    StandoffError,
)
from standoff.exchange import tables
from standoff.exchange.jsonl import of_line, to_line
from standoff.exchange.profiles import profile
from standoff.exchange.tables import (
    flat,
    read_jsonl,
    write_csv,
    write_excel,
    write_jsonl,
    write_parquet,
)
from standoff.record import Attribution, Code, Quantity, Span
from standoff.store.model import Account
from tests.exchange.accounts import account, few

COLUMNS = {
    "id": "string",
    "event": "string",
    "document": "string",
    "local": "string",
    "type": "string",
    "mode": "string",
    "contexts": "strings",
    "cameo": "string",
    "quad": "integer",
    "goldstein": "number",
    "source": "strings",
    "target": "strings",
    "source_words": "string",
    "target_words": "string",
    "status": "string",
    "aspect": "string",
    "factuality": "number",
    "value": "string",
    "grain": "string",
    "start": "day",
    "end": "day",
    "place": "string",
    "country": "string",
    "admin1": "string",
    "lat": "number",
    "lon": "number",
    "geonameid": "integer",
    "said_by_actor": "strings",
    "said_by_text": "strings",
    "said_by_cue": "strings",
    "said_by_stance": "strings",
    "said_by_via": "strings",
    "quantity_value": "numbers",
    "quantity_unit": "strings",
    "quantity_start": "integers",
    "quantity_end": "integers",
    "quantity_text": "strings",
    "code_codebook": "strings",
    "code_type": "strings",
    "code_confidence": "numbers",
    "anchor_start": "integer",
    "anchor_end": "integer",
    "anchor_text": "string",
    "mention_start": "integers",
    "mention_end": "integers",
    "mention_text": "strings",
    "tie_relation": "strings",
    "tie_consequent": "strings",
    "tie_consequent_start": "integers",
    "tie_consequent_end": "integers",
    "tie_condition": "strings",
    "tie_condition_start": "integers",
    "tie_condition_end": "integers",
    "telling_speaker": "strings",
    "telling_words": "strings",
    "telling_via": "strings",
    "telling_cue": "strings",
    "telling_content": "strings",
    "telling_content_start": "integers",
    "telling_content_end": "integers",
    "denial_speaker": "strings",
    "denial_words": "strings",
    "denial_via": "strings",
    "denial_cue": "strings",
    "denial_content": "strings",
    "denial_content_start": "integers",
    "denial_content_end": "integers",
    "sentence_start": "integer",
    "sentence_end": "integer",
    "sentence_text": "string",
    "confidence": "number",
    "published": "day",
    "publisher": "string",
    "url": "string",
    "title": "string",
    "original": "string",
    "outlet": "string",
    "origin": "string",
    "review": "string",
}

FULL = account(
    quad=4,
    goldstein=-9.5,
    target=("ISL", "IGO.NATO"),
    said_by=(
        Attribution("ISL", "Iceland", "said", "asserts", "MEDIA.AP"),
        Attribution(None, "he; she", None, "doubts"),
    ),
    quantity=(Quantity(Span(0, 3, "Two"), 2.0, "ship"), Quantity(Span(8, 9, "5"), 2.5)),
    codes=(Code("mine", "RAM", 0.5),),
    mentions=(Span(4, 10, "rammed"),),
    sentence=(0, 10),
    publisher='The "Times", London',
    lat=65.26,
    geonameid=2626573,
)
TEXTS = {FULL.document: "Two rammed a third."}
WRITERS: list[Callable[..., Any]] = [write_csv, write_excel, write_jsonl, write_parquet]


def generated(kind: Any) -> st.SearchStrategy[Any]:
    """Return what generates values of an annotation, all of which JSON can hold."""
    origin, inner = get_origin(kind), get_args(kind)
    if attrs.has(kind):
        hints = get_type_hints(kind)
        return st.builds(
            kind, **{each.name: generated(hints[each.name]) for each in attrs.fields(kind)}
        )
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple and inner[-1] is ...:
        return st.lists(generated(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(generated, inner))
    if inner:
        return st.one_of(*(generated(each) for each in inner))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=5) | st.sampled_from(["=1", "\x85\u2028\n\t\r\x00", "a;b", "\ud83d"]),
        int: st.integers(0, 2**60),
        float: st.floats(-1e9, 1e9),
        datetime.date: st.dates(),
        NoneType: st.none(),
    }
    return simple[kind]


any_account = generated(Account)


def test_columns() -> None:
    found = {column.name: column.type for column in profile("accounts", "csv").columns}
    assert found == COLUMNS
    assert list(found) == list(COLUMNS)
    assert all(column.meaning for column in profile("accounts", "csv").columns)


def test_every_field_has_a_column() -> None:
    fields = {column.field.partition(".")[0] for column in profile("accounts", "csv").columns}
    assert fields == {field.name for field in attrs.fields(Account)}


def test_flat() -> None:
    row = flat(FULL)
    assert row["target"] == ("ISL", "IGO.NATO")
    assert row["said_by_via"] == ("MEDIA.AP", None)
    assert row["quantity_start"] == (0, 8)
    assert (row["anchor_start"], row["anchor_text"]) == (4, "rammed")
    assert row["sentence_text"] is None
    assert flat(FULL, TEXTS)["sentence_text"] == "Two rammed"
    held = attrs.evolve(FULL, sentence_text="Held")
    assert flat(held, TEXTS)["sentence_text"] == "Held"


def test_csv(tmp_path: Path) -> None:
    manifest = write_csv(tmp_path / "t.csv", [FULL], texts=TEXTS)
    data = (tmp_path / "t.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    assert list(row) == list(COLUMNS)
    assert row["publisher"] == 'The "Times", London'
    assert row["target"] == "ISL;IGO.NATO"
    assert row["said_by_text"] == "Iceland;he, she"
    assert row["said_by_actor"] == "ISL;"
    assert row["quantity_value"] == "2.0;2.5"
    assert row["goldstein"] == "-9.5"
    assert row["start"] == "1976-02-19"
    assert row["sentence_text"] == "Two rammed"
    assert row["mode"] == ""
    assert manifest.losses == profile("accounts", "csv").losses != ()


@few
@given(accounts=st.lists(any_account, max_size=3))
def test_csv_keeps_every_text(
    tmp_path_factory: pytest.TempPathFactory, accounts: list[Account]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv(path, accounts)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row, told in zip(rows, accounts, strict=True):
        for name in ("id", "title", "anchor_text", "sentence_text"):
            value = flat(told)[name] or ""
            assert row[name] == value.replace("\ud83d", "\ufffd")


@few
@given(accounts=st.lists(any_account, max_size=3))
def test_json_lines_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, accounts: list[Account]
) -> None:
    path = tmp_path_factory.mktemp("jsonl") / "t.jsonl"
    manifest = write_jsonl(path, accounts)
    assert list(read_jsonl(path)) == accounts
    assert manifest.rows == len(accounts)
    assert len(path.read_text("utf-8").splitlines()) == len(accounts)
    assert manifest.losses == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"status": "dreamt"}, "status: expected one of actual"),
        ({"anchor": {"start": 0, "end": 1}}, "anchor.text: missing"),
        ({"start": "1976-02-30"}, "start: there is no day"),
        ({"lat": 10**400}, "lat: "),
        ({"sentence": [1]}, "sentence: expected 2 values, found 1"),
        ({"mentions": [{}]}, r"mentions\[0\].start: missing"),
        ({"quad": True}, "quad: expected an integer"),
    ],
)
def test_json_lines_that_are_no_accounts(
    tmp_path: Path, change: dict[str, Any], problem: str
) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(to_line(FULL) + "\n" + json.dumps(json.loads(to_line(FULL)) | change))
    with pytest.raises(InvalidTableError, match=rf"t\.jsonl: line 2: {problem}") as caught:
        list(read_jsonl(path))
    assert caught.value.line == 2


@pytest.mark.parametrize("line", ["{", "[]", "null", "\xff", "[" * 100_000, "1" * 5_000])
def test_lines_that_are_no_json(tmp_path: Path, line: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(line.encode("latin-1"))
    with pytest.raises(InvalidTableError, match="line 1: "):
        list(read_jsonl(path))


@pytest.mark.parametrize("change", [{"lat": float("nan")}, {"title": "\ud83d\ude00"}])
def test_what_json_cannot_hold_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecordError, match="account a1: cannot be JSON"):
        write_jsonl(tmp_path / "t.jsonl", [attrs.evolve(FULL, **change)])
    assert list(tmp_path.iterdir()) == []


def test_unknown_keys_are_ignored() -> None:
    assert of_line(json.dumps(json.loads(to_line(FULL)) | {"new": 1})) == FULL


def test_parquet_is_typed(tmp_path: Path) -> None:
    manifest = write_parquet(tmp_path / "t.parquet", [FULL, account("a2")], texts=TEXTS)
    found = parquet.read_table(tmp_path / "t.parquet")
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "day": arrow.date32(),
    }
    for name, kind in COLUMNS.items():
        expected = types.get(kind) or arrow.list_(types[kind.removesuffix("s")])
        assert found.schema.field(name).type == expected, name
    assert found.column_names == list(COLUMNS)
    row = found.to_pylist()[0]
    assert row["start"] == datetime.date(1976, 2, 19)
    assert row["said_by_via"] == ["MEDIA.AP", None]
    assert row["quantity_value"] == [2.0, 2.5]
    assert (row["mode"], row["sentence_text"]) == (None, "Two rammed")
    assert manifest.rows == 2


def test_parquet_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_GROUP", 2)
    told = (account(f"a{number}", title="\ud83d") for number in range(5))
    assert write_parquet(tmp_path / "t", told).rows == 5
    found = parquet.ParquetFile(tmp_path / "t")
    assert found.metadata.num_row_groups == 3
    assert found.read(["title"]).to_pylist()[4] == {"title": "\ufffd"}


def test_no_accounts(tmp_path: Path) -> None:
    for write in WRITERS:
        assert write(tmp_path / write.__name__, []).rows == 0
    assert parquet.read_table(tmp_path / "write_parquet").num_columns == len(COLUMNS)
    assert list(read_jsonl(tmp_path / "write_jsonl")) == []


def sheet(path: Path) -> Iterator[dict[str, Any]]:
    rows = openpyxl.load_workbook(path)["accounts"].iter_rows()
    names = [cell.value for cell in next(rows)]
    for row in rows:
        yield dict(zip(names, row, strict=True))


def test_excel(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_excel(path, [FULL], texts=TEXTS)
    (row,) = sheet(path)
    assert list(row) == list(COLUMNS)
    assert row["target"].value == "ISL;IGO.NATO"
    assert row["goldstein"].value == -9.5
    assert row["quad"].value == 4
    assert row["start"].value == datetime.datetime(1976, 2, 19)
    assert row["start"].is_date
    assert row["sentence_text"].value == "Two rammed"
    assert row["mode"].value is None


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "\t=1", "1", "TRUE"]
)
def test_text_stays_text_in_excel(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.xlsx"
    write_excel(path, [account(title=text, contexts=(text, "b"))])
    (row,) = sheet(path)
    assert row["title"].data_type == "s"
    assert row["title"].value == text
    assert row["contexts"].data_type == "s"
    assert row["title"].quotePrefix == (text[0] in "=+-@\t")
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_excel_cannot_hold_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    old = datetime.date(1898, 4, 25)
    write_excel(path, [account(title="a\x00b\x1f\ud83d\uffffc", start=old, lat=float("nan"))])
    (row,) = sheet(path)
    assert row["title"].value == "a\ufffdb\ufffd\ufffd\ufffdc"
    assert (row["start"].value, row["start"].data_type) == ("1898-04-25", "s")
    assert row["lat"].value is None


def test_excel_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tables.EXCEL_ROWS == 1_048_576
    monkeypatch.setattr(tables, "EXCEL_ROWS", 3)
    assert write_excel(tmp_path / "t.xlsx", [FULL] * 2).rows == 2
    for accounts in ([FULL] * 3, iter([FULL] * 3)):
        with pytest.raises(ExportLimitError, match="more than 2 accounts"):
            write_excel(tmp_path / "u.xlsx", accounts)
    with pytest.raises(ExportLimitError, match="title of account a1 has 32,768 characters"):
        write_excel(tmp_path / "u.xlsx", [account(title="a" * 32_768)])
    assert {path.name for path in tmp_path.iterdir()} == {"t.xlsx", "t.xlsx.manifest.json"}


@pytest.mark.parametrize(
    ("write", "library", "extra"),
    [(write_parquet, "pyarrow", "frames"), (write_excel, "openpyxl", "excel")],
)
def test_missing_libraries(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[..., Any],
    library: str,
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"pip install standoff\[{extra}\]") as caught:
        write(tmp_path / "t", [FULL])
    assert isinstance(caught.value, StandoffError)
    assert list(tmp_path.iterdir()) == []
