"""The classes of the ontology: plain, frozen, hashable; they refer to each other by name."""

from __future__ import annotations

from enum import IntEnum

import attrs


class Quad(IntEnum):
    """The four quad classes, numbered as PLOVER, CAMEO users and GDELT number them."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4

    @property
    def label(self) -> str:
        """The name as people write it: `verbal cooperation`."""
        return self.name.lower().replace("_", " ")


@attrs.frozen
class Mode:
    """A kind of an event type, such as `hunger` of PROTEST.

    The same name may be a mode of several types (`restrict` of THREATEN and of COERCE).
    """

    name: str
    type: str
    definition: str
    added: bool = False
    """Whether the mode is ours, not PLOVER's: an export that must be pure PLOVER leaves it out."""


@attrs.frozen
class EventType:
    """One of the sixteen PLOVER types."""

    name: str
    quad: Quad
    definition: str
    modes: tuple[Mode, ...] = ()
    aliases: tuple[str, ...] = ()
    """Older names. An alias that another type also has (YIELD) names neither on its own."""


@attrs.frozen
class Context:
    """What an event is about, whatever its type."""

    name: str
    definition: str
    aliases: tuple[str, ...] = ()


@attrs.frozen
class CameoCode:
    """A CAMEO code. Codes are strings: `20` (mass violence) and `020` (an appeal) differ."""

    code: str
    title: str
    type: str | None
    """The PLOVER type; none for root 01, which PLOVER drops."""
    mode: str | None
    goldstein: float
    quad: Quad
    contexts: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The two-digit root: `19` of `1951`."""
        return self.code[:2]

    @property
    def parent(self) -> str | None:
        """The code one level up: `195` of `1951`, `19` of `195`, none of `19`."""
        return self.code[:-1] if len(self.code) > 2 else None
