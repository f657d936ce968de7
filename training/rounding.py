"""Training as if the weights were int8 already, so that quantising loses less.

Linear layers compute with weights and inputs rounded as the export will round them (export.py:
dynamic, per channel, reduced range), while gradients pass as if nothing were rounded (straight
through: Bengio, Léonard and Courville 2013; quantisation-aware training: Jacob et al. 2018). The
likeness is not exact: the matrix of the arc scores is left alone, and where a stage computes in
bfloat16, that may take half a level more off an input.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

#: Weights are integers of -64 to 64, 7 bits: ONNX Runtime's reduced range, for processors on which
#: a product of two full bytes may overflow.
WEIGHT_LEVELS = 64

#: Inputs are integers of 0 to 255 between the least and the largest of a batch.
INPUT_LEVELS = 255


def _through(values: Tensor, rounded: Tensor) -> Tensor:
    """Return `rounded`, with the gradient of `values`."""
    return values + (rounded - values).detach()


def weights(matrix: Tensor) -> Tensor:
    """Return a (out, in) matrix rounded by output channel."""
    with torch.no_grad():
        scale = matrix.abs().amax(1, keepdim=True).clamp(min=1e-8) / WEIGHT_LEVELS
        rounded = (matrix / scale).round() * scale
    return _through(matrix, rounded)


def inputs(values: Tensor) -> Tensor:
    """Return values rounded to what one byte each can tell apart."""
    with torch.no_grad():
        low, high = values.min().clamp(max=0.0), values.max().clamp(min=0.0)
        scale = ((high - low) / INPUT_LEVELS).clamp(min=1e-8)
        zero = (-low / scale).round()
        rounded = ((values / scale + zero).round().clamp(0, INPUT_LEVELS) - zero) * scale
    return _through(values, rounded)


@contextmanager
def rounded(network: nn.Module) -> Iterator[None]:
    """Let every linear layer of `network` compute in rounded numbers until the context ends."""
    layers = [module for module in network.modules() if isinstance(module, nn.Linear)]
    for layer in layers:
        layer.forward = _Rounded(layer)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for layer in layers:
            del layer.forward


class _Rounded:
    def __init__(self, layer: nn.Linear) -> None:
        self.layer = layer

    def __call__(self, values: Tensor) -> Tensor:
        matrix = weights(self.layer.weight)
        return nn.functional.linear(inputs(values.float()), matrix, self.layer.bias)
