"""The event type between a marked source and target."""

from __future__ import annotations

import pytest

import standoff
from standoff import ontology
from standoff.errors import InvalidSpanError


def offsets(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def best(text: str, source: str, target: str) -> str:
    return next(iter(standoff.relate(text, offsets(text, source), offsets(text, target))))


def test_sixteen_types_that_sum_to_one_best_first() -> None:
    text = "Chile expelled two Bolivian diplomats."
    found = standoff.relate(text, source=(0, 5), target=(15, 37))
    assert set(found) == {event_type.name for event_type in ontology.types()}
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-5)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        (
            "Chile expelled two Bolivian diplomats on Friday.",
            "Chile",
            "two Bolivian diplomats",
            "SANCTION",
        ),
        ("Uganda sent forty tonnes of maize to Burundi.", "Uganda", "Burundi", "AID"),
        (
            "The Danish premier met her Polish colleague in Gdansk.",
            "The Danish premier",
            "her Polish colleague",
            "CONSULT",
        ),
        (
            "Rebels shelled the army's barracks for an hour.",
            "Rebels",
            "the army's barracks",
            "ASSAULT",
        ),
        ("Kenya condemned Somalia's decision.", "Kenya", "Somalia", "ACCUSE"),
    ],
)
def test_plain_cases(text: str, source: str, target: str, expected: str) -> None:
    assert best(text, source, target) == expected


def test_roles_decide_who_is_asked_about() -> None:
    text = "Peru thanked Brazil for its food aid, but Brazil arrested Peruvian miners."
    first = standoff.relate(text, offsets(text, "Peru"), (13, 19))
    second = standoff.relate(text, (42, 48), offsets(text, "Peruvian miners"))
    assert next(iter(first)) != next(iter(second))


def test_many_are_given_in_order() -> None:
    items = [
        ("Iran rejected the offer of Iraq.", (0, 4), (27, 31)),
        ("Spain and Portugal held talks.", (0, 5), (10, 18)),
    ]
    found = standoff.relate_many(items)
    assert [next(iter(probabilities)) for probabilities in found] == ["REJECT", "CONSULT"]
    assert standoff.relate_many([]) == []


@pytest.mark.parametrize("span", [(3, 3), (5, 2), (-1, 4), (0, 999), (4, 5)])
def test_impossible_spans_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(InvalidSpanError, match="source"):
        standoff.relate("Iran rejected the offer of Iraq.", source=span, target=(27, 31))


def test_a_very_long_text_is_no_error() -> None:
    text = "Iran rejected the offer of Iraq. " + "The weather was fine that day. " * 200
    assert sum(standoff.relate(text, (0, 4), (27, 31)).values()) == pytest.approx(1.0, abs=1e-5)
