"""The shipped int8 weights as a network again, to train on from where they stand.

Matrices come back from their integers and scales, which loses what quantising lost; the fixed
layers (`Encoder.fixed`) then quantise to the very integers they came from.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from .export import PARTS
from .model import Network


def restore(network: Network, folder: Path) -> set[str]:
    """Load what `folder` ships into `network`; return the names of parameters it lacks."""
    found = dict[str, NDArray[np.float32]]()
    for name in PARTS:
        found |= _weights(folder / f"{name}.onnx")
    own = network.state_dict()
    for name, value in found.items():
        target = own.get(name)
        if target is None:
            continue
        fits = value if value.shape == tuple(target.shape) else value.T
        if fits.shape == tuple(target.shape):
            own[name] = torch.tensor(fits)
    missing = set(own) - set(found)
    network.load_state_dict(own)
    return missing


def _weights(path: Path) -> dict[str, NDArray[np.float32]]:
    graph = onnx.load(str(path)).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    made = {name: node for node in graph.node for name in node.output}
    found = {}

    def name_of(raw: str) -> str:
        bare = raw.removesuffix("_quantized").removeprefix("network.")
        return bare.replace(".weight_Transposed", ".weight")

    def whole(name: str) -> NDArray[np.float32]:
        base = name.removesuffix("_quantized")
        scale, zero = held[f"{base}_scale"], held[f"{base}_zero_point"]
        ints = held[name].astype(np.float32) - zero.astype(np.float32)
        return np.asarray(ints * scale, np.float32)

    for name, value in held.items():
        if "." in name and not name.startswith(("/", "onnx::")):
            if name.endswith("_quantized"):
                found[name_of(name)] = whole(name)
            elif not name.endswith(("_scale", "_zero_point")):
                found[name_of(name)] = np.asarray(value, np.float32)
    for node in graph.node:
        biases = [name for name in node.input if name.endswith(".bias") and name in held]
        if node.op_type != "Add" or not biases:
            continue
        matrix = _matrix([name for name in node.input if name not in held], made)
        if matrix in held:
            found[name_of(biases[0].removesuffix(".bias") + ".weight")] = whole(matrix).T
    return found


def _matrix(names: list[str], made: dict[str, onnx.NodeProto]) -> str:
    """Return the name of the integer matrix whose product, cast and scaled, is one of `names`."""
    while names:
        node = made.get(names.pop())
        if node is None:
            continue
        if node.op_type == "MatMulInteger":
            return str(node.input[1])
        if node.op_type in {"Cast", "Mul"}:
            names += node.input
    return ""
