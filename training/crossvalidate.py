"""Five-fold cross-validation of the event-type head: ``python -m training.crossvalidate``.

Each fold starts from the network as it is before the gold event types (stage ``silver``, which
saw none of them) and runs the last stage without the fold's rows, and without the syntax beside
them. Rows of one sentence stay in one fold. The score is macro-F1 over the 15 labels of
``plv_train`` (CONCEDE and RETREAT counted as YIELD), given source and target: once with the
predicate that the parse gives, as `standoff.relate` marks it, once without.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from pathlib import Path
from typing import Any

import attrs
import torch
from sklearn.metrics import f1_score

from . import corpora, loop, losses, predicates
from .__main__ import ROOT, TYPES, base_model, configuration, load_sets
from .model import Network

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def folds(rows: list[corpora.Pair], count: int, seed: int) -> list[set[str]]:
    """Return the sentences of each fold."""
    sentences = sorted({row.group for row in rows})
    random.Random(seed).shuffle(sentences)
    return [set(sentences[i::count]) for i in range(count)]


def predict(network: Network, rows: list[corpora.Pair]) -> list[str]:
    """Return the most probable event type of each row, NONE left out, YIELD for its two halves."""
    network.eval()
    known = [i for i, name in enumerate(TYPES) if name != "NONE"]
    out = []
    with torch.no_grad():
        for batch in corpora.chunks(rows, 32):
            scores = losses.pair_scores(network, batch)[:, known]
            out += [TYPES[known[int(i)]] for i in scores.argmax(-1)]
    return [YIELD.get(name, name) for name in out]


def scored(folds_: list[list[tuple[str, str]]]) -> dict[str, Any]:
    """Return macro-F1 and accuracy of all (gold, guess) pairs, and the macro-F1 of each fold."""
    pooled = [pair for fold in folds_ for pair in fold]
    return {
        "macro_f1": _macro(pooled),
        "accuracy": round(sum(gold == guess for gold, guess in pooled) / len(pooled), 4),
        "folds": [_macro(fold) for fold in folds_],
    }


def _macro(pairs: list[tuple[str, str]]) -> float:
    gold, guess = zip(*pairs, strict=True)
    return round(float(f1_score(gold, guess, average="macro", zero_division=0)), 4)


def main() -> None:
    """Train and score every fold (or those asked for) and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(5)))
    parser.add_argument("--no-codebook", action="store_true")
    parser.add_argument("--output", type=Path, default=Path("build/training/crossvalidation.json"))
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    config = configuration()
    sets, labels = load_sets(args.data, args.work)
    rows = corpora.plover_rows(args.data, ROOT / "relations/yield.json")
    own = [] if args.no_codebook else corpora.codebook_rows(ROOT / "codebook/starter.jsonl")
    stage = next(stage for stage in config["stage"] if stage["name"] == "joint")
    stage["epochs"] = {"pair": stage["epochs"]["pair"]}
    answers: dict[str, list[list[tuple[str, str]]]] = {"as relate": [], "no predicate": []}
    for k, held in enumerate(folds(rows, 5, config["seed"])):
        if k not in args.folds:
            continue
        torch.manual_seed(config["seed"])
        network = Network(base_model(), labels)
        network.load_state_dict(torch.load(args.work / "silver.pt", weights_only=True))
        marked = predicates.mark(network, rows)
        train = [row for row in marked if row.group not in held] + own
        loop.run(network, attrs.evolve(sets, pair=train), labels, stage, config, None)
        test = [row for row in marked if row.group in held]
        gold = [YIELD.get(row.type, row.type) for row in test]
        bare = [loop.without(row, "predicate") for row in test]
        for name, asked in (("as relate", test), ("no predicate", bare)):
            answers[name].append(list(zip(gold, predict(network, asked), strict=True)))
            logging.info("fold %d %s: macro-F1 %.4f", k, name, _macro(answers[name][-1]))
        args.output.write_text(json.dumps(answers), "utf-8")
    result = {
        "set": "relations/plv_train.jsonl, five-fold by sentence, 15 labels",
        "seed": config["seed"],
        **{name: scored(found) for name, found in answers.items()},
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
