"""What else is told of an event: how much and where."""

from __future__ import annotations

import pytest

import standoff
from standoff.record import Event, Record

READER = standoff.Reader()


def only(text: str) -> tuple[Record, Event]:
    record = READER.read(text, date="1999-06-18")
    (event,) = record.events
    return record, event


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("Chile expelled 45 Bolivian diplomats.", "45 Bolivian diplomats", 45, "diplomat"),
        ("Kenya sent Somalia 12,500 tonnes of maize.", "12,500 tonnes", 12500, "tonne"),
        ("Kenya lent Somalia $2.5 million.", "$2.5 million", 2_500_000, "dollar"),
        ("Turkey shelled three Syrian villages.", "three Syrian villages", 3, "village"),
        ("Egypt released two hundred and ten Sudanese soldiers.", None, 210, "soldier"),
        ("Syria freed thirty-five Turkish prisoners.", None, 35, "prisoner"),
        ("Chile imposed a tariff of 20 percent on Bolivia.", "20 percent", 20, "per cent"),
    ],
)
def test_quantities(text: str, words: str | None, value: float, unit: str) -> None:
    record, event = only(text)
    (quantity,) = event.quantity
    assert (quantity.value, quantity.unit) == (value, unit)
    span = quantity.span
    assert record.document.text[span.start : span.end] == span.text
    assert words is None or span.text == words


@pytest.mark.parametrize(
    "text",
    [
        "Chile expelled dozens of Bolivian diplomats.",
        "On May 12, 1998, Chile condemned Bolivia.",
        "Two days later Chile condemned Bolivia.",
    ],
)
def test_what_nobody_counts_is_no_quantity(text: str) -> None:
    assert only(text)[1].quantity == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Egypt held talks with Sudan in Geneva.", "Geneva"),
        ("Norwegian coastguards seized a Russian trawler near Tromso.", "Tromso"),
        ("Turkey shelled Syrian villages in Aleppo province.", "Aleppo"),
        ("Turkish jets bombed the port of Latakia.", "Latakia"),
    ],
)
def test_where_it_was(text: str, name: str) -> None:
    record, event = only(text)
    assert event.place is not None
    assert name in record.places[event.place].span.text


def test_no_place_is_guessed() -> None:
    assert only("Hezbollah fired Katyusha rockets at Israel.")[1].place is None
