"""Offices, bodies and the people who hold and serve them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from standoff import actors

Asking = Callable[..., list[tuple[str, str]]]
Making = Callable[..., Doc]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("US officials spoke.", "US officials", "USA.GOV"),
        ("The North Korean regime spoke.", "North Korean regime", "PRK.GOV"),
        ("Several South Korean banks spoke.", "South Korean banks", "KOR.BUS"),
        ("The US military spoke.", "US military", "USA.MIL"),
        ("Iran's foreign ministry spoke.", "Iran's foreign ministry", "IRN.GOV.FOREIGN_MINISTRY"),
        (
            "The Foreign Ministry of Japan spoke.",
            "Foreign Ministry of Japan",
            "JPN.GOV.FOREIGN_MINISTRY",
        ),
        ("The government of Mali spoke.", "government of Mali", "MLI.GOV"),
        ("Police in Cairo spoke.", "Police", "EGY.COP"),
        (
            "A US State Department spokesman spoke.",
            "US State Department spokesman",
            "USA.GOV.STATE_DEPARTMENT",
        ),
        ("Hamas fighters spoke.", "Hamas fighters", "PSE.REB.HAMAS"),
        ("The Trump administration spoke.", "Trump administration", "USA.GOV"),
        ("Russian opposition leaders spoke.", "Russian opposition leaders", "RUS.OPP"),
        ("Turkish military officials spoke.", "Turkish military officials", "TUR.MIL"),
        ("A former US president spoke.", "former US president", "USA.ELI"),
        ("Russia's deputy foreign minister spoke.", "Russia's deputy foreign minister", "RUS.GOV"),
        ("The KCNA news agency spoke.", "KCNA news agency", "MEDIA.KCNA"),
        ("UN peacekeepers spoke.", "UN peacekeepers", "IGO.UN"),
    ],
)
def test_an_office_belongs_to_whoever_the_phrase_says(
    who: Asking, text: str, words: str, actor: str
) -> None:
    assert (words, actor) in who(text)


def test_an_office_may_have_two_owners(who: Asking) -> None:
    assert who("US and South Korean marines landed.") == [
        ("US", "USA.MIL"),
        ("South Korean marines", "KOR.MIL"),
    ]
    assert who("The leaders of France and Germany met.") == [
        ("leaders of France", "FRA.GOV"),
        ("Germany", "DEU.GOV"),
    ]


def test_those_led_or_backed_by_a_state_are_not_its_own(who: Asking) -> None:
    assert ("forces", "USA.MIL") not in who("US-led forces landed.")
    assert "RUS.GOV" not in dict(who("A pro-Russian government fell.")).values()


def test_a_body_swallows_its_state(who: Asking) -> None:
    assert who("The US Treasury Department spoke.") == [
        ("US Treasury Department", "USA.GOV.TREASURY")
    ]


def test_an_office_is_its_holder_on_the_day(who: Asking) -> None:
    text = "The US president spoke."
    assert who(text, "2018-11-09") == [("US president", "USA.GOV.DONALD_TRUMP")]
    assert who(text, "2009-01-19") == [("US president", "USA.GOV.GEORGE_W_BUSH")]
    assert who(text) == [("US president", "USA.GOV.PRESIDENT")]


def test_nobody_is_inferred_after_the_day_of_the_tables(who: Asking) -> None:
    assert who("The US president spoke.", "2190-01-01") == [("US president", "USA.GOV.PRESIDENT")]


def test_the_document_says_who_holds_an_office(who: Asking) -> None:
    found = who("Ruritania sent US President Jane Doe a letter. The US president replied.")
    assert found == [
        ("US President Jane Doe", "USA.GOV.JANE_DOE"),
        ("US president", "USA.GOV.JANE_DOE"),
    ]


def test_words_for_people_are_actors_of_unknown_state(who: Asking, parsed: Making) -> None:
    doc = parsed("Police/NOUN/nsubj/2 shot/VERB/root/0/shoot at/ADP/case/4 protesters/NOUN/obl/2")
    assert who(doc) == [("Police", "COP"), ("protesters", "CVL")]
    cast = actors.find(doc)
    assert cast.actors["COP"].country is None
    assert cast.actors["COP"].sectors == ("COP",)


def test_a_word_for_people_in_a_compound_is_none(who: Asking, parsed: Making) -> None:
    doc = parsed(
        "The/DET/det/3 police/NOUN/compound/3 station/NOUN/nsubj/4 burned/VERB/root/0/burn"
    )
    assert who(doc) == []


def test_actors_say_what_they_are(plain: Making) -> None:
    cast = actors.find(plain("US officials told CNN that Hamas and the UN met Mike Pompeo."))
    kinds = {id_: (actor.kind, actor.country, actor.sectors) for id_, actor in cast.actors.items()}
    assert kinds == {
        "USA.GOV": ("role", "USA", ("GOV",)),
        "MEDIA.CNN": ("outlet", "USA", ("MED",)),
        "PSE.REB.HAMAS": ("armed group", "PSE", ("REB",)),
        "IGO.UN": ("igo", None, ("IGO",)),
        "USA.GOV.MIKE_POMPEO": ("person", "USA", ("GOV",)),
    }
