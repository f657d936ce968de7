"""The state of play as plain values: matters, each with the steps that brought it where it is."""

from __future__ import annotations

import datetime
from typing import Literal

import attrs

from standoff.store.model import Account, Telling, Tie

Kind = Literal["talks", "measures", "commitments", "demands", "threats", "agreements"]
KINDS: tuple[Kind, ...] = (
    "talks", "measures", "commitments", "demands", "threats", "agreements",
)  # fmt: skip


@attrs.frozen
class Step:
    """What one account says of a matter: the state that it was in, and since when.

    `day` is the day of the event if the account dates it, else that of the report; `dated` tells
    which.
    """

    kind: Kind
    state: str
    account: Account
    day: datetime.date | None
    dated: bool


@attrs.frozen
class Matter:
    """One thing that is or was at issue: a meeting, a tariff, a promise, a demand, a threat.

    `state` is where it stands, `day` since when (for talks: the day for which they were set). The
    `steps` are from the oldest to the newest; `condition` is what it hangs on, in the words of the
    newest report that names one. `deed` is what a claim announces. `source` and `target` are sides
    and, where the reports name them, bodies and people.
    """

    kind: Kind
    state: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    day: datetime.date | None
    until: datetime.date | None
    steps: tuple[Step, ...]
    condition: Tie | None = None
    deed: Account | None = None

    @property
    def quoted(self) -> Account:
        """The account whose words say best what it is about: the deed, where one is announced."""
        return self.deed or self.deciding.account

    @property
    def deciding(self) -> Step:
        """The step that says where the matter stands."""
        named = (step for step in reversed(self.steps) if step.state == self.state)
        return next(named, self.steps[-1])

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All accounts of it, each once, in the order of the steps."""
        return tuple({step.account.id: step.account for step in self.steps}.values())

    @property
    def outlets(self) -> int:
        """How many independent sources tell of it."""
        return len({step.account.outlet for step in self.steps})


@attrs.frozen
class Version:
    """What one voice says of a disputed event.

    `claim` is what became of it, and `by` the side that is said to have done that. The voice is the
    speaker of `telling`, else `denier` (an actor id or words), else whoever the account names, else
    the outlet of its report.
    """

    claim: str
    account: Account
    by: str | None = None
    telling: Telling | None = None
    denier: str | None = None


@attrs.frozen
class Dispute:
    """An event of which accounts differ: the versions, and in what they differ."""

    about: Account
    field: str
    versions: tuple[Version, ...]


@attrs.frozen
class Move:
    """An event that counts in the balance: what a side gave, or took."""

    account: Account
    side: str
    gives: bool
    material: bool


@attrs.frozen
class Period:
    """What one side did towards the others in one period, on Goldstein's scale."""

    start: datetime.date
    end: datetime.date
    side: str
    gave: int
    took: int
    score: float


@attrs.frozen
class Balance:
    """What each side gave and took: the moves, the same by period, and how far they answer.

    `reciprocity` is the correlation of the two sides' scores over the periods, None where there
    are too few or more than two sides.
    """

    moves: tuple[Move, ...]
    periods: tuple[Period, ...]
    reciprocity: float | None


@attrs.frozen
class State:
    """The state of play between parties on a day, as known on another.

    `known` None means with all that was reported later, too.
    """

    parties: tuple[str, ...]
    on: datetime.date
    known: datetime.date | None
    matters: tuple[Matter, ...]
    disputes: tuple[Dispute, ...]
    balance: Balance
    accounts: int
    documents: int
    outlets: int

    def of(self, kind: Kind) -> tuple[Matter, ...]:
        """Return the matters of one kind."""
        return tuple(matter for matter in self.matters if matter.kind == kind)
