"""The data model: what a report says, every entry tied to its words.

All classes are frozen. Offsets count Unicode code points into ``Document.text`` and are
end-exclusive. Unknown is ``None``, never a guess. The JSON form (`Record.to_json`) is described
by the schema that ``standoff schema`` prints.
"""

from standoff.errors import InvalidRecordError
from standoff.record.events import Event, Events
from standoff.record.parts import (
    Actor,
    Aspect,
    Attribution,
    Code,
    Condition,
    Document,
    EventTypeName,
    Grain,
    Interval,
    ModelInfo,
    Place,
    Quantity,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    Time,
)
from standoff.record.record import Record

__all__ = [
    "Actor",
    "Aspect",
    "Attribution",
    "Code",
    "Condition",
    "Document",
    "Event",
    "EventTypeName",
    "Events",
    "Grain",
    "Interval",
    "InvalidRecordError",
    "ModelInfo",
    "Place",
    "Quantity",
    "Record",
    "Span",
    "Stance",
    "Statement",
    "StatementKind",
    "Status",
    "Time",
]
