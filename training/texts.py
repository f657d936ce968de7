"""Every annotated set as texts for the encoder: what each says, in the tags of our heads."""

from __future__ import annotations

import json
import re
import tarfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from benchmarks import sets, treebanks
from standoff.language import pieces, pipeline, spans
from standoff.times import grammar

from . import own, places
from .corpora import Parsed
from .passages import Link, Passage, Sentence, Word

#: The heads that read words, and the fields of `Sentence` that they learn from.
HEADS = {
    **{name: name for name in ("syntax", "entities", "attribution", "factuality", "events")},
    "arguments": "events",
}

#: The tag of a word outside all spans that by its looks is no part of a date or a sum either.
PLAIN = "O!"

#: Opens a label of ours that stands where a set's own did, for the name tells more than the set.
KNOWN = "="

#: The roles of an attribution, which its tags name.
ATTRIBUTION = spans.tags([role.upper() for role in sets.ROLES])


@cache
def mapping() -> dict[str, Any]:
    """Return entities.toml."""
    return tomllib.loads((Path(__file__).parent / "entities.toml").read_text("utf-8"))


def entity_tags() -> dict[str, tuple[str, ...]]:
    """Return the tags of each guideline."""
    return {name: spans.tags(labels) for name, labels in mapping()["labels"].items()}


@cache
def allowed(set_: str, tag: str) -> NDArray[np.bool_]:
    """Return which tags of ours a tag of a set may stand for; `tag` like B-Location or O.

    Raises:
        KeyError: the mapping does not know the set's label.
    """
    rules = mapping()[set_]
    names = entity_tags()[rules["guideline"]]
    if tag in {spans.OUTSIDE, PLAIN}:
        may = set(rules[spans.OUTSIDE]) - ({"DATE", "MONEY"} if tag == PLAIN else set())
        known = {name for name in names if name[2:] in may} | {spans.OUTSIDE}
    else:
        part, label = tag.split("-", 1)
        labels = [label.removeprefix(KNOWN)] if label.startswith(KNOWN) else rules[label]
        known = {f"{part}-{label}" for label in labels}
    return np.array([name in known for name in names])


def treebank(data: Path, name: str) -> list[Passage]:
    """Return the documents of a treebank with the names and factuality that are known of them."""
    gold = treebanks.read(data / f"treebanks/{name}.conllu.gz")
    kind, split = name.split("-")[0], name.split("-")[-1]
    if kind == "ewt":
        named = {
            tuple(row.words): ("uner", row.spans)
            for row in sets.universal_ner(data / f"entities/uner_ewt_{split}.iob2.gz")
        }
        valued = {
            tuple(row.words): row.values
            for row in sets.factuality(data / f"factuality/uds_ih2_{split}.jsonl.gz")
        }
    else:
        named = {tuple(s.words): ("gum", sets.names(s)) for s in gold}
        valued = {}
    documents: dict[str, list[Sentence]] = {}
    for sentence in gold:
        words = tuple(sentence.words)
        if pieces.count(words) > pieces.MAX_PIECES:
            continue
        entities = named.get(words)
        documents.setdefault(sentence.document, []).append(
            Sentence(
                words,
                syntax=Parsed(
                    words,
                    tuple(sentence.upos),
                    tuple(sentence.xpos),
                    tuple(sentence.lemmas),
                    tuple(sentence.heads),
                    tuple(sentence.deprels),
                ),
                entities=entities and _tags(entities[0], words, entities[1]),
                factuality=tuple(valued.get(words, {}).items()),
                scale="uds",
            )
        )
    return [Passage(tuple(sentences)) for sentences in documents.values()]


def _tags(
    set_: str, words: Sequence[str], found: Sequence[tuple[int, int, str]]
) -> tuple[str, tuple[str, ...]]:
    """Return the set and the tag of each word, places told apart where their names do."""
    rules = mapping()[set_]
    told = [
        (start, end, _place(words[start:end], label, rules.get(label, ())))
        for start, end, label in found
    ]
    tags = spans.tagged(told, len(words))
    if "DATE" in rules[spans.OUTSIDE]:
        amounts = _dates_and_money(words)
        tags = [
            PLAIN if tag == spans.OUTSIDE and i not in amounts else tag
            for i, tag in enumerate(tags)
        ]
    return set_, tuple(tags)


def _dates_and_money(words: Sequence[str]) -> set[int]:
    """Return the words that may be part of a date or a sum of money, by how they look.

    Sets that mark neither leave it open what an unmarked word is; left to itself, the network comes
    to think of any number there as a date.
    """
    starts = np.cumsum([0, *(len(word) + 1 for word in words)])
    found: set[int] = set()
    for time in grammar.find(" ".join(words)):
        first = int(np.searchsorted(starts, time.start, side="right")) - 1
        last = int(np.searchsorted(starts, time.end - 1, side="right")) - 1
        found.update(range(first, last + 1))
    for i, word in enumerate(words):
        if _MONEY.fullmatch(word):
            found.update(range(max(0, i - 4), i + 5))
    return found


_MONEY = re.compile(
    r"(?:[A-Z]{0,3}[$£€¥].*|dollars?|euros?|pounds?|yen|yuan|rupees?|rubles?|francs?|cents?|pesos?"
    r"|USD|EUR|GBP)",
    re.IGNORECASE,
)


def _place(words: Sequence[str], label: str, stands_for: Sequence[str]) -> str:
    if not {"GPE", "LOC"} <= set(stands_for):
        return label
    kind = places.kind(words)
    return f"{KNOWN}{kind}" if kind in stands_for else label


def entities(data: Path, set_: str, split: str) -> list[Passage]:
    """Return the texts of an entity set: articles, or sentences that stand alone."""
    folder = data / "entities"
    if set_ == "worldwide":
        texts = sets.worldwide(folder / f"worldwide_{split}.jsonl.gz")
    elif set_ == "wikigold":
        texts = [[row] for row in sets.rows_of_tags(folder / "wikigold.jsonl.gz")]
    else:
        texts = [[row] for row in sets.rows_of_tags(folder / f"{set_}_{split}.jsonl")]
    return [
        Passage(
            tuple(
                Sentence(tuple(row.words), entities=_tags(set_, row.words, row.spans))
                for row in text
                if pieces.count(row.words) <= pieces.MAX_PIECES
            )
        )
        for text in texts
    ]


def factuality(data: Path, set_: str, split: str) -> list[Passage]:
    """Return the sentences of a factuality set."""
    rows = sets.factuality(data / f"factuality/{set_}_{split}.jsonl.gz")
    return [
        Passage((Sentence(tuple(row.words), factuality=tuple(row.values.items())),))
        for row in rows
        if row.words and pieces.count(row.words) <= pieces.MAX_PIECES
    ]


def attributions(data: Path, split: str) -> list[Passage]:
    """Return the articles of PolNeAR, in our own sentences and words."""
    nlp = pipeline.sentencizer()
    rows = sets.articles(data / f"attribution/polnear_{split}.jsonl.gz")
    return [_article(row, nlp(row.text)) for row in rows]


def _runs(doc: Doc) -> list[list[Token]]:
    """Return the words of each sentence that the encoder can read whole."""
    runs = [[t for t in sent if not t.is_space] for sent in doc.sents]
    return [run for run in runs if run and pieces.count([t.text for t in run]) <= pieces.MAX_PIECES]


def _article(row: sets.Article, doc: Doc) -> Passage:
    runs = _runs(doc)
    flat = [(token, (s, w)) for s, run in enumerate(runs) for w, token in enumerate(run)]
    starts = np.array([token.idx for token, _ in flat])
    ends = np.array([token.idx + len(token) for token, _ in flat])

    def words(span: sets.Span) -> tuple[int, int] | None:
        first = int(np.searchsorted(ends, span[0], side="right"))
        last = int(np.searchsorted(starts, span[1], side="left"))
        return (first, last) if first < last else None

    found: list[tuple[int, int, str]] = []
    links = []
    for attribution in row.attributions:
        parts = {
            role: [p for span in getattr(attribution, role) if (p := words(span))]
            for role in sets.ROLES
        }
        for role, places_ in parts.items():
            found += [(*place, role.upper()) for place in places_]
        if parts["cue"]:
            place: list[Word] = [flat[first][1] for first, _ in parts["cue"]]
            source = flat[parts["source"][0][0]][1] if parts["source"] else None
            contents = tuple(flat[first][1] for first, _ in parts["content"])
            links.append(Link(place[0], source, contents))
    # Cues and sources first: where a set lets spans overlap, the shorter is the surer.
    order = {"CUE": 0, "SOURCE": 1, "CONTENT": 2}
    tags = spans.tagged(sorted(found, key=lambda span: order[span[2]]), len(flat))
    sentences = []
    for run in runs:
        sentences.append(Sentence(tuple(t.text for t in run), attribution=tuple(tags[: len(run)])))
        tags = tags[len(run) :]
    return Passage(tuple(sentences), tuple(links))


def news(data: Path) -> list[Passage]:
    """Return news without annotation, in our own sentences and words.

    It is what the teacher reads to the student beside the annotated sets: a quarter of an archive
    of a state agency (all of it would teach one voice), and half of the texts of sets annotated for
    other ends.
    """
    nlp = pipeline.sentencizer()
    archive = [json.loads(line)["text"] for line in sets.lines(data / "corpus/kcna.jsonl.gz")]
    raw = [*archive[::2], *_marked_up(data)]
    docs = (nlp(text) for text in [text for text in raw if text][::2])
    return [Passage(tuple(Sentence(tuple(t.text for t in r)) for r in _runs(doc))) for doc in docs]


_TAG = re.compile(r"<[^<>]*>")
_TEXT = re.compile(r"<text>(.*?)</text>", re.DOTALL | re.IGNORECASE)


def _marked_up(data: Path) -> Iterator[str]:
    """Yield the texts of TimeBank and AQUAINT, of LGL and of GeoVirus, without their marks."""
    files = []
    with tarfile.open(data / "time/tempeval3_train.tar.gz") as archive:
        for member in sorted(archive.getnames()):
            stream = archive.extractfile(member) if member.endswith(".tml") else None
            if stream is not None:
                files.append(stream.read().decode("utf-8", "replace"))
    files += ["".join(sets.lines(data / f"places/{name}.xml.gz")) for name in ("lgl", "GeoVirus")]
    for file in files:
        for match in _TEXT.findall(file):
            plain = match.removeprefix("<![CDATA[").removesuffix("]]>")
            yield re.sub(r"[ \t]*\n(?!\n)", "\n", unescape(_TAG.sub("", plain))).strip()


def covered(passages: Iterable[Passage]) -> set[str]:
    """Return the heads that passages have annotation for."""
    found = set[str]()
    for passage in passages:
        for sentence in passage.sentences:
            found |= {head for head, field in HEADS.items() if getattr(sentence, field)}
    return found


def training(data: Path) -> dict[str, list[Passage]]:
    """Return the training texts of every set."""
    return {
        "ewt": treebank(data, "ewt-train"),
        "gum": treebank(data, "gum-train"),
        "worldwide": entities(data, "worldwide", "train"),
        "re3d": entities(data, "re3d", "train"),
        "wikigold": entities(data, "wikigold", ""),
        "polnear": attributions(data, "train"),
        "uw": factuality(data, "uw", "train"),
        "meantime": factuality(data, "meantime", "train"),
        "news": news(data),
        "events": own.codebook(Path(__file__).parent / "codebook"),
        "drills": own.drills(),
    }
