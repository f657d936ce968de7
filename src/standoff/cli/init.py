"""``standoff init``: make a store."""

from __future__ import annotations

import contextlib

import click

from standoff.cli import stores


@click.command("init")
@stores.argument
@click.option(
    "--from", "source", metavar="STORE", help="Fill it with all that another store holds."
)
def command(store: str, source: str | None) -> None:
    """Make a store, or bring an older one up to date.

    STORE is the path of an SQLite file or the address of a PostgreSQL database, as in
    postgresql://user@host/name. With --from, a backup or another store is copied into it.
    """
    from standoff.store import Store

    with contextlib.ExitStack() as stack:
        # Before the new one is made: nothing is to be left of a wrong name.
        other = stack.enter_context(Store.open(source)) if source is not None else None
        made = stack.enter_context(Store.create(store))
        if other is not None:
            other.transfer(made)
        held = made.status()
        click.echo(f"{made.name}: ready, {held.documents:,} documents")
