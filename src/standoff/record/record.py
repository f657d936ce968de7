"""The record: all that was read out of one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import attrs

from standoff.record import decoding, encoding
from standoff.record.events import Event, Events
from standoff.record.parts import Actor, Condition, Document, ModelInfo, Place, Statement, Time


def _events(value: Sequence[Event], record: Any) -> Events:
    return Events(value, {actor.id: actor for actor in record.actors})


_to_events = attrs.Converter(_events, takes_self=True)


@attrs.frozen
class Record:
    """All that was read out of one document."""

    document: Document
    actors: tuple[Actor, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    # mypy's attrs plugin cannot look into a converter that takes the instance.
    events: Events = attrs.field(default=(), converter=_to_events)  # type: ignore[assignment, misc]
    statements: tuple[Statement, ...] = ()
    conditions: tuple[Condition, ...] = ()
    model: ModelInfo | None = None
    software: str | None = None
    warnings: tuple[str, ...] = ()

    def actor(self, id_: str) -> Actor:
        """Return the actor with this id; KeyError where the record has none."""
        for actor in self.actors:
            if actor.id == id_:
                return actor
        raise KeyError(id_)

    def sentence(self, event: Event) -> str:
        """Return the sentence that an event's anchor stands in."""
        return self.document.text[event.sentence[0] : event.sentence[1]]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON-ready values, in the published format."""
        return encoding.to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as JSON text; `from_json` gives back an equal record.

        The text can always be written as UTF-8. Without `indent` it is a single line, however
        lines are counted.

        Raises:
            InvalidRecordError: a number is infinite or none at all, or a string holds a split
                surrogate pair. JSON can write neither without loss.
        """
        return encoding.to_json(self, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the record that `to_json` wrote.

        Keys that this version does not know are ignored, so that it can read what a later version
        wrote; a key that it does know must be there.

        Raises:
            InvalidRecordError: the text is not JSON of this format, or an offset does not slice
                back to the text that stands beside it. The message names the field, and so does
                the error's `path` (``events[3].anchor``).
        """
        return decoding.from_json(text, cls)
