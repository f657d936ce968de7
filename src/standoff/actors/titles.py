"""Names behind a title or a form of address: "US Secretary of State Mike Pompeo", "Mr Kim"."""

from __future__ import annotations

from standoff.actors import tables
from standoff.actors.draft import Draft
from standoff.actors.lexicon import BODY, PERSON
from standoff.actors.names import HONORIFICS, gender_of, name_span, text_of
from standoff.actors.offices import Offices, Said, sector_of
from standoff.actors.people import People, by_ends
from standoff.actors.phrases import DEPUTY, FORMER, Chain, Owner, behind, possession


def titled(draft: Draft, people: People, offices: Offices) -> None:
    """Note everybody who is named behind a title, with the title as part of the mention."""
    for chain in offices.chains:
        if chain.office.title and not chain.plural and chain.end < len(draft.tokens):
            _titled(draft, people, offices, chain)


def _titled(draft: Draft, people: People, offices: Offices, chain: Chain) -> None:
    tokens = draft.tokens
    owned = possession(tokens, chain.start, offices.owners)
    start = owned.start if owned else chain.start
    owners, name_at = list(owned.owners) if owned else [], chain.end
    if not owners:
        after, end, preposition = behind(tokens, chain, offices.starts, offices.chain_at)
        if after and preposition == "of":
            owners, name_at = after[:1], end
    if name_at + 1 < len(tokens) and tokens.lower[name_at] in HONORIFICS:
        name_at += 2 if tokens.words[name_at + 1] == "." else 1
    if name_at >= len(tokens) or tokens.sentence[name_at] != tokens.sentence[chain.start]:
        return
    owner = owners[-1] if owners else None
    home = tables.owner_of(owner.actor) if owner else chain.office.home
    hit = offices.hits.get(name_at)
    others = set(offices.hits) - {name_at}
    if hit is not None and hit.end == name_at + 1 and name_span(tokens, name_at, others) > hit.end:
        # "spokeswoman Mao Ning": a famous family name, and somebody else's given name behind it.
        hit = None
    if hit is not None:
        entry = hit.entry(PERSON)
        if entry is None or hit.part:
            return
        actor, end = entry.id, hit.end
    else:
        end = name_span(tokens, name_at, others)
        if end == name_at or (name_at > chain.end and end - name_at < 2):
            return
        rest = offices.hits.get(end)
        if rest is not None and rest.entry(PERSON) and " " in rest.text:
            end = rest.end
        actor = _someone(draft, people, chain, name_at, end, owner, home)
    if not draft.free(start, end):
        return
    below = owned is not None and owned.modifiers & (FORMER | DEPUTY)
    office = "" if below else chain.office.name
    known = people.note(actor, start, "", office)
    known.owner = known.owner or home
    draft.add(start, end, actor, "title", people.trait(actor))
    offices.said.append(Said(start, office, chain.office.sector, "person", actor))
    offices.used.add(chain.start)


def _someone(
    draft: Draft,
    people: People,
    chain: Chain,
    start: int,
    end: int,
    owner: Owner | None,
    home: str | None,
) -> str:
    """Return the actor for a name that no table has as a whole."""
    tokens = draft.tokens
    words = tuple(tokens.words[start:end])
    office = chain.office.name if chain.office.kind == "holder" else ""
    found = people.behind_title(words, office, home, start)
    if found is None and len(words) > 2:
        found = by_ends(words, home)
    name = text_of(tokens, start, end)
    found = found or people.called(name)
    if found is not None:
        return found
    sector = sector_of(chain, frozenset())[0]
    if owner is not None and owner.kind == BODY and home in tables.countries():
        sector = owner.actor.split(".")[1]
    return draft.name_unlisted(name, home, sector)


def addressed(draft: Draft, people: People, offices: Offices) -> None:
    """Note everybody who is named behind a form of address."""
    tokens = draft.tokens
    for index, word in enumerate(tokens.lower):
        if word not in HONORIFICS or index in draft.taken or index + 1 >= len(tokens):
            continue
        if not tokens.words[index][0].isupper():
            continue
        name_at = index + 1 + (tokens.words[index + 1] == ".")
        if name_at in draft.taken:
            _widen(draft, people, index, name_at)
            continue
        end = name_span(tokens, name_at, set(offices.hits) | draft.taken)
        if end == name_at or not draft.free(index, end):
            continue
        name = text_of(tokens, name_at, end)
        actor = (
            people.behind_title(tuple(tokens.words[name_at:end]), "", None, index)
            or people.called(name)
            or draft.name_unlisted(name, None, "")
        )
        people.note(actor, index, gender_of(word))
        draft.add(index, end, actor, "title", people.trait(actor))


def _widen(draft: Draft, people: People, index: int, name_at: int) -> None:
    """Let a mention of a person begin with the form of address before it."""
    for mention in draft.by_sentence.get(draft.tokens.sentence[index], []):
        if mention.start == name_at and mention.actor in people.known:
            known = people.known[mention.actor]
            known.gender = known.gender or gender_of(draft.tokens.lower[index])
            trait = draft.traits.pop(mention)
            draft.remove(mention)
            draft.add(index, mention.end, mention.actor, mention.how, trait)
            return
