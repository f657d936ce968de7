"""Silver pairs: what the coder's own lexicon is sure of, found in unlabelled news.

The research set shows a few hundred predicates. The lexicon knows thousands, and where a word has
but one meaning it labels its sentence: the coder finds the parties, the word gives the type. Such
rows are noisy and only come before the gold ones (stage ``silver``), never beside them.

They are found with the encoder of the syntax stage, go to ``build/training/`` and are never
committed, for the texts are their publishers'.
"""

from __future__ import annotations

import gzip
import json
import logging
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Token

from standoff.coding.candidates import Candidate, candidates, predicates, roles_of
from standoff.coding.coder import read
from standoff.coding.predictions import predict
from standoff.coding.reading import Reading
from standoff.language import load, model, pipeline
from standoff.record import Document

from .corpora import ROLES, Pair

#: At most this many rows of one predicate, so that "meet" and "kill" leave room for the others,
#: and of one type, so that no type drowns the rest.
PER_PREDICATE = 40
PER_TYPE = 450


def texts(data: Path) -> Iterator[str]:
    """Yield the unlabelled news of the training sets."""
    for name in ("attribution/polnear_train.jsonl.gz", "corpus/kcna.jsonl.gz"):
        with gzip.open(data / name, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)["text"]
    with (data / "entities/re3d_train.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row.get("text") or " ".join(row["tokens"])


def rows(data: Path) -> list[Pair]:
    """Return the silver pairs of all texts, thinned to the limits, in an order that is fixed."""
    nlp, shared = load(), model.shared()
    found: list[tuple[str, Pair]] = []
    for text in texts(data):
        reading = read(Document(text), nlp(text))
        words = pipeline.run_at(reading.doc)
        predicted = predict(reading, predicates(reading), shared)
        for candidate in candidates(reading, predicted):
            sense = candidate.sense
            if sense is None or len(sense.types) != 1 or not candidate.parties.source_tokens:
                continue
            if candidate.parties.target_tokens and not candidate.anaphoric:
                run = words[candidate.token.i]
                found.append((sense.lemma, _pair(reading, candidate, run, sense.types[0])))
    return _thinned(found)


def _pair(reading: Reading, candidate: Candidate, run: list[Token], type_: str) -> Pair:
    named = roles_of(reading, candidate)
    roles = tuple(ROLES.index(named.get(word.i, "none")) for word in run)
    forms = tuple(word.text for word in run)
    return Pair(forms, roles, type_, " ".join(forms))


def _thinned(found: list[tuple[str, Pair]]) -> list[Pair]:
    random.Random(13).shuffle(found)
    predicates: Counter[str] = Counter()
    types: Counter[str] = Counter()
    kept = []
    for predicate, pair in found:
        if predicates[predicate] < PER_PREDICATE and types[pair.type] < PER_TYPE:
            predicates[predicate] += 1
            types[pair.type] += 1
            kept.append(pair)
    return kept


def write(data: Path, path: Path) -> None:
    """Write the silver rows of all texts as [words, roles, type] a line."""
    pairs = rows(data)
    with path.open("w", encoding="utf-8") as stream:
        for pair in pairs:
            stream.write(json.dumps([pair.words, pair.roles, pair.type]) + "\n")
    counts = Counter(pair.type for pair in pairs)
    logging.getLogger("training").info("%d silver pairs %s", len(pairs), counts.most_common())
