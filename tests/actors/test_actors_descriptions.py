"""Descriptions that take up an actor: "the ministry", "the North", "the two sides"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

Asking = Callable[..., list[tuple[str, str]]]
Making = Callable[..., Doc]


def test_a_ministry_is_the_one_named_before(who: Asking) -> None:
    found = who("Iran's foreign ministry met envoys from France. The ministry issued a statement.")
    assert found[-1] == ("ministry", "IRN.GOV.FOREIGN_MINISTRY")


def test_a_regime_is_the_government_named_before(who: Asking) -> None:
    found = who("The Syrian government met Turkey. The regime refused.")
    assert found[-1] == ("regime", "SYR.GOV")


def test_banks_may_be_called_lenders(who: Asking) -> None:
    found = who("The US warned South Korean banks after the lenders began to sell bonds.")
    assert found[-1] == ("lenders", "KOR.BUS")


def test_an_army_is_that_of_the_only_state_named(who: Asking) -> None:
    assert who("Venezuela is tense. The army stayed away.")[-1] == ("army", "VEN.MIL")


def test_an_army_is_of_no_known_state_where_two_are_named(who: Asking) -> None:
    found = who("Venezuela met Colombia. The army stayed away.")
    assert found[-1] == ("army", "MIL")


def test_a_president_is_who_was_called_so(who: Asking) -> None:
    found = who("French President Emmanuel Macron met Angela Merkel. The president left.")
    assert found[-1] == ("president", "FRA.GOV.EMMANUEL_MACRON")


def test_the_president_of_something_else_is_not(who: Asking, parsed: Making) -> None:
    doc = parsed(
        "President/PROPN/nmod/2 Macron/PROPN/nsubj/3 left/VERB/root/0/leave",
        "The/DET/det/2 president/NOUN/nsubj/6 of/ADP/case/5 the/DET/det/5 club/NOUN/nmod/2 "
        "stayed/VERB/root/0/stay",
    )
    assert ("president", "FRA.GOV.EMMANUEL_MACRON") not in who(doc)


def test_the_agency_is_the_body_that_is_one(who: Asking) -> None:
    found = who("The IAEA met Iran. The agency said that the bloc was wrong.")
    assert ("agency", "IGO.IAEA") in found
    assert "bloc" not in dict(found)


def test_the_north_is_north_korea_where_korea_is_spoken_of(who: Asking) -> None:
    assert who("South Korea said the North fired.")[-1] == ("North", "PRK")
    assert who("Rain fell in the North.") == []


def test_two_sides_are_those_named_last(who: Asking) -> None:
    found = who("France met Iran. North Korea warned the US that the two sides were far apart.")
    assert found[-2:] == [("two sides", "PRK"), ("two sides", "USA")]


def test_a_rebel_group_is_a_side_but_no_country(who: Asking) -> None:
    found = who("Colombia met the FARC. The two sides signed.")
    assert found[-2:] == [("two sides", "COL"), ("two sides", "COL.REB.FARC")]
    assert "two countries" not in dict(who("Colombia met the FARC. The two countries signed."))


def test_two_militaries_are_those_of_two_states(who: Asking) -> None:
    found = who("The US met South Korea. The two militaries trained.")
    assert found[-2:] == [("two militaries", "KOR.MIL"), ("two militaries", "USA.MIL")]


def test_two_sides_of_which_one_is_unknown_are_nobody(who: Asking) -> None:
    assert who("France spoke. The two sides signed.") == [("France", "FRA")]


def test_both_koreas_are_named_at_once(who: Asking) -> None:
    assert who("The two Koreas signed.") == [("two Koreas", "KOR"), ("two Koreas", "PRK")]


def test_two_governments_are_those_most_spoken_of(who: Asking) -> None:
    found = who(
        "Iceland refused. Britain refused. Iceland waited. Britain waited. Norway met Iceland "
        "and Britain. Then a storm came. Both governments refused."
    )
    assert found[-2:] == [("Both governments", "GBR.GOV"), ("Both governments", "ISL.GOV")]
