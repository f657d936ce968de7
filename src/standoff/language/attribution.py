"""Attributions out of the encoder's scores: who says, in which word, what.

Spans of source, cue and content come from tags over the whole text, so that a content may run on
over sentences; vectors of their first words tell which belong together (`decode`). What counts as
an attribution follows PolNeAR (Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from standoff.language import spans
from standoff.language.quotations import stretches

SOURCE, CUE, CONTENT = "SOURCE", "CUE", "CONTENT"

#: Width of a link vector.
LINK = 64

#: A quotation is content when this share of its words is. Rerun benchmarks/attribution.py.
QUOTED = 0.5

Floats = NDArray[np.float32]


@attrs.frozen(eq=False)
class Attribution:
    """One attribution in a document; `source` is None where the text names nobody.

    `contents` has several spans where other words, often the cue's, stand between them.
    """

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]


@attrs.frozen
class Linked:
    """An attribution by (start, end) of words; `contents` may be empty."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]


def decode(
    scores: Floats,
    links: Floats,
    sentences: NDArray[np.int64],
    quoted: Sequence[tuple[int, int]],
    names: tuple[str, ...],
) -> tuple[list[spans.Span], list[Linked]]:
    """Return the spans of a text of `n` words, and the attributions that they form.

    `scores`: (n, tags); `quoted`: the (start, end) of words in quotation marks, the marks
    included; `sentences`: (n,), the number of each word's sentence; `links`:
    (n, 4 * LINK + 1): vectors of a cue that looks for its source, of a source, of a content that
    looks for its cue, of a cue, and the score of a cue for having no source.
    """
    found = _whole_quotations(spans.decode(scores, names), quoted)
    found = _cut_at_speakers(found, sentences, quoted)
    cues = [span for span in found if span[2] == CUE]
    if not cues:
        return found, []
    seeks_source, source, seeks_cue, cue = np.split(links[:, :-1], 4, axis=1)
    sources = [span for span in found if span[2] == SOURCE]
    contents: list[list[tuple[int, int]]] = [[] for _ in cues]
    marks = sorted(quoted)
    for span in found:
        if span[2] == CONTENT:
            opens = not span[0] or sentences[span[0] - 1] != sentences[span[0]]
            is_quoted = _meets(marks, span[0], span[0] + 1)
            near = _nearest(sentences, span, cues, int(opens and is_quoted))
            if near:
                likely = cue[[cues[k][0] for k in near]] @ seeks_cue[span[0]]
                contents[near[int(likely.argmax())]].append(span[:2])
    linked = []
    for k, span in enumerate(cues):
        near = _nearest(sentences, span, sources, 0)
        chosen = None
        if near:
            likely = source[[sources[i][0] for i in near]] @ seeks_source[span[0]]
            if likely.max() > links[span[0], -1]:
                chosen = sources[near[int(likely.argmax())]][:2]
        linked.append(Linked(chosen, span[:2], tuple(contents[k])))
    return found, linked


def _whole_quotations(
    found: list[spans.Span], quoted: Sequence[tuple[int, int]]
) -> list[spans.Span]:
    """Return the spans with every quotation that is mostly content made one content.

    What is said inside of a quotation is the quoted one's to say: PolNeAR marks no account in it.
    """
    for start, end in quoted:
        inside = [s for s in found if s[0] < end and start < s[1]]
        contents = [s for s in inside if s[2] == CONTENT]
        covered = sum(min(s[1], end) - max(s[0], start) for s in contents)
        if covered < QUOTED * (end - start):
            continue
        first, last = min(start, contents[0][0]), max(end, contents[-1][1])
        found = [s for s in found if s[1] <= first or last <= s[0]]
        found.append((first, last, CONTENT))
        found.sort()
    return found


def _cut_at_speakers(
    found: list[spans.Span], sentences: NDArray[np.int64], quoted: Sequence[tuple[int, int]]
) -> list[spans.Span]:
    """Return the spans with contents cut before a sentence whose own speaker follows in it.

    "A said the talks were off. They were on, B said": without quotation marks nobody's words run
    into a sentence that somebody else is said to say. The stop between is nobody's.
    """
    out: list[spans.Span] = []
    marks = sorted(quoted)
    cues = {int(sentences[start]): start for start, _, label in found if label == CUE}
    for start, end, label in found:
        last = int(sentences[end - 1])
        border = int(np.searchsorted(sentences, last))
        spoken = cues.get(last, -1) >= end
        cut = label == CONTENT and start < border - 1 and border < end and spoken
        if cut and not _meets(marks, start, end):
            out += [(start, border - 1, label), (border, end, label)]
        else:
            out.append((start, end, label))
    return out


def _meets(marks: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch of words overlaps one of some others, which are sorted and apart."""
    k = bisect_left(marks, (end, 0)) - 1
    return k >= 0 and start < marks[k][1]


def _nearest(
    sentences: NDArray[np.int64], span: spans.Span, others: Sequence[spans.Span], reach: int
) -> list[int]:
    """Return the places of those among `others` that stand the fewest sentences from a span.

    `reach` is how many that may be. The vectors do not tell sentences apart, and all but 2 % of
    links stay within one; the rest are quotations whose speaker is named after them.
    """
    first, last = int(sentences[span[0]]), int(sentences[span[1] - 1])
    # Only those nearby can be: the others are in text order, and hardly one is over two sentences.
    low = bisect_left(others, first - reach - _LONG, key=lambda other: int(sentences[other[0]]))
    high = bisect_right(others, last + reach, key=lambda other: int(sentences[other[0]]))
    gaps = {k: _gap(sentences, span, others[k]) for k in range(low, high)}
    least = min(gaps.values(), default=reach + 1)
    return [k for k, gap in gaps.items() if gap == least <= reach]


#: So many sentences at most does a cue or a source go on for after its first.
_LONG = 2


def _gap(sentences: NDArray[np.int64], one: spans.Span, other: spans.Span) -> int:
    """Return how many sentence borders lie between two spans, 0 where they share a sentence."""
    before, after = sorted((one, other))
    return max(0, int(sentences[after[0]] - sentences[before[1] - 1]))


def _quoted(doc: Doc, words: Sequence[int]) -> list[tuple[int, int]]:
    """Return the quotations of a document, marks included, by their place among `words`."""
    place = np.searchsorted(words, np.arange(len(doc) + 2))
    return [
        (int(place[start - 1]), int(place[min(end + 1, len(doc))])) for start, end in stretches(doc)
    ]


def attach(
    doc: Doc,
    words: Sequence[int],
    scores: Floats,
    links: Floats,
    sentences: NDArray[np.int64],
    names: tuple[str, ...],
) -> None:
    """Set ``doc._.attributions`` and, every span by itself, ``doc.spans["attribution"]``.

    `words` gives the place in `doc` of each of the `n` words that the scores are about.
    """
    found, linked = decode(scores, links, sentences, _quoted(doc, words), names)

    def span(place: tuple[int, int], label: str) -> Span:
        return Span(doc, words[place[0]], words[place[1] - 1] + 1, label)

    doc.spans["attribution"] = [span((start, end), label) for start, end, label in found]
    doc._.attributions = tuple(
        Attribution(
            None if one.source is None else span(one.source, SOURCE),
            span(one.cue, CUE),
            tuple(span(content, CONTENT) for content in one.contents),
        )
        for one in linked
        if one.contents
    )


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", default=())
