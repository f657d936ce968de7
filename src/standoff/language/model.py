"""The shipped model: ONNX graphs and their labels, loaded once, checked against their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

import attrs
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from standoff.errors import ModelError
from standoff.language import pieces
from standoff.record import ModelInfo

#: Width of a word state.
STATE = 384

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Word-pieces in one run of the encoder, padding included. Measured on one core: below 1,000 the
#: cost of a call shows, above 8,000 the activations leave the cache. Rerun benchmarks/speed.py.
BATCH_PIECES = 3000


@attrs.frozen(eq=False)
class Words:
    """What the encoder says of one sentence of `n` words.

    `upos`, `xpos`, `lemma`: (n,) label indices; `arcs`: (n, 1 + n) scores; `dependents`: (n, d)
    and `heads`: (1 + n, d), the two sides of arc labels; `states`: (1 + n, 384), what the pair
    head reads, row 0 being the whole sentence.
    """

    upos: Ints
    xpos: Ints
    lemma: Ints
    arcs: Floats
    dependents: Floats
    heads: Floats
    states: Floats


@attrs.frozen(eq=False)
class Model:
    """The graphs and their label inventories."""

    encoder: ort.InferenceSession
    relation: ort.InferenceSession
    deprel_weight: Floats
    deprel_bias: Floats
    info: ModelInfo
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    types: tuple[str, ...]
    roles: tuple[str, ...]

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Words]:
        """Return what the encoder says of each sentence (a list of words), in order given."""
        out: list[Words | None] = [None] * len(sentences)
        for chosen in batches([_size(words) for words in sentences]):
            inputs = pieces.batch([sentences[i] for i in chosen])
            arrays = self.encoder.run(
                None, {"ids": inputs.ids, "mask": inputs.mask, "starts": inputs.starts}
            )
            for row, i in enumerate(chosen):
                out[i] = _slice(arrays, row, int(inputs.lengths[row]))
        return [words for words in out if words is not None]

    def label_arcs(self, words: Words, heads: Ints) -> Ints:
        """Return the label index of each word's arc to its head; shape (n,)."""
        dependent, head = words.dependents, words.heads[heads]
        features = np.concatenate([dependent * head, dependent, head], axis=1)
        return np.asarray((features @ self.deprel_weight + self.deprel_bias).argmax(1), np.int64)

    def type_scores(self, states: Sequence[Floats], roles: Sequence[Ints]) -> Floats:
        """Return the probability of each of `types` for marked pairs; shape (pairs, types).

        `states[i]`: (1 + n, 384), a sentence's `Words.states`; `roles[i]`: (1 + n,), the index in
        `roles` of each word (0: none), the first standing for the sentence.
        """
        result = np.zeros((len(states), len(self.types)), np.float32)
        for chosen in batches([len(role) for role in roles]):
            width = max(len(roles[i]) for i in chosen)
            state = np.zeros((len(chosen), width, states[chosen[0]].shape[1]), np.float32)
            mask = np.zeros((len(chosen), width), np.float32)
            role = np.zeros((len(chosen), width), np.int64)
            for row, i in enumerate(chosen):
                length = len(roles[i])
                state[row, :length] = states[i]
                mask[row, :length] = 1.0
                role[row, :length] = roles[i]
            scores = self.relation.run(None, {"states": state, "mask": mask, "roles": role})[0]
            result[chosen] = softmax(scores)
        return result


def softmax(scores: Floats) -> Floats:
    """Return `scores` as probabilities over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)


def batches(sizes: Sequence[int], limit: int = BATCH_PIECES) -> list[list[int]]:
    """Return indices grouped by similar size, `limit` at most a group with padding counted."""
    groups: list[list[int]] = []
    for i in sorted(range(len(sizes)), key=sizes.__getitem__):
        # Sizes rise, so the newest sets the width that the group is padded to.
        if groups and sizes[i] * (len(groups[-1]) + 1) <= limit:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _size(words: Sequence[str]) -> int:
    return 2 + sum(len(pieces.word_pieces(word)) for word in words)


def _slice(arrays: Sequence[Any], row: int, n: int) -> Words:
    upos, xpos, rules, arcs, dependents, heads, states = arrays
    return Words(
        upos[row, :n], xpos[row, :n], rules[row, :n], arcs[row, :n, : n + 1],
        dependents[row, :n], heads[row, : n + 1], states[row, : n + 1],
    )


def load(folder: Traversable | None = None, *, threads: int = 1) -> Model:
    """Load the model from `folder` (default: the one in the package).

    Raises:
        ModelError: a file is missing, or is not the one that ``model.json`` names.
    """
    root = folder or files("standoff.language").joinpath("data")
    try:
        card = json.loads(root.joinpath("model.json").read_text("utf-8"))
        for name, expected in card["files"].items():
            _check(root.joinpath(name), expected)
    except (FileNotFoundError, json.JSONDecodeError, KeyError) as error:
        raise ModelError(
            f"the language model is incomplete ({error}); reinstall standoff"
        ) from error
    with as_file(root.joinpath("deprel.npz")) as path, np.load(path) as layer:
        weight, bias = layer["weight"], layer["bias"]
    return Model(
        encoder=_session(root.joinpath("encoder.onnx"), threads),
        relation=_session(root.joinpath("relation.onnx"), threads),
        deprel_weight=weight,
        deprel_bias=bias,
        info=ModelInfo(card["name"], card["version"], card["sha256"]),
        upos=tuple(card["upos"]),
        xpos=tuple(card["xpos"]),
        lemma=tuple(card["lemma"]),
        deprel=tuple(card["deprel"]),
        types=tuple(card["type"]),
        roles=tuple(card["roles"]),
    )


@cache
def shared(threads: int = 1) -> Model:
    """Return the package's model, loaded once a process for each number of threads."""
    return load(threads=threads)


def _check(path: Traversable, expected: str) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise ModelError(f"{path.name} is damaged (its SHA-256 differs); reinstall standoff")


def _session(path: Traversable, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads would burn the cores that other workers of a batch need.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with as_file(path) as real:
        return ort.InferenceSession(str(real), options, providers=["CPUExecutionProvider"])
