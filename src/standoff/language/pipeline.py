"""The spaCy pipeline: tokens, sentences, and what the encoder says of them.

``load()`` gives ``spacy.blank("en")`` with two components of ours, both registered as factories,
so that either can be added to, or replaced in, any spaCy pipeline:

- ``standoff_sentences`` sets sentence starts;
- ``standoff_encoder`` sets ``pos``, ``tag``, ``lemma``, ``head`` and ``dep`` (Universal
  Dependencies), ``doc.ents`` and ``doc.spans["defence"]`` (entities.py), ``doc._.attributions`` and
  ``doc.spans["attribution"]`` (attribution.py) and ``token._.factuality``, -3 to 3, which means
  something where a word stands for an event. It keeps the word states for the pair head in
  ``doc._.states``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

import attrs
import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.language import attribution, entities, lemma, model, pieces, sentences
from standoff.language.tokens import BoundedTokenizer

#: Words read in one go: enough to fill batches with sentences of like length, few enough to keep
#: the memory for a long document flat.
CHUNK_WORDS = 6000

T = TypeVar("T")


@attrs.frozen(eq=False)
class States:
    """Word states of a document, and how certain each word's event is.

    `words`: (tokens, 384), for the pair heads; `sentences` gives the state of each whole sentence
    by the index of its first word; `factuality`: (tokens,), -3 to 3; `last`: (tokens, 384), what
    predicates are judged by, and `as_argument`: (tokens, 130), their parties (`model.arguments`).
    All are kept in half precision: in single, a long report's would outweigh all else.
    """

    words: NDArray[np.float16]
    sentences: dict[int, NDArray[np.float16]]
    factuality: NDArray[np.float32]
    last: NDArray[np.float16]
    as_argument: NDArray[np.float16]

    @classmethod
    def blank(cls, count: int) -> States:
        """Return the states of so many words, all zero."""
        half = [
            np.zeros((count, width), np.float16)
            for width in (model.STATE, model.STATE, model.ARGUMENT + 2)
        ]
        return cls(half[0], {}, np.zeros(count, np.float32), half[1], half[2])

    def of(self, tokens: Sequence[Token]) -> model.Floats:
        """Return (1 + n, 384) for the `n` words of one sentence: its own state, then theirs."""
        rows = self.words[[token.i for token in tokens]]
        return np.concatenate([self.sentences[tokens[0].i][None], rows]).astype(np.float32)

    def lasts(self, tokens: Sequence[Token]) -> model.Floats:
        """Return (n, 384), what `Model.denoted` reads of words."""
        return self.last[[token.i for token in tokens]].astype(np.float32)

    def of_arguments(self, words: Sequence[Token]) -> model.Floats:
        """Return (n, 130), what `model.arguments` reads of the words of a sentence."""
        return self.as_argument[[word.i for word in words]].astype(np.float32)


def factuality(token: Token) -> float | None:
    """Return how certain the text is that the event of a word took place: 3 certain, -3 denied."""
    states: States | None = token.doc._.states
    return None if states is None else float(states.factuality[token.i])


if not Doc.has_extension("states"):
    Doc.set_extension("states", default=None)
    Token.set_extension("factuality", getter=factuality)


def load(*, threads: int = 1) -> Language:
    """Return the pipeline; `threads` is how many cores the encoder may use.

    Raises:
        ModelError: the installed model is missing or damaged.
    """
    nlp = sentencizer()
    nlp.add_pipe("standoff_encoder", config={"threads": threads})
    return nlp


def sentencizer() -> Language:
    """Return the pipeline without the encoder: words and sentences."""
    nlp = spacy.blank("en")
    nlp.tokenizer = BoundedTokenizer(nlp.vocab, nlp.tokenizer)
    nlp.add_pipe(sentences.NAME)
    return nlp


@Language.factory(
    "standoff_encoder",
    default_config={"threads": 1},
    assigns=[
        *("token.pos", "token.tag", "token.lemma", "token.head", "token.dep", "token._.factuality"),
        *("doc.ents", "doc.spans", "doc._.attributions", "doc._.states"),
    ],
)
def make_encoder(nlp: Language, name: str, threads: int) -> EncoderComponent:
    """Return the component that runs the shipped encoder."""
    return EncoderComponent(nlp, model.shared(threads))


class EncoderComponent:
    """Runs the encoder over sentences and writes its annotation to the document."""

    def __init__(self, nlp: Language, shared: model.Model) -> None:
        self.model = shared
        self._strings = nlp.vocab.strings
        self._upos = self._ids(shared.upos)
        self._xpos = self._ids(shared.xpos)
        # In UD the root's label is "root"; spaCy's own code looks for "ROOT".
        self._deprel = self._ids(["ROOT" if label == "root" else label for label in shared.deprel])
        self._root, self._dep, self._space, self._space_tag = self._ids(
            ["ROOT", "dep", "SPACE", "_SP"]
        )
        self._lemma = lru_cache(200_000)(
            lambda form, edit, tag, upos: self._strings.add(
                lemma.lemma(form, shared.lemma[edit], shared.xpos[tag], shared.upos[upos])
            )
        )

    def _ids(self, names: Iterable[str]) -> NDArray[np.uint64]:
        return np.array([self._strings.add(name) for name in names], np.uint64)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document.

        Sentences share a batch only within their document: quantised activations are scaled by
        batch, so a record would else depend, in its last digits, on what was read beside it.
        """
        array = np.zeros((len(doc), len(_COLUMNS)), np.uint64)
        states = States.blank(len(doc))
        runs: list[list[int]] = []
        answers: list[model.Words] = []
        for chunk in groups(runs_of(doc), len, CHUNK_WORDS):
            found = self.model.encode([[token.text for token in words] for words in chunk])
            for words, answer in zip(chunk, found, strict=True):
                self._fill(array, words, answer)
                places = [token.i for token in words]
                states.words[places] = answer.states[1:]
                states.sentences[places[0]] = answer.states[0].astype(np.float16)
                states.factuality[places] = answer.factuality[:, 0].clip(-3.0, 3.0)
                states.last[places] = answer.last
                states.as_argument[places] = answer.as_argument
                runs.append(places)
            answers += found
        self._attach_blanks(doc, array)
        doc.from_array(_COLUMNS, array)  # type: ignore[arg-type]
        doc._.states = states
        if runs:
            self._attach_spans(doc, runs, answers)
        return doc

    def _attach_spans(self, doc: Doc, runs: list[list[int]], answers: list[model.Words]) -> None:
        """Set entities and attributions, which are read off the whole text at once."""
        words = [place for run in runs for place in run]
        lengths = np.array([len(run) for run in runs])
        entities.attach(
            doc,
            words,
            {
                "news": np.concatenate([answer.news for answer in answers]),
                "defence": np.concatenate([answer.defence for answer in answers]),
            },
            np.cumsum(lengths) - lengths,
            self.model.entities,
        )
        attribution.attach(
            doc,
            words,
            np.concatenate([answer.attribution for answer in answers]),
            np.concatenate([answer.links for answer in answers]),
            np.repeat(np.arange(len(runs)), lengths),
            self.model.attribution,
        )

    def _fill(self, array: NDArray[np.uint64], words: list[Token], answer: model.Words) -> None:
        index = np.fromiter((token.i for token in words), np.int64, len(words))
        # spaCy wants heads as offsets; a root points at itself.
        parents = np.where(answer.heads == 0, index, index[answer.heads - 1])
        labels = self._deprel[answer.deprel]
        labels = np.where(labels == self._root, self._dep, labels)
        array[index, 0] = self._upos[answer.upos]
        array[index, 1] = self._xpos[answer.xpos]
        forms = (token.text for token in words)
        array[index, 2] = list(
            map(
                self._lemma,
                forms,
                answer.lemma.tolist(),
                answer.xpos.tolist(),
                answer.upos.tolist(),
            )
        )
        array[index, 3] = (parents - index).view(np.uint64)
        array[index, 4] = np.where(answer.heads == 0, self._root, labels)

    def _attach_blanks(self, doc: Doc, array: NDArray[np.uint64]) -> None:
        """Hang white-space tokens on the word before them, or on the first word of the text."""
        last = next((token.i for token in doc if not token.is_space), 0)
        for token in doc:
            if not token.is_space:
                last = token.i
                continue
            offset = np.array([last - token.i], np.int64).view(np.uint64)[0]
            label = self._dep if offset else self._root
            array[token.i] = [self._space, self._space_tag, token.orth, offset, label]


_COLUMNS = ["POS", "TAG", "LEMMA", "HEAD", "DEP"]


def runs_of(doc: Doc) -> Iterator[list[Token]]:
    """Yield the words of each sentence, cut where they are too many for the encoder."""
    sentences = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    for sentence in sentences:
        run: list[Token] = []
        size = 0
        for token in sentence:
            if token.is_space:
                continue
            more = len(pieces.word_pieces(token.text))
            if run and size + more > pieces.MAX_PIECES:
                yield run
                run, size = [], 0
            run.append(token)
            size += more
        if run:
            yield run


def run_at(doc: Doc) -> dict[int, list[Token]]:
    """Return the run (`runs_of`) that each word is in, by the word's place in the document."""
    return {word.i: run for run in runs_of(doc) for word in run}


def groups(items: Iterable[T], size: Callable[[T], int], limit: int) -> Iterator[list[T]]:
    """Yield `items` in order, in groups that end once their sizes reach `limit`."""
    group: list[T] = []
    total = 0
    for item in items:
        group.append(item)
        total += size(item)
        if total >= limit:
            yield group
            group, total = [], 0
    if group:
        yield group
