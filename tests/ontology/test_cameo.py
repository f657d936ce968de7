"""CAMEO codes, Goldstein scores, and the way from PLOVER to CAMEO and back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest

from standoff import ontology
from standoff.errors import UnknownLabelError

TYPES_AND_MODES = [
    (each.name, mode) for each in ontology.types() for mode in (None, *(m.name for m in each.modes))
]


def test_twenty_roots_and_every_code_of_the_codebook() -> None:
    codes = [each.code for each in ontology.cameo_codes()]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if len(code) == 2] == [f"{n:02}" for n in range(1, 21)]
    # Three- and four-digit codes of CAMEO 1.1b3 under each root.
    assert Counter(code[:2] for code in codes if len(code) == 3) == {
        **{"01": 10, "02": 9, "03": 10, "04": 7, "05": 8, "06": 5, "07": 6, "08": 8, "09": 5},
        **{"10": 9, "11": 7, "12": 10, "13": 10, "14": 6, "15": 6, "16": 7, "17": 7, "18": 7},
        **{"19": 7, "20": 5},
    }
    assert Counter(code[:2] for code in codes if len(code) == 4) == {
        **{"02": 18, "03": 18, "08": 17, "10": 18, "11": 5, "12": 18, "13": 12, "14": 20},
        **{"16": 6, "17": 6, "18": 6, "19": 2, "20": 2},
    }


def test_codes_stand_in_order_under_a_parent_and_a_root_that_exist() -> None:
    codes = [each.code for each in ontology.cameo_codes()]
    assert codes == sorted(codes)
    for each in ontology.cameo_codes():
        assert each.code.isdigit()
        assert 2 <= len(each.code) <= 4
        assert ontology.cameo(each.root).code == each.code[:2]
        if each.parent is None:
            assert len(each.code) == 2
        else:
            assert ontology.cameo(each.parent).root == each.root


def test_titles_are_short_and_distinct() -> None:
    titles = [each.title for each in ontology.cameo_codes()]
    assert len(set(titles)) == len(titles)
    assert all(0 < len(title) <= 80 and title == title.strip() for title in titles)


def test_labels_in_the_table_exist() -> None:
    for each in ontology.cameo_codes():
        if each.type is None:
            assert each.mode is None
            continue
        assert each.quad == ontology.quad(each.type)
        if each.mode is not None:
            assert ontology.mode(each.type, each.mode).name == each.mode
        for name in each.contexts:
            assert ontology.context(name).name == name


def test_only_public_statements_have_no_type() -> None:
    untyped = [each for each in ontology.cameo_codes() if each.type is None]
    assert {each.root for each in untyped} == {"01"}
    assert {each.root for each in ontology.cameo_codes() if each.type} == {
        f"{n:02}" for n in range(2, 21)
    }
    assert {each.quad for each in untyped} == {ontology.Quad.VERBAL_COOPERATION}


# As published for CAMEO (Penn State event data project) and carried by GDELT's event tables.
@pytest.mark.parametrize(
    ("code", "goldstein"),
    [
        ("010", 0.0),
        ("012", -0.4),
        ("020", 3.0),
        ("036", 4.0),
        ("042", 1.9),
        ("043", 2.8),
        ("045", 5.0),
        ("046", 7.0),
        ("051", 3.4),
        ("057", 8.0),
        ("071", 7.4),
        ("072", 8.3),
        ("085", 7.0),
        ("0871", 9.0),
        ("0874", 10.0),
        ("090", -2.0),
        ("100", -5.0),
        ("112", -2.0),
        ("120", -4.0),
        ("130", -4.4),
        ("138", -7.0),
        ("141", -6.5),
        ("150", -7.2),
        ("162", -5.6),
        ("163", -8.0),
        ("173", -5.0),
        ("1711", -9.2),
        ("190", -10.0),
        ("192", -9.5),
        ("204", -10.0),
    ],
)
def test_goldstein_scores(code: str, goldstein: float) -> None:
    assert ontology.cameo(code).goldstein == goldstein


def test_goldstein_scores_lie_between_minus_ten_and_ten() -> None:
    scores = [each.goldstein for each in ontology.cameo_codes()]
    assert (min(scores), max(scores)) == (-10.0, 10.0)


def test_deeds_of_conflict_score_below_zero_and_deeds_of_cooperation_above() -> None:
    for each in ontology.cameo_codes():
        if each.quad == ontology.Quad.MATERIAL_CONFLICT:
            assert each.goldstein < 0, each
        if each.quad == ontology.Quad.MATERIAL_COOPERATION:
            assert each.goldstein > 0, each


@pytest.mark.parametrize(
    ("code", "type_name", "mode"),
    [
        ("0231", "REQUEST", "assist"),
        ("036", "AGREE", None),
        ("042", "CONSULT", "visit"),
        ("045", "CONSULT", "third-party"),
        ("057", "SUPPORT", None),
        ("062", "COOPERATE", None),
        ("074", "AID", None),
        ("081", "CONCEDE", None),
        ("085", "CONCEDE", None),
        ("0841", "RETREAT", "release"),
        ("0871", "RETREAT", "ceasefire"),
        ("091", "ACCUSE", "investigate"),
        ("1053", "REQUEST", "yield"),
        ("111", "ACCUSE", "disapprove"),
        ("116", "SANCTION", "convict"),
        ("125", "REJECT", "meet"),
        ("138", "THREATEN", "violence"),
        ("145", "PROTEST", "riot"),
        ("154", "MOBILIZE", "troops"),
        ("162", "SANCTION", "discontinue"),
        ("163", "SANCTION", "discontinue"),
        ("173", "COERCE", "arrest"),
        ("175", "ASSAULT", "crowd-control"),
        ("195", "ASSAULT", "aerial"),
    ],
)
def test_types_of_codes(code: str, type_name: str, mode: str | None) -> None:
    found = ontology.cameo(code)
    assert (found.type, found.mode) == (type_name, mode)


@pytest.mark.parametrize(("type_name", "mode"), TYPES_AND_MODES)
def test_every_type_and_mode_has_a_code_of_that_type(type_name: str, mode: str | None) -> None:
    assert ontology.cameo_for(type_name, mode).type == type_name


@pytest.mark.parametrize(("type_name", "mode"), TYPES_AND_MODES)
def test_no_context_leads_to_another_type(type_name: str, mode: str | None) -> None:
    for each in ontology.contexts():
        assert ontology.cameo_for(type_name, mode, [each]).type == type_name


def test_conceding_and_retreating_differ() -> None:
    assert ontology.cameo_for("CONCEDE").code == "080"
    assert ontology.cameo_for("RETREAT").code == "087"


@pytest.mark.parametrize(
    ("type_name", "mode", "contexts", "code"),
    [
        ("CONSULT", "phone", [], "041"),
        ("PROTEST", "riot", [], "145"),
        ("ASSAULT", "suicide-attack", [], "1831"),
        ("AID", None, ["military"], "072"),
        ("AID", None, ["peacekeeping", "military"], "074"),
        ("AID", None, ["military", "peacekeeping"], "074"),
        ("AID", None, ["gender"], "070"),
        ("SANCTION", None, ["economic"], "163"),
        ("SANCTION", "discontinue", ["diplomatic"], "161"),
        ("THREATEN", "violence", ["nuclear"], "1385"),
        ("REQUEST", None, [], "020"),
        ("DEMAND", None, [], "100"),
        ("demand", "meet", [], "106"),
        ("INVESTIGATE", None, ["corruption"], "091"),
        ("INVESTIGATE", "allege", [], "112"),
        ("DISAPPROVE", None, [], "110"),
        ("FIGHT", None, [], "190"),
        ("FIGHT", "aerial", [], "195"),
    ],
)
def test_way_to_cameo(type_name: str, mode: str | None, contexts: list[str], code: str) -> None:
    assert ontology.cameo_for(type_name, mode, contexts).code == code


def test_way_to_cameo_takes_entries_as_well_as_names() -> None:
    of = ontology.event_type("AID")
    assert ontology.cameo_for(of, contexts=[ontology.context("military")]).code == "072"
    assert ontology.cameo_for(of, contexts="military").code == "072"
    protest = ontology.event_type("PROTEST")
    assert ontology.cameo_for(protest, protest.modes[0]).code == "141"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ontology.cameo("57"), ["'57'", "057"]),
        (lambda: ontology.cameo("1715"), ["'1715'", "171"]),
        (lambda: ontology.cameo("make statement"), ["317 codes"]),
        # 20 is mass violence and 020 an appeal: a number must not be taken for either.
        (lambda: ontology.cameo(20), ["strings", "20"]),  # type: ignore[arg-type]
        (lambda: ontology.cameo_for("ASSAULT", "hunger"), ["'hunger'", "PROTEST"]),
        (lambda: ontology.cameo_for("AID", None, ["milit"]), ["'milit'", "military"]),
    ],
)
def test_unknown_codes_are_explained(call: Callable[[], object], said: list[str]) -> None:
    with pytest.raises(UnknownLabelError) as caught:
        call()
    for each in said:
        assert each in str(caught.value)


def test_importing_reads_no_table() -> None:
    check = (
        "import standoff.ontology._tables as t; "
        "assert not any(f.cache_info().currsize for f in (t._types, t._contexts, t._cameo))"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", check], check=True, timeout=60, env=env)
