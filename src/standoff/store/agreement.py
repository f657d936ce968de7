"""How far coders agree on the events of a store, and where they do not.

A coder's coding of an account is the machine's with their own corrections, and their verdict; only
accounts that they decided on count as coded by them. A final decision settles what coders coded
and is no coding itself: it is made knowing theirs. Agreement is Krippendorff's alpha (2004) for
nominal data, which allows for any number of coders and for gaps; 1 is perfect, 0 is chance.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from sqlalchemy import Connection, select

from standoff.store import deciding, fields, reading, schema
from standoff.store.model import Account, Decision

#: Whether it is an event at all: what accepting or correcting says, and what rejecting denies.
VERDICT = "event"


@attrs.frozen
class Conflict:
    """A field of an account that coders gave different values, with who gave which."""

    account: Account
    field: str
    values: Mapping[str, Any]


@attrs.frozen
class Agreement:
    """Alpha of one field, None where nothing varies; over how many accounts and coders."""

    field: str
    alpha: float | None
    accounts: int
    coders: int


def conflicts(connection: Connection) -> list[Conflict]:
    """Return where coders differ, unless a final decision has settled it; in order of accounts."""
    found = []
    for account, codings, settled in _codings(connection):
        for field in (VERDICT, *fields.NAMES):
            values = {coder: coding[field] for coder, coding in codings.items() if field in coding}
            if field not in settled and len({_key(value) for value in values.values()}) > 1:
                found.append(Conflict(account, field, values))
    return found


def agreement(connection: Connection) -> list[Agreement]:
    """Return how far coders agree on each field, over the accounts that at least two coded."""
    units = [codings for _, codings, _ in _codings(connection) if len(codings) > 1]
    coders = sorted({coder for codings in units for coder in codings})
    return [_agreement(field, units, coders) for field in (VERDICT, *fields.NAMES)]


def _agreement(field: str, units: list[dict[str, dict[str, Any]]], coders: list[str]) -> Agreement:
    # What only one coder gave a value says nothing of agreement.
    coded = [
        given
        for codings in units
        if len(given := {c: _key(own[field]) for c, own in codings.items() if field in own}) > 1
    ]
    counted = len(coded)
    values = sorted({value for given in coded for value in given.values()})
    if len(values) < 2:
        return Agreement(field, None, counted, len(coders))
    table = [[given.get(coder) for given in coded] for coder in coders]
    numbers = {value: float(number) for number, value in enumerate(values)}
    data = [[float("nan") if v is None else numbers[v] for v in row] for row in table]
    import krippendorff  # numpy takes a tenth of a second, which only this should pay

    alpha = float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))
    return Agreement(field, round(alpha, 4), counted, len(coders))


def _codings(
    connection: Connection,
) -> Iterator[tuple[Account, dict[str, dict[str, Any]], set[str]]]:
    """Yield each account with decisions, with every coder's coding and the fields that are
    settled.
    """
    rows = connection.execute(
        select(schema.decision)
        .where(schema.decision.c.action.in_(("accept", "correct", "reject", "restore", "add")))
        .order_by(schema.decision.c.number)
    )
    decided: defaultdict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        made = deciding.from_row(row)
        if made.subject.startswith("a"):
            decided[made.subject].append(made)
    known = schema.account.c.id
    for id_, own in sorted(decided.items()):
        if connection.execute(select(known).where(known == id_)).scalar() is None:
            continue
        account = reading.account(connection, id_)
        machine = deciding.machine_account(connection, account)
        coded = [each for each in own if not each.final]
        codings = {
            coder: coding
            for coder in dict.fromkeys(each.by for each in coded)
            if (coding := _coding(machine, [each for each in coded if each.by == coder]))
        }
        settled = {
            name for each in own if each.final for name in (*deciding.settles(each), VERDICT)
        }
        yield account, codings, settled


def _coding(machine: Account, own: list[Decision]) -> dict[str, Any]:
    found = deciding.replayed(machine, own)
    if found.review == "open":
        # They took back what they had said.
        return {}
    if found.review == "rejected":
        # Who holds it for no event says nothing of its fields.
        return {VERDICT: False}
    return {VERDICT: True, **fields.values(found)}


def _key(value: Any) -> str:
    return json.dumps(sorted(value) if isinstance(value, list) else value)
