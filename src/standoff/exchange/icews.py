"""ICEWS coded event data, out and in: the tab-separated tables on Harvard Dataverse.

Boschee, Lautenschlager, O'Brien, Shellman, Starz & Ward, "ICEWS Coded Event Data",
doi:10.7910/DVN/28075. ``data/icews.toml`` says what each column holds and what is lost.

Out, in and out again gives the same file. What survives in an account is: the day, the CAMEO code
with the type and mode that it stands for, the Goldstein score, name, country and sectors of source
and target, publisher, place, and the numbers that stand for the event and the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from standoff.exchange.countries import countries
from standoff.exchange.delimited import Row, read_table, write_table
from standoff.exchange.imported import (
    ImportedEvent,
    LeftOut,
    Outcome,
    code_of,
    country_named,
    make_account,
    make_actor,
    outcomes,
)
from standoff.exchange.manifest import Manifest
from standoff.exchange.opening import Source
from standoff.exchange.profiles import Value, profile
from standoff.exchange.rows import (
    ACTUAL,
    Whereabouts,
    cameo_of,
    goldstein_of,
    kept,
    number,
    pair_id,
    pairs,
)
from standoff.record import Actor
from standoff.store.model import Account

_SIDES = ("Source", "Target")


def write_icews(
    path: Path | str,
    accounts: Iterable[Account],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
) -> Manifest:
    """Write accounts as an ICEWS table with its manifest.

    `actors` gives names, countries and sectors by actor id; `statuses` are those whose accounts are
    taken, which the table cannot tell apart.

    Raises OSError where the folder cannot be written to.
    """
    left_out: Counter[str] = Counter()
    rows = icews_rows(accounts, actors, statuses=statuses, left_out=left_out)
    return write_table(path, profile("icews"), rows, left_out)


def icews_rows(
    accounts: Iterable[Account],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
    left_out: Counter[str] | None = None,
) -> Iterator[dict[str, Value]]:
    """Yield a row for each account and pair of parties, by column; `left_out` counts the others."""
    left_out = Counter() if left_out is None else left_out
    for account in kept(accounts, statuses, left_out):
        code = cameo_of(account)
        if code is None:
            left_out["no CAMEO code"] += 1
            continue
        where = Whereabouts.of(account)
        same: dict[str, Value] = {
            "Event Date": account.day,
            "Event Text": code.title,
            "CAMEO Code": code.code,
            "Intensity": goldstein_of(account, code),
            "Story ID": number(account.document),
            "Publisher": account.publisher,
            "City": where.city,
            "Province": where.province,
            "Country": countries()[where.country].icews if where.country else None,
            "Latitude": account.lat,
            "Longitude": account.lon,
        }
        each = pairs(account, actors)
        for pair in each:
            row = {"Event ID": number(pair_id(account.id, pair, len(each)))} | same
            for side, party in zip(_SIDES, pair, strict=True):
                row |= _party(side, party)
            yield row


def _party(side: str, party: Actor | None) -> dict[str, Value]:
    if party is None:
        return {}
    names: dict[str, str] = profile("icews").tables["sectors"]
    known = countries().get(party.country or "")
    return {
        f"{side} Name": party.name,
        f"{side} Sectors": ",".join(names[code] for code in party.sectors if code in names),
        f"{side} Country": known.icews if known else None,
    }


def read_icews(source: Source, *, member: str | None = None) -> Iterator[Outcome]:
    """Yield the events of an ICEWS table, and the rows that are none or cannot be read.

    `source` is a path (plain, gzip, or a ZIP archive of which `member` names the file) or an open
    text stream.

    Raises:
        InvalidTableError: the file is no such table, or breaks off.
    """
    yield from outcomes(read_table(source, profile("icews"), member), _read)


def _read(row: Row) -> ImportedEvent | LeftOut:
    code = code_of(row, "CAMEO Code")
    if code.type is None:
        return LeftOut(row.line, f"CAMEO {code.code} ({code.title}): PLOVER has no such type")
    notes: list[str] = []
    source, target = (_actor(row, side, notes) for side in _SIDES)
    id_, story = row.integer("Event ID"), row.integer("Story ID")
    event = f"icews:{row.line if id_ is None else id_}"
    province, city = row.text("Province"), row.text("City")
    account = make_account(
        id=event,
        document=f"icews-story:{story}" if story is not None else event,
        type=code.type,
        mode=code.mode,
        contexts=code.contexts,
        cameo=code.code,
        quad=int(code.quad),
        goldstein=_intensity(row, code.goldstein),
        source=(source.id,) if source else (),
        target=(target.id,) if target else (),
        start=row.day("Event Date"),
        place=city or row.text("District") or province,
        admin1=province,
        country=country_named(row.text("Country"), "Country", notes),
        lat=row.number("Latitude", -90, 90),
        lon=row.number("Longitude", -180, 180),
        publisher=row.text("Publisher"),
    )
    parties = {party.id: party for party in (source, target) if party}
    return ImportedEvent(row.line, account, tuple(parties.values()), tuple(notes))


def _intensity(row: Row, otherwise: float) -> float:
    found = row.number("Intensity", -10, 10)
    return otherwise if found is None else found


def _actor(row: Row, side: str, notes: list[str]) -> Actor | None:
    country = country_named(row.text(f"{side} Country"), f"{side} Country", notes)
    sectors = tuple(
        dict.fromkeys(
            code
            for name in (row.text(f"{side} Sectors") or "").split(",")
            if (code := _sector(name.strip()))
        )
    )
    return make_actor(row.text(f"{side} Name"), country, sectors)


def _sector(name: str) -> str | None:
    """Return our code of a sector; ICEWS has many (ideologies, creeds) that are no sectors here."""
    found = _sectors().get(name)
    endings: Mapping[str, Any] = profile("icews").tables["sectors_ending"]
    return found or next((code for end, code in endings.items() if name.endswith(end)), None)


@cache
def _sectors() -> dict[str, str]:
    tables = profile("icews").tables
    read: dict[str, str] = tables["sectors_read"]
    return {name: code for code, name in tables["sectors"].items()} | read
