"""What commands that work on a store have in common: its argument, opening it, its inputs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from standoff.cli import inputs
from standoff.cli.inputs import Problem
from standoff.cli.plain import plain

if TYPE_CHECKING:
    from standoff.record import Document, Record

F = TypeVar("F", bound=Callable[..., object])

DAY = click.DateTime(["%Y-%m-%d"])


def argument(command: F) -> F:
    """Add the argument STORE: a path of an SQLite file, or an address of PostgreSQL."""
    return click.argument("store", metavar="STORE", envvar="STANDOFF_STORE")(command)


def day(value: datetime.datetime | None) -> datetime.date | None:
    """Return the day of an option of type `DAY`."""
    return value.date() if value else None


def complain(problem: Problem) -> None:
    """Say on standard error what could not be read, and why."""
    click.echo(f"standoff: {plain(problem.name)}: {plain(problem.what)}", err=True)


def reports(arguments: Sequence[str]) -> Iterator[tuple[str, Document | Record | Problem]]:
    """Yield what the arguments hold, one report at a time, however long their files are.

    Files with one report a line are opened; all others are one report each.
    """
    from standoff import documents
    from standoff.documents import rows
    from standoff.errors import StandoffError

    for argument_ in arguments:
        path = Path(argument_)
        archives = [path] if rows.is_rows(path) and path.is_file() else _archives(path)
        for archive in archives:
            yield from _rows(archive)
        if archives == [path]:
            continue
        found, problems = inputs.listed([argument_])
        # A folder may hold archives alone.
        yield from ((problem.name, problem) for problem in problems if found or not archives)
        for item in found:
            if not isinstance(item.source, Path):
                yield item.name, item.source
                continue
            try:
                yield item.name, documents.from_path(item.source)
            except StandoffError as error:
                yield item.name, Problem.of(item.name, error)


def _archives(folder: Path) -> list[Path]:
    from standoff.documents import rows

    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if rows.is_rows(path) and path.is_file())


def _rows(path: Path) -> Iterator[tuple[str, Document | Record | Problem]]:
    from standoff.documents import rows
    from standoff.errors import StandoffError

    try:
        for name, row in rows.read(path):
            yield name, Problem.of(name, row.error) if isinstance(row, rows.BadRow) else row
    except StandoffError as error:
        yield str(path), Problem.of(str(path), error)
