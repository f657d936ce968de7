"""What the teacher makes of the training texts, and what the student pays for another answer."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
import torch
from torch import Tensor

from standoff.language import lemma, model, pieces

from .corpora import Parsed
from .passages import Passage, Sentence, Taught


def parsed(texts: Sequence[Passage], parser: model.Model) -> list[Passage]:
    """Return the texts with the parser's syntax of each sentence that has none.

    The parser is the student itself before the stage begins: after nine epochs of syntax it knows
    more of it than a teacher after two, and its own answers, asked for in every batch, keep it from
    forgetting (Li and Hoiem 2016).
    """
    return [
        attrs.evolve(
            text,
            sentences=tuple(
                attrs.evolve(
                    sentence, syntax=sentence.syntax or _parsed(sentence.words, said, parser)
                )
                for sentence, said in zip(
                    text.sentences, parser.encode([s.words for s in text.sentences]), strict=True
                )
            ),
        )
        for text in texts
    ]


def taught(texts: Sequence[Passage], teacher: model.Model, what: Sequence[str]) -> list[Passage]:
    """Return the texts with the teacher's scores of `what` (fields of `Taught`) to be taught.

    Sentences that stand alone are read in each other's company, as many as make a passage. Of a
    single sentence the teacher knows little that its set does not say: in training it met them in
    sets that say one thing each, and lost the others over it ("said" is a cue in 23 of 100
    sentences of UW one by one, in 98 of them five at a time).
    """
    alone = [text for text in texts if len(text.sentences) == 1]
    together = iter(_scored([text.sentences[0] for text in alone], teacher, what))
    return [
        attrs.evolve(
            text,
            sentences=(
                (next(together),)
                if len(text.sentences) == 1
                else _scored(text.sentences, teacher, what)
            ),
        )
        for text in texts
    ]


def _scored(
    sentences: Sequence[Sentence], teacher: model.Model, what: Sequence[str]
) -> tuple[Sentence, ...]:
    words = [sentence.words for sentence in sentences]
    told = list(sentences)
    for spans in model.passages_of(words):
        packed = pieces.batch([[words[i] for i in span] for span in spans])
        said = teacher.said(packed, teacher.states(packed)[0])
        found = [said[name] for name in what]
        ends = np.cumsum(packed.lengths + 1)
        places = (i for span in spans for i in span)
        for i, start, end in zip(places, ends - packed.lengths, ends, strict=True):
            rows = (scores[start:end].astype(np.float16) for scores in found)
            told[i] = attrs.evolve(told[i], taught=Taught(**dict(zip(what, rows, strict=True))))
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
    rows: list[int] = []
    told = []
    for sentence, start in zip(sentences, starts, strict=True):
        wanted = getattr(sentence.taught, name, None)
        if wanted is not None:
            rows += range(start, start + len(wanted))
            told.append(wanted)
    if not told:
        return None
    wanted = torch.from_numpy(np.concatenate(told)).float().softmax(-1)
    return -(wanted * scores[rows].float().log_softmax(-1)).sum(-1).mean()
