"""Speed on one core: all heads, and whole reading, beside the bare encoder, in turn.

The bare encoder is the encoder's graph, int8, on the same words in the same batches: no head, no
tree, no span, no coding. `heads` is the pipeline's component over the same words, which
sets all that the heads say of them; `read` is everything from the raw text to the record. Their
ratios to the bare encoder hold on any machine, the words per second only on this one.
`mentions_share` is what actors, times and places take of the pipeline's time.
"""

from __future__ import annotations

import datetime
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from standoff import actors, places, times
from standoff.language import model, pieces, pipeline
from standoff.reader import Reader
from standoff.record import Document, Record

ARTICLES = 60
PUBLISHED = datetime.date(2024, 6, 1)
ROUNDS = 5


def measure(data: Path) -> dict[str, Any]:
    """Return sentences and words a second of both, their ratio, and the peak memory."""
    on_one_core()
    with gzip.open(data / "corpus/kcna.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    documents = [Document(row["text"]) for row in rows[:: len(rows) // ARTICLES][:ARTICLES]]
    reader = Reader()
    list(reader.read_many(documents[:2]))
    nlp = pipeline.load()
    component = nlp.get_pipe("standoff_encoder")
    with nlp.select_pipes(disable=["standoff_encoder"]):
        split = [nlp(document.text) for document in documents]
    parsed = [[[token.text for token in run] for run in pipeline.runs_of(doc)] for doc in split]
    sentences = [sentence for document in parsed for sentence in document]
    words = sum(map(len, sentences))
    whole, heads, bare, mentions = [], [], [], []
    events = 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        records = list(reader.read_many(documents))
        whole.append(time.perf_counter() - started)
        copies = [doc.copy() for doc in split]
        started = time.perf_counter()
        for doc in copies:
            component(doc)
        heads.append(time.perf_counter() - started)
        started = time.perf_counter()
        for document in parsed:
            encode(model.shared(), document)
        bare.append(time.perf_counter() - started)
        started = time.perf_counter()
        for doc in copies:
            actors.find(doc, PUBLISHED)
            times.find(doc, PUBLISHED)
            places.find(doc)
        mentions.append(time.perf_counter() - started)
        events = sum(len(r.events) for r in records if isinstance(r, Record))
    ratios = [a / b for a, b in zip(whole, bare, strict=True)]
    of_heads = [a / b for a, b in zip(heads, bare, strict=True)]
    shares = [a / b for a, b in zip(mentions, heads, strict=True)]
    return {
        "documents": len(documents),
        "sentences": len(sentences),
        "words": words,
        "events": events,
        "read_sentences_per_s": round(len(sentences) / statistics.median(whole)),
        "read_words_per_s": round(words / statistics.median(whole)),
        "encoder_sentences_per_s": round(len(sentences) / statistics.median(bare)),
        "encoder_words_per_s": round(words / statistics.median(bare)),
        "heads_words_per_s": round(words / statistics.median(heads)),
        "heads_ratio": round(statistics.median(of_heads), 3),
        "heads_ratio_min": round(min(of_heads), 3),
        "heads_ratio_max": round(max(of_heads), 3),
        "mentions_share": round(statistics.median(shares), 3),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_min": round(min(ratios), 3),
        "ratio_max": round(max(ratios), 3),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def encode(shared: model.Model, sentences: list[list[str]]) -> None:
    """Run the encoder alone over a document's sentences, batched as `Model.encode` does."""
    for spans in model.passages_of(sentences):
        packed = pieces.batch([[sentences[i] for i in span] for span in spans])
        shared.states(packed)


def cold_start(example: Path) -> dict[str, float]:
    """Return the median wall seconds of ``standoff --help`` and of a first record."""
    program = str(Path(sys.executable).with_name("standoff"))
    return {
        "help_s": _wall([program, "--help"]),
        "first_record_s": _wall([program, "read", str(example), "--format", "jsonl"]),
    }


def _wall(command: list[str]) -> float:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return round(statistics.median(times), 3)


def on_one_core() -> None:
    """Stay on one core, so that no thread of any library helps."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
