"""``standoff brief``: what stands between parties on a day, on one page."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from standoff.cli import output, stores


@click.command("brief")
@stores.argument
@stores.between(required=True)
@click.option(
    "--on",
    type=stores.DAY,
    metavar="YYYY-MM-DD",
    help="The day; else that of the newest report in the store.",
)
@click.option(
    "--hindsight",
    is_flag=True,
    help="With all that was reported later, not only what was known on that day.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "html", "json"]),
    default="text",
    show_default=True,
)
@click.option("--output", "path", type=click.Path(path_type=Path), metavar="FILE")
def command(
    store: str,
    parties: tuple[str, ...],
    on: datetime.datetime | None,
    hindsight: bool,
    form: str,
    path: Path | None,
) -> None:
    """Tell the state of play between parties of STORE: talks, measures, promises, demands, threats,
    agreements, disputed accounts and the balance, each line with the sentences it rests on.

    Parties are ids: countries (USA PRK), bodies (IGO.EU), or groups (COL.REB.ELN); `standoff actors
    find` tells them.
    """
    from standoff.cli import page, table
    from standoff.play.pages import brief_of
    from standoff.store import Store

    output.refuse_folder(path)
    with Store.open(store) as opened:
        day = stores.day(on) or opened.status().last
        if day is None:
            raise click.UsageError("no report of the store is dated; say the day with --on")
        made = brief_of(opened, stores.known(opened, parties), day, hindsight=hindsight)
    with output.opened(path, utf8=form != "text") as stream:
        if form == "text":
            table.console(stream).print(page.Page(made))
            return
        written = {"md": page.markdown, "html": page.html, "json": page.json_text}[form]
        stream.write(written(made))
