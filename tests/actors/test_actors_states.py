"""Names of states, their people, capitals and seats of government."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Asking = Callable[..., list[tuple[str, str]]]
Making = Callable[..., Doc]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("North Korea", "PRK"),
        ("The DPRK", "PRK"),
        ("the ROK", "KOR"),
        ("the PRC", "CHN"),
        ("the U.S.", "USA"),
        ("US", "USA"),
        ("the U.K.", "GBR"),
        ("Britain", "GBR"),
        ("Burma", "MMR"),
        ("Côte d'Ivoire", "CIV"),
        ("Guinea-Bissau", "GNB"),
        ("Kosovo", "XKX"),
        ("Taiwan", "TWN"),
        ("the Soviet Union", "SUN"),
        ("East Germany", "DDR"),
        ("South Vietnam", "RVN"),
        ("Biafra", "XBI"),
        ("Papua New Guinea", "PNG"),
    ],
)
def test_a_state_is_found_by_each_of_its_names(who: Asking, name: str, actor: str) -> None:
    assert who(f"{name} rejected the offer.")[0][1] == actor


@pytest.mark.parametrize(
    "text",
    [
        "They told us to wait.",
        "We carved the turkey.",
        "A chad hung from the ballot.",
        "Boats crossed the South China Sea.",
        "Native Americans met Latin American envoys.",
        "Flights on British Airways were late.",
        "The Paris Agreement stands.",
    ],
)
def test_words_that_only_look_like_states_are_none(who: Asking, text: str) -> None:
    assert not {actor for _, actor in who(text)} & {"USA", "TUR", "TCD", "CHN", "GBR", "FRA"}


def test_the_longest_name_wins(who: Asking) -> None:
    assert who("South Sudan accused Sudan.") == [("South Sudan", "SSD"), ("Sudan", "SDN")]


def test_names_joined_by_a_hyphen_are_both_found(who: Asking) -> None:
    assert who("US-North Korean talks collapsed.") == [("US", "USA"), ("North Korean", "PRK")]


def test_names_inside_one_token_are_both_found(who: Asking) -> None:
    assert [actor for _, actor in who("A U.S.-North Korean deal collapsed.")] == ["USA", "PRK"]


def test_the_people_of_a_state_are_its_civilians_unless_all_are_meant(who: Asking) -> None:
    assert who("Russians marched.") == [("Russians", "RUS.CVL")]
    assert who("The Russians vetoed it.") == [("Russians", "RUS")]


def test_a_headline_in_capitals_is_read(who: Asking) -> None:
    found = who("NORTH KOREA WARNS US AS IT TALKS TO PYONGYANG ENVOYS")
    assert [actor for _, actor in found] == ["PRK", "USA", "PRK.GOV"]


def test_the_day_decides_between_states_that_shared_a_capital(who: Asking) -> None:
    assert who("Moscow refused.", "1962-10-24") == [("Moscow", "SUN")]
    assert who("Moscow refused.", "2022-02-24") == [("Moscow", "RUS")]
    assert who("Moscow refused.") == [("Moscow", "RUS")]


def test_seats_of_government_are_governments(who: Asking) -> None:
    assert who("The Kremlin denied it.") == [("Kremlin", "RUS.GOV")]
    assert who("Downing Street denied it.") == [("Downing Street", "GBR.GOV")]
    assert who("The Pentagon denied it.") == [("Pentagon", "USA.GOV.DEFENSE_DEPARTMENT")]


@pytest.mark.parametrize(
    "text",
    [
        "Pyongyang warned the envoys.",
        "The frustration grew in Pyongyang's statements.",
        "Banks did business with Pyongyang.",
        "They opened talks with Pyongyang.",
        "He sent a message to Pyongyang.",
        "It put pressure on Pyongyang.",
    ],
)
def test_a_capital_stands_for_its_government(who: Asking, where: Asking, text: str) -> None:
    assert ("Pyongyang", "PRK") in who(text)
    assert not where(text)


@pytest.mark.parametrize(
    "text",
    [
        "He made a visit to Pyongyang.",
        "They met in Pyongyang.",
        "She flew from Pyongyang.",
        "He visited Pyongyang.",
        "The Pyongyang summit ended.",
        "PYONGYANG (Reuters) - It rained.",
    ],
)
def test_a_capital_is_a_place_and_says_so(who: Asking, where: Asking, text: str) -> None:
    assert [actor for _, actor in where(text)] == ["PRK"]
    assert "PRK" not in {actor for _, actor in who(text)}


def test_a_state_is_a_place_where_things_happen_in_it(who: Asking, where: Asking) -> None:
    assert where("Clashes spread in Mali.") == [("Mali", "MLI")]
    assert who("France sold arms to Mali.") == [("France", "FRA"), ("Mali", "MLI")]


def test_the_tree_decides_what_a_capital_is(who: Asking, where: Asking, parsed: Making) -> None:
    sent = parsed(
        "Seoul/PROPN/nsubj/2 sent/VERB/root/0/send a/DET/det/4 warning/NOUN/obj/2 "
        "to/ADP/case/6 Beijing/PROPN/obl/2 ./PUNCT/punct/2"
    )
    assert who(sent) == [("Seoul", "KOR"), ("Beijing", "CHN")]
    went = parsed(
        "Envoys/NOUN/nsubj/2 went/VERB/root/0/go back/ADV/advmod/2 to/ADP/case/5 "
        "Beijing/PROPN/obl/2 ./PUNCT/punct/2"
    )
    assert where(went) == [("Beijing", "CHN")]


def test_brussels_is_the_union_as_an_actor_and_belgium_as_a_place(
    who: Asking, where: Asking
) -> None:
    assert who("Brussels rejected the plan.") == [("Brussels", "IGO.EU")]
    assert where("They met in Brussels.") == [("Brussels", "BEL")]


def test_a_first_name_is_no_state(who: Asking, parsed: Making) -> None:
    doc = parsed("Michael/PROPN/nsubj/3 Jordan/PROPN/flat/1 met/VERB/root/0/meet envoys/NOUN/obj/3")
    assert "JOR" not in {actor for _, actor in who(doc)}
