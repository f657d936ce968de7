"""``standoff init``: make a store."""

from __future__ import annotations

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

    with Store.create(store) as made:
        if source is not None:
            with Store.open(source) as other:
                other.transfer(made)
        held = made.status()
        click.echo(f"{made.name}: ready, {held.documents:,} documents")
