"""Commands that work on a store: init, add, status, search, check, backup."""

from __future__ import annotations

import datetime
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from click.testing import Result

from standoff import samples
from standoff.record import Document, Record
from standoff.store import Filter, Store
from tests.store.conftest import run as sql

if TYPE_CHECKING:
    from tests.cli.conftest import FakeReader

Run = Callable[..., Result]

CODS = "Iceland broke off talks with Britain over fishing rights, officials said on Friday.\n"
NETS = "A trawler lost its nets near Grimsey, and its crew blamed the coast guard for the loss.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two reports, and one file that is none."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / "cods.txt").write_text(CODS)
    (made / "nets.html").write_text(f"<html><body><p>{NETS}</p></body></html>")
    (made / "notes.md").write_text("not a report")
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02" * 20)
    return path


@pytest.fixture
def made(tmp_path: Path, run: Run) -> str:
    """Return the path of a store that `standoff init` has made."""
    path = str(tmp_path / "store.db")
    assert run("init", path).exit_code == 0
    return path


def texts(address: str) -> list[str]:
    with Store.open(address) as store:
        return [record.document.text for record in store.records()]


def documents(address: str) -> list[Document]:
    with Store.open(address) as store:
        return [record.document for record in store.records()]


def archive(path: Path, *rows: object) -> Path:
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_all_commands_work_on_every_database(
    run: Run, address: str, folder: Path, tmp_path: Path
) -> None:
    results = [
        run("init", address),
        run("add", address, folder),
        run("add", address, folder),
        run("status", address),
        run("search", address, "nets"),
        run("check", address),
        run("backup", address, tmp_path / "copy.db"),
        run("init", tmp_path / "again.db", "--from", tmp_path / "copy.db"),
        run("check", tmp_path / "again.db"),
    ]

    assert [(result.exit_code, result.stderr) for result in results] == [(0, "")] * len(results)
    assert documents(address) == documents(str(tmp_path / "again.db"))
    assert len(documents(address)) == 2


def test_init_makes_a_store_and_leaves_one_as_it_is(run: Run, address: str, folder: Path) -> None:
    first = run("init", address)
    run("add", address, folder)
    again = run("init", address)

    assert (first.exit_code, first.stdout) == (0, f"{address}: ready, 0 documents\n")
    assert (again.exit_code, again.stdout) == (0, f"{address}: ready, 2 documents\n")


@pytest.mark.parametrize(
    "command",
    [["add", "reports"], ["status"], ["search", "cod"], ["check"], ["backup", "copy.db"],
     ["init", "--from"]],
)  # fmt: skip
def test_without_a_store_it_is_said_how_to_make_one(
    run: Run, tmp_path: Path, folder: Path, command: list[str]
) -> None:
    name, *arguments = command
    missing = tmp_path / "missing.db"
    if arguments == ["--from"]:
        result = run("init", tmp_path / "new.db", "--from", missing)
    else:
        result = run(name, missing, *arguments)

    assert result.exit_code == 3
    assert result.stderr == (
        f"standoff: {missing}: there is no store here; make one with: standoff init {missing}\n"
    )
    assert not missing.exists()
    assert not (tmp_path / "new.db").exists()


def test_init_says_why_there_can_be_no_store(run: Run, tmp_path: Path, picture: Path) -> None:
    nowhere = run("init", tmp_path / "nowhere" / "store.db")
    other = run("init", picture)
    address = run("init", "mysql://ann:h3rr1ng@localhost/talks")

    assert [result.exit_code for result in (nowhere, other, address)] == [3, 3, 3]
    assert "there is no folder" in nowhere.stderr
    assert "this is no store" in other.stderr
    assert "SQLite file or a PostgreSQL database" in address.stderr
    assert "h3rr1ng" not in address.stderr


def test_init_fills_a_store_from_another(
    run: Run, made: str, folder: Path, tmp_path: Path, demo: Record
) -> None:
    run("add", made, folder, samples.path("demo"))
    new = tmp_path / "new.db"

    result = run("init", new, "--from", made)

    assert (result.exit_code, result.stdout) == (0, f"{new}: ready, 3 documents\n")
    with Store.open(made) as old, Store.open(new) as filled:
        assert filled.digest() == old.digest()
        assert filled.record(demo.document.id) == demo
    full = run("init", made, "--from", new)
    assert full.exit_code == 3
    assert "empty store" in full.stderr


def test_init_brings_a_backup_to_a_server(
    run: Run, folder: Path, tmp_path: Path, database: str
) -> None:
    laptop, copy = tmp_path / "laptop.db", tmp_path / "copy.db"
    run("init", laptop)
    run("add", laptop, folder)
    assert run("backup", laptop, copy).exit_code == 0

    assert run("init", database, "--from", copy).exit_code == 0

    digests = [
        json.loads(run("status", where, "--digest", "--format", "json").stdout)["digest"]
        for where in (laptop, copy, database)
    ]
    assert len(set(digests)) == 1
    assert run("add", database, folder).exit_code == 0


def test_add_takes_files_and_folders(run: Run, made: str, folder: Path, demo: Record) -> None:
    result = run("add", made, samples.path("demo"), folder)

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "3 added, 0 there already (0 now with another publication), 0 failed",
        f"{made}: 3 documents (0 near copies), {len(demo.events)} accounts of "
        f"{len(demo.events)} events",
    ]
    assert [text.strip() for text in texts(made)] == [
        demo.document.text.strip(), CODS.strip(), NETS.strip(),
    ]  # fmt: skip
    with Store.open(made) as store:
        assert store.record(demo.document.id) == demo


def test_add_takes_standard_input(run: Run, made: str) -> None:
    result = run("add", made, "-", input=CODS)

    assert result.exit_code == 0
    assert texts(made) == [CODS]


@pytest.mark.parametrize("name", ["archive.jsonl", "archive.ndjson.gz"])
def test_add_takes_archives(
    run: Run, made: str, tmp_path: Path, name: str, demo: Record, reader: FakeReader
) -> None:
    path = archive(
        tmp_path / name,
        {"text": CODS, "title": "Cods", "date": "1976-02-20", "source": "Harbour Post"},
        demo.to_json(),
        {"text": NETS, "url": "https://f.example/nets"},
    )

    result = run("add", made, path)

    assert result.exit_code == 0
    cods, record, nets = documents(made)
    assert (cods.text, cods.title, cods.published, cods.publisher) == (
        CODS, "Cods", datetime.date(1976, 2, 20), "Harbour Post",
    )  # fmt: skip
    assert record == demo.document
    assert (nets.text, nets.url) == (NETS, "https://f.example/nets")
    # The record was added as it was.
    assert len(reader.dates) == 2


def test_add_finds_archives_in_folders(run: Run, made: str, folder: Path) -> None:
    archive(folder / "more.jsonl", {"text": "One whale was seen."}, {"text": "Two were seen."})
    (folder / "older").mkdir()
    archive(folder / "older" / "old.jsonl.gz", {"text": "No whale was seen."})
    (folder / ".hidden").mkdir()
    archive(folder / ".hidden" / "no.jsonl", {"text": "A hidden whale was seen."})
    archive(folder / ".draft.jsonl", {"text": "A half-written whale was seen."})

    result = run("add", made, folder)

    assert result.exit_code == 0
    assert {text.strip() for text in texts(made)} == {
        "One whale was seen.", "Two were seen.", "No whale was seen.", CODS.strip(), NETS.strip(),
    }  # fmt: skip


def test_a_folder_of_archives_alone_is_no_problem(run: Run, made: str, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    archive(folder / "more.jsonl", {"text": CODS})

    result = run("add", made, folder)

    assert (result.exit_code, result.stderr) == (0, "")
    assert texts(made) == [CODS]


def test_a_second_run_reads_nothing_again(
    run: Run, made: str, folder: Path, reader: FakeReader
) -> None:
    run("add", made, folder)
    with Store.open(made) as store:
        digest = store.digest()
    read = len(reader.dates)

    result = run("add", made, folder)

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "0 added, 2 there already (0 now with another publication), 0 failed\n"
    )
    assert len(reader.dates) == read
    with Store.open(made) as store:
        assert store.digest() == digest


def test_the_same_text_elsewhere_is_another_publication(
    run: Run, made: str, tmp_path: Path, reader: FakeReader
) -> None:
    run("add", made, "-", input=CODS)
    path = archive(tmp_path / "a.jsonl", {"text": CODS, "publisher": "The Fathom"})

    result = run("add", made, path)

    assert result.stdout.startswith("0 added, 1 there already (1 now with another publication)")
    assert len(reader.dates) == 1
    with Store.open(made) as store:
        document = store.document(Document(CODS).id)
        assert [each.publisher for each in document.publications] == [None, "The Fathom"]


def test_near_copies_are_counted(run: Run, made: str, tmp_path: Path) -> None:
    story = f"{CODS.strip()} {NETS.strip()} Neither side would say when the talks may go on again."
    path = archive(tmp_path / "a.jsonl", {"text": story}, {"text": story + " They were tired."})

    result = run("add", made, path)

    assert "2 documents (1 near copies)" in result.stdout


def test_date_and_publisher_hold_where_a_report_names_none(
    run: Run, made: str, tmp_path: Path, demo: Record
) -> None:
    undated = attrs.evolve(demo, document=attrs.evolve(demo.document, published=None))
    path = archive(
        tmp_path / "a.jsonl",
        {"text": CODS},
        {"text": NETS, "date": "1976-02-20", "publisher": "The Fathom"},
        undated.to_json(),
    )

    result = run("add", made, path, "--date", "1976-03-01", "--publisher", "Harbour Post")

    assert result.exit_code == 0
    cods, nets, record = documents(made)
    assert (cods.published, cods.publisher) == (datetime.date(1976, 3, 1), "Harbour Post")
    assert (nets.published, nets.publisher) == (datetime.date(1976, 2, 20), "The Fathom")
    # What was read already is added as it was read.
    assert record == undated.document


@pytest.mark.parametrize("date", ["yesterday", "1.3.1976", "1976-02-30"])
def test_a_wrong_date_is_wrong_usage(run: Run, made: str, folder: Path, date: str) -> None:
    result = run("add", made, folder, "--date", date)

    assert result.exit_code == 2
    assert date in result.stderr
    assert texts(made) == []


def test_what_cannot_be_read_is_named_and_stops_nothing(
    run: Run, made: str, folder: Path, picture: Path, tmp_path: Path
) -> None:
    missing, gone = tmp_path / "missing.txt", tmp_path / "gone.jsonl"
    rows = archive(
        tmp_path / "rows.jsonl", {"text": "A whale."}, "oops", {"text": "x y", "title": "\0"}
    )
    broken = archive(tmp_path / "broken.jsonl.gz", *({"text": f"Whale {k}."} for k in range(99)))
    broken.write_bytes(broken.read_bytes()[:-9])

    result = run("add", made, missing, picture, gone, rows, broken, folder)

    assert result.exit_code == 1
    named = [line.split(": ")[:2] for line in result.stderr.splitlines()]
    assert named == [
        ["standoff", str(name)]
        for name in (missing, picture, gone, f"{rows}:2", f"{rows}:3", broken)
    ]
    assert all(line.count(str(tmp_path)) == 1 for line in result.stderr.splitlines())
    assert "6 failed" in result.stdout
    assert {"A whale.", CODS, "Whale 0."} <= set(texts(made))
    with Store.open(made) as store:
        assert store.problems() == []


def test_nothing_read_is_said_by_the_exit_code(
    run: Run, made: str, picture: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    nothing = [
        run("add", made, picture),
        run("add", made, tmp_path / "missing.txt"),
        run("add", made, tmp_path / "empty"),
        run("add", made, archive(tmp_path / "bad.jsonl", "oops", "[]")),
        run("add", made, "-", input=""),
    ]

    assert [result.exit_code for result in nothing] == [3] * 5
    assert all(len(result.stderr.splitlines()) >= 1 for result in nothing)
    assert texts(made) == []


def test_status_says_what_there_is(run: Run, made: str, folder: Path, demo: Record) -> None:
    run("add", made, folder, samples.path("demo"))

    lines = run("status", made).stdout.splitlines()
    row = json.loads(run("status", made, "--format", "json", "--digest").stdout)

    assert lines[0] == made
    shown = {line[:24].strip(): line[24:] for line in lines[1:]}
    assert shown["documents"] == "3, 0 of them near copies of others; 1976-02-20 to 1976-02-20"
    assert shown["accounts"] == f"{len(demo.events)} (0 reviewed, 0 rejected)"
    with Store.open(made) as store:
        held = store.status()
        assert row["digest"] == store.digest()
    assert row["store"] == made
    assert (row["documents"], row["accounts"], row["events"]) == (3, held.accounts, held.events)
    assert (row["first"], row["last"]) == ("1976-02-20", "1976-02-20")
    assert row["models"] == held.models == {"unknown": 3}
    assert "digest" not in shown
    assert row["digest"] in run("status", made, "--digest").stdout


def test_status_of_an_empty_store(run: Run, made: str) -> None:
    row = json.loads(run("status", made, "--format", "json").stdout)

    assert (row["documents"], row["first"], row["last"], row["models"]) == (0, None, None, {})
    assert run("status", made).exit_code == 0


def test_search_shows_what_is_found(run: Run, made: str, tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.jsonl",
        {"text": CODS, "title": "Cods \x1b[31m", "date": "1976-02-20", "publisher": "The Fathom"},
        {"text": NETS},
    )
    run("add", made, path)

    text = run("search", made, "fishing", "right")
    rows = json.loads(run("search", made, "--format", "json", "fishing", "right").stdout)

    assert text.exit_code == 0
    id_ = Document(CODS).id
    head, excerpt = text.stdout.splitlines()
    assert head == f"1976-02-20  {id_[7:19]}  Cods"
    assert excerpt.strip() in CODS.strip()
    assert rows == [
        {
            "document": id_,
            "title": "Cods \x1b[31m",
            "published": "1976-02-20",
            "publisher": "The Fathom",
            "excerpt": rows[0]["excerpt"],
            "found": rows[0]["found"],
        }
    ]
    assert rows[0]["excerpt"] in CODS
    assert " ".join(rows[0]["found"]) == "fishing rights"


def test_search_asks_for_rows_of_words_and_without_words(run: Run, made: str, folder: Path) -> None:
    run("add", made, folder)

    def found(*query: str) -> tuple[int, int]:
        result = run("search", made, "--format", "json", *query)
        return result.exit_code, len(json.loads(result.stdout))

    assert found('"fishing rights"') == (0, 1)
    assert found('"rights fishing"') == (1, 0)
    assert found("--", "coast", "-nets") == (1, 0)
    assert found("--", "coast", "-cod") == (0, 1)
    assert found('"') == found("(") == found("*") == (1, 0)
    assert found("--limit", "1", "officials") == (0, 1)
    assert run("search", made, "--limit", "0", "x").exit_code == 2
    assert run("search", made).exit_code == 2
    missing = run("search", made, "herring")
    assert (missing.exit_code, missing.stdout) == (1, "")


def test_check_says_that_all_is_well_or_what_is_not(run: Run, made: str, folder: Path) -> None:
    run("add", made, folder, samples.path("demo"))
    sound = run("check", made)
    with Store.open(made) as store:
        account = store.accounts(Filter())[0]
    sql(made, "UPDATE document SET text = 'A \x1b[31m note' WHERE key = 1")
    sql(made, "DELETE FROM record WHERE document = 3")

    unsound = run("check", made)

    assert sound.exit_code == 0
    assert sound.stdout == f"{made}: sound, 3 documents, 19 events\n"
    assert unsound.exit_code == 1
    lines = unsound.stdout.splitlines()
    assert f"document {Document(CODS).id}: its record cannot be read" in unsound.stdout
    assert f"document {account.document} has no record" in lines
    assert "\x1b" not in unsound.stdout
    assert "sound" not in unsound.stdout


def test_check_of_a_store_with_a_table_missing(run: Run, made: str, folder: Path) -> None:
    run("add", made, folder)
    sql(made, "DROP TABLE account")

    result = run("check", made)

    assert result.exit_code == 1
    assert "account" in result.stdout
    assert result.stderr == ""


def test_backup_writes_a_store_and_replaces_none(
    run: Run, made: str, folder: Path, tmp_path: Path
) -> None:
    run("add", made, folder)
    copy = tmp_path / "copy.db"

    first, second = run("backup", made, copy), run("backup", made, copy)

    assert (first.exit_code, first.stdout) == (0, f"{copy}: a copy of {made}\n")
    assert run("check", copy).exit_code == 0
    assert texts(str(copy)) == texts(made)
    assert second.exit_code == 3
    assert "already" in second.stderr
    nowhere = run("backup", made, tmp_path / "nowhere" / "copy.db")
    assert nowhere.exit_code == 3
    assert "there is no folder" in nowhere.stderr
