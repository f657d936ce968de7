"""Events of other data sets as accounts: what every reader of tables gives back.

Such an account has no text: its anchor is empty, and all offsets are zero. Its status is actual,
for the tables hold what is said to have happened.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from standoff import ontology
from standoff.errors import UnknownLabelError
from standoff.exchange.countries import countries, named
from standoff.exchange.delimited import BadRow, CellError, Row
from standoff.record import Actor, Span
from standoff.store import outlets
from standoff.store.model import Account
from standoff.store.sides import shared_ids

#: How ids begin of actors that belong to no state, by their sector, as in Standoff's own tables.
_FAMILIES = {"IGO": "IGO", "NGO": "NGO", "IMG": "IMG", "CVL": "CVL", "MED": "MEDIA"}


@attrs.frozen
class ImportedEvent:
    """A row as an account, and the actors that its source and target stand for.

    `notes` say what in the row was not understood and therefore left out.
    """

    line: int
    account: Account
    actors: tuple[Actor, ...]
    notes: tuple[str, ...] = ()


@attrs.frozen
class LeftOut:
    """A row without fault that Standoff has no type for, such as a public statement (CAMEO 01)."""

    line: int
    reason: str


Outcome = ImportedEvent | LeftOut | BadRow


def outcomes(
    rows: Iterator[Row | BadRow], read: Callable[[Row], ImportedEvent | LeftOut]
) -> Iterator[Outcome]:
    """Yield what `read` makes of each row; a cell that cannot be read makes the row a `BadRow`."""
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            yield read(row)
        except CellError as error:
            yield BadRow(row.line, str(error), error.column)


def code_of(row: Row, column: str) -> ontology.CameoCode:
    """Return the CAMEO code in a column.

    Two digits are refused: event data have three at least, and ``10`` is most likely what a program
    that took codes for numbers made of ``010``, a statement, where CAMEO's ``10`` is a demand.
    """
    text = row.text(column) or ""
    if len(text) < 3:
        problem = (
            "no code" if not text else f"{text!r} has lost its leading zero, or is a root only"
        )
        raise CellError(column, f"{problem}; CAMEO codes of events have three digits or four")
    try:
        return ontology.cameo(text)
    except UnknownLabelError as error:
        raise CellError(column, str(error)) from error


def make_actor(name: str | None, country: str | None, sectors: tuple[str, ...]) -> Actor | None:
    """Return the actor of a name, a country (our id) and sectors, None where all are unknown.

    Ids follow Standoff's tables: ``IRN`` for the state itself, ``IRN.GOV`` for a sector of it,
    ``IRN.GOV.ALI_LARIJANI``, ``IGO.ARAB_LEAGUE``; ``UNLISTED.NAME`` where neither country nor
    family is known. One name is one actor, whatever its punctuation and case.
    """
    if not name and country is None and not sectors:
        return None
    sector = sectors[0] if sectors else None
    if country is not None:
        parts = [country, *([sector] if sector else [])]
        if not name or named(name) == country:
            name = name or countries()[country].name
        else:
            parts.append(leaf(name))
    else:
        name = name or str(sector)
        parts = [_FAMILIES.get(sector or "", "UNLISTED"), leaf(name)]
    return Actor(".".join(parts), name, country, sectors)


def leaf(name: str) -> str:
    """Return the last part of an id that is made from a name, as the store makes it."""
    local = Actor("doc.", name)
    return shared_ids([local])[local.id].partition(".")[2]


def country_named(name: str | None, column: str, notes: list[str]) -> str | None:
    """Return our id of the country of a name; note a name that none is known by."""
    found = named(name)
    if name and found is None:
        notes.append(f"{column}: no country is known as {name!r}")
    return found


def make_account(id: str, document: str, **fields: Any) -> Account:
    """Return the account of a row; `id` is its event's too, `fields` are what the row gives."""
    day: datetime.date | None = fields.get("start")
    return Account(
        id=id,
        event=id,
        document=document,
        local=None,
        anchor=Span(0, 0, ""),
        sentence=(0, 0),
        end=day,
        value=day.isoformat() if day else None,
        grain="day" if day else None,
        original=document,
        outlet=outlets.of((), fields.get("publisher"), document),
        **fields,
    )
