"""Export to ONNX and quantise: the graph, the labels and the model's identity.

One graph holds four ways through the network, which share no input; a run takes the one that its
outputs lie on. Word-pieces give every per-word output; pairs of label vectors give the labels of
arcs, once the tree is found; last states give what predicates denote; first states and roles give
event types. It is quantised to int8
dynamically, per channel, in reduced range, so that processors without VNNI instructions do not
overflow (ONNX Runtime's own advice).
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import attrs
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from standoff.language import pieces
from standoff.language.model import EVENT_OUTPUTS, LABEL, STATE

from .corpora import ROLES, Labels
from .losses import inputs
from .model import Network

VERSION = "4.0.0"

GRAPH = "model.onnx"

#: The word-pieces, which training does not change, as the package has them.
VOCABULARY = Path(pieces.__file__).parent / "data" / "vocab.txt"


class Graph(nn.Module):
    """The network with its inputs and outputs by name, tags chosen."""

    INPUTS: ClassVar = {
        "ids": {0: "B", 1: "P"},
        "positions": {0: "B", 1: "P"},
        "shapes": {0: "B", 1: "P"},
        "sentences": {0: "B", 1: "P"},
        "rows": {0: "R"},
        "grid": {0: "S", 1: "W1"},
        "dependents": {0: "N"},
        "parents": {0: "N"},
        "predicates": {0: "K"},
        "sources": {0: "K"},
        "targets": {0: "K"},
        "states": {0: "M", 1: "L"},
        "present": {0: "M", 1: "L"},
        "roles": {0: "M", 1: "L"},
    }
    OUTPUTS = (
        *("upos", "xpos", "lemma", "arcs", "as_dependent", "as_parent", "first", "news", "defence"),
        *("attribution", "links", "factuality", "deprel", "type"),
        *("status", "mode", "context", "whole", "last", "as_predicate", "as_argument"),
        *EVENT_OUTPUTS,
    )

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,
        shapes: Tensor,
        sentences: Tensor,
        rows: Tensor,
        grid: Tensor,
        dependents: Tensor,
        parents: Tensor,
        predicates: Tensor,
        sources: Tensor,
        targets: Tensor,
        states: Tensor,
        present: Tensor,
        roles: Tensor,
    ) -> tuple[Tensor, ...]:
        words = {
            "ids": ids,
            "positions": positions,
            "shapes": shapes,
            "sentences": sentences,
            "rows": rows,
            "grid": grid,
        }
        events = {"predicates": predicates, "sources": sources, "targets": targets}
        pair = {"states": states, "present": present, "roles": roles}
        found = {
            **self.network.answers(words),
            "deprel": self.network.syntax.deprel(dependents, parents).argmax(-1),
            **self.network.denoted(events),
            **self.network.pairs(pair),
        }
        return tuple(found[name] for name in self.OUTPUTS)


def example() -> dict[str, Tensor]:
    """Return inputs of every kind, two of each dimension that may vary."""
    feed, _ = inputs([[("Iran", "rejected", "talks", "."), ("Yes", ".")], [("No", ".")]])
    return {
        **feed,
        "dependents": torch.zeros(2, LABEL),
        "parents": torch.zeros(2, LABEL),
        **{name: torch.zeros(2, STATE) for name in ("predicates", "sources", "targets")},
        "states": torch.zeros(2, 4, STATE),
        "present": torch.ones(2, 4),
        "roles": torch.tensor([[0, 1, 3, 2], [0, 0, 0, 0]]),
    }


def export(network: Network, labels: Labels, folder: Path, *, quantise: bool = True) -> None:
    """Write the graph and ``model.json`` to `folder`."""
    network.eval().float()
    folder.mkdir(parents=True, exist_ok=True)
    _write(network, folder / GRAPH, quantise=quantise)
    if not (folder / VOCABULARY.name).exists():
        shutil.copy(VOCABULARY, folder)
    _write_card(labels, folder)


def _write(network: Network, path: Path, *, quantise: bool) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        raw, ready = Path(scratch) / "raw.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            Graph(network),
            tuple(example().values()),
            raw,
            input_names=list(Graph.INPUTS),
            output_names=list(Graph.OUTPUTS),
            dynamic_axes=Graph.INPUTS | {name: {0: f"{name}_rows"} for name in Graph.OUTPUTS},
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
    names = (GRAPH, "vocab.txt")
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
