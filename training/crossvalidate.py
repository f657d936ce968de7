"""What the event types of the pair heads are worth on sentences that they have not seen.

``python -m training.crossvalidate`` trains the pair head on silver pairs and our own codebook, over
the language model's first layer as it was before any training, so that nothing of the research set
has been seen; then

- *codebook alone*: it is asked for the types of all of ``plv_train`` as it stands, and with what is
  planned, promised, threatened or refused counted as PLOVER counts it (`announced`);
- *five-fold*: the head for whole sentences starts from it and learns four fifths of ``plv_train``
  (the stage ``whole`` of config.toml), asked for the fifth. Rows of one sentence stay in one fold.

Scores are macro-F1 over the 15 labels of the set (CONCEDE and RETREAT counted as YIELD), given
source and target, with the predicate that the parse gives, as `standoff.relate` marks it.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import json
import logging
import random
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import torch
from sklearn.metrics import f1_score

from benchmarks.scores import calibration_error
from standoff.language.model import softmax

from . import annotated, corpora, loop, losses, predicates, shipped, silver
from .__main__ import ROOT, SHIPPED, TYPES, base_model, configuration, load_sets
from .model import Network

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
#: What PLOVER calls an act that is only held out: the acts, the statuses, and its name.
ANNOUNCED = (
    (
        ("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"),
        ("planned", "promised"),
        "AGREE",
    ),
    (("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"), ("denied",), "REJECT"),
    (
        ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
        ("planned", "threatened"),
        "THREATEN",
    ),
)


def folds(rows: list[corpora.Pair], count: int, seed: int) -> list[set[str]]:
    """Return the sentences of each fold."""
    sentences = sorted({row.group for row in rows})
    random.Random(seed).shuffle(sentences)
    return [set(sentences[i::count]) for i in range(count)]


def probabilities(
    network: Network, rows: list[corpora.Pair], head: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of types (NONE left out) and of statuses, a row each."""
    network.eval()
    types, statuses = [], []
    with torch.no_grad():
        for batch in corpora.chunks(rows, 32):
            found = losses.pair_scores(network, batch, head)
            types.append(found[0].masked_fill(torch.tensor([t == "NONE" for t in TYPES]), -1e4))
            statuses.append(found[1])
    return softmax(torch.cat(types).numpy()), softmax(torch.cat(statuses).numpy())


def announced(types: np.ndarray, statuses: np.ndarray) -> np.ndarray:
    """Return type probabilities with acts that are only held out counted as PLOVER counts them."""
    out = types.copy()
    for acts, when, name in ANNOUNCED:
        share = statuses[:, [annotated.STATUSES.index(status) for status in when]].sum(1)
        for act in acts:
            moved = types[:, TYPES.index(act)] * share
            out[:, TYPES.index(act)] -= moved
            out[:, TYPES.index(name)] += moved
    return out


def scored(rows: list[corpora.Pair], types: np.ndarray) -> dict[str, float]:
    """Return macro-F1 and accuracy over 15 labels, and the expected calibration error."""
    gold = [YIELD.get(row.type, row.type) for row in rows]
    guess = [YIELD.get(name, name) for name in (TYPES[i] for i in types.argmax(-1))]
    right = np.array([g == p for g, p in zip(gold, guess, strict=True)])
    return {
        "macro_f1": round(float(f1_score(gold, guess, average="macro", zero_division=0)), 4),
        "accuracy": round(float(right.mean()), 4),
        "calibration_error": calibration_error(types.max(-1), right),
    }


def start(labels: corpora.Labels) -> tuple[Network, Network]:
    """Return a network that has seen nothing, and the shipped one, to parse with."""
    fresh, parser = Network(base_model(), labels), Network(base_model(), labels)
    shipped.restore(parser, SHIPPED)
    return fresh, parser


def main() -> None:
    """Train and score codebook alone, then every fold (or those asked for); write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training/crossvalidation"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(5)))
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    config = configuration()
    pairs = args.work / "silver.jsonl"
    if not pairs.exists():
        silver.write(args.data, pairs)
    sets, labels = load_sets(args.data, args.work)
    torch.manual_seed(config["seed"])
    network, parsing = start(labels)
    rows = predicates.mark(parsing, sets.plover)
    own = [*sets.codebook, *predicates.governed(parsing, sets.codebook)]
    stages = {stage["name"]: stage for stage in config["stage"]}
    alone = stages["codebook"] | {"epochs": {"silver": 1.5, **stages["codebook"]["epochs"]}}
    told = attrs.evolve(sets, codebook=own)
    loop.run(network, told, labels, alone, config, args.work / "codebook.checkpoint")
    types, statuses = probabilities(network, rows, "pair")
    result: dict[str, Any] = {
        "set": "relations/plv_train.jsonl, 15 labels",
        "seed": config["seed"],
        "codebook alone": scored(rows, types),
        "codebook alone, announced": scored(rows, announced(types, statuses)),
    }
    logging.info("%s", result)
    learnt = copy.deepcopy(network.state_dict())
    asked: list[corpora.Pair] = []
    answers: list[np.ndarray] = []
    for k, held in enumerate(folds(rows, 5, config["seed"])):
        if k not in args.folds:
            continue
        network.load_state_dict(learnt)
        train = [row for row in rows if row.group not in held]
        loop.run(network, attrs.evolve(told, plover=train), labels, stages["whole"], config, None)
        test = [row for row in rows if row.group in held]
        asked += test
        answers.append(probabilities(network, test, "whole")[0])
        logging.info("fold %d: %s", k, scored(test, answers[-1]))
    result["five-fold"] = scored(asked, np.concatenate(answers))
    result = {"measured": datetime.datetime.now(datetime.UTC).date().isoformat(), **result}
    print(json.dumps(result, indent=1))
    out = ROOT.parent / "benchmarks/results/crossvalidation.json"
    out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
