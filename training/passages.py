"""Passages: consecutive sentences with whatever their sets say of them, packed for the encoder."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from standoff.language import pieces

from .corpora import SCALES, Pair, Parsed

#: Share of passages that are cut down to single sentences, so that `relate`, and whoever asks
#: about one sentence, is answered as well.
SINGLE = 0.4

#: Share of passages that are read as if written in one case, as headlines, dispatches and posts
#: are, so that names are known by more than their capitals.
RECASED = {"lower": 0.03, "upper": 0.03, "title": 0.03}


@attrs.frozen(eq=False)
class Taught:
    """A teacher's scores of the words of a sentence (teaching.py): (n, tags), larger is likelier.

    What it does not teach of the sentence is None.
    """

    attribution: NDArray[np.float16] | None = None
    news: NDArray[np.float16] | None = None


@attrs.frozen
class Sentence:
    """A sentence with the annotation that its set has; what it lacks is None.

    `entities` names the guideline and gives, for each word, the tag of the set; `attribution` the
    tag of each word; `factuality` the value of some words, by their place, and `scale` on which
    scale they are (`corpora.SCALES`). `taught` stands beside, whatever the set has; a set without
    `syntax` may be given the student's own (`teaching.parsed`). `events` are by our codebook;
    `unmarked` is how surely, 0 to 1, a verb or noun beside them denotes none.
    """

    words: tuple[str, ...]
    syntax: Parsed | None = None
    entities: tuple[str, tuple[str, ...]] | None = None
    attribution: tuple[str, ...] | None = None
    factuality: tuple[tuple[int, float], ...] = ()
    scale: str = SCALES[0]
    taught: Taught | None = None
    events: tuple[Pair, ...] = ()
    unmarked: float = 0.0


#: A word by the number of its sentence and its place in it.
Word = tuple[int, int]


@attrs.frozen
class Link:
    """An attribution by the first words of its spans; a source may be left out."""

    cue: Word
    source: Word | None
    contents: tuple[Word, ...]


@attrs.frozen
class Passage:
    """Consecutive sentences of one text, and the attributions in them."""

    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...] = ()

    def size(self) -> int:
        """Return how many word-pieces it has."""
        return sum(pieces.count(sentence.words) for sentence in self.sentences)


def cut(text: Passage, limit: int, rng: random.Random | None = None) -> Iterator[Passage]:
    """Yield a text in passages of at most `limit` pieces; `rng` shifts the cuts and cuts more."""
    counts = [pieces.count(sentence.words) for sentence in text.sentences]
    start = 0
    while start < len(counts):
        room = limit
        if rng is not None:
            room = 0 if rng.random() < SINGLE else rng.randint(limit // 2, limit)
        whole = pieces.passages(counts[start:], room)[0]
        part = _part(text, start, start + len(whole))
        yield part if rng is None else _recased(part, rng)
        start += len(whole)


def _part(text: Passage, start: int, end: int) -> Passage:
    def moved(word: Word | None) -> Word | None:
        return None if word is None or not start <= word[0] < end else (word[0] - start, word[1])

    links = []
    for link in text.links:
        cue, source = moved(link.cue), moved(link.source)
        if cue is None or (source is None and link.source is not None):
            continue
        contents = tuple(place for word in link.contents if (place := moved(word)) is not None)
        links.append(Link(cue, source, contents))
    return Passage(text.sentences[start:end], tuple(links))


def _recased(passage: Passage, rng: random.Random) -> Passage:
    """Return the passage, or once in a while the same in one case; word-pieces stay as they are."""
    cases = [*RECASED, None]
    case = rng.choices(cases, [*RECASED.values(), 1.0 - sum(RECASED.values())])[0]
    if case is None:
        return passage
    told = [
        attrs.evolve(sentence, words=tuple(getattr(word, case)() for word in sentence.words))
        for sentence in passage.sentences
    ]
    return attrs.evolve(passage, sentences=tuple(told))


def batched(passages: Sequence[Passage], limit: int, rng: random.Random) -> Iterator[list[Passage]]:
    """Yield shuffled batches of passages of like size, `limit` pieces each, padding included."""
    sizes = [passage.size() for passage in passages]
    order = sorted(range(len(passages)), key=lambda i: (sizes[i] + rng.randint(0, 8), i))
    batches: list[list[Passage]] = []
    widest = limit + 1
    for i in order:
        widest = max(widest, sizes[i])
        if not batches or widest * (len(batches[-1]) + 1) > limit:
            batches.append([])
            widest = sizes[i]
        batches[-1].append(passages[i])
    rng.shuffle(batches)
    yield from batches
