"""Five-fold cross-validation of the event-type head: ``python -m training.crossvalidate``.

Each fold starts from the network as it is before the gold event types (stage ``silver``, which
saw none of them) and runs the last stage without the fold's rows. Rows of one sentence stay in one
fold. The score is macro-F1 over the 15 labels of ``plv_train`` (CONCEDE and RETREAT counted as
YIELD), with nothing marked but source and target.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from pathlib import Path

import attrs
import torch
from sklearn.metrics import classification_report, f1_score

from . import corpora, loop, predicates
from .__main__ import ROOT, TYPES, base_model, configuration, load_sets
from .model import Network

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def folds(rows: list[corpora.Pair], count: int, seed: int) -> list[set[str]]:
    """Return the sentences of each fold."""
    sentences = sorted({row.group for row in rows})
    random.Random(seed).shuffle(sentences)
    return [set(sentences[i::count]) for i in range(count)]


def predict(network: Network, rows: list[corpora.Pair]) -> list[str]:
    """Return the most probable event type of each row, NONE left out."""
    network.eval()
    known = [i for i, name in enumerate(TYPES) if name != "NONE"]
    out = []
    with torch.no_grad():
        for batch in loop.chunks([loop.without(row, "predicate") for row in rows], 32):
            scores = loop.pair_scores(network, batch)[:, known]
            out += [TYPES[known[int(i)]] for i in scores.argmax(-1)]
    return out


def main() -> None:
    """Train and score every fold (or those asked for) and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(5)))
    parser.add_argument("--start", default="silver", help="the stage that folds start from")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--syntax-epochs", type=float)
    parser.add_argument("--no-codebook", action="store_true")
    parser.add_argument("--output", type=Path)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    config = configuration()
    sets, labels = load_sets(args.data, args.work)
    rows = corpora.plover_rows(args.data, ROOT / "relations/yield.json")
    own = [] if args.no_codebook else corpora.codebook_rows(ROOT / "codebook/starter.jsonl")
    stage = config["stage"][-1]
    if args.epochs:
        stage["epochs"]["pair"] = args.epochs
    if args.syntax_epochs is not None:
        stage["epochs"]["syntax"] = args.syntax_epochs
    golds: list[str] = []
    guesses: list[str] = []
    started = time.monotonic()
    per_fold = []
    for k, held in enumerate(folds(rows, 5, config["seed"])):
        if k not in args.folds:
            continue
        torch.manual_seed(config["seed"])
        network = Network(base_model(), config["branch"], labels)
        network.load_state_dict(torch.load(args.work / f"{args.start}.pt", weights_only=True))
        marked = predicates.mark(network, rows)
        train = [row for row in marked if row.group not in held] + own
        loop.run(network, attrs.evolve(sets, pair=train), labels, stage, config, None)
        test = [row for row in rows if row.group in held]
        gold = [YIELD.get(row.type, row.type) for row in test]
        guess = [YIELD.get(label, label) for label in predict(network, test)]
        per_fold.append(f1_score(gold, guess, average="macro"))
        logging.info("fold %d: macro-F1 %.4f", k, per_fold[-1])
        golds += gold
        guesses += guess
    result = {
        "set": "relations/plv_train.jsonl, five-fold by sentence, 15 labels",
        "macro_f1": round(float(f1_score(golds, guesses, average="macro")), 4),
        "accuracy": round(sum(map(str.__eq__, golds, guesses)) / len(golds), 4),
        "folds": [round(float(f), 4) for f in per_fold],
        "seed": config["seed"],
        "seconds": round(time.monotonic() - started),
    }
    print(classification_report(golds, guesses, digits=3, zero_division=0))
    print(json.dumps(result))
    if args.output:
        args.output.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
