"""Talks: who was to meet whom, and what became of it.

Accounts are of one meeting where the store holds them for one event, or where the parties agree and
the days do. An account without a day is of the meeting that was last spoken of between the same
parties, if it says what became of that.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

import attrs

from standoff.play.gathering import Gathered, Told, apart
from standoff.play.model import Matter, Step
from standoff.play.parties import Parties

#: How far a meeting has come: an account of an earlier stage does not take it back ("the talks,
#: which had been scheduled for Friday, were called off").
_STAGE = {
    "proposed": 0, "scheduled": 1, "postponed": 2, "refused": 2, "denied": 2, "called off": 3,
    "held": 3, "suspended": 4, "broken off": 4,
}  # fmt: skip

#: An undated account of what became of talks is of those last spoken of, if that is not longer ago.
_LATELY = datetime.timedelta(days=30)


@attrs.define(eq=False)
class _Thread:
    both: frozenset[str]
    people: frozenset[str]
    told: list[tuple[Told, Step]]
    stage: int = 0


def talks(gathered: Gathered) -> list[Matter]:
    """Return the meetings that accounts tell of, in the order in which they were first told."""
    threads: list[_Thread] = []
    # By event, and by the months that their accounts name: nobody looks through all of them.
    by_event: dict[str, _Thread] = {}
    by_month: defaultdict[int, list[_Thread]] = defaultdict(list)
    for told in gathered.told:
        step = told.step("talks")
        if step is None:
            continue
        told = _with_other(told, gathered.parties)
        if len(told.both) < 2:
            continue
        months = _months(told, step)
        thread = by_event.get(told.account.event)
        if thread is None:
            dated = (thread for month in months for thread in by_month[month])
            thread = _found([*dated, *threads[-_RECENT:]], told, step, gathered.parties)
        if thread is None:
            thread = _Thread(told.both, told.people, [])
            threads.append(thread)
        thread.told.append((told, step))
        thread.people |= told.people
        thread.stage = max(thread.stage, _STAGE[step.state])
        by_event[told.account.event] = thread
        for month in months:
            if thread not in by_month[month]:
                by_month[month].append(thread)
    return [_overtaken(thread, _matter(thread), threads) for thread in threads]


def _with_other(told: Told, parties: Parties) -> Told:
    """Return an account with the other of two parties where it names one alone.

    "Serbia refused to take part", "Santos suspended the talks": with whom goes without saying.
    """
    lone = told.account.type in ("REJECT", "SANCTION") and not told.target
    if lone and len(parties.ids) == 2 and told.source < frozenset(parties.ids):
        return attrs.evolve(told, target=frozenset(parties.ids) - told.both)
    return told


#: A meeting's day is that of one of its first accounts.
_FIRST = 8
#: What no longer stands once the same parties have met.
_UNTIL_MET = frozenset({"refused", "proposed", "denied", "suspended"})


def _overtaken(thread: _Thread, matter: Matter, threads: Sequence[_Thread]) -> Matter:
    """Return a refusal or proposal as overtaken where the parties have met since."""
    if matter.state not in _UNTIL_MET:
        return matter
    told = max((t.account.published or datetime.date.min for t, _ in thread.told))
    for other in threads:
        if other is thread or not other.both >= thread.both:
            continue
        for met, step in other.told:
            day = met.account.start or met.account.published
            if step.state == "held" and step.dated and day is not None and day > told:
                return attrs.evolve(matter, state="overtaken")
    return matter


#: Meetings last spoken of, which an account without a day may be of.
_RECENT = 20
#: A stretch of more months ("in recent years") is no time of a meeting.
_MOST_MONTHS = 12


def _months(told: Told, step: Step) -> list[int]:
    """Return the months that the time of an account lies in or touches, each as one number."""
    start, end = told.account.start, told.account.end or told.account.start
    if not step.dated or start is None or end is None:
        return []
    # A day off, as reports of the night before are, may be another month.
    first, last = (
        day.year * 12 + day.month
        for day in (start - datetime.timedelta(days=1), end + datetime.timedelta(days=1))
    )
    return list(range(first, min(last, first + _MOST_MONTHS) + 1))


def _found(threads: Sequence[_Thread], told: Told, step: Step, parties: Parties) -> _Thread | None:
    for thread in reversed(threads):
        if not (thread.both <= told.both or told.both <= thread.both):
            continue
        if not (_recalls(thread, told, step) or _same_people(thread, told, parties)):
            continue
        if _fits_in_time(thread, told, step):
            return thread
    return None


def _recalls(thread: _Thread, told: Told, step: Step) -> bool:
    """Tell whether an account recalls a meeting by its month: "the talks, called off in November".

    Whom it takes for those who were to meet is a guess of its reader's.
    """
    if told.account.grain in ("day", "hour", None) or _STAGE[step.state] != thread.stage:
        return False
    exact = [t for t, s in thread.told if s.dated and t.account.grain in ("day", "hour")]
    return any(apart(told.account, other.account) == 0 for other in exact)


def _same_people(thread: _Thread, told: Told, parties: Parties) -> bool:
    """Tell whether no side sends one person by one account and another by the other."""
    for side in told.both & thread.both:
        first = {person for person in thread.people if parties.side(person) == side}
        second = {person for person in told.people if parties.side(person) == side}
        if first and second and first.isdisjoint(second):
            return False
    return True


def _fits_in_time(thread: _Thread, told: Told, step: Step) -> bool:
    dated = [other for other, old in thread.told[:_FIRST] if old.dated]
    if step.dated and dated:
        return any(apart(told.account, other.account) <= 1 for other in dated)
    if thread.both != told.both:
        # Without days to compare, only the same parties' talks are the same.
        return False
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
        fullest.account.target or since.account.target or _others(thread, fullest),
        exact.account.start if exact else None,
        exact.account.end if exact else None,
        tuple(steps),
        since.account.ties[0] if since.account.ties else None,
    )


def _others(thread: _Thread, step: Step) -> tuple[str, ...]:
    """Return the parties of a thread that an account does not name."""
    mine = next((told.source for told, each in thread.told if each is step), frozenset())
    return tuple(sorted(thread.both - mine))


def _width(step: Step) -> int:
    account = step.account
    if account.start is None or account.end is None:
        return 10**6
    return (account.end - account.start).days


def _persons(step: Step) -> set[str]:
    account = step.account
    return {actor for actor in (*account.source, *account.target) if actor.count(".") >= 2}
