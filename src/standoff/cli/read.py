"""``standoff read``: reports in, their records out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from standoff.cli import options, output
from standoff.cli.plain import plain

if TYPE_CHECKING:
    from standoff.cli.inputs import Input, Problem
    from standoff.record import Record

    Outcomes: TypeAlias = Iterable[tuple[Input, Record | Problem]]

SOME_FAILED = 1
NOTHING_READ = 3


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day of publication, which relative dates count from; replaces what the files say.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="table: to look at. json: one object for one FILE, an array for several or for a folder. "
    "jsonl: one object a line, each written as soon as it is read.",
)
@click.option(
    "--output",
    "path",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write here instead of to standard output; the file is replaced when all is done.",
)
@options.actors(
    "Your own actors (.toml, .csv, PETRARCH's .actors, .agents), before those of the tables."
)
@options.codebooks("Your own event types, as `standoff codebook train` has written them.")
@click.option("--quiet", is_flag=True, help="No progress bar and no warnings, only errors.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    date: datetime.datetime | None,
    form: str,
    path: Path | None,
    actors: tuple[Path, ...],
    codebooks: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Read reports and print their records.

    A FILE is a report, a folder of reports, or - for standard input. A file that cannot be read is
    named on standard error and does not stop the others.

    \b
    Exit codes:
      0  all was read
      1  some inputs could not be read
      2  wrong usage, or the output cannot be written
      3  nothing could be read
      130, 141  stopped by Ctrl-C; the reader of the output went away
    """
    from standoff.cli import inputs, writers

    if path == Path("-"):
        path = None
    output.refuse_folder(path)
    found, problems = inputs.listed(files)
    output.refuse_input(path, [item.source for item in found])
    for problem in problems:
        _complain(problem)
    done = 0
    failed = len(problems)
    with output.opened(path, utf8=form != "table") as stream:
        write = writers.FORMATS[form](stream, several=len(files) > 1 or Path(files[0]).is_dir())
        read = inputs.outcomes(found, ctx.obj, date.date() if date else None, actors, codebooks)
        # On a terminal the records themselves show how far it is; a bar would break through them.
        bar = len(found) > 1 and not quiet and not (path is None and stream.isatty())
        for item, outcome in _with_progress(read, len(found)) if bar else read:
            if isinstance(outcome, inputs.Problem):
                _complain(outcome)
                failed += 1
                continue
            if form == "table" and not quiet:
                _warn(item.name, outcome)
            write.add(outcome)
            done += 1
        write.end()
        if not done:
            raise output.NothingToKeepError
    ctx.exit(NOTHING_READ if not done else SOME_FAILED if failed else 0)


def _complain(problem: Problem) -> None:
    click.echo(f"standoff: {plain(problem.name)}: {plain(problem.what)}", err=True)


def _warn(name: str, record: Record) -> None:
    for warning in record.warnings:
        click.echo(f"standoff: {plain(name)}: warning: {plain(warning)}", err=True)


def _with_progress(read: Outcomes, total: int) -> Outcomes:
    """Yield from `read` under a bar on standard error, if that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        return read
    return track(read, "Reading", total=total, console=console, transient=True)
