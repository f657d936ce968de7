"""``standoff explain`` and ``standoff codebook``, with the real model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import standoff
from standoff.cli import main

Run = Callable[..., Result]
TRUCE = Path(__file__).parents[1] / "coding" / "data" / "truce.toml"
TEXT = "Turkish gunners shelled a Syrian village on Monday. Chile condemned Bolivia."


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain") / "records.jsonl"
    texts = (TEXT, "Kenya expelled three Somali diplomats.")
    lines = [standoff.read(text, date="1999-06-18").to_json() for text in texts]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def of(path: Path, line: int) -> str:
    record = json.loads(path.read_text("utf-8").splitlines()[line])
    return str(record["document"]["id"])


def test_an_event_is_explained_line_by_line(run: Run, records: Path) -> None:
    shown = run("explain", str(records), "e1", "--document", of(records, 0)[:12]).stdout
    assert "Turkish gunners [shelled] a Syrian village" in shown
    for words in ("ASSAULT", "lets it denote", "shelled >nsubj gunners", "= 1999-06-14", "parse"):
        assert words in shown


def test_the_same_as_json(run: Run, records: Path) -> None:
    result = run("explain", str(records), "e1", "--document", of(records, 1), "--format", "json")
    found = json.loads(result.stdout)
    assert found["event"] == "e1"
    assert found["types"][0][0] == "SANCTION"
    assert [party["role"] for party in found["parties"]] == ["source", "target"]


def test_of_several_documents_one_must_be_named(run: Run, records: Path) -> None:
    result = run("explain", str(records), "e1")
    assert result.exit_code == 2
    assert "2 of 2 records fit; say which with --document" in result.stderr


def test_an_unknown_event_is_named(run: Run, records: Path) -> None:
    result = run("explain", str(records), "e7", "--document", of(records, 1))
    assert result.exit_code != 0
    assert "no event 'e7'" in result.stderr or "no event 'e7'" in str(result.exception)


def test_a_codebook_is_trained_and_used(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, "utf-8")
    learnt = tmp_path / "truce.codebook"

    trained = run("codebook", "train", str(TRUCE), "--output", str(learnt))
    arguments = ["read", str(report), "--codebook", str(learnt), "--format", "json"]
    read = CliRunner().invoke(main, arguments)

    assert "VIOLATION 11, EXCHANGE 10" in trained.stdout
    assert "held out" in trained.stdout
    events = json.loads(read.stdout)["events"]
    assert [code["type"] for code in events[0]["codes"]] == ["VIOLATION"]
    assert events[1]["codes"] == []
