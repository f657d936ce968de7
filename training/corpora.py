"""The training sets as examples: sentences with syntax, and sentences with a marked pair."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.language import lemma
from standoff.language.relations import NONE
from standoff.language.sentences import split

from . import annotated

ROLES = ("none", "source", "target", "predicate")

#: The scales of factuality, in the order of the head's outputs.
SCALES = ("uw", "uds")

#: Lemma rules seen fewer times than this fall back to the identity: too rare to learn.
MIN_LEMMA_RULE = 3


@attrs.frozen
class Labels:
    """The label inventories of the heads, in the order of their outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    type: tuple[str, ...]
    status: tuple[str, ...]
    mode: tuple[str, ...]
    context: tuple[str, ...]
    entities: dict[str, tuple[str, ...]]
    attribution: tuple[str, ...]


@attrs.frozen
class Parsed:
    """A sentence with gold syntax; `heads` are 1-based, 0 is the root."""

    words: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]


@attrs.frozen
class Pair:
    """A sentence with a marked source and target (either may be empty) and its event type.

    `roles` gives each word's index in `ROLES`; `group` keeps rows of one sentence together in
    cross-validation. `status`, `mode` and `contexts` are None where nobody has annotated them;
    a mode is named with its type ("RETREAT.release"), "RETREAT." is the lack of one.
    """

    words: tuple[str, ...]
    roles: tuple[int, ...]
    type: str
    group: str
    status: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] | None = None


_MARK = re.compile(r"</?([stp])>")
_ROLE_OF = {"s": ROLES.index("source"), "t": ROLES.index("target"), "p": ROLES.index("predicate")}


def marked_pair(marked: str, type_: str, group: str, nlp: Language) -> Pair:
    """Return the example that a sentence with ``<s>``, ``<t>`` and ``<p>`` tags stands for.

    Words are spaCy's, as they will be when the shipped model reads; a word counts as marked
    when it overlaps a marked span.
    """
    text, spans = "", []
    position, opened = 0, 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        if match.group().startswith("</"):
            spans.append((opened, len(text), _ROLE_OF[match.group(1)]))
        else:
            opened = len(text)
    text += marked[position:]
    doc = nlp.make_doc(text)
    tokens = [token for token in doc if not token.is_space]
    roles = [0] * len(tokens)
    for start, end, role in spans:
        for i, token in enumerate(tokens):
            if token.idx < end and token.idx + len(token) > start:
                roles[i] = role
    return Pair(tuple(token.text for token in tokens), tuple(roles), type_, group)


def plover_rows(data: Path, relabel: Path) -> list[Pair]:
    """Read ``relations/plv_train.jsonl``, YIELD split by our own reading of each row."""
    nlp = spacy.blank("en")
    halves: dict[str, str] = json.loads(relabel.read_text("utf-8"))
    rows = (
        json.loads(line) for line in (data / "relations/plv_train.jsonl").read_bytes().splitlines()
    )
    return [
        marked_pair(row["marked"], halves.get(str(row["id"]), row["type"]), row["sentence"], nlp)
        for row in rows
    ]


def codebook_rows(folder: Path) -> list[Pair]:
    """Read the passages that were written for this project (``training/codebook``).

    A row is the sentence of a predicate: the pair head sees one at a time, so parties that stand in
    another are unmarked, as the coder leaves them.
    """
    return [
        row
        for _, passages in codebook(folder)
        for rows in passages
        for _, own in rows
        for row in own
    ]


#: The sentences of a passage, each with the rows of its events.
Told = list[tuple[tuple[str, ...], list[Pair]]]


def codebook(folder: Path) -> Iterator[tuple[str, list[Told]]]:
    """Yield the passages of each file of the codebook, in our own sentences and words."""
    nlp = spacy.blank("en")
    for path in sorted(folder.glob("*.jsonl")):
        passages = []
        for passage in annotated.read(path):
            sentences = sentences_of(nlp.make_doc(passage.text))
            rows = [row for told in passage.told if (row := _told_pair(told, sentences))]
            texts = [tuple(word.text for word in words) for words in sentences]
            passages.append([(words, [r for r in rows if r.words == words]) for words in texts])
        yield path.stem, passages


def sentences_of(doc: Doc) -> list[list[Token]]:
    """Return the words of each sentence, as the shipped pipeline divides them."""
    return [[token for token in sent if not token.is_space] for sent in split(doc).sents]


def _told_pair(told: annotated.Told, sentences: list[list[Token]]) -> Pair | None:
    start, end = told.predicate
    words = next((s for s in sentences if any(_overlaps(w, start, end) for w in s)), None)
    if words is None:
        return None
    roles = [0] * len(words)
    for role, spans in (
        ("source", told.source),
        ("target", told.target),
        ("predicate", [told.predicate]),
    ):
        for start, end in spans:
            for i, word in enumerate(words):
                if _overlaps(word, start, end):
                    roles[i] = ROLES.index(role)
    event = told.type != NONE
    return Pair(
        tuple(word.text for word in words),
        tuple(roles),
        told.type,
        " ".join(word.text for word in words),
        told.status if event else None,
        f"{told.type}.{told.mode or ''}" if event else None,
        told.contexts if event else None,
    )


def _overlaps(token: Token, start: int, end: int) -> bool:
    return token.idx < end and token.idx + len(token) > start


def pair_rows(path: Path) -> list[Pair]:
    """Read pairs that were written as [words, roles, type] a line; none where there is no file."""
    if not path.exists():
        return []
    rows = (json.loads(line) for line in path.read_bytes().splitlines())
    return [Pair(tuple(w), tuple(r), type_, " ".join(w)) for w, r, type_ in rows]


def inventories(
    parsed: Iterable[Parsed],
    types: tuple[str, ...],
    kinds: dict[str, tuple[str, ...]],
    entities: dict[str, tuple[str, ...]],
    attribution: tuple[str, ...],
) -> Labels:
    """Return the labels that the treebanks hold, the most frequent first, beside those given."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    deprel: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for sentence in parsed:
        upos.update(sentence.upos)
        xpos.update(sentence.xpos)
        deprel.update(sentence.deprels)
        rules.update(map(lemma.rule, sentence.words, sentence.lemmas))
    kept = [rule for rule, n in rules.most_common() if n >= MIN_LEMMA_RULE]
    return Labels(
        tuple(label for label, _ in upos.most_common()),
        tuple(label for label, _ in xpos.most_common()),
        (lemma.IDENTITY, *(rule for rule in kept if rule != lemma.IDENTITY)),
        tuple(label for label, _ in deprel.most_common()),
        types,
        kinds["status"],
        kinds["mode"],
        kinds["context"],
        entities,
        attribution,
    )


def chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    """Yield `items` in runs of at most `size`."""
    for i in range(0, len(items), size):
        yield items[i : i + size]
