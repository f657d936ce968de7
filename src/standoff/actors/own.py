"""Users' own actors: files that add to the tables, or say otherwise than they do.

Three forms are read, told apart by the name of the file:

- ``.toml``: a list of tables ``[[actor]]``;
- ``.csv``: the same fields as columns, lists with ``|`` between;
- ``.actors`` and ``.txt``: dictionaries of PETRARCH (Schrodt, Beieler and Idris 2014), whose codes
  become our ids and whose ranges of dates become times in office;
- ``.agents``: PETRARCH's words for kinds of people ("police"), with the sector of their code.

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

from standoff.actors import petrarch, tables
from standoff.errors import InvalidActorsError

PERSON = "person"
_FIELDS = frozenset(
    (
        *("id", "name", "kind", "country", "sectors", "also", "nouns", "gender", "short", "known"),
        "offices",
    )
)
_ID = re.compile(r"[A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*")


def load(paths: Iterable[Path]) -> tables.Own:
    """Return the actors of some files; of two with one id the last counts.

    Raises:
        InvalidActorsError: a file cannot be read, or a row lacks a name or has no proper id.
    """
    bodies: dict[str, tables.Body] = {}
    people: dict[str, tables.Person] = {}
    words: list[tuple[str, tables.Office, bool]] = []
    for path in paths:
        if path.suffix.lower() == ".agents":
            words += petrarch.agents(_text(path))
            continue
        for where, row in _rows(path):
            actor = _actor(path, where, row)
            bodies.pop(actor.id, None)
            people.pop(actor.id, None)
            if isinstance(actor, tables.Person):
                people[actor.id] = actor
            else:
                bodies[actor.id] = actor
    if not bodies and not people and not words:
        return tables.NO_OWN  # whose tables are made already
    return tables.Own(tuple(bodies.values()), tuple(people.values()), tuple(words))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read ({error}); give a UTF-8 file"
        raise InvalidActorsError(what, str(path)) from error


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
            yield from petrarch.actors(text)
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
