"""A parsed document as plain lists, and the few questions about syntax that this package asks.

Reading a list is far faster than asking a token for its attribute; and one place knows what to
say where there is no parse.
"""

from __future__ import annotations

from bisect import bisect_right

import attrs
from spacy.tokens import Doc

_SAME_LENGTH = {
    ord(odd): plain
    for odd, plain in zip(
        "’‘ʼ＇‐‑\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n\t\r", "''''--     ", strict=True
    )
}
GENITIVES = frozenset(("'s", "’s", "'", "’", "‘s", "'S", "’S"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj", "nsubj:outer"))
_END = frozenset((".", "!", "?"))
CLAUSES = frozenset(
    (
        "ccomp",
        "advcl",
        "acl",
        "acl:relcl",
        "advcl:relcl",
        "xcomp",
        "csubj",
        "parataxis",
        "csubj:pass",
    )
)
PREPOSITIONS = frozenset(
    (
        "in",
        "at",
        "from",
        "to",
        "into",
        "near",
        "inside",
        "outside",
        "across",
        "throughout",
        "around",
        "over",
        "through",
        "towards",
        "toward",
        "within",
        "on",
        "with",
        "against",
        "between",
        "by",
        "of",
        "for",
        "about",
        "among",
        "behind",
        "under",
        "via",
        "off",
        "beyond",
        "along",
    )
)


@attrs.frozen(eq=False)
class Tokens:
    """One document: words, tags and tree as lists, one entry a token.

    `text` has typographic apostrophes, hyphens and spaces made plain, `lowered` is in lower case;
    both are as long as the document's own text. Without a parse `head` points at the token itself
    and `dep` is empty.
    """

    text: str
    lowered: str
    words: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    sentence: list[int]
    sentence_starts: list[int]
    starts: list[int]
    ends: list[int]
    parsed: bool
    tagged: bool
    children: list[list[int]]

    @classmethod
    def of(cls, doc: Doc) -> Tokens:
        """Read everything out of `doc` once."""
        text = doc.text.translate(_SAME_LENGTH)
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        parsed, tagged = doc.has_annotation("DEP"), doc.has_annotation("POS")
        nodes = list(doc)
        words = [token.text for token in nodes]
        lower = [word.lower() for word in words]
        starts = [token.idx for token in nodes]
        count = len(words)
        head = [token.head.i for token in nodes] if parsed else list(range(count))
        children: list[list[int]] = [[] for _ in words]
        if parsed:
            for index, parent in enumerate(head):
                if parent != index:
                    children[parent].append(index)
        if doc.has_annotation("SENT_START"):
            opens = [index for index, token in enumerate(nodes) if token.is_sent_start or not index]
        else:
            opens = [
                index
                for index in range(count)
                if not index or words[index - 1] in _END or "\n\n" in words[index - 1]
            ]
        sentence = [0] * count
        number = -1
        openings = set(opens)
        for index in range(count):
            number += index in openings
            sentence[index] = number
        return cls(
            text,
            lowered,
            words,
            lower,
            [token.lemma_.lower() for token in nodes] if doc.has_annotation("LEMMA") else lower,
            [token.pos_ for token in nodes] if tagged else [""] * count,
            [token.tag_ for token in nodes],
            [token.dep_ for token in nodes] if parsed else [""] * count,
            head,
            sentence,
            opens,
            starts,
            [start + len(word) for start, word in zip(starts, words, strict=True)],
            parsed,
            tagged,
            children,
        )

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """Return the token that the code point at `offset` belongs to."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def plural(self, noun: int) -> bool:
        """Tell whether a noun is a plural."""
        if self.tag[noun]:
            return self.tag[noun] in ("NNS", "NNPS")
        return self.lower[noun] != self.lemma[noun] and self.lower[noun].endswith("s")

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the first token of a sentence and the one after its last."""
        if number + 1 < len(self.sentence_starts):
            return self.sentence_starts[number], self.sentence_starts[number + 1]
        return self.sentence_starts[number], len(self.words)

    def shouting(self, number: int) -> bool:
        """Tell whether a sentence is all in capitals, as headlines may be."""
        first, stop = self.bounds(number)
        return self.text[self.starts[first] : self.ends[stop - 1]].isupper()

    def head_of(self, start: int, end: int) -> int:
        """Return the token of a span that hangs from outside it; its last where nothing says."""
        if self.parsed:
            best = -1
            for index in range(start, end):
                if not start <= self.head[index] < end or self.head[index] == index:
                    if self.dep[index] not in ("punct", "case", "det", "dep", ""):
                        return index
                    best = index if best < 0 else best
            if best >= 0:
                return best
        last = end - 1
        while last > start and not self.words[last][:1].isalnum():
            last -= 1
        return last

    def preposition(self, start: int, end: int) -> str:
        """Return the preposition that governs a span, or "" where it has none."""
        if self.parsed:
            head = self.head_of(start, end)
            for child in self.children[head]:
                if self.dep[child] == "case" and child < start:
                    return self.lower[child]
            if self.dep[head] not in ("conj", "flat", "dep"):
                return ""
            if self.dep[head] == "conj":
                first = self.head[head]
                for child in self.children[first]:
                    if self.dep[child] == "case" and child < first:
                        return self.lower[child]
                return ""
        index = start - 1
        while index >= 0 and (
            self.lower[index] in ("the", "a", "an") or self.pos[index] in ("ADJ", "NUM")
        ):
            index -= 1
        return self.lower[index] if index >= 0 and self.lower[index] in PREPOSITIONS else ""

    def genitive(self, end: int) -> bool:
        """Tell whether the token at `end` makes what stands before it a genitive."""
        return end < len(self.words) and self.words[end] in GENITIVES
