"""``standoff demo``: read the sample report and show its record and a brief."""

from __future__ import annotations

import click


@click.command("demo")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Read a sample report; print its record and a brief of it in plain words."""
    from rich.padding import Padding
    from rich.text import Text

    from standoff import samples
    from standoff.cli import inputs, output, page, table
    from standoff.play.pages import brief_of_record

    found = inputs.Input("demo", samples.path("demo"))
    with output.opened(None, utf8=False) as stream:
        ((_, outcome),) = inputs.outcomes([found], ctx.obj, None)
        if isinstance(outcome, inputs.Problem):
            raise click.ClickException(f"the sample cannot be read: {outcome.what}")
        console = table.console(stream)
        console.print(table.RecordView(outcome))
        made = brief_of_record(outcome)
        if made is not None:
            console.print(Padding(Text("Brief", "bold"), (1, 0, 0, 0)))
            # The record above has the sentences already.
            console.print(page.Page(made, sentences=False))
