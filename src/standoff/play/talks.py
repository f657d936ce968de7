"""Talks: who was to meet whom, and what became of it.

Accounts are of one meeting where the store holds them for one event, or where the parties agree and
the days do. An account without a day is of the meeting that was last spoken of between the same
parties, if it says what became of that.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import attrs

from standoff.play.gathering import Gathered, Told, apart
from standoff.play.model import Matter, Step
from standoff.store import sides

#: How far a meeting has come: an account of an earlier stage does not take it back ("the talks,
#: which had been scheduled for Friday, were called off").
_STAGE = {
    "proposed": 0, "scheduled": 1, "postponed": 2, "refused": 2, "denied": 2, "broken off": 3,
    "called off": 3, "held": 3,
}  # fmt: skip

#: An undated account of what became of talks is of those last spoken of, if that is not longer ago.
_LATELY = datetime.timedelta(days=30)


@attrs.define
class _Thread:
    both: frozenset[str]
    people: frozenset[str]
    events: set[str]
    told: list[tuple[Told, Step]]

    @property
    def stage(self) -> int:
        return max(_STAGE[step.state] for _, step in self.told)


def talks(gathered: Gathered) -> list[Matter]:
    """Return the meetings that accounts tell of, in the order in which they were first told."""
    threads: list[_Thread] = []
    for told in gathered.told:
        step = told.step("talks")
        if step is None or len(told.both) < 2:
            continue
        thread = _found(threads, told, step)
        if thread is None:
            thread = _Thread(told.both, told.people, set(), [])
            threads.append(thread)
        thread.told.append((told, step))
        thread.events.add(told.account.event)
        thread.people |= told.people
    return [_matter(thread) for thread in threads]


def _found(threads: Sequence[_Thread], told: Told, step: Step) -> _Thread | None:
    for thread in reversed(threads):
        if told.account.event in thread.events:
            return thread
    for thread in reversed(threads):
        if not (thread.both <= told.both or told.both <= thread.both):
            continue
        if not _same_people(thread, told):
            continue
        if _fits_in_time(thread, told, step):
            return thread
    return None


def _same_people(thread: _Thread, told: Told) -> bool:
    """Tell whether no side sends one person by one account and another by the other."""
    for side in told.both & thread.both:
        first = {person for person in thread.people if sides.side(person) == side}
        second = {person for person in told.people if sides.side(person) == side}
        if first and second and first.isdisjoint(second):
            return False
    return True


def _fits_in_time(thread: _Thread, told: Told, step: Step) -> bool:
    dated = [other for other, old in thread.told if old.dated]
    if step.dated and dated:
        return any(apart(told.account, other.account) <= 1 for other in dated)
    last = thread.told[-1][0].account.published
    now = told.account.published
    near = last is None or now is None or now - last <= _LATELY
    if step.dated:
        return near and thread.stage <= _STAGE["scheduled"]
    later = _STAGE[step.state] > thread.stage or step.state == thread.told[-1][1].state
    return near and later and step.state != "held"


def _matter(thread: _Thread) -> Matter:
    steps = [step for _, step in thread.told]
    stage = max(_STAGE[step.state] for step in steps)
    # Of two accounts that it was held and that it was called off, the newer counts, until
    # `disputes` says that they differ.
    since = [step for step in steps if _STAGE[step.state] == stage][-1]
    dated = [step for step in steps if step.dated]
    exact = min(dated, key=_width) if dated else None
    fullest = max(steps, key=lambda step: (len(_persons(step)), step is since))
    return Matter(
        "talks",
        since.state,
        fullest.account.source or since.account.source,
        fullest.account.target or since.account.target,
        exact.account.start if exact else None,
        exact.account.end if exact else None,
        tuple(steps),
        since.account.ties[0] if since.account.ties else None,
    )


def _width(step: Step) -> int:
    account = step.account
    if account.start is None or account.end is None:
        return 10**6
    return (account.end - account.start).days


def _persons(step: Step) -> set[str]:
    account = step.account
    return {actor for actor in (*account.source, *account.target) if actor.count(".") >= 2}
