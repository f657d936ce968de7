"""Exports are whole or not there, and their manifests say what they hold."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import standoff
from standoff.errors import StandoffError, TruncatedExportError
from standoff.exchange.acled import write_acled
from standoff.exchange.gdelt import write_gdelt
from standoff.exchange.icews import write_icews
from standoff.exchange.manifest import manifest_of, verify
from standoff.exchange.polecat import write_polecat
from standoff.exchange.profiles import profile
from standoff.exchange.tables import write_csv, write_excel, write_jsonl, write_parquet
from standoff.store.model import Account
from tests.exchange.accounts import CAST, account, event

ACCOUNTS = [
    account(f"a{number}", mode="aerial", publisher='a "quoted"\r\nline, or "two', title="\n")
    for number in range(3)
]
EVENTS = [event(each, id=f"e{each.id}") for each in ACCOUNTS]
EXPORTS: list[tuple[str, Callable[[Path], Any]]] = [
    ("icews", lambda path: write_icews(path, ACCOUNTS, CAST)),
    ("gdelt", lambda path: write_gdelt(path, EVENTS, CAST)),
    ("polecat", lambda path: write_polecat(path, ACCOUNTS, CAST)),
    ("acled", lambda path: write_acled(path, EVENTS, CAST)),
    ("csv", lambda path: write_csv(path, ACCOUNTS)),
    ("jsonl", lambda path: write_jsonl(path, ACCOUNTS)),
    ("xlsx", lambda path: write_excel(path, ACCOUNTS)),
    ("parquet", lambda path: write_parquet(path, ACCOUNTS)),
]
exports = pytest.mark.parametrize(
    "write", [each for _, each in EXPORTS], ids=[n for n, _ in EXPORTS]
)


@exports
def test_a_manifest_says_what_the_file_holds(tmp_path: Path, write: Callable[[Path], Any]) -> None:
    path = tmp_path / "events.x"
    manifest = write(path)
    data = path.read_bytes()
    said = json.loads((tmp_path / "events.x.manifest.json").read_text("utf-8"))
    assert said["file"] == "events.x"
    assert said["rows"] == manifest.rows == 3
    assert said["bytes"] == len(data)
    assert said["sha256"] == hashlib.sha256(data).hexdigest()
    assert said["software"] == f"standoff {standoff.__version__}"
    assert said["losses"] == list(profile(said["profile"], said["format"]).losses)
    assert datetime.datetime.fromisoformat(said["created"]).tzinfo is not None
    assert list(said)[-1] == "end"
    assert said["end"] is True
    assert verify(path) == manifest
    assert {each.name for each in tmp_path.iterdir()} == {"events.x", "events.x.manifest.json"}


@pytest.mark.parametrize("name", ["icews", "gdelt", "polecat", "acled"])
def test_every_profile_says_what_it_loses(name: str) -> None:
    losses = profile(name).losses
    assert len(losses) > 5
    assert len(set(losses)) == len(losses)
    assert any("status" in loss for loss in losses)


@exports
def test_a_file_that_was_cut_is_noticed(tmp_path: Path, write: Callable[[Path], Any]) -> None:
    path = tmp_path / "events.x"
    manifest = write(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(TruncatedExportError, match="bytes") as caught:
        verify(path)
    assert {"bytes", "sha256"} <= set(caught.value.differing)
    assert f"bytes {len(data) // 2}, not {manifest.bytes}" in str(caught.value)
    assert isinstance(caught.value, StandoffError)


@pytest.mark.parametrize("name", ["icews", "gdelt", "polecat", "jsonl"])
def test_lost_rows_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "events.x"
    dict(EXPORTS)[name](path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(TruncatedExportError, match="rows 2, not 3") as caught:
        verify(path)
    assert caught.value.differing == ("bytes", "rows", "sha256")


@pytest.mark.parametrize("name", ["acled", "csv"])
def test_lost_rows_of_csv_are_counted_by_record_and_not_by_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "events.csv"
    dict(EXPORTS)[name](path)
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.reader(stream))
    assert len(path.read_bytes().splitlines()) > len(records) == 4
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(records[:3])
    with pytest.raises(TruncatedExportError, match="rows 2, not 3"):
        verify(path)


def test_a_changed_letter_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    write_icews(path, ACCOUNTS, CAST)
    path.write_bytes(path.read_bytes().replace(b"Iceland", b"Ireland", 1))
    with pytest.raises(TruncatedExportError, match="sha256") as caught:
        verify(path)
    assert caught.value.differing == ("sha256",)


def test_without_a_manifest(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    write_icews(path, ACCOUNTS, CAST)
    text = manifest_of(path).read_text()
    for broken in (text[:-20], text.replace('"end": true', '"end": false'), "[]", "", "{}"):
        manifest_of(path).write_text(broken)
        with pytest.raises(TruncatedExportError, match="manifest") as caught:
            verify(path)
        assert caught.value.differing == ("manifest",)
    manifest_of(path).unlink()
    with pytest.raises(TruncatedExportError, match="there is no manifest"):
        verify(path)


def test_a_manifest_without_its_file(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    write_icews(path, ACCOUNTS, CAST)
    path.unlink()
    with pytest.raises(TruncatedExportError, match="cannot be read") as caught:
        verify(path)
    assert caught.value.differing == ("file",)


def interrupted() -> Iterator[Account]:
    yield ACCOUNTS[0]
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "write",
    [
        lambda path: write_icews(path, interrupted(), CAST),
        lambda path: write_acled(path, (event(each) for each in interrupted()), CAST),
        lambda path: write_csv(path, interrupted()),
        lambda path: write_jsonl(path, interrupted()),
        lambda path: write_parquet(path, interrupted()),
        lambda path: write_excel(path, interrupted()),
    ],
)
def test_an_interrupted_export_leaves_nothing(tmp_path: Path, write: Callable[[Path], Any]) -> None:
    path = tmp_path / "events.x"
    with pytest.raises(KeyboardInterrupt):
        write(path)
    assert list(tmp_path.iterdir()) == []
    path.write_text("what was there before")
    with pytest.raises(KeyboardInterrupt):
        write(path)
    assert path.read_text() == "what was there before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_replaces_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    write_icews(path, ACCOUNTS, CAST)
    assert verify(path).rows == 3
    write_icews(str(path), ACCOUNTS[:1], CAST)
    assert verify(str(path)).rows == 1


def test_an_old_manifest_does_not_vouch_for_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    write_icews(path, ACCOUNTS, CAST)
    old = manifest_of(path).read_bytes()
    write_icews(path, ACCOUNTS[:1], CAST)
    manifest_of(path).write_bytes(old)
    with pytest.raises(TruncatedExportError, match="rows 1, not 3"):
        verify(path)


def test_files_are_readable_as_the_user_has_it(tmp_path: Path) -> None:
    path, other = tmp_path / "events.tab", tmp_path / "other"
    write_icews(path, ACCOUNTS, CAST)
    other.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_icews(tmp_path / "none" / "t", ACCOUNTS, CAST)
