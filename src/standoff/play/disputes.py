"""Disputed accounts: events of which one says this and another that.

Versions of an event come from whoever is quoted on it, and from the reports themselves. Two
versions are opposed if they differ in what became of it (`data/outcomes.toml`: held and called off,
called off and only postponed, done and denied), or agree that it was called off and name another
side that did it. What merely follows in time, as planned and then held, is no dispute.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from standoff.play.gathering import Gathered
from standoff.play.model import Dispute, Matter, Version
from standoff.play.parties import Parties
from standoff.record import Actor
from standoff.store.model import Account
from standoff.store.words import stems

_DISPUTING = frozenset({"denies", "doubts"})
_CLAIMS = {
    "cancelled": "called off", "postponed": "postponed",
    "actual": "took place", "ended": "took place",
}  # fmt: skip
#: Claims that cannot be true together. Who called it off is compared where both say so.
_OPPOSED = (
    ("took place", "called off"), ("took place", "postponed"), ("took place", "denied"),
    ("called off", "postponed"), ("called off", "denied"), ("postponed", "denied"),
)  # fmt: skip


def disputes(
    gathered: Gathered, talks: Sequence[Matter], actors: Mapping[str, Actor]
) -> list[Dispute]:
    """Return what accounts differ about: meetings first, then other events, the oldest first."""
    found = [
        d for matter in talks if (d := _made(matter.accounts, actors, gathered.parties)) is not None
    ]
    seen = {version.account.event for dispute in found for version in dispute.versions}
    by_event: dict[str, list[Account]] = {}
    for told in gathered.told:
        if told.account.event not in seen and told.account.type != "CONSULT":
            by_event.setdefault(told.account.event, []).append(told.account)
    found += _answered(gathered)
    found += [
        d
        for group in by_event.values()
        if (d := _made(group, actors, gathered.parties)) is not None
    ]
    return list(_once(found))


def _once(found: Iterable[Dispute]) -> Iterator[Dispute]:
    """Yield disputes without those about the same sentence as one before."""
    seen: set[tuple[str, tuple[int, int]]] = set()
    for dispute in found:
        place = dispute.about.document, dispute.about.sentence
        if place not in seen:
            seen.add(place)
            yield dispute


#: Characters between an accusation and the answer to it, at most.
_SOON = 250
_CLAIM = re.compile(
    r"\b(accus|alleg|charge|claim|version|report|fabricat|untrue|false|baseless)", re.IGNORECASE
)


def _answered(gathered: Gathered) -> Iterator[Dispute]:
    """Yield accusations that the accused dismiss in the next sentences."""
    told = gathered.told
    for place, each in enumerate(told):
        account = each.account
        if account.type != "ACCUSE" or not each.target:
            continue
        for answer in told[place + 1 : place + 4]:
            other = answer.account
            if other.document != account.document or other.type not in ("REJECT", "ACCUSE"):
                continue
            soon = 0 <= other.sentence[0] - account.sentence[1] <= _SOON
            if soon and answer.source & each.target and _CLAIM.search(other.sentence_text):
                denier = next(iter(other.source), None)
                alleged = Version("alleged", account)
                yield Dispute(account, "status", (alleged, Version("denied", other, denier=denier)))
                break


def _made(
    accounts: Sequence[Account], actors: Mapping[str, Actor], parties: Parties
) -> Dispute | None:
    """Return the dispute that accounts of one thing are in, or None where they agree."""
    versions = list(
        _distinct(v for account in accounts for v in _versions(account, actors, parties))
    )
    opposed = [
        version
        for version in versions
        if any(_oppose(version, other) for other in versions if other is not version)
    ]
    voices = {_voice(version) for version in opposed}
    if len(voices) < 2:
        return None
    claims = {version.claim for version in opposed}
    return Dispute(accounts[0], "status" if len(claims) > 1 else "source", tuple(opposed))


def _distinct(versions: Iterator[Version]) -> Iterator[Version]:
    seen: set[tuple[str, str | None, str]] = set()
    for version in versions:
        key = version.claim, version.by, _voice(version)
        if key not in seen:
            seen.add(key)
            yield version


def _versions(account: Account, actors: Mapping[str, Actor], parties: Parties) -> Iterator[Version]:
    quoted: set[str] = set()
    deniers = {link.actor for link in account.said_by}
    for telling in account.tellings:
        found = outcome(telling.content.text)
        before = telling.content.end <= account.sentence[0]
        if before and account.status == "denied" and telling.speaker not in deniers:
            quoted.add("took place")
            yield Version("took place", account, None, telling)
        elif found is not None and (telling.speaker or telling.words):
            claim, at = found
            by = (
                _doer(telling.content.text, at, account, actors, parties)
                if claim == "called off"
                else None
            )
            quoted.add(claim)
            yield Version(claim, account, by, telling)
    for link in account.said_by:
        told = {telling.speaker for telling in account.tellings} if quoted else set()
        if link.stance in _DISPUTING and link.actor not in told:
            yield Version("denied", account, None, None, link.actor or link.text)
    spoken = {telling.speaker for telling in account.tellings}
    for denial in account.denials:
        told = {link.actor for link in account.said_by if link.stance not in _DISPUTING}
        # Who takes back his own word disputes nobody's.
        if denial.speaker not in told | spoken:
            yield Version("denied", account, None, denial, denial.speaker or denial.words)
    # The report's own word counts where nobody is quoted with the same.
    if quoted and (account.type == "REJECT" or _CLAIMS.get(account.status) in quoted):
        return
    if account.type == "REJECT" and outcome(account.anchor.text) is not None:
        by = min(parties.sides(account.source), default=None)
        yield Version("called off", account, by)
    elif account.status in _CLAIMS and account.type != "REJECT":
        yield Version(_CLAIMS[account.status], account)


def _oppose(a: Version, b: Version) -> bool:
    if _voice(a) == _voice(b):
        return False
    if a.claim == b.claim:
        return a.claim == "called off" and a.by is not None and b.by is not None and a.by != b.by
    quoted = (
        a.telling or b.telling or a.denier or b.denier or a.account.said_by or b.account.said_by
    )
    # A report that a meeting is off and a later one that it was held follow each other in time.
    same_day = a.account.published == b.account.published
    known = (a.claim, b.claim) in _OPPOSED or (b.claim, a.claim) in _OPPOSED
    return known and bool(quoted) and (same_day or a.denier is not None or b.denier is not None)


def _voice(version: Version) -> str:
    """Return whose word a version is: the speaker's, else the outlet's."""
    if version.telling is not None:
        return version.telling.speaker or version.telling.words or ""
    if version.denier is not None:
        return version.denier
    for link in version.account.said_by:
        if link.stance not in _DISPUTING and (link.actor or link.text):
            return link.actor or link.text or ""
    return version.account.outlet


def outcome(words: str) -> tuple[str, int] | None:
    """Return what words say became of something, and where they say it; None where they do not.

    Where several outcomes are named, the first one counts: "not cancelled but postponed" is read
    as its second by the negation before the first.
    """
    words = words[:_LONGEST]
    found = [
        (match.start(), name)
        for name, each in _outcomes()
        for match in each.finditer(words)
        if not _NEGATED.search(words[: match.start()])
    ]
    return (min(found)[1], min(found)[0]) if found else None


#: Characters of a quotation that are looked through.
_LONGEST = 1000
_NEGATED = re.compile(r"(\b(not|never|nobody|nothing|no one)|n[’']t)\b[\w\s]{0,20}$", re.IGNORECASE)


def _doer(
    text: str, at: int, account: Account, actors: Mapping[str, Actor], parties: Parties
) -> str | None:
    """Return the side whose name stands nearest before the word at `at`, or behind "by"."""
    agent = re.search(r"\bby\b(.*)", text[at:], re.DOTALL)
    where = agent[1] if agent else text[:at]
    best: tuple[int, str] | None = None
    for side in parties.sides((*account.source, *account.target)):
        names = _names(side, account, actors, parties)
        places = [m.start() for m in re.finditer(r"\w+", where) if stems(m[0]) & names]
        if places:
            place = -places[0] if agent else places[-1]
            best = max(best or (place, side), (place, side))
    return best[1] if best else None


def _names(
    side: str, account: Account, actors: Mapping[str, Actor], parties: Parties
) -> frozenset[str]:
    from standoff.play.gathering import names_of

    ids = {actor for actor in (*account.source, *account.target) if parties.side(actor) == side}
    return names_of([actors[id_] for id_ in {*ids, side} if id_ in actors], side)


@cache
def _outcomes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = (resources.files("standoff.play") / "data/outcomes.toml").read_text("utf-8")
    return tuple((name, re.compile(each, re.I)) for name, each in tomllib.loads(text).items())
