"""Measures: deeds that last, from their beginning to their suspension, resumption and end.

Accounts are of one measure where the same side does it, its targets do not contradict each other,
and what they are about is the same (`topics`). Where it stands is what the newest account says.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter

import attrs

from standoff.play.gathering import Gathered, Told, apart, compatible
from standoff.play.model import Matter, Step
from standoff.play.rules import table
from standoff.play.shelf import Shelf
from standoff.play.topics import Weights
from standoff.store.model import Account
from standoff.store.words import stems

#: The part of the shorter topic that two accounts of one measure share. Found on our own dispute
#: reports (`benchmarks play`); rerun on a change: lower mixes measures up, higher splits them.
SAME = 0.4
#: Acts of one type and mode within so many days are called by different words ("drills",
#: "exercises") more often than they are different acts; what that adds to the shared topic.
NEAR, ALIKE = 7, 0.2
#: Two events that a reader held apart in one report need that much more in common.
APART = 0.3

#: An account that has all words which most of so many accounts of a measure use is of it, too.
_FEW, _MOST = 3, 0.7

#: A thread is known by so many of its newest accounts: older ones speak of it as they do.
_LAST = 4

#: Measures that are told without saying whose they are: "sanctions that ban most exports".
_IMPOSED = frozenset({"SANCTION", "COERCE"})
_LASTING = frozenset({"in force", "resumed"})
#: Deeds that are done once and do not stay in force: each is a measure of its own.
_SINGLE = frozenset({"done"})


@attrs.define
class _Thread:
    source: frozenset[str]
    target: frozenset[str]
    told: list[tuple[Told, Step]] = attrs.field(factory=list)
    counts: Counter[str] = attrs.field(factory=Counter)
    core: frozenset[str] = frozenset()

    def add(self, told: Told, step: Step) -> None:
        """Add an account; the core are the words that most accounts of the measure use."""
        self.told.append((told, step))
        self.target |= told.target
        self.counts.update(told.topic)
        if len(self.told) >= _FEW:
            least = _MOST * len(self.told)
            self.core = frozenset(word for word in told.topic if self.counts[word] >= least)


def measures(gathered: Gathered) -> list[Matter]:
    """Return the measures that accounts tell of, in the order in which they were first told."""
    shelf: Shelf[_Thread] = Shelf()
    for told in gathered.told:
        step = told.step("measures")
        if step is None or not (told.source or (told.target and told.account.type in _IMPOSED)):
            continue
        if told.account.status == "actual" and not told.does:
            continue
        thread = _found(shelf, told, step, gathered.weights)
        if thread is None and not told.target and _only_named(step):
            continue
        if thread is None:
            thread = _Thread(told.source, told.target)
        thread.add(told, step)
        shelf.put(thread, told.source, told.topic, told.account.event, told.account.document)
    return [_matter(thread) for thread in shelf.all()]


def _found(shelf: Shelf[_Thread], told: Told, step: Step, weights: Weights) -> _Thread | None:
    same = shelf.of_event(told.account.event)
    if same is not None:
        return same
    best: tuple[float, _Thread] | None = None
    for thread in shelf.near(told.source, told.topic):
        if thread.source != told.source or not compatible(thread.target, told.target):
            continue
        if not _continues(thread, step):
            continue
        score = max(_likeness(told, step, *other, weights) for other in thread.told[-_LAST:])
        if thread.core and thread.core <= told.topic:
            score = max(score, SAME)
        if score >= SAME and (best is None or score > best[0]):
            best = score, thread
    return best[1] if best else None


def _likeness(told: Told, step: Step, other: Told, old: Step, weights: Weights) -> float:
    """Return how much two accounts have in common: what they are about, and what sort of act."""
    score = weights.shared(told.topic, other.topic)
    a, b = told.account, other.account
    if a.document == b.document and not _same_word(a, b):
        # One report's own words for two deeds: "halted its tests", "shut down a test site".
        return score - APART
    if (a.type, a.mode, step.state) == (b.type, b.mode, old.state) and apart(a, b) <= NEAR:
        score += ALIKE
    return score


def _same_word(a: Account, b: Account) -> bool:
    return bool(stems(a.anchor.text) & stems(b.anchor.text))


def _continues(thread: _Thread, step: Step) -> bool:
    """Tell whether a step may be of a thread's measure.

    A deed that is done once has no other step, unless it undoes the measure: a release an arrest.
    """
    single = any(old.state in _SINGLE for _, old in thread.told[:1])
    if (step.state in _SINGLE) == single:
        return True
    undone = table("reversals").get(step.account.mode or "", ())
    return not single and any(told.account.mode in undone for told, _ in thread.told[-_LAST:])


def _matter(thread: _Thread) -> Matter:
    steps = sorted((step for _, step in thread.told), key=_when)
    said = [step for step in steps if _says_something(step)] or steps
    state, since = said[-1].state, said[-1]
    if state in ("lifted", "halted") and _still_in_force(said):
        state, since = "eased", said[-1]
    people = _named(thread, since)
    return Matter(
        "measures",
        state,
        people,
        _targets(thread, since),
        _begun(said, since) if state in _LASTING else since.day,
        since.account.end if since.dated else None,
        tuple(
            attrs.evolve(step, state="eased") if state == "eased" and step is since else step
            for step in steps
        ),
        since.account.ties[0] if since.account.ties else None,
    )


def _when(step: Step) -> tuple[str, str, int]:
    account = step.account
    day, published = step.day, account.published
    return str(day or published or ""), str(published or ""), account.anchor.start


def _says_something(step: Step) -> bool:
    """Tell whether an account says when or how a measure stood, not only that there was one.

    "The tariff" in a report on its end does not put it into force again.
    """
    return step.state not in _LASTING or step.dated or step.account.aspect is not None


def _only_named(step: Step) -> bool:
    """Tell whether an account only names what no report tells of: "the exercise", "sanctions"."""
    account = step.account
    before = account.sentence_text[: max(0, account.anchor.start - account.sentence[0])]
    return not _says_something(step) and bool(_NAMING.search(before))


_NAMING = re.compile(
    r"(^\s*|(\b(the|its|their|his|her|this|that|these|those|an?|of|in|on|by|any|all|over)|[’']s?)"
    r"\s+(\w+\s+){0,2})$",
    re.IGNORECASE,
)


def _still_in_force(said: list[Step]) -> bool:
    """Tell whether the report of a measure's lifting says that it goes on in part."""
    last = said[-1]
    return any(
        step.account.document == last.account.document
        and step.state in _LASTING
        and step.account.aspect == "continued"
        for step in said
    )


def _begun(said: list[Step], since: Step) -> datetime.date | None:
    """Return since when a measure is in force: the newest beginning that is dated to the day.

    A tariff of 100 per cent that replaces one of 10 began when it did, not when that one did.
    """
    begun = [step for step in said if step.state in _LASTING and step.dated]
    exact = [step for step in begun if step.account.grain in ("day", "hour")]
    return exact[-1].day if exact else begun[-1].day if begun else since.day


def _named(thread: _Thread, since: Step) -> tuple[str, ...]:
    return since.account.source or tuple(sorted(thread.source))


def _targets(thread: _Thread, since: Step) -> tuple[str, ...]:
    return since.account.target or tuple(sorted(thread.target))
