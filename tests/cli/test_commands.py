"""The command line as a process: help, speed, pipes; and the small commands."""

import datetime
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import standoff
from standoff import documents, samples, schema

Run = Callable[..., Result]
SOURCE = Path(standoff.__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}
CALL = [sys.executable, "-c", "from standoff.cli import main; main()"]


def test_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema").stdout) == schema.load()


def test_demo_shows_record_and_brief(run: Run) -> None:
    result = run("demo")

    assert result.exit_code == 0
    for words in ("cod war", "THREATEN", "Statements", "Conditions", "Brief", "postponed"):
        assert words in result.stdout


def test_version(run: Run) -> None:
    result = run("--version")

    assert result.exit_code == 0
    assert result.stdout == f"standoff {standoff.__version__}\n"


def test_help_lists_every_command(run: Run) -> None:
    shown = run("--help").stdout

    for command in ("read", "explain", "demo", "actors", "codebook", "schema", "--version"):
        assert command in shown


def test_help_of_read_tells_the_exit_codes(run: Run) -> None:
    shown = run("read", "--help").stdout

    for code in ("0  all", "1  some", "2  wrong", "3  nothing", "130, 141"):
        assert code in shown


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from standoff.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'onnxruntime', 'numpy', 'rich', 'attrs', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True, capture_output=True)


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_closed_pipe_ends_quietly() -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [*CALL, "schema"], env=ENVIRONMENT, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)

    assert process.returncode == 141
    assert process.stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from standoff.cli import main\n"
        "class Slow:\n"
        "    def read_many(self, sources, date=None):\n"
        "        print('reading', file=sys.stderr, flush=True)\n"
        "        time.sleep(60)\n"
        "        yield\n"
        f"main(['read', '--output', {str(tmp_path / 'out')!r}, {str(samples.path('demo'))!r}],"
        " obj=Slow())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "reading\n"
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()

    assert process.returncode == 130
    assert rest.strip() == ""
    assert list(tmp_path.iterdir()) == []


def test_unwritable_output_is_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    report = samples.path("demo")
    out = folder / ("x" * 300)
    result = run("read", "--output", out, report)

    assert result.exit_code == 2
    assert result.stderr.startswith("standoff: ")
    assert "Traceback" not in result.output


def test_sample_says_its_title_and_date() -> None:
    document = documents.from_path(samples.path("demo"))

    assert document.title == "Iceland and Britain trade blame as cod war talks collapse"
    assert document.published == datetime.date(1976, 2, 20)
    assert document.publisher == "Northern Wire"


def test_samples_are_named() -> None:
    assert samples.names() == ("demo",)
    assert samples.text("demo") == samples.path("demo").read_text(encoding="utf-8")
    assert 350 <= len(samples.text("demo").split()) <= 450
    with pytest.raises(ValueError, match="there are: demo"):
        samples.path("other")


def test_actors_are_found_by_name_and_day(run: Run) -> None:
    result = run("actors", "find", "mike", "pompeo", "--on", "2018-11-09")

    assert result.exit_code == 0
    assert "USA.GOV.MIKE_POMPEO" in result.stdout
    assert "secretary of state" in result.stdout
    rows = json.loads(run("actors", "find", "DPRK", "--format", "json").stdout)
    assert rows[0]["id"] == "PRK"


def test_own_actors_that_are_none_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[[actor]]\nid = 'x'", "utf-8")
    report = tmp_path / "report.txt"
    report.write_text("Peru and Chile met on Monday.", "utf-8")
    result = subprocess.run(
        [*CALL, "read", str(report), "--actors", str(path)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 3
    assert "mine.toml: actor 1" in result.stderr


def test_an_actor_is_explained(run: Run) -> None:
    result = run("actors", "explain", "PRK")

    assert result.exit_code == 0
    assert "North Korea" in result.stdout


def test_nobody_is_said_to_be_nobody(run: Run) -> None:
    for arguments in (("find", "Qwertz Uiop"), ("explain", "XXX.GOV.NOBODY")):
        result = run("actors", *arguments)
        assert result.exit_code == 1
        assert not result.stdout
        assert "standoff: " in result.stderr


def test_a_day_that_is_none_is_refused(run: Run) -> None:
    assert run("actors", "find", "DPRK", "--on", "yesterday").exit_code == 2
