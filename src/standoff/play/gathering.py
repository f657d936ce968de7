"""What all kinds of matters need of the accounts: their sides, topics, people and order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

import attrs

from standoff.play import topics
from standoff.play.model import Step
from standoff.play.parties import Parties
from standoff.play.rules import steps
from standoff.play.topics import Weights
from standoff.record import Actor
from standoff.store.model import Account
from standoff.store.words import stems

_TAKING = frozenset({"SANCTION", "COERCE", "MOBILIZE", "ASSAULT", "PROTEST"})
_GIVING = frozenset({"CONCEDE", "RETREAT", "AID", "SUPPORT", "COOPERATE"})


@attrs.frozen
class Told:
    """An account with what matters are threaded by."""

    account: Account
    source: frozenset[str]
    target: frozenset[str]
    people: frozenset[str]
    topic: frozenset[str]
    steps: tuple[Step, ...]

    @property
    def both(self) -> frozenset[str]:
        """The sides of all parties."""
        return self.source | self.target

    @property
    def does(self) -> bool:
        """Whether it tells of a deed that was done, not of one that somebody only announced.

        Words of the sentence may say otherwise: "withdrew its threat to put a tariff on goods".
        """
        told = {step.state for step in self.steps if step.kind in ("commitments", "threats")}
        undone = self.account.type in _TAKING and "withdrawn" in told
        unkept = self.account.type in _GIVING and "broken" in told
        return self.account.status == "actual" and not undone and not unkept

    def step(self, kind: str) -> Step | None:
        """Return what it says of a kind of matters, or None."""
        return next((step for step in self.steps if step.kind == kind), None)


@attrs.frozen
class Gathered:
    """Accounts in the order of their reports, the weights of their words, and the parties."""

    told: tuple[Told, ...]
    weights: Weights
    parties: Parties


def gather(accounts: Iterable[Account], actors: Mapping[str, Actor], parties: Parties) -> Gathered:
    """Return accounts with their sides, topics and steps, the oldest report first."""
    names = _names(actors)
    told = tuple(_told(account, names, parties) for account in sorted(accounts, key=order))
    return Gathered(told, Weights.of(each.topic for each in told), parties)


def order(account: Account) -> tuple[datetime.date, str, int, str]:
    """Return the key by which accounts are read: by report, and within one from top to bottom."""
    day = account.published or account.start or datetime.date.min
    return day, account.document, account.anchor.start, account.id


def compatible(a: Iterable[str], b: Iterable[str]) -> bool:
    """Tell whether two sets of sides may be the same parties: one holds the other, or is empty."""
    first, second = frozenset(a), frozenset(b)
    return not first or not second or first <= second or second <= first


def apart(a: Account, b: Account) -> int:
    """Return how many days lie between the times of two accounts; 0 where they overlap."""
    first, second = _interval(a), _interval(b)
    if first is None or second is None:
        return 0
    return max(0, (max(first[0], second[0]) - min(first[1], second[1])).days)


def _interval(account: Account) -> tuple[datetime.date, datetime.date] | None:
    start, end = account.start or account.end, account.end or account.start
    if start is not None and end is not None:
        return start, end
    return (account.published, account.published) if account.published else None


def _told(account: Account, names: frozenset[str], parties_: Parties) -> Told:
    parties: Sequence[str] = (*account.source, *account.target)
    return Told(
        account,
        parties_.sides(account.source),
        parties_.sides(account.target),
        frozenset(actor for actor in parties if actor.count(".") >= 2),
        topics.words(account, names),
        tuple(steps(account)),
    )


def names_of(actors: Iterable[Actor], *countries: str) -> frozenset[str]:
    """Return the stems of the names of actors, and of states with their adjectives and peoples."""
    from standoff.actors import tables

    words: set[str] = set()
    for actor in actors:
        words |= stems(actor.name)
    for id_ in countries:
        country = tables.countries().get(id_)
        if country is not None:
            names = (country.name, *country.also, *country.adjectives, *country.people)
            words |= stems(" ".join((*names, *country.seats[:1])))
    return frozenset(words)


def _names(actors: Mapping[str, Actor]) -> frozenset[str]:
    countries = {actor.country for actor in actors.values() if actor.country}
    return names_of(actors.values(), *countries)
