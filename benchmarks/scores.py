"""Precision, recall and F1 of sets of answers, in per cent; calibration."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np


@attrs.define
class Tally:
    """Counts of right, given and wanted answers, added up over texts."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, found: Iterable[object], gold: Iterable[object]) -> None:
        """Count the answers of one text; an answer is right when it equals a wanted one."""
        found, gold = set(found), set(gold)
        self.right += len(found & gold)
        self.given += len(found)
        self.wanted += len(gold)

    def scores(self) -> dict[str, float]:
        """Return precision, recall and F1 and the number wanted."""
        precision = self.right / max(1, self.given)
        recall = self.right / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return {
            "precision": round(100 * precision, 2),
            "recall": round(100 * recall, 2),
            "f1": round(100 * f1, 2),
            "gold": self.wanted,
        }


def percent(part: float, whole: float) -> float:
    """Return a share in per cent, to one place; 0 of nothing."""
    return round(100 * part / max(1, whole), 1)


def reliability(
    confidence: np.ndarray, right: np.ndarray, bins: int = 10
) -> list[dict[str, float]]:
    """Return mean confidence, share right and number of each bin of confidence that has any."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        {
            "confidence": round(float(confidence[place == k].mean()), 3),
            "right": round(float(right[place == k].mean()), 3),
            "number": int((place == k).sum()),
        }
        for k in range(bins)
        if (place == k).any()
    ]


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error, 0 to 1, to four places (Guo et al. 2017).

    That is the mean distance of confidence and accuracy over equal bins of confidence.
    """
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[place == k].mean() - right[place == k].mean()) * (place == k).mean()
        for k in range(bins)
        if (place == k).any()
    ]
    return round(float(sum(gaps)), 4)
