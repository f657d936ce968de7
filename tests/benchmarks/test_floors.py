"""Measured quality stays above its floors, where the research sets are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import (
    actors,
    attribution,
    brief,
    codebooks,
    entities,
    factuality,
    floors,
    passages,
    places,
    play,
    relations,
    reports,
    sample,
    sentences,
    syntax,
    times,
    who_whom,
)

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="the research sets are not here")
@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("syntax", syntax.measure),
        ("sentences", sentences.measure),
        ("relations", relations.measure),
        ("entities", entities.measure),
        ("attribution", attribution.measure),
        ("factuality", factuality.measure),
        ("times", times.measure),
        ("places", places.measure),
        ("actors", actors.measure),
        ("who_whom", who_whom.measure),
    ],
)
def test_scores_stay_above_their_floors(name: str, measure: Any) -> None:
    assert floors.misses(name, measure(SHARED / "data")) == []


@pytest.mark.skipif(not (SHARED / "examples").exists(), reason="the sample report is not here")
def test_the_sample_report_is_read_as_an_analyst_reads_it() -> None:
    result = sample.measure(SHARED / "examples")
    assert floors.misses("sample", result) == []
    assert result["wrong"] <= result["right"] / 2


@pytest.mark.skipif(not (SHARED / "examples").exists(), reason="the sample report is not here")
def test_the_brief_of_the_sample_report_tells_what_an_analyst_reads() -> None:
    assert floors.misses("brief", brief.measure(SHARED / "examples")) == []


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("reports", reports.measure),
        ("passages", passages.measure),
        ("codebooks", codebooks.measure),
        ("play", play.measure),
    ],
)
def test_our_own_reports_and_passages_are_read_as_well_as_before(name: str, measure: Any) -> None:
    assert floors.misses(name, measure()) == []


def test_a_score_on_the_wrong_side_is_named() -> None:
    worse = {"ewt-dev": {"upos": 50.0, "las": 99.0}, "gum-news-dev": {"las": 99.0}}
    assert floors.misses("syntax", worse) == ["syntax ewt-dev/upos: 50.0 < 96.0"]
    assert floors.misses(
        "speed", {"ratio": 9.0, "heads_ratio": 1.0, "peak_memory_mb": 1, "mentions_share": 0.1}
    ) == ["speed ratio: 9.0 > 1.6"]
