"""Factuality of given event words: mean absolute error and Pearson's r, on three sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from standoff.language import model

from . import gold_tokens, sets

#: Each set by its scale, of the two that the head knows; ``token._.factuality`` is on the first.
SETS = {"uw": 0, "uds_ih2": 1, "meantime": 0}


def measure(data: Path, shared: model.Model | None = None) -> dict[str, Any]:
    """Return the scores on the development part of each set."""
    _, encoder = gold_tokens.reader(shared)
    result = {}
    for name in SETS:
        gold: list[float] = []
        found: list[float] = []
        for row in sets.factuality(data / f"factuality/{name}_dev.jsonl.gz"):
            answer = encoder.model.encode([row.words])[0].factuality[:, SETS[name]]
            for i, value in row.values.items():
                gold.append(value)
                found.append(float(answer[i].clip(-3.0, 3.0)))
        result[name] = {
            "mae": round(float(np.abs(np.subtract(gold, found)).mean()), 3),
            "pearson": round(float(np.corrcoef(gold, found)[0, 1]), 3),
            "words": len(gold),
        }
    return result
