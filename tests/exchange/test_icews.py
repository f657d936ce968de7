"""ICEWS tables: columns, what becomes of accounts, hostile files, out and in again."""

from __future__ import annotations

import datetime
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given

from standoff.errors import InputError, InvalidTableError
from standoff.exchange.countries import countries
from standoff.exchange.delimited import BadRow
from standoff.exchange.icews import icews_rows, read_icews, write_icews
from standoff.exchange.imported import ImportedEvent, LeftOut
from standoff.exchange.profiles import profile
from standoff.record import Actor
from standoff.store.model import Account
from tests.exchange.accounts import CAST, account, cells, few, tellings

COLUMNS = {
    "Event ID": "integer",
    "Event Date": "day",
    "Source Name": "text",
    "Source Sectors": "text",
    "Source Country": "text",
    "Event Text": "text",
    "CAMEO Code": "text",
    "Intensity": "number",
    "Target Name": "text",
    "Target Sectors": "text",
    "Target Country": "text",
    "Story ID": "integer",
    "Sentence Number": "integer",
    "Publisher": "text",
    "City": "text",
    "District": "text",
    "Province": "text",
    "Country": "text",
    "Latitude": "number",
    "Longitude": "number",
}

ROW = {
    "Event ID": "27421001",
    "Event Date": "2014-03-18",
    "Source Name": "Sergei Lavrov",
    "Source Sectors": "Government,Foreign Ministry,Elite,Center Left",
    "Source Country": "Russian Federation",
    "Event Text": "Make a visit",
    "CAMEO Code": "042",
    "Intensity": "1.9",
    "Target Name": "Finland",
    "Target Country": "Finland",
    "Story ID": "30112233",
    "Sentence Number": "2",
    "Publisher": "Xinhua News Agency",
    "City": "Helsinki",
    "Province": "Uusimaa",
    "Country": "Finland",
    "Latitude": "60.1695",
    "Longitude": "24.9354",
}


def table(*rows: dict[str, str]) -> io.StringIO:
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(row.get(name, "") for name in COLUMNS) for row in rows]
    return io.StringIO("\n".join(lines) + "\n")


def only(row: dict[str, str]) -> ImportedEvent | LeftOut | BadRow:
    (found,) = read_icews(table(row))
    return found


def event_of(row: dict[str, str]) -> ImportedEvent:
    found = only(row)
    assert isinstance(found, ImportedEvent), found
    return found


def written(path: Path, *accounts: Account) -> list[dict[str, str]]:
    write_icews(path / "icews.tab", accounts, CAST)
    return list(cells((path / "icews.tab").read_text("utf-8").splitlines()))


def test_columns() -> None:
    found = {column.name: column.type for column in profile("icews").columns}
    assert found == COLUMNS
    assert list(found) == list(COLUMNS)
    assert all(column.meaning and column.put for column in profile("icews").columns)


def test_sectors_are_named_both_ways() -> None:
    tables = profile("icews").tables
    assert len(set(tables["sectors"].values())) == len(tables["sectors"])
    assert not set(tables["sectors"].values()) & tables["sectors_read"].keys()
    assert set(tables["sectors_read"].values()) <= tables["sectors"].keys()


def test_a_row(tmp_path: Path) -> None:
    (row,) = written(
        tmp_path,
        account(
            "31",
            document="x:77",
            mode="primitive",
            source=("RUS.GOV.FOREIGN_MINISTRY",),
            place="Seyðisfjörður",
            admin1="East",
            country="ISL",
            lat=65.2593333333,
            lon=-14.0,
            publisher="Morgunblaðið",
        ),
    )
    assert row == {
        "Event ID": "31",
        "Event Date": "1976-02-19",
        "Source Name": "Foreign Ministry",
        "Source Sectors": "Government,Elite",
        "Source Country": "Russian Federation",
        "Event Text": "Assault physically",
        "CAMEO Code": "182",
        "Intensity": "-9.5",
        "Target Name": "Iceland",
        "Target Sectors": "",
        "Target Country": "Iceland",
        "Story ID": "77",
        "Sentence Number": "",
        "Publisher": "Morgunblaðið",
        "City": "Seyðisfjörður",
        "District": "",
        "Province": "East",
        "Country": "Iceland",
        "Latitude": "65.259333",
        "Longitude": "-14.0",
    }


def test_symmetric_events_are_two_rows(tmp_path: Path) -> None:
    talks = account(type="CONSULT", source=("ISL", "GBR"), target=("ISL", "GBR"))
    rows = written(tmp_path, talks)
    assert [(row["Source Name"], row["Target Name"]) for row in rows] == [
        ("Iceland", "United Kingdom"),
        ("United Kingdom", "Iceland"),
    ]
    assert len({row["Event ID"] for row in rows}) == 2
    assert {row["CAMEO Code"] for row in rows} == {"040"}


def test_every_party_keeps_a_row(tmp_path: Path) -> None:
    rows = written(tmp_path, account(source=("ISL", "GBR"), target=("GBR",)))
    assert [(row["Source Name"], row["Target Name"]) for row in rows] == [
        ("Iceland", "United Kingdom"),
        ("United Kingdom", "United Kingdom"),
    ]


def test_unknown_is_empty(tmp_path: Path) -> None:
    bare = account(source=(), target=(), start=None, published=None, source_words="a\tcar bomb")
    (row,) = written(tmp_path, bare)
    assert row["Source Name"] == "a car bomb"
    empty = set(COLUMNS) - {"Event ID", "Source Name", "Event Text", "CAMEO Code", "Intensity"}
    assert {name for name in empty - {"Story ID"} if row[name]} == set()


def test_an_undated_event_has_the_day_of_its_report(tmp_path: Path) -> None:
    assert written(tmp_path, account(start=None))[0]["Event Date"] == "1976-02-20"


def test_a_name_cannot_break_a_row(tmp_path: Path) -> None:
    actors = {"ISL": Actor("ISL", "Is\tl\r\nand\x0b\x85\u2028 \"'\x00\ud83d", "ISL")}
    write_icews(tmp_path / "t", [account(target=("ISL",))], actors)
    data = (tmp_path / "t").read_bytes()
    assert data.count(b"\n") == 2
    (row,) = cells(data.decode().splitlines())
    assert row["Target Name"] == "Is l and \"' \ufffd"


def test_what_did_not_happen_is_left_out(tmp_path: Path) -> None:
    told = [
        account("1"),
        account("2", status="threatened"),
        account("3", status="threatened"),
        account("4", review="rejected"),
        account("5", type="OWN", cameo=None),
    ]
    manifest = write_icews(tmp_path / "a", told, CAST)
    assert manifest.rows == 1
    assert manifest.left_out == {
        "status threatened": 2,
        "rejected by a reviewer": 1,
        "no CAMEO code": 1,
    }
    manifest = write_icews(tmp_path / "a", told, CAST, statuses={"actual", "threatened"})
    assert manifest.rows == 3


def test_a_bare_root_is_written_as_its_general_code() -> None:
    (row,) = icews_rows([account(cameo="19")], CAST)
    assert row["CAMEO Code"] == "190"
    (row,) = icews_rows([account(cameo="20")], CAST)
    assert row["CAMEO Code"] == "200"


def test_reading() -> None:
    found = event_of(ROW)
    told = found.account
    assert (told.id, told.event, told.document) == (
        "icews:27421001",
        "icews:27421001",
        "icews-story:30112233",
    )
    assert (told.type, told.mode, told.cameo, told.quad) == ("CONSULT", "visit", "042", 1)
    assert (told.start, told.end) == (datetime.date(2014, 3, 18), datetime.date(2014, 3, 18))
    assert (told.source, told.target) == (("RUS.GOV.SERGEI_LAVROV",), ("FIN",))
    assert (told.place, told.admin1, told.country) == ("Helsinki", "Uusimaa", "FIN")
    assert (told.lat, told.lon, told.goldstein) == (60.1695, 24.9354, 1.9)
    assert (told.status, told.outlet) == ("actual", "publisher:xinhua news agency")
    assert found.actors == (
        Actor("RUS.GOV.SERGEI_LAVROV", "Sergei Lavrov", "RUS", ("GOV", "ELI")),
        Actor("FIN", "Finland", "FIN"),
    )
    assert (found.line, found.notes) == (2, ())


@pytest.mark.parametrize(
    ("name", "sectors", "country", "id"),
    [
        ("Iran", "", "Iran", "IRN"),
        ("Iran", "Government", "Iran", "IRN.GOV"),
        ("Ministry of Truth", "", "Iran", "IRN.MINISTRY_OF_TRUTH"),
        ("Arab League", "International Government Organization", "", "IGO.ARAB_LEAGUE"),
        ("Reuters", "News,Media", "", "MEDIA.REUTERS"),
        ("somebody", "", "", "UNLISTED.SOMEBODY"),
        ("somebody", "Military", "", "UNLISTED.SOMEBODY"),
    ],
)
def test_ids_of_actors(name: str, sectors: str, country: str, id: str) -> None:
    row = {"Source Name": name, "Source Sectors": sectors, "Source Country": country}
    assert event_of(ROW | row).account.source == (id,)


def test_a_country_that_nobody_knows_is_noted() -> None:
    found = event_of(ROW | {"Source Country": "Ruritania"})
    assert found.notes == ("Source Country: no country is known as 'Ruritania'",)
    assert found.actors[0].country is None


def test_public_statements_have_no_type() -> None:
    found = only(ROW | {"CAMEO Code": "010"})
    assert isinstance(found, LeftOut)
    assert "010" in found.reason


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("CAMEO Code", "10"),
        ("CAMEO Code", "42"),
        ("CAMEO Code", "9999"),
        ("CAMEO Code", ""),
        ("Event Date", "2014-02-30"),
        ("Event Date", "yesterday"),
        ("Event Date", "0001-01-01"),
        ("Event Date", "9999-12-31"),
        ("Event ID", "1" * 5000),
        ("Event ID", "12.5"),
        ("Latitude", "91"),
        ("Latitude", "1e999"),
        ("Latitude", "nan"),
        ("Latitude", "6_0"),
        ("Longitude", "24,9"),
        ("Intensity", "٣"),
    ],
)
def test_a_bad_cell_is_a_bad_row_and_the_rest_goes_on(column: str, cell: str) -> None:
    bad, good = read_icews(table(ROW | {column: cell}, ROW))
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column) == (2, column)
    assert bad.problem
    assert len(bad.problem) < 200
    assert isinstance(good, ImportedEvent)


def test_rows_of_another_width() -> None:
    text = table(ROW).getvalue() + "a\tb\n" + "\t" * 40 + "\n"
    _, short, long = read_icews(io.StringIO(text))
    assert short == BadRow(3, "2 columns, where 20 are expected")
    assert long == BadRow(4, "41 columns, where 20 are expected")


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    names = [*reversed(COLUMNS), "Sentence Sentiment"]
    text = "\t".join(name.lower() for name in names) + "\r\n"
    text += "\t".join((ROW | {"Sentence Sentiment": "x"}).get(name, "") for name in names) + "\r\n"
    path = tmp_path / "t.tab"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (found,) = read_icews(path)
    assert found == event_of(ROW)


@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_empty_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.tab"
    path.write_bytes(data)
    with pytest.raises(InvalidTableError, match=r"t\.tab: empty"):
        list(read_icews(path))


def test_a_file_of_something_else_names_the_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.tab"
    path.write_text("<html>\t<p>\n")
    with pytest.raises(InvalidTableError, match="no 'Event Date', 'Source Name'") as caught:
        list(read_icews(path))
    assert (caught.value.line, caught.value.column) == (1, "Event Date")
    assert isinstance(caught.value, InputError)


def test_binary_files(tmp_path: Path) -> None:
    path = tmp_path / "t.tab"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(InvalidTableError, match=r"t\.tab"):
        list(read_icews(path))
    path.write_bytes(table(ROW).getvalue().encode() + b"\0\0\n")
    with pytest.raises(InvalidTableError, match="line 3: binary"):
        list(read_icews(path))


def test_bytes_that_are_no_text_are_a_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "t.tab"
    path.write_bytes(table(ROW).getvalue().encode() + b"\xff\xfe\t\n")
    assert list(read_icews(path))[1] == BadRow(3, "not UTF-8")


def test_an_endless_line(tmp_path: Path) -> None:
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(b"a" * 50_000_000))
    with pytest.raises(InvalidTableError, match="line 1: a line of more than"):
        list(read_icews(path))


def test_packed_files(tmp_path: Path) -> None:
    data = table(ROW, ROW).getvalue().encode()
    expected = list(read_icews(io.StringIO(data.decode())))
    packed = tmp_path / "t.tab.gz"
    packed.write_bytes(gzip.compress(data))
    assert list(read_icews(packed)) == expected
    archive = tmp_path / "t.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("folder/events.tab", data)
    assert list(read_icews(str(archive))) == expected
    with zipfile.ZipFile(archive, "a") as members:
        members.writestr("README.txt", "no table")
    with pytest.raises(InvalidTableError, match="holds 2 files"):
        list(read_icews(archive))
    with pytest.raises(InvalidTableError, match="has no 'events'"):
        list(read_icews(archive, member="events"))
    assert list(read_icews(archive, member="folder/events.tab")) == expected


def test_packed_files_that_break_off(tmp_path: Path) -> None:
    rows = [ROW | {"Event ID": str(number**3)} for number in range(1, 5000)]
    data = table(*rows).getvalue().encode()
    packed = tmp_path / "t.gz"
    packed.write_bytes(gzip.compress(data)[:-4000])
    found = read_icews(packed)
    assert isinstance(next(found), ImportedEvent)
    with pytest.raises(InvalidTableError, match=r"t\.gz: line \d+: breaks off"):
        list(found)
    broken = bytearray(gzip.compress(data))
    broken[len(broken) // 2] ^= 255
    packed.write_bytes(bytes(broken))
    with pytest.raises(InvalidTableError, match=r"t\.gz: line \d+: breaks off"):
        list(read_icews(packed))
    archive = tmp_path / "t.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("events.tab", data)
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-2000])
    with pytest.raises(InvalidTableError, match="archive cannot be read"):
        list(read_icews(archive))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidTableError, match="cannot be read"):
        list(read_icews(tmp_path / "none"))


@few
@given(told=tellings())
def test_out_in_and_out_again_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, told: tuple[list[Account], dict[str, Actor]]
) -> None:
    folder = tmp_path_factory.mktemp("icews", numbered=True)
    accounts, cast = told
    manifest = write_icews(folder / "first", accounts, cast)
    found = [each for each in read_icews(folder / "first") if isinstance(each, ImportedEvent)]
    assert len(found) == manifest.rows
    again = {actor.id: actor for each in found for actor in each.actors}
    write_icews(folder / "second", [each.account for each in found], again)
    assert (folder / "second").read_bytes() == (folder / "first").read_bytes()


def test_what_survives(tmp_path: Path) -> None:
    told = account(
        "12", type="RETREAT", mode="release", cameo="0841", place="Hull", country="GBR", lat=53.7
    )
    write_icews(tmp_path / "t", [told], CAST)
    (found,) = read_icews(tmp_path / "t")
    assert isinstance(found, ImportedEvent)
    for name in ("type", "mode", "cameo", "source", "target", "start", "place", "country", "lat"):
        assert getattr(found.account, name) == getattr(told, name), name
    assert found.account.id == "icews:12"


def test_countries_are_those_of_the_actors() -> None:
    from standoff.actors import tables

    ours = tables.countries()
    assert ours.keys() <= countries().keys()
    assert {id: countries()[id].name for id in ours} == {id: ours[id].name for id in ours}
    assert set(profile("icews").tables["sectors"]) == set(tables.sectors())
