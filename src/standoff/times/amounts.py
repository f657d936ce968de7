"""Amounts of units: "two and a half years" and its ISO 8601 period, ``P2.5Y``."""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from standoff.record import Grain
from standoff.times.words import tables

_GRAINS: dict[str, Grain] = {
    "minute": "hour",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "weekend": "day",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "centuries": "century",
}
#: Letter of the period and how many of it the unit is; ISO 8601 has no letter for the others.
_LETTERS = {
    "minute": ("T{}M", 1),
    "hour": ("T{}H", 1),
    "day": ("{}D", 1),
    "week": ("{}W", 1),
    "fortnight": ("{}W", 2),
    "weekend": ("{}D", 2),
    "month": ("{}M", 1),
    "quarter": ("{}M", 3),
    "half": ("{}M", 6),
    "year": ("{}Y", 1),
    "decade": ("{}Y", 10),
    "century": ("{}Y", 100),
    "centuries": ("{}Y", 100),
}


@attrs.frozen
class Amount:
    """How many; None where nobody can say ("a few")."""

    count: float | None


def amount_of(text: str | None) -> Amount:
    """Return the amount that words or figures say."""
    if text is None:
        return Amount(None)  # "months ago"
    words = re.split(r"[\s\u2010\u2011–-]+", text.lower())
    if " ".join(words) in tables()["vague"]["words"]:
        return Amount(None)
    half = 0.5 if words[-1] == "half" or words[0] == "half" else 0.0
    count = 0.0
    for word in words:
        if word in {"and", "half"}:
            continue
        if word in {"a", "an"}:
            count = max(count, 0.0 if half else 1.0)
        elif word in {"couple", "of"}:
            count = 2.0
        elif word == "dozen":
            count = 12.0
        elif word == "hundred":
            count = 100.0 * max(count, 1.0)
        elif word in tables()["numbers"]:
            count += tables()["numbers"][word]
        else:
            count += float(Fraction(word))
    return Amount(count + half)


def spelled_year(words: str | None) -> int:
    """Return the year of the twentieth century that two digits in words name: "ninety-seven"."""
    return 1900 + int(amount_of(words).count or 0)


def grain_of(unit: str) -> Grain:
    """Return the grain of a unit, singular or plural."""
    return _GRAINS[_singular(unit)]


def period(amount: Amount, unit: str) -> str:
    """Return the ISO 8601 period; X stands for an amount that nobody can say."""
    form, size = _LETTERS[_singular(unit)]
    if amount.count is None:
        return "P" + form.format("X")
    whole, part = divmod(amount.count * size, 1)
    if part and form == "T{}H":
        return f"PT{whole:g}H{part * 60:g}M"
    return "P" + form.format(f"{amount.count * size:g}")


def _singular(unit: str) -> str:
    unit = unit.lower()
    return unit if unit in _GRAINS else unit.removesuffix("s")
