"""Threads found again without looking through all of them: by side and word, by event, by
report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

#: Of threads that share words with an account, at most so many are held against it: those that
#: share the most, and of these the latest. A dispute has a few dozen matters that are alive at
#: once.
MOST = 40


class Shelf(Generic[T]):
    """Threads under the sides and words that they are found by, in the order of putting."""

    def __init__(self) -> None:
        self._threads: list[T] = []
        self._numbers: dict[int, int] = {}
        self._by_word: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        self._by_event: dict[str, int] = {}
        self._by_report: defaultdict[str, dict[int, None]] = defaultdict(dict)

    def put(
        self, thread: T, sides: Iterable[str], words: Iterable[str], event: str, report: str
    ) -> None:
        """Put a thread, new or known, under one more account of it."""
        number = self._numbers.get(id(thread))
        if number is None:
            number = self._numbers[id(thread)] = len(self._threads)
            self._threads.append(thread)
        for side in sides or ("",):
            for word in words:
                self._by_word[side, word][number] = None
        self._by_event[event] = number
        self._by_report[report][number] = None

    def of_event(self, event: str) -> T | None:
        """Return the thread that an account of the same event was put under."""
        number = self._by_event.get(event)
        return None if number is None else self._threads[number]

    def near(self, sides: Iterable[str], words: Iterable[str], report: str = "") -> list[T]:
        """Return threads that share a side and a word, or the report, the oldest first."""
        shared: dict[int, int] = dict.fromkeys(self._by_report.get(report, ()), 0)
        for side in sides or ("",):
            for word in words:
                for number in self._by_word.get((side, word), ()):
                    shared[number] = shared.get(number, 0) + 1
        numbers: Iterable[int] = shared
        if len(shared) > MOST:
            numbers = sorted(shared, key=lambda n: (shared[n], n), reverse=True)[:MOST]
        return [self._threads[number] for number in sorted(numbers)]

    def all(self) -> list[T]:
        """Return all threads in the order in which they were put first."""
        return list(self._threads)
