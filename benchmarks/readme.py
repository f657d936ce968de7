"""Write what was measured into README and model card: ``python -m benchmarks.readme``.

The figures are those of ``benchmarks/results``; the screenful is what ``standoff demo`` prints now.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

#: Lines of the demo that the README shows: the first events, and the brief.
FIRST_LINES = 24
COLUMNS = 96


def main() -> None:
    """Fill the marked places of both files."""
    fill(ROOT / "README.md", "demo", screenful())
    fill(ROOT / "README.md", "scores", scores())
    fill(ROOT / "src/standoff/language/data/MODEL_CARD.md", "figures", figures())


def fill(path: Path, name: str, text: str) -> None:
    """Replace what stands between the markers ``name:begin`` and ``name:end``."""
    before, rest = path.read_text("utf-8").split(f"<!-- {name}:begin -->")
    after = rest.split(f"<!-- {name}:end -->")[1]
    path.write_text(f"{before}<!-- {name}:begin -->\n{text}\n<!-- {name}:end -->{after}", "utf-8")


def screenful() -> str:
    """Return the head of what ``standoff demo`` prints, and its brief."""
    program = str(Path(sys.executable).with_name("standoff"))
    output = subprocess.run(
        [program, "demo"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": str(COLUMNS), "NO_COLOR": "1"},
    ).stdout
    lines = [line.rstrip() for line in output.splitlines()]
    brief = next(i for i, line in enumerate(lines) if line.startswith("Brief"))
    shown = [*lines[:FIRST_LINES], "…", "", *lines[brief:]]
    return "```\n" + "\n".join(shown).rstrip() + "\n```"


def result(name: str) -> dict[str, Any]:
    """Return a result file."""
    loaded: dict[str, Any] = json.loads((ROOT / f"benchmarks/results/{name}.json").read_text())
    return loaded


def scores() -> str:
    """Return the README's table of figures."""
    syntax, sentences, sample = result("syntax"), result("sentences"), result("sample")
    relations, folds, speed, cold = (
        result(name) for name in ("relations", "crossvalidation", "speed", "cold")
    )
    ewt, news = syntax["ewt-dev"], syntax["gum-news-dev"]
    rows = [
        ("Tags and parse, int8, gold tokens: EWT dev", f"UPOS {ewt['upos']}, LAS {ewt['las']}"),
        ("… GUM news dev", f"UPOS {news['upos']}, LAS {news['las']}"),
        (
            "Sentence ends from raw text: GUM news / GUM / EWT dev",
            f"F1 {sentences['gum-news-dev']['f1']} / {sentences['gum-dev']['f1']} / "
            f"{sentences['ewt-dev']['f1']}",
        ),
        (
            "Event type between marked parties, five-fold on 1,050 sentences, 15 types",
            f"macro-F1 {folds['as relate']['macro_f1']}",
        ),
        (
            f"Quad class, {relations['rows']} marked sentences of a set not trained on",
            f"macro-F1 {relations['macro_f1'] / 100:.3f}",
        ),
        (
            "Events of the sample report (one report, which the coder was mended on)",
            f"{sample['right']} right, {sample['wrong']} wrong",
        ),
        (
            "Reading, one core, news archive",
            f"{speed['read_words_per_s']:,} words/s, {speed['ratio']} × the bare encoder, "
            f"{speed['peak_memory_mb']} MB",
        ),
        (
            "`standoff --help`; first record from a cold start",
            f"{cold['help_s']} s; {cold['first_record_s']} s",
        ),
    ]
    table = "\n".join(f"| {what} | {value} |" for what, value in rows)
    return (
        f"Measured on {syntax['measured']} by `python -m benchmarks` and `python -m "
        f"training.crossvalidate`, on research data that is not in this repository:\n\n"
        f"| what | figure |\n|---|---|\n{table}"
    )


def figures() -> str:
    """Return the model card's figures, fp32 beside int8."""
    both = result("quantisation")
    lines = [
        f"Measured on {both['measured']} (`python -m training.compare`), gold tokens:",
        "",
        "| set | graph | UPOS | Penn tag | lemma | UAS | LAS |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in ("ewt-dev", "gum-news-dev"):
        for graph in ("fp32", "int8"):
            s = both[graph][name]
            lines.append(
                f"| {name} | {graph} | {s['upos']} | {s['xpos']} | {s['lemma']} | "
                f"{s['uas']} | {s['las']} |"
            )
    folds = result("crossvalidation")
    lines += [
        "",
        "Event type, five-fold by sentence on the 1,050 research sentences (15 labels): "
        f"macro-F1 {folds['as relate']['macro_f1']}, accuracy "
        f"{folds['as relate']['accuracy']} with the predicate that the parse gives; "
        f"{folds['no predicate']['macro_f1']} and {folds['no predicate']['accuracy']} "
        "without it. A random split is kinder than new text.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
