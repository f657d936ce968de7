"""From a parsed document to its cast, one kind of mention after the other.

Names first (`lexicon`), then names behind titles, short names of the people found (`people`),
offices with an owner (`offices`), states and bodies that are left (`metonymy` says which are only
places), appositions, descriptions (`definite`) and pronouns (`coreference`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from spacy.tokens import Doc

from standoff.actors import lexicon, tables
from standoff.actors.apposition import appositions, of_states, unowned
from standoff.actors.coreference import pronouns
from standoff.actors.definite import describe_again
from standoff.actors.draft import MANY, THING, Draft
from standoff.actors.lexicon import (
    ADJECTIVE,
    BODY,
    GROUP,
    METONYM,
    NAME,
    OTHER,
    PEOPLE,
    PERSON,
    SEAT,
    Hit,
)
from standoff.actors.metonymy import is_place
from standoff.actors.model import Cast
from standoff.actors.names import name_span, stands_alone, text_of
from standoff.actors.offices import Offices
from standoff.actors.people import People, short_names
from standoff.actors.phrases import Owner, chains, owner_of_hit
from standoff.actors.tables import cues
from standoff.actors.titles import addressed, titled
from standoff.actors.tokens import SUBJECTS, Tokens

_GIVEN = cues("names", "places")


def find(doc: Doc, published: datetime.date | None = None) -> Cast:
    """Return who is named in a document: its actors and where it mentions them.

    The document needs tokens; sentence boundaries, tags and a dependency tree make the result
    better, and pronouns are resolved only with a tree. `published` decides who held an office and
    which of several states with one name is meant; without it nobody is inferred from an office.
    """
    tokens = Tokens.of(doc)
    draft = Draft(tokens, published)
    people = People(draft)
    found, roles = lexicon.search(tokens, published)
    found = _merged(tokens, [hit for hit in found if not _somebodys_name(tokens, hit)])
    hits = {hit.start: hit for hit in found if hit.entry(OTHER) is None}
    owners = [owner for hit in hits.values() if (owner := owner_of_hit(tokens, hit))]
    offices = Offices(
        draft,
        people,
        hits,
        {owner.end: owner for owner in owners},
        {owner.start: owner for owner in owners},
        chains(tokens, roles),
    )
    draft.taken.update(
        index for hit in found if hit.entry(OTHER) for index in range(hit.start, hit.end)
    )
    titled(draft, people, offices)
    _listed_people(draft, people, hits)
    addressed(draft, people, offices)
    _entities(draft, people, doc, hits.values())
    _unlisted_people(draft, people, hits)
    places = {hit.start for hit in hits.values() if hit.entry(NAME, SEAT) and not hit.entry(PERSON)}
    for start, end, actor in list(short_names(draft, people, places)):
        people.note(actor, start)
        draft.add(start, end, actor, "short name", people.trait(actor))
    for mention in draft.mentions:
        owner = Owner(mention.start, mention.end, mention.actor, PERSON, True)
        offices.owners[mention.end] = owner
        offices.starts[mention.start] = owner
    offices.owned()
    for hit in found:
        if hit.part or draft.free(hit.start, hit.end):
            _name(draft, hit)
    offices.serving()
    appositions(draft, people, offices)
    unowned(draft, people, offices)
    of_states(draft, people)
    _unlisted_bodies(draft, doc)
    describe_again(draft, people, offices)
    pronouns(draft, people, offices)
    return draft.cast()


def _merged(tokens: Tokens, hits: list[Hit]) -> list[Hit]:
    """Let a body swallow its own state before it: "US Navy", "Britain's Home Office"."""
    merged: list[Hit] = []
    for hit in hits:
        body = hit.entry(BODY)
        before = merged[-1] if merged else None
        beside = before is not None and (
            before.end == hit.start or (before.end == hit.start - 1 and tokens.genitive(before.end))
        )
        if body is not None and before is not None and beside:
            state = before.entry(NAME, ADJECTIVE)
            if state is not None and tables.bodies()[body.id].country == state.id:
                merged[-1] = Hit(
                    before.start, hit.end, f"{before.text} {hit.text}", hit.entries, before.part
                )
                continue
        merged.append(hit)
    return merged


def _somebodys_name(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether the name of a state or city is part of a person's here: "Michael Jordan"."""
    if hit.entry(PERSON, BODY, OTHER, GROUP) or hit.end - hit.start > 1:
        return False
    index = hit.start
    if tokens.parsed:
        if tokens.dep[index] in ("flat", "flat:name"):
            head = tokens.head[index]
            return tokens.pos[head] == "PROPN" and (
                hit.text in _GIVEN or hit.entry(ADJECTIVE) is not None
            )
        return hit.text in _GIVEN and any(
            tokens.dep[child] in ("flat", "flat:name") and tokens.words[child].istitle()
            for child in tokens.children[index]
        )
    if hit.text not in _GIVEN:
        return False
    before = index - 1
    return (
        before >= 0
        and tokens.words[before].istitle()
        and tokens.words[before].isalpha()
        and before not in tokens.sentence_starts
        and tokens.lower[before] not in ("the", "in")
    )


def _listed_people(draft: Draft, people: People, hits: dict[int, Hit]) -> None:
    """Note the people whom the tables have, by their full or their well-known names."""
    for hit in hits.values():
        entry = hit.entry(PERSON)
        if entry is None or hit.part or not draft.free(hit.start, hit.end):
            continue
        full = " " in hit.text
        if not full and not stands_alone(draft.tokens, draft.taken, hit.start, hit.end):
            continue
        if not full:
            words = tuple(draft.tokens.words[hit.start : hit.end])
            known = people.named(words, hit.start)
            actor = known.actor if known else entry.id
        else:
            actor = entry.id
        people.note(actor, hit.start)
        how = "name" if full else "short name"
        draft.add(hit.start, hit.end, actor, how, people.trait(actor))


def _entities(draft: Draft, people: People, doc: Doc, hits: Iterable[Hit]) -> None:
    """Note people whom no table has, where a pipeline has marked them as entities.

    A name that the tables have as a state, city or body is none of theirs; nor is what begins in a
    pronoun or an article ("He", "A US source").
    """
    known = {index for hit in hits if not hit.entry(PERSON) for index in range(hit.start, hit.end)}
    for entity in doc.ents:
        if entity.label_ not in ("PER", "PERSON") or known.issuperset(
            range(entity.start, entity.end)
        ):
            continue
        if entity[0].pos_ in ("PRON", "DET"):
            continue
        if draft.free(entity.start, entity.end):
            _somebody(draft, people, entity.start, entity.end)


def _unlisted_bodies(draft: Draft, doc: Doc) -> None:
    """Note bodies whom no table has, where a pipeline has marked them as entities."""
    for entity in doc.ents:
        start = entity.start + (entity[0].lower_ == "the")
        if entity.label_ != "ORG" or start >= entity.end or not draft.free(start, entity.end):
            continue
        if any(token.text[:1].isupper() for token in entity):
            name = text_of(draft.tokens, start, entity.end)
            draft.add(start, entity.end, draft.body_unlisted(name), "name", THING)


def _unlisted_people(draft: Draft, people: People, hits: dict[int, Hit]) -> None:
    """Note people whom no table has, where the tree shows a name of several words that acts."""
    tokens = draft.tokens
    blocked = {start for start, hit in hits.items() if hit.entry(PERSON) is None or " " in hit.text}
    for index, dep in enumerate(tokens.dep):
        if dep not in SUBJECTS and dep not in ("obl:agent", "conj", "appos"):
            continue
        if tokens.pos[index] != "PROPN" or index in draft.taken or index in hits:
            continue
        if not any(tokens.dep[child] in ("flat", "flat:name") for child in tokens.children[index]):
            continue
        end = name_span(tokens, index, draft.taken | blocked)
        words = [word for word in tokens.words[index:end] if word[1:2].islower()]
        if len(words) > 1 and draft.free(index, end):
            _somebody(draft, people, index, end)


def _somebody(draft: Draft, people: People, start: int, end: int) -> None:
    name = text_of(draft.tokens, start, end)
    known = people.named(tuple(draft.tokens.words[start:end]), start)
    actor = known.actor if known else people.called(name) or draft.name_unlisted(name, None, "")
    people.note(actor, start)
    draft.add(start, end, actor, "name", people.trait(actor))


def _name(draft: Draft, hit: Hit) -> None:
    """Note the name of a state, a capital or a body as an actor or as a place."""
    tokens = draft.tokens
    start, end = hit.start, hit.end
    group = hit.entry(GROUP)
    if group is not None:
        for state in tables.groups()[group.id]:
            draft.add(start, end, state, "group", MANY)
        return
    body = hit.entry(BODY)
    if body is not None and hit.entry(SEAT) is None:
        kind = tables.bodies()[body.id].kind
        crowd = kind in (tables.ARMED_GROUP, "party") or ".PTY." in body.id
        many = kind == "people" or (crowd and tokens.plural(tokens.head_of(start, end)))
        draft.add(start, end, body.id, "gazetteer", MANY if many else THING)
        return
    entry = hit.entry(NAME) or hit.entry(ADJECTIVE, PEOPLE, SEAT, METONYM)
    if entry is None:
        return
    if entry.kind == METONYM:
        draft.add(start, end, f"{entry.id}.GOV", "metonym", THING)
    elif entry.kind == PEOPLE or (entry.kind == ADJECTIVE and _is_person(tokens, hit)):
        as_one = entry.kind == PEOPLE and start > 0 and tokens.lower[start - 1] == "the"
        actor = entry.id if as_one else f"{entry.id}.CVL"
        draft.add(start, end, actor, "demonym", MANY if entry.kind == PEOPLE else "u")
    elif entry.kind == ADJECTIVE:
        if not _language(tokens, hit):
            draft.add(start, end, entry.id, "adjective", THING)
    elif is_place(tokens, hit):
        draft.place(start, end, entry.id, "capital" if entry.kind == SEAT else "country")
    elif body is not None:
        draft.add(start, end, body.id, "metonym", THING)
    else:
        how = "capital" if entry.kind == SEAT else "gazetteer"
        draft.add(start, end, entry.id, how, THING)


def _is_person(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether an adjective of a state is a noun here: "a Russian was arrested"."""
    if not tokens.parsed or hit.part:
        return False
    if tokens.dep[hit.end - 1] in ("amod", "compound", "nmod", "flat"):
        return False
    return hit.start > 0 and tokens.lower[hit.start - 1] in ("a", "an", "another", "one")


def _language(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether an adjective names a language: "said in Russian"."""
    if not hit.start or tokens.lower[hit.start - 1] not in ("in", "into", "speak", "speaks"):
        return False
    following = tokens.pos[hit.end] if hit.end < len(tokens) else "PUNCT"
    return following not in ("NOUN", "PROPN", "ADJ", "")
