"""Parties in one phrase: "the two sides", "either side", "both governments", "the three leaders".

They are the two that the sentence, or else the one before it, names, if it names just two; or those
that the text joins by "and"; or else the two that it has spoken of most, lately above all.
"""

from __future__ import annotations

from collections.abc import Iterator

from standoff.actors import tables
from standoff.actors.draft import MANY, Draft, party
from standoff.actors.model import Mention
from standoff.actors.people import People
from standoff.actors.tokens import SUBJECTS

TWO = frozenset(("two", "both", "either", "neither", "each", "three"))
PLURALS = frozenset(("sides", "governments", "militaries"))
"""Words that mean two parties even without a number."""
_SIDES = {
    noun: what
    for what in ("party", "state", "GOV", "MIL", "who")
    for noun in tables.cues("sides", what)
}
_HALF_LIFE = 2.0
"""Sentences after which a mention counts half."""
_EVER = 0.04
"""What a mention counts however long ago it was."""
_ADJECTIVE, _PLACE, _OTHER = 0.4, 0.3, 0.7


def name_group(draft: Draft, people: People, start: int) -> None:
    """Resolve the phrase that begins at token `start`, if it is one and two parties are known."""
    tokens = draft.tokens
    end = start
    while end < len(tokens) and end - start < 4 and tokens.lower[end] not in _SIDES:
        if end > start and tokens.lower[end] not in ("of", "the") and tokens.pos[end] != "ADJ":
            return
        end += 1
    if end >= len(tokens) or tokens.lower[end] not in _SIDES:
        return
    what = _SIDES[tokens.lower[end]]
    host = _hosts(draft, end)
    count = 3 if "three" in tokens.lower[start:end] else 2
    sides = (
        (_of_a_kind(draft, start, what) if count == 2 else [])
        or _nearest(draft, people, start, what, host, count)
        or (_coupled(draft, people, start, what, host) if count == 2 else [])
        or _foremost(draft, people, start, what, host, count)
    )
    if len(sides) == count:
        for actor in sides:
            whole = f"{actor}.{what}" if what in ("GOV", "MIL") else actor
            draft.add(start, end + 1, whole, "group", MANY)


def _hosts(draft: Draft, noun: int) -> set[str]:
    """Return the sides that do something to the two: "Egypt received the two ministers"."""
    tokens = draft.tokens
    verb = tokens.head[noun]
    if not tokens.parsed or tokens.dep[noun] in SUBJECTS or verb == noun:
        return set()
    return {
        party(mention.actor)
        for child in tokens.children[verb]
        if tokens.dep[child] in SUBJECTS
        for mention in draft.headed(child)
    }


def _coupled(draft: Draft, people: People, start: int, what: str, host: set[str]) -> list[str]:
    """Return the two that the text has joined by "and" most often so far, and lately."""
    tokens = draft.tokens
    sides = {
        mention.head: side
        for mention in (*draft.mentions, *draft.places)
        if mention.start < start and (side := _side(draft, people, mention, what))
    }
    counts: dict[tuple[str, str], int] = {}
    for head in sorted(sides):
        first = tokens.head[head]
        if tokens.dep[head] != "conj" or first not in sides:
            continue
        joined = [child for child in tokens.children[first] if tokens.dep[child] == "conj"]
        pair = sorted({sides[first], sides[head]})
        if len(joined) == 1 and len(pair) == 2 and not host & set(pair):
            # Put last anew, so that of equals the later one counts.
            counts[pair[0], pair[1]] = counts.pop((pair[0], pair[1]), 0) + 1
    if not counts:
        return []
    most = max(counts.values())
    return list([pair for pair, count in counts.items() if count == most][-1])


def _side(draft: Draft, people: People, mention: Mention, what: str) -> str:
    """Return the side that a mention counts for, "" where it is none."""
    if what == "who":
        return mention.actor if mention.actor in people.known else ""
    side = party(mention.actor)
    if side in tables.countries():
        return side
    if what == "party" and side in tables.bodies() and not side.startswith("MEDIA"):
        return side
    return ""


def _before(draft: Draft, start: int, number: int) -> Iterator[Mention]:
    for mention in draft.by_sentence.get(number, ()):
        if mention.start < start:
            yield mention


def _of_a_kind(draft: Draft, start: int, what: str) -> list[str]:
    """Return the only two states whose government, or whose forces, were named just before."""
    sentence = draft.tokens.sentence[start]
    found = {
        party(mention.actor)
        for number in range(sentence - 2, sentence + 1)
        for mention in _before(draft, start, number)
        if mention.actor.endswith(f".{what}")
    }
    return sorted(found) if len(found) == 2 and what in ("GOV", "MIL") else []


def _nearest(
    draft: Draft, people: People, start: int, what: str, host: set[str], count: int
) -> list[str]:
    """Return the only so many parties of the sentence so far, or of the one before."""
    sentence = draft.tokens.sentence[start]
    for number in (sentence, sentence - 1):
        found: dict[str, None] = {}
        for mention in sorted(_before(draft, start, number), key=lambda each: each.start):
            if mention.how not in ("adjective", "pronoun", "relative"):
                found.setdefault(_side(draft, people, mention, what))
        for side in ("", *host):
            found.pop(side, None)
        if len(found) == count:
            return list(found)
        if found:
            break
    return []


def _foremost(
    draft: Draft, people: People, start: int, what: str, host: set[str], count: int
) -> list[str]:
    """Return the parties that were named most, so many, the later ones counting more."""
    tokens = draft.tokens
    sentence = tokens.sentence[start]
    scores: dict[str, float] = {}
    for mention in (*draft.mentions, *draft.places):
        if mention.start >= start:
            continue
        side = _side(draft, people, mention, what)
        if not side or side in host:
            continue
        weight = 1.0 if tokens.dep[mention.head] in SUBJECTS else _OTHER
        if mention.how in ("country", "capital") and mention not in draft.traits:
            weight = _PLACE
        elif mention.how == "adjective":
            weight = _ADJECTIVE
        age = sentence - tokens.sentence[mention.start]
        scores[side] = scores.get(side, 0.0) + weight * (0.5 ** (age / _HALF_LIFE) + _EVER)
    best = sorted(scores, key=lambda side: -scores[side])[:count]
    return sorted(best)
