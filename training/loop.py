"""The training loop: stages of mixed batches, resumable, the same for the same seed."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import torch
from torch import Tensor, nn

from standoff.language import lemma, pieces

from .corpora import ROLES, Labels, Pair, Parsed, by_pieces
from .model import Network

log = logging.getLogger("training")

IGNORE = -100


@attrs.frozen
class Sets:
    """The training examples of each task."""

    syntax: list[Parsed]
    pair: list[Pair]
    silver: list[Pair]


def tensors(words: list[tuple[str, ...]]) -> tuple[Tensor, Tensor, Tensor]:
    """Return the ids, mask and word starts of a batch."""
    inputs = pieces.batch(words)
    return (
        torch.from_numpy(inputs.ids),
        torch.from_numpy(inputs.mask),
        torch.from_numpy(inputs.starts),
    )


def _column(rows: list[list[int]], width: int, fill: int = IGNORE) -> Tensor:
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def syntax_loss(network: Network, batch: list[Parsed], labels: Labels) -> Tensor:
    """Return the sum of the mean cross-entropies of tags, lemma rules, arcs and arc labels."""
    ids, mask, starts = tensors([example.words for example in batch])
    states, _ = network.encoder(ids, mask, starts)
    upos, xpos, rules, arcs, dependents, heads = (x.float() for x in network.syntax(states))
    width = arcs.shape[1]
    index = {
        name: {label: i for i, label in enumerate(getattr(labels, name))}
        for name in ("upos", "xpos", "lemma", "deprel")
    }
    gold_heads = _column([list(e.heads) for e in batch], width)
    golds = [
        (upos, _column([[index["upos"].get(x, IGNORE) for x in e.upos] for e in batch], width)),
        (xpos, _column([[index["xpos"].get(x, IGNORE) for x in e.xpos] for e in batch], width)),
        (
            rules,
            _column(
                [
                    [
                        index["lemma"].get(lemma.rule(w, x), 0)
                        for w, x in zip(e.words, e.lemmas, strict=True)
                    ]
                    for e in batch
                ],
                width,
            ),
        ),
    ]
    present = torch.tensor(
        [[True] * (1 + len(e.words)) + [False] * (width - len(e.words)) for e in batch]
    )
    arcs = arcs.masked_fill(~present.unsqueeze(1), -1e4)
    golds.append((arcs, gold_heads))
    chosen = gold_heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, heads.shape[-1])
    relations = network.syntax.deprel(dependents, heads.gather(1, chosen)).float()
    golds.append(
        (
            relations,
            _column([[index["deprel"].get(x, IGNORE) for x in e.deprels] for e in batch], width),
        )
    )
    total = torch.zeros(())
    for scores, gold in golds:
        total = total + nn.functional.cross_entropy(
            scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=IGNORE
        )
    return total


def pair_scores(network: Network, batch: list[Pair]) -> Tensor:
    """Return the type scores (B, types) of marked pairs."""
    ids, mask, starts = tensors([example.words for example in batch])
    _, middle = network.encoder(ids, mask, starts)
    width = middle.shape[1]
    present = _column([[1] * (1 + len(e.words)) for e in batch], width, 0).float()
    roles = _column([[0, *e.roles] for e in batch], width, 0)
    return network.pair(middle, present, roles).float()


def pair_loss(network: Network, batch: list[Pair], labels: Labels, smoothing: float) -> Tensor:
    """Return the mean cross-entropy of the event types, with label smoothing."""
    gold = torch.tensor([labels.type.index(example.type) for example in batch])
    return nn.functional.cross_entropy(pair_scores(network, batch), gold, label_smoothing=smoothing)


def without(example: Pair, role: str) -> Pair:
    """Return the example with one role unmarked."""
    hidden = ROLES.index(role)
    return attrs.evolve(example, roles=tuple(0 if r == hidden else r for r in example.roles))


def _with_gaps(example: Pair, config: dict[str, Any], rng: random.Random) -> Pair:
    """Return the example with some marks hidden, as the coder and `relate` leave some out."""
    for role, share in config["pair"]["drop"].items():
        if rng.random() < share:
            example = without(example, role)
    return example


def batches(sets: Sets, stage: dict[str, Any], config: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return every batch of a stage in order; the same list for the same seed."""
    rng = random.Random(f"{config['seed']} {stage['name']}")
    planned: list[tuple[str, Any]] = []
    for task, epochs in stage["epochs"].items():
        if task == "syntax" and epochs < 1:
            part = rng.sample(sets.syntax, int(len(sets.syntax) * epochs))
            planned += [("syntax", b) for b in by_pieces(part, config["syntax"]["pieces"], rng)]
        for _ in range(int(epochs)):
            if task == "syntax":
                planned += [
                    ("syntax", b) for b in by_pieces(sets.syntax, config["syntax"]["pieces"], rng)
                ]
            else:
                rows = [_with_gaps(example, config, rng) for example in getattr(sets, task)]
                rng.shuffle(rows)
                size = config["pair"]["rows"]
                planned += [(task, rows[i : i + size]) for i in range(0, len(rows), size)]
    return _spread(planned, stage, rng)


def _spread(
    planned: list[tuple[str, Any]], stage: dict[str, Any], rng: random.Random
) -> list[tuple[str, Any]]:
    """Mix the tasks evenly while each keeps its own order, so that epochs stay epochs."""
    keyed = []
    for task in stage["epochs"]:
        mine = [item for item in planned if item[0] == task]
        keyed += [((i + rng.random()) / len(mine), item) for i, item in enumerate(mine)]
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def run(
    network: Network,
    sets: Sets,
    labels: Labels,
    stage: dict[str, Any],
    config: dict[str, Any],
    checkpoint: Path | None,
) -> None:
    """Train `network` through one stage, going on from `checkpoint` where it exists."""
    plan = batches(sets, stage, config)
    optimiser = torch.optim.AdamW(
        [
            {"params": network.pretrained(), "lr": stage["encoder_rate"]},
            {"params": network.new(), "lr": stage["head_rate"]},
        ],
        weight_decay=stage["weight_decay"],
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _linear(len(plan), stage["warm_up"]))
    first = _resume(checkpoint, network, optimiser, schedule)
    network.train()
    since, losses = time.monotonic(), {task: [0.0] for task in stage["epochs"]}
    for step in range(first, len(plan)):
        # A seed per step makes dropout the same whether or not the run was interrupted.
        torch.manual_seed(config["seed"] * 1_000_003 + step)
        task, batch = plan[step]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=config["bfloat16"]):
            loss = (
                syntax_loss(network, batch, labels)
                if task == "syntax"
                else pair_loss(network, batch, labels, config["pair"]["label_smoothing"])
            )
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        losses[task].append(loss.item())
        if (step + 1) % config["log_every"] == 0:
            log.info(
                "%s %d/%d %s %.2f s/step",
                stage["name"],
                step + 1,
                len(plan),
                {k: round(float(np.mean(v[-50:])), 3) for k, v in losses.items()},
                (time.monotonic() - since) / (step + 1 - first),
            )
        if checkpoint and (step + 1) % config["save_every"] == 0:
            _save(checkpoint, step + 1, network, optimiser, schedule)
    network.eval()


def _linear(steps: int, warm_up: float) -> Callable[[int], float]:
    rise = max(1, int(steps * warm_up))
    return lambda step: min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))


def _save(path: Path, step: int, network: Network, optimiser: Any, schedule: Any) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {
            "step": step,
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
        },
        part,
    )
    part.replace(path)


def _resume(path: Path | None, network: Network, optimiser: Any, schedule: Any) -> int:
    if path is None or not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    network.load_state_dict(saved["network"])
    optimiser.load_state_dict(saved["optimiser"])
    schedule.load_state_dict(saved["schedule"])
    log.info("resumed %s at step %d", path.name, saved["step"])
    return int(saved["step"])


def chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    """Yield `items` in runs of at most `size`."""
    for i in range(0, len(items), size):
        yield items[i : i + size]
