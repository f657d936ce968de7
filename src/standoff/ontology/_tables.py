"""Reads the tables in `data/` and looks names up in them.

Each table is parsed once, on first use, and kept: importing the package reads no file.
"""

from __future__ import annotations

import csv
import difflib
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from standoff.errors import UnknownLabelError
from standoff.ontology._model import CameoCode, Context, EventType, Mode, Quad

# The quad class of a CAMEO root by convention. Only codes without a PLOVER type take it: where
# there is a type, PLOVER's own assignment wins (appeals, 02, are verbal conflict there, and so are
# investigations, 09; concessions, 08, are split).
_QUAD_OF_ROOT = {
    **dict.fromkeys(("01", "02", "03", "04", "05"), Quad.VERBAL_COOPERATION),
    **dict.fromkeys(("06", "07", "08", "09"), Quad.MATERIAL_COOPERATION),
    **dict.fromkeys(("10", "11", "12", "13"), Quad.VERBAL_CONFLICT),
    **dict.fromkeys(("14", "15", "16", "17", "18", "19", "20"), Quad.MATERIAL_CONFLICT),
}


def types() -> tuple[EventType, ...]:
    """Return the sixteen event types, cooperation first."""
    return tuple(_types().values())


def event_type(name: str) -> EventType:
    """Return the type of that name, in any case; older names count (DEMAND is REQUEST).

    Raises `UnknownLabelError` for an unknown name, and for `YIELD`, which is CONCEDE or RETREAT.
    """
    found = types_for_alias(name)
    if len(found) > 1:
        options = " or ".join(each.name for each in found)
        raise UnknownLabelError(f"event type {name!r} is ambiguous: it means {options}; name one")
    return found[0]


def types_for_alias(name: str) -> tuple[EventType, ...]:
    """Return every type that a current or older name means: two for `YIELD`, else one."""
    found = _types_by_name().get(_type_key(name))
    if not found:
        raise _unknown("event type", name, _type_key(name), _types_by_name())
    return found


def quad(type: str | EventType) -> Quad:
    """Return the quad class of a type."""
    return type.quad if isinstance(type, EventType) else event_type(type).quad


def mode(type: str | EventType, name: str) -> Mode:
    """Return the mode of that name of a type."""
    of = type if isinstance(type, EventType) else event_type(type)
    key = _mode_key(name)
    for each in of.modes:
        if each.name == key:
            return each
    if not of.modes:
        raise UnknownLabelError(f"unknown mode {name!r}: {of.name} has no modes")
    names = ", ".join(each.name for each in of.modes)
    message = f"unknown mode {name!r} of {of.name}; its modes are {names}"
    elsewhere = [each.name for each in types() if key in (m.name for m in each.modes)]
    if elsewhere:
        message += f" ({key} is a mode of {' and '.join(elsewhere)})"
    raise UnknownLabelError(message)


def contexts() -> tuple[Context, ...]:
    """Return all contexts."""
    return tuple(_contexts().values())


def context(name: str) -> Context:
    """Return the context of that name, in any case; aliases count (`nuclear` is wmd)."""
    found = _contexts_by_name().get(_context_key(name))
    if found is None:
        raise _unknown("context", name, _context_key(name), _contexts_by_name())
    return found


def cameo_codes() -> tuple[CameoCode, ...]:
    """Return every CAMEO code, roots included, in the order of the codebook."""
    return tuple(_cameo().values())


def cameo(code: str) -> CameoCode:
    """Return the CAMEO code written `code`."""
    if not isinstance(code, str):
        # 20 and 020 are different codes, so a number cannot be turned into one safely.
        raise UnknownLabelError(f"CAMEO codes are strings, such as '020'; got {code!r}")
    key = code.strip()
    found = _cameo().get(key)
    if found is not None:
        return found
    if f"0{key}" in _cameo():
        raise UnknownLabelError(
            f"unknown CAMEO code {code!r}; nearest: 0{key} (the leading zero is part of the code)"
        )
    raise _unknown("CAMEO code", code, key, _cameo())


def cameo_for(
    type: str | EventType,
    mode: str | Mode | None = None,
    contexts: Iterable[str | Context] = (),
) -> CameoCode:
    """Return the best CAMEO code for a type, sharpened by a mode and by contexts if given.

    An older name that stood for a CAMEO root of its own keeps that root: `DEMAND` gives codes in
    10, `REQUEST` in 02, `INVESTIGATE` in 09.
    """
    of = type if isinstance(type, EventType) else event_type(type)
    given = of.name if isinstance(type, EventType) else _type_key(type)
    kind = "" if mode is None else _mode_of(of, mode).name
    if isinstance(contexts, (str, Context)):
        contexts = (contexts,)
    about = {c.name if isinstance(c, Context) else context(c).name for c in contexts}
    crosswalk = _crosswalk()
    row = crosswalk.get((given, kind)) or crosswalk[of.name, kind]
    for about_one, code in row.items():
        if about_one in about:
            return cameo(code)
    return cameo(row[""])


def _mode_of(of: EventType, given: str | Mode) -> Mode:
    return mode(of, given.name if isinstance(given, Mode) else given)


def _type_key(name: str) -> str:
    return name.strip().upper()


def _mode_key(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(" ", "-")


def _context_key(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def _unknown(kind: str, given: str, key: str, known: Iterable[str]) -> UnknownLabelError:
    names = list(known)
    near = difflib.get_close_matches(key, names, n=3, cutoff=0.5)
    if near:
        hint = f"nearest: {', '.join(near)}"
    elif len(names) <= 60:
        hint = f"known: {', '.join(names)}"
    else:  # hundreds of codes help nobody
        hint = f"known: {len(names)} codes, from {names[0]!r} to {names[-1]!r}"
    return UnknownLabelError(f"unknown {kind} {given!r}; {hint}")


@cache
def _types() -> dict[str, EventType]:
    found = {}
    for name, entry in tomllib.loads(_read("types.toml")).items():
        added = set(entry.get("added", ()))
        modes = tuple(
            Mode(name=each, type=name, definition=definition, added=each in added)
            for each, definition in entry.get("modes", {}).items()
        )
        found[name] = EventType(
            name=name,
            quad=Quad(entry["quad"]),
            definition=entry["definition"],
            modes=modes,
            aliases=tuple(entry.get("aliases", ())),
        )
    return found


@cache
def _types_by_name() -> dict[str, tuple[EventType, ...]]:
    found: dict[str, tuple[EventType, ...]] = {each.name: (each,) for each in types()}
    for each in types():
        for alias in each.aliases:
            found[alias] = (*found.get(alias, ()), each)
    return found


@cache
def _contexts() -> dict[str, Context]:
    return {
        name: Context(name, entry["definition"], tuple(entry.get("aliases", ())))
        for name, entry in tomllib.loads(_read("contexts.toml")).items()
    }


@cache
def _contexts_by_name() -> dict[str, Context]:
    aliases = {alias: each for each in contexts() for alias in each.aliases}
    return {**_contexts(), **aliases}


@cache
def _cameo() -> dict[str, CameoCode]:
    found = {}
    for row in _rows("cameo.tsv"):
        code = row["code"]
        of = _types()[row["type"]] if row["type"] else None
        found[code] = CameoCode(
            code=code,
            title=row["title"],
            type=of.name if of else None,
            mode=row["mode"] or None,
            goldstein=float(row["goldstein"]),
            quad=of.quad if of else _QUAD_OF_ROOT[code[:2]],
            contexts=tuple(row["contexts"].split(",")) if row["contexts"] else (),
        )
    return found


@cache
def _crosswalk() -> dict[tuple[str, str], dict[str, str]]:
    """(type or older name, mode or "") → {context or "": code}, in the order of the file."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in _rows("plover_to_cameo.tsv"):
        found.setdefault((row["type"], row["mode"]), {})[row["context"]] = row["code"]
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (line for line in _read(name).splitlines() if not line.startswith("#"))
    # The tables hold no quoted fields; an apostrophe or a quotation mark in a title is itself.
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _read(name: str) -> str:
    return files("standoff.ontology").joinpath("data", name).read_text(encoding="utf-8")
