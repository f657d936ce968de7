"""Agreements: what parties bound themselves to together, with their terms."""

from __future__ import annotations

import attrs

from standoff.play.gathering import Gathered, Told
from standoff.play.model import Matter, Step
from standoff.play.shelf import Shelf
from standoff.play.topics import Weights

#: As for measures; rerun `benchmarks play` on a change.
SAME = 0.4


@attrs.define
class _Thread:
    both: frozenset[str]
    told: list[tuple[Told, Step]]


def agreements(gathered: Gathered) -> list[Matter]:
    """Return the agreements that accounts tell of, in the order in which they were first told."""
    shelf: Shelf[_Thread] = Shelf()
    for told in gathered.told:
        step = told.step("agreements")
        if step is None or len(told.both) < 2:
            continue
        thread = _found(shelf, told, step, gathered.weights)
        if thread is None:
            if step.state != "in force":
                continue
            thread = _Thread(told.both, [])
        thread.told.append((told, step))
        shelf.put(thread, told.both, told.topic, told.account.event, told.account.document)
    return [_matter(thread) for thread in shelf.all()]


def _found(shelf: Shelf[_Thread], told: Told, step: Step, weights: Weights) -> _Thread | None:
    same = shelf.of_event(told.account.event)
    if same is not None:
        return same
    for thread in reversed(shelf.near(told.both, told.topic)):
        if not (thread.both <= told.both or told.both <= thread.both):
            continue
        last = thread.told[-1][1]
        if step.dated and last.dated and step.state == last.state and step.day != last.day:
            continue
        if max(weights.shared(told.topic, other.topic) for other, _ in thread.told[-4:]) >= SAME:
            return thread
    return None


def _matter(thread: _Thread) -> Matter:
    steps = tuple(step for _, step in thread.told)
    since = steps[-1]
    signed = next((step for step in steps if step.dated), steps[0])
    return Matter(
        "agreements",
        since.state,
        steps[0].account.source,
        steps[0].account.target,
        signed.day if since.state == "in force" else since.day,
        None,
        steps,
        next((step.account.ties[0] for step in reversed(steps) if step.account.ties), None),
    )
