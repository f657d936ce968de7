"""``standoff recode``: documents of a store read again by the weights of this installation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli import options, stores

if TYPE_CHECKING:
    from standoff.cli.inputs import ManyReader

SOME_FAILED = 1


@click.command("recode")
@stores.argument
@click.option("--all", "everything", is_flag=True, help="Also what these weights have read before.")
@options.actors("Your own actors (.toml, .csv, PETRARCH's .actors, .agents).")
@options.codebooks("Your own event types, as `standoff codebook train` has written them.")
@click.pass_context
def command(
    ctx: click.Context,
    store: str,
    everything: bool,
    actors: tuple[Path, ...],
    codebooks: tuple[Path, ...],
) -> None:
    """Read the documents of STORE again that other weights have read.

    Accounts that are still found keep their ids, and all human decisions stay and are applied
    anew. Each document is one transaction: an interrupted run is taken up by repeating it.
    """
    import attrs

    import standoff
    from standoff.cli.inputs import Problem
    from standoff.language import model
    from standoff.record import Record
    from standoff.store import Store

    info = model.shared().info
    current = None if everything else f"{info.name} {info.version} {info.sha256}"
    counts: Counter[str] = Counter()
    with Store.open(store) as opened:
        ids = opened.outdated(current)
        reader: ManyReader = ctx.obj or standoff.Reader(actors=actors, codebooks=codebooks)
        for id_ in ids:
            document = opened.document(id_).document
            outcome = next(iter(reader.read_many([document])))
            if not isinstance(outcome, Record):
                stores.complain(Problem.of(document.title or id_, outcome.error))
                counts["failed"] += 1
                continue
            counts.update(attrs.asdict(opened.recode(outcome)))
            counts["documents"] += 1
    click.echo(
        f"{counts['documents']:,} documents read again: {counts['kept']:,} accounts kept, "
        f"{counts['new']:,} new, {counts['gone']:,} gone, {counts['orphaned']:,} kept for a "
        f"human decision only; {counts['failed']:,} failed"
    )
    ctx.exit(SOME_FAILED if counts["failed"] else 0)
