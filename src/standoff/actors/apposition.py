"""A name and an office side by side: "Kim Yong Chol, North Korea's chief negotiator, said".

Both are mentions, and of the same person. A name that no table has becomes a person of the state
that the office belongs to.
"""

from __future__ import annotations

from standoff.actors import tables
from standoff.actors.draft import Draft
from standoff.actors.model import Mention
from standoff.actors.names import name_span, text_of, words_of
from standoff.actors.offices import Offices, Said
from standoff.actors.people import People
from standoff.actors.tokens import GENITIVES, Tokens


def appositions(draft: Draft, people: People, offices: Offices) -> None:
    """Give every office that stands beside a name the person who is named."""
    tokens = draft.tokens
    by_start = {mention.start: mention for mention in draft.mentions}
    by_end = {mention.end: mention for mention in draft.mentions}
    offices_at = {said.start for said in offices.said}
    for said in list(offices.said):
        office = by_start.get(said.start)
        if office is None or said.kind not in ("holder", "person"):
            continue
        if office.actor in people.known:
            continue
        named = _before(draft, people, office, said, by_end)
        if named is None and (start := _behind_comma(tokens, office.end)):
            named = by_start.get(start)
            if named is None:
                end = name_span(tokens, start, draft.taken)
                named = _unlisted(draft, people, start, end, office, said)
        if named is None or named.actor not in people.known or named.start in offices_at:
            continue
        known = people.known[named.actor]
        if known.owner not in (None, tables.owner_of(office.actor)):
            continue
        actor = named.actor
        if known.owner is None:
            actor = people.rename(actor, tables.owner_of(office.actor), said.sector)
            by_start = {mention.start: mention for mention in draft.mentions}
            by_end = {mention.end: mention for mention in draft.mentions}
        known.offices.add(said.office)
        by_start[office.start] = draft.replace(office, actor)


def of_states(draft: Draft, people: People) -> None:
    """Give a name that no table has the state behind it: "Serhiy Derkach of Ukraine"."""
    tokens = draft.tokens
    states = {
        mention.start: mention.actor
        for mention in (*draft.mentions, *draft.places)
        if mention.actor in tables.countries()
    }
    for mention in list(draft.mentions):
        known = people.known.get(mention.actor)
        if known is None or known.owner is not None or not mention.actor.startswith("doc."):
            continue
        end = mention.end
        if end < len(tokens) and tokens.lower[end] in ("of", "from"):
            state = states.get(end + 1 + (tokens.lower[end + 1 : end + 2] == ["the"]))
            if state is not None:
                people.rename(mention.actor, state, "")


def unowned(draft: Draft, people: People, offices: Offices) -> None:
    """Give an office whose owner nobody says the person beside it: "Jane Doe, a spokeswoman"."""
    tokens = draft.tokens
    by_start = {mention.start: mention for mention in draft.mentions}
    by_end = {mention.end: mention for mention in draft.mentions}
    for chain in offices.chains:
        if chain.start in offices.used or chain.office.kind not in ("holder", "person"):
            continue
        if chain.plural or not draft.free(chain.start, chain.end):
            continue
        start = chain.start
        while start > 0 and start > chain.start - 4 and tokens.pos[start - 1] in ("ADJ", "PROPN"):
            start -= 1
        named = by_end.get(_comma_before(tokens, start) or -1) or by_start.get(
            _behind_comma(tokens, chain.end) or -1
        )
        if named is not None and named.actor in people.known:
            people.known[named.actor].offices.add(chain.office.name)
            people.note(named.actor, chain.start)
            draft.add(chain.start, chain.end, named.actor, "office", people.trait(named.actor))
            offices.used.add(chain.start)


def _before(
    draft: Draft, people: People, office: Mention, said: Said, by_end: dict[int, Mention]
) -> Mention | None:
    """Return the name that stands before an office and a comma."""
    tokens = draft.tokens
    end = _comma_before(tokens, office.start)
    if not end:
        return None
    if end in by_end:
        return by_end[end]
    start = end
    while (
        start > 0
        and end - start < 6
        and start - 1 not in draft.taken
        and tokens.sentence[start - 1] == tokens.sentence[end - 1]
        and (
            tokens.words[start - 1] == "-" or name_span(tokens, start - 1, draft.taken) > start - 1
        )
    ):
        start -= 1
    return _unlisted(draft, people, start, end, office, said)


def _comma_before(tokens: Tokens, start: int) -> int:
    """Return where the comma before an office, or before its article, is; 0 where none is."""
    index = start - 1
    while index > 0 and tokens.lower[index] in ("the", "a", "an"):
        index -= 1
    return index if index > 0 and tokens.words[index] == "," else 0


def _behind_comma(tokens: Tokens, end: int) -> int:
    """Return where a name behind an office and a comma starts; 0 where none can.

    The office may have a complement: "the ambassador to China, Terry Branstad".
    """
    index = end
    if index < len(tokens) and tokens.lower[index] in ("to", "of", "for", "in", "at"):
        while index < min(end + 6, len(tokens)) and tokens.words[index] != ",":
            index += 1
    if index + 1 < len(tokens) and tokens.words[index] == ",":
        return index + 1
    return 0


def _unlisted(
    draft: Draft, people: People, start: int, end: int, office: Mention, said: Said
) -> Mention | None:
    """Note a name of two words or more as a person of the office's state."""
    words = draft.tokens.words[start:end]
    if sum(word[:1].isalpha() for word in words) < 2 or not draft.free(start, end):
        return None
    if any(word in GENITIVES for word in words):
        return None
    name = text_of(draft.tokens, start, end)
    known = people.named(words_of(name), start)
    if known is not None:
        actor = known.actor
    else:
        actor = draft.name_unlisted(name, tables.owner_of(office.actor), said.sector)
    people.note(actor, start)
    return draft.add(start, end, actor, "name", people.trait(actor))
