"""A network in torch in the place of the shipped graph: to score and read with before export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import torch
from numpy.typing import NDArray

from standoff.language import model

from .corpora import Labels
from .model import Reading

#: The inputs that words are read off (`pieces.Batch.feed`).
WORDS = ("ids", "positions", "shapes", "sentences", "rows", "grid")


class Session:
    """Answers as an ONNX Runtime session of the exported graph does, for what is read off words."""

    def __init__(self, network: Reading, *, bfloat16: bool = False) -> None:
        self.network = network.eval()
        self.bfloat16 = bfloat16

    @torch.inference_mode()
    def run(
        self, outputs: Sequence[str], feed: dict[str, NDArray[Any]], _: object = None
    ) -> list[NDArray[Any]]:
        """Return the named outputs of `export.Graph`."""
        given = {name: torch.from_numpy(np.asarray(value)) for name, value in feed.items()}
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
            if list(outputs) == ["deprel"]:
                sides = given["dependents"], given["parents"]
                found = {"deprel": self.network.syntax.deprel(*sides).argmax(-1)}
            elif set(outputs) <= {*model.EVENT_OUTPUTS, "as_predicate"}:
                found = self.network.denoted(given)
            elif set(outputs) <= {*model.PAIR_OUTPUTS, "whole"}:
                found = self.network.pairs(given)
            else:
                found = self.network.answers({name: given[name] for name in WORDS})
                # A teacher's states are wider, and nobody reads them.
                found["first"] = found["first"][:, : model.STATE]
        return [
            (value.float() if value.is_floating_point() else value).numpy()
            for value in (found[name] for name in outputs)
        ]


def answering(network: Reading, labels: Labels, bfloat16: bool = False) -> model.Model:
    """Return the package's model with `network` in the place of its graph.

    `labels` are the network's, which may not be those of the package.
    """
    return attrs.evolve(
        model.shared(),
        session=Session(network, bfloat16=bfloat16),
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
