"""Tags and parse of the shipped int8 model, gold tokens: UPOS, XPOS, lemma, UAS and LAS.

Words are the treebank's; scores count every word, punctuation included, and full labels
(``nmod:poss``), as the CoNLL 2018 shared task does but for its language-specific subtypes.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from standoff.language import lemma, model, pieces

from . import treebanks

SETS = ("ewt-dev", "gum-news-dev")


def measure(data: Path, shared: model.Model | None = None) -> dict[str, Any]:
    """Return the scores of each set, in per cent."""
    reader = shared or model.load()
    return {
        name: score(treebanks.read(data / f"treebanks/{name}.conllu.gz"), reader) for name in SETS
    }


def score(sentences: list[treebanks.Sentence], shared: model.Model) -> dict[str, float]:
    """Return UPOS, XPOS, lemma accuracy, UAS, LAS and LAS without subtypes, in per cent."""
    fitting = [s for s in sentences if pieces.count(s.words) <= pieces.MAX_PIECES]
    hits = dict.fromkeys(("upos", "xpos", "lemma", "uas", "las", "las_universal"), 0)
    total = 0
    answers = []
    for _, document in itertools.groupby(fitting, key=lambda s: s.document):
        answers += shared.encode([sentence.words for sentence in document])
    for gold, answer in zip(fitting, answers, strict=True):
        for i in range(len(gold.words)):
            deprel = shared.deprel[answer.deprel[i]] if answer.heads[i] else "root"
            right = int(answer.heads[i]) == gold.heads[i]
            hits["upos"] += shared.upos[answer.upos[i]] == gold.upos[i]
            hits["xpos"] += shared.xpos[answer.xpos[i]] == gold.xpos[i]
            rule, tag = shared.lemma[answer.lemma[i]], shared.xpos[answer.xpos[i]]
            found = lemma.lemma(gold.words[i], rule, tag, shared.upos[answer.upos[i]])
            hits["lemma"] += found == gold.lemmas[i]
            hits["uas"] += right
            hits["las"] += right and deprel == gold.deprels[i]
            hits["las_universal"] += right and _universal(deprel) == _universal(gold.deprels[i])
        total += len(gold.words)
    return {name: round(100 * count / total, 2) for name, count in hits.items()} | {"words": total}


def _universal(label: str) -> str:
    return label.split(":")[0]
