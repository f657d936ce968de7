"""POLECAT tables: columns, what becomes of accounts, hostile files, out and in again."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given

import standoff
from standoff import ontology
from standoff.errors import InvalidTableError
from standoff.exchange.delimited import BadRow
from standoff.exchange.imported import ImportedEvent
from standoff.exchange.polecat import read_polecat, write_polecat
from standoff.exchange.profiles import profile
from standoff.record import Actor
from standoff.store.model import Account
from tests.exchange.accounts import CAST, account, cells, few, tellings

COLUMNS = {
    "Event ID": "text",
    "Event Date": "day",
    "Event Type": "text",
    "Event Mode": "text",
    "Intensity": "number",
    "Quad Code": "text",
    "Contexts": "text",
    "Actor Name": "text",
    "Actor Country": "text",
    "Actor COW": "integer",
    "Primary Actor Sector": "text",
    "Actor Sectors": "text",
    "Actor Title": "text",
    "Actor Name Raw": "text",
    "Wikipedia Actor ID": "text",
    "Recipient Name": "text",
    "Recipient Country": "text",
    "Recipient COW": "integer",
    "Primary Recipient Sector": "text",
    "Recipient Sectors": "text",
    "Recipient Title": "text",
    "Recipient Name Raw": "text",
    "Wikipedia Recipient ID": "text",
    "Placename": "text",
    "City": "text",
    "District": "text",
    "Province": "text",
    "Country": "text",
    "Latitude": "number",
    "Longitude": "number",
    "GeoNames ID": "integer",
    "Raw Placename": "text",
    "Feature Type": "text",
    "Source": "text",
    "Publication Date": "day",
    "Story People": "text",
    "Story Organizations": "text",
    "Story Locations": "text",
    "Language": "text",
    "Version": "text",
}

ROW = {
    "Event ID": "20230102-77-ab_PROTEST_demo_",
    "Event Date": "2023-01-02",
    "Event Type": "PROTEST",
    "Event Mode": "demo",
    "Intensity": "-3.0",
    "Quad Code": "MATERIAL CONFLICT",
    "Contexts": "economic;election",
    "Actor Name": "Students' Union",
    "Actor Country": "SRB",
    "Actor COW": "345",
    "Primary Actor Sector": "EDU",
    "Actor Sectors": "CVL;EDU",
    "Actor Name Raw": "students",
    "Recipient Name": "Serbia",
    "Recipient Country": "SRB",
    "Primary Recipient Sector": "GOV",
    "Recipient Sectors": "GOV",
    "Placename": "Novi Sad",
    "City": "Novi Sad",
    "Province": "Vojvodina",
    "Country": "SRB",
    "Latitude": "45.25",
    "Longitude": "19.84",
    "GeoNames ID": "3194360",
    "Source": "Tanjug",
    "Publication Date": "2023-01-03",
}


def table(*rows: dict[str, str]) -> io.StringIO:
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(row.get(name, "") for name in COLUMNS) for row in rows]
    return io.StringIO("\n".join(lines) + "\n")


def read(row: dict[str, str]) -> ImportedEvent:
    (found,) = read_polecat(table(row))
    assert isinstance(found, ImportedEvent), found
    return found


def written(path: Path, *accounts: Account) -> list[dict[str, str]]:
    write_polecat(path / "t.txt", accounts, CAST)
    return list(cells((path / "t.txt").read_text("utf-8").splitlines()))


def test_columns() -> None:
    found = {column.name: column.type for column in profile("polecat").columns}
    assert len(found) == 40
    assert found == COLUMNS
    assert list(found) == list(COLUMNS)
    assert all(column.meaning and column.put for column in profile("polecat").columns)


def test_a_row(tmp_path: Path) -> None:
    told = account(
        mode="primitive",
        contexts=("military", "resource", "own"),
        source_words="the frigate",
        place="Seyðisfjörður",
        admin1="East",
        country="ISL",
        geonameid=2626573,
        publisher="Morgunblaðið",
    )
    (row,) = written(tmp_path, told)
    assert {name: value for name, value in row.items() if value} == {
        "Event ID": "a1",
        "Event Date": "1976-02-19",
        "Event Type": "ASSAULT",
        "Event Mode": "primitive",
        "Intensity": "-9.5",
        "Quad Code": "MATERIAL CONFLICT",
        "Contexts": "military;resource",
        "Actor Name": "Royal Navy",
        "Actor Country": "GBR",
        "Actor COW": "200",
        "Primary Actor Sector": "MIL",
        "Actor Sectors": "MIL",
        "Actor Name Raw": "the frigate",
        "Recipient Name": "Iceland",
        "Recipient Country": "ISL",
        "Recipient COW": "395",
        "Placename": "Seyðisfjörður",
        "City": "Seyðisfjörður",
        "Province": "East",
        "Country": "ISL",
        "GeoNames ID": "2626573",
        "Source": "Morgunblaðið",
        "Publication Date": "1976-02-20",
        "Language": "English",
        "Version": f"standoff {standoff.__version__}",
    }


def test_modes_that_are_ours_are_left_out(tmp_path: Path) -> None:
    added = [mode for each in ontology.types() for mode in each.modes if mode.added]
    assert added
    rows = written(tmp_path, *(account(type=mode.type, mode=mode.name) for mode in added))
    assert {row["Event Mode"] for row in rows} == {""}


def test_symmetric_events_are_two_rows(tmp_path: Path) -> None:
    talks = account(type="CONSULT", source=("ISL", "GBR"), target=("ISL", "GBR"))
    rows = written(tmp_path, talks)
    assert [(row["Event ID"], row["Actor Name"], row["Recipient Name"]) for row in rows] == [
        ("a1-1", "Iceland", "United Kingdom"),
        ("a1-2", "United Kingdom", "Iceland"),
    ]


def test_words_without_an_actor_are_raw_names_only(tmp_path: Path) -> None:
    (row,) = written(tmp_path, account(source=(), source_words="a car\tbomb"))
    assert (row["Actor Name"], row["Actor Name Raw"]) == ("", "a car bomb")
    (row, _) = written(tmp_path, account(source=("ISL", "GBR"), source_words="both"))
    assert row["Actor Name Raw"] == ""


def test_types_of_a_codebook_of_ones_own_are_left_out(tmp_path: Path) -> None:
    manifest = write_polecat(tmp_path / "t", [account(type="RAMMING", cameo="190")], CAST)
    assert (manifest.rows, manifest.left_out) == (0, {"no type of PLOVER's": 1})


def test_reading() -> None:
    found = read(ROW)
    told = found.account
    assert told.id == told.event == "polecat:20230102-77-ab_PROTEST_demo_"
    assert (told.type, told.mode, told.contexts) == ("PROTEST", "demo", ("economic", "election"))
    assert (told.cameo, told.quad, told.goldstein) == ("141", 4, -3.0)
    assert (told.start, told.published) == (datetime.date(2023, 1, 2), datetime.date(2023, 1, 3))
    assert told.source == ("SRB.EDU.STUDENTS_UNION",)
    assert told.source_words == "students"
    assert told.target == ("SRB.GOV",)
    assert (told.place, told.admin1, told.country) == ("Novi Sad", "Vojvodina", "SRB")
    assert (told.geonameid, told.publisher) == (3194360, "Tanjug")
    assert found.actors == (
        Actor("SRB.EDU.STUDENTS_UNION", "Students' Union", "SRB", ("EDU", "CVL")),
        Actor("SRB.GOV", "Serbia", "SRB", ("GOV",)),
    )


def test_unknown_labels_are_noted() -> None:
    found = read(ROW | {"Event Mode": "flashmob", "Contexts": "weather;election"})
    assert (found.account.mode, found.account.contexts) == (None, ("election",))
    assert [note.partition(":")[0] for note in found.notes] == ["Event Mode", "Contexts"]


def test_older_names_of_types_are_read() -> None:
    assert read(ROW | {"Event Type": "FIGHT", "Event Mode": ""}).account.type == "ASSAULT"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Event Type", "YIELD"),
        ("Event Type", ""),
        ("Event Type", "DANCE"),
        ("Event Date", "2023-13-01"),
        ("Publication Date", "soon"),
        ("Intensity", "11"),
        ("Latitude", "-90.01"),
        ("GeoNames ID", "9" * 400),
    ],
)
def test_a_bad_cell_is_a_bad_row_and_the_rest_goes_on(column: str, cell: str) -> None:
    bad, good = read_polecat(table(ROW | {column: cell}, ROW))
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column) == (2, column)
    assert isinstance(good, ImportedEvent)


def test_a_column_that_is_named_twice() -> None:
    text = table(ROW).getvalue().replace("Raw Placename", "City", 1)
    with pytest.raises(InvalidTableError, match="line 1, column 'City': named twice"):
        list(read_polecat(io.StringIO(text)))


def test_other_columns_are_ignored_and_most_may_be_missing() -> None:
    few_columns = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")
    text = "\t".join((*few_columns, "Headline")) + "\n" + "1\t2023-01-02\tAID\tA\tB\tx\n"
    (found,) = read_polecat(io.StringIO(text))
    assert isinstance(found, ImportedEvent)
    assert (found.account.type, found.account.source) == ("AID", ("UNLISTED.A",))


@few
@given(told=tellings())
def test_out_in_and_out_again_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, told: tuple[list[Account], dict[str, Actor]]
) -> None:
    folder = tmp_path_factory.mktemp("polecat", numbered=True)
    accounts, cast = told
    manifest = write_polecat(folder / "first", accounts, cast)
    found = [each for each in read_polecat(folder / "first") if isinstance(each, ImportedEvent)]
    assert len(found) == manifest.rows
    again = {actor.id: actor for each in found for actor in each.actors}
    write_polecat(folder / "second", [each.account for each in found], again)
    assert (folder / "second").read_bytes() == (folder / "first").read_bytes()


def test_what_survives(tmp_path: Path) -> None:
    told = account(
        type="PROTEST",
        mode="riot",
        contexts=("economic",),
        source=("UNLISTED.TRAWLERMEN",),
        source_words="angry trawlermen",
        place="Hull",
        country="GBR",
        geonameid=2645425,
        publisher="Hull Daily Mail",
        goldstein=-7.5,
    )
    write_polecat(tmp_path / "t", [told], CAST)
    (found,) = read_polecat(tmp_path / "t")
    assert isinstance(found, ImportedEvent)
    kept = ("type", "mode", "contexts", "target", "start", "published", "place")
    for name in (*kept, "country", "geonameid", "publisher", "goldstein"):
        assert getattr(found.account, name) == getattr(told, name), name
    assert found.account.id == "polecat:a1"
    assert found.account.source_words == "angry trawlermen"
    assert found.actors[0] == Actor("GBR.LAB.TRAWLERMEN", "trawlermen", "GBR", ("LAB", "CVL"))
