"""What `find` returns: names of places, and how they stand in the text."""

from __future__ import annotations

from typing import Literal

import attrs

from standoff.places.gazetteer import Entry

#: `name`: a name by itself; `inside`: within the name of a body ("Ohio Highway Patrol");
#: `adjective`: the people or things of a state ("Georgian troops").
How = Literal["name", "inside", "adjective"]


@attrs.frozen
class PlaceMention:
    """A name of a place: tokens `start` to `end`, end-exclusive, and what it means.

    `entry` is None where the gazetteer does not know the name.
    """

    start: int
    end: int
    name: str
    how: How
    entry: Entry | None
