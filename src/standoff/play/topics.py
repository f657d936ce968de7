"""What an account is about: the words by which a tariff is told from a railway.

The words are those of the clause that the event stands in, without the names of its parties, each
weighted by how rare it is among the accounts at hand (Spärck Jones 1972): "tariff" says little
where every second account has it, "archives" much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from standoff.store.model import Account
from standoff.store.words import stems

_BREAK = re.compile(
    r"[;:](?=\s)|,(?=\s)|\s[–—-]\s|—|\s(?:but|while|although|unless|if|because|until|provided|"
    r"after|before|when|which|who|whereas)\s",
    re.IGNORECASE,
)
#: Accounts that the rarity of words is reckoned on at least.
_FEWEST = 50
#: Characters of a sentence on either side of its event that are looked at: nobody writes longer
#: ones.
_WINDOW = 1000
#: A clause of fewer words than these also counts the words of the one that follows it.
_FEW = 4


def clause(account: Account) -> str:
    """Return the clause of the sentence that an account's anchor stands in."""
    text = account.sentence_text
    start = account.anchor.start - account.sentence[0]
    end = account.anchor.end - account.sentence[0]
    if len(text) > 2 * _WINDOW:
        cut = max(0, start - _WINDOW)
        text, start, end = text[cut : end + _WINDOW], start - cut, end - cut
    if not 0 <= start < end <= len(text):
        return text or account.anchor.text
    left = [match.end() for match in _BREAK.finditer(text, 0, start)]
    right = [match.start() for match in _BREAK.finditer(text, end)]
    first = left[-1] if left else 0
    last = right[0] if right else len(text)
    if len(stems(text[first:last])) < _FEW and len(right) > 1:
        last = right[1]
    elif len(stems(text[first:last])) < _FEW:
        last = len(text)
    return text[first:last]


_PHRASE = re.compile(
    r"(\b(the|an?|its|their|his|her|this|that|these|those|no|some|any)|\S+[’']s?)\s"
    r"(?:[^\s,;]+\s){0,5}$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*(?:(?:that|and|but|which|who|or)\s+)+", re.IGNORECASE)
#: A clause of fewer characters is quoted with the one before it.
_SHORT = 45
_JOINT = re.compile(r"\s(?:and|or|that|as)\s", re.IGNORECASE)
#: A clause whose anchor stands further in than this is quoted from the phrase of its anchor on.
_FAR = 110


def phrase(account: Account) -> str:
    """Return the words to quote for an account: its clause, or what of it belongs to its anchor."""
    text = clause(account)
    if len(text.strip()) < _SHORT:
        # "was agreed in 2013" says nothing without what stands before it.
        at = account.sentence_text.find(text)
        left = [m.end() for m in _BREAK.finditer(account.sentence_text, 0, max(0, at - 1))]
        text = account.sentence_text[left[-1] if left else 0 : at + len(text)]
    text = _LEADING.sub("", text)
    place = text.find(account.anchor.text)
    if place < _FAR:
        return text
    found = _PHRASE.search(text, 0, place)
    joints = [match.end() for match in _JOINT.finditer(text, 0, place)]
    start = found.start() if found else joints[-1] if joints else 0
    return text[start:]


def words(account: Account, names: frozenset[str]) -> frozenset[str]:
    """Return the stems that say what an account is about; `names` are those of parties."""
    found = stems(clause(account)) - names
    return frozenset(word for word in found if not word.isdigit()) | (
        stems(account.anchor.text) - names
    )


@attrs.frozen
class Weights:
    """How much each word says."""

    rarity: Mapping[str, float]
    unknown: float

    @classmethod
    def of(cls, topics: Iterable[frozenset[str]]) -> Weights:
        """Return the weights of words by the topics in which they stand."""
        counts: Counter[str] = Counter()
        total = 0
        for topic in topics:
            counts.update(topic)
            total += 1
        # Of a few accounts every word is common; what is rare among many is so among few.
        top = math.log1p(total + _FEWEST)
        return cls({word: top - math.log1p(n) + 0.1 for word, n in counts.items()}, top + 0.1)

    def total(self, topic: Iterable[str]) -> float:
        """Return how much a topic's words say together."""
        return math.fsum(self.rarity.get(word, self.unknown) for word in topic)

    def shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Return the part (0 to 1) of what the shorter of two topics says that both say."""
        least = min(self.total(a), self.total(b))
        return self.total(a & b) / least if least else 0.0
