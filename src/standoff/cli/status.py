"""``standoff status``: how much a store holds."""

from __future__ import annotations

import json

import click

from standoff.cli import stores


@click.command("status")
@stores.argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--digest", is_flag=True, help="Also one SHA-256 of everything but times of writing.")
def command(store: str, form: str, digest: bool) -> None:
    """Show how much STORE holds: documents, accounts, events, decisions."""
    import attrs

    from standoff.store import Store

    with Store.open(store) as opened:
        held = opened.status()
        total = opened.digest() if digest else None
    row = attrs.asdict(held) | ({"digest": total} if total else {})
    row |= {name: row[name].isoformat() if row[name] else None for name in ("first", "last")}
    if form == "json":
        click.echo(json.dumps({"store": opened.name} | row, indent=1))
        return
    click.echo(opened.name)
    reports = f"{held.documents:,}, {held.copies:,} of them near copies of others"
    if held.first:
        reports += f"; {held.first} to {held.last}"
    lines = {
        "documents": reports,
        "publications": f"{held.publications:,}",
        "accounts": f"{held.accounts:,} ({held.reviewed:,} reviewed, {held.rejected:,} rejected)",
        "events": f"{held.events:,}",
        "actors": f"{held.actors:,}",
        "decisions": f"{held.decisions:,}",
    }
    for model, number in held.models.items():
        name, _, rest = model.partition(" ")
        lines[f"read by {name}"] = f"{rest[:18]}: {number:,} documents"
    if total:
        lines["digest"] = total
    for name, value in lines.items():
        click.echo(f"  {name:22}{value}")
