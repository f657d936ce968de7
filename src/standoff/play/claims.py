"""Commitments, demands and threats: announced, then fulfilled, refused, broken or withdrawn.

A claim is what one sentence announces: an act (a demand, a threat, a promise) and the deed that it
is about, which the record holds as an event that is requested, threatened or promised. Claims of
several reports are of one matter where the parties agree and the deeds do. A matter is fulfilled
when the party that owes the deed does it, by a later report.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Literal

import attrs

from standoff.play.gathering import Gathered, Told, compatible
from standoff.play.model import Matter, Step
from standoff.play.parties import Parties
from standoff.play.rules import table
from standoff.play.shelf import Shelf
from standoff.play.topics import Weights
from standoff.store.model import Account
from standoff.store.words import stems

ClaimKind = Literal["commitments", "demands", "threats"]

#: The part of the shorter topic that two claims of one matter share, and that a deed shares with
#: the claim that it fulfils. Rerun `benchmarks play` on a change.
SAME = 0.4
FULFILS = 0.4
#: A matter is known by so many of its newest claims: older ones speak of it as they do.
_LAST = 4


@attrs.frozen
class Terms:
    """What announces claims of a kind, who owes the deed, and what it is called when it is done.

    `content` are the statuses of what is announced; a deed of status `alone` is a claim even where
    no act announces it.
    """

    act: frozenset[str]
    content: frozenset[str]
    alone: str
    owed_by: str
    done: frozenset[str]
    fulfilled: str


@attrs.frozen
class _Claim:
    """What one sentence announces or says of an earlier claim."""

    step: Step
    source: frozenset[str]
    target: frozenset[str]
    topic: frozenset[str]
    told: tuple[Told, ...]
    due: datetime.date | None


@attrs.define
class _Thread:
    claims: list[_Claim] = attrs.field(factory=list)
    source: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    types: set[str] = attrs.field(factory=set)
    done: Step | None = None

    def add(self, claim: _Claim) -> None:
        """Add what one more sentence says of the matter."""
        answer = claim.step.kind == "demands" and claim.step.state == "refused"
        self.claims.append(claim)
        self.source |= claim.target if answer else claim.source
        self.target |= claim.source if answer else claim.target
        self.types |= {told.account.type for told in claim.told[1:]}


def claims(gathered: Gathered, kind: ClaimKind, on: datetime.date) -> list[Matter]:
    """Return the matters of a kind, in the order in which they were first announced."""
    terms = _terms()[kind]
    shelf: Shelf[_Thread] = Shelf()
    for claim in _announced(gathered, kind, terms):
        thread = _found(shelf, claim, gathered.weights)
        if thread is None and claim.step.state != _first(kind) and kind == "demands":
            # Somebody refused what nobody is known to have demanded.
            continue
        thread = thread or _Thread()
        thread.add(claim)
        for told in claim.told:
            account = told.account
            both = thread.source | thread.target
            shelf.put(thread, both, claim.topic, account.event, account.document)
    owed: Shelf[_Thread] = Shelf()
    for thread in shelf.all():
        owner = thread.source if terms.owed_by == "source" else thread.target
        for claim in thread.claims[-_LAST:]:
            account = claim.step.account
            owed.put(thread, owner, claim.topic, account.event, account.document)
    for told in gathered.told:
        if told.does and told.account.type in terms.done:
            _fulfil(owed, told, kind, terms, gathered.weights)
    return [_matter(thread, kind, terms, on) for thread in shelf.all()]


def _first(kind: ClaimKind) -> str:
    return "standing" if kind == "threats" else "open"


def _announced(gathered: Gathered, kind: ClaimKind, terms: Terms) -> Iterable[_Claim]:
    """Yield the claims of each document, in the order of the reports and sentences."""
    parties = gathered.parties
    for _, group in groupby(gathered.told, key=lambda each: each.account.document):
        held = list(group)
        contents = [
            each
            for each in held
            if each.account.status in terms.content and each.account.type in terms.done
        ]
        used: set[str] = set()
        for _, sentence in groupby(held, key=lambda each: each.account.sentence):
            there = list(sentence)
            # What is announced comes before what is said of it: "refused the appeals of Seoul".
            acts = sorted(_acts(there, kind, terms), key=lambda each: _answers(each, kind))
            for act in acts:
                step = act.step(kind)
                assert step is not None
                if act.account.status in terms.content or act.account.id in used:
                    continue
                mine = [each for each in contents if _announces(act, each, terms)]
                if step.state in _BY_WORDS and act.account.type not in terms.act:
                    mine += [each for each in there if each is not act and each not in mine]
                used |= {each.account.id for each in mine}
                yield _claim(step, act, mine, terms, parties)
            for each in there:
                if (
                    each in contents
                    and each.account.id not in used
                    and _announces_itself(each, held, kind, terms)
                ):
                    step = Step(kind, _first(kind), each.account, each.account.day, False)
                    yield _claim(step, each, [each], terms, parties)


def _announces_itself(content: Told, held: Sequence[Told], kind: ClaimKind, terms: Terms) -> bool:
    """Tell whether a deed that is wanted or threatened is a claim without an act that says so."""
    return content.account.status == terms.alone and not any(
        act.step(kind) is not None and _announces(act, content, terms) for act in held
    )


def _answers(told: Told, kind: ClaimKind) -> bool:
    step = told.step(kind)
    return step is not None and step.state != _first(kind)


def _acts(held: Sequence[Told], kind: ClaimKind, terms: Terms) -> list[Told]:
    """Return the accounts of a sentence that announce something or tell of an earlier claim.

    Where words of the sentence say that a claim was kept, broken, withdrawn…, they say it of one:
    the account of the claim itself, or the first of all.
    """
    acts = [each for each in held if each.step(kind) is not None]
    told = [each for each in acts if (s := each.step(kind)) and s.state in _BY_WORDS]
    if not told:
        return acts
    claims_ = [each for each in told if each.account.type in terms.act]
    return claims_[:1] or told[:1]


#: States that the words of a sentence give, whatever its events are.
_BY_WORDS = frozenset({"kept", "broken", "met", "withdrawn", "carried out"})


def _announces(act: Told, content: Told, terms: Terms) -> bool:
    """Tell whether an act is what announces a deed: a word for it stands in the deed's sentence."""
    start, end = content.account.sentence
    spans = (act.account.anchor, *act.account.mentions)
    if act.account.status in terms.content or not any(start <= s.start < end for s in spans):
        return False
    if terms.owed_by == "source":
        return compatible(act.source, content.source)
    return compatible(act.target, content.source) and act.source != content.source


def _claim(
    step: Step, act: Told, contents: Sequence[Told], terms: Terms, parties: Parties
) -> _Claim:
    deeds = [each for each in contents if each is not act]
    source, target = act.source, act.target
    if act.account.status in terms.content and terms.owed_by == "target":
        # A deed that is demanded is owed by its doer; who demands it is who says so.
        sayers = (link.actor for link in act.account.said_by[:1] if link.actor)
        source, target = parties.sides(sayers), act.source
    elif terms.owed_by == "target":
        target = target or frozenset[str]().union(*(each.source for each in deeds))
    else:
        target = target or frozenset[str]().union(*(each.target for each in deeds))
    topic = frozenset[str]().union(*(each.topic for each in deeds)) or act.topic
    topic -= _bare()
    due = next((each.account.end for each in (*deeds, act) if each.account.end), None)
    return _Claim(step, source, target - source or target, topic, (act, *deeds), due)


def _found(shelf: Shelf[_Thread], claim: _Claim, weights: Weights) -> _Thread | None:
    answer = claim.step.kind == "demands" and claim.step.state == "refused"
    mine, theirs = (claim.target, claim.source) if answer else (claim.source, claim.target)
    for told in claim.told:
        same = shelf.of_event(told.account.event)
        if same is not None and compatible(same.source, mine) and compatible(same.target, theirs):
            return same
    best: tuple[float, _Thread] | None = None
    report = claim.step.account.document
    # Whom a refusal answers it need not say: "refused the demand".
    asked = mine or theirs
    for thread in shelf.near(asked, claim.topic, report):
        last = thread.claims[-1].step.account
        if answer and thread.target & theirs and _beside(last, claim.step.account):
            # In the next sentence a refusal answers, whomever the reader takes it to be of.
            best = SAME, thread
            continue
        if not compatible(thread.source, mine) or not compatible(thread.target, theirs):
            continue
        if not (thread.target & theirs if answer else thread.source & mine):
            continue
        if _takes_up(thread, claim):
            return thread
        score = max(weights.shared(claim.topic, each.topic) for each in thread.claims[-_LAST:])
        if score >= SAME and (best is None or score >= best[0]):
            best = score, thread
    if best is None and claim.step.state in _BY_WORDS:
        return _only_one(shelf, claim)
    return best[1] if best else None


def _only_one(shelf: Shelf[_Thread], claim: _Claim) -> _Thread | None:
    """Return the matter that "Vucic takes back threat" must be of: the only one that is open.

    Of several, the only one of the same person.
    """
    account = claim.step.account
    still = [
        thread
        for thread in shelf.all()
        if thread.source & claim.source
        and compatible(thread.target, claim.target)
        and all(each.step.state == thread.claims[0].step.state for each in thread.claims)
    ]
    if len(claim.topic) > _BARE:
        words = claim.topic
        still = [t for t in still if any(words & each.topic for each in t.claims)]
    own = [t for t in still if set(t.claims[0].step.account.source) & set(account.source)]
    return own[0] if len(own) == 1 else still[0] if len(still) == 1 else None


#: A claim with more words of its own than these says itself what it is about.
_BARE = 2


def _takes_up(thread: _Thread, claim: _Claim) -> bool:
    """Tell whether a bare "the threat" speaks of what the same report announced just before."""
    last, now = thread.claims[-1].step.account, claim.step.account
    bare = len(claim.told) == 1 and now.type == last.type and _NOUN.search(_before(now))
    if bare and _OWNED.search(_before(now)) and last.document == now.document:
        return True  # "Pyongyang's warning", however long after
    return bool(bare or not claim.topic) and _beside(last, now)


_OWNED = re.compile(r"[’']s?\s+(\w+\s+)?$")
_NOUN = re.compile(
    r"(\b(the|this|that|its|his|her|their|such an?)|[’']s?)\s+(\w+\s+)?$", re.IGNORECASE
)


def _before(account: Account) -> str:
    return account.sentence_text[: max(0, account.anchor.start - account.sentence[0])]


#: Characters between two sentences of which the second may take up what the first announced.
_NEARBY = 250


def _beside(a: Account, b: Account) -> bool:
    """Tell whether two accounts stand in the same sentence of a report, or soon after."""
    return a.document == b.document and abs(b.sentence[0] - a.sentence[1]) <= _NEARBY


def _fulfil(
    owed: Shelf[_Thread], told: Told, kind: ClaimKind, terms: Terms, weights: Weights
) -> None:
    """Let a deed that was done fulfil the claim that it is most like, if any."""
    best: tuple[float, _Thread] | None = None
    account = told.account
    for thread in owed.near(told.source, told.topic):
        if thread.done is not None or not _later(told, thread.claims[0].step.account):
            continue
        if thread.types and account.type not in thread.types | _kin(thread.types):
            continue
        score = max(weights.shared(told.topic, each.topic) for each in thread.claims[-_LAST:])
        if score >= FULFILS and (best is None or score > best[0]):
            best = score, thread
    if best is not None:
        step = Step(kind, terms.fulfilled, account, account.day, account.start is not None)
        best[1].done = step


def _kin(types: set[str]) -> set[str]:
    """Return types that stand for the same deed in other words."""
    giving, taking = {"CONCEDE", "RETREAT", "SUPPORT"}, {"SANCTION", "COERCE"}
    return (giving if types & giving else set()) | (taking if types & taking else set())


def _later(told: Told, first: Account) -> bool:
    """Tell whether a deed is told by a later report, and not as older than its announcement."""
    account, announced = told.account, first.published
    if account.published is None or announced is None or account.published <= announced:
        return False
    return account.start is None or account.start >= (first.start or announced)


def _matter(thread: _Thread, kind: ClaimKind, terms: Terms, on: datetime.date) -> Matter:
    steps = [claim.step for claim in thread.claims]
    if thread.done is not None:
        steps.append(thread.done)
    steps.sort(key=lambda step: (str(step.account.published or ""), step.account.anchor.start))
    decisive = [step for step in steps if step.state != _first(kind)]
    since = decisive[-1] if decisive else steps[-1]
    due = next((claim.due for claim in reversed(thread.claims) if claim.due), None)
    state = since.state
    if kind == "commitments" and state == "open" and due is not None and due < on:
        state = "overdue"
    first = thread.claims[0]
    deeds = [each.account for claim in reversed(thread.claims) for each in claim.told[1:]]
    ties = [
        tie for claim in reversed(thread.claims) for told in claim.told for tie in told.account.ties
    ]
    return Matter(
        kind,
        state,
        _parties(first.step.account.source, thread.source),
        _parties(first.step.account.target, thread.target),
        due if kind == "commitments" and state in ("open", "overdue") else since.day,
        None,
        tuple(attrs.evolve(step, state=state) if step is since else step for step in steps),
        ties[0] if ties else None,
        deeds[0] if deeds and since.state == _first(kind) else None,
    )


def _parties(named: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(named) or tuple(sorted(known))


@cache
def _bare() -> frozenset[str]:
    return stems(table("claims")["bare"])


@cache
def _terms() -> dict[str, Terms]:
    return {
        kind: Terms(
            frozenset(entry["act"]),
            frozenset(entry["content"]),
            entry["alone"],
            entry["owed_by"],
            frozenset(entry["done"]),
            entry["fulfilled"],
        )
        for kind, entry in table("claims").items()
        if kind != "bare"
    }
