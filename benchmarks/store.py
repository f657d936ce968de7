"""A store of a news archive: added twice, killed a hundred times, written by two at once.

`standoff add` runs as its users run it, in processes of its own. It is killed with SIGKILL at
random moments (the generator is seeded; what a moment hits is not), started again, and the store
that it leaves must have the digest of one that nobody disturbed, on SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standoff.store import Coder, Filter, Store

from . import servers

KILLS = 100
WRITES = 1000
#: Seconds after which a process is killed at most: starting takes two, reading all a minute.
LATEST = 3.6

_CALL = [sys.executable, "-c", "from standoff.cli import main; main()"]
_WRITER = """
import sys
from standoff.store import Coder, Filter, Store
where, name, writes = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(where) as store:
    ids = [account.id for account in store.page(Filter(), 50).accounts]
    for number in range(writes):
        # One alternates, the other does so by threes: they end up differing on a third.
        change = {"status": ("actual", "planned")[number % {"ann": 2, "bob": 3}[name] == 0]}
        store.correct(ids[number % 50], change, Coder(name, str(number)))
"""


def measure(shared: Path) -> dict[str, Any]:
    """Return times, sizes and counts for both databases, and whether the digests agree."""
    files = [
        str(shared / "data/corpus/kcna.jsonl.gz"),
        str(shared / "examples/us-north-korean-talks.txt"),
    ]
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, _addresses(Path(folder)) as addresses:
        for name, (calm, killed) in addresses.items():
            result[name] = _database(calm, killed, files)
    digests = {row["digest"] for row in result.values()}
    result["digests_agree"] = len(digests) == 1
    return result


@contextlib.contextmanager
def _addresses(folder: Path) -> Iterator[dict[str, tuple[str, str]]]:
    """Give two addresses for stores on each database."""
    import psycopg

    with servers.postgres(fsync=True) as server:
        with psycopg.connect(server, autocommit=True) as connection:
            for name in ("calm", "killed"):
                connection.execute(f"CREATE DATABASE {name}".encode())
        base = server.removesuffix("postgres")
        yield {
            "sqlite": (str(folder / "calm.db"), str(folder / "killed.db")),
            "postgresql": (f"{base}calm", f"{base}killed"),
        }


def _database(calm: str, killed: str, files: list[str]) -> dict[str, Any]:
    first = _added(calm, files)
    with Store.open(calm) as store:
        held, digest = store.status(), store.digest()
    again = _added(calm, files)
    with Store.open(calm) as store:
        unchanged = store.digest() == digest
        sound = not store.problems()
    kills, seconds = _disturbed(killed, files)
    with Store.open(killed) as store:
        same = store.digest() == digest
        killed_sound = not store.problems()
    size = Path(calm).stat().st_size if "://" not in calm else None
    return {
        "documents": held.documents,
        "near_copies": held.copies,
        "accounts": held.accounts,
        "events": held.events,
        "seconds": first,
        "second_run_seconds": again,
        "second_run_changes_nothing": unchanged,
        "megabytes": round(size / 1e6, 1) if size else None,
        "sound": sound,
        "kills": kills,
        "killed_seconds": seconds,
        "killed_same_digest": same,
        "killed_sound": killed_sound,
        "digest": digest,
        "two_writers": _two_writers(calm),
    }


def _added(where: str, files: list[str]) -> float:
    with Store.create(where):
        pass
    start = time.perf_counter()
    command = [*_CALL, "add", where, *files, "--date", "2018-11-09", "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    return round(time.perf_counter() - start, 1)


def _disturbed(where: str, files: list[str]) -> tuple[int, float]:
    """Add files while being killed again and again; return how often, and the seconds in all."""
    moments = random.Random(6)
    start = time.perf_counter()
    with Store.create(where):
        pass
    command = [*_CALL, "add", where, *files, "--date", "2018-11-09", "--quiet"]
    kills = 0
    while kills < KILLS:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0.0, LATEST))
            # It was done before its moment came: what is left to kill is a run that finds all
            # there.
            continue
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    subprocess.run(command, check=True, capture_output=True)
    return kills, round(time.perf_counter() - start, 1)


def _two_writers(where: str) -> dict[str, Any]:
    """Let two processes correct the same fifty events at once; return what is there afterwards."""
    start = time.perf_counter()
    processes = [
        subprocess.Popen([sys.executable, "-c", _WRITER, where, name, str(WRITES)])
        for name in ("ann", "bob")
    ]
    codes = [process.wait() for process in processes]
    seconds = round(time.perf_counter() - start, 1)
    with Store.open(where) as store:
        ids = [account.id for account in store.page(Filter(), 50).accounts]
        made = [decision for id_ in ids for decision in store.history(id_)]
        agreement = {each.field: each.alpha for each in store.agreement() if each.field == "status"}
        conflicts = len(store.conflicts())
        store.judge(ids[0], "accept", Coder("ann", "after all"))
        sound = not store.problems()
    return {
        "exit_codes": codes,
        "decisions": len(made),
        "numbers_unique": len({decision.number for decision in made}) == len(made),
        "seconds": seconds,
        "alpha_status": agreement["status"],
        "conflicts": conflicts,
        "sound": sound,
    }
