"""Names of people: full names, names behind a title, and the short names that follow them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

import attrs

from standoff.actors import tables
from standoff.actors.draft import FEMALE, MALE, SOMEONE, Draft
from standoff.actors.tokens import GENITIVES, Tokens

HONORIFICS = frozenset((
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lord", "lady", "madam",
    "madame", "prince", "princess", "comrade", "professor", "prof.", "sheikh", "ayatollah",
    "mullah", "mister",
))
_FEMALE = frozenset(("mrs", "mrs.", "ms", "ms.", "miss", "lady", "madam", "madame", "princess"))
_MALE = frozenset(("mr", "mr.", "sir", "lord", "prince", "mister"))
_PARTICLES = frozenset((
    "al", "el", "bin", "bint", "ibn", "ben", "van", "von", "der", "den", "de", "da", "do", "dos",
    "del", "di", "la", "le", "ul", "ur", "arap", "ould", "abu", "ag", "san", "ter",
))
_NO_NAMES = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "the", "a", "an", "in", "on", "at", "and", "but", "he", "she", "it", "they", "i",
    "we", "this", "that", "if", "when", "while", "after", "before", "since", "as", "no", "yes",
    "who", "what", "where", "why", "how", "says", "said", "of", "for", "from", "to", "with",
))
_FAMILY_FIRST = frozenset(("PRK", "KOR", "CHN", "TWN", "VNM", "HKG", "MAC", "KHM", "HUN"))
_GIVEN_HYPHEN = re.compile(r"[A-Z][a-z]+-[a-z]+$")
_WORDS = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?|-")


@attrs.define(eq=False)
class Known:
    """A person named in this document: where, by which short names, in which offices."""

    actor: str
    owner: str | None
    gender: str
    short: tuple[tuple[str, ...], ...]
    offices: set[str]
    seen: list[int] = attrs.field(factory=list)


@cache
def by_short() -> dict[str, list[tables.Person]]:
    """Return the listed people under each of their short names."""
    found: dict[str, list[tables.Person]] = {}
    for person in tables.people().values():
        for name in person.short:
            found.setdefault(name, []).append(person)
    return found


@cache
def holders() -> dict[tuple[str, str], list[tables.Person]]:
    """Return the listed people under each (state or organisation, office) that they held."""
    found: dict[tuple[str, str], list[tables.Person]] = {}
    for person in tables.people().values():
        for office in {term.office for term in person.terms}:
            found.setdefault((person.owner, office), []).append(person)
    return found


@cache
def _ends() -> dict[tuple[str, str], list[tables.Person]]:
    found: dict[tuple[str, str], list[tables.Person]] = {}
    for person in tables.people().values():
        for name in (person.name, *person.also):
            words = name.split()
            if len(words) > 1:
                found.setdefault((words[0], words[-1]), []).append(person)
    return found


def by_ends(words: tuple[str, ...], owner: str | None) -> str | None:
    """Return the listed person with this first and last name, whatever stands between them."""
    fitting = {
        person.id for person in _ends().get((words[0], words[-1]), ())
        if owner is None or person.owner == owner
    }
    return fitting.pop() if len(fitting) == 1 else None


def words_of(name: str) -> tuple[str, ...]:
    """Split a name as the tokenizer does: at spaces and around hyphens."""
    return tuple(_WORDS.findall(name))


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
            term.office for term in person.terms
            if day is None or term.start is None or term.covers(day)
        }
        short = tuple(words_of(name) for name in person.short)
        return Known(actor, person.owner, person.gender, short, offices)

    def _unlisted(self, actor: str) -> Known:
        name = self.draft.actors[actor].name
        words = name.split()
        owner = self.draft.actors[actor].country
        short = [words[-1]]
        if len(words) > 2 and words[-2].lower() in _PARTICLES:
            short.append(" ".join(words[-2:]))
        if words[-1].lower().startswith(("al-", "el-")):
            short.append(words[-1][3:])
        if len(words) > 1 and (owner in _FAMILY_FIRST or _GIVEN_HYPHEN.search(words[-1])):
            short.append(words[0])
        return Known(actor, owner, "", tuple(words_of(s) for s in short), set())

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
            person for person in by_short().get(name, ())
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
            known for known in self.known.values()
            if known.owner == owner and office in known.offices
        ]
        if held:
            return max(held, key=lambda known: known.seen[-1]).actor
        day = self.draft.published
        if day is None or day > tables.AS_OF:
            return None
        now = [
            person for person in holders().get((owner, office), ())
            if in_office(person, office, day)
        ]
        return now[0].id if len(now) == 1 else None


def name_span(tokens: Tokens, start: int, blocked: set[int]) -> int:
    """Return where the personal name that begins at `start` ends; `start` where there is none.

    A name is a run of capitalised words, joined by hyphens, particles ("al", "van") and initials.
    """
    index = start
    while index < len(tokens) and index - start < 8 and index not in blocked:
        if index > start and tokens.sentence[index] != tokens.sentence[start]:
            break
        word = tokens.words[index]
        if _capitalised(tokens, index) or (index > start and _inner(tokens, index, blocked)):
            index += 1
        elif (
            word == "-" and index > start and index + 1 < len(tokens)
            and tokens.words[index + 1][:1].isalpha() and index + 1 not in blocked
            and tokens.ends[index - 1] == tokens.starts[index] == tokens.starts[index + 1] - 1
        ):
            index += 2
        else:
            break
    while index > start and not tokens.words[index - 1][-1:].isalpha():
        if tokens.words[index - 1].endswith(".") and len(tokens.words[index - 1]) > 1:
            break
        index -= 1
    return index


def _capitalised(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    if not word[:1].isupper() or tokens.lower[index] in _NO_NAMES:
        return False
    if tokens.tagged and tokens.pos[index] not in ("PROPN", "NOUN", "ADJ", "X"):
        return False
    return word.replace("'", "").replace("’", "").replace(".", "").isalpha()


def _inner(tokens: Tokens, index: int, blocked: set[int]) -> bool:
    """Tell whether a small word inside a name belongs to it: the next one is capitalised."""
    if tokens.lower[index] not in _PARTICLES or index + 1 >= len(tokens):
        return False
    following = index + 1
    if tokens.words[following] == "-":
        following += 1
    if following < len(tokens) and tokens.lower[following] in _PARTICLES:
        following += 1
    return (
        following < len(tokens) and following not in blocked
        and tokens.words[following][:1].isupper()
    )


def text_of(tokens: Tokens, start: int, end: int) -> str:
    """Return the words of a span as they stand in the text, spaces made single."""
    return " ".join(tokens.text[tokens.starts[start] : tokens.ends[end - 1]].split())


def short_names(
    draft: Draft, people: People, blocked: set[int]
) -> Iterator[tuple[int, int, str]]:
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
            if stands_alone(draft, start, end):
                person = people.named(words, start)
                if person is not None:
                    yield start, end, person.actor
            break


def stands_alone(draft: Draft, start: int, end: int) -> bool:
    """Tell whether a short name is a name of its own, and no part of a longer one or a word."""
    tokens = draft.tokens
    if tokens.tagged:
        if tokens.pos[start] not in ("PROPN", "NOUN", "X"):
            return False
        before = start - 1
        if (
            before >= 0 and before not in draft.taken and tokens.pos[before] == "PROPN"
            and tokens.words[before][:1].isupper() and tokens.lower[before] not in HONORIFICS
            and tokens.sentence[before] == tokens.sentence[start]
            and tokens.lower[before] not in _NO_NAMES
        ):
            return False
        if (
            end < len(tokens) and end not in draft.taken and tokens.pos[end] == "PROPN"
            and tokens.words[end][:1].isupper() and tokens.words[end] not in GENITIVES
            and tokens.sentence[end] == tokens.sentence[start]
        ):
            return False
    elif start in tokens.sentence_starts and word_is_common(tokens.lower[start]):
        return False
    if tokens.lower[start] in ("may", "march", "august") and end < len(tokens):
        before_word = tokens.lower[start - 1] if start else ""
        if before_word in ("in", "last", "next", "since", "until", "early", "late", "this", "by"):
            return False
        if tokens.words[end][:1].isdigit():
            return False
    return True


def word_is_common(word: str) -> bool:
    """Tell whether a family name is an everyday word too, which opens sentences."""
    return word in _COMMON


_COMMON = frozenset((
    "may", "moon", "brown", "major", "ford", "rice", "hill", "power", "straw", "hunt", "park",
    "ban", "power", "li", "son", "austin", "christopher", "gates", "baker", "wine", "young", "long",
    "king", "will", "bush", "banks", "price", "cook", "best", "day", "short", "rich", "page",
))
_GENDERS = {**dict.fromkeys(_MALE, "m"), **dict.fromkeys(_FEMALE, "f")}


def gender_of(honorific: str) -> str:
    """Return the gender that a form of address shows: "m", "f" or ""."""
    return _GENDERS.get(honorific, "")
