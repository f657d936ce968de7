"""Pronouns: the nearest fitting mention before them, subjects first.

Salience after Lappin and Leass (1994), without learning (`salience`). A noun that is no actor
competes, so that "it" in "the deal collapsed when it …" stays open rather than becoming a state.
Nothing is resolved without a parse, and pronouns of the first and second person never are.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from standoff.actors import tables
from standoff.actors.draft import FEMALE, MALE, MANY, SOMEONE, THING, Draft, party
from standoff.actors.model import Mention
from standoff.actors.offices import Offices
from standoff.actors.people import People
from standoff.actors.salience import acts, blamed, expletive, salience, subject_above
from standoff.actors.tables import cues
from standoff.actors.tokens import CLAUSES, SUBJECTS

_FITS = {
    **dict.fromkeys(("he", "him", "his", "himself"), (MALE, SOMEONE)),
    **dict.fromkeys(("she", "her", "hers", "herself"), (FEMALE, SOMEONE)),
    **dict.fromkeys(("it", "its", "itself"), (THING,)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), (MANY, THING)),
}
_POSSESSIVE = frozenset(("his", "her", "its", "their"))
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_REACH = {"it": 2, "its": 2, "itself": 0, "they": 2, "them": 2, "their": 2, "themselves": 0}
"""How many sentences back a pronoun may look; "he" and "she" look further."""
_FAR = 3
_OPENING = 12
_ABOVE, _BLAMED, _AS_MANY, _ADJECTIVE, _ADJECTIVE_OWNS = 16.0, 40.0, -20.0, -30.0, -6.0
_COMPETITOR = {THING: -14.0, MANY: -8.0, MALE: 0.0}
"""What a noun that is no actor loses, by the pronoun: verbs of news have actors as subjects."""
_CENTRAL = frozenset(("obj", "ROOT", "conj"))
_NAMED = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "nmod:poss", "obl"))
_KIN = cues("pronouns", "kin")


def pronouns(draft: Draft, people: People, offices: Offices) -> None:
    """Resolve pronouns of the third person and relative pronouns, in the order of the text."""
    if draft.tokens.parsed:
        finder = _Pronouns(draft, people, offices)
        for index, word in enumerate(draft.tokens.lower):
            if (word in _FITS or word in _RELATIVE) and index not in draft.taken:
                finder.resolve(index, word)


@attrs.frozen(eq=False)
class _Pronouns:
    draft: Draft
    people: People
    offices: Offices

    def resolve(self, index: int, word: str) -> None:
        """Add the mentions that a pronoun makes, if it can be resolved."""
        draft, tokens = self.draft, self.draft.tokens
        if word in _RELATIVE and tokens.pos[index] in ("PRON", "DET", ""):
            for mention in self._antecedents(index):
                draft.add(index, index + 1, mention.actor, "relative", draft.traits[mention])
            return
        fits = _FITS.get(word)
        if fits is None or (word == "it" and expletive(tokens, index)):
            return
        best = self._ahead(index, fits) or self._behind(index, word, fits)
        if best is None:
            return
        for mention in self._joined(best) if MANY in fits else [best]:
            draft.add(index, index + 1, mention.actor, "pronoun", draft.traits[mention])
            if mention.actor in self.people.known:
                self.people.known[mention.actor].seen.append(index)
        if word in _POSSESSIVE:
            self._office_of(index, best)

    def _antecedents(self, index: int) -> list[Mention]:
        """Return what "who", "which" or "that" stands for: the noun that its clause hangs from."""
        tokens, node = self.draft.tokens, index
        for _ in range(6):
            if tokens.dep[node] in ("acl:relcl", "acl"):
                antecedent = tokens.head[node]
                return self.draft.headed(antecedent) if antecedent < index else []
            if tokens.head[node] == node:
                break
            node = tokens.head[node]
        return []

    def _ahead(self, index: int, fits: tuple[str, ...]) -> Mention | None:
        """Return the subject that a pronoun in a phrase before it points ahead to.

        "At their third summit, Moon and Kim agreed": no mention in the sentence is before it.
        """
        tokens, node = self.draft.tokens, index
        first = tokens.sentence_starts[tokens.sentence[index]]
        if index - first > _OPENING or not self.draft.free(first, index):
            return None
        for _ in range(6):
            verb = tokens.head[node]
            if tokens.dep[node] in ("obl", "advcl") and verb > index:
                for child in tokens.children[verb]:
                    if tokens.dep[child] in SUBJECTS and child > index:
                        for mention in self.draft.headed(child):
                            return mention if self._agrees(mention, fits) else None
                return None
            if verb == node:
                break
            node = verb
        return None

    def _agrees(self, mention: Mention, fits: tuple[str, ...]) -> bool:
        """Tell whether a pronoun fits a mention by number and gender; "they" fits several."""
        trait = self.draft.traits[mention]
        return trait in fits or (MANY in fits and len(self._joined(mention)) > 1)

    def _before(self, index: int, reach: int) -> Iterator[Mention]:
        """Yield the mentions before a token, within `reach` sentences."""
        sentence = self.draft.tokens.sentence[index]
        for number in range(max(sentence - reach, 0), sentence + 1):
            for mention in self.draft.by_sentence.get(number, ()):
                if mention.start < index and mention.how != "relative":
                    yield mention

    def _behind(self, index: int, word: str, fits: tuple[str, ...]) -> Mention | None:
        """Return the most salient mention before a pronoun, unless another noun outdoes it."""
        tokens, traits = self.draft.tokens, self.draft.traits
        subject = tokens.dep[index] in SUBJECTS
        kind = fits[0] if fits[0] in (THING, MANY) else MALE
        opening = tokens.sentence_starts[tokens.sentence[index]]
        reach = _REACH.get(word, _FAR)
        if word == "it" and subject and not acts(tokens, tokens.head[index]):
            reach = 0
        own = word in _POSSESSIVE
        banned: set[str] = set() if own or word in _REFLEXIVE else self._banned(index)
        passive = word == "it" and tokens.dep[index] == "nsubj:pass"
        object_ = blamed(tokens, index) if own else -1
        # "The ministry blasted the US for its demand": the object, not the subject, has it.
        above = -1 if passive or object_ >= 0 else subject_above(tokens, index)
        best: Mention | None = None
        highest = 0.0
        for mention in self._before(index, reach):
            if not self._agrees(mention, fits) or mention.actor in banned:
                continue
            if traits[mention] == THING and (
                party(mention.actor) in banned
                or (kind == MANY and mention.start < opening and not _crowd(mention.actor))
            ):
                continue
            if own and mention.start <= tokens.head[index] < mention.end:
                continue
            score = salience(tokens, mention.head, index, subject)
            score += _ABOVE if mention.start <= above < mention.end else 0.0
            score += _BLAMED if mention.start <= object_ < mention.end else 0.0
            score += _AS_MANY if kind == MANY and traits[mention] == THING else 0.0
            if mention.actor.startswith("MEDIA") and tokens.dep[mention.head] not in SUBJECTS:
                continue
            if mention.how == "adjective":
                score += _ADJECTIVE_OWNS if own else _ADJECTIVE
            if best is None or score >= highest:
                best, highest = mention, score
        if best is not None and self._outdone(index, kind, highest, subject):
            return None
        return best

    def _banned(self, index: int) -> set[str]:
        """Return the actors that a pronoun cannot mean: the other arguments of its own verb."""
        tokens = self.draft.tokens
        verb = tokens.head[index]
        places = {child for child in tokens.children[verb] if child != index}
        if tokens.dep[index] not in SUBJECTS:
            # A clause without a subject has that of the clause above; a phrase is the verb's too.
            for _ in range(4):
                if any(tokens.dep[child] in SUBJECTS for child in tokens.children[verb]):
                    break
                if tokens.dep[verb] not in ("xcomp", "advcl", "acl", "obl", "nmod", "obj", "conj"):
                    break
                verb = tokens.head[verb]
            places |= {child for child in tokens.children[verb] if tokens.dep[child] in SUBJECTS}
        return {
            mention.actor
            for place in places
            if tokens.dep[place] not in CLAUSES
            for mention in self.draft.headed(place)
        }

    def _outdone(self, index: int, kind: str, highest: float, subject: bool) -> bool:
        """Tell whether a noun that is no actor is the likelier antecedent."""
        tokens = self.draft.tokens
        first = tokens.sentence_starts[max(tokens.sentence[index] - 1, 0)]
        own = {index}
        if subject:
            own |= {tokens.head[index], *tokens.children[tokens.head[index]]}
        loss = 0.0 if tokens.dep[index] == "nsubj:pass" else _COMPETITOR[kind]
        for noun in range(first, index):
            if noun in self.draft.taken or noun in own or not self._rivals(noun, kind):
                continue
            if salience(tokens, noun, index, subject) + loss > highest:
                return True
        return False

    def _rivals(self, noun: int, kind: str) -> bool:
        """Tell whether a noun could be what a pronoun of this kind stands for."""
        tokens = self.draft.tokens
        pos, dep = tokens.pos[noun], tokens.dep[noun]
        if kind == MALE:
            return (pos == "NOUN" and tokens.lemma[noun] in _KIN) or (
                pos == "PROPN" and dep in _NAMED and tokens.words[noun][1:2].islower()
            )
        if pos not in ("NOUN", "PROPN") or (dep not in SUBJECTS and dep not in _CENTRAL):
            return False
        return tokens.plural(noun) == (kind == MANY)

    def _joined(self, best: Mention) -> list[Mention]:
        """Return a mention with those that "and" joins to it: "Moon and Kim … they"."""
        tokens, first = self.draft.tokens, best.head
        for _ in range(4):
            if tokens.dep[first] != "conj":
                break
            first = tokens.head[first]
        heads = [first, *(child for child in tokens.children[first] if tokens.dep[child] == "conj")]
        if len(heads) == 1:
            return [other for other in self.draft.headed(first) if other.start == best.start]
        found = {mention.actor: mention for head in heads for mention in self.draft.headed(head)}
        return list(found.values())

    def _office_of(self, index: int, owner: Mention) -> None:
        """Resolve an office behind a resolved pronoun: "its foreign minister", "their troops"."""
        draft, offices = self.draft, self.offices
        state = tables.owner_of(owner.actor)
        if state not in tables.countries():
            return
        for start in range(index + 1, min(index + 5, len(draft.tokens))):
            chain = offices.chain_at.get(start)
            if chain is not None:
                if start not in offices.used and draft.free(start, chain.end):
                    actor = offices.of_state(chain, state, frozenset())
                    draft.add(start, chain.end, actor, "office", chain.trait)
                return
            if draft.tokens.pos[start] not in ("ADJ", "NOUN", "PROPN"):
                return


def _crowd(actor: str) -> bool:
    """Tell whether an actor is a body that "they" stands for as for its people."""
    body = tables.bodies().get(actor)
    return body is not None and body.kind in (tables.ARMED_GROUP, "people", "party")
