"""Gold sentences out of CoNLL-U files, without a dependency of training."""

from __future__ import annotations

import gzip
from pathlib import Path

import attrs


@attrs.frozen
class Sentence:
    """A gold sentence; `heads` are 1-based, 0 is the root; `text` is the raw sentence."""

    text: str
    words: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    deprels: list[str]
    misc: list[str]
    document: str
    paragraph: bool


def read(path: Path) -> list[Sentence]:
    """Read a gzipped CoNLL-U file; multi-word ranges and empty nodes are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        blocks = stream.read().strip().split("\n\n")
    found = []
    document = ""
    for block in blocks:
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("#")]
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        for line in comments:
            if line.startswith("# newdoc"):
                document = line
        text = next(line[9:] for line in comments if line.startswith("# text = "))
        columns = list(zip(*rows, strict=True))
        found.append(
            Sentence(
                text,
                list(columns[1]),
                list(columns[2]),
                list(columns[3]),
                list(columns[4]),
                [int(head) for head in columns[6]],
                list(columns[7]),
                list(columns[9]),
                document,
                any(line.startswith("# newpar") for line in comments),
            )
        )
    return found
