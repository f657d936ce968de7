"""PLOVER event types, modes and contexts, and the crosswalk to CAMEO with its Goldstein scores.

    >>> from standoff import ontology
    >>> ontology.event_type("demand").name
    'REQUEST'
    >>> code = ontology.cameo_for("RETREAT", "ceasefire")
    >>> code.code, code.title, code.goldstein
    ('0871', 'Declare a truce or ceasefire', 9.0)

The tables are files beside this module, in `data/`, read once when first asked for. Their sources:

- PLOVER, as POLECAT uses it: Halterman, Bagozzi, Beger, Schrodt & Scarborough (2023), "PLOVER and
  POLECAT: A New Political Event Ontology and Dataset". Definitions are in our own words.
- CAMEO 1.1b3: Schrodt (2012), "CAMEO: Conflict and Mediation Event Observations Event and Actor
  Codebook". Titles are in our own words where a short label allows it.
- Goldstein scores: Goldstein (1992), "A Conflict-Cooperation Scale for WEIS Events Data", in the
  adaptation to CAMEO by the Penn State event data project.

Names are matched without regard to case. An unknown name raises
`standoff.errors.UnknownLabelError`, which lists the nearest known ones.
"""

from __future__ import annotations

from standoff.ontology._model import CameoCode, Context, EventType, Mode, Quad
from standoff.ontology._tables import (
    cameo,
    cameo_codes,
    cameo_for,
    context,
    contexts,
    event_type,
    mode,
    quad,
    types,
    types_for_alias,
)

__all__ = [
    "CameoCode",
    "Context",
    "EventType",
    "Mode",
    "Quad",
    "cameo",
    "cameo_codes",
    "cameo_for",
    "context",
    "contexts",
    "event_type",
    "mode",
    "quad",
    "types",
    "types_for_alias",
]
