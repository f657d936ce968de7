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
    (ROOT / "docs/reliability.svg").write_text(diagram(result("passages")["reliability"]), "utf-8")


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
    entities, attribution, factuality = (
        result(name) for name in ("entities", "attribution", "factuality")
    )
    relations, folds, speed, cold = (
        result(name) for name in ("relations", "crossvalidation", "speed", "cold")
    )
    times, places, actors, chains = (
        result(name) for name in ("times", "places", "actors", "coreference")
    )
    reports, who, own = result("reports"), result("who_whom"), result("codebooks")
    length, play, page = result("length"), result("play"), result("brief")
    store, scale = result("store"), result("scale")
    sqlite, million = store["sqlite"], scale["brief"]
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
            "Attribution in raw text, exact spans, PolNeAR dev: source / cue / content",
            " / ".join(f"{attribution[role]['f1']}" for role in ("source", "cue", "content")),
        ),
        (
            "… source, cue and content all right; characters of content",
            f"F1 {attribution['attribution']['f1']}; {attribution['content_characters']['f1']}",
        ),
        (
            "Factuality of given event words: UW / UDS-IH2 / MEANTIME dev",
            "MAE {} / {} / {}, r {} / {} / {}".format(
                *(factuality[name]["mae"] for name in ("uw", "uds_ih2", "meantime")),
                *(factuality[name]["pearson"] for name in ("uw", "uds_ih2", "meantime")),
            ),
        ),
        (
            "Entities, given words, span and label: worldwide news (9 labels) / re3d (10) / "
            "GUM names (3), dev",
            f"F1 {entities['worldwide']['f1']} / {entities['re3d']['f1']} / "
            f"{entities['gum']['f1']}",
        ),
        (
            "Times, value F1 (TempEval-3): TimeBank / AQUAINT / WikiWars",
            " / ".join(
                f"{times[name]['value_f1']}" for name in ("timebank", "aquaint", "wikiwars")
            ),
        ),
        (
            "Places, exact spans: LGL / GeoVirus; within 161 km of those found",
            f"F1 {places['lgl']['f1']} / {places['geovirus']['f1']}; "
            f"{places['lgl']['near_matched']} / {places['geovirus']['near_matched']} %",
        ),
        (
            f"Country of an actor by name alone, {actors['icews']['names']} frequent names of 2018",
            f"{actors['icews']['right']} % right",
        ),
        (
            f"Coreference, GUM news dev ({chains['dev']['documents']} documents), CoNLL F1, beside "
            "equal strings",
            f"{chains['dev']['ours']['conll']}, {chains['dev']['equal_strings']['conll']}",
        ),
        (
            "Event type between marked parties, 1,050 sentences, 15 types: five-fold / "
            "our codebook alone",
            f"macro-F1 {folds['five-fold']['macro_f1']} / "
            f"{folds['codebook alone, announced']['macro_f1']}",
        ),
        (
            f"Quad class, {relations['rows']} marked sentences of a set not trained on",
            f"macro-F1 {relations['macro_f1'] / 100:.3f}",
        ),
        (
            f"Events of {len(reports['reports'])} reports of our own, annotated beforehand",
            f"F1 {reports['f1']} (precision {reports['precision']}), status {reports['status']}, "
            f"date {reports['date']} % of those found",
        ),
        (
            f"Who did what to whom, {who['rows']} raw sentences: source / target / both",
            f"F1 {who['source']['f1']} / {who['target']['f1']} / {who['dyads']} %",
        ),
        (
            f"A user's own types, {own['types']} of {own['examples_each']} examples each, among "
            "all held-out predicates",
            f"F1 {own['f1']} (precision {own['precision']}), {own['seconds']} s to train",
        ),
        (
            "Events of the sample report (one report, which the coder was mended on)",
            f"{sample['right']} right, {sample['wrong']} wrong",
        ),
        (
            "Points of an analyst's reading that the brief of the sample report tells",
            f"{page['told']} of {page['points']}",
        ),
        (
            "State of play on three dates, lines found of those of an analyst: a dispute that the "
            "rules were mended on / two looked at / one held out",
            f"{play['kosovo']['lines']} / {play['dam']['lines']}, {play['eln']['lines']} / "
            f"{play['held_out']['lines']} %",
        ),
        (
            "… lines told that would be false, of those listed",
            " / ".join(
                f"{play[name]['false_told']} of {play[name]['false_listed']}"
                for name in ("kosovo", "dam", "eln", "held_out")
            ),
        ),
        (
            f"A store of {sqlite['documents']:,} reports: reading and adding, SQLite / PostgreSQL",
            f"{sqlite['seconds']} / {store['postgresql']['seconds']} s, {sqlite['megabytes']} MB",
        ),
        (
            f"… killed {sqlite['kills']} times while adding: same content, both databases",
            "yes" if sqlite["killed_same_digest"] and store["digests_agree"] else "no",
        ),
        (
            f"{scale['accounts']:,} events on SQLite: brief of {scale['largest_dyad']:,} of them; "
            "page of a timeline",
            f"{million['first']} s; {scale['timeline']['first']} s",
        ),
        (
            "All heads, one core, news archive",
            f"{speed['heads_words_per_s']:,} words/s, {speed['heads_ratio']} × the bare encoder",
        ),
        (
            "Reading, one core, news archive",
            f"{speed['read_words_per_s']:,} words/s, {speed['ratio']} × the bare encoder, "
            f"{speed['peak_memory_mb']} MB",
        ),
        (
            "Time a sentence, documents of 10 to 10,000 sentences: slowest beside quickest",
            f"{length['largest_ratio']}",
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
        f"Measured on {both['measured']} (`python -m training.compare`); words given, but for",
        "attribution, which is from raw text:",
        "",
        "| set | figure | fp32 | int8 |",
        "|---|---|---|---|",
    ]
    for set_, figure, path in FIGURES:
        full, small = (_at(both[graph], path) for graph in ("fp32", "int8"))
        lines.append(f"| {set_} | {figure} | {full} | {small} |")
    folds = result("crossvalidation")
    lines += [
        "",
        "Event type, five-fold by sentence on the 1,050 research sentences (15 labels), by a head "
        "made from the start without them: "
        f"macro-F1 {folds['five-fold']['macro_f1']}, accuracy {folds['five-fold']['accuracy']}, "
        f"expected calibration error {folds['five-fold']['calibration_error']}. From our codebook "
        f"alone, no research sentence seen: {folds['codebook alone']['macro_f1']}, and "
        f"{folds['codebook alone, announced']['macro_f1']} with acts that are only held out "
        "counted as PLOVER counts them. A random split is kinder than new text.",
    ]
    return "\n".join(lines)


def diagram(bins: list[dict[str, float]]) -> str:
    """Return a reliability diagram as SVG: how often events of each confidence are right."""
    size, edge = 240, 36
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size + 2 * edge}" '
        f'height="{size + 2 * edge}" font-family="sans-serif" font-size="11">',
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="#fff" stroke="#888"/>',
        f'<path d="M{edge} {edge + size}L{edge + size} {edge}" stroke="#888" '
        'stroke-dasharray="4 3"/>',
    ]
    for row in bins:
        x, y = edge + size * row["confidence"], edge + size * (1 - row["right"])
        radius = 2 + min(10, row["number"] ** 0.5 / 4)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#2a6f97" opacity="0.8">'
            f"<title>{row['number']} at {row['confidence']}: {row['right']} right</title></circle>"
        )
    for share in (0.0, 0.5, 1.0):
        along, up = edge + size * share, edge + size * (1 - share)
        parts += [
            f'<text x="{along}" y="{edge + size + 14}" text-anchor="middle">{share}</text>',
            f'<text x="{edge - 6}" y="{up + 4}" text-anchor="end">{share}</text>',
        ]
    parts += [
        f'<text x="{edge + size / 2}" y="{2 * edge + size - 6}" text-anchor="middle">'
        "confidence</text>",
        f'<text x="{edge}" y="{edge - 10}">share right (area: number)</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _at(tree: dict[str, Any], path: str) -> Any:
    found: Any = tree
    for key in path.split("/"):
        found = found[key]
    return found


#: The rows of the model card: the set, what is measured, and where the result has it.
FIGURES = (
    *(
        (name, label, f"syntax/{name}/{key}")
        for name in ("ewt-dev", "gum-news-dev")
        for label, key in (
            ("UPOS", "upos"),
            ("Penn tag", "xpos"),
            ("lemma", "lemma"),
            ("UAS", "uas"),
            ("LAS", "las"),
        )
    ),
    *(
        (f"{label} dev", "entities, F1", f"entities/{name}/f1")
        for name, label in (
            ("worldwide", "worldwide newswire"),
            ("re3d", "re3d"),
            ("gum", "GUM names"),
            ("uner", "Universal NER EWT"),
        )
    ),
    *(
        ("PolNeAR dev", f"{label}, F1", f"attribution/{name}/f1")
        for name, label in (
            ("source", "source"),
            ("cue", "cue"),
            ("content", "content"),
            ("attribution", "whole attribution"),
            ("content_characters", "characters of content"),
        )
    ),
    *(
        (f"{label} dev", f"factuality, {figure}", f"factuality/{name}/{key}")
        for name, label in (("uw", "UW"), ("uds_ih2", "UDS-IH2"), ("meantime", "MEANTIME"))
        for figure, key in (("MAE", "mae"), ("Pearson r", "pearson"))
    ),
)


if __name__ == "__main__":
    main()
