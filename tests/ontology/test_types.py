"""The sixteen types, their modes, quad classes and older names; the contexts."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import ontology
from standoff.errors import StandoffError, UnknownLabelError
from standoff.ontology import Quad

QUADS = {
    Quad.VERBAL_COOPERATION: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    Quad.MATERIAL_COOPERATION: {"COOPERATE", "AID", "RETREAT"},
    Quad.VERBAL_CONFLICT: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    Quad.MATERIAL_CONFLICT: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}


def test_sixteen_types_fall_into_four_quads() -> None:
    assert [len(QUADS[each]) for each in Quad] == [4, 3, 4, 5]
    assert {t.name: t.quad for t in ontology.types()} == {
        name: each for each, names in QUADS.items() for name in names
    }


def test_quads_are_numbered_from_verbal_cooperation_to_material_conflict() -> None:
    assert [int(each) for each in Quad] == [1, 2, 3, 4]
    assert Quad(2) is Quad.MATERIAL_COOPERATION
    assert Quad.VERBAL_CONFLICT.label == "verbal conflict"


@pytest.mark.parametrize("given_name", ["ASSAULT", "assault", " Assault "])
def test_type_names_match_in_any_case(given_name: str) -> None:
    assert ontology.event_type(given_name).name == "ASSAULT"
    assert ontology.quad(given_name) == 4


def test_every_definition_is_two_sentences_or_more_and_names_a_neighbour() -> None:
    names = {each.name for each in ontology.types()}
    for each in ontology.types():
        assert each.definition.count(". ") >= 1, each.name
        assert each.definition.endswith("."), each.name
        assert "\n" not in each.definition, each.name
        assert "  " not in each.definition, each.name
        words = {word.strip(".,;:()") for word in each.definition.split()}
        assert (names - {each.name}) & words, each.name


def test_every_mode_and_context_is_defined_once_and_for_itself() -> None:
    modes = [mode for each in ontology.types() for mode in each.modes]
    definitions = [mode.definition for mode in modes]
    definitions += [context.definition for context in ontology.contexts()]
    for each in definitions:
        assert len(each) > 10, each
        assert each.endswith("."), each
    assert len(set(definitions)) == len(definitions)


@pytest.mark.parametrize(
    ("type_name", "modes"),
    [
        ("CONSULT", "visit third-party multilateral phone"),
        ("RETREAT", "withdraw release return disarm ceasefire access resign"),
        ("REQUEST", "assist change yield meet"),
        ("REJECT", "assist change yield meet"),
        ("PROTEST", "demo riot strike hunger boycott obstruct"),
        ("SANCTION", "convict expel withdraw discontinue"),
        ("MOBILIZE", "troops weapons police militia"),
        ("AID", ""),
        ("CONCEDE", ""),
    ],
)
def test_modes_of_a_type(type_name: str, modes: str) -> None:
    assert [mode.name for mode in ontology.event_type(type_name).modes] == modes.split()


def test_modes_know_their_type_and_whether_they_are_ours() -> None:
    for each in ontology.types():
        assert {mode.type for mode in each.modes} <= {each.name}
    ours = {(m.type, m.name) for each in ontology.types() for m in each.modes if m.added}
    assert ours == {
        ("ASSAULT", "aerial"),
        ("ASSAULT", "occupy"),
        ("ASSAULT", "cleansing"),
        ("THREATEN", "sanction"),
        ("THREATEN", "talks"),
        ("THREATEN", "protest"),
    }


def test_mode_names_match_in_any_spelling() -> None:
    assert ontology.mode("coerce", "Martial_Law").name == "martial-law"
    assert ontology.mode(ontology.event_type("CONSULT"), "third party").name == "third-party"


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("DEMAND", "REQUEST"),
        ("DISAPPROVE", "ACCUSE"),
        ("INVESTIGATE", "ACCUSE"),
        ("FIGHT", "ASSAULT"),
        ("fight", "ASSAULT"),
    ],
)
def test_older_type_names(alias: str, name: str) -> None:
    assert ontology.event_type(alias).name == name
    assert [each.name for each in ontology.types_for_alias(alias)] == [name]


def test_yield_is_either_of_two_types() -> None:
    assert [each.name for each in ontology.types_for_alias("Yield")] == ["CONCEDE", "RETREAT"]
    for ask in (ontology.event_type, ontology.quad, ontology.cameo_for):
        with pytest.raises(UnknownLabelError, match=r"'YIELD' is ambiguous.*CONCEDE or RETREAT"):
            ask("YIELD")


def test_a_current_name_stands_for_itself() -> None:
    for each in ontology.types():
        assert ontology.types_for_alias(each.name) == (each,)


def test_contexts() -> None:
    names = {each.name for each in ontology.contexts()}
    assert len(names) == len(ontology.contexts()) == 38
    assert names >= {"military", "diplomatic", "economic", "territory", "human_rights", "election"}
    assert names >= {"legal", "health", "disaster", "refugee", "terrorism", "wmd", "cyber", "coup"}
    assert names >= {"pro_democracy", "pro_autocracy", "rights_freedom", "illegal_drugs", "redress"}


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("nuclear", "wmd"),
        ("CBRN", "wmd"),
        ("judicial", "legal"),
        ("Human Rights", "human_rights"),
        ("pro-democracy", "pro_democracy"),
        ("reparations", "redress"),
    ],
)
def test_context_aliases_and_spellings(given_name: str, name: str) -> None:
    assert ontology.context(given_name).name == name


def test_context_aliases_name_one_context_each() -> None:
    names = [each.name for each in ontology.contexts()]
    aliases = [alias for each in ontology.contexts() for alias in each.aliases]
    assert len({*names, *aliases}) == len(names) + len(aliases)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ontology.event_type("PROTSET"), ["'PROTSET'", "PROTEST"]),
        (lambda: ontology.event_type("???"), ["'???'", "AGREE", "ASSAULT", "FIGHT"]),
        (lambda: ontology.types_for_alias("YELD"), ["'YELD'", "YIELD"]),
        (lambda: ontology.mode("PROTEST", "march"), ["'march'", "PROTEST", "demo", "obstruct"]),
        (lambda: ontology.mode("ASSAULT", "arrest"), ["'arrest'", "THREATEN and COERCE"]),
        (lambda: ontology.mode("AID", "military"), ["'military'", "AID has no modes"]),
        (lambda: ontology.context("militry"), ["'militry'", "military"]),
    ],
)
def test_unknown_names_are_answered_with_near_ones(
    call: Callable[[], object], said: list[str]
) -> None:
    with pytest.raises(UnknownLabelError) as caught:
        call()
    for each in said:
        assert each in str(caught.value)
    assert isinstance(caught.value, StandoffError)
    assert isinstance(caught.value, KeyError)


@given(st.text())
def test_any_text_is_a_type_or_an_unknown_label(text: str) -> None:
    try:
        found = ontology.event_type(text)
    except UnknownLabelError:
        return
    assert text.strip().upper() in (found.name, *found.aliases)


def test_entries_are_frozen_and_hashable() -> None:
    each = ontology.event_type("ASSAULT")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        each.name = "FIGHT"  # type: ignore[misc]
    assert len({each, ontology.event_type("FIGHT")}) == 1
