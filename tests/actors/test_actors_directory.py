"""Names asked of the tables directly."""

from __future__ import annotations

import datetime

import pytest

from standoff import actors
from standoff.actors import tables
from standoff.language.folding import fold

DAY = datetime.date(2018, 7, 1)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("kim jong-un", "PRK.GOV.KIM_JONG_UN"),
        ("Andres Manuel Lopez Obrador", "MEX.GOV.ANDRES_MANUEL_LOPEZ_OBRADOR"),
        ("Sergey Viktorovich Lavrov", "RUS.GOV.SERGEI_LAVROV"),
        ("DPRK", "PRK"),
        ("british", "GBR"),
        ("hizbollah", "LBN.REB.HEZBOLLAH"),
        ("State Department", "USA.GOV.STATE_DEPARTMENT"),
    ],
)
def test_case_accents_and_middle_names_do_not_matter(name: str, id_: str) -> None:
    assert actors.named(name, DAY)[0].id == id_


def test_who_held_an_office_on_the_day_comes_first() -> None:
    names = [
        actors.named("Bērziņš", day)[:1] or actors.named("Andris Bērziņš", day)[:1]
        for day in (datetime.date(2001, 1, 1), datetime.date(2013, 1, 1))
    ]
    assert names[0] != names[1]


def test_nobody_and_nothing_are_no_actors() -> None:
    assert actors.named("Qwertz Uiop") == []
    assert actors.named("") == []
    assert actors.named("-") == []


def test_an_actor_is_described_by_what_its_table_has() -> None:
    assert actors.described("PRK")["kind"] == "state"
    assert actors.described("IGO.UN")["name"] == "United Nations"
    assert "secretary of state" in actors.described("USA.GOV.MIKE_POMPEO")["offices"]
    assert actors.described("XXX.GOV.NOBODY") == {}


def test_every_listed_name_leads_to_its_actor() -> None:
    for person in list(tables.people().values())[::97]:
        assert person.id in [entry.id for entry in actors.named(person.name)], person.name


def test_folding_leaves_letters_that_have_no_accent() -> None:
    assert fold("Łódź") == "lodz"
    assert fold("Al-Qaʿida’s") == "al qaidas"
