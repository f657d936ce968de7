"""What teachers make of the training texts, and what the student pays for another answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import attrs
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from standoff.language import lemma, model, pieces

from .corpora import Parsed
from .passages import Passage, Sentence, Taught

#: Words whose factuality is taught where nobody marked events: those that mostly stand for one.
EVENTFUL = frozenset(("VERB",))


def parsed(texts: Sequence[Passage], parser: model.Model) -> list[Passage]:
    """Return the texts with the parser's syntax of each sentence to be taught.

    The parser is the student itself before the stage begins: after nine epochs of syntax it knows
    more of it than a teacher after two, and its own answers, asked for in every batch, keep it from
    forgetting (Li and Hoiem 2016). A sentence whose set has a parse keeps that.
    """
    return [
        attrs.evolve(
            text,
            sentences=tuple(
                _with_syntax(sentence, said, parser)
                for sentence, said in zip(
                    text.sentences, parser.encode([s.words for s in text.sentences]), strict=True
                )
            ),
        )
        for text in texts
    ]


def taught(texts: Sequence[Passage], teacher: model.Model, what: Sequence[str]) -> list[Passage]:
    """Return the texts, parsed before, with the teacher's scores of `what` to be taught."""
    return [attrs.evolve(text, sentences=_scored(text.sentences, teacher, what)) for text in texts]


def _with_syntax(sentence: Sentence, said: model.Words, parser: model.Model) -> Sentence:
    syntax = sentence.syntax or _parsed(sentence.words, said, parser)
    return attrs.evolve(sentence, syntax=syntax, taught=Taught(syntax))


def _scored(
    sentences: Sequence[Sentence], teacher: model.Model, what: Sequence[str]
) -> tuple[Sentence, ...]:
    words = [sentence.words for sentence in sentences]
    told = list(sentences)
    for spans in model.passages_of(words):
        packed = pieces.batch([[words[i] for i in span] for span in spans])
        found = teacher.run(what, packed.feed())
        ends = np.cumsum(packed.lengths + 1)
        places = (i for span in spans for i in span)
        for i, start, end in zip(places, ends - packed.lengths, ends, strict=True):
            own = told[i].taught
            assert own is not None
            rows = (scores[start:end].astype(np.float16) for scores in found)
            more = attrs.evolve(own, **dict(zip(what, rows, strict=True)))
            told[i] = attrs.evolve(told[i], taught=more)
    return tuple(told)


def _parsed(words: tuple[str, ...], said: model.Words, parser: model.Model) -> Parsed:
    upos = tuple(parser.upos[i] for i in said.upos)
    xpos = tuple(parser.xpos[i] for i in said.xpos)
    lemmas = tuple(
        lemma.lemma(form, parser.lemma[i], fine, coarse)
        for form, i, fine, coarse in zip(words, said.lemma, xpos, upos, strict=True)
    )
    labels = tuple(parser.deprel[i] for i in said.deprel)
    return Parsed(words, upos, xpos, lemmas, tuple(said.heads.tolist()), labels)


def of_tags(
    name: str, scores: Tensor, sentences: Sequence[Sentence], starts: Sequence[int]
) -> Tensor | None:
    """Return the mean cross-entropy between a teacher's tags and `scores` (R, tags).

    `name` says which tags of `Taught`; None where no sentence is taught them.
    """
    rows, told = _taught_rows(name, sentences, starts)
    if not told:
        return None
    wanted = torch.from_numpy(np.concatenate(told)).float().softmax(-1)
    return -(wanted * scores[rows].float().log_softmax(-1)).sum(-1).mean()


def of_values(
    values: Tensor, sentences: Sequence[Sentence], starts: Sequence[int]
) -> Tensor | None:
    """Return the distance between a teacher's factuality of verbs and `values` (R, scales)."""
    rows, told = _taught_rows("factuality", sentences, starts)
    tags = [s.taught.syntax.upos for s in sentences if s.taught and s.taught.factuality is not None]
    eventful = [i for i, tag in enumerate(chain.from_iterable(tags)) if tag in EVENTFUL]
    if not eventful:
        return None
    wanted = torch.from_numpy(np.concatenate(told)[eventful]).float()
    found = values[[rows[i] for i in eventful]].float()
    return nn.functional.smooth_l1_loss(found, wanted, beta=0.5)


def _taught_rows(
    name: str, sentences: Sequence[Sentence], starts: Sequence[int]
) -> tuple[list[int], list[NDArray[np.float16]]]:
    """Return the rows of all words that are taught something, and what, sentence by sentence."""
    rows: list[int] = []
    told = []
    for sentence, start in zip(sentences, starts, strict=True):
        scores = getattr(sentence.taught, name, None)
        if scores is not None:
            rows += range(start, start + len(scores))
            told.append(scores)
    return rows, told
