"""The shipped int8 graph beside the same network in fp32: ``python -m training.compare``.

Scores every head that reads words for both and writes them to
``benchmarks/results/quantisation.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import torch

from benchmarks.__main__ import write
from standoff.language import model

from . import export, results
from .__main__ import base_model, configuration, load_sets
from .model import Network


def main() -> None:
    """Export the last stage without quantising, score both, and write the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training/all"))
    args = parser.parse_args()
    _, labels = load_sets(args.data, args.work)
    network = Network(base_model(), labels)
    last = args.work / f"{configuration()['stage'][-1]['name']}.pt"
    network.load_state_dict(torch.load(last, weights_only=True))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        export.export(network, labels, folder, quantise=False)
        full = results.scores(args.data, model.load(folder))
    result = {"fp32": full, "int8": results.scores(args.data, model.shared())}
    write("quantisation", result)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
