"""Silver predicate marks for pairs whose research set marks only source and target.

The predicate is taken to be the lowest word of the parse that governs both parties ("*rejected*
talks with"), by the encoder's own parse after the syntax stage.
"""

from __future__ import annotations

from collections import Counter

import attrs
import torch

from standoff.language import tree

from .corpora import ROLES, Pair, chunks
from .losses import inputs
from .model import Network

SOURCE, TARGET, PREDICATE = (ROLES.index(name) for name in ("source", "target", "predicate"))


def mark(network: Network, rows: list[Pair]) -> list[Pair]:
    """Return `rows` with a predicate marked where there is none and the parse gives one."""
    network.eval()
    out: list[Pair] = []
    for batch in chunks(rows, 32):
        feed, _ = inputs([[row.words] for row in batch])
        grid = feed.pop("grid")
        with torch.no_grad():
            states, _ = network.encoder(**feed)
            arcs = network.syntax(states, grid)[3].float().numpy()
        for row, scores in zip(batch, arcs, strict=True):
            n = len(row.words)
            out.append(_marked(row, tree.heads(scores[:n, : n + 1]).tolist()))
    return out


def governed(network: Network, rows: list[Pair]) -> list[Pair]:
    """Return rows anew with the word that governs both parties as predicate, where they differ.

    `relate` is not told the predicate and marks that word ("*launched* an attack on"). Only pairs
    with one event in their sentence are taken: with several, the governor is another one's.
    """
    counts = Counter(map(_parties, rows))
    sole = [
        row
        for row in rows
        if SOURCE in row.roles and TARGET in row.roles and counts[_parties(row)] == 1
    ]
    bare = [without(row, PREDICATE) for row in sole]
    found = zip(sole, mark(network, bare), strict=True)
    return [new for old, new in found if new.roles != old.roles]


def _parties(row: Pair) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return row.words, without(row, PREDICATE).roles


def without(row: Pair, role: int) -> Pair:
    """Return a row with one role unmarked."""
    return attrs.evolve(row, roles=tuple(0 if other == role else other for other in row.roles))


def _marked(row: Pair, heads: list[int]) -> Pair:
    if PREDICATE in row.roles:
        return row
    source, target = (
        [i for i, role in enumerate(row.roles) if role == wanted] for wanted in (SOURCE, TARGET)
    )
    common = tree.governor(heads, source, target)
    if common is None:
        return row
    roles = list(row.roles)
    roles[common] = PREDICATE
    return attrs.evolve(row, roles=tuple(roles))
