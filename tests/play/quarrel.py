"""A quarrel told by hand: reports with their events, and what the play makes of them.

No model reads anything: `told` and `talks` of `tests.store.reports` name events by words of a text,
and accounts are made from them as a store makes them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from standoff.play import Kind, Matter, State, state_of
from standoff.record import Actor, Condition, Record, Span, Statement
from standoff.store import Account, Store, accounts, sides
from tests.store import reports
from tests.store.reports import Told


@attrs.frozen
class Said:
    """Somebody is quoted: his id, the word for saying it, and the words."""

    speaker: str | None
    cue: str
    words: str
    via: str | None = None
    addressee: str | None = None
    kind: Any = "indirect"


@attrs.frozen
class Tied:
    """Something is tied to something: what holds, by which word, to what."""

    consequent: str
    relation: str
    condition: str
    actor: str | None = None


NAMES = {
    "ISL": "Iceland", "NOR": "Norway", "GBR": "Britain", "COL": "Colombia", "JPN": "Japan",
    "KOR": "South Korea", "VEN": "Venezuela", "IGO.EU": "European Union",
}  # fmt: skip
_STATES = tuple(Actor(id_, name, id_ if len(id_) == 3 else None) for id_, name in NAMES.items())


class Quarrel:
    """Reports on a quarrel between parties, Iceland and Norway where nobody else is named."""

    def __init__(self, *parties: str) -> None:
        self.parties = parties or ("ISL", "NOR")
        self.records: list[Record] = []
        self.accounts: list[Account] = []

    def report(
        self,
        published: str | None,
        text: str,
        *events: Told,
        paper: str | None = "Harbour Post",
        said: Sequence[Said] = (),
        tied: Sequence[Tied] = (),
        original: str | None = None,
        actors: tuple[Actor, ...] = (),
        **document: Any,
    ) -> list[Account]:
        """Add a report, and return the accounts of its events.

        An event's `of` is the id of the event of the store that it is held to be an account of.
        `original` is the id of the report that this one copies, whose `paper` it then has.
        """
        names = [each.extra.get("of") for each in events]
        plain = [
            attrs.evolve(each, extra={k: v for k, v in each.extra.items() if k != "of"})
            for each in events
        ]
        parties = " ".join(f"{each.source} {each.target}" for each in plain).split()
        made = reports.report(
            text,
            *plain,
            published=published,
            publisher=paper,
            actors=(*actors, *(actor for actor in _STATES if actor.id in parties)),
            **document,
        )
        made = attrs.evolve(
            made,
            statements=tuple(_statement(text, n, each) for n, each in enumerate(said)),
            conditions=tuple(_condition(text, n, each) for n, each in enumerate(tied)),
        )
        assert made.document.id not in {each.document.id for each in self.records}, "told twice"
        found = accounts.of(made, original or made.document.id, paper)
        kept = [
            attrs.evolve(each, event=of or each.id) for of, each in zip(names, found, strict=True)
        ]
        self.records.append(made)
        self.accounts += kept
        return kept

    @property
    def actors(self) -> dict[str, Actor]:
        """All actors of the reports, by the ids that they have in a store."""
        return {
            id_: attrs.evolve(actor, id=id_)
            for record in self.records
            for actor in record.actors
            for id_ in [sides.shared_ids([actor])[actor.id]]
        }

    def on(self, day_: str, *, hindsight: bool = False) -> State:
        """Return the state of play on a day, as then known or with hindsight."""
        on = day(day_)
        return state_of(self.accounts, self.actors, self.parties, on, None if hindsight else on)

    def stored(self, store: Store) -> Store:
        """Add all reports to a store, and return it."""
        for record in self.records:
            store.add(record)
        return store


_BLAME = (
    "a lost anchor", "the price of diesel", "rude postcards", "an oil slick", "seal pups",
    "a torn flag", "night flights", "bad maps", "loud radios", "stolen buoys", "a sunk ferry",
    "fog signals", "late payments", "dumped ballast", "false weather reports", "cut cables",
    "whale counts", "old debts", "spilled paint", "forged licences", "a burnt pier", "drunk pilots",
    "broken scales", "missing mail", "wild geese", "a leaning lighthouse", "cold coffee",
    "lost luggage", "misspelt names", "an unpaid hotel", "dead batteries", "wet matches",
)  # fmt: skip


def busy(*parties: str) -> Quarrel:
    """Return a quarrel in which much else was said before, none of it of any state.

    How alike two accounts are is a matter of how rare their common words are in all accounts: of
    two reports alone, nothing can be told.
    """
    quarrel = Quarrel(*parties)
    first, second = quarrel.parties[:2]
    text = " ".join(f"One blamed the other for {what}." for what in _BLAME)
    blamed = [
        told("ACCUSE", what.split()[-1], first, second, after=f"for {what}.") for what in _BLAME
    ]
    quarrel.report("2021-01-01", text, *blamed, paper="Old News")
    return quarrel


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def told(type_: str, words: str, source: str = "", target: str = "", **more: Any) -> Told:
    """Return an event by words of a text; see `tests.store.reports.told`."""
    return reports.told(type_, words, source, target, **more)


def talks(words: str, parties: str = "ISL NOR", **more: Any) -> Told:
    """Return a meeting of parties, which stand on both sides of it."""
    return reports.talks(words, parties, **more)


def only(state: State, kind: Kind) -> Matter:
    """Return the one matter of a kind that there is."""
    (matter,) = state.of(kind)
    return matter


def states(state: State, kind: Kind) -> list[str]:
    """Return the states of all matters of a kind, in alphabetic order."""
    return sorted(matter.state for matter in state.of(kind))


def days(matters: Iterable[Matter]) -> list[str]:
    """Return the days of matters as ISO text, in order; "" for none."""
    return sorted(str(matter.day or "") for matter in matters)


def _statement(text: str, number: int, said: Said) -> Statement:
    start = text.index(said.words)
    return Statement(
        f"s{number}",
        said.speaker,
        None,
        _span(text, said.cue),
        (Span(start, start + len(said.words), said.words),),
        said.kind,
        said.addressee,
        said.via,
    )


def _condition(text: str, number: int, tied: Tied) -> Condition:
    return Condition(
        f"c{number}",
        tied.actor,
        tied.relation,
        _span(text, tied.consequent),
        _span(text, tied.condition),
    )


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)
