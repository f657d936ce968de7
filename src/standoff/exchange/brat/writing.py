"""A record as a brat file: `to_brat`."""

from __future__ import annotations

import json
import re
from typing import Any

from standoff.exchange.brat.drawing import (
    ACTOR,
    DOCUMENT,
    GEONAMES,
    PLACE,
    ROLES,
    STANDOFF,
    Key,
    View,
    geoname,
    marks_of,
    shown_mentions,
    view_of,
)
from standoff.exchange.brat.lines import (
    Attribute,
    EventLine,
    Normalisation,
    Note,
    Relation,
    Sheet,
    TextBound,
    column,
    fragments_of,
    words_of,
)
from standoff.record import Record

# Readers that count these as line ends would cut a note in two; JSON has an escape for each.
_TO_ESCAPE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


def to_brat(record: Record) -> str:
    """Return the .ann file of a record in brat's standoff format.

    The .txt file is ``record.document.text`` exactly, as UTF-8 and with its line ends untouched:
    offsets count its code points. Notes (``AnnotatorNotes``) hold each event as JSON, and one of
    the target ``document`` all else, so that `from_brat` gives back an equal record.

    Raises:
        InvalidRecordError: the record has no JSON form, or spans that do not fit its text.
    """
    # Once through JSON, for what is written must be the same whoever made the record.
    record = Record.from_json(record.to_json())
    text, marks = record.document.text, marks_of(record)
    views = {
        f"E{number}": view
        for number, event in enumerate(record.events, start=1)
        if (view := view_of(event, record)) is not None
    }
    ids = dict(marks.text_bounds)
    for view in views.values():
        for key in view.text_bounds():
            ids.setdefault(key, f"T{len(ids) + 1}")
    sheet = Sheet()
    for (type_, fragments), id_ in ids.items():
        sheet.text_bounds[id_] = TextBound(id_, type_, fragments, words_of(text, fragments))
    for id_, (type_, first, second) in marks.relations.items():
        sheet.relations[id_] = Relation(id_, type_, ids[first], ids[second])
    for id_, view in views.items():
        _draw_event(sheet, id_, view, ids)
    _draw_references(sheet, record, ids)
    _draw_notes(sheet, record, list(views))
    return sheet.written()


def _draw_event(sheet: Sheet, id_: str, view: View, ids: dict[Key, str]) -> None:
    roles = tuple(
        (role if number == 1 else f"{role}{number}", ids[ROLES[role], fragments])
        for role, filled in view.roles.items()
        for number, fragments in enumerate(filled, start=1)
    )
    sheet.events[id_] = EventLine(id_, view.type, ids[view.type, view.trigger], roles)
    for name, value in view.attributes.items():
        attribute = f"A{len(sheet.attributes) + 1}"
        sheet.attributes[attribute] = Attribute(attribute, name, id_, value)


def _draw_references(sheet: Sheet, record: Record, ids: dict[Key, str]) -> None:
    text = record.document.text
    actors = {
        (ids[ACTOR, fragments_of(text, mention)], STANDOFF, actor.id): actor.name
        for actor in record.actors
        for mention in shown_mentions(actor, text)
    }
    places = {
        (ids[PLACE, fragments_of(text, place.span)], GEONAMES, entry): place.name
        for place in record.places
        if (entry := geoname(place)) and fragments_of(text, place.span)
    }
    for (target, resource, entry), name in (actors | places).items():
        id_ = f"N{len(sheet.normalisations) + 1}"
        found = Normalisation(id_, target, resource, entry, column(name))
        sheet.normalisations[id_] = found


def _draw_notes(sheet: Sheet, record: Record, shown: list[str]) -> None:
    entries = record.to_dict()
    del entries["document"]["text"]  # it is the .txt file
    of_event = {f"E{number}": event for number, event in enumerate(entries["events"], start=1)}
    entries["events"] = [
        {"line": id_, "id": event["id"]} if id_ in shown else event
        for id_, event in of_event.items()
    ]
    named = {each.target for each in sheet.normalisations.values()}
    unnamed = [
        each.fragments
        for each in sheet.text_bounds.values()
        if each.type == ACTOR and each.id not in named
    ]
    notes = {DOCUMENT: {"record": entries, "unnamed": unnamed}}
    notes |= {id_: {"event": of_event[id_]} for id_ in shown}
    for number, (target, content) in enumerate(notes.items(), start=1):
        sheet.notes[f"#{number}"] = Note(f"#{number}", target, _json(content))


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
