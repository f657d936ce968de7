"""The shipped model: ONNX graphs and their labels, loaded once, checked against their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

import attrs
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from standoff.errors import ModelError
from standoff.language import pieces, tree
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

    `upos`, `xpos`, `lemma`, `deprel`: (n,) label indices; `heads`: (n,) the head of each word,
    1-based, 0 being the root; `states`: (1 + n, 384), what the pair head reads, row 0 being the
    whole sentence.
    """

    upos: Ints
    xpos: Ints
    lemma: Ints
    heads: Ints
    deprel: Ints
    states: Floats


@attrs.frozen(eq=False)
class Model:
    """The graphs and their label inventories."""

    encoder: ort.InferenceSession
    arc_label: ort.InferenceSession
    relation: ort.InferenceSession
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
        for chosen in batches([pieces.count(words) for words in sentences]):
            inputs = pieces.batch([sentences[i] for i in chosen])
            upos, xpos, rules, arcs, dependents, sides, states = self.encoder.run(
                None, {"ids": inputs.ids, "mask": inputs.mask, "starts": inputs.starts}
            )
            trees = [
                tree.heads(arcs[row, :n, : n + 1]) for row, n in enumerate(inputs.lengths.tolist())
            ]
            labels = self._arc_labels(trees, dependents, sides)
            for row, i in enumerate(chosen):
                n = len(trees[row])
                out[i] = Words(
                    upos[row, :n],
                    xpos[row, :n],
                    rules[row, :n],
                    trees[row],
                    labels[row],
                    states[row, : n + 1],
                )
        return [words for words in out if words is not None]

    def _arc_labels(self, trees: list[Ints], dependents: Floats, sides: Floats) -> list[Ints]:
        """Return the label indices of the chosen arcs of each sentence of a batch.

        Only these arcs are labelled, so it takes the trees first and a small graph of its own.
        """
        left = np.concatenate([dependents[row, : len(t)] for row, t in enumerate(trees)])
        right = np.concatenate([sides[row, t] for row, t in enumerate(trees)])
        labels = self.arc_label.run(None, {"dependents": left, "heads": right})[0]
        ends = np.cumsum([len(t) for t in trees])[:-1]
        return [np.asarray(part, np.int64) for part in np.split(labels, ends)]

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
    return Model(
        encoder=_session(root.joinpath("encoder.onnx"), threads),
        arc_label=_session(root.joinpath("arc_label.onnx"), threads),
        relation=_session(root.joinpath("relation.onnx"), threads),
        info=ModelInfo(card["name"], card["version"], card["sha256"]),
        upos=tuple(card["upos"]),
        xpos=tuple(card["xpos"]),
        lemma=tuple(card["lemma"]),
        deprel=tuple(card["deprel"]),
        types=tuple(card["type"]),
        roles=tuple(card["roles"]),
    )


def shared(threads: int = 1) -> Model:
    """Return the package's model, loaded once a process for each number of threads."""
    return _shared(threads)


@cache
def _shared(threads: int) -> Model:
    # Apart from `shared`, so that a default and the same number given are one key.
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
