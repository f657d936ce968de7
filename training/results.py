"""What a run leaves behind: seed, stages, data, time and scores, in ``training/results/``."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

from benchmarks import attribution, entities, factuality, syntax
from standoff.language import model

FOLDER = Path(__file__).parent / "results"

#: The folders of the data that training reads.
READ = ("attribution", "entities", "events", "factuality", "relations", "treebanks")


def scores(data: Path, shared: model.Model) -> dict[str, Any]:
    """Return what every head that reads words scores on its development sets."""
    return {
        "syntax": syntax.measure(data, shared),
        "entities": entities.measure(data, shared),
        "attribution": attribution.measure(data, shared),
        "factuality": factuality.measure(data, shared),
    }


def write(name: str, ran: dict[str, Any]) -> None:
    """Write down a run: what it started from and did, and what it scores."""
    ended = datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes")
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps({"run": name, "ended": ended, **ran}, ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


def hashes(data: Path) -> dict[str, str]:
    """Return the SHA-256 (its first 16 digits) of every file that training may read."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for name in READ
        for path in sorted((data / name).glob("*"))
        if path.is_file()
    }
