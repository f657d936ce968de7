"""Dictionaries of PETRARCH (Schrodt, Beieler and Idris 2014), so that projects move over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from standoff.actors import tables

#: Countries and roles that CAMEO codes otherwise than we do.
_COUNTRIES = {"ROM": "ROU", "KSV": "XKX", "TMP": "TLS", "ZAR": "COD", "WSB": "PSE", "GZS": "PSE"}
_ROLES = {
    **dict.fromkeys(("UAF", "INS", "SEP", "RAD"), "REB"),
    **dict.fromkeys(("ELI", "MOD"), "GOV"),
    **dict.fromkeys(("MNC", "AGR"), "BUS"),
}
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "des", "du"))
_SHORT = 4
_AGENT = re.compile(r"([A-Z][A-Z_ -]*?)\s*(?:\{([^}]*)\})?\s*\[~?([A-Z]{3})")
_CODE = re.compile(r"\[([^\]]*)\]")
_RANGE = re.compile(r"([<>])?\s*(\d{6,8})?\s*(?:-\s*(\d{6,8}))?")


def actors(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a PETRARCH dictionary of actors.

    An actor is a line with underscores for blanks and its codes in brackets behind, or on lines of
    their own; lines that open with ``+`` are other spellings. Codes may have a range of dates.
    """
    row: dict[str, Any] | None = None
    where = ""
    for number, line in enumerate(text.splitlines(), start=1):
        line = re.split(r"[#;]", line)[0].strip()
        if not line or line.startswith(("<", "!")):
            continue
        words, codes = line.partition("[")[0].strip(), _CODE.findall(line)
        if words.startswith("+") and row is not None:
            row["also"].append(_words(words[1:]))
        elif words:
            if row is not None and row["codes"]:
                yield where, _coded(row)
            row, where = {"name": _words(words), "also": [], "codes": []}, f"line {number}"
        if row is not None:
            row["codes"] += codes
    if row is not None and row["codes"]:
        yield where, _coded(row)


def _words(name: str) -> str:
    """Return a name as news writes it: "Front of the Tide" for ``FRONT_OF_THE_TIDE_``.

    The dictionaries have capitals only. A name of one short word, or a word without a vowel, is
    taken for an abbreviation.
    """
    words = name.strip().rstrip("_").replace("_", " ").split()
    if len(words) == 1 and len(words[0]) <= _SHORT:
        return words[0].upper()
    return " ".join(
        word.lower()
        if i and word.lower() in _SMALL
        else word.capitalize()
        if set(word.lower()) & set("aeiouy")
        else word.upper()
        for i, word in enumerate(words)
    )


def _coded(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of ours for an actor of PETRARCH: its last code says what it is now."""
    code = row["codes"][-1].split()[0].strip("~")
    first = _COUNTRIES.get(code[:3], code[:3])
    roles = [code[i : i + 3] for i in range(3, len(code), 3)]
    sectors = [
        _ROLES.get(role, role) for role in roles if _ROLES.get(role, role) in tables.sectors()
    ]
    leaf = "_".join("".join(c if c.isalnum() else " " for c in row["name"].upper()).split())
    id_ = ".".join(part for part in (first, sectors[0] if sectors else "", leaf) if part)
    found: dict[str, Any] = {"id": id_, "name": row["name"], "also": row["also"]}
    offices = [term for text in row["codes"] if (term := _term(text))]
    return found | ({"offices": offices} if offices else {})


def _term(code: str) -> str:
    """Return a time in office for a code with a range of dates, "" for one without."""
    parts = code.split(maxsplit=1)
    match = _RANGE.fullmatch(parts[1].strip()) if len(parts) > 1 else None
    if match is None or not (match[2] or match[3]):
        return ""
    start, end = _day(match[2]), _day(match[3])
    if match[1] == "<":
        start, end = "", start
    return f"official {start or '0001'}/{end}"


def _day(digits: str | None) -> str:
    if not digits:
        return ""
    if len(digits) == 6:
        year = int(digits[:2])
        digits = f"{2000 + year if year < 40 else 1900 + year}{digits[2:]}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def agents(text: str) -> Iterator[tuple[str, tables.Office, bool]]:
    """Yield the words of a PETRARCH dictionary of agents: what each means, whether it is a plural.

    A line is ``POLICEMAN_ {POLICEMEN_} [~COP]``; without braces the plural has an s. A code that is
    no sector of ours is passed over.
    """
    for line in text.splitlines():
        match = _AGENT.match(re.split(r"[#;]", line)[0].strip())
        sector = _ROLES.get(match[3], match[3]) if match else ""
        if match is None or sector not in tables.sectors():
            continue
        one = match[1].strip("_").replace("_", " ").lower()
        several = (match[2] or "").strip("_ ").replace("_", " ").lower() or f"{one}s"
        office = tables.Office(
            one, sector, "", "person", title=False, generic=False, inside=True, bare=True,
            counted=False, home=None,
        )  # fmt: skip
        yield one, office, False
        yield several, office, True
