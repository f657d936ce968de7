"""A profile in the columns of ACLED: events of violence, protest and strategic change, out only.

Columns and labels are those of the codebook of the Armed Conflict Location & Event Data Project.
The coding is not ACLED's: each row is made from Standoff's types by the crosswalk
``data/acled.tsv``, and what that does not settle is left out. ``data/acled.toml`` says what each
column holds and what is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import attrs

from standoff.exchange.countries import code, countries
from standoff.exchange.delimited import write_table
from standoff.exchange.manifest import Manifest
from standoff.exchange.profiles import Value, profile, table
from standoff.exchange.rows import ACTUAL, Whereabouts, number, sentence_of, sides, told
from standoff.record import Actor
from standoff.store.model import Account, StoredEvent

_PRECISIONS = {"hour": 1, "day": 1, "week": 2, "month": 3}
_ANY, _NONE = "*", "-"


@attrs.frozen
class Crossing:
    """A row of the crosswalk: which events it fits, and what they are called."""

    type: str
    mode: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    disorder: str
    event: str
    sub_event: str
    first: str
    turned: bool
    civilian: bool
    alone: bool

    def fits(self, account: Account, source: str, target: str) -> bool:
        """Tell whether an account whose parties are of these kinds is an event of this row."""
        return (
            account.type == self.type
            and self.mode in (_ANY, account.mode or _NONE)
            and (self.source == (_ANY,) or source in self.source)
            and (self.target == (_ANY,) or target in self.target)
        )


def write_acled(
    path: Path | str,
    events: Iterable[StoredEvent],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
    texts: Mapping[str, str] | None = None,
) -> Manifest:
    """Write events in the columns of ACLED, as CSV (RFC 4180) with its manifest.

    `actors` gives names and sectors by actor id, `texts` the text of documents by their id, for
    notes where an account does not hold its sentence; `statuses` are those whose accounts are
    taken, which the table cannot tell apart.

    Raises OSError where the folder cannot be written to.
    """
    left_out: Counter[str] = Counter()
    rows = acled_rows(events, actors, statuses=statuses, texts=texts, left_out=left_out)
    return write_table(path, profile("acled"), rows, left_out)


def acled_rows(
    events: Iterable[StoredEvent],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
    texts: Mapping[str, str] | None = None,
    left_out: Counter[str] | None = None,
) -> Iterator[dict[str, Value]]:
    """Yield a row for each event that the crosswalk knows, by column; `left_out` counts others."""
    left_out = Counter() if left_out is None else left_out
    for account, event in told(events, statuses, left_out):
        first, second = _parties(account, actors)
        source, target = _role(first, "source_roles"), _role(second, "target_roles")
        crossing = next((row for row in _crosswalk() if row.fits(account, source, target)), None)
        if crossing is None:
            left_out["no violence, protest or strategic change by the crosswalk"] += 1
            continue
        if crossing.turned:
            first, second = second, first
            source, target = _role(first, "target_roles"), _role(second, "source_roles")
        if crossing.alone:
            second, target = [], ""
        source = crossing.first or source
        sentence = sentence_of(account, texts) or ""
        yield {
            **_dates(account, event),
            **_place(account, event),
            "disorder_type": crossing.disorder,
            "event_type": crossing.event,
            "sub_event_type": crossing.sub_event,
            "actor1": first[0].name if first else None,
            "assoc_actor_1": _joined(party.name for party in first[1:]),
            "inter1": source,
            "actor2": second[0].name if second else None,
            "assoc_actor_2": _joined(party.name for party in second[1:]),
            "inter2": target,
            "interaction": _interaction(source, target),
            "civilian_targeting": "Civilian targeting" if crossing.civilian else None,
            "source": _joined(each.publisher or "" for each in event.accounts),
            "notes": " ".join(sentence.split()),
            "fatalities": fatalities(event),
        }


def _parties(account: Account, actors: Mapping[str, Actor]) -> tuple[list[Actor], list[Actor]]:
    """Return the parties of each side; of a symmetric event the first one is one side."""
    first, second = sides(account, actors)
    if len(first) > 1 and set(first) == set(second):
        return first[:1], [party for party in second if party != first[0]]
    return first, second


def _role(parties: list[Actor], of: str) -> str:
    """Return what kind of party the first of a side is, nothing where its sectors do not tell."""
    if not parties:
        return ""
    party = parties[0]
    itself = party.id in countries() and not party.sectors
    sectors = {"STATE"} if itself else set(party.sectors)
    roles: dict[str, list[str]] = profile("acled").tables[of]
    return next((role for role, known in roles.items() if sectors & set(known)), "")


def _interaction(first: str, second: str) -> str:
    if first and second:
        return f"{first}-{second}"
    return f"{first} only" if first else ""


def _dates(account: Account, event: StoredEvent) -> dict[str, Value]:
    day = account.start or event.first_reported
    precision = _PRECISIONS.get(account.grain or "") if account.start else None
    return {"event_date": day, "year": day.year if day else None, "time_precision": precision}


def _place(account: Account, event: StoredEvent) -> dict[str, Value]:
    where = Whereabouts.of(account)
    levels = (where.city, where.province, where.country)
    numeric = code(where.country, "numeric")
    return {
        "event_id_cnty": f"{where.country or ''}{number(event.id)}",
        "iso": int(numeric) if numeric else None,
        "country": countries()[where.country].acled if where.country else None,
        "admin1": where.province,
        "location": account.place,
        "latitude": account.lat,
        "longitude": account.lon,
        "geo_precision": next((i for i, level in enumerate(levels, start=1) if level), None),
    }


def fatalities(event: StoredEvent) -> int | None:
    """Return how many died by the quantities of an event's accounts, None where that is not told.

    Only units that say so count, and different numbers give none: which of them holds, and whether
    they add up, is for a reader to say.
    """
    units = set(profile("acled").tables["fatal_units"])
    found = {
        quantity.value
        for account in event.accounts
        for quantity in account.quantity
        if (quantity.unit or "").casefold() in units
    }
    value = found.pop() if len(found) == 1 else -1.0
    return int(value) if 0 <= value < 10**9 and value == int(value) else None


def _joined(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(name for name in names if name))


@cache
def _crosswalk() -> tuple[Crossing, ...]:
    return tuple(
        Crossing(
            type=row["type"],
            mode=row["mode"],
            source=tuple(row["source"].split("|")),
            target=tuple(row["target"].split("|")),
            disorder=row["disorder"],
            event=row["event"],
            sub_event=row["sub_event"],
            first=row["first"],
            turned=row["turned"] == "yes",
            civilian=row["civilian"] == "yes",
            alone=row["alone"] == "yes",
        )
        for row in table("acled.tsv")
    )
