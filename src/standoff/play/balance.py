"""The balance: what each side gave and what it took, on one scale, by period.

Each event counts once, however often it is told. The scale is Goldstein's (1992) for CAMEO codes,
from -10 to 10. Reciprocity is how far the sides' scores go together from period to period, by
Pearson's correlation; its use for dyads goes back to Ward (1982) and Goldstein & Freeman (1990).
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from standoff.play.gathering import Gathered, Told
from standoff.play.giving import gives_to
from standoff.play.model import Balance, Move, Period

_VERBAL = frozenset({1, 3})
#: A correlation over fewer periods than these is chance.
_FEWEST = 6


def balance(gathered: Gathered) -> Balance:
    """Return what each party's side gave and took, counting what happened once.

    Periods are months where all lies within two years, quarters within eight, else years.
    """
    held = gathered.parties.ids
    moves = tuple(_moves(gathered.told, frozenset(held)))
    periods = tuple(_periods(moves, held))
    return Balance(moves, periods, _reciprocity(periods, held))


def _moves(told: Iterable[Told], parties: frozenset[str]) -> Iterable[Move]:
    seen: set[str] = set()
    for each in told:
        account = each.account
        if account.event in seen or account.status not in ("actual", "ended"):
            continue
        mine = each.source & parties
        if len(mine) != 1:
            continue
        gives = gives_to(account, (each.target - mine) & parties)
        if gives is None:
            continue
        seen.add(account.event)
        yield Move(account, next(iter(mine)), gives, account.quad not in _VERBAL)


def _periods(moves: Sequence[Move], parties: Sequence[str]) -> Iterable[Period]:
    days = [move.account.day for move in moves if move.account.day is not None]
    if not days:
        return
    months = _months(min(days), max(days))
    length = 1 if months <= 24 else 3 if months <= 96 else 12
    held: dict[tuple[int, str], list[Move]] = defaultdict(list)
    for move in moves:
        if move.account.day is not None:
            held[_number(move.account.day) // length, move.side].append(move)
    for number in range(_number(min(days)) // length, _number(max(days)) // length + 1):
        for side in parties:
            mine = held.get((number, side), [])
            start, end = _first(number * length), _first((number + 1) * length)
            yield Period(
                start,
                end - datetime.timedelta(days=1),
                side,
                sum(move.gives for move in mine),
                sum(not move.gives for move in mine),
                round(sum(_score(move) for move in mine), 1),
            )


def _score(move: Move) -> float:
    value = move.account.goldstein or 0.0
    # The code of a measure that was taken back is still that of the measure.
    return abs(value) if move.gives else -abs(value)


def _months(first: datetime.date, last: datetime.date) -> int:
    return _number(last) - _number(first) + 1


def _number(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _first(number: int) -> datetime.date:
    return datetime.date(number // 12, number % 12 + 1, 1)


def _reciprocity(periods: Sequence[Period], parties: Sequence[str]) -> float | None:
    if len(parties) != 2:
        return None
    scores = [[p.score for p in periods if p.side == side] for side in parties]
    # Months in which nobody does anything go together, and say nothing.
    busy = [pair for pair in zip(*scores, strict=True) if any(pair)]
    if len(busy) < _FEWEST:
        return None
    return _correlation([pair[0] for pair in busy], [pair[1] for pair in busy])


def _correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    across = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return round(across / spread, 2) if spread else None
