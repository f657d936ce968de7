"""What every table is made from: which accounts it takes, their pairs of parties, their codes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from standoff import ontology
from standoff.errors import UnknownLabelError
from standoff.exchange.countries import countries
from standoff.exchange.profiles import single_line
from standoff.record import Actor
from standoff.store.model import Account, StoredEvent

Pair = tuple[Actor | None, Actor | None]

#: A table without a column for the status says of everything in it that it happened. What was only
#: threatened, planned or denied must not stand there, unless somebody asks for it.
ACTUAL: Collection[str] = frozenset({"actual"})

#: Up to 15 digits are held exactly by spreadsheets, R and JavaScript, whose numbers are doubles.
_LARGEST = 10**15 - 1
_NUMBER = re.compile(r"(?:[a-z-]+:)?([1-9][0-9]{0,14})")
_SECTOR = re.compile(r"[A-Z]{3}")


def kept(
    accounts: Iterable[Account], statuses: Collection[str], left_out: Counter[str]
) -> Iterator[Account]:
    """Yield the accounts that a table without status and review may hold; count the others."""
    for account in accounts:
        if account.review == "rejected":
            left_out["rejected by a reviewer"] += 1
        elif account.status not in statuses:
            left_out[f"status {account.status}"] += 1
        else:
            yield account


def told(
    events: Iterable[StoredEvent], statuses: Collection[str], left_out: Counter[str]
) -> Iterator[tuple[Account, StoredEvent]]:
    """Yield each event with its kept accounts only, and the account that its row follows.

    That is the first that a reviewer confirmed or corrected, else the oldest.
    """
    for event in events:
        accounts = tuple(kept(event.accounts, statuses, left_out))
        if accounts:
            confirmed = (a for a in accounts if a.review in ("accepted", "corrected"))
            yield next(confirmed, accounts[0]), attrs.evolve(event, accounts=accounts)


def actor(id: str, actors: Mapping[str, Actor]) -> Actor:
    """Return the actor of an id; one that is not in `actors` is known by its id only."""
    found = actors.get(id)
    if found is None:
        country, _, rest = id.partition(".")
        known = countries().get(country)
        sector = rest.partition(".")[0]
        found = Actor(
            id=id,
            name=known.name if known and not rest else id,
            country=country if known else None,
            sectors=(sector,) if known and _SECTOR.fullmatch(sector) else (),
        )
    name, sectors = single_line(found.name) or single_line(id), dict.fromkeys(found.sectors)
    return attrs.evolve(found, name=name, sectors=tuple(sectors))


def sides(account: Account, actors: Mapping[str, Actor]) -> tuple[list[Actor], list[Actor]]:
    """Return the parties of an account; where none is known, the words, as an actor without id."""
    return (
        _side(account.source, account.source_words, actors),
        _side(account.target, account.target_words, actors),
    )


def _side(ids: tuple[str, ...], words: str | None, actors: Mapping[str, Actor]) -> list[Actor]:
    if not ids and words and single_line(words):
        return [Actor("", single_line(words))]
    return [actor(id, actors) for id in dict.fromkeys(ids)]


def pairs(account: Account, actors: Mapping[str, Actor]) -> list[Pair]:
    """Return the pairs of source and target, None for an unknown one; at least one pair.

    A party makes no pair with itself where it stands in other pairs on both sides: of talks between
    A and B there are A to B and B to A, as in all tables of this kind.
    """
    sources, targets = sides(account, actors)
    first: Sequence[Actor | None] = sources or (None,)
    second: Sequence[Actor | None] = targets or (None,)
    found: list[Pair] = []
    for source in first:
        for target in second:
            itself = source is not None and source == target
            if not (itself and len(sources) > 1 and len(targets) > 1):
                found.append((source, target))
    return found


def cameo_of(account: Account) -> ontology.CameoCode | None:
    """Return the CAMEO code of an account, else the best for its type; None where it has none.

    A bare root is written as its general code (``19`` as ``190``), which means the same.
    """
    try:
        found = ontology.cameo(account.cameo or "")
    except UnknownLabelError:
        try:
            found = ontology.cameo_for(account.type, _mode(account), _contexts(account))
        except UnknownLabelError:
            return None
    if len(found.code) > 2:
        return found
    return ontology.cameo("200" if found.code == "20" else f"{found.code}0")


def _mode(account: Account) -> str | None:
    try:
        return ontology.mode(account.type, account.mode).name if account.mode else None
    except UnknownLabelError:
        return None


def _contexts(account: Account) -> list[str]:
    known = {context.name for context in ontology.contexts()}
    return [context for context in account.contexts if context in known]


def goldstein_of(account: Account, code: ontology.CameoCode) -> float:
    """Return the Goldstein score of an account, else that of its code."""
    return float(code.goldstein if account.goldstein is None else account.goldstein)


def pair_id(id: str, pair: Pair, of: int) -> str:
    """Return what tells a row of an account from its others: its id where it has one pair only."""
    source, target = ((side.id or side.name) if side else "" for side in pair)
    return id if of == 1 else f"{id} {source} {target}"


def number(id: str) -> int:
    """Return the number that stands for an id where a format wants one: 1 to 15 digits.

    An id that is a number, with the name of a data set before it ("icews:123"), keeps that number;
    others get one from their SHA-256. Among a million ids two share a number once in 2,000 times.

    >>> number("icews:123"), number("123"), number("a7k2m4q6t3w5x")
    (123, 123, 459483444289551)
    """
    match = _NUMBER.fullmatch(id)
    if match is not None:
        return int(match[1])
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
    return 1 + int.from_bytes(digest[:16], "big") % _LARGEST


def sentence_of(account: Account, texts: Mapping[str, str] | None) -> str | None:
    """Return the sentence of an account, else out of its document's text; None without both."""
    text = (texts or {}).get(account.document, "")
    return account.sentence_text or text[slice(*account.sentence)] or None


@attrs.frozen
class Whereabouts:
    """A place by the levels of a table; a settlement is what is no division and no country."""

    city: str | None
    province: str | None
    country: str | None

    @classmethod
    def of(cls, account: Account) -> Whereabouts:
        """Return the whereabouts of an account; `country` is our id of a known country."""
        known = countries().get(account.country or "")
        place, province = single_line(account.place or ""), single_line(account.admin1 or "")
        above = {province, account.country, known.name if known else None}
        return cls(
            city=place if place and place not in above else None,
            province=province or None,
            country=known.id if known else None,
        )
