"""Noun phrases around a word for an office: whose it is, what stands between, who is named.

"North Korea's chief negotiator Kim Yong Chol" is an owner (a state, by its name in the genitive),
a chain of words for offices and a name. The owner may also be an adjective ("the North Korean
regime"), a body ("a State Department spokesman"), a person ("the Trump administration"), follow
with "of" ("the government of Mali"), or be one of several ("US and South Korean marines").
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import attrs

from standoff.actors import tables
from standoff.actors.draft import MANY, SOMEONE, THING
from standoff.actors.lexicon import (
    ADJECTIVE,
    BODY,
    COUNTRY_KINDS,
    GROUP,
    METONYM,
    NAME,
    SEAT,
    Hit,
    Role,
)
from standoff.actors.tables import cues
from standoff.actors.tokens import GENITIVES, Tokens

FORMER = cues("phrases", "former")
DEPUTY = cues("phrases", "deputy")
_FILLER_POS = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))
_FUNCTION = cues("phrases", "function")
_FARTHEST = 4


@attrs.frozen
class Owner:
    """What an office belongs to: an actor, its tokens, and how it was named."""

    start: int
    end: int
    actor: str
    kind: str
    adjectival: bool


@attrs.frozen
class Chain:
    """Words for offices that stand side by side ("opposition leader"); the last one counts."""

    start: int
    end: int
    roles: tuple[Role, ...]

    @property
    def office(self) -> tables.Office:
        """Return the office that the phrase ends in."""
        return self.roles[-1].office

    @property
    def plural(self) -> bool:
        """Tell whether the phrase means more than one."""
        return self.roles[-1].plural

    @property
    def trait(self) -> str:
        """Return which pronoun fits the phrase."""
        if self.plural or self.office.kind == "people":
            return MANY
        return THING if self.office.kind == "body" else SOMEONE


@attrs.frozen
class Possession:
    """The owners of a chain, the nearest last, and where the whole phrase begins."""

    start: int
    owners: tuple[Owner, ...]
    genitive: bool
    modifiers: frozenset[str]


def chains(tokens: Tokens, roles: Iterable[Role]) -> list[Chain]:
    """Join words for offices that follow each other; leave out those that are no nouns here."""
    found: list[Chain] = []
    run: list[Role] = []
    for role in roles:
        if run and (run[-1].end != role.start or run[-1].plural):
            found += _closed(tokens, run)
            run = []
        run.append(role)
    return found + _closed(tokens, run)


def _closed(tokens: Tokens, run: list[Role]) -> list[Chain]:
    while run and tokens.tagged and not _noun(tokens, run[-1]):
        run = run[:-1]
    return [Chain(run[0].start, run[-1].end, tuple(run))] if run else []


def _noun(tokens: Tokens, role: Role) -> bool:
    pos = tokens.pos[role.end - 1]
    if pos in ("NOUN", "PROPN", "X"):
        return True
    return pos == "ADJ" and tokens.lower[role.end - 1] in ("military", "rebel", "militant")


def owner_of_hit(tokens: Tokens, hit: Hit) -> Owner | None:
    """Return a name from the lexicon as an owner of offices."""
    if hit.part or _prefixed(tokens, hit.start):
        return None
    body = hit.entry(BODY)
    if body is not None and hit.entry(SEAT) is None:
        return Owner(hit.start, hit.end, body.id, BODY, True)
    group = hit.entry(GROUP)
    if group is not None:
        return Owner(hit.start, hit.end, group.id, GROUP, True)
    entry = hit.entry(ADJECTIVE) or hit.entry(NAME, SEAT) or hit.entry(METONYM)
    if entry is None:
        return None
    short = entry.kind == ADJECTIVE or (hit.text.isupper() or "." in hit.text)
    actor = f"{entry.id}.GOV" if entry.kind == METONYM else entry.id
    return Owner(hit.start, hit.end, actor, entry.kind, short)


def _prefixed(tokens: Tokens, start: int) -> bool:
    """Tell whether "pro-", "anti-" or "non-" stands before a name."""
    return (
        start > 1
        and tokens.words[start - 1] == "-"
        and tokens.lower[start - 2] in ("pro", "anti", "non", "post", "pre")
    )


def possession(tokens: Tokens, start: int, owners: dict[int, Owner]) -> Possession | None:
    """Return what the phrase before the token `start` says of owners and modifiers.

    `owners` maps the end of each owner to it. None where neither is found.
    """
    index, fillers = start - 1, 0
    modifiers: set[str] = set()
    first = start
    sentence = tokens.sentence[start]
    while index >= 0 and tokens.sentence[index] == sentence:
        owner = owners.get(index + 1)
        genitive = False
        if owner is None and tokens.words[index] in GENITIVES:
            owner = owners.get(index)
            if owner is None:
                break
            genitive = True
        if owner is not None:
            if not genitive and not _together(tokens, owner, start):
                break
            found = [owner] if genitive else _joined(tokens, owner, owners)
            begin, before = _modified(tokens, found[0].start)
            return Possession(begin, tuple(found), genitive, frozenset(modifiers | before))
        word = tokens.lower[index]
        if word in FORMER or word in DEPUTY:
            modifiers.add(word)
            index -= 1
            first = index + 1
        elif word == "-" and index and tokens.lower[index - 1] == "ex":
            modifiers.add("ex")
            index -= 2
            first = index + 1
        elif _filler(tokens, index, owners) and fillers < _FARTHEST:
            fillers += 1
            index -= 1
        else:
            break
    return Possession(first, (), False, frozenset(modifiers)) if modifiers else None


def _modified(tokens: Tokens, start: int) -> tuple[int, set[str]]:
    """Return where a phrase begins with its "former" or "ex-", and these words."""
    if start and tokens.lower[start - 1] in FORMER and tokens.lower[start - 1] != "late":
        return start - 1, {tokens.lower[start - 1]}
    if start > 1 and tokens.words[start - 1] == "-" and tokens.lower[start - 2] == "ex":
        return start - 2, {"ex"}
    return start, set()


def _filler(tokens: Tokens, index: int, owners: dict[int, Owner]) -> bool:
    """Tell whether a word may stand between an owner and the office."""
    word = tokens.lower[index]
    if word == "-":
        return index not in owners
    if word in _FUNCTION or not word[:1].isalnum():
        return False
    if tokens.tagged:
        return tokens.pos[index] in _FILLER_POS or (
            tokens.pos[index] == "VERB" and tokens.dep[index] == "amod"
        )
    return tokens.words[index].islower() or tokens.words[index].istitle()


def _together(tokens: Tokens, owner: Owner, start: int) -> bool:
    """Tell whether the tree does not put a noun as owner into another phrase than the office."""
    if not tokens.parsed or owner.adjectival or owner.end == start:
        return True
    index = tokens.head_of(owner.start, owner.end)
    for _ in range(4):
        index = tokens.head[index]
        if index >= owner.end:
            return True
    return False


def _joined(tokens: Tokens, owner: Owner, owners: dict[int, Owner]) -> list[Owner]:
    """Return an owner with those that "and", a hyphen or a comma join to it, in text order."""
    found = [owner]
    while owner.adjectival or len(found) > 1:
        index = found[0].start - 1
        if index < 1 or tokens.lower[index] not in ("and", "or", "-", "–", "/", "&", ","):
            break
        if tokens.words[index] == "," and len(found) == 1:
            break
        before = owners.get(index)
        if before is None and tokens.lower[index] == "and" and tokens.words[index - 1] == ",":
            before = owners.get(index - 1)
        if before is None or not before.adjectival or before.kind not in COUNTRY_KINDS:
            break
        found.insert(0, before)
    return found


def behind(
    tokens: Tokens, chain: Chain, starts: dict[int, Owner], offices: Container[int]
) -> tuple[list[Owner], int, str]:
    """Return owners that follow a chain with "of" or "in", where they end, and the preposition.

    `starts` maps the start of each owner to it; `offices` are the starts of all chains.
    """
    index = chain.end
    if index >= len(tokens) or tokens.lower[index] not in ("of", "in", "for", "from"):
        return [], chain.end, ""
    preposition = tokens.lower[index]
    index += 1
    while index < len(tokens) and (tokens.lower[index] in ("the", "both") or _bare(tokens, index)):
        if index in starts:
            break
        index += 1
    found: list[Owner] = []
    end = chain.end
    while index in starts and not tokens.genitive(starts[index].end):
        owner = starts[index]
        if owner.end in offices or not closes(tokens, owner.end):
            break
        if owner.kind == ADJECTIVE and not tokens.words[owner.start].isupper():
            break
        found.append(owner)
        end = index = owner.end
        if index + 1 < len(tokens) and tokens.lower[index] in ("and", ","):
            index += 1
            if tokens.lower[index] in ("and", "the"):
                index += 1
        else:
            break
    return found, end, preposition


def closes(tokens: Tokens, index: int) -> bool:
    """Tell whether a noun phrase ends before a token: no noun and no hyphen follows."""
    if index >= len(tokens):
        return True
    return tokens.words[index] not in "-–" and tokens.pos[index] not in ("NOUN", "ADJ")


def _bare(tokens: Tokens, index: int) -> bool:
    """Tell whether a word may stand between "of the" and the owner's name."""
    return tokens.lower[index] in ("neighbouring", "neighboring", "ousted", "newly")
