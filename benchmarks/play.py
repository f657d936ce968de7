"""The state of play against an analyst's reading of own dispute reports, on three dates each.

A line of the reading is found when a matter of its section has its state, its parties agree (by
side; one may be missing), and one of its evidence sentences holds one of the line's words; each
matter counts once. A wrong line is one that would be false on that date, found the same way but
with its day, where it has one. How often the day is right is counted over the lines found.
"""

from __future__ import annotations

import datetime
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import standoff
from standoff.play import Matter, State, state
from standoff.store import Store, sides

from .scores import percent

FOLDERS = {
    "kosovo": Path(__file__).parent.parent / "tests/play/dispute",
    "dam": Path(__file__).parent / "gold/disputes/dam",
    "eln": Path(__file__).parent / "gold/disputes/eln",
    "held_out": Path(__file__).parent / "gold/disputes/gatuna",
}


def measure() -> dict[str, Any]:
    """Return how many lines of each set are found, how many false ones are told, and their days."""
    found = {name: _of(folder) for name, folder in FOLDERS.items() if folder.is_dir()}
    for row in found.get("held_out", {}).get("dates", {}).values():
        # Nobody who works on the rules reads what they miss of it.
        del row["missed"], row["wrong"]
    return found


def _of(folder: Path) -> dict[str, Any]:
    reading = tomllib.loads((folder / "reading.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as temporary, Store.create(f"{temporary}/s.db") as store:
        reader = standoff.Reader()
        for outcome in reader.read_many(sorted(folder.glob("[0-9]*.txt"))):
            assert isinstance(outcome, standoff.Record), outcome
            store.add(outcome)
        parties = _parties(reading)
        rows: dict[str, Any] = {}
        found = wanted = wrong = false = days = dated = told = 0
        for entry in reading["state"]:
            on = datetime.date.fromisoformat(entry["on"])
            play = state(store, parties, on)
            pairs = list(_matches(play, entry["line"]))
            lies = list(_matches(play, entry.get("false", []), exact=True))
            missed = [line for line in entry["line"] if all(line is not each for each, _ in pairs)]
            found, wanted = found + len(pairs), wanted + len(entry["line"])
            wrong, false = wrong + len(lies), false + len(entry.get("false", []))
            days += sum(_dated(line, matter) for line, matter in pairs)
            dated += sum(bool(line["day"]) for line, _ in pairs)
            told += len(play.matters) + len(play.disputes)
            rows[entry["on"]] = {
                "found": len(pairs),
                "of": len(entry["line"]),
                "told": len(play.matters) + len(play.disputes),
                "missed": [_row(line) for line in missed],
                "wrong": [_row(line) for line, _ in lies],
            }
            if "hindsight" in entry:
                late = state(store, parties, on, hindsight=True)
                rows[entry["on"]]["hindsight"] = len(list(_matches(late, entry["hindsight"])))
    return {
        "lines": percent(found, wanted),
        "found": found,
        "gold": wanted,
        "false_told": wrong,
        "false_listed": false,
        "days": percent(days, dated),
        "told": told,
        "dates": rows,
    }


def _parties(reading: dict[str, Any]) -> list[str]:
    return reading.get("parties") or [entry["side"] for entry in reading["balance"]][:2]


def _matches(
    play: State, lines: list[dict[str, Any]], *, exact: bool = False
) -> Iterator[tuple[dict[str, Any], Any]]:
    used: set[int] = set()
    for line in lines:
        if line["section"] == "disputed":
            for dispute in play.disputes:
                sentences = [version.account.sentence_text for version in dispute.versions]
                if id(dispute) not in used and _worded(line, sentences):
                    used.add(id(dispute))
                    yield line, dispute
                    break
            continue
        for matter in play.matters:
            if id(matter) not in used and _fits(line, matter, exact):
                used.add(id(matter))
                yield line, matter
                break


#: States that a reading and a program may name differently and mean the same.
_SAME = {
    "in force": {"in force", "resumed"},
    "resumed": {"in force", "resumed"},
    "ended": {"ended", "lifted", "halted", "done", "broken off"},
    "eased": {"eased", "lifted"},
    "suspended": {"suspended", "halted"},
    "open": {"open", "overdue"},
    "broken": {"broken", "overdue"},
    "refused": {"refused", "denied"},
}


def _fits(line: dict[str, Any], matter: Matter, exact: bool) -> bool:
    if matter.kind != line["section"] or matter.state not in _SAME.get(
        line["state"], {line["state"]}
    ):
        return False
    # A party within a state is told by its full id, where the reading does.
    known = frozenset(line["source"] + line["target"])
    source, target = _sides(matter.source, known), _sides(matter.target, known)
    wanted_source, wanted_target = set(line["source"]), set(line["target"])
    if line["section"] in ("talks", "agreements"):
        both, wanted = source | target, wanted_source | wanted_target
        if not (both <= wanted or wanted <= both):
            return False
    elif not (source & wanted_source) or (target and not target & wanted_target):
        return False
    day = matter.day.isoformat() if matter.day else ""
    if exact and line["day"] and not (day.startswith(line["day"]) or line["day"].startswith(day)):
        return False
    return _worded(line, [account.sentence_text for account in matter.accounts])


def _sides(actors: tuple[str, ...], known: frozenset[str]) -> set[str]:
    found = set()
    for actor in actors:
        within = [party for party in known if sides.belongs(actor, party)]
        # Whatever is not the rebels of a state, and has no fuller name, is the state.
        rest = [party for party in known if sides.side(party) == sides.side(actor)]
        state = [party for party in rest if ".REB" not in party] if ".REB" not in actor else []
        found.add((within or state or [sides.side(actor)])[0])
    return found


def _worded(line: dict[str, Any], sentences: list[str]) -> bool:
    text = " ".join(sentences).lower()
    return any(word.lower() in text for word in line["words"])


def _dated(line: dict[str, Any], matter: Any) -> bool:
    day = getattr(matter, "day", None) or getattr(getattr(matter, "about", None), "day", None)
    return bool(line["day"]) and day is not None and day.isoformat().startswith(line["day"])


def _row(line: dict[str, Any]) -> str:
    parties = f"{'+'.join(line['source'])} > {'+'.join(line['target'])}"
    return f"{line['section']}: {line['state']}: {parties} {line['day']} {line['note']}"
