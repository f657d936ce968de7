"""``standoff export``: files and folders that are whole, and what humans decided in them."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import Result

from standoff.exchange import conllu
from standoff.exchange.annotations import from_annotations
from standoff.exchange.brat import from_brat
from standoff.exchange.jsonl import read_jsonl
from standoff.record import Actor, Record
from standoff.store import Account, Coder, Filter, Store
from tests.store.reports import report, talks, told

Run = Callable[..., Result]

FOLDERS = ["brat", "annotations", "prov", "conllu"]
FILES = [
    "csv", "jsonl", "parquet", "excel", "icews", "gdelt", "polecat", "acled", "records",
]  # fmt: skip
ANN = Coder("ann", "the report says so")

GENEVA = report(
    "Envoys of Japan and South Korea met in Geneva on Monday. Japan then warned South Korea that "
    "ships would be turned away. South Korean divers blocked the harbour.\n",
    talks("met", "JPN KOR", day="2019-03-04"),
    told("THREATEN", "warned", "JPN", "KOR", day="2019-03-05"),
    told("SANCTION", "turned away", "JPN", "KOR", status="threatened"),
    published="2019-03-06",
    actors=(Actor("JPN", "Japan", "JPN"), Actor("KOR", "South Korea", "KOR")),
)
COD = report(
    "British trawlers fired on an Icelandic patrol ship near Grimsey.\n",
    told("ASSAULT", "fired", "GBR", "ISL", day="1976-02-19", mode="firearms"),
    published="1976-02-20",
)
NOTHING = report("The shops were closed on Sunday.\n", published="2019-03-10")
REPORTS = (GENEVA, COD, NOTHING)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a store with three reports, one of which tells nothing."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    with Store.create(path) as store:
        for each in REPORTS:
            store.add(each)
    return path


@pytest.fixture
def base(template: Path, tmp_path: Path) -> Path:
    """Return the path of a copy of that store: copying is faster than making one."""
    return Path(shutil.copy(template, tmp_path / "store.db"))


def stem(record: Record) -> str:
    return record.document.id.removeprefix("sha256:")[:16]


def accounts(base: Path, **wanted: Any) -> list[Account]:
    with Store.open(base) as store:
        return store.accounts(Filter(**wanted))


def account(base: Path, words: str) -> Account:
    return next(each for each in accounts(base, rejected=True) if each.anchor.text == words)


def decide(base: Path) -> Account:
    """Correct one event, reject another, add a third, and return that."""
    with Store.open(base) as store:
        store.correct(account(base, "warned").id, {"type": "ACCUSE", "status": "denied"}, ANN)
        store.judge(account(base, "turned away").id, "reject", ANN)
        start = GENEVA.document.text.index("blocked")
        values = {"type": "PROTEST", "source": "KOR"}
        return store.add_event(GENEVA.document.id, start, start + 7, values, ANN)


def test_accounts_survive_as_json_lines(run: Run, base: Path, tmp_path: Path) -> None:
    decide(base)
    path = tmp_path / "accounts.jsonl"

    result = run("export", base, "--format", "jsonl", "--output", path)

    assert result.exit_code == 0
    assert result.stdout == f"{path}: 4 rows, {path.stat().st_size:,} bytes\n"
    # The newest day first; the filter's order is the other way round.
    assert list(read_jsonl(path))[::-1] == accounts(base)
    assert all(each.sentence_text for each in read_jsonl(path))


def test_large_stores_go_a_page_at_a_time(
    run: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.cli.export._PAGE", 1)
    for form in ("jsonl", "gdelt"):
        assert run("export", base, "--format", form, "--output", tmp_path / form).exit_code == 0

    assert list(read_jsonl(tmp_path / "jsonl"))[::-1] == accounts(base)
    assert len((tmp_path / "gdelt").read_text("utf-8").splitlines()) == 4


@pytest.mark.parametrize("form", FILES)
def test_a_file_that_was_cut_is_noticed(run: Run, base: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "events"
    assert run("export", base, "--format", form, "--output", path).exit_code == 0

    whole = run("export", "--verify", path)
    path.write_bytes(path.read_bytes()[:-20])
    cut = run("export", "--verify", path)

    assert (whole.exit_code, whole.stdout) == (0, f"{path}: whole, as its manifest says\n")
    assert cut.exit_code == 1
    assert f"bytes {path.stat().st_size}, not {path.stat().st_size + 20}" in cut.stdout


def test_without_a_manifest_an_export_is_not_whole(run: Run, base: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    run("export", base, "--format", "csv", "--output", path)
    (tmp_path / "x.csv.manifest.json").unlink()

    result = run("export", "--verify", path)

    assert result.exit_code == 1
    assert "broken off" in result.stdout


@pytest.mark.parametrize("form", FILES)
def test_nothing_is_overwritten_unasked(run: Run, base: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "events"
    path.write_text("mine\n")
    call = ("export", base, "--format", form, "--output", path)

    refused = run(*call)

    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_text() == "mine\n"
    assert run(*call, "--force").exit_code == 0
    assert run("export", "--verify", path).exit_code == 0


@pytest.mark.parametrize("address", ["{}", "sqlite:///{}"])
@pytest.mark.parametrize("beside", ["", "-wal"])
def test_the_store_itself_is_never_overwritten(
    run: Run, base: Path, address: str, beside: str
) -> None:
    with Store.open(base) as held:  # which keeps its log in a file of its own
        held.judge(account(base, "warned").id, "accept", ANN)
        result = run(
            "export", address.format(base), "--format", "csv", "--output", f"{base}{beside}",
            "--force",
        )  # fmt: skip

    assert result.exit_code == 2
    assert "is one of the inputs" in result.stderr
    assert len(accounts(base)) == 4


@pytest.mark.parametrize("form", ["csv", "brat"])
def test_an_export_needs_a_folder_to_lie_in(
    run: Run, base: Path, tmp_path: Path, form: str
) -> None:
    result = run("export", base, "--format", form, "--output", tmp_path / "no" / "where")

    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], {"met", "warned", "turned away", "fired"}),
        (["--between", "jpn", "KOR"], {"met", "warned", "turned away"}),
        (["--since", "2019-03-05"], {"warned", "turned away"}),
        (["--until", "2019-03-04"], {"fired", "met"}),
        (["--known", "1980-01-01"], {"fired"}),
        (["--type", "consult", "--type", "ASSAULT"], {"met", "fired"}),
        (["--status", "threatened"], {"turned away"}),
    ],
)
def test_options_select(
    run: Run, base: Path, tmp_path: Path, options: list[str], words: set[str]
) -> None:
    path = tmp_path / "x.jsonl"

    result = run("export", base, "--format", "jsonl", "--output", path, *options)

    assert result.exit_code == 0
    assert {each.anchor.text for each in read_jsonl(path)} == words


def test_rejected_accounts_are_in_tables_if_asked_for(run: Run, base: Path, tmp_path: Path) -> None:
    decide(base)
    for name, *options in (("without",), ("with", "--rejected")):
        path = tmp_path / name
        assert run("export", base, "--format", "jsonl", "--output", path, *options).exit_code == 0

    assert list(read_jsonl(tmp_path / "without"))[::-1] == accounts(base)
    assert list(read_jsonl(tmp_path / "with"))[::-1] == accounts(base, rejected=True)
    result = run("export", base, "--format", "brat", "--output", tmp_path / "x", "--rejected")
    assert result.exit_code == 2
    assert "--rejected" in result.stderr


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        (["--status", "likely"], "'likely' is no status; it is one of actual, planned"),
        (["--type", "WAR"], "WAR"),
        (["--between", "JPN", "XYZ"], "no event with XYZ"),
        (["--since", "March"], "March"),
    ],
)
def test_what_cannot_be_selected_is_named(
    run: Run, base: Path, tmp_path: Path, option: list[str], complaint: str
) -> None:
    result = run("export", base, "--format", "csv", "--output", tmp_path / "x", *option)

    assert result.exit_code in (2, 3)
    assert complaint in result.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("form", ["icews", "gdelt", "polecat", "acled"])
def test_profiles_say_what_they_are_not(run: Run, base: Path, tmp_path: Path, form: str) -> None:
    decide(base)
    path = tmp_path / "x"

    result = run("export", base, "--format", form, "--output", path)

    assert result.exit_code == 0
    said = " ".join(result.stderr.split())
    assert f"does not claim to be {form.upper()}'s coding" in said
    assert "1 rejected by a reviewer" in said
    assert "1 status denied" in said
    manifest = json.loads((tmp_path / "x.manifest.json").read_text("utf-8"))
    assert manifest["left_out"]["rejected by a reviewer"] == 1
    assert f"{len(manifest['losses'])} things" in said
    shown = " ".join(run("export", "--help").stdout.split())
    assert "do not claim to be the coding of those projects" in shown


def test_profiles_hold_another_status_if_asked_for(run: Run, base: Path, tmp_path: Path) -> None:
    path = tmp_path / "x"

    result = run("export", base, "--format", "icews", "--output", path, "--status", "threatened")

    assert "nothing that was asked for" in result.stderr
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_what_was_known_is_all_that_an_event_table_tells(
    run: Run, base: Path, tmp_path: Path
) -> None:
    """A later report of the same event does not count before it was there."""
    with Store.open(base) as store:
        later = attrs.evolve(
            GENEVA.document, text=f"{GENEVA.document.text}Late edition.",
            published=datetime.date(2019, 3, 20), publisher="Late Post",
        )  # fmt: skip
        store.add(attrs.evolve(GENEVA, document=later))
    for name, *options in (("now",), ("then", "--known", "2019-03-10")):
        run("export", base, "--format", "gdelt", "--output", tmp_path / name, *options)

    now, then = (
        {row[0]: int(row[33]) for row in (line.split("\t") for line in text.splitlines())}
        for text in ((tmp_path / name).read_text("utf-8") for name in ("now", "then"))
    )
    assert now.keys() == then.keys()
    assert sum(now.values()) > sum(then.values())


def test_records_are_those_of_the_machine(run: Run, base: Path, tmp_path: Path) -> None:
    decide(base)
    path = tmp_path / "records.jsonl"

    result = run("export", base, "--format", "records", "--output", path)

    assert result.exit_code == 0
    lines = path.read_text("utf-8").splitlines()
    assert [Record.from_json(line) for line in lines] == list(REPORTS)
    assert run("export", "--verify", path).exit_code == 0


def test_documents_are_selected_by_their_accounts(run: Run, base: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"

    run("export", base, "--format", "records", "--output", path, "--type", "THREATEN")

    (line,) = path.read_text("utf-8").splitlines()
    # All of the document: what an annotator does not see would count as taken away.
    assert Record.from_json(line) == GENEVA


def test_brat_shows_events_as_humans_left_them(run: Run, base: Path, tmp_path: Path) -> None:
    added = decide(base)
    folder = tmp_path / "brat"

    result = run("export", base, "--format", "brat", "--output", folder)

    assert (result.exit_code, result.stdout) == (0, f"{folder}: 3 documents\n")
    names = {f"{stem(each)}.{suffix}" for each in REPORTS for suffix in ("txt", "ann")}
    confs = {"annotation.conf", "visual.conf"}
    assert {path.name for path in folder.iterdir()} == names | confs | {"manifest.json"}
    text = (folder / f"{stem(GENEVA)}.txt").read_bytes().decode("utf-8")
    assert text == GENEVA.document.text
    record = from_brat(text, (folder / f"{stem(GENEVA)}.ann").read_text("utf-8"))
    _check_decided(record, added)


def test_annotations_show_events_as_humans_left_them(run: Run, base: Path, tmp_path: Path) -> None:
    added = decide(base)
    folder = tmp_path / "w3c"

    assert run("export", base, "--format", "annotations", "--output", folder).exit_code == 0

    data = json.loads((folder / f"{stem(GENEVA)}.json").read_text("utf-8"))
    _check_decided(from_annotations(data), added)


def _check_decided(record: Record, added: Account) -> None:
    assert record.document == GENEVA.document
    assert [(event.type, event.status, event.anchor.text) for event in record.events] == [
        ("CONSULT", "actual", "met"),
        ("ACCUSE", "denied", "warned"),
        ("PROTEST", "actual", "blocked"),
    ]
    assert record.events[2].id == added.id
    assert record.events[2].source == ("KOR",)


def test_provenance_tells_who_decided_what(run: Run, base: Path, tmp_path: Path) -> None:
    added = decide(base)
    folder = tmp_path / "prov"

    assert run("export", base, "--format", "prov", "--output", folder).exit_code == 0

    graph = json.loads((folder / f"{stem(GENEVA)}.jsonld").read_text("utf-8"))["@graph"]
    decisions = {node["standoff:action"]: node for node in graph if "standoff:action" in node}
    assert decisions.keys() == {"correct", "reject", "add"}
    assert {node["rdfs:comment"] for node in decisions.values()} == {"the report says so"}
    # On the record's own events, as the machine read them.
    events = {n.get("standoff:id"): n["@id"] for n in graph if "#events." in n["@id"]}
    events.pop(None)
    assert events.keys() == {"e1", "e2", "e3"}
    assert decisions["correct"]["prov:used"] == {"@id": events["e2"]}
    assert decisions["reject"]["prov:used"] == {"@id": events["e3"]}
    assert added.id in decisions["add"]["@id"]
    other = json.loads((folder / f"{stem(COD)}.jsonld").read_text("utf-8"))["@graph"]
    assert not any("standoff:action" in node for node in other)


def test_conllu_has_a_file_a_document(
    run: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The format has tests of its own, with the model; here it is which records go into it."""
    decide(base)
    monkeypatch.setattr(conllu, "to_conllu", lambda r: " ".join(e.type for e in r.events))
    folder = tmp_path / "conllu"

    assert run("export", base, "--format", "conllu", "--output", folder).exit_code == 0

    assert {path.name: path.read_text() for path in folder.glob("*.conllu")} == {
        f"{stem(GENEVA)}.conllu": "CONSULT ACCUSE PROTEST",
        f"{stem(COD)}.conllu": "ASSAULT",
        f"{stem(NOTHING)}.conllu": "",
    }


@pytest.fixture
def folder(run: Run, base: Path, tmp_path: Path) -> Path:
    """Return a folder with a whole export for brat."""
    path = tmp_path / "brat"
    assert run("export", base, "--format", "brat", "--output", path).exit_code == 0
    return path


def test_a_folder_has_a_manifest_of_all_its_files(run: Run, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))

    assert (manifest["format"], manifest["documents"]) == ("brat", 3)
    listed = {each["name"] for each in manifest["files"]} | {"manifest.json"}
    assert listed == {path.name for path in folder.iterdir()}
    assert list(manifest)[-1] == "end"
    assert manifest["end"] is True
    result = run("export", "--verify", folder)
    assert (result.exit_code, result.stdout) == (0, f"{folder}: whole, as its manifest says\n")


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda f: (f / f"{stem(COD)}.ann").write_text(""), ".ann: bytes 0, not "),
        (lambda f: (f / f"{stem(COD)}.txt").unlink(), ".txt: cannot be read (No such file"),
        (
            lambda f: (f / f"{stem(COD)}.txt").write_text(COD.document.text.upper()),
            ".txt: another SHA-256",
        ),
        (lambda f: (f / "manifest.json").unlink(), "broken off"),
        (
            lambda f: (f / "manifest.json").write_bytes((f / "manifest.json").read_bytes()[:-9]),
            "broken off",
        ),
        (lambda f: (f / "manifest.json").write_text('{"files": []}'), "broken off"),
        (lambda f: (f / "manifest.json").write_text("[1]"), "broken off"),
    ],
)
def test_a_folder_that_was_cut_is_noticed(
    run: Run, folder: Path, damage: Callable[[Path], object], complaint: str
) -> None:
    damage(folder)

    result = run("export", "--verify", folder)

    assert result.exit_code == 1
    assert complaint in result.stdout
    assert len(result.stdout.splitlines()) == 1


def test_an_export_that_breaks_off_has_no_manifest(
    run: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "prov"
    record = Store.record

    def broken(self: Store, id_: str) -> Record:
        if id_ == COD.document.id:
            raise OSError(28, "No space left on device", str(folder))
        return record(self, id_)

    monkeypatch.setattr(Store, "record", broken)

    result = run("export", base, "--format", "prov", "--output", folder)

    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert [path.name for path in folder.iterdir()] == [f"{stem(GENEVA)}.jsonld"]
    assert run("export", "--verify", folder).exit_code == 1


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_with_files_is_left_alone_unasked(
    run: Run, base: Path, tmp_path: Path, form: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")

    for name in ("full", "file"):
        result = run("export", base, "--format", form, "--output", tmp_path / name)
        assert result.exit_code == 2
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_force_leaves_nothing_of_an_older_export(run: Run, base: Path, folder: Path) -> None:
    (folder / "mine.txt").write_text("mine")

    result = run(
        "export", base, "--format", "brat", "--output", folder, "--force", "--type", "ASSAULT"
    )

    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} == {
        f"{stem(COD)}.txt", f"{stem(COD)}.ann", "annotation.conf", "visual.conf",
        "manifest.json", "mine.txt",
    }  # fmt: skip
    assert run("export", "--verify", folder).exit_code == 0


@pytest.mark.parametrize("name", ["../store.db", "store.db", "..", "", "mine.txt"])
def test_a_forged_manifest_deletes_nothing(run: Run, base: Path, folder: Path, name: str) -> None:
    (folder / "mine.txt").write_text("mine")
    forged = {"files": [{"name": name, "bytes": 1, "sha256": ""}], "end": True}
    (folder / "manifest.json").write_text(json.dumps(forged))

    assert run("export", "--verify", folder).exit_code == 1
    assert run("export", base, "--format", "brat", "--output", folder, "--force").exit_code == 0

    assert (folder / "mine.txt").read_text() == "mine"
    assert len(accounts(base)) == 4
