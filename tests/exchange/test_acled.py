"""The profile in ACLED's columns: columns, which events it takes and as what, fatalities."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import pytest

from standoff import ontology
from standoff.exchange.acled import acled_rows, fatalities, write_acled
from standoff.exchange.profiles import profile, table
from standoff.record import Actor
from standoff.store.model import Account
from tests.exchange.accounts import CAST, account, dead, event

COLUMNS = {
    "event_id_cnty": "text",
    "event_date": "day",
    "year": "integer",
    "time_precision": "integer",
    "disorder_type": "text",
    "event_type": "text",
    "sub_event_type": "text",
    "actor1": "text",
    "assoc_actor_1": "text",
    "inter1": "text",
    "actor2": "text",
    "assoc_actor_2": "text",
    "inter2": "text",
    "interaction": "text",
    "civilian_targeting": "text",
    "iso": "integer",
    "region": "text",
    "country": "text",
    "admin1": "text",
    "admin2": "text",
    "admin3": "text",
    "location": "text",
    "latitude": "number",
    "longitude": "number",
    "geo_precision": "integer",
    "source": "text",
    "source_scale": "text",
    "notes": "text",
    "fatalities": "integer",
    "tags": "text",
    "timestamp": "integer",
}
SUB_EVENTS = {
    "Battles": {
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    },
    "Protests": {
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    },
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    },
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}
DISORDERS = {
    "Battles": {"Political violence"},
    "Protests": {"Demonstrations", "Political violence; Demonstrations"},
    "Riots": {"Demonstrations", "Political violence", "Political violence; Demonstrations"},
    "Explosions/Remote violence": {"Political violence"},
    "Violence against civilians": {"Political violence"},
    "Strategic developments": {"Strategic developments"},
}

ACTORS = CAST | {
    actor.id: actor
    for actor in (
        Actor("SYR.REB.ANY", "a rebel group", "SYR", ("REB",)),
        Actor("SYR.CVL.ANY", "villagers", "SYR", ("CVL",)),
        Actor("SYR.MIL.ANY", "the army", "SYR", ("MIL",)),
        Actor("SYR.COP.ANY", "police", "SYR", ("COP",)),
        Actor("SYR.GOV.ANY", "a minister", "SYR", ("GOV",)),
        Actor("UNLISTED.WHO", "somebody"),
    )
}


def row(**fields: Any) -> dict[str, Any] | None:
    """Return the row of an event with one account, None where there is none."""
    rows = list(acled_rows([event(account(**fields))], ACTORS))
    return dict(rows[0]) if rows else None


def test_columns() -> None:
    found = {column.name: column.type for column in profile("acled").columns}
    assert found == COLUMNS
    assert list(found) == list(COLUMNS)
    assert all(column.meaning and column.put for column in profile("acled").columns)
    assert "not ACLED's coding" in profile("acled").title
    assert "not ACLED's coding" in profile("acled").losses[0]


def test_the_crosswalk_goes_from_plover_to_acled() -> None:
    roles = set(profile("acled").tables["source_roles"])
    for crossing in table("acled.tsv"):
        if crossing["mode"] not in ("*", "-"):
            ontology.mode(crossing["type"], crossing["mode"])
        ontology.event_type(crossing["type"])
        assert crossing["sub_event"] in SUB_EVENTS[crossing["event"]]
        assert crossing["disorder"] in DISORDERS[crossing["event"]]
        for side in (crossing["source"], crossing["target"]):
            assert side == "*" or set(side.split("|")) <= roles


def test_roles_cover_all_sectors_once() -> None:
    sectors = {*profile("icews").tables["sectors"], "STATE"}
    for name in ("source_roles", "target_roles"):
        known = [each for role in profile("acled").tables[name].values() for each in role]
        assert len(set(known)) == len(known)
        assert set(known) == sectors


@pytest.mark.parametrize(
    ("type", "mode", "source", "target", "sub_event"),
    [
        ("ASSAULT", "firearms", "SYR.REB.ANY", "SYR.MIL.ANY", "Armed clash"),
        ("ASSAULT", None, "ISL", "GBR", "Armed clash"),
        ("ASSAULT", "firearms", "SYR.REB.ANY", "SYR.CVL.ANY", "Attack"),
        ("ASSAULT", "assassinate", "SYR.REB.ANY", "SYR.GOV.ANY", "Attack"),
        ("ASSAULT", "firearms", "SYR.REB.ANY", "UNLISTED.WHO", None),
        ("ASSAULT", "beat", "SYR.MIL.ANY", "SYR.REB.ANY", None),
        ("ASSAULT", "aerial", "UNLISTED.WHO", "UNLISTED.WHO", "Air/drone strike"),
        ("ASSAULT", "heavy-weapons", "ISL", "GBR", "Shelling/artillery/missile attack"),
        ("ASSAULT", "explosives", "SYR.REB.ANY", "ISL", "Remote explosive/landmine/IED"),
        ("ASSAULT", "occupy", "SYR.REB.ANY", "ISL", "Non-state actor overtakes territory"),
        ("ASSAULT", "occupy", "SYR.MIL.ANY", "SYR.REB.ANY", "Government regains territory"),
        ("ASSAULT", "occupy", "ISL", "GBR", None),
        ("ASSAULT", "crowd-control", "SYR.COP.ANY", "SYR.CVL.ANY", "Protest with intervention"),
        ("PROTEST", "demo", "SYR.CVL.ANY", "SYR.GOV.ANY", "Peaceful protest"),
        ("PROTEST", "riot", "SYR.CVL.ANY", "SYR.GOV.ANY", "Violent demonstration"),
        ("PROTEST", "boycott", "SYR.CVL.ANY", "SYR.GOV.ANY", None),
        ("RETREAT", "ceasefire", "ISL", "GBR", "Agreement"),
        ("COERCE", "arrest", "SYR.COP.ANY", "SYR.CVL.ANY", "Arrests"),
        ("CONSULT", "visit", "ISL", "GBR", None),
        ("THREATEN", "violence", "ISL", "GBR", None),
    ],
)
def test_what_becomes_what(
    type: str, mode: str | None, source: str, target: str, sub_event: str | None
) -> None:
    found = row(type=type, mode=mode, source=(source,), target=(target,))
    assert (found and found["sub_event_type"]) == sub_event


def test_a_row(tmp_path: Path) -> None:
    told = account(
        mode="heavy-weapons",
        source=("GBR.MIL.ROYAL_NAVY", "GBR"),
        target=("UNLISTED.TRAWLERMEN", "ISL"),
        grain="day",
        place="Seyðisfjörður",
        admin1="East",
        country="ISL",
        lat=65.26,
        lon=-14.0,
        publisher="Morgunblaðið",
        quantity=(dead(2),),
        sentence=(1, 18),
    )
    other = account("2", publisher='The "Times"', published=datetime.date(1976, 2, 25))
    manifest = write_acled(
        tmp_path / "t.csv",
        [event(told, other, id="123")],
        ACTORS,
        texts={told.document: "\nShells hit\nboats. More."},
    )
    assert manifest.rows == 1
    data = (tmp_path / "t.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    (found,) = csv.DictReader(data.decode().splitlines())
    assert list(found) == list(COLUMNS)
    assert {name: value for name, value in found.items() if value} == {
        "event_id_cnty": "ISL123",
        "event_date": "1976-02-19",
        "year": "1976",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Royal Navy",
        "assoc_actor_1": "United Kingdom",
        "inter1": "State forces",
        "actor2": "trawlermen",
        "assoc_actor_2": "Iceland",
        "inter2": "Civilians",
        "interaction": "State forces-Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": "352",
        "country": "Iceland",
        "admin1": "East",
        "location": "Seyðisfjörður",
        "latitude": "65.26",
        "longitude": "-14.0",
        "geo_precision": "1",
        "source": 'Morgunblaðið; The "Times"',
        "notes": "Shells hit boats.",
        "fatalities": "2",
    }


def test_protests_have_one_party() -> None:
    found = row(type="PROTEST", mode="demo", source=("SYR.CVL.ANY",), target=("SYR.GOV.ANY",))
    assert found is not None
    assert (found["actor1"], found["inter1"]) == ("villagers", "Protesters")
    assert (found["actor2"], found["inter2"]) == (None, "")
    assert found["interaction"] == "Protesters only"


def test_protesters_come_first_where_force_is_used() -> None:
    found = row(mode="crowd-control", source=("SYR.COP.ANY",), target=("SYR.CVL.ANY",))
    assert found is not None
    assert (found["actor1"], found["inter1"]) == ("villagers", "Protesters")
    assert (found["actor2"], found["inter2"]) == ("police", "State forces")


def test_symmetric_events_are_one_row() -> None:
    sides = ("ISL", "GBR", "IGO.NATO")
    (found,) = acled_rows(
        [event(account(type="RETREAT", mode="ceasefire", source=sides, target=sides))], ACTORS
    )
    assert (found["actor1"], found["assoc_actor_1"]) == ("Iceland", "")
    assert (found["actor2"], found["assoc_actor_2"]) == ("United Kingdom", "NATO")


def test_unknown_is_empty() -> None:
    found = row(mode="aerial", source=(), target=(), start=None, published=None, grain="day")
    assert found is not None
    filled = {name for name, value in found.items() if value not in (None, "")}
    assert filled == {"event_id_cnty", "disorder_type", "event_type", "sub_event_type"}


@pytest.mark.parametrize(
    ("grain", "precision"), [("week", 2), ("month", 3), ("year", None), (None, None)]
)
def test_precision_of_days(grain: str | None, precision: int | None) -> None:
    found = row(mode="aerial", grain=grain)
    assert found is not None
    assert found["time_precision"] == precision
    found = row(mode="aerial", grain=grain, start=None)
    assert found is not None
    assert (found["event_date"], found["time_precision"]) == (datetime.date(1976, 2, 20), None)


@pytest.mark.parametrize(
    ("place", "admin1", "precision"), [("Hull", None, 1), (None, "Kent", 2), ("Iceland", None, 3)]
)
def test_precision_of_places(place: str | None, admin1: str | None, precision: int) -> None:
    found = row(mode="aerial", place=place, admin1=admin1, country="ISL")
    assert found is not None
    assert found["geo_precision"] == precision


@pytest.mark.parametrize(
    ("accounts", "count"),
    [
        ([account(quantity=(dead(3),))], 3),
        ([account(quantity=(dead(0),))], 0),
        ([account(), account(quantity=(dead(3, "Killed"),))], 3),
        ([account(quantity=(dead(3),)), account(quantity=(dead(3, "deaths"),))], 3),
        ([account(quantity=(dead(3),)), account(quantity=(dead(4),))], None),
        ([account(quantity=(dead(3, "soldier"),))], None),
        ([account(quantity=(dead(3, "casualties"),))], None),
        ([account(quantity=(dead(3, None),))], None),
        ([account(quantity=(dead(2.5),))], None),
        ([account(quantity=(dead(-1),))], None),
        ([account(quantity=(dead(1e300),))], None),
        ([account(quantity=(dead(float("nan")),))], None),
    ],
)
def test_fatalities_come_from_numbers_of_the_dead_only(
    accounts: list[Account], count: int | None
) -> None:
    assert fatalities(event(*accounts)) == count


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    told = [
        event(account(type="CONSULT")),
        event(account(mode="aerial", status="threatened")),
        event(account(mode="aerial")),
    ]
    manifest = write_acled(tmp_path / "t.csv", told, ACTORS)
    assert manifest.rows == 1
    assert manifest.left_out == {
        "no violence, protest or strategic change by the crosswalk": 1,
        "status threatened": 1,
    }
