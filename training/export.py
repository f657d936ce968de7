"""Export to ONNX and quantise: the graphs, the labels and the model's identity.

The network is written in parts, a graph each, for the runtime computes all of a graph whatever it
is asked for: the encoder; what is read off its last states; the labels of arcs, once the tree is
found; by what predicates find their parties; what they denote, once these are known; the two pair
heads. Each is quantised to int8 dynamically, per channel, in reduced range, so that processors
without VNNI instructions do not overflow (ONNX Runtime's own advice).
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import attrs
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from standoff.language import pieces
from standoff.language.model import (
    ENCODER_OUTPUTS,
    EVENT_OUTPUTS,
    LABEL,
    PAIR_OUTPUTS,
    STATE,
    WORD_OUTPUTS,
)

from .corpora import ROLES, Labels
from .losses import inputs
from .model import Network

VERSION = "4.0.0"

#: The word-pieces, which training does not change, as the package has them.
VOCABULARY = Path(pieces.__file__).parent / "data" / "vocab.txt"


Feed = dict[str, Tensor]


@attrs.frozen
class Part:
    """A graph: its inputs with the names of what may vary, its outputs, and how it is computed."""

    inputs: dict[str, dict[int, str]]
    outputs: tuple[str, ...]
    answers: Callable[[Network, Feed], Feed]


_PAIR = {name: {0: "M", 1: "L"} for name in ("states", "present", "roles")}

PARTS = {
    "encoder": Part(
        {
            **{n: {0: "B", 1: "P"} for n in ("ids", "positions", "shapes", "sentences")},
            "rows": {0: "R"},
        },
        ENCODER_OUTPUTS,
        lambda network, feed: network.read(feed),
    ),
    "words": Part(
        {"last": {0: "R"}, "grid": {0: "S", 1: "W1"}},
        WORD_OUTPUTS,
        lambda network, feed: network.answers(feed),
    ),
    "arcs": Part(
        {"dependents": {0: "N"}, "parents": {0: "N"}},
        ("deprel",),
        lambda network, feed: network.labels(feed),
    ),
    "seeking": Part(
        {"predicates": {0: "K"}}, ("as_predicate",), lambda network, feed: network.seeking(feed)
    ),
    "events": Part(
        {name: {0: "K"} for name in ("predicates", "sources", "targets")},
        EVENT_OUTPUTS,
        lambda network, feed: network.denoted(feed),
    ),
    "pair": Part(_PAIR, PAIR_OUTPUTS, lambda network, feed: network.of_pairs(feed)),
    "whole": Part(_PAIR, ("whole",), lambda network, feed: network.of_whole(feed)),
}


class Graph(nn.Module):
    """A part of the network with its inputs and outputs by name."""

    def __init__(self, network: Network, part: Part) -> None:
        super().__init__()
        self.network = network
        self.part = part

    def forward(self, *given: Tensor) -> tuple[Tensor, ...]:
        found = self.part.answers(self.network, dict(zip(self.part.inputs, given, strict=True)))
        return tuple(found[name] for name in self.part.outputs)


def example() -> Feed:
    """Return inputs of every kind, two of each dimension that may vary."""
    feed, _ = inputs([[("Iran", "rejected", "talks", "."), ("Yes", ".")], [("No", ".")]])
    return {
        **feed,
        "last": torch.zeros(len(feed["rows"]), STATE),
        "dependents": torch.zeros(2, LABEL),
        "parents": torch.zeros(2, LABEL),
        **{name: torch.zeros(2, STATE) for name in ("predicates", "sources", "targets")},
        "states": torch.zeros(2, 4, STATE),
        "present": torch.ones(2, 4),
        "roles": torch.tensor([[0, 1, 3, 2], [0, 0, 0, 0]]),
    }


def export(network: Network, labels: Labels, folder: Path, *, quantise: bool = True) -> None:
    """Write the graphs and ``model.json`` to `folder`."""
    network.eval().float()
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in PARTS.items():
        _write(Graph(network, part), folder / f"{name}.onnx", quantise=quantise)
    if not (folder / VOCABULARY.name).exists():
        shutil.copy(VOCABULARY, folder)
    _write_card(labels, folder)


def _write(graph: Graph, path: Path, *, quantise: bool) -> None:
    part, feed = graph.part, example()
    with tempfile.TemporaryDirectory() as scratch:
        raw, ready = Path(scratch) / "raw.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            graph,
            tuple(feed[name] for name in part.inputs),
            raw,
            input_names=list(part.inputs),
            output_names=list(part.outputs),
            dynamic_axes=part.inputs | {name: {0: f"{name}_rows"} for name in part.outputs},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
        if quantise:
            quantize_dynamic(
                ready, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
            )
        else:
            path.write_bytes(ready.read_bytes())
    logging.getLogger("training").info("%s %.1f MB", path.name, path.stat().st_size / 1e6)


def _write_card(labels: Labels, folder: Path) -> None:
    names = (*(f"{name}.onnx" for name in PARTS), VOCABULARY.name)
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    whole = hashlib.sha256("".join(hashes[name] for name in sorted(hashes)).encode()).hexdigest()
    card = {
        "name": "standoff-en",
        "version": VERSION,
        "sha256": whole,
        "files": hashes,
        "roles": ROLES,
        **attrs.asdict(labels),
    }
    text = json.dumps(card, ensure_ascii=False, indent=1)
    (folder / "model.json").write_text(text + "\n", "utf-8")
