"""The GDELT 2.0 event table: columns, what becomes of events, hostile files, out and in again."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from standoff.errors import InvalidTableError
from standoff.exchange.countries import countries, of_code
from standoff.exchange.delimited import BadRow
from standoff.exchange.gdelt import read_gdelt, write_gdelt
from standoff.exchange.imported import ImportedEvent, LeftOut
from standoff.exchange.profiles import profile, table
from standoff.record import Actor, Span
from standoff.store.model import Account, StoredEvent
from tests.exchange.accounts import CAST, account, cells, event, few, tellings

ACTOR = [
    ("Code", "text"),
    ("Name", "text"),
    ("CountryCode", "text"),
    ("KnownGroupCode", "text"),
    ("EthnicCode", "text"),
    ("Religion1Code", "text"),
    ("Religion2Code", "text"),
    ("Type1Code", "text"),
    ("Type2Code", "text"),
    ("Type3Code", "text"),
]
GEO = [
    ("Type", "integer"),
    ("Fullname", "text"),
    ("CountryCode", "text"),
    ("ADM1Code", "text"),
    ("ADM2Code", "text"),
    ("Lat", "number"),
    ("Long", "number"),
    ("FeatureID", "text"),
]
COLUMNS = dict(
    [
        ("GlobalEventID", "integer"),
        ("Day", "yyyymmdd"),
        ("MonthYear", "yyyymm"),
        ("Year", "integer"),
        ("FractionDate", "number"),
        *((f"Actor1{name}", type) for name, type in ACTOR),
        *((f"Actor2{name}", type) for name, type in ACTOR),
        ("IsRootEvent", "integer"),
        ("EventCode", "text"),
        ("EventBaseCode", "text"),
        ("EventRootCode", "text"),
        ("QuadClass", "integer"),
        ("GoldsteinScale", "number"),
        ("NumMentions", "integer"),
        ("NumSources", "integer"),
        ("NumArticles", "integer"),
        ("AvgTone", "number"),
        *((f"Actor1Geo_{name}", type) for name, type in GEO),
        *((f"Actor2Geo_{name}", type) for name, type in GEO),
        *((f"ActionGeo_{name}", type) for name, type in GEO),
        ("DATEADDED", "yyyymmddhhmmss"),
        ("SOURCEURL", "text"),
    ]
)
COUNTS = ("NumMentions", "NumSources", "NumArticles")

ROW = {
    "GlobalEventID": "410412347",
    "Day": "20150218",
    "MonthYear": "201502",
    "Year": "2015",
    "FractionDate": "2015.1315",
    "Actor1Code": "PSEREBHMS",
    "Actor1Name": "HAMAS",
    "Actor1CountryCode": "PSE",
    "Actor1KnownGroupCode": "HMS",
    "Actor1Type1Code": "REB",
    "Actor2Code": "ROMINSLEGHRI",
    "Actor2Name": "BUCHAREST",
    "Actor2CountryCode": "ROM",
    "Actor2Type1Code": "INS",
    "Actor2Type2Code": "LEG",
    "Actor2Type3Code": "HRI",
    "IsRootEvent": "1",
    "EventCode": "1124",
    "EventBaseCode": "112",
    "EventRootCode": "11",
    "QuadClass": "3",
    "GoldsteinScale": "-2",
    "NumMentions": "6",
    "NumSources": "1",
    "NumArticles": "6",
    "AvgTone": "2.8716",
    "ActionGeo_Type": "4",
    "ActionGeo_Fullname": "Belgrade, Serbia (general), Serbia",
    "ActionGeo_CountryCode": "RB",
    "ActionGeo_Lat": "44.8186",
    "ActionGeo_Long": "20.4681",
    "DATEADDED": "20150218234500",
    "SOURCEURL": "http://www.example.org/news/1",
}


def text(*rows: dict[str, str]) -> io.StringIO:
    lines = ["\t".join(row.get(name, "") for name in COLUMNS) for row in rows]
    return io.StringIO("".join(f"{line}\n" for line in lines))


def read(row: dict[str, str]) -> ImportedEvent:
    (found,) = read_gdelt(text(row))
    assert isinstance(found, ImportedEvent), found
    return found


def written(path: Path, *events: StoredEvent) -> list[dict[str, str]]:
    write_gdelt(path / "gdelt.CSV", events, CAST)
    lines = (path / "gdelt.CSV").read_text("utf-8").splitlines()
    return list(cells(lines, names=tuple(COLUMNS)))


def test_columns() -> None:
    found = {column.name: column.type for column in profile("gdelt").columns}
    assert len(found) == 61
    assert found == COLUMNS
    assert list(found) == list(COLUMNS)
    assert all(column.meaning and column.put for column in profile("gdelt").columns)


def test_codes_are_unambiguous() -> None:
    for coding in ("cameo", "fips"):
        given = [row[coding] for row in table("countries.tsv") if row[coding]]
        assert len(set(given)) == len(given)
        also = [each for row in table("countries.tsv") for each in row[f"{coding}_also"].split("|")]
        assert not set(filter(None, also)) & set(given)
    groups = list(table("known_groups.tsv"))
    assert len({row["code"] for row in groups}) == len({row["id"] for row in groups}) == len(groups)
    sectors = profile("gdelt").tables["sectors"]
    assert len(set(sectors.values())) == len(sectors)


def test_known_groups_are_actors() -> None:
    from standoff.actors import tables

    assert {row["id"] for row in table("known_groups.tsv")} <= tables.bodies().keys()


@pytest.mark.parametrize(
    ("id", "cameo", "fips"),
    [
        ("PRK", "PRK", "KN"),
        ("KOR", "KOR", "KS"),
        ("DEU", "DEU", "GM"),
        ("CHN", "CHN", "CH"),
        ("CHE", "CHE", "SZ"),
        ("UKR", "UKR", "UP"),
        ("IRQ", "IRQ", "IZ"),
        ("ROU", "ROM", "RO"),
        ("SRB", "SRB", "RI"),
        ("SUN", None, None),
    ],
)
def test_codes_of_countries(id: str, cameo: str | None, fips: str | None) -> None:
    assert (countries()[id].cameo, countries()[id].fips) == (cameo, fips)
    assert fips is None or of_code(fips, "fips") == id
    assert cameo is None or of_code(cameo, "cameo") == id


def test_a_row(tmp_path: Path) -> None:
    told = account(
        mode="primitive",
        source=("GBR.MIL.ROYAL_NAVY",),
        place="Seyðisfjörður",
        admin1="East",
        country="ISL",
        lat=65.26,
        lon=-14.0,
        url="https://example.org/1",
    )
    (row,) = written(tmp_path, event(told, id="123"))
    assert {name: value for name, value in row.items() if value} == {
        "GlobalEventID": "123",
        "Day": "19760219",
        "MonthYear": "197602",
        "Year": "1976",
        "FractionDate": "1976.1342",
        "Actor1Code": "GBRMIL",
        "Actor1Name": "ROYAL NAVY",
        "Actor1CountryCode": "GBR",
        "Actor1Type1Code": "MIL",
        "Actor2Code": "ISL",
        "Actor2Name": "ICELAND",
        "Actor2CountryCode": "ISL",
        "EventCode": "182",
        "EventBaseCode": "182",
        "EventRootCode": "18",
        "QuadClass": "4",
        "GoldsteinScale": "-9.5",
        "NumMentions": "1",
        "NumSources": "1",
        "NumArticles": "1",
        "Actor1Geo_Type": "0",
        "Actor2Geo_Type": "0",
        "ActionGeo_Type": "4",
        "ActionGeo_Fullname": "Seyðisfjörður, East, Iceland",
        "ActionGeo_CountryCode": "IC",
        "ActionGeo_Lat": "65.26",
        "ActionGeo_Long": "-14.0",
        "DATEADDED": "19760220000000",
        "SOURCEURL": "https://example.org/1",
    }


def test_counts_are_over_all_accounts_that_count(tmp_path: Path) -> None:
    day = datetime.date(1976, 2, 21)
    mentions = (Span(0, 1, "a"), Span(2, 3, "b"))
    told = event(
        account("1", outlet="a", mentions=mentions),
        account("2", outlet="a", published=day),
        account("3", outlet="b", document="sha256:2", published=day, review="accepted", url="u:3"),
        account("4", outlet="c", status="denied"),
        account("5", outlet="d", review="rejected"),
    )
    manifest = write_gdelt(tmp_path / "t", [told], CAST)
    (row,) = cells((tmp_path / "t").read_text().splitlines(), names=tuple(COLUMNS))
    assert [row[name] for name in COUNTS] == ["4", "2", "2"]
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("19760220000000", "u:3")
    assert manifest.left_out == {"status denied": 1, "rejected by a reviewer": 1}


def test_an_event_without_an_account_that_counts_is_no_row(tmp_path: Path) -> None:
    assert written(tmp_path, event(account(status="planned")), event()) == []
    assert (tmp_path / "gdelt.CSV").read_bytes() == b""
    assert list(read_gdelt(tmp_path / "gdelt.CSV")) == []


def test_symmetric_events_are_two_rows(tmp_path: Path) -> None:
    talks = account(type="CONSULT", source=("ISL", "GBR"), target=("ISL", "GBR"))
    rows = written(tmp_path, event(talks))
    assert [(row["Actor1Code"], row["Actor2Code"]) for row in rows] == [
        ("ISL", "GBR"),
        ("GBR", "ISL"),
    ]
    assert len({row["GlobalEventID"] for row in rows}) == 2
    assert {(row["EventCode"], row["QuadClass"]) for row in rows} == {("040", "1")}


def test_bodies_and_roles(tmp_path: Path) -> None:
    told = account(source=("IGO.NATO",), target=("RUS.GOV.FOREIGN_MINISTRY",))
    (row,) = written(tmp_path, event(told))
    names = ("Code", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code")
    assert [row[f"Actor1{name}"] for name in names] == ["IGOMILNAT", "", "NAT", "IGO", "MIL"]
    assert [row[f"Actor2{name}"] for name in names] == ["RUSGOVELI", "RUS", "", "GOV", "ELI"]


@pytest.mark.parametrize(
    ("place", "admin1", "country", "kind", "name", "code", "division"),
    [
        (None, None, None, "0", "", "", ""),
        (None, None, "USA", "1", "United States", "US", "US"),
        ("Iran", None, "IRN", "1", "Iran", "IR", "IR"),
        ("Texas", "Texas", "USA", "2", "Texas, United States", "US", ""),
        ("Dallas", "Texas", "USA", "3", "Dallas, Texas, United States", "US", ""),
        ("Kyiv", None, "UKR", "4", "Kyiv, Ukraine", "UP", ""),
        (None, "Donetsk", "UKR", "5", "Donetsk, Ukraine", "UP", ""),
        ("Sukhumi", None, "XAB", "4", "Sukhumi, Abkhazia", "", ""),
        ("Atlantis", None, None, "4", "Atlantis", "", ""),
    ],
)
def test_places(
    tmp_path: Path,
    place: str | None,
    admin1: str | None,
    country: str | None,
    kind: str,
    name: str,
    code: str,
    division: str,
) -> None:
    told = account(place=place, admin1=admin1, country=country)
    (row,) = written(tmp_path, event(told))
    names = ("Type", "Fullname", "CountryCode", "ADM1Code")
    assert [row[f"ActionGeo_{each}"] for each in names] == [kind, name, code, division]


def test_unknown_days_and_parties_are_empty(tmp_path: Path) -> None:
    told = account(start=None, published=None, source=(), target=())
    (row,) = written(tmp_path, event(told))
    for name in ("Day", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor2Name"):
        assert row[name] == ""
    assert row["DATEADDED"] == ""


def test_reading() -> None:
    found = read(ROW)
    told = found.account
    assert (told.id, told.document) == ("gdelt:410412347", "http://www.example.org/news/1")
    assert (told.type, told.mode, told.cameo, told.quad) == ("ACCUSE", "allege", "1124", 3)
    assert (told.start, told.published) == (datetime.date(2015, 2, 18),) * 2
    assert (told.source, told.target) == (("PSE.REB.HAMAS",), ("ROU.REB.BUCHAREST",))
    assert (told.place, told.admin1, told.country) == ("Belgrade", "Serbia (general)", "SRB")
    assert (told.publisher, told.outlet) == ("example.org", "publisher:example.org")
    assert found.actors == (
        Actor("PSE.REB.HAMAS", "HAMAS", "PSE", ("REB",)),
        Actor("ROU.REB.BUCHAREST", "BUCHAREST", "ROU", ("REB", "LEG")),
    )
    assert found.notes == ()


def test_somebody_of_a_known_body() -> None:
    actor = {"Actor1Code": "IGOUNO", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "IGO"}
    blank = {"Actor1CountryCode": ""}
    assert read(ROW | blank | actor | {"Actor1Name": "UNITED NATIONS"}).actors[0].id == "IGO.UN"
    member = read(ROW | blank | actor | {"Actor1Name": "UN ENVOY"}).actors[0]
    assert member.id == "IGO.UN.UN_ENVOY"


def test_unknown_codes_are_noted() -> None:
    codes = {"Actor1CountryCode": "EUR", "ActionGeo_CountryCode": "QQ", "Actor1KnownGroupCode": "X"}
    found = read(ROW | codes)
    assert found.notes == (
        "Actor1CountryCode: no country is known by 'EUR'",
        "ActionGeo_CountryCode: no country is known by 'QQ'",
    )
    assert found.actors[0].country is None


def test_public_statements_have_no_type() -> None:
    (found,) = read_gdelt(text(ROW | {"EventCode": "010"}))
    assert isinstance(found, LeftOut)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("EventCode", "19"),
        ("EventCode", "---"),
        ("Day", "20150231"),
        ("Day", "2015"),
        ("Day", "00000000"),
        ("DATEADDED", "99991231000000"),
        ("GlobalEventID", "1" * 5000),
        ("GoldsteinScale", "-1e300"),
        ("ActionGeo_Lat", "41.0#"),
        ("ActionGeo_Long", "-181"),
        ("ActionGeo_Type", "city"),
    ],
)
def test_a_bad_cell_is_a_bad_row_and_the_rest_goes_on(column: str, cell: str) -> None:
    bad, good = read_gdelt(text(ROW | {column: cell}, ROW))
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column) == (1, column)
    assert isinstance(good, ImportedEvent)


def test_columns_that_are_not_read_may_hold_anything() -> None:
    odd = {"AvgTone": "#", "Actor1Geo_Lat": "x", "MonthYear": "?", "NumMentions": ""}
    assert read(ROW | odd) == read(ROW)


def test_rows_of_another_width() -> None:
    line = text(ROW).getvalue().rstrip("\n")
    older = line.rsplit("\t", 3)[0]
    short, long, _ = read_gdelt(io.StringIO(f"{older}\n{line}\t\n{line}\n"))
    assert short == BadRow(1, "58 columns, where 61 are expected")
    assert long == BadRow(2, "62 columns, where 61 are expected")


def test_files_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "t.CSV"
    path.write_text("<!DOCTYPE html>\n<p>404\n")
    with pytest.raises(InvalidTableError, match=r"t\.CSV: line 1: no tab in"):
        list(read_gdelt(path))
    path.write_bytes(b"\x7fELF\x02\x01\x01\0\0\0\n")
    with pytest.raises(InvalidTableError, match="binary"):
        list(read_gdelt(path))
    path.write_bytes(b"\x1f\x8bxx")
    with pytest.raises(InvalidTableError, match="breaks off or is damaged"):
        list(read_gdelt(path))
    path.write_bytes(b"PK\x03\x04xx")
    with pytest.raises(InvalidTableError, match="archive cannot be read"):
        list(read_gdelt(path))


@few
@given(told=tellings())
def test_out_in_and_out_again_is_the_same_but_for_counts(
    tmp_path_factory: pytest.TempPathFactory, told: tuple[list[Account], dict[str, Actor]]
) -> None:
    folder = tmp_path_factory.mktemp("gdelt", numbered=True)
    accounts, cast = told
    events = [StoredEvent(each.id, (each,)) for each in accounts]
    manifest = write_gdelt(folder / "first", events, cast)
    found = [each for each in read_gdelt(folder / "first") if isinstance(each, ImportedEvent)]
    assert len(found) == manifest.rows
    again = {actor.id: actor for each in found for actor in each.actors}
    read_events = [StoredEvent(each.account.event, (each.account,)) for each in found]
    write_gdelt(folder / "second", read_events, again)
    first, second = (
        list(cells((folder / name).read_text("utf-8").split("\n")[:-1], names=tuple(COLUMNS)))
        for name in ("first", "second")
    )
    once = dict.fromkeys(COUNTS, "1")
    assert [row | once for row in first] == [row | once for row in second]


def test_what_survives(tmp_path: Path) -> None:
    told = account(
        "12",
        event="12",
        type="RETREAT",
        mode="release",
        cameo="0841",
        place="Hull",
        admin1="England",
        country="GBR",
        lat=53.7,
        url="https://example.org/1",
    )
    write_gdelt(tmp_path / "t", [event(told, id="12")], CAST)
    (found,) = read_gdelt(tmp_path / "t")
    assert isinstance(found, ImportedEvent)
    kept = ("type", "mode", "cameo", "source", "target", "start", "published", "place", "admin1")
    for name in (*kept, "country", "lat", "url"):
        assert getattr(found.account, name) == getattr(told, name), name
    names = {actor.name for actor in found.actors}
    assert names == {"ROYAL NAVY", "ICELAND"}
    assert attrs.evolve(found.actors[1], name="Iceland") == Actor("ISL", "Iceland", "ISL")
