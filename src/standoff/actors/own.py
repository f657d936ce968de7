"""Users' own actors: files that add to the tables, or say otherwise than they do.

Three forms are read, told apart by the name of the file:

- ``.toml``: a list of tables ``[[actor]]``;
- ``.csv``: the same fields as columns, lists with ``|`` between;
- ``.actors`` and ``.txt``: dictionaries of PETRARCH (Schrodt, Beieler and Idris 2014), whose codes
  become our ids and whose ranges of dates become times in office.

Fields: `id` (as ``COL.REB.FARC``), `name`; and where there is something to say `kind` (``person``
or what the body is), `country`, `sectors`, `also`, `nouns`, `gender`, `short`, `known`, `offices`
(``president 2018-08-07/2022-08-07``). Country and sector default to what the id begins with.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from standoff.actors import tables
from standoff.errors import InvalidActorsError

PERSON = "person"
_FIELDS = frozenset(
    (
        *("id", "name", "kind", "country", "sectors", "also", "nouns", "gender", "short", "known"),
        "offices",
    )
)
_ID = re.compile(r"[A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*")

#: Countries and roles that CAMEO codes otherwise than we do.
_COUNTRIES = {"ROM": "ROU", "KSV": "XKX", "TMP": "TLS", "ZAR": "COD", "WSB": "PSE", "GZS": "PSE"}
_ROLES = {
    **dict.fromkeys(("UAF", "INS", "SEP", "RAD"), "REB"),
    **dict.fromkeys(("ELI", "MOD"), "GOV"),
    **dict.fromkeys(("MNC", "AGR"), "BUS"),
}
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "des", "du"))
_SHORT = 4
_CODE = re.compile(r"\[([^\]]*)\]")
_RANGE = re.compile(r"([<>])?\s*(\d{6,8})?\s*(?:-\s*(\d{6,8}))?")


def load(paths: Iterable[Path]) -> tables.Own:
    """Return the actors of some files; of two with one id the last counts.

    Raises:
        InvalidActorsError: a file cannot be read, or a row lacks a name or has no proper id.
    """
    bodies: dict[str, tables.Body] = {}
    people: dict[str, tables.Person] = {}
    for path in paths:
        for where, row in _rows(path):
            actor = _actor(path, where, row)
            bodies.pop(actor.id, None)
            people.pop(actor.id, None)
            if isinstance(actor, tables.Person):
                people[actor.id] = actor
            else:
                bodies[actor.id] = actor
    if not bodies and not people:
        return tables.NO_OWN  # whose tables are made already
    return tables.Own(tuple(bodies.values()), tuple(people.values()))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where each row stands in its file, and its fields."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidActorsError(
            f"cannot be read ({error}); give a UTF-8 file", str(path)
        ) from error
    match path.suffix.lower():
        case ".toml":
            yield from _of_toml(path, text)
        case ".csv":
            reader = csv.DictReader(text.splitlines())
            for row in reader:
                yield f"line {reader.line_num}", {k: v for k, v in row.items() if k and v}
        case ".actors" | ".txt":
            yield from petrarch(text)
        case other:
            raise InvalidActorsError(
                f"{other or 'no suffix'}: actors come as .toml, .csv, or PETRARCH's .actors",
                str(path),
            )


def _of_toml(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        found = tomllib.loads(text).get("actor", [])
    except tomllib.TOMLDecodeError as error:
        raise InvalidActorsError(f"no TOML: {error}", str(path)) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise InvalidActorsError("`actor` is no list of tables: write [[actor]]", str(path))
    for number, row in enumerate(found, start=1):
        yield f"actor {number}", row


def _actor(path: Path, where: str, row: dict[str, Any]) -> tables.Body | tables.Person:
    id_, name = str(row.get("id", "")), str(row.get("name", "")).strip()
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        raise InvalidActorsError(f"{where}: no field is called {', '.join(unknown)}", str(path))
    if not _ID.fullmatch(id_) or not name:
        raise InvalidActorsError(
            f"{where}: id {id_!r}, name {name!r}; an actor has a name and an id like COL.REB.FARC",
            str(path),
        )
    first, _, rest = id_.partition(".")
    if row.get("kind") == PERSON or row.get("offices"):
        person = tables.Person(
            id_,
            name,
            str(row.get("gender", "")),
            _listed(row.get("also")),
            _listed(row.get("short")) or (name.split()[-1],),
            _listed(row.get("known")),
            "|".join(_listed(row.get("offices"))),
        )
        _check_terms(path, where, person)
        return person
    country = str(row.get("country") or (first if first in tables.countries() else "")) or None
    sectors = _listed(row.get("sectors")) or tuple(filter(None, (rest.split(".")[0],)))
    return tables.Body(
        id_,
        name,
        str(row.get("kind") or "body"),
        country,
        sectors,
        _listed(row.get("also")),
        _listed(row.get("nouns")),
    )


def _check_terms(path: Path, where: str, person: tables.Person) -> None:
    known = {office.name for office, _ in tables.offices().values()}
    try:
        unknown = [term.office for term in person.terms if term.office not in known]
    except (ValueError, AssertionError) as error:
        raise InvalidActorsError(f"{where}: offices: {error}", str(path)) from error
    if unknown:
        raise InvalidActorsError(
            f"{where}: no office is called {', '.join(unknown)}; see offices.tsv", str(path)
        )


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    parts = value.split("|") if isinstance(value, str) else value
    return tuple(str(part).strip() for part in parts if str(part).strip())


def petrarch(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
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
