"""Pronouns, on trees written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from standoff import actors

Asking = Callable[..., list[tuple[str, str]]]
Making = Callable[..., Doc]


def test_it_is_the_state_that_spoke(pronouns: Asking) -> None:
    found = pronouns(
        "Iran/PROPN/nsubj/2 warned/VERB/root/0/warn that/SCONJ/mark/6 it/PRON/nsubj/6 "
        "would/AUX/aux/6 resume/VERB/ccomp/2 its/PRON/nmod:poss/8 tests/NOUN/obj/6"
    )
    assert found == [("it", "IRN"), ("its", "IRN")]


def test_it_is_not_the_other_argument_of_its_verb(pronouns: Asking) -> None:
    found = pronouns(
        "The/DET/det/2 US/PROPN/nsubj/4 would/AUX/aux/4 destroy/VERB/root/0 "
        "Iran/PROPN/obj/4 if/SCONJ/mark/8 it/PRON/nsubj/8 threatened/VERB/advcl/4/threaten "
        "the/DET/det/10 US/PROPN/obj/8"
    )
    assert found == [("it", "IRN")]


def test_it_that_stands_for_nothing_is_left(pronouns: Asking) -> None:
    assert (
        pronouns(
            "Iran/PROPN/nsubj/2 spoke/VERB/root/0/speak",
            "It/PRON/expl/3 is/AUX/cop/3 clear/ADJ/root/0 that/SCONJ/mark/6 talks/NOUN/nsubj/6 "
            "failed/VERB/csubj/3/fail",
        )
        == []
    )


def test_a_noun_that_is_no_actor_keeps_it(pronouns: Asking) -> None:
    assert (
        pronouns(
            "Envoys/NOUN/nsubj/2 praised/VERB/root/0/praise Iran/PROPN/obj/2",
            "The/DET/det/2 deal/NOUN/nsubj/3 collapsed/VERB/root/0/collapse when/ADV/mark/7 "
            "it/PRON/nsubj:pass/7 was/AUX/aux:pass/7 leaked/VERB/advcl/3/leak",
        )
        == []
    )


@pytest.mark.parametrize(
    ("word", "actor"), [("he", "RUS.GOV.VLADIMIR_PUTIN"), ("she", "DEU.GOV.ANGELA_MERKEL")]
)
def test_he_and_she_agree_with_the_person(pronouns: Asking, word: str, actor: str) -> None:
    found = pronouns(
        "Putin/PROPN/nsubj/2 met/VERB/root/0/meet Merkel/PROPN/obj/2",
        f"Later/ADV/advmod/3 {word}/PRON/nsubj/3 left/VERB/root/0/leave",
    )
    assert found == [(word, actor)]


def test_they_are_all_who_acted_together(pronouns: Asking) -> None:
    found = pronouns(
        "Putin/PROPN/nsubj/4 and/CCONJ/cc/3 Merkel/PROPN/conj/1 met/VERB/root/0/meet",
        "They/PRON/nsubj/2 agreed/VERB/root/0/agree",
    )
    assert sorted(found) == [
        ("They", "DEU.GOV.ANGELA_MERKEL"),
        ("They", "RUS.GOV.VLADIMIR_PUTIN"),
    ]


def test_a_pronoun_may_point_ahead(pronouns: Asking) -> None:
    found = pronouns(
        "After/ADP/case/3 her/PRON/nmod:poss/3 speech/NOUN/obl/5 Merkel/PROPN/nsubj/5 "
        "left/VERB/root/0/leave"
    )
    assert found == [("her", "DEU.GOV.ANGELA_MERKEL")]


def test_a_relative_pronoun_is_its_antecedent(pronouns: Asking) -> None:
    found = pronouns(
        "Merkel/PROPN/nsubj/5 who/PRON/nsubj/4 had/AUX/aux/4 spoken/VERB/acl:relcl/1/speak "
        "left/VERB/root/0/leave"
    )
    assert found == [("who", "DEU.GOV.ANGELA_MERKEL")]


def test_an_office_behind_a_pronoun_is_of_the_same_state(who: Asking, parsed: Making) -> None:
    doc = parsed(
        "Iran/PROPN/nsubj/2 said/VERB/root/0/say its/PRON/nmod:poss/5 foreign/ADJ/amod/5 "
        "minister/NOUN/nsubj/6 left/VERB/ccomp/2/leave"
    )
    assert who(doc)[-1] == ("foreign minister", "IRN.GOV.FOREIGN_MINISTER")


def test_we_and_i_stay_open(pronouns: Asking) -> None:
    assert (
        pronouns(
            "Putin/PROPN/nsubj/2 said/VERB/root/0/say we/PRON/nsubj/4 agree/VERB/ccomp/2 "
            "and/CCONJ/cc/7 I/PRON/nsubj/7 left/VERB/conj/4/leave"
        )
        == []
    )


def test_without_a_tree_no_pronoun_is_resolved(plain: Making) -> None:
    cast = actors.find(plain("Iran said it would leave."))
    assert [mention.actor for mention in cast.mentions] == ["IRN"]
