"""The training loop: stages of mixed batches, resumable, the same for the same seed."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import torch
from torch import Tensor, nn

from standoff.language.model import PASSAGE_PIECES

from . import passages, rounding
from .corpora import ROLES, Labels, Pair, chunks
from .losses import pair_loss, passage_losses
from .model import Network, Reading
from .passages import Passage
from .predicates import without

log = logging.getLogger("training")

#: Sets of marked pairs, and the head that each trains; all others are sets of passages.
PAIRS = {"silver": "pair", "codebook": "pair", "plover": "whole"}

#: Sets with a parse of their own; in the others it is the student's own (teaching.py).
TREEBANKS = frozenset(("ewt", "gum"))


@attrs.frozen
class Sets:
    """The training examples of each task: marked pairs, and texts by the name of their set."""

    plover: list[Pair]
    codebook: list[Pair]
    silver: list[Pair]
    texts: dict[str, list[Passage]]


def _with_gaps(example: Pair, drop: dict[str, float], rng: random.Random) -> Pair:
    """Return the example with some marks hidden, as the coder and `relate` leave some out."""
    for role, share in drop.items():
        if rng.random() < share:
            example = without(example, ROLES.index(role))
    return example


def batches(sets: Sets, stage: dict[str, Any], config: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return every batch of a stage in order; the same list for the same seed."""
    rng = random.Random(f"{config['seed']} {stage['name']}")
    planned: list[tuple[str, Any]] = []
    for task, epochs in stage["epochs"].items():
        examples: Sequence[Any] = getattr(sets, task) if task in PAIRS else sets.texts[task]
        while epochs > 0:
            some = rng.sample(list(examples), round(len(examples) * min(1.0, epochs)))
            planned += [(task, batch) for batch in _batched(task, some, stage, config, rng)]
            epochs -= 1
    return _spread(planned, stage, rng)


def _batched(
    task: str,
    examples: list[Any],
    stage: dict[str, Any],
    config: dict[str, Any],
    rng: random.Random,
) -> Iterator[list[Any]]:
    if task in PAIRS:
        pairs, drop = config["pair"], config["pair"]["drop"][task]
        gaps = [_with_gaps(example, drop, rng) for example in examples]
        yield from _of_like_length(gaps, pairs["rows"], rng)
        return
    parts = [part for text in examples for part in passages.cut(text, PASSAGE_PIECES, rng)]
    yield from passages.batched(parts, stage.get("batch", config["passages"]["batch"]), rng)


#: Batches within which rows are sorted by length: less padding, and still another mix each epoch.
WINDOW = 40


def _of_like_length(rows: list[Pair], size: int, rng: random.Random) -> Iterator[list[Pair]]:
    for window in chunks(rows, size * WINDOW):
        some = list(chunks(sorted(window, key=lambda row: len(row.words)), size))
        rng.shuffle(some)
        yield from some


def _spread(
    planned: list[tuple[str, Any]], stage: dict[str, Any], rng: random.Random
) -> list[tuple[str, Any]]:
    """Mix the tasks evenly while each keeps its own order, so that epochs stay epochs."""
    keyed = []
    for task in stage["epochs"]:
        mine = [item for item in planned if item[0] == task]
        keyed += [((i + rng.random()) / len(mine), item) for i, item in enumerate(mine)]
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def loss_of(
    network: Reading,
    task: str,
    batch: list[Any],
    labels: Labels,
    stage: dict[str, Any],
    config: dict[str, Any],
) -> dict[str, Tensor]:
    """Return the weighted loss of each head that the batch trains."""
    if task in PAIRS:
        assert isinstance(network, Network), "a teacher has no pair head"
        return {task: pair_loss(network, batch, labels, config["pair"], PAIRS[task])}
    losses = passage_losses(network, batch, labels, frozenset(stage["heads"]), config["events"])
    weights = config["weights"]
    if task not in TREEBANKS:
        weights = weights | {"syntax": weights["taught_syntax"]}
    return {head: loss * weights[head] for head, loss in losses.items()}


def run(
    network: Reading,
    sets: Sets,
    labels: Labels,
    stage: dict[str, Any],
    config: dict[str, Any],
    checkpoint: Path | None,
) -> None:
    """Train `network` through one stage, going on from `checkpoint` where it exists."""
    plan = batches(sets, stage, config)
    for to, from_ in stage.get("copies", {}).items():
        getattr(network, to).load_state_dict(getattr(network, from_).state_dict())
    fixed: set[int] = set()
    if stage.get("frozen"):
        fixed = {id(parameter) for parameter in network.encoder.parameters()}
    elif stage.get("fixed"):
        fixed = {id(parameter) for parameter in network.encoder.fixed()}
    for parameter in network.parameters():
        parameter.requires_grad_(id(parameter) not in fixed)
    optimiser = torch.optim.AdamW(
        [
            {"params": _trained(network.pretrained()), "lr": stage["encoder_rate"]},
            {"params": _trained(network.new()), "lr": stage["head_rate"]},
        ],
        weight_decay=stage["weight_decay"],
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _linear(len(plan), stage["warm_up"]))
    first = _resume(checkpoint, network, optimiser, schedule)
    network.train()
    since, losses = time.monotonic(), dict[str, list[float]]()
    for step in range(first, len(plan)):
        # A seed per step makes dropout the same whether or not the run was interrupted.
        torch.manual_seed(config["seed"] * 1_000_003 + step)
        task, batch = plan[step]
        late = step >= len(plan) * stage.get("rounded_from", 1.0)
        with (
            rounding.rounded(network) if late else nullcontext(),
            torch.autocast("cpu", dtype=torch.bfloat16, enabled=config["bfloat16"]),
        ):
            found = loss_of(network, task, batch, labels, stage, config)
        if found:
            torch.stack(list(found.values())).sum().backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
        schedule.step()
        for head, loss in found.items():
            losses.setdefault(head, []).append(loss.item())
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


def _trained(parameters: list[nn.Parameter]) -> list[nn.Parameter]:
    return [parameter for parameter in parameters if parameter.requires_grad]


def _linear(steps: int, warm_up: float) -> Callable[[int], float]:
    rise = max(1, int(steps * warm_up))
    return lambda step: min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))


def _save(path: Path, step: int, network: Reading, optimiser: Any, schedule: Any) -> None:
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


def _resume(path: Path | None, network: Reading, optimiser: Any, schedule: Any) -> int:
    if path is None or not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    network.load_state_dict(saved["network"])
    optimiser.load_state_dict(saved["optimiser"])
    schedule.load_state_dict(saved["schedule"])
    log.info("resumed %s at step %d", path.name, saved["step"])
    return int(saved["step"])
