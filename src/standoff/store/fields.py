"""The fields of an event that a human may correct: their names, and which values they can have."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from typing import Any, get_args

import attrs

from standoff import ontology
from standoff.errors import DecisionError, UnknownLabelError
from standoff.record.parts import Aspect, Status
from standoff.store.model import Account

NAMES = (
    "type", "mode", "contexts", "status", "aspect", "source", "target", "start", "end", "place",
    "country",
)  # fmt: skip
_LISTS = frozenset({"contexts", "source", "target"})
_DAYS = frozenset({"start", "end"})
_ALLOWED = {"status": get_args(Status), "aspect": get_args(Aspect)}

#: Ids of actors in a store: those of the tables, and names of people whom no table has.
_ACTOR = re.compile(r"[^\W_]\w*(?:\.\w+)*")
_COUNTRY = re.compile("[A-Z]{3}")
#: No actor of the tables has a longer id, and no name becomes one (`sides`).
_LONGEST = 150
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def values(account: Account) -> dict[str, Any]:
    """Return the fields of an account as JSON values."""
    return {name: _plain(getattr(account, name)) for name in NAMES}


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes as JSON values in the form in which they are kept.

    Lists may be given as text with commas, days as ISO text; an empty text is none. Ids are
    written in any case.

    Raises:
        DecisionError: a field that cannot be corrected, or a value that it cannot have.
    """
    if not changes:
        raise DecisionError(f"nothing to change; fields are {', '.join(NAMES)}")
    found = {name: _checked(name, value) for name, value in changes.items()}
    start, end = found.get("start"), found.get("end")
    if start and end and start > end:
        raise DecisionError(f"start={start} lies after end={end}")
    return found


def refuse_unstorable(text: str) -> None:
    """Raise DecisionError for text that no database stores."""
    if _UNSTORABLE.search(text):
        raise DecisionError(f"{text!r} holds a NUL or half a surrogate pair; write it without")


def refuse_mode(changes: Mapping[str, Any], type_: str) -> None:
    """Raise DecisionError where changes give a mode that the type, old or new, does not have."""
    mode = changes.get("mode")
    kind = ontology.event_type(changes.get("type") or type_)
    names = [each.name for each in kind.modes]
    if mode is not None and mode not in names:
        known = f"it has {', '.join(names)}" if names else "it has none"
        raise DecisionError(f"{mode!r} is no mode of {kind.name}; {known}")


def applied(account: Account, changes: Mapping[str, Any]) -> Account:
    """Return an account with changes applied; CAMEO code, quad class and scale follow the type."""
    shown = values(account)
    # What is as it was stays with all that belongs to it: a month's value, a place's coordinates.
    changes = {name: value for name, value in changes.items() if shown[name] != value}
    if not changes:
        return account
    new: dict[str, Any] = {}
    for name, value in changes.items():
        if name in _LISTS:
            new[name] = tuple(value or ())
        elif name in _DAYS and value is not None:
            new[name] = datetime.date.fromisoformat(value)
        else:
            new[name] = value
    if any(name in new and new[name] != getattr(account, name) for name in ("place", "country")):
        # They are those of the place that it is not.
        new |= dict.fromkeys(("admin1", "lat", "lon", "geonameid"))
    if new.keys() & {"start", "end"}:
        start, end = new.get("start", account.start), new.get("end", account.end)
        if start is not None and end is not None and start > end:
            start, end = (start, start) if "start" in new else (end, end)
        same = start is not None and start == end
        new |= {
            "start": start,
            "end": end,
            "value": start.isoformat() if same and start else f"{start or ''}/{end or ''}",
            "grain": "day" if same else None,
        }
        if start is None and end is None:
            new["value"] = None
    changed = attrs.evolve(account, **new)
    if not new.keys() & {"type", "mode", "contexts"}:
        return changed
    kind = ontology.event_type(changed.type)
    if changed.mode not in {mode.name for mode in kind.modes}:
        changed = attrs.evolve(changed, mode=None)
    code = ontology.cameo_for(changed.type, changed.mode, changed.contexts)
    return attrs.evolve(changed, quad=int(kind.quad), cameo=code.code, goldstein=code.goldstein)


def _checked(name: str, value: Any) -> Any:
    if name not in NAMES:
        raise DecisionError(f"{name!r} cannot be corrected; fields are {', '.join(NAMES)}")
    if isinstance(value, str):
        refuse_unstorable(value)
        value = value.strip() or None
    if name in _LISTS:
        return _list(name, value)
    if value is None:
        if name in ("type", "status"):
            raise DecisionError(f"an event must have a {name}")
        return None
    if name in _DAYS:
        return _day(name, value)
    if not isinstance(value, str):
        raise DecisionError(f"{name}={value!r} is no text")
    return _label(name, value)


def _list(name: str, value: Any) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value or ()
    if not isinstance(parts, Collection) or not all(isinstance(part, str) for part in parts):
        raise DecisionError(f"{name}={value!r} is no list of names")
    names = dict.fromkeys(_label(name, part.strip()) for part in parts if part.strip())
    return list(names)


def _label(name: str, value: str) -> str:
    try:
        if name == "type":
            return ontology.event_type(value).name
        if name == "contexts":
            return ontology.context(value).name
    except UnknownLabelError as error:
        raise DecisionError(str(error)) from None
    if name in ("source", "target"):
        return _actor(value)
    if name == "country":
        if not _COUNTRY.fullmatch(value.upper()):
            raise DecisionError(f"{value!r} is no country; write it with three letters, as KOR")
        return value.upper()
    if name in _ALLOWED and value not in _ALLOWED[name]:
        raise DecisionError(f"{value!r} is no {name}; it is one of {', '.join(_ALLOWED[name])}")
    return value


def _actor(value: str) -> str:
    refuse_unstorable(value)
    if not _ACTOR.fullmatch(value) or value.startswith("doc.") or len(value) > _LONGEST:
        raise DecisionError(
            f"{value!r} is no id of an actor; one looks like KOR or KOR.GOV.MOON_JAE_IN, and "
            "`standoff actors find NAME` tells it"
        )
    return value.upper()


def _day(name: str, value: Any) -> str:
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise DecisionError(f"{name}={value!r} is no day; write it as 2018-11-09") from None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
