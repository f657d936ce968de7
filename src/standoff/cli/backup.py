"""``standoff backup``: a copy of a store."""

from __future__ import annotations

from pathlib import Path

import click

from standoff.cli import stores


@click.command("backup")
@stores.argument
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE")
def command(store: str, target: Path) -> None:
    """Copy STORE into a new SQLite file, while others may go on using it.

    FILE appears when it is complete; one that is there already is never replaced. It is a store
    itself: open it, or copy it into another with `standoff init NEW --from FILE`.
    """
    from standoff.store import Store

    with Store.open(store) as opened:
        opened.backup(target)
        click.echo(f"{target}: a copy of {opened.name}")
