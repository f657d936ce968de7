"""People: names behind titles, short names, people whom no table has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Asking = Callable[..., list[tuple[str, str]]]
Making = Callable[..., Doc]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (
            "US Secretary of State Mike Pompeo left.",
            "US Secretary of State Mike Pompeo",
            "USA.GOV.MIKE_POMPEO",
        ),
        (
            "North Korea’s chief negotiator Kim Yong Chol left.",
            "North Korea’s chief negotiator Kim Yong Chol",
            "PRK.GOV.KIM_YONG_CHOL",
        ),
        ("President Moon Jae-in left.", "President Moon Jae-in", "KOR.GOV.MOON_JAE_IN"),
        (
            "Iran's Supreme Leader Ayatollah Ali Khamenei left.",
            "Iran's Supreme Leader Ayatollah Ali Khamenei",
            "IRN.GOV.ALI_KHAMENEI",
        ),
        (
            "UN Secretary-General António Guterres left.",
            "UN Secretary-General António Guterres",
            "IGO.UN.ANTONIO_GUTERRES",
        ),
        (
            "Syrian President Bashar Hafez al-Assad left.",
            "Syrian President Bashar Hafez al-Assad",
            "SYR.GOV.BASHAR_AL_ASSAD",
        ),
        (
            "Dutch Foreign Minister Piet Hein left.",
            "Dutch Foreign Minister Piet Hein",
            "NLD.GOV.PIET_HEIN",
        ),
        (
            "Israeli army spokesman Avi Levi left.",
            "Israeli army spokesman Avi Levi",
            "ISR.MIL.AVI_LEVI",
        ),
        ("Spokeswoman Ann Other left.", "Spokeswoman Ann Other", "doc.p1"),
        ("Merkel left.", "Merkel", "DEU.GOV.ANGELA_MERKEL"),
    ],
)
def test_a_name_with_its_title_is_one_mention(
    who: Asking, text: str, words: str, actor: str
) -> None:
    assert (words, actor) in who(text)


def test_the_day_decides_between_namesakes(who: Asking) -> None:
    assert who("President Bush left.", "1990-08-10")[0][1] == "USA.GOV.GEORGE_H_W_BUSH"
    assert who("President Bush left.", "2003-03-20")[0][1] == "USA.GOV.GEORGE_W_BUSH"
    assert who("President Bush left.")[0][1] == "doc.p1"


def test_a_short_name_means_whoever_was_named_so_last(who: Asking) -> None:
    found = who(
        "Kim Yong Chol met Mike Pompeo. Later Kim Jong-un met Moon Jae-in. "
        "So Pompeo said that Kim and Moon agree."
    )
    assert [actor for words, actor in found if words in ("Pompeo", "Kim", "Moon")] == [
        "USA.GOV.MIKE_POMPEO",
        "PRK.GOV.KIM_JONG_UN",
        "KOR.GOV.MOON_JAE_IN",
    ]


def test_a_short_name_in_the_headline_is_explained_by_the_text(who: Asking) -> None:
    found = who("Tanaka warns of strikes. Japanese Foreign Minister Kiko Tanaka spoke.")
    assert [actor for _, actor in found] == ["JPN.GOV.KIKO_TANAKA"] * 2


def test_another_member_of_the_family_is_not_the_same_person(who: Asking, parsed: Making) -> None:
    doc = parsed(
        "Donald/PROPN/nsubj/3 Trump/PROPN/flat/1 left/VERB/root/0/leave",
        "Zoe/PROPN/nsubj/3 Trump/PROPN/flat/1 stayed/VERB/root/0/stay",
    )
    assert [actor for _, actor in who(doc)] == ["USA.GOV.DONALD_TRUMP", "doc.p1"]


def test_a_form_of_address_is_part_of_the_mention(who: Asking) -> None:
    found = who("Donald Tusk spoke. Mr Tusk left.")
    assert found[1] == ("Mr Tusk", "POL.GOV.DONALD_TUSK")


def test_an_office_beside_a_name_is_that_person(who: Asking) -> None:
    text = "Kim Yong Chol, North Korea's chief negotiator, left."
    assert who(text) == [
        ("Kim Yong Chol", "PRK.GOV.KIM_YONG_CHOL"),
        ("North Korea's chief negotiator", "PRK.GOV.KIM_YONG_CHOL"),
    ]
    text = "Israel's prime minister, Benjamin Netanyahu, left."
    assert {actor for _, actor in who(text)} == {"ISR.GOV.BENJAMIN_NETANYAHU"}


def test_an_office_gives_an_unknown_name_its_state(who: Asking) -> None:
    text = "Hans Gruber, a spokesman for the German Foreign Ministry, left."
    assert who(text)[0] == ("Hans Gruber", "DEU.GOV.HANS_GRUBER")
    text = "The U.S. ambassador to China, Ann Other, left."
    assert ("Ann Other", "USA.GOV.ANN_OTHER") in who(text)


def test_a_name_that_acts_is_somebody(who: Asking, parsed: Making) -> None:
    doc = parsed("Ann/PROPN/nsubj/3 Other/PROPN/flat/1 spoke/VERB/root/0/speak")
    assert who(doc) == [("Ann Other", "doc.p1")]


def test_a_month_is_no_prime_minister(who: Asking) -> None:
    found = who("Prime Minister Theresa May spoke in May 2018. Then May left.", "2018-06-01")
    assert [words for words, _ in found] == ["Prime Minister Theresa May", "May"]
