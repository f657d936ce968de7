"""Whether two accounts, of one document or of two, tell of the same event.

Accounts of one event agree in type and parties, do not contradict each other in time and place, and
use some of the same words; how many they must share depends on how exactly both are dated. What
two accounts may differ in is what became of it: one says held, another called off, a third denies
it; that is a dispute about one event, if both date it to the same day.

Words are compared as stems, much as in the lemma-match baseline of cross-document
coreference (Cybulska & Vossen 2014).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import attrs

from standoff.store import sides
from standoff.store.model import Account
from standoff.store.words import stems

#: Days that an undated account may lie behind or before what another dates. Reports of an act
#: come on the day or the two days after; weekly papers take a week.
NEAR = datetime.timedelta(days=7)
#: Shares of common words that suffice, found on our own dispute reports and 200 pairs of a state
#: agency's articles read by hand; rerun `benchmarks crossdoc` on a change.
_SAME_DAY, _NEAR_DAYS = 0.2, 0.45
#: Two that say the same words ("the meeting") without a date share all and prove little.
_FEWEST_WORDS = 3

#: What became of one event: accounts may differ within a group, and where both name the day.
_GROUPS = {
    "actual": "real", "ended": "real", "denied": "real",
    "cancelled": "off", "postponed": "off",
    "planned": "ahead", "promised": "ahead",
}  # fmt: skip


@attrs.frozen
class Sketch:
    """What of an account is compared: computed once, compared with many."""

    account: Account
    sides: tuple[frozenset[str], frozenset[str]]
    people: frozenset[str]
    words: frozenset[str]
    anchor: frozenset[str]


def sketch(account: Account) -> Sketch:
    """Return what an account is compared by."""
    parties = (*account.source, *account.target)
    return Sketch(
        account,
        (frozenset(map(sides.side, account.source)), frozenset(map(sides.side, account.target))),
        frozenset(a for a in parties if a.count(".") >= 2),
        stems(account.sentence_text),
        stems(account.anchor.text),
    )


def likeness(a: Sketch, b: Sketch) -> float:
    """Return how well two accounts agree: 0 where they are of different events, at most 1."""
    first, second = a.account, b.account
    if first.type != second.type or not _parties_agree(a, b) or not _places_agree(first, second):
        return 0.0
    if first.mode and second.mode and first.mode != second.mode:
        return 0.0
    time = _time(first, second)
    if time is None or not _fates_agree(first, second, time):
        return 0.0
    shared = len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))
    if a.anchor & b.anchor:
        shared += 0.15
    least = _SAME_DAY if time == "day" else _NEAR_DAYS
    if shared < least or (time != "day" and min(len(a.words), len(b.words)) < _FEWEST_WORDS):
        return 0.0
    return min(1.0, shared)


def best(new: Sketch, known: Iterable[Sketch]) -> Account | None:
    """Return the account that a new one is most like, the oldest of equals, or None."""
    found = [(likeness(new, other), other.account) for other in known]
    found = [(score, account) for score, account in found if score]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _parties_agree(a: Sketch, b: Sketch) -> bool:
    (source, target), (source_b, target_b) = a.sides, b.sides
    if a.account.type in ("CONSULT", "AGREE", "COOPERATE"):
        # Who meets whom has no direction, and one text names a party more than another.
        all_a, all_b = source | target, source_b | target_b
        if not (all_a <= all_b or all_b <= all_a):
            return False
    elif source != source_b or (target and target_b and target != target_b):
        return False
    # Two ministers of one state are two meetings, but "Pyongyang" may be either.
    return all(_people_agree(a.people, b.people, each) for each in (source | target))


def _people_agree(a: frozenset[str], b: frozenset[str], each: str) -> bool:
    first = {person for person in a if sides.side(person) == each}
    second = {person for person in b if sides.side(person) == each}
    return not first or not second or not first.isdisjoint(second)


def _places_agree(a: Account, b: Account) -> bool:
    if a.place is None or b.place is None or a.place == b.place:
        return True
    # A place and the country or province that it lies in.
    return {a.place, b.place} <= {a.country, b.country, a.admin1, b.admin1}


def _time(a: Account, b: Account) -> str | None:
    """Return ``day`` where both name the same day or week, ``near`` where they may; else None."""
    first, second = _interval(a), _interval(b)
    if first is None or second is None:
        return "near" if a.published == b.published else None
    gap = max(first[0], second[0]) - min(first[1], second[1])
    if a.start and b.start:
        exact = {a.grain, b.grain} <= {"day", "hour"}
        # A report of the night before, in another time zone, is a day off.
        if gap <= datetime.timedelta(days=1 if exact else 0):
            return "day" if exact else "near"
        return None
    return "near" if gap <= NEAR else None


def _interval(account: Account) -> tuple[datetime.date, datetime.date] | None:
    if account.start is not None:
        return account.start, account.end or account.start
    if account.published is not None:
        return account.published, account.published
    return None


def _fates_agree(a: Account, b: Account, time: str) -> bool:
    if a.status == b.status:
        return _off(a) == _off(b)
    first, second = _GROUPS.get(a.status), _GROUPS.get(b.status)
    if first is None or second is None:
        return False
    # Held, called off, denied: a dispute about one event, if it is surely one.
    return first == second or time == "day"


def _off(account: Account) -> bool:
    return account.aspect in ("suspended", "ended")
