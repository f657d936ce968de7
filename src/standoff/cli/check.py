"""``standoff check``: whether a store is sound."""

from __future__ import annotations

import click

from standoff.cli import stores
from standoff.cli.plain import plain

UNSOUND = 1


@click.command("check")
@stores.argument
@click.pass_context
def command(ctx: click.Context, store: str) -> None:
    """Check STORE: the database, and that records, accounts, events and texts agree.

    Prints what is wrong, a line each, and ends with 1; with 0 where all is well.
    """
    from standoff.store import Store

    with Store.open(store) as opened:
        problems = opened.problems()
        for problem in problems:
            click.echo(plain(problem))
        if problems:
            ctx.exit(UNSOUND)
        held = opened.status()
    click.echo(f"{opened.name}: sound, {held.documents:,} documents, {held.events:,} events")
