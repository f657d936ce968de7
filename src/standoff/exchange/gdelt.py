"""GDELT 2.0 event table, out and in: 61 columns, tab-separated, without a header.

The GDELT Project, "The GDELT Event Database Data Format Codebook V2.0". ``data/gdelt.toml`` says
what each column holds and what is lost; states are in ``data/countries.tsv``, known bodies in
``data/known_groups.tsv``.

Out, in and out again gives the same file but for the three counts, which then count one report.
What survives in an account is: the day, the day of the report, the CAMEO code with the type and
mode that it stands for, the Goldstein score, name (in capitals), country, known group and sectors
of source and target, the place, the address, and the number that stands for the event.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from standoff.exchange.countries import code as country_code
from standoff.exchange.countries import countries, named, of_code
from standoff.exchange.delimited import Row, read_table, write_table
from standoff.exchange.imported import (
    ImportedEvent,
    LeftOut,
    Outcome,
    code_of,
    leaf,
    make_account,
    make_actor,
    outcomes,
)
from standoff.exchange.manifest import Manifest
from standoff.exchange.opening import Source
from standoff.exchange.profiles import Value, profile, table
from standoff.exchange.rows import (
    ACTUAL,
    Whereabouts,
    cameo_of,
    goldstein_of,
    number,
    pair_id,
    pairs,
    told,
)
from standoff.record import Actor
from standoff.store.model import Account, StoredEvent

_SIDES = ("Actor1", "Actor2")
_NOWHERE, _COUNTRY, _US_STATE, _US_CITY, _CITY, _DIVISION = range(6)
_TYPES = 3
"""How many roles of an actor the table has columns for."""


def write_gdelt(
    path: Path | str,
    events: Iterable[StoredEvent],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
) -> Manifest:
    """Write events as a GDELT 2.0 event table with its manifest.

    `actors` gives names, countries and sectors by actor id; `statuses` are those whose accounts are
    taken, which the table cannot tell apart.

    Raises OSError where the folder cannot be written to.
    """
    left_out: Counter[str] = Counter()
    rows = gdelt_rows(events, actors, statuses=statuses, left_out=left_out)
    return write_table(path, profile("gdelt"), rows, left_out)


def gdelt_rows(
    events: Iterable[StoredEvent],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
    left_out: Counter[str] | None = None,
) -> Iterator[dict[str, Value]]:
    """Yield a row for each event and pair of parties, by column; `left_out` counts the others."""
    left_out = Counter() if left_out is None else left_out
    for account, event in told(events, statuses, left_out):
        code = cameo_of(account)
        if code is None:
            left_out["no CAMEO code"] += 1
            continue
        day = account.start or event.first_reported
        quads: dict[str, str] = profile("gdelt").tables["quad_class"]
        same: dict[str, Value] = {
            "Day": day,
            "MonthYear": day,
            "Year": day.year if day else None,
            "FractionDate": _fraction(day) if day else None,
            "EventCode": code.code,
            "EventBaseCode": code.code[:3],
            "EventRootCode": code.root,
            "QuadClass": int(quads[code.root]),
            "GoldsteinScale": goldstein_of(account, code),
            "NumMentions": sum(max(1, len(each.mentions)) for each in event.accounts),
            "NumSources": event.sources,
            "NumArticles": len({each.document for each in event.accounts}),
            "Actor1Geo_Type": _NOWHERE,
            "Actor2Geo_Type": _NOWHERE,
            **_place(account),
            "DATEADDED": event.first_reported,
            "SOURCEURL": account.url,
        }
        each = pairs(account, actors)
        for pair in each:
            row = {"GlobalEventID": number(pair_id(event.id, pair, len(each)))} | same
            for side, party in zip(_SIDES, pair, strict=True):
                row |= _party(side, party)
            yield row


def _fraction(day: datetime.date) -> float:
    # The codebook's own sum, which counts months of thirty days.
    return round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4)


def _party(side: str, party: Actor | None) -> dict[str, Value]:
    if party is None:
        return {}
    codes: dict[str, str] = profile("gdelt").tables["sectors"]
    roles = [codes[sector] for sector in party.sectors if sector in codes][:_TYPES]
    country = country_code(party.country, "cameo") or ""
    group = _group_of(party.id)
    types = {f"{side}Type{number}Code": role for number, role in enumerate(roles, start=1)}
    return {
        f"{side}Code": f"{country}{''.join(roles)}{group}",
        f"{side}Name": party.name.upper(),
        f"{side}CountryCode": country,
        f"{side}KnownGroupCode": group,
        **types,
    }


def _group_of(actor: str) -> str:
    """Return CAMEO's code of the known body that an actor is or belongs to, nothing for none."""
    parts = actor.split(".")
    heads = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
    known = {id_: code for code, (id_, _) in _groups().items()}
    return next((known[head] for head in heads if head in known), "")


@cache
def _groups() -> dict[str, tuple[str, frozenset[str]]]:
    """Return our id of each known body, and the names that mean itself, by CAMEO's code."""
    return {
        row["code"]: (row["id"], frozenset(name.casefold() for name in row["names"].split("|")))
        for row in table("known_groups.tsv")
    }


def _place(account: Account) -> dict[str, Value]:
    where = Whereabouts.of(account)
    parts = [where.city, where.province, countries()[where.country].name if where.country else None]
    american = where.country == "USA"
    if where.city:
        kind = _US_CITY if american else _CITY
    elif where.province:
        kind = _US_STATE if american else _DIVISION
    else:
        kind = _COUNTRY if where.country else _NOWHERE
    fips = country_code(where.country, "fips")
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_Fullname": ", ".join(filter(None, parts)),
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": fips if kind == _COUNTRY else None,
        "ActionGeo_Lat": account.lat,
        "ActionGeo_Long": account.lon,
    }


def read_gdelt(source: Source, *, member: str | None = None) -> Iterator[Outcome]:
    """Yield the events of a GDELT 2.0 event table, and the rows that are none or cannot be read.

    `source` is a path (plain, gzip, or a ZIP archive of which `member` names the file) or an open
    text stream.

    Raises:
        InvalidTableError: the file is no such table, or breaks off.
    """
    yield from outcomes(read_table(source, profile("gdelt"), member), _read)


def _read(row: Row) -> ImportedEvent | LeftOut:
    code = code_of(row, "EventCode")
    if code.type is None:
        return LeftOut(row.line, f"CAMEO {code.code} ({code.title}): PLOVER has no such type")
    notes: list[str] = []
    source, target = (_actor(row, side, notes) for side in _SIDES)
    id_, url = row.integer("GlobalEventID"), row.text("SOURCEURL")
    event = f"gdelt:{row.line if id_ is None else id_}"
    score = row.number("GoldsteinScale", -10, 10)
    country, place, province = _named_place(row, notes)
    account = make_account(
        id=event,
        document=url or event,
        type=code.type,
        mode=code.mode,
        contexts=code.contexts,
        cameo=code.code,
        quad=int(code.quad),
        goldstein=code.goldstein if score is None else score,
        source=(source.id,) if source else (),
        target=(target.id,) if target else (),
        start=row.day("Day"),
        place=place,
        admin1=province,
        country=country,
        lat=row.number("ActionGeo_Lat", -90, 90),
        lon=row.number("ActionGeo_Long", -180, 180),
        published=row.day("DATEADDED"),
        publisher=_host(url),
        url=url,
    )
    parties = {party.id: party for party in (source, target) if party}
    return ImportedEvent(row.line, account, tuple(parties.values()), tuple(notes))


def _actor(row: Row, side: str, notes: list[str]) -> Actor | None:
    given = row.text(f"{side}CountryCode")
    country = of_code(given, "cameo")
    if given and country is None:
        notes.append(f"{side}CountryCode: no country is known by {given!r}")
    tables = profile("gdelt").tables
    known: dict[str, str] = {code: ours for ours, code in tables["sectors"].items()}
    known |= tables["sectors_read"]
    roles = (row.text(f"{side}Type{number}Code") for number in range(1, _TYPES + 1))
    sectors = tuple(dict.fromkeys(known[role] for role in roles if role in known))
    name = row.text(f"{side}Name") or row.text(f"{side}Code")
    group = _groups().get(row.text(f"{side}KnownGroupCode") or "")
    if group is None or name is None:
        return make_actor(name, country, sectors)
    id_, names = group
    return Actor(id_ if name.casefold() in names else f"{id_}.{leaf(name)}", name, country, sectors)


def _named_place(row: Row, notes: list[str]) -> tuple[str | None, str | None, str | None]:
    """Return the country, the place and its first-order division, of `City, Division, Country`."""
    name, kind = row.text("ActionGeo_Fullname") or "", row.integer("ActionGeo_Type")
    given = row.text("ActionGeo_CountryCode")
    country = of_code(given, "fips")
    if given and country is None:
        notes.append(f"ActionGeo_CountryCode: no country is known by {given!r}")
    if kind == _COUNTRY:
        return country or named(name), None, None
    if country is not None:
        name = name.rpartition(", ")[0] or name
    if not name:
        return country, None, None
    if kind in (_US_STATE, _DIVISION):
        return country, name, name
    place, _, province = name.rpartition(", ")
    above = {"", province, country, countries()[country].name if country else None}
    # Such as "Washington, D.C." without its division: one name, which has a comma.
    whole = place in above or place != place.strip()
    return (country, name, None) if whole else (country, place, province)


def _host(url: str | None) -> str | None:
    """Return who published what stands at an address, as far as that tells: its host."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # no address, such as a broken IPv6 one
        return None
    return host.removeprefix("www.") if host else None
