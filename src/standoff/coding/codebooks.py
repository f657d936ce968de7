"""Event types of a user's own: learnt from a few examples of each, on the encoder as it is.

A codebook is written in TOML: a name, and for each type what it means and at least ten sentences
in which the word that denotes it stands between asterisks::

    name = "truce"

    [types.VIOLATION]
    definition = "A party to the truce uses force where the truce forbids it."
    examples = ["Rebels *shelled* the village hours after the truce.", …]

    [none]
    examples = ["The truce *expires* in May.", …]      # what tempts and is none; may be left out

`train` fits a softmax regression, with a penalty on its weights, to what the encoder says of these
words, of what they act upon and of their sentences; other words of the same sentences are examples
of no event. It takes seconds. `load` reads it back, and `Codebook.codes` says what words denote.
"""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.coding import clauses
from standoff.errors import InvalidCodebookError
from standoff.language import model, pipeline
from standoff.language.relations import NONE
from standoff.record import Code

#: A type wants so many examples: with fewer, one odd sentence makes it.
LEAST_EXAMPLES = 10

#: Strength of the penalty on weights, steps of the fit, and how sure the head must be of a type.
#: Set on five modes of ours as types (`python -m benchmarks codebooks`): F1 36 at 0.01 and 0.6, 44
#: so.
PENALTY, STEPS, SURE = 0.1, 400, 0.85

#: Parts in which the examples are asked about by heads that have not seen them.
FOLDS = 5

_MARK = re.compile(r"\*([^*\n]+)\*")


@attrs.frozen
class TypeDefinition:
    """A type of a user's own, what it means, and its examples with their marks."""

    name: str
    definition: str
    examples: tuple[str, ...]


@attrs.frozen
class Source:
    """A codebook as it is written."""

    name: str
    types: tuple[TypeDefinition, ...]
    none: tuple[str, ...]


@attrs.frozen(eq=False)
class Codebook:
    """A codebook that has been learnt: `weights` is (features + 1, types), none the last."""

    name: str
    definitions: dict[str, str]
    weights: model.Floats
    model: str
    accuracy: float | None = None

    def codes(self, doc: Doc, predicates: Sequence[Token]) -> dict[int, Code]:
        """Return the type of each predicate that has one, by its place in the document."""
        if not predicates:
            return {}
        chances = model.softmax(_with_bias(features(doc, predicates)) @ self.weights)
        names = [*self.definitions, NONE]
        found = {}
        for token, row in zip(predicates, chances, strict=True):
            best = int(row.argmax())
            if names[best] != NONE and row[best] > SURE:
                found[token.i] = Code(self.name, names[best], round(float(row[best]), 3))
        return found

    def save(self, path: Path) -> None:
        """Write the codebook to a file, for `load`."""
        about = {
            "name": self.name,
            "definitions": self.definitions,
            "model": self.model,
            "accuracy": self.accuracy,
        }
        with path.open("wb") as stream:
            np.savez_compressed(stream, weights=self.weights, about=np.array(json.dumps(about)))


def load(path: Path, shared: model.Model) -> Codebook:
    """Return a codebook that `train` has learnt and `Codebook.save` has written.

    Raises:
        InvalidCodebookError: the file is none, or was learnt on other weights.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            weights, about = file["weights"], json.loads(str(file["about"]))
        found = Codebook(weights=weights, **about)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise InvalidCodebookError(
            f"no codebook that has been trained ({error}); make one with `standoff codebook train`",
            name=str(path),
        ) from error
    if found.model != shared.info.sha256:
        raise InvalidCodebookError(
            "it was trained on other weights than are installed; train it anew", name=str(path)
        )
    return found


def written(path: Path) -> Source:
    """Return a codebook as its TOML says.

    Raises:
        InvalidCodebookError: it is not TOML, lacks something, or an example has no marked word.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidCodebookError(f"not TOML: {error}", name=str(path)) from error
    types = data.get("types")
    if not isinstance(types, dict) or not types:
        raise InvalidCodebookError("no types; each is a table [types.NAME]", name=str(path))
    found = []
    for name, table in types.items():
        where = f"types.{name}"
        if name == NONE:
            raise InvalidCodebookError(f"{where}: put these under [none]", name=str(path))
        definition = table.get("definition") if isinstance(table, dict) else None
        if not isinstance(definition, str):
            raise InvalidCodebookError(f"{where} has no definition (text)", name=str(path))
        examples = _examples(table, where, path)
        if len(examples) < LEAST_EXAMPLES:
            raise InvalidCodebookError(
                f"{where} has {len(examples)} examples; it wants at least {LEAST_EXAMPLES}",
                name=str(path),
            )
        found.append(TypeDefinition(name, definition, examples))
    none = _examples(data.get("none") or {}, "none", path)
    return Source(str(data.get("name") or path.stem), tuple(found), none)


def _examples(table: Any, where: str, path: Path) -> tuple[str, ...]:
    examples = table.get("examples", []) if isinstance(table, dict) else None
    if not isinstance(examples, list) or not all(isinstance(text, str) for text in examples):
        raise InvalidCodebookError(f"{where}.examples is no list of texts", name=str(path))
    for number, text in enumerate(examples, start=1):
        if len(_MARK.findall(text)) != 1:
            raise InvalidCodebookError(
                f"{where}, example {number}: mark one word with asterisks, as in "
                f'"Rebels *shelled* the village": {text!r}',
                name=str(path),
            )
    return tuple(examples)


def train(source: Source, nlp: Language, shared: model.Model) -> Codebook:
    """Return what is learnt from a written codebook; its `accuracy` is of examples held out.

    Raises:
        InvalidCodebookError: the pipeline sees no word in a mark.
    """
    names = [type_.name for type_ in source.types]
    rows: list[model.Floats] = []
    labels: list[int] = []
    groups: list[int] = []
    marked: list[bool] = []
    told = [(k, text) for k, type_ in enumerate(source.types) for text in type_.examples]
    told += [(len(names), text) for text in source.none]
    for group, (label, text) in enumerate(told):
        doc, word = _example(text, nlp)
        others = [t for t in doc if t.pos_ in {"VERB", "NOUN"} and t != word]
        rows.append(features(doc, [word, *others]))
        labels += [label] + [len(names)] * len(others)
        groups += [group] * (1 + len(others))
        marked += [True] + [False] * len(others)
    x, y = _with_bias(np.concatenate(rows)), np.array(labels)
    parts = np.array(groups) % FOLDS
    right = []
    for fold in range(FOLDS):
        weights = _fit(x[parts != fold], y[parts != fold], len(names) + 1)
        held = (parts == fold) & np.array(marked)
        right += list((x[held] @ weights).argmax(1) == y[held])
    return Codebook(
        source.name,
        {type_.name: type_.definition for type_ in source.types},
        _fit(x, y, len(names) + 1),
        shared.info.sha256,
        round(float(np.mean(right)), 3),
    )


def _example(text: str, nlp: Language) -> tuple[Doc, Token]:
    match = _MARK.search(text)
    assert match is not None
    doc = nlp(text[: match.start()] + match[1] + text[match.end() :])
    span = doc.char_span(match.start(), match.start() + len(match[1]), alignment_mode="expand")
    if span is None:
        raise InvalidCodebookError(f"nothing is marked in {text!r}")
    return doc, span.root


def features(doc: Doc, predicates: Sequence[Token]) -> model.Floats:
    """Return (n, 3 * 384): the states of predicates, of what they act upon, of their sentences."""
    last = doc._.states.last
    runs = pipeline.run_at(doc)
    rows = []
    for token in predicates:
        things = [i for thing in _things(token) for i in clauses.phrase(thing)] or [token.i]
        parts = (last[[token.i]], last[things], last[[word.i for word in runs[token.i]]])
        rows.append(np.concatenate([_unit(part.astype(np.float32).mean(0)) for part in parts]))
    return np.stack(rows)


def _things(token: Token) -> Iterable[Token]:
    if token.pos_ == "VERB":
        return clauses.patients(token) or [noun for _, noun in clauses.obliques(token)]
    return [noun for _, noun in clauses.obliques(token)]


def _unit(vector: model.Floats) -> model.Floats:
    return np.asarray(vector / (np.linalg.norm(vector) + 1e-9), np.float32)


def _with_bias(x: model.Floats) -> model.Floats:
    return np.concatenate([x, np.ones((len(x), 1), np.float32)], 1)


def _fit(x: model.Floats, y: NDArray[np.int64], classes: int) -> model.Floats:
    """Return the weights of a softmax regression, by gradient descent with momentum (Adam).

    The loss is convex, so that the way to its end does not matter; each class counts alike.
    """
    gold = np.eye(classes, dtype=np.float32)[y]
    counts = np.maximum(gold.sum(0), 1.0)
    share = (gold / counts).sum(1, keepdims=True) / classes
    weights = np.zeros((x.shape[1], classes), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chances = model.softmax(x @ weights)
        slope = x.T @ ((chances - gold) * share) + PENALTY * weights / len(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = 0.1 * (1.0 - step / (STEPS + 1))
        weights = weights - rate * (first / (1 - 0.9**step)) / (
            np.sqrt(second / (1 - 0.999**step)) + 1e-8
        )
    return weights
