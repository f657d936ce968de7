"""``standoff add``: reports into a store."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from standoff.cli import options, stores
from standoff.cli.plain import shortened

if TYPE_CHECKING:
    from standoff.cli.inputs import Failed, ManyReader, Problem
    from standoff.record import Document, Record
    from standoff.store import Store
    from standoff.store.adding import Added

    Report: TypeAlias = tuple[str, Document | Record | Problem]

SOME_FAILED = 1
NOTHING_READ = 3


@click.command("add")
@stores.argument
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--date",
    type=stores.DAY,
    metavar="YYYY-MM-DD",
    help="Day of publication of reports that do not say it themselves.",
)
@click.option("--publisher", metavar="NAME", help="Publisher of reports that name none.")
@options.actors("Your own actors (.toml, .csv, PETRARCH's .actors, .agents).")
@options.codebooks("Your own event types, as `standoff codebook train` has written them.")
@click.option("--quiet", is_flag=True, help="No progress, only errors and the last line.")
@click.pass_context
def command(
    ctx: click.Context,
    store: str,
    files: tuple[str, ...],
    date: datetime.datetime | None,
    publisher: str | None,
    actors: tuple[Path, ...],
    codebooks: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Read reports and add them to STORE, each in one transaction.

    A FILE is a report, a folder of reports, - for standard input, or an archive with one report a
    line (.jsonl, .jsonl.gz): objects with text, title, published, url, publisher; or records that
    `standoff read --format jsonl` has written, which are added as they are.

    What is in the store already is not read again, so an interrupted run is taken up by repeating
    the command. A file that cannot be read is named and does not stop the others.

    \b
    Exit codes: 0 all is in the store, 1 some inputs failed, 3 nothing could be read.
    """
    from standoff.cli.inputs import Problem
    from standoff.store import Store

    counts: Counter[str] = Counter()
    with Store.open(store) as opened:
        add = _Adder(opened, actors, codebooks, ctx.obj, stores.day(date), publisher)
        for name, report in _progress(stores.reports(files), quiet):
            outcome = report if isinstance(report, Problem) else add(name, report)
            if isinstance(outcome, Problem):
                stores.complain(outcome)
            counts["failed" if isinstance(outcome, Problem) else outcome] += 1
        held = opened.status()
    click.echo(
        f"{counts['added']:,} added, "
        f"{counts['nothing new'] + counts['another publication']:,} there already "
        f"({counts['another publication']:,} now with another publication), "
        f"{counts['failed']:,} failed"
    )
    click.echo(
        f"{opened.name}: {held.documents:,} documents ({held.copies:,} near copies), "
        f"{held.accounts:,} accounts of {held.events:,} events"
    )
    done = sum(counts.values()) - counts["failed"]
    ctx.exit(NOTHING_READ if not done else SOME_FAILED if counts["failed"] else 0)


class _Adder:
    """Adds one report after the other; the model is loaded when the first has to be read."""

    def __init__(
        self,
        store: Store,
        actors: Sequence[Path],
        codebooks: Sequence[Path],
        reader: ManyReader | None,
        date: datetime.date | None,
        publisher: str | None,
    ) -> None:
        self._store = store
        self._files = (actors, codebooks)
        self._reader = reader
        self._date = date
        self._publisher = publisher

    def __call__(self, name: str, report: Document | Record) -> Added | Problem:
        """Add a report and return what became of it, or why it cannot be added."""
        import attrs

        from standoff.cli.inputs import Problem
        from standoff.errors import InputError, InvalidRecordError
        from standoff.record import Record

        try:
            if isinstance(report, Record):
                return self._store.add(report)
            document = attrs.evolve(
                report,
                published=report.published or self._date,
                publisher=report.publisher or self._publisher,
            )
            there = self._store.publish(document)
            if there is not None:
                return there
            outcome = self._read(document)
            if not isinstance(outcome, Record):
                return Problem.of(name, outcome.error)
            return self._store.add(outcome)
        except (InputError, InvalidRecordError) as error:
            return Problem.of(name, error)

    def _read(self, document: Document) -> Record | Failed:
        if self._reader is None:
            import standoff

            actors, codebooks = self._files
            self._reader = standoff.Reader(actors=actors, codebooks=codebooks)
        return next(iter(self._reader.read_many([document])))


def _progress(reports: Iterator[Report], quiet: bool) -> Iterator[Report]:
    """Yield from `reports` under a counter on standard error, if that is a terminal."""
    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield from reports
        return
    with Status("", console=console) as status:
        for number, report in enumerate(reports, 1):
            status.update(Text(f"{number:,}  {shortened(report[0], 60)}"))
            yield report
