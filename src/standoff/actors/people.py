"""The people of a document: who they are, and the short names that follow a full one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import attrs

from standoff.actors import tables
from standoff.actors.draft import FEMALE, MALE, SOMEONE, Draft
from standoff.actors.names import short_of, stands_alone, words_of


@attrs.define(eq=False)
class Known:
    """A person named in this document: where, by which short names, in which offices."""

    actor: str
    owner: str | None
    gender: str
    short: tuple[tuple[str, ...], ...]
    offices: set[str]
    seen: list[int] = attrs.field(factory=list)


@tables.for_each_own
def by_short() -> dict[str, list[tables.Person]]:
    """Return the listed people under each of their short names."""
    found: dict[str, list[tables.Person]] = {}
    for person in tables.people().values():
        for name in person.short:
            found.setdefault(name, []).append(person)
    return found


@tables.for_each_own
def holders() -> dict[tuple[str, str], list[tables.Person]]:
    """Return the listed people under each (state or organisation, office) that they held."""
    found: dict[tuple[str, str], list[tables.Person]] = {}
    for person in tables.people().values():
        for office in {term.office for term in person.terms}:
            found.setdefault((person.owner, office), []).append(person)
    return found


@tables.for_each_own
def _ends() -> dict[tuple[str, str], list[tables.Person]]:
    found: dict[tuple[str, str], list[tables.Person]] = {}
    for person in tables.people().values():
        for name in (person.name, *person.also):
            words = words_of(name)
            if len(words) > 1:
                found.setdefault((words[0], words[-1]), []).append(person)
    return found


def by_ends(words: tuple[str, ...], owner: str | None) -> str | None:
    """Return the listed person with this first and last name, whatever stands between them."""
    fitting = {
        person.id
        for person in _ends().get((words[0], words[-1]), ())
        if owner is None or person.owner == owner
    }
    return fitting.pop() if len(fitting) == 1 else None


def in_office(person: tables.Person, office: str, day: datetime.date) -> bool:
    """Tell whether a person held an office on a day."""
    return any(term.office == office and term.covers(day) for term in person.terms)


@attrs.define(eq=False)
class People:
    """The people of one document, in the order in which they are first named."""

    draft: Draft
    known: dict[str, Known] = attrs.field(factory=dict)

    def note(self, actor: str, start: int, gender: str = "", office: str = "") -> Known:
        """Note that a person is named at token `start`, perhaps with an office."""
        known = self.known.get(actor)
        if known is None:
            known = self._listed(actor) or self._unlisted(actor)
            self.known[actor] = known
        if gender and not known.gender:
            known.gender = gender
        if office:
            known.offices.add(office)
        known.seen.append(start)
        return known

    def _listed(self, actor: str) -> Known | None:
        person = tables.people().get(actor)
        if person is None:
            return None
        day = self.draft.published
        offices = {
            term.office
            for term in person.terms
            if day is None or term.start is None or term.covers(day)
        }
        short = tuple(words_of(name) for name in person.short)
        return Known(actor, person.owner, person.gender, short, offices)

    def _unlisted(self, actor: str) -> Known:
        person = self.draft.actors[actor]
        return Known(actor, person.country, "", short_of(person.name, person.country), set())

    def rename(self, old: str, owner: str, sector: str) -> str:
        """Give a person of this document an id of the state that it turns out to serve."""
        known = self.known.pop(old)
        new = self.draft.name_unlisted(self.draft.actors[old].name, owner, sector)
        if new == old or owner not in tables.countries():
            self.known[old] = known
            return old
        for mention in list(self.draft.mentions):
            if mention.actor == old:
                self.draft.replace(mention, new)
        known.actor, known.owner = new, owner
        self.known[new] = known
        return new

    def trait(self, actor: str) -> str:
        """Return which pronoun fits a person."""
        gender = self.known[actor].gender
        return {"m": MALE, "f": FEMALE}.get(gender, SOMEONE)

    def called(self, name: str) -> str | None:
        """Return the person of this document with exactly this name."""
        for actor in self.known:
            person = self.draft.actors.get(actor)
            if person is not None and person.name == name:
                return actor
        return None

    def named(self, words: tuple[str, ...], before: int) -> Known | None:
        """Return the person of this document who has these words as name or short name.

        The one named last before token `before`; where nobody was yet, the only one named after.
        """
        whole = [known for known in self.known.values() if words in known.short]
        earlier = [known for known in whole if known.seen[0] < before]
        if earlier:
            return max(
                earlier, key=lambda known: max(place for place in known.seen if place < before)
            )
        return whole[0] if len(whole) == 1 else None

    def behind_title(
        self, words: tuple[str, ...], office: str, owner: str | None, before: int
    ) -> str | None:
        """Return the person whom a title and a short name mean ("President Bush"), if known."""
        known = self.named(words, before)
        if known is not None and (owner is None or known.owner in (owner, None)):
            return known.actor
        name = " ".join(words).replace(" - ", "-")
        fitting = [
            person
            for person in by_short().get(name, ())
            if (owner is None or person.owner == owner)
            and (not office or any(term.office == office for term in person.terms))
        ]
        day = self.draft.published
        if day is not None and office:
            now = [person for person in fitting if in_office(person, office, day)]
            fitting = now or fitting
        return fitting[0].id if len(fitting) == 1 else None

    def holder(self, owner: str, office: str) -> str | None:
        """Return who holds an office: whom the document says, else the table, on its day."""
        held = [
            known
            for known in self.known.values()
            if known.owner == owner and office in known.offices
        ]
        if held:
            return max(held, key=lambda known: known.seen[-1]).actor
        day = self.draft.published
        if day is None or day > tables.AS_OF:
            return None
        now = [
            person
            for person in holders().get((owner, office), ())
            if in_office(person, office, day)
        ]
        return now[0].id if len(now) == 1 else None


def short_names(draft: Draft, people: People, blocked: set[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the short names of the people of this document: start, end, actor.

    `blocked` are tokens that are the name of something else.
    """
    index: dict[str, set[tuple[str, ...]]] = {}
    for known in people.known.values():
        for words in known.short:
            if words:
                index.setdefault(words[0], set()).add(words)
    tokens = draft.tokens
    for start, word in enumerate(tokens.words):
        if word not in index or start in draft.taken or start in blocked:
            continue
        for words in sorted(index[word], key=len, reverse=True):
            end = start + len(words)
            if tuple(tokens.words[start:end]) != words or not draft.free(start, end):
                continue
            if stands_alone(tokens, draft.taken, start, end):
                person = people.named(words, start)
                if person is not None:
                    yield start, end, person.actor
            break
