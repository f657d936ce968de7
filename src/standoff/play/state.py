"""The state of play between parties on a day: all matters, disputes and the balance."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from standoff.play.agreements import agreements
from standoff.play.balance import balance
from standoff.play.claims import claims
from standoff.play.disputes import disputes
from standoff.play.gathering import gather
from standoff.play.measures import measures
from standoff.play.model import State
from standoff.play.parties import Parties
from standoff.play.talks import talks
from standoff.record import Actor
from standoff.store import Filter, Store
from standoff.store.model import Account


def state_of(
    accounts: Iterable[Account],
    actors: Mapping[str, Actor],
    parties: Sequence[str],
    on: datetime.date,
    known: datetime.date | None = None,
) -> State:
    """Return the state of play that accounts tell of; see `state`.

    Accounts of events after `on`, and of reports after `known`, are left out.
    """
    held = [
        account
        for account in accounts
        if account.review != "rejected"
        and (known is None or account.published is None or account.published <= known)
        and not _lies_ahead(account, on)
    ]
    gathered = gather(held, actors, Parties.of(parties))
    meetings = talks(gathered)
    return State(
        tuple(parties),
        on,
        known,
        (
            *meetings,
            *measures(gathered),
            *claims(gathered, "commitments", on),
            *claims(gathered, "demands", on),
            *claims(gathered, "threats", on),
            *agreements(gathered),
        ),
        tuple(disputes(gathered, meetings, actors)),
        balance(gathered),
        len(held),
        len({account.document for account in held}),
        len({account.outlet for account in held}),
    )


def state(
    store: Store,
    parties: Sequence[str],
    on: datetime.date,
    *,
    hindsight: bool = False,
) -> State:
    """Return the state of play between parties on a day.

    It is the state as known on that day, from reports published until then; with `hindsight` the
    state on that day as all reports tell it that the store holds, later ones among them.
    """
    found = told_until(store, parties, on)
    if hindsight:
        found |= told_later(store, parties, on)
    ids = {actor for account in found.values() for actor in (*account.source, *account.target)}
    known = None if hindsight else on
    return state_of(found.values(), store.actors(ids), parties, on, known)


def told_until(store: Store, parties: Sequence[str], on: datetime.date) -> dict[str, Account]:
    """Return the accounts of reports up to a day: between parties, and beside them with others."""
    wanted = Filter(parties=Parties.of(parties).widened, known=on)
    found = {account.id: account for account in store.accounts(wanted)}
    return found | {account.id: account for account in store.accounts_beside(wanted)}


def told_later(store: Store, parties: Sequence[str], on: datetime.date) -> dict[str, Account]:
    """Return the accounts in reports after a day of what happened between parties until then."""
    wanted = Filter(parties=Parties.of(parties).widened, until=on, after=on)
    return {account.id: account for account in store.accounts(wanted)}


def _lies_ahead(account: Account, on: datetime.date) -> bool:
    """Tell whether what an account tells had not begun on that day, by its own date.

    What is only planned, promised or called off may lie ahead: that it was is known now.
    """
    if account.status not in ("actual", "ended", "denied"):
        return account.published is not None and account.published > on
    return (account.day or on) > on
