"""Export to ONNX and quantise: the graphs, the labels and the model's identity.

Three graphs are written. ``encoder`` takes word-pieces and gives every per-word output;
``arc_label`` labels the arcs of the tree found in its scores; ``relation`` takes word states and
roles and gives event types. All are quantised to int8
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

import attrs
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from standoff.language import pieces

from .corpora import ROLES, Labels
from .loop import tensors
from .model import LABEL, Network

VERSION = "1.0.0"

#: The word-pieces, which training does not change, as the package has them.
VOCABULARY = Path(pieces.__file__).parent / "data" / "vocab.txt"

ENCODER_OUTPUTS = ["upos", "xpos", "lemma", "arcs", "dependents", "heads", "states"]


class ArcLabelGraph(nn.Module):
    """What labels the arcs once the tree is known: it scores the chosen ones alone."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.head = network.syntax

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        return self.head.deprel(dependents, heads).argmax(-1)


class EncoderGraph(nn.Module):
    """What runs once a sentence: tags chosen, arcs scored, states for the pair head."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, starts: Tensor) -> tuple[Tensor, ...]:
        states, middle = self.network.encoder(ids, mask, starts)
        upos, xpos, rules, arcs, dependents, heads = self.network.syntax(states)
        return (upos.argmax(-1), xpos.argmax(-1), rules.argmax(-1), arcs, dependents, heads, middle)


def export(network: Network, labels: Labels, folder: Path, *, quantise: bool = True) -> None:
    """Write the graphs, the arc-label layer and ``model.json`` to `folder`."""
    network.eval().float()
    folder.mkdir(parents=True, exist_ok=True)
    ids, mask, starts = tensors([("Iran", "rejected", "talks", "."), ("Yes", ".")])
    _, middle = network.encoder(ids, mask, starts)
    present = torch.ones(middle.shape[:2])
    roles = torch.zeros(middle.shape[:2], dtype=torch.int64)
    roles[:, 1], roles[:, 2] = ROLES.index("source"), ROLES.index("predicate")
    sides = torch.zeros(2, LABEL)
    graphs = {
        "encoder.onnx": (
            EncoderGraph(network),
            (ids, mask, starts),
            ["ids", "mask", "starts"],
            ENCODER_OUTPUTS,
            {"ids": {0: "B", 1: "P"}, "mask": {0: "B", 1: "P"}, "starts": {0: "B", 1: "W1"}},
        ),
        "arc_label.onnx": (
            ArcLabelGraph(network),
            (sides, sides),
            ["dependents", "heads"],
            ["deprel"],
            {"dependents": {0: "N"}, "heads": {0: "N"}},
        ),
        "relation.onnx": (
            network.pair,
            (middle, present, roles),
            ["states", "mask", "roles"],
            ["type"],
            {name: {0: "B", 1: "W1"} for name in ("states", "mask", "roles")},
        ),
    }
    for name, (module, example, inputs, outputs, axes) in graphs.items():
        _write(module, example, inputs, outputs, axes, folder / name, quantise=quantise)
    if not (folder / VOCABULARY.name).exists():
        shutil.copy(VOCABULARY, folder)
    _write_card(labels, folder)


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    path: Path,
    *,
    quantise: bool,
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        raw, ready = Path(scratch) / "raw.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            module,
            example,
            raw,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes | {name: {0: "rows"} for name in outputs if name not in axes},
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
    names = ("encoder.onnx", "relation.onnx", "arc_label.onnx", "vocab.txt")
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
