"""``standoff actors``: who the tables know under a name, and what they know of an actor."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import click

from standoff.cli.plain import plain

if TYPE_CHECKING:
    from standoff.actors import Entry

NOBODY = 1


def _day(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no day; write it as 2018-11-09") from error


@click.group("actors")
def command() -> None:
    """Look actors up in the tables: states, their organs, organisations, people."""


@command.command("find")
@click.argument("name", nargs=-1, required=True)
@click.option("--on", callback=_day, metavar="DAY", help="Whose name it was on this day, first.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def find(name: tuple[str, ...], on: datetime.date | None, form: str) -> None:
    """Show the actors that NAME may stand for, the likeliest first.

    Case, accents, hyphens and middle names do not matter. Ends with 1 where nobody is known.
    """
    from standoff import actors

    found = actors.named(" ".join(name), on)
    if form == "json":
        click.echo(json.dumps([_row(entry, on) for entry in found], ensure_ascii=False, indent=1))
    else:
        for entry in found:
            row = _row(entry, on)
            held = f"  ({row['office']})" if row["office"] else ""
            click.echo(f"{entry.id:34} {plain(entry.name)}{held}")
    if not found:
        click.echo(f"standoff: the tables have nobody named {plain(' '.join(name))}", err=True)
        raise click.exceptions.Exit(NOBODY)


@command.command("explain")
@click.argument("id_", metavar="ID")
def explain(id_: str) -> None:
    """Show all that the tables know of the actor ID: spellings, kind, country, offices."""
    from standoff import actors

    lines = actors.described(id_)
    if not lines:
        click.echo(
            f"standoff: no actor has the id {plain(id_)}; try `standoff actors find`", err=True
        )
        raise click.exceptions.Exit(NOBODY)
    width = max(len(key) for key in lines)
    for key, value in lines.items():
        click.echo(f"{key:{width}}  {plain(value)}")


def _row(entry: Entry, on: datetime.date | None) -> dict[str, Any]:
    held = [term.office for term in entry.terms if on is not None and term.covers(on)]
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "country": entry.country,
        "office": ", ".join(held) or None,
    }
