"""A million events in a store on SQLite: a brief, a page of a timeline, and the plans of queries.

The events are made up: 50,000 reports of twenty sentences, whose dyads are more unequal than those
of ICEWS in 2018 (the largest pair of states has 1 % of all events; there it had 0.6 %). Documents,
records, accounts and the search index are filled as `standoff add` fills them, but without looking
for the event of each account. The largest dyad is asked, cold (first call of a process) and warm.

The plan of every statement that these calls make is read from SQLite: "SCAN" of a table that
grows with the store is a miss.
"""

from __future__ import annotations

import datetime
import json
import random
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, insert

from standoff import ontology
from standoff.play.pages import brief_of
from standoff.record import Actor, Document, Event, Interval, Record, Span
from standoff.store import Filter, Store, accounts, adding, connection, schema

REPORTS = 50_000
SENTENCES = 20
DAYS = 3_650
PARTIES = ("USA", "RUS")
#: Zipf's exponent and the number of dyads that give the largest 1 % of the events.
_EXPONENT, _DYADS = 0.5, 2_500
FIRST = datetime.date(2014, 1, 1)

_THINGS = (
    "fishing rights", "the northern railway", "a gas pipeline", "steel tariffs", "the border post",
    "prisoners", "nuclear inspections", "missile tests", "a naval base", "grain exports",
    "the island", "refugees", "customs duties", "a television station", "the embassy", "archives",
    "bank accounts", "water from the dam", "airspace", "vaccines", "the ceasefire", "oil tankers",
    "satellites", "wheat", "visas", "the opposition", "a spy ring", "joint patrols", "debts",
    "the election",
)  # fmt: skip
_VERBS = {
    "AGREE": "agreed with", "CONSULT": "met", "SUPPORT": "praised", "COOPERATE": "worked with",
    "AID": "helped", "CONCEDE": "gave way to", "RETREAT": "pulled back before",
    "REQUEST": "demanded of", "ACCUSE": "accused", "REJECT": "refused", "THREATEN": "threatened",
    "PROTEST": "marched against", "SANCTION": "punished", "MOBILIZE": "massed troops against",
    "COERCE": "detained men of", "ASSAULT": "attacked",
}  # fmt: skip
_STATUSES = ("actual",) * 14 + ("planned", "promised", "threatened", "requested", "cancelled")

_TIMED = """
import sys, time, datetime
start = time.perf_counter()
from standoff.store import Filter, Store
from standoff.play.pages import brief_of
imported = time.perf_counter() - start
with Store.open(sys.argv[1]) as store:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        if sys.argv[2] == "brief":
            brief_of(store, ("USA", "RUS"), datetime.date.fromisoformat(sys.argv[3]))
        elif sys.argv[2] == "timeline":
            store.page(Filter(parties=("USA", "RUS")), 50)
        else:
            page = store.page(Filter(), 50)
            store.page(Filter(), 50, page.next)
        times.append(time.perf_counter() - start)
print(imported, *times)
"""


def measure() -> dict[str, Any]:
    """Return how long it took to fill the store, to ask it, and which plans scan."""
    with tempfile.TemporaryDirectory() as folder:
        where = f"{folder}/million.db"
        start = time.perf_counter()
        with Store.create(where) as store:
            _fill(where)
            filled = round(time.perf_counter() - start, 1)
            held = store.status()
            largest = len(store.accounts(Filter(parties=PARTIES)))
        last = FIRST + datetime.timedelta(days=DAYS)
        middle = FIRST + datetime.timedelta(days=DAYS // 2)
        return {
            "accounts": held.accounts,
            "events": held.events,
            "documents": held.documents,
            "largest_dyad": largest,
            "fill_seconds": filled,
            "gigabytes": round(Path(where).stat().st_size / 1e9, 2),
            "brief": _timed(where, "brief", last),
            "brief_half_way": _timed(where, "brief", middle),
            "timeline": _timed(where, "timeline", last),
            "timeline_of_all": _timed(where, "all", last),
            "scans": _scans(where, last),
        }


def _timed(where: str, what: str, on: datetime.date) -> dict[str, float]:
    command = [sys.executable, "-c", _TIMED, where, what, on.isoformat()]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    imported, first, *others = map(float, done.stdout.split())
    return {
        "import": round(imported, 3),
        "first": round(first, 3),
        "again": round(min(others), 3),
    }


def _scans(where: str, on: datetime.date) -> list[str]:
    """Return the plans that walk through a whole table which grows with the store."""
    asked: list[tuple[str, Any]] = []
    engine = connection.engine(connection.located(where))

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    store = Store(engine)
    brief_of(store, PARTIES, on)
    store.page(Filter(parties=PARTIES), 50)
    store.page(Filter(parties=("USA",)), 50)
    store.page(Filter(), 50)
    found = store.page(Filter(parties=PARTIES), 1).accounts[0]
    store.event(found.event)
    store.account(found.id)
    store.document(found.document)
    store.search("missile tests", 20)
    event.remove(engine, "before_cursor_execute", note)
    scans = []
    with engine.connect() as open_:
        for statement, parameters in asked:
            plan = open_.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            # The search reads its own index: "SCAN document_search VIRTUAL TABLE INDEX"; a page of
            # all accounts walks along the index of days, and stops after fifty.
            scans += [
                f"{row[3]}: {' '.join(statement.split())[:200]}"
                for row in plan
                if row[3].startswith("SCAN")
                and "VIRTUAL TABLE INDEX" not in row[3]
                and not ("USING INDEX ix_account_day" in row[3] and "LIMIT" in statement)
            ]
    store.close()
    return sorted(set(scans))


def _fill(where: str) -> None:
    engine = connection.engine(connection.located(where))
    chance = random.Random(7)
    dyads = _dyads()
    weights = [1 / rank**_EXPONENT for rank in range(1, len(dyads) + 1)]
    events: list[str] = []
    with connection.writing(engine) as open_:
        for start in range(0, REPORTS, 1000):
            records = [
                _record(number, chance, dyads, weights) for number in range(start, start + 1000)
            ]
            _write(open_, start, records, events, chance)
    engine.dispose()


def _dyads() -> list[tuple[str, str]]:
    from standoff.actors import tables

    codes = sorted(code for code in tables.countries() if len(code) == 3)
    pairs = [(a, b) for a in codes for b in codes if a < b and (a, b) != ("RUS", "USA")]
    random.Random(1).shuffle(pairs)
    return [("USA", "RUS"), *pairs][:_DYADS]


def _record(
    number: int,
    chance: random.Random,
    dyads: list[tuple[str, str]],
    weights: list[float],
) -> Record:
    day = FIRST + datetime.timedelta(days=number * DAYS // REPORTS)
    text, events = "", []
    sides_: set[str] = set()
    for place in range(SENTENCES):
        a, b = chance.choices(dyads, weights)[0]
        if chance.random() < 0.5:
            a, b = b, a
        sides_ |= {a, b}
        kind = chance.choice(tuple(_VERBS))
        verb, thing = _VERBS[kind], chance.choice(_THINGS)
        when = day - datetime.timedelta(days=chance.randrange(3))
        sentence = f"{a} {verb} {b} over {thing} on {when}, said report {number}."
        start = len(text)
        text += sentence + " "
        anchor = Span.of(text, start + 4, start + 4 + len(verb))
        code = ontology.cameo_for(kind)
        events.append(
            Event(
                f"e{place + 1}",
                kind,
                anchor,
                (start, start + len(sentence)),
                (a,),
                (b,),
                cameo=code.code,
                quad=int(code.quad),
                goldstein=code.goldstein,
                status=chance.choice(_STATUSES),  # type: ignore[arg-type]
                time=Interval(when.isoformat(), "day", when, when),
                mentions=(anchor,),
                confidence=0.9,
            )
        )
    document = Document(text, f"Report {number}", day, None, f"Agency {number % 40}", "en")
    actors = tuple(Actor(side, side, side, (), "country") for side in sorted(sides_))
    return Record(document, actors, events=tuple(events))


def _write(
    open_: Connection,
    first: int,
    records: list[Record],
    events: list[str],
    chance: random.Random,
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    documents, publications, stored, rows, dyads, made = [], [], [], [], [], []
    for key, record in enumerate(records, first + 1):
        document = record.document
        place = {"title": document.title, "published": document.published, "url": None}
        place |= {"publisher": document.publisher}
        documents.append(
            {"key": key, "id": document.id, "language": "en", "text": document.text, "added": now}
            | place
        )
        publications.append({"document": key, "number": 0} | place)
        parts = record.to_dict()
        del parts["document"]
        packed = zlib.compress(json.dumps(parts).encode(), 1)
        stored.append({"document": key, "json": packed, "model": None, "software": None})
        found = accounts.of(record, document.id, document.publisher)
        against = adding.faced(found)
        for place_, account in enumerate(found):
            # Three in ten tell again of what another report told.
            if events and chance.random() < 0.3:
                number = chance.randrange(max(0, len(events) - 2000), len(events)) + 1
            else:
                events.append("e" + account.id[1:])
                number = len(events)
                made.append({"key": number, "id": events[-1]})
            row_key = (key - 1) * SENTENCES + place_ + 1
            rows.append({"key": row_key} | accounts.to_row(account, key, number))
            dyads.append((row_key, account, adding.pairs_of(account, against)))
    open_.execute(insert(schema.document), documents)
    open_.execute(insert(schema.publication), publications)
    open_.execute(insert(schema.record), stored)
    open_.execute(insert(schema.event), made)
    open_.execute(insert(schema.account), rows)
    adding.put_dyads(open_, dyads)
    for record in records:
        adding.add_actors(open_, record.actors)
