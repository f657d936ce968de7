"""The state of play between parties: what stands, by which reports, on any day.

Talks, measures, commitments, demands, threats and agreements are *matters*: each is threaded from
the accounts of it and has a state (`data/rules.toml` declares which account means what). Disputes
are events that accounts differ about; the balance says what each side gave and took.

    >>> from standoff.play import state
    >>> state(store, ["USA", "PRK"], datetime.date(2018, 11, 9)).of("talks")  # doctest: +SKIP
"""

from standoff.play.model import Balance, Dispute, Kind, Matter, Move, Period, State, Step, Version
from standoff.play.state import state, state_of

__all__ = [
    "Balance",
    "Dispute",
    "Kind",
    "Matter",
    "Move",
    "Period",
    "State",
    "Step",
    "Version",
    "state",
    "state_of",
]
