"""Time per sentence of documents of 10, 100, 1,000 and 10,000 sentences: it must not grow.

A document is made of as many sentences of an archive, in their order. The shorter ones are read
several times, different sentences each time, so that each figure stands on at least as many as the
longest but one; all on one core, and as ratios to the quickest.
"""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

from standoff import coding
from standoff.language import load, model, pipeline
from standoff.record import Document

from .speed import on_one_core

SIZES = (10, 100, 1_000, 10_000)
LEAST = 1_000


def measure(data: Path) -> dict[str, Any]:
    """Return milliseconds a sentence by the number of sentences, and the largest ratio."""
    on_one_core()
    nlp, shared = load(), model.shared()
    nlp.max_length = 10**8  # spaCy's own limit; the reader has one of its own
    sentences = _sentences(data, max(SIZES))
    milliseconds = {}
    for size in SIZES:
        rounds = max(1, LEAST // size)
        texts = [" ".join(sentences[k * size : (k + 1) * size]) for k in range(rounds)]
        started = time.perf_counter()
        for text in texts:
            coding.code(Document(text), nlp(text), shared)
        milliseconds[size] = 1000 * (time.perf_counter() - started) / (size * rounds)
    quickest = min(milliseconds.values())
    return {
        "milliseconds": {str(size): round(value, 2) for size, value in milliseconds.items()},
        "largest_ratio": round(max(milliseconds.values()) / quickest, 3),
    }


def _sentences(data: Path, count: int) -> list[str]:
    """Return so many sentences of the archive, of at least one word, without line breaks."""
    nlp = pipeline.sentencizer()
    found: list[str] = []
    with gzip.open(data / "corpus/kcna.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            doc = nlp(json.loads(line)["text"])
            found += [" ".join(sent.text.split()) for sent in doc.sents if sent.text.strip()]
            if len(found) >= count:
                break
    return found[:count]
