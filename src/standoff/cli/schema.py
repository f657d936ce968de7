"""``standoff schema``: the JSON Schema of a record."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of a record."""
    from standoff import schema

    click.echo(schema.text(), nl=False)
