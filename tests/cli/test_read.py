"""``standoff read``: what comes out where, and how it ends."""

from __future__ import annotations

import datetime
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import Result

from standoff import samples
from standoff.record import Record

if TYPE_CHECKING:
    from tests.cli.conftest import FakeReader

Run = Callable[..., Result]
REPORT = "Iceland broke off talks with Britain over fishing rights, officials said on Friday.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def binary(tmp_path: Path) -> Path:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02" * 20)
    return path


def lines(result: Result) -> list[Record]:
    return [Record.from_json(line) for line in result.stdout.splitlines()]


def test_jsonl_is_one_record_a_line(run: Run, report: Path, demo: Record) -> None:
    result = run("read", "--format", "jsonl", report, samples.path("demo"))

    assert result.exit_code == 0
    first, second = lines(result)
    assert first.document.text == REPORT
    assert second == demo


def test_json_is_an_object_for_one_file(run: Run, demo: Record) -> None:
    result = run("read", "--format", "json", samples.path("demo"))

    assert Record.from_json(result.stdout) == demo
    assert result.stdout.startswith('{\n  "document"')
    assert result.stdout.endswith("}\n")


def test_json_is_an_array_for_several(run: Run, report: Path, binary: Path) -> None:
    two = json.loads(run("read", "--format", "json", report, report).stdout)
    one_failed = json.loads(run("read", "--format", "json", report, binary).stdout)
    folder = json.loads(run("read", "--format", "json", report.parent).stdout)
    nothing = run("read", "--format", "json", binary, binary)

    assert [len(value) for value in (two, one_failed, folder)] == [2, 1, 1]
    assert json.loads(nothing.stdout) == []


def test_folder_is_read_whole(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"This is the report of the file {name}.\n")

    result = run("read", "--format", "jsonl", tmp_path)

    assert [record.document.text[-7:-2] for record in lines(result)] == ["a.txt", "b.txt"]


def test_standard_input(run: Run) -> None:
    result = run("read", "--format", "jsonl", "-", input=REPORT)

    assert [record.document.text for record in lines(result)] == [REPORT]


def test_date_is_handed_on(run: Run, reader: FakeReader, report: Path) -> None:
    run("read", "--date", "1976-02-20", report)

    assert reader.dates == [datetime.date(1976, 2, 20)]


@pytest.mark.parametrize("date", ["yesterday", "20.2.1976", "1976-02-30"])
def test_wrong_date_is_wrong_usage(run: Run, report: Path, date: str) -> None:
    result = run("read", "--date", date, report)

    assert result.exit_code == 2
    assert date in result.stderr


@pytest.mark.parametrize(
    "arguments", [["read"], ["read", "--format", "xml", "x.txt"], ["write"], ["read", "--verbose"]]
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_bad_file_is_named_and_does_not_stop_the_others(
    run: Run, report: Path, binary: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.txt"
    result = run("read", "--format", "jsonl", missing, binary, report)

    assert result.exit_code == 1
    assert len(lines(result)) == 1
    complaints = result.stderr.splitlines()
    assert len(complaints) == 2
    assert complaints[0].startswith(f"standoff: {missing}: ")
    assert complaints[1].startswith(f"standoff: {binary}: ")
    assert all(complaint.count(str(tmp_path)) == 1 for complaint in complaints)


def test_nothing_read(run: Run, binary: Path) -> None:
    result = run("read", binary)

    assert result.exit_code == 3
    assert result.stdout == ""


def test_empty_standard_input(run: Run) -> None:
    result = run("read", "-", input="")

    assert result.exit_code == 3
    assert result.stderr.startswith("standoff: standard input: ")


def test_folder_without_reports(run: Run, tmp_path: Path) -> None:
    result = run("read", tmp_path)

    assert result.exit_code == 3
    assert result.stderr == f"standoff: {tmp_path}: no file to read in this folder\n"


def test_name_that_would_steer_the_terminal_does_not(run: Run, tmp_path: Path) -> None:
    result = run("read", tmp_path / "\x1b[31mred\nstandoff: all fine.txt")

    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_warnings_stand_on_standard_error_of_tables(run: Run, report: Path) -> None:
    table = run("read", report)
    quiet = run("read", "--quiet", report)
    as_json = run("read", "--format", "json", report)

    assert table.stderr == f"standoff: {report}: warning: no publication date\n"
    assert quiet.stderr == as_json.stderr == ""
    assert "warning" not in table.stdout


def test_quiet_still_tells_of_errors(run: Run, binary: Path) -> None:
    assert str(binary) in run("read", "--quiet", binary).stderr


class TestOutput:
    def test_is_written(self, run: Run, report: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        result = run("read", "--format", "jsonl", "--output", out, report)

        assert result.stdout == ""
        assert Record.from_json(out.read_bytes()).document.text == REPORT

    def test_leaves_no_other_file(self, run: Run, report: Path, tmp_path: Path) -> None:
        run("read", "--output", tmp_path / "out", report)

        assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "report.txt"]

    def test_keeps_the_old_file_if_nothing_could_be_read(
        self, run: Run, binary: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "out"
        out.write_text("old")
        result = run("read", "--output", out, binary)

        assert result.exit_code == 3
        assert out.read_text() == "old"
        assert len(list(tmp_path.iterdir())) == 2

    def test_keeps_the_old_file_on_ctrl_c(
        self, run: Run, reader: FakeReader, report: Path, tmp_path: Path
    ) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        reader.read_many = interrupted  # type: ignore[method-assign,assignment]
        out = tmp_path / "out"
        out.write_text("old")
        result = run("read", "--output", out, report)

        assert result.exit_code == 130
        assert "Traceback" not in result.output
        assert out.read_text() == "old"
        assert len(list(tmp_path.iterdir())) == 2

    def test_keeps_permissions_and_links(self, run: Run, report: Path, tmp_path: Path) -> None:
        out, link = tmp_path / "out", tmp_path / "link"
        out.write_text("old")
        out.chmod(0o640)
        link.symlink_to(out)
        run("read", "--format", "jsonl", "--output", link, report)

        assert link.is_symlink()
        assert stat.S_IMODE(out.stat().st_mode) == 0o640
        assert out.read_text().startswith('{"document"')

    def test_may_be_a_device(self, run: Run, report: Path) -> None:
        assert run("read", "--output", "/dev/null", report).exit_code == 0

    def test_dash_is_standard_output(self, run: Run, report: Path) -> None:
        result = run("read", "--format", "jsonl", "--output", "-", report)

        assert len(lines(result)) == 1

    @pytest.mark.parametrize("out", [".", "no/such/folder/out"])
    def test_of_no_possible_file_is_wrong_usage(self, run: Run, report: Path, out: str) -> None:
        result = run("read", "--output", out, report)

        assert result.exit_code == 2
        assert "--output" in result.stderr
