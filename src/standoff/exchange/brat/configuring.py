"""The files that brat needs in a folder of records: `configuration`."""

from __future__ import annotations

from typing import get_args

from standoff import ontology
from standoff.exchange.brat.drawing import (
    CONDITION,
    CONSEQUENT,
    CONTENT,
    CUE,
    CUED,
    ROLES,
    SAID,
    SPEAKER,
    TEXT_BOUNDS,
    TIES,
)
from standoff.ontology import Quad
from standoff.record import Aspect, Stance, Status

#: How often a role may be filled, in brat's signs.
_OFTEN = {"Source": "*", "Target": "*", "Time": "?", "Place": "?", "Quantity": "*"}

#: As many contexts as a human can choose for one event; a record may have more.
_CONTEXTS = 6

#: Colours that can be told apart by most colour-blind people (Okabe & Ito, made paler): quad
#: classes, then what is no event.
_COLOURS = {
    Quad.VERBAL_COOPERATION: "#b5d8f0",
    Quad.MATERIAL_COOPERATION: "#8fd1b9",
    Quad.VERBAL_CONFLICT: "#f3d08a",
    Quad.MATERIAL_CONFLICT: "#eeaa88",
}
_PLAIN = "#e8e8e8"


def configuration() -> dict[str, str]:
    """Return the text of ``annotation.conf`` and ``visual.conf`` by file name.

    Put both beside the .txt and .ann files: brat then offers the types, roles, attributes and
    relations that `from_brat` understands.
    """
    return {"annotation.conf": _annotation(), "visual.conf": _visual()}


def _annotation() -> str:
    roles = ", ".join(f"{role}{_OFTEN[role]}:{type_}" for role, type_ in ROLES.items())
    sections = {
        "entities": list(TEXT_BOUNDS),
        "relations": [
            f"{SAID}\tArg1:{SPEAKER}, Arg2:{CONTENT}",
            f"{CUED}\tArg1:{CUE}, Arg2:{CONTENT}",
            f"{TIES}\tArg1:{CONSEQUENT}, Arg2:{CONDITION}",
        ],
        "events": [f"{type_.name}\t{roles}" for type_ in ontology.types()],
        "attributes": [
            f"{name}\tArg:<EVENT>, Value:{'|'.join(values)}" for name, values in _values().items()
        ],
    }
    return _conf(sections)


def _visual() -> str:
    types = ontology.types()
    drawing = [
        f"SPAN_DEFAULT\tfgColor:black, bgColor:{_PLAIN}, borderColor:darken",
        "ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5",
        *(f"{type_.name}\tbgColor:{_COLOURS[type_.quad]}" for type_ in types),
        # Every event has these; a sign for each would hide the words.
        *(f"{name}\tglyph:<NONE>" for name in _values() if name != "Aspect"),
    ]
    labels = [
        f"{name} | {name.capitalize()} | {name[:4].capitalize()}"
        for name in (*(type_.name for type_ in types), *TEXT_BOUNDS)
    ]
    return _conf({"labels": labels, "drawing": drawing})


def _values() -> dict[str, tuple[str, ...]]:
    """Return the attributes of events and what each may say."""
    modes = dict.fromkeys(mode.name for type_ in ontology.types() for mode in type_.modes)
    contexts = tuple(context.name for context in ontology.contexts())
    numbered = ("Context", *(f"Context{number}" for number in range(2, _CONTEXTS + 1)))
    return {
        "Status": get_args(Status),
        "Mode": tuple(modes),
        "Aspect": get_args(Aspect),
        "Quad": tuple(str(int(quad)) for quad in Quad),
        "Stance": get_args(Stance),
        **dict.fromkeys(numbered, contexts),
    }


def _conf(sections: dict[str, list[str]]) -> str:
    parts = ("\n".join((f"[{name}]", *rows)) for name, rows in sections.items())
    return "\n\n".join(parts) + "\n"
