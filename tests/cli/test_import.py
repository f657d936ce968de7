"""``standoff import``: what annotators changed comes back as decisions with their names."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import Result

from standoff.exchange.annotations import to_annotations
from standoff.exchange.brat import to_brat
from standoff.record import Actor, Document, ModelInfo, Record, Span
from standoff.store import Account, Coder, Filter, Store
from tests.store.reports import report, talks, told

Run = Callable[..., Result]

TEXT = (
    "Envoys of Japan and South Korea met in Geneva on Monday.\r\nJapan then warned South Korea "
    "that ships would be turned away, and divers blocked the harbour. Tokyo sent two cutters.\n"
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


GENEVA = report(
    TEXT,
    talks("met", "JPN KOR", day="2019-03-04"),
    told("THREATEN", "warned", "JPN", "KOR", mode="restrict"),
    told("MOBILIZE", "sent", "JPN", "KOR"),
    published="2019-03-06",
    actors=(
        Actor("JPN", "Japan", "JPN", mentions=(span("Japan"),)),
        Actor("KOR", "South Korea", "KOR", mentions=(span("South Korea"),)),
        Actor("doc.p1", "divers", None, (), "group", (span("divers"),)),
    ),
)
COD = report(
    "British trawlers fired on an Icelandic patrol ship near Grimsey.\n",
    told("ASSAULT", "fired", "GBR", "ISL", day="1976-02-19"),
    published="1976-02-20",
)
ID = GENEVA.document.id
STEM = ID.removeprefix("sha256:")[:16]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a store with one report."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    with Store.create(path) as store:
        store.add(GENEVA)
    return path


@pytest.fixture
def base(template: Path, tmp_path: Path) -> Path:
    """Return the path of a copy of that store: copying is faster than making one."""
    return Path(shutil.copy(template, tmp_path / "store.db"))


@pytest.fixture
def drawn(run: Run, base: Path, tmp_path: Path) -> Path:
    """Return the .ann file of an export for brat."""
    assert run("export", base, "--format", "brat", "--output", tmp_path / "brat").exit_code == 0
    return tmp_path / "brat" / f"{STEM}.ann"


@pytest.fixture
def linked(run: Run, base: Path, tmp_path: Path) -> Path:
    """Return the file of an export as Web Annotation."""
    folder = tmp_path / "w3c"
    assert run("export", base, "--format", "annotations", "--output", folder).exit_code == 0
    return folder / f"{STEM}.json"


def state(base: Path) -> list[Account]:
    with Store.open(base) as store:
        return store.told(ID)


def by_words(base: Path) -> dict[str, Account]:
    return {each.anchor.text: each for each in state(base)}


def decisions(base: Path) -> int:
    with Store.open(base) as store:
        return store.status().decisions


def retype(path: Path) -> None:
    """Make the threat an accusation, as somebody does in brat: its mode goes with it."""
    ann = path.read_text("utf-8").replace("THREATEN", "ACCUSE")
    path.write_text(re.sub(r"(?m)^A\d+\tMode E2 .*\n", "", ann), "utf-8")


def edit(path: Path) -> None:
    """Change the type of the second event, delete the third, and add one."""
    retype(path)
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not re.search(r"^E3\t|\tMOBILIZE |^[A#]\d+\t\S+ E3\b", line)]
    divers = next(line.partition("\t")[0] for line in kept if line.endswith("\tdivers"))
    words = span("blocked")
    kept += [
        f"T90\tPROTEST {words.start} {words.end}\tblocked",
        f"E90\tPROTEST:T90 Source:{divers}",
        "A90\tMode E90 obstruct",
    ]
    path.write_text("\n".join(kept) + "\n", "utf-8")


def edit_linked(path: Path) -> None:
    """Do in Web Annotation what `edit` does in brat."""
    data = json.loads(path.read_text("utf-8"))
    items = data["first"]["items"]
    met, warned, sent = (each for each in items if each["body"]["type"] == "standoff:Event")
    warned["body"] |= {"standoff:type": "ACCUSE", "standoff:mode": None}
    items.remove(sent)
    new = json.loads(json.dumps(met))
    new["target"]["selector"] = [{"type": "TextQuoteSelector", "exact": "blocked"}]
    new["body"] |= {
        "standoff:id": "new", "standoff:type": "PROTEST", "standoff:mode": "obstruct",
        "standoff:source": ["doc.p1"], "standoff:target": [], "standoff:time": None,
    }  # fmt: skip
    items.append(new)
    path.write_text(json.dumps(data), "utf-8")


@pytest.mark.parametrize(
    ("form", "suffix", "change"), [("brat", "ann", edit), ("annotations", "json", edit_linked)]
)
def test_changes_come_back_as_decisions(
    run: Run, base: Path, tmp_path: Path, form: str, suffix: str, change: Callable[[Path], None]
) -> None:
    out = tmp_path / "out"
    run("export", base, "--format", form, "--output", out)
    path = out / f"{STEM}.{suffix}"
    before = by_words(base)
    change(path)

    result = run("import", base, path, "--by", "ann")

    now = by_words(base)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"correct {before['warned'].id}  “warned”  type THREATEN → ACCUSE, mode restrict → none",
        f"add     {now['blocked'].id}  “blocked”  "
        "type PROTEST, mode obstruct, status actual, source UNLISTED.DIVERS",
        f"reject  {before['sent'].id}  “sent”  MOBILIZE",
        "1 documents (0 new to the store); 1 corrected, 1 rejected, 0 accepted, 1 added, "
        "1 left alone; 0 failed",
    ]
    assert now["met"] == before["met"]
    warned, blocked = now["warned"], now["blocked"]
    assert (warned.id, warned.type, warned.mode) == (before["warned"].id, "ACCUSE", None)
    assert (warned.review, warned.origin) == ("corrected", "machine")
    assert now["sent"].review == "rejected"
    assert (blocked.type, blocked.mode, blocked.origin) == ("PROTEST", "obstruct", "human")
    assert (blocked.source, blocked.target) == (("UNLISTED.DIVERS",), ())
    with Store.open(base) as store:
        for account, action in ((warned, "correct"), (now["sent"], "reject"), (blocked, "add")):
            (made,) = store.history(account.id)
            assert (made.action, made.by) == (action, "ann")
            assert made.why == f"imported from {path.name}"
        assert store.history(now["met"].id) == []
        assert store.problems() == []
    _check_again(run, base, out, form, path)


def _check_again(run: Run, base: Path, out: Path, form: str, path: Path) -> None:
    """See that nothing is decided twice: neither by the file nor by a new export of the store."""
    made = decisions(base)
    assert run("import", base, path, "--by", "bob").exit_code == 0
    assert run("export", base, "--format", form, "--output", out, "--force").exit_code == 0
    assert run("import", base, path, "--by", "bob").exit_code == 0
    assert decisions(base) == made


def test_an_export_that_nobody_touched_decides_nothing(
    run: Run, base: Path, drawn: Path, linked: Path, tmp_path: Path
) -> None:
    records = tmp_path / "records.jsonl"
    run("export", base, "--format", "records", "--output", records)

    result = run("import", base, drawn, linked, records, "--by", "ann")

    assert result.exit_code == 0
    assert result.stdout == (
        "3 documents (0 new to the store); 0 corrected, 0 rejected, 0 accepted, 0 added, "
        "9 left alone; 0 failed\n"
    )
    assert decisions(base) == 0


def test_records_come_back_too(run: Run, base: Path, tmp_path: Path) -> None:
    events = [attrs.evolve(GENEVA.events[0], status="cancelled"), *GENEVA.events[1:]]
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(attrs.evolve(GENEVA, events=events).to_json().encode()))

    result = run("import", base, path, "--by", "ann", "--why", "second reading")

    assert result.exit_code == 0
    assert "status actual → cancelled" in result.stdout
    met = by_words(base)["met"]
    assert (met.status, met.review) == ("cancelled", "corrected")
    with Store.open(base) as store:
        assert store.history(met.id)[0].why == "second reading"


def test_a_dry_run_shows_and_decides_nothing(
    run: Run, base: Path, drawn: Path, tmp_path: Path
) -> None:
    edit(drawn)
    new = tmp_path / "cod.jsonl"
    new.write_text(COD.to_json(), "utf-8")

    result = run("import", base, drawn, new, "--by", "ann", "--dry-run")

    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "correct", "add", "reject", "document", "dry",
    ]  # fmt: skip
    assert result.stdout.splitlines()[-1].startswith("dry run, nothing was decided: 2 documents")
    assert decisions(base) == 0
    with Store.open(base) as store:
        assert store.status().documents == 1


def test_who_decides_is_asked_of_the_environment(run: Run, base: Path, drawn: Path) -> None:
    retype(drawn)
    nobody = {"STANDOFF_CODER": None, "USER": None, "USERNAME": None}

    assert run("import", base, drawn, env=nobody).exit_code == 2
    assert run("import", base, drawn, env=nobody | {"STANDOFF_CODER": "eve"}).exit_code == 0

    with Store.open(base) as store:
        assert store.history(by_words(base)["warned"].id)[0].by == "eve"


def test_a_document_that_is_not_there_is_added(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "cod.txt").write_bytes(COD.document.text.encode())
    (tmp_path / "cod.ann").write_text(to_brat(COD), "utf-8")

    result = run("import", base, tmp_path / "cod.ann", "--by", "ann")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("1 documents (1 new to the store); 0 corr")
    with Store.open(base) as store:
        assert store.record(COD.document.id) == COD
        assert store.status().decisions == 0


def test_a_folder_is_imported_whole(run: Run, base: Path, drawn: Path, linked: Path) -> None:
    edit(drawn)

    result = run("import", base, drawn.parent, "--by", "ann")

    assert result.exit_code == 0
    assert "1 corrected, 1 rejected, 0 accepted, 1 added" in result.stdout
    assert run("import", base, linked.parent, "--by", "bob", "--dry-run").exit_code == 0


def test_what_another_rejected_since_is_accepted_by_the_file(
    run: Run, base: Path, drawn: Path
) -> None:
    met = by_words(base)["met"].id
    with Store.open(base) as store:
        store.judge(met, "reject", Coder("bob"))

    result = run("import", base, drawn, "--by", "ann")

    assert result.stdout.splitlines()[0] == f"accept  {met}  “met”  CONSULT"
    assert by_words(base)["met"].review == "accepted"
    with Store.open(base) as store:
        (conflict,) = store.conflicts()
    assert (conflict.field, conflict.values) == ("event", {"bob": False, "ann": True})


def test_a_file_from_before_another_reading_is_warned_of(run: Run, base: Path, drawn: Path) -> None:
    """Ids of events are others by then; their words tell which is which."""
    retype(drawn)
    events = [attrs.evolve(e, id=f"e{n}") for n, e in enumerate(reversed(GENEVA.events), start=1)]
    weights = ModelInfo("by-hand", "2.0", "1" * 64)
    with Store.open(base) as store:
        store.recode(attrs.evolve(GENEVA, events=events, model=weights))

    result = run("import", base, drawn, "--by", "ann")

    assert result.exit_code == 0
    assert f"standoff: {drawn}: warning: other weights read this" in result.stderr
    assert "1 corrected, 0 rejected, 0 accepted, 0 added, 2 left alone" in result.stdout
    assert by_words(base)["warned"].type == "ACCUSE"


def test_two_coders_who_differ_are_told_of(run: Run, base: Path, drawn: Path) -> None:
    original = drawn.read_text("utf-8")
    for coder, type_ in (("ann", "AGREE"), ("bob", "COOPERATE")):
        drawn.write_text(original.replace("CONSULT", type_), "utf-8")
        assert run("import", base, drawn, "--by", coder).exit_code == 0

    with Store.open(base) as store:
        (conflict,) = store.conflicts()
    assert (conflict.field, conflict.values) == ("type", {"ann": "AGREE", "bob": "COOPERATE"})


@pytest.mark.parametrize(
    "name",
    ["icews.tab", "20190304.export.CSV", "20190304.export.CSV.zip", "polecat.txt", "x.parquet"],
)
def test_tables_of_events_are_not_imported(run: Run, base: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Event ID\tEvent Date\n1\t2019-03-04\n")

    result = run("import", base, path, "--by", "ann")

    assert result.exit_code == 3
    assert f"{path}: " in result.stderr
    assert "ICEWS, GDELT and POLECAT, are not imported: they have no text" in result.stderr
    assert "outlooks" in result.stderr


def _cut(drawn: Path) -> Path:
    drawn.write_text(drawn.read_text("utf-8").replace("\twarned\n", "\twaned\n"), "utf-8")
    return drawn


def _alone(drawn: Path) -> Path:
    drawn.with_suffix(".txt").unlink()
    return drawn


def _other_text(drawn: Path) -> Path:
    drawn.with_suffix(".txt").write_text(TEXT + "More.", "utf-8")
    return drawn


def _latin(drawn: Path) -> Path:
    drawn.with_suffix(".txt").write_bytes(b"caf\xe9")
    return drawn


def _written(name: str, content: str) -> Callable[[Path], Path]:
    def write(drawn: Path) -> Path:
        path = drawn.with_name(name)
        path.write_text(content, "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (_cut, "line "),
        (_alone, f"{STEM}.txt is not beside it"),
        (_other_text, "the text has changed since it was exported"),
        (_latin, f"{STEM}.txt is not UTF-8"),
        (lambda drawn: drawn.with_suffix(".txt"), "name its .ann"),
        (lambda drawn: drawn.with_name("none.ann"), "there is no such file"),
        (lambda drawn: drawn.with_name("manifest.json"), "AnnotationCollection"),
        (_written("x.json", "{"), "not JSON"),
        (_written("x.jsonl", '{"id": "a1", "event": "e1"}\n' * 9), "its first line is no record"),
        (_written("x.jsonl", f"{COD.to_json()}\nnonsense\n"), "x.jsonl:2: this is no JSON"),
        (
            _written("x.jsonl", f"{COD.to_json()}\n{json.dumps({'text': 'Talks ended.'})}\n"),
            "x.jsonl:2: a report without events",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    run: Run,
    base: Path,
    drawn: Path,
    linked: Path,
    make: Callable[[Path], Path],
    complaint: str,
) -> None:
    edit_linked(linked)
    bad = make(drawn)

    result = run("import", base, bad, linked, "--by", "ann")

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"standoff: {bad}")
    assert complaint in line
    assert by_words(base)["warned"].type == "ACCUSE"
    assert "1 corrected, 1 rejected, 0 accepted, 1 added" in result.stdout
    assert "1 failed" in result.stdout


def test_an_empty_folder_is_nothing_to_import(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = run("import", base, tmp_path / "empty", "--by", "ann")

    assert result.exit_code == 3
    assert "no .ann and no .json in this folder" in result.stderr


def _awkward(record: Record, **values: Any) -> Record:
    events = [*record.events[:2], attrs.evolve(record.events[2], **values)]
    return attrs.evolve(record, events=events)


@pytest.mark.parametrize(
    "values",
    [{"source": ("\ud800",)}, {"source": ("a mob",)}, {"anchor": Span(5, 5, ""), "id": "x"}],
)
def test_a_decision_that_cannot_be_taken_is_named_and_the_rest_goes_on(
    run: Run, base: Path, tmp_path: Path, values: dict[str, Any]
) -> None:
    record = _awkward(GENEVA, **values)
    record = attrs.evolve(
        record, events=[attrs.evolve(record.events[0], aspect="begun"), *record.events[1:]]
    )
    path = tmp_path / "x.json"
    path.write_text(json.dumps(to_annotations(record)), "utf-8")

    result = run("import", base, path, "--by", "ann")

    assert result.exit_code == 1
    assert f"standoff: {path}: “" in result.stderr
    assert by_words(base)["met"].aspect == "begun"


def test_a_record_that_no_store_can_hold_is_named(run: Run, base: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(Record(Document("Talks\0 ended.")).to_json(), "utf-8")

    result = run("import", base, path, "--by", "ann")

    assert result.exit_code == 3
    assert "no database stores" in result.stderr
    with Store.open(base) as store:
        assert len(store.accounts(Filter())) == 3
