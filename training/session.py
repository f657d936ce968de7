"""A network in torch in the place of the shipped graph: to score and read with before export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs
import numpy as np
import torch
from numpy.typing import NDArray

from standoff.language import model

from .corpora import Labels
from .export import PARTS
from .model import Network, Reading


class Parts:
    """Answers as the exported graphs do (`export.PARTS`)."""

    def __init__(self, network: Reading, *, bfloat16: bool = False) -> None:
        self.network = network.eval()
        self.bfloat16 = bfloat16

    @torch.inference_mode()
    def run(
        self, part: str, outputs: Sequence[str], feed: Mapping[str, NDArray[Any]]
    ) -> list[NDArray[Any]]:
        """Return the named outputs of a part."""
        given = {name: torch.from_numpy(np.asarray(value)) for name, value in feed.items()}
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
            found = PARTS[part].answers(cast(Network, self.network), given)
            if part == "encoder":
                # A teacher's states are wider, and nobody reads these.
                found["first"] = found["first"][:, : model.STATE]
        return [
            (value.float() if value.is_floating_point() else value).numpy()
            for value in (found[name] for name in outputs)
        ]


def answering(network: Reading, labels: Labels, bfloat16: bool = False) -> model.Model:
    """Return the package's model with `network` in the place of its graphs.

    `labels` are the network's, which may not be those of the package.
    """
    return attrs.evolve(
        model.shared(),
        parts=Parts(network, bfloat16=bfloat16),
        upos=labels.upos,
        xpos=labels.xpos,
        lemma=labels.lemma,
        deprel=labels.deprel,
        entities=labels.entities,
        attribution=labels.attribution,
        types=labels.type,
        statuses=labels.status,
        modes=labels.mode,
        contexts=labels.context,
    )
