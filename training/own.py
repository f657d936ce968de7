"""What we wrote ourselves as texts for the encoder: the codebook, the drills; and silver pairs."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable
from pathlib import Path

import spacy

from standoff.language import pieces

from . import corpora
from .corpora import Pair
from .passages import Passage, Sentence

#: How much a verb or noun that is unmarked in a passage of the codebook counts as one that denotes
#: none. Every event of a dispatch is marked; in the others those of subordinate clauses at times
#: are not. At twice as much the head says "none" of too many that are events: of held-out marked
#: predicates it then has 83.6 % right instead of 85.2.
UNMARKED = {"dispatch": 0.5, "talk": 0.3, "wire": 0.2, "starter": 0.2, "chronicle": 0.1}


def codebook(folder: Path) -> list[Passage]:
    """Return the passages of our codebook (``training/codebook``)."""
    return [
        Passage(
            tuple(
                Sentence(words, events=tuple(rows), unmarked=UNMARKED[name])
                for words, rows in sentences
                if pieces.count(words) <= pieces.MAX_PIECES
            )
        )
        for name, passages in corpora.codebook(folder)
        for sentences in passages
    ]


def silver(rows: Iterable[Pair]) -> list[Passage]:
    """Return the sentences of pairs whose event type the lexicon is sure of (silver.py)."""
    return [Passage((Sentence(row.words, events=(row,)),)) for row in rows]


def drills() -> list[Passage]:
    """Return the plainest sentences, of the verbs of drills.toml; the same ones every time."""
    told = tomllib.loads((Path(__file__).parent / "drills.toml").read_text("utf-8"))
    rng, nlp = random.Random(13), spacy.blank("en")
    found = []
    for type_, verbs in told["verbs"].items():
        for verb in verbs:
            forms, _, rest = verb.partition("|")
            past, base, done = (" ".join(form.split("_")) for form in _principal(forms.strip()))
            for form in told["forms"]:
                first, second = rng.sample(told["parties"], 2)
                words = {"a": f"<s>{first}</s>", "b": f"<t>{second}</t>"}
                words |= {"past": f"<p>{past}</p>", "base": f"<p>{base}</p>"}
                marked = form.format(**words, done=f"<p>{done}</p>")
                if rest.strip() and form.startswith("{a}"):
                    marked = marked.replace("</t>", f"</t> {rest.strip()}", 1)
                marked = marked.replace("<s>the", "<s>The", 1) if form.startswith("{a}") else marked
                pair = corpora.marked_pair(marked, type_, marked, nlp)
                found.append(Passage((Sentence(pair.words, events=(pair,)),)))
    return found


def _principal(forms: str) -> tuple[str, str, str]:
    """Return the past, the infinitive and the participle of a verb; the past may have two words."""
    words = forms.split()
    return " ".join(words[:-2]), words[-2], words[-1]
