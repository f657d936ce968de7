"""Chains: the noun phrases of a text that speak of the same thing, actor or not.

Sieves over the parse, the surest first (Lee et al. 2013): names that are alike, then descriptions
whose noun was used before and that add nothing to it, then pronouns, which take the most salient
phrase that agrees with all that its chain is known to be. What a text mentions once is in no chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs
from spacy.tokens import Doc

from standoff.actors import tables
from standoff.actors.salience import expletive, salience, subject_above
from standoff.actors.tables import cues
from standoff.actors.tokens import GENITIVES, SUBJECTS, Tokens

MALE, FEMALE, PERSON, THING, MANY = "male", "female", "person", "thing", "many"

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), MALE),
    **dict.fromkeys(("she", "her", "hers", "herself"), FEMALE),
    **dict.fromkeys(("it", "its", "itself"), THING),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), MANY),
}
_SPEAKERS = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself"), "you"),
}
_NAMED = frozenset(("PERSON", "ORG", "GPE", "LOC"))
_POSSESSIVE = frozenset(("his", "her", "its", "their"))
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves", "each other"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "such"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
#: Parts of a noun's tree that its phrase does not take in.
_OUTSIDE = frozenset(
    (
        *("case", "cc", "conj", "punct", "mark", "cop", "aux", "aux:pass", "nsubj", "nsubj:pass"),
        *("csubj", "nsubj:outer", "parataxis", "advcl", "discourse", "dep", "ccomp", "expl"),
        *("dislocated", "vocative", "orphan", "list", "advcl:relcl", "obl:unmarked", "reparandum"),
    )
)
#: Dependents of a noun that are not phrases by themselves.
_PARTS = frozenset(("flat", "compound", "fixed", "goeswith", "flat:foreign"))
#: How many sentences back a phrase is taken up: by a pronoun, and by a noun of its own.
_REACH, _FAR = 3, 40


@attrs.frozen
class Phrase:
    """A noun phrase or pronoun: its words, the place of its head, what it agrees with."""

    start: int
    end: int
    head: int
    kind: str
    trait: str
    words: tuple[str, ...]


def chains(doc: Doc) -> list[list[tuple[int, int]]]:
    """Return groups of token spans that speak of the same, two or more each, in order.

    The document needs a parse; without one there are none.
    """
    tokens = Tokens.of(doc)
    linker = _Linker(tokens, _noun_phrases(doc, tokens))
    linker.names()
    linker.descriptions()
    linker.pronouns()
    linker.speakers(doc)
    return linker.groups()


def noun_phrases(doc: Doc) -> list[Phrase]:
    """Return the noun phrases and pronouns of a parsed document, in order, the longer first."""
    return _noun_phrases(doc, Tokens.of(doc))


def _noun_phrases(doc: Doc, tokens: Tokens) -> list[Phrase]:
    if not tokens.parsed:
        return []
    persons = {i for ent in doc.ents if ent.label_ == "PERSON" for i in range(ent.start, ent.end)}
    found = list(_phrases(tokens, persons))
    found += _names_inside(tokens, doc, {phrase.head for phrase in found}, persons)
    return sorted(found, key=lambda phrase: (phrase.start, -phrase.end))


def _phrases(tokens: Tokens, persons: set[int]) -> Iterator[Phrase]:
    for i, pos in enumerate(tokens.pos):
        word = tokens.lower[i]
        if pos in {"PRON", "DET"} and (word in _PRONOUNS or word in _SPEAKERS):
            trait = _PRONOUNS.get(word) or _SPEAKERS[word]
            if not (word == "it" and expletive(tokens, i)):
                yield Phrase(i, i + 1, i, "pronoun", trait, (word,))
        elif pos in _NOMINAL and tokens.dep[i] not in _PARTS:
            start, end = _extent(tokens, i)
            yield Phrase(
                start,
                end,
                i,
                "name" if pos == "PROPN" else "noun",
                _trait(tokens, i, persons),
                tuple(_content(tokens, start, end)),
            )


def _names_inside(tokens: Tokens, doc: Doc, heads: set[int], persons: set[int]) -> Iterator[Phrase]:
    """Yield names that stand within a noun's phrase as its parts: "US" in "US officials"."""
    for ent in doc.ents:
        root = ent.root.i
        if ent.label_ in _NAMED and root not in heads:
            words = tuple(_content(tokens, ent.start, ent.end))
            trait = _trait(tokens, root, persons)
            yield Phrase(ent.start, ent.end, root, "name", trait, words)


def _extent(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return the words of a noun's phrase: those of its tree that stand in one piece around it."""
    inside = {head}
    stack = [head]
    while stack:
        node = stack.pop()
        for child in tokens.children[node]:
            outside = tokens.dep[child] in _OUTSIDE
            if node == head and outside and not _genitive(tokens, child):
                continue
            inside.add(child)
            stack.append(child)
    start = end = head
    while start - 1 in inside:
        start -= 1
    while end + 1 in inside or (_bridges(tokens, end + 1) and end + 2 in inside):
        end += 1
    return start, end + 1


def _bridges(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) - 1 and tokens.pos[i] == "PUNCT" and tokens.words[i] in {",", "-", "–"}


def _genitive(tokens: Tokens, i: int) -> bool:
    return tokens.dep[i] == "case" and tokens.words[i] in GENITIVES


def _content(tokens: Tokens, start: int, end: int) -> Iterator[str]:
    for i in range(start, end):
        if tokens.pos[i] not in {"DET", "PUNCT", "ADP"} and tokens.words[i] not in GENITIVES:
            yield tokens.lower[i]


_KIN = cues("pronouns", "kin")
_TITLES = cues("chains", "titles")
_MALE, _FEMALE = cues("chains", "male"), cues("chains", "female")


def _trait(tokens: Tokens, head: int, persons: set[int]) -> str:
    word, lemma = tokens.lower[head], tokens.lemma[head].lower()
    titles = {tokens.lower[child] for child in tokens.children[head]}
    if lemma in _MALE or titles & _MALE:
        return MALE
    if lemma in _FEMALE or titles & _FEMALE:
        return FEMALE
    several = tokens.pos[head] == "NOUN" and word != lemma and word.endswith(("s", "n", "e"))
    if several or any(tokens.dep[child] == "conj" for child in tokens.children[head]):
        return MANY
    if head in persons:
        return _genders().get(_around(tokens, head), PERSON)
    return PERSON if lemma in _KIN or lemma in tables.offices() else THING


def _around(tokens: Tokens, head: int) -> str:
    """Return a name with its parts: "Jacinda Ardern" around "Jacinda"."""
    parts = [i for i in tokens.children[head] if tokens.dep[i] in _PARTS and i > head]
    return tokens.text[tokens.starts[head] : tokens.ends[max(parts, default=head)]]


@tables.for_each_own
def _genders() -> Mapping[str, str]:
    """Return the gender of people whom the tables know, by name."""
    return {
        name: MALE if person.gender == "m" else FEMALE
        for person in tables.people().values()
        for name in (person.name, *person.also, *person.known)
    }


class _Linker:
    """Joins phrases into chains: union and find, with what each chain is known to be."""

    def __init__(self, tokens: Tokens, phrases: list[Phrase]) -> None:
        self.tokens = tokens
        self.phrases = phrases
        self.parent = list(range(len(phrases)))
        self.traits = [{phrase.trait} for phrase in phrases]
        self.sizes = [1] * len(phrases)

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        i, j = sorted((self.find(i), self.find(j)))
        if i != j:
            self.parent[j] = i
            self.traits[i] |= self.traits[j]
            self.sizes[i] += self.sizes[j]

    def groups(self) -> list[list[tuple[int, int]]]:
        found = defaultdict(list)
        for i, phrase in enumerate(self.phrases):
            found[self.find(i)].append((phrase.start, phrase.end))
        return [sorted(set(group)) for group in found.values() if len(set(group)) > 1]

    def names(self) -> None:
        """Join names that are alike: the same, a part of an earlier one, or its initials."""
        known: list[int] = []
        for i, phrase in enumerate(self.phrases):
            if phrase.kind != "name":
                continue
            mine = self._name(phrase)
            for j in reversed(known):
                if mine and self._same_name(mine, self._name(self.phrases[j])):
                    self.join(i, j)
                    break
            known.append(i)

    def _name(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the proper nouns around the head, without titles of courtesy."""
        tokens = self.tokens
        near = [
            i
            for i in range(phrase.start, phrase.end)
            if i == phrase.head
            or (
                tokens.head[i] == phrase.head
                and tokens.dep[i] in _PARTS
                and tokens.pos[i] == "PROPN"
            )
        ]
        words = [tokens.lower[i].rstrip(".") for i in near]
        return tuple(word for word in words if word not in _TITLES) or tuple(words)

    def _same_name(self, one: Sequence[str], other: Sequence[str]) -> bool:
        if tuple(one) == tuple(other):
            return True
        short, long = sorted((one, other), key=len)
        if len(short) == 1 and len(long) > 1:
            initials = "".join(word[0] for word in long if word[0].isalpha())
            return short[0] in {long[0], long[-1]} or short[0].replace(".", "") == initials
        return len(short) > 1 and set(short) <= set(long)

    def descriptions(self) -> None:
        """Join a definite phrase to the last one with its noun whose words hold its own."""
        last: dict[str, list[int]] = defaultdict(list)
        for i, phrase in enumerate(self.phrases):
            if phrase.kind == "pronoun":
                continue
            tokens = self.tokens
            lemma = tokens.lemma[phrase.head].lower()
            if phrase.kind == "noun":
                for j in reversed(last[lemma]):
                    if self._described(phrase, self.phrases[j]):
                        self.join(i, j)
                        break
            last[lemma].append(i)

    def _described(self, phrase: Phrase, before: Phrase) -> bool:
        tokens = self.tokens
        apart = tokens.sentence[phrase.head] - tokens.sentence[before.head]
        if apart > _FAR or before.end > phrase.start:
            return False
        owned = any(tokens.dep[child] == "nmod:poss" for child in tokens.children[phrase.head])
        definite = tokens.lower[phrase.start] in _DEFINITE or owned
        many = (phrase.trait == MANY) == (before.trait == MANY)
        if phrase.words == before.words and len(phrase.words) > 1 and many:
            return True
        return definite and many and set(phrase.words) <= set(before.words)

    def pronouns(self) -> None:
        """Join each pronoun of the third person to the most salient phrase that agrees."""
        for i, phrase in enumerate(self.phrases):
            if phrase.kind == "pronoun" and phrase.words[0] in _PRONOUNS:
                best = self._antecedent(i, phrase)
                if best is not None:
                    self.join(i, best)

    def _antecedent(self, i: int, phrase: Phrase) -> int | None:
        tokens = self.tokens
        subject = tokens.dep[phrase.head] in SUBJECTS
        above = subject_above(tokens, phrase.head)
        reflexive = phrase.words[0] in _REFLEXIVE
        best, highest = None, float("-inf")
        for j in range(i - 1, -1, -1):
            other = self.phrases[j]
            apart = tokens.sentence[phrase.head] - tokens.sentence[other.head]
            if apart > _REACH:
                break
            if other.words and other.words[0] in _SPEAKERS:
                continue
            if other.start <= phrase.head < other.end or not self._agrees(j, phrase.trait):
                continue
            same = tokens.head[other.head] == tokens.head[phrase.head]
            if same and not reflexive and phrase.words[0] not in _POSSESSIVE:
                continue
            score = salience(tokens, other.head, phrase.head, subject)
            score += 16.0 * (other.start <= above < other.end)
            score += 12.0 * (other.kind == "pronoun" and other.words[0] in _PRONOUNS)
            score += 6.0 * (self.sizes[self.find(j)] > 1)
            if score > highest:
                best, highest = j, score
        return best

    def _agrees(self, i: int, trait: str) -> bool:
        known = self.traits[self.find(i)]
        if trait == MALE:
            return FEMALE not in known and bool(known & {MALE, PERSON}) and known != {MANY}
        if trait == FEMALE:
            return MALE not in known and bool(known & {FEMALE, PERSON}) and known != {MANY}
        if trait == THING:
            return THING in known and not known & {MALE, FEMALE, PERSON, MANY}
        return MANY in known

    def speakers(self, doc: Doc) -> None:
        """Join "I" in a quotation to who says it, and "we" and "you" to themselves."""
        by_place = {p.head: i for i, p in enumerate(self.phrases)}
        said: dict[int, int] = {}
        for attribution in getattr(doc._, "attributions", None) or ():
            source = attribution.source
            if source is None or source.root.i not in by_place:
                continue
            for span in attribution.contents:
                for i in range(span.start, span.end):
                    said[i] = by_place[source.root.i]
        last: dict[str, int] = {}
        for i, phrase in enumerate(self.phrases):
            who = _SPEAKERS.get(phrase.words[0]) if phrase.words else None
            if phrase.kind != "pronoun" or who is None:
                continue
            if who == "i" and phrase.head in said:
                self.join(i, said[phrase.head])
            elif who in last:
                self.join(i, last[who])
            last[who] = i
