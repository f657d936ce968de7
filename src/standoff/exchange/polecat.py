"""POLECAT weekly files, out and in: 40 columns, tab-separated, as released on Harvard Dataverse.

Scarborough, Bagozzi, Beger, Berrie, Halterman, Schrodt & Spivey, "POLECAT Weekly Data",
doi:10.7910/DVN/AJGVIT. ``data/polecat.toml`` says what each column holds and what is lost.

Out, in and out again gives the same file. What survives in an account is: its id, the day, the day
of the report, type, contexts and PLOVER's modes, the score, name, country and sectors of source
and target, their words where the table has them, publisher, and the place with its GeoNames id.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import standoff
from standoff import ontology
from standoff.errors import UnknownLabelError
from standoff.exchange.countries import code as country_code
from standoff.exchange.countries import countries
from standoff.exchange.delimited import CellError, Row, read_table, write_table
from standoff.exchange.imported import (
    ImportedEvent,
    Outcome,
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
    pairs,
    sides,
)
from standoff.record import Actor
from standoff.store.model import Account

_SIDES = ("Actor", "Recipient")
_PREFIX = "polecat:"
_BETWEEN = re.compile(r"[;,]")
_SECTOR = re.compile(r"[A-Z]{2,4}")


def write_polecat(
    path: Path | str,
    accounts: Iterable[Account],
    actors: Mapping[str, Actor],
    *,
    statuses: Collection[str] = ACTUAL,
) -> Manifest:
    """Write accounts as a POLECAT table with its manifest.

    `actors` gives names, countries and sectors by actor id; `statuses` are those whose accounts are
    taken, which the table cannot tell apart.

    Raises OSError where the folder cannot be written to.
    """
    left_out: Counter[str] = Counter()
    rows = polecat_rows(accounts, actors, statuses=statuses, left_out=left_out)
    return write_table(path, profile("polecat"), rows, left_out)


def polecat_rows(
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
        try:
            event_type = ontology.event_type(account.type)
        except UnknownLabelError:
            code = None
        if code is None:
            left_out["no type of PLOVER's"] += 1
            continue
        where = Whereabouts.of(account)
        same: dict[str, Value] = {
            "Event Date": account.day,
            "Event Type": event_type.name,
            "Event Mode": _pure_mode(event_type, account.mode),
            "Intensity": goldstein_of(account, code),
            "Quad Code": event_type.quad.label.upper(),
            "Contexts": ";".join(dict.fromkeys(filter(_contexts().__contains__, account.contexts))),
            "Placename": account.place,
            "City": where.city,
            "Province": where.province,
            "Country": where.country,
            "Latitude": account.lat,
            "Longitude": account.lon,
            "GeoNames ID": account.geonameid,
            "Source": account.publisher,
            "Publication Date": account.published,
            "Language": "English",
            "Version": f"standoff {standoff.__version__}",
        }
        words = (account.source_words, account.target_words)
        raw = [
            each if len(parties) < 2 else None
            for each, parties in zip(words, sides(account, actors), strict=True)
        ]
        each = pairs(account, actors)
        for place, pair in enumerate(each, start=1):
            id_ = account.id.removeprefix(_PREFIX)
            row = {"Event ID": id_ if len(each) == 1 else f"{id_}-{place}"} | same
            for side, party, text in zip(_SIDES, pair, raw, strict=True):
                row |= _party(side, party) | {f"{side} Name Raw": text}
            yield row


def _pure_mode(event_type: ontology.EventType, mode: str | None) -> str | None:
    try:
        found = ontology.mode(event_type, mode) if mode else None
    except UnknownLabelError:
        return None
    return None if found is None or found.added else found.name


@cache
def _contexts() -> frozenset[str]:
    return frozenset(context.name for context in ontology.contexts())


def _party(side: str, party: Actor | None) -> dict[str, Value]:
    if party is None or not party.id:  # words only, which have a column of their own
        return {}
    known = countries().get(party.country or "")
    cow = country_code(party.country, "cow")
    sectors = [sector for sector in party.sectors if _SECTOR.fullmatch(sector)]
    return {
        f"{side} Name": party.name,
        f"{side} Country": known.id if known else None,
        f"{side} COW": int(cow) if cow else None,
        f"Primary {side} Sector": sectors[0] if sectors else None,
        f"{side} Sectors": ";".join(sectors),
    }


def read_polecat(source: Source, *, member: str | None = None) -> Iterator[Outcome]:
    """Yield the events of a POLECAT table, and the rows that cannot be read.

    `source` is a path (plain, gzip, or a ZIP archive of which `member` names the file) or an open
    text stream.

    Raises:
        InvalidTableError: the file is no such table, or breaks off.
    """
    yield from outcomes(read_table(source, profile("polecat"), member), _read)


def _read(row: Row) -> ImportedEvent:
    notes: list[str] = []
    event_type = _type(row)
    mode = _mode(row, event_type, notes)
    contexts = _read_contexts(row, notes)
    code = ontology.cameo_for(event_type, mode, contexts)
    score = row.number("Intensity", -10, 10)
    source, target = (_actor(row, side, notes) for side in _SIDES)
    event = f"{_PREFIX}{row.text('Event ID') or row.line}"
    province, city = row.text("Province"), row.text("City")
    account = make_account(
        id=event,
        document=event,
        type=event_type.name,
        mode=mode,
        contexts=contexts,
        cameo=code.code,
        quad=int(event_type.quad),
        goldstein=code.goldstein if score is None else score,
        source=(source.id,) if source else (),
        target=(target.id,) if target else (),
        source_words=row.text("Actor Name Raw"),
        target_words=row.text("Recipient Name Raw"),
        start=row.day("Event Date"),
        place=row.text("Placename") or city or row.text("District"),
        admin1=province,
        country=country_named(row.text("Country"), "Country", notes),
        lat=row.number("Latitude", -90, 90),
        lon=row.number("Longitude", -180, 180),
        geonameid=row.integer("GeoNames ID"),
        published=row.day("Publication Date"),
        publisher=row.text("Source"),
    )
    parties = {party.id: party for party in (source, target) if party}
    return ImportedEvent(row.line, account, tuple(parties.values()), tuple(notes))


def _type(row: Row) -> ontology.EventType:
    try:
        return ontology.event_type(row.text("Event Type") or "")
    except UnknownLabelError as error:
        raise CellError("Event Type", str(error)) from error


def _mode(row: Row, of: ontology.EventType, notes: list[str]) -> str | None:
    given = row.text("Event Mode")
    try:
        return ontology.mode(of, given).name if given else None
    except UnknownLabelError as error:
        notes.append(f"Event Mode: {error}")
        return None


def _read_contexts(row: Row, notes: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for given in filter(None, map(str.strip, _BETWEEN.split(row.text("Contexts") or ""))):
        try:
            found[ontology.context(given).name] = None
        except UnknownLabelError as error:
            notes.append(f"Contexts: {error}")
    return tuple(found)


def _actor(row: Row, side: str, notes: list[str]) -> Actor | None:
    first = row.text(f"Primary {side} Sector")
    given = [first or "", *_BETWEEN.split(row.text(f"{side} Sectors") or "")]
    sectors = dict.fromkeys(code for each in given if _SECTOR.fullmatch(code := each.strip()))
    country = country_named(row.text(f"{side} Country"), f"{side} Country", notes)
    return make_actor(row.text(f"{side} Name"), country, tuple(sectors))
