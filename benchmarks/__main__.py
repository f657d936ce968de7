"""Run benchmarks and write what they give: ``python -m benchmarks [NAME …]``.

Results go to ``benchmarks/results/NAME.json`` with the day, the model and the set. A score below
its floor in ``floors.toml`` is named and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from standoff.language import model

from . import (
    actors,
    attribution,
    codebooks,
    coreference,
    entities,
    factuality,
    floors,
    length,
    passages,
    places,
    relations,
    reports,
    sample,
    sentences,
    speed,
    syntax,
    times,
    who_whom,
)

ROOT = Path(__file__).parent
SHARED = ROOT.parents[1] / "shared"


def _late(name: str) -> Any:
    """Import a benchmark when it is asked for: what only some need counts in no other's memory."""
    return import_module(f".{name}", __package__)


BENCHMARKS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "syntax": lambda shared: syntax.measure(shared / "data"),
    "sentences": lambda shared: sentences.measure(shared / "data"),
    "entities": lambda shared: entities.measure(shared / "data"),
    "attribution": lambda shared: attribution.measure(shared / "data"),
    "factuality": lambda shared: factuality.measure(shared / "data"),
    "times": lambda shared: times.measure(shared / "data"),
    "places": lambda shared: places.measure(shared / "data"),
    "actors": lambda shared: actors.measure(shared / "data"),
    "coreference": lambda shared: coreference.measure(shared / "data"),
    "relations": lambda shared: relations.measure(shared / "data"),
    "who_whom": lambda shared: who_whom.measure(shared / "data"),
    "sample": lambda shared: sample.measure(shared / "examples"),
    "passages": lambda shared: passages.measure(),
    "codebooks": lambda shared: codebooks.measure(),
    "reports": lambda shared: reports.measure(),
    "brief": lambda shared: _late("brief").measure(shared / "examples"),
    "play": lambda shared: _late("play").measure(),
    "store": lambda shared: _late("store").measure(shared),
    "scale": lambda shared: _late("scale").measure(),
    "cold": lambda shared: speed.cold_start(shared / "examples/us-north-korean-talks.txt"),
    "length": lambda shared: length.measure(shared / "data"),
    "speed": lambda shared: speed.measure(shared / "data"),
}


def main() -> None:
    """Measure what was asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--shared", type=Path, default=SHARED)
    args = parser.parse_args()
    unknown = set(args.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    failed = False
    # Speed last: it keeps the process on one core.
    for name in [n for n in BENCHMARKS if n in args.names or not args.names]:
        result = BENCHMARKS[name](args.shared)
        write(name, result)
        print(f"{name}: {json.dumps(result, ensure_ascii=False, indent=1)}")
        for miss in floors.misses(name, result):
            print(f"BELOW ITS FLOOR: {miss}")
            failed = True
    sys.exit(1 if failed else 0)


def write(name: str, result: dict[str, Any]) -> None:
    """Write a result with the day and the weights that it was measured with."""
    info = model.shared().info
    path = ROOT / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    stamped = {
        "measured": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "model": f"{info.name} {info.version} {info.sha256[:12]}",
        **result,
    }
    path.write_text(json.dumps(stamped, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
