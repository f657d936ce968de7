"""The shipped model: ONNX graphs and their labels, loaded once, checked against their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import attrs
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from standoff.errors import ModelError
from standoff.language import pieces, tree
from standoff.record import ModelInfo

#: Width of a word state.
STATE = 384

#: Width of the vectors by which a predicate finds its parties.
ARGUMENT = 128

#: The states of a party are averaged by how probably they are of it; where all together are less
#: probable than this, the average stays near zero.
LEAST_SHARE = 0.5

#: Width of the vectors that label an arc: one for the word, one for its head.
LABEL = 192

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Word-pieces in one run of the encoder, padding included. On one core 400 to 3,000 are alike in
#: speed; more take more memory, for attention looks at whole passages. Rerun benchmarks/speed.py.
BATCH_PIECES = 1600

#: Word-pieces of consecutive sentences that are read in sight of each other. Training cuts texts to
#: this size, too; reading 320 at once found no more (docs/decisions/0006).
PASSAGE_PIECES = 192

#: What each graph gives (training/export.py): the states of roots and words; what is read off them;
#: what is said of predicates by their states and those of their parties; what of marked pairs.
ENCODER_OUTPUTS = ("last", "first")
WORD_OUTPUTS = (
    "upos",
    "xpos",
    "lemma",
    "arcs",
    "as_dependent",
    "as_parent",
    "news",
    "defence",
    "attribution",
    "links",
    "factuality",
    "as_argument",
)
EVENT_OUTPUTS = ("event_type", "event_status", "event_mode", "event_context")
PAIR_OUTPUTS = ("type", "status", "mode", "context")


@attrs.frozen(eq=False)
class Words:
    """What the encoder says of one sentence of `n` words.

    `upos`, `xpos`, `lemma`, `deprel`: (n,) label indices; `heads`: (n,) the head of each word,
    1-based, 0 being the root; `states`: (1 + n, 384), what the pair head reads, row 0 being the
    whole sentence; `news`, `defence`: (n, tags), scores of entity tags by two guidelines;
    `attribution`: (n, tags); `links`: (n, 4 * 64 + 1), see `attribution.decode`;
    `factuality`: (n, 2), on the scales of UW and of UDS, not cut to -3..3; `last`: (n, 384), what
    `Model.denoted` reads of predicates; `as_argument`: (n, 130), see `arguments`.
    """

    upos: Ints
    xpos: Ints
    lemma: Ints
    heads: Ints
    deprel: Ints
    states: Floats
    news: Floats
    defence: Floats
    attribution: Floats
    links: Floats
    factuality: Floats
    last: Floats
    as_argument: Floats


@attrs.frozen(eq=False)
class Marked:
    """What is said of predicates, or of marked pairs, a row each.

    `types`, `statuses`: probabilities over `Model.types` and `Model.statuses`; `modes`: scores of
    `Model.modes`, to be compared within one type; `contexts`: the probability of each context.
    All of them are of what the predicate denotes.
    """

    types: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats


class Parts(Protocol):
    """The graphs that make up the network, by name."""

    def run(self, part: str, outputs: Sequence[str], feed: Mapping[str, Any]) -> list[Any]:
        """Return the named outputs of a part."""
        ...


class Graphs:
    """The shipped graphs; each is opened when it is first asked."""

    def __init__(self, root: Traversable, threads: int) -> None:
        self._open = cache(lambda part: _session(root.joinpath(f"{part}.onnx"), threads))

    def run(self, part: str, outputs: Sequence[str], feed: Mapping[str, Any]) -> list[Any]:
        """Return the named outputs of a part. It computes all of them, so ask for what is there."""
        return list(self._open(part).run(outputs, feed))


@attrs.frozen(eq=False)
class Model:
    """The graphs and their label inventories."""

    parts: Parts
    info: ModelInfo
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    roles: tuple[str, ...]
    entities: dict[str, tuple[str, ...]]
    attribution: tuple[str, ...]

    def states(self, packed: pieces.Batch) -> tuple[Floats, Floats]:
        """Return the states of the roots and words of a batch, (R, 384), last and first."""
        feed = packed.feed()
        feed.pop("grid")
        last, first = self.parts.run("encoder", ENCODER_OUTPUTS, feed)
        return last, first

    def said(self, packed: pieces.Batch, last: Floats) -> dict[str, Any]:
        """Return all that is read off the last states of a batch, by `WORD_OUTPUTS`."""
        feed = {"last": last, "grid": packed.feed()["grid"]}
        return dict(zip(WORD_OUTPUTS, self.parts.run("words", WORD_OUTPUTS, feed), strict=True))

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Words]:
        """Return what the encoder says of the sentences (lists of words) of a text, in order."""
        out: list[Words | None] = [None] * len(sentences)
        for spans in passages_of(sentences):
            order = [i for span in spans for i in span]
            packed = pieces.batch([[sentences[i] for i in span] for span in spans])
            last, first = self.states(packed)
            found = self.said(packed, last)
            arcs = found.pop("arcs")
            trees = [
                tree.heads(arcs[row, :n, : n + 1]) for row, n in enumerate(packed.lengths.tolist())
            ]
            ends = np.cumsum(packed.lengths + 1).tolist()
            starts = [end - len(t) for end, t in zip(ends, trees, strict=True)]
            labels = self._arc_labels(
                trees, starts, found.pop("as_dependent"), found.pop("as_parent")
            )
            for row, i in enumerate(order):
                start, end = starts[row], ends[row]
                out[i] = Words(
                    heads=trees[row],
                    deprel=labels[row],
                    states=first[start - 1 : end],
                    last=last[start:end],
                    **{name: value[start:end] for name, value in found.items()},
                )
        return [words for words in out if words is not None]

    def _arc_labels(
        self, trees: list[Ints], starts: list[int], dependents: Floats, parents: Floats
    ) -> list[Ints]:
        """Return the label indices of the chosen arcs of each sentence of a batch.

        Only these arcs are labelled, so it takes the trees first and a run of its own.
        """
        words = np.concatenate(
            [start + np.arange(len(t)) for start, t in zip(starts, trees, strict=True)]
        )
        above = np.concatenate([start - 1 + t for start, t in zip(starts, trees, strict=True)])
        feed = {"dependents": dependents[words], "parents": parents[above]}
        labels = self.parts.run("arcs", ["deprel"], feed)[0]
        ends = np.cumsum([len(t) for t in trees])[:-1]
        return [np.asarray(part, np.int64) for part in np.split(labels, ends)]

    def marked(self, states: Sequence[Floats], roles: Sequence[Ints]) -> Marked:
        """Return what passes between the marked source and target of each pair.

        `states[i]`: (1 + n, 384), a sentence's `Words.states`; `roles[i]`: (1 + n,), the index in
        `roles` of each word (0: none), the first standing for the sentence.
        """
        counts = [len(names) for names in (self.types, self.statuses, self.modes, self.contexts)]
        widths = dict(zip(PAIR_OUTPUTS, counts, strict=True))
        types, statuses, modes, contexts = self._of_pairs("pair", widths, states, roles)
        return Marked(softmax(types), softmax(statuses), modes, sigmoid(contexts))

    def seeking(self, states: Floats) -> Floats:
        """Return the vectors by which predicates find their parties, (n, 258), for `arguments`.

        `states`: (n, 384), the `Words.last` of each predicate.
        """
        if not len(states):
            return np.zeros((0, 2 * ARGUMENT + 2), np.float32)
        return np.asarray(self.parts.run("seeking", ["as_predicate"], {"predicates": states})[0])

    def denoted(self, states: Floats, sources: Floats, targets: Floats) -> Marked:
        """Return what predicates denote; all (n, 384): their states and those of their parties.

        The latter are as `party_states` gives them.
        """
        counts = [len(names) for names in (self.types, self.statuses, self.modes, self.contexts)]
        feed = {"predicates": states, "sources": sources, "targets": targets}
        if len(states):
            types, statuses, modes, contexts = self.parts.run("events", EVENT_OUTPUTS, feed)
        else:
            types, statuses, modes, contexts = (np.zeros((0, n), np.float32) for n in counts)
        return Marked(softmax(types), softmax(statuses), modes, sigmoid(contexts))

    def whole(self, states: Sequence[Floats], roles: Sequence[Ints]) -> Floats:
        """Return the probability of each of `types` for marked pairs, as PLOVER codes a sentence.

        Shape (pairs, types); `states` and `roles` as in `marked`.
        """
        return softmax(self._of_pairs("whole", {"whole": len(self.types)}, states, roles)[0])

    def _of_pairs(
        self,
        part: str,
        widths: Mapping[str, int],
        states: Sequence[Floats],
        roles: Sequence[Ints],
    ) -> list[Floats]:
        """Return what a pair head says of marked pairs: (pairs, width) for each output."""
        found = [np.zeros((len(states), width), np.float32) for width in widths.values()]
        for chosen in batches([len(role) for role in roles]):
            feed = _pair_feed([states[i] for i in chosen], [roles[i] for i in chosen])
            for every, scores in zip(found, self.parts.run(part, list(widths), feed), strict=True):
                every[chosen] = scores
        return found


def arguments(seeking: Floats, sought: Floats) -> Floats:
    """Return how probably each word is of the source and of the target of predicates, (k, n, 2).

    `seeking`: (k, 258), from `Model.seeking` for the predicates of a sentence; `sought`: (n, 130),
    the `Words.as_argument` of its words.
    """
    vectors = seeking[:, : 2 * ARGUMENT].reshape(-1, ARGUMENT)
    scores = (vectors @ sought[:, :ARGUMENT].T).reshape(len(seeking), 2, len(sought))
    scores += seeking[:, 2 * ARGUMENT :, None] + sought[None, :, ARGUMENT:].transpose(0, 2, 1)
    return sigmoid(scores.transpose(0, 2, 1))


def party_states(chances: Floats, states: Floats) -> Floats:
    """Return the mean states of both parties of predicates, (2, k, 384).

    `chances`: (k, n, 2), from `arguments`; `states`: (n, 384), the `Words.last` of the words.
    """
    sums = np.maximum(chances.sum(1, keepdims=True), LEAST_SHARE)
    return np.asarray((chances / sums).transpose(2, 0, 1) @ states, np.float32)


def _pair_feed(states: Sequence[Floats], roles: Sequence[Ints]) -> dict[str, Any]:
    """Return the inputs for pairs, padded to the longest."""
    width = max(map(len, roles))
    state = np.zeros((len(roles), width, STATE), np.float32)
    mask = np.zeros((len(roles), width), np.float32)
    role = np.zeros((len(roles), width), np.int64)
    for row, (its_state, its_roles) in enumerate(zip(states, roles, strict=True)):
        length = len(its_roles)
        state[row, :length] = its_state
        mask[row, :length] = 1.0
        role[row, :length] = its_roles
    return {"states": state, "present": mask, "roles": role}


def passages_of(sentences: Sequence[Sequence[str]]) -> list[list[range]]:
    """Return the passages of a text, as ranges of its sentences, in batches of like size."""
    counts = [pieces.count(words) for words in sentences]
    spans = pieces.passages(counts, PASSAGE_PIECES)
    grouped = batches([sum(counts[i] for i in span) for span in spans])
    return [[spans[k] for k in chosen] for chosen in grouped]


def softmax(scores: Floats) -> Floats:
    """Return `scores` as probabilities over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Return each of `scores` as a probability of its own."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores)), np.float32)


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
        parts=Graphs(root, threads),
        info=ModelInfo(card["name"], card["version"], card["sha256"]),
        upos=tuple(card["upos"]),
        xpos=tuple(card["xpos"]),
        lemma=tuple(card["lemma"]),
        deprel=tuple(card["deprel"]),
        types=tuple(card["type"]),
        statuses=tuple(card["status"]),
        modes=tuple(card["mode"]),
        contexts=tuple(card["context"]),
        roles=tuple(card["roles"]),
        entities={name: tuple(tags) for name, tags in card["entities"].items()},
        attribution=tuple(card["attribution"]),
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
