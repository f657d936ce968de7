"""What commands that work on a store have in common: its argument, opening it, its inputs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

import click

from standoff.cli.plain import plain

if TYPE_CHECKING:
    from standoff.cli.inputs import Problem
    from standoff.record import Document, Record
    from standoff.store import Store

F = TypeVar("F", bound=Callable[..., object])

DAY = click.DateTime(["%Y-%m-%d"])


def argument(command: F) -> F:
    """Add the argument STORE: a path of an SQLite file, or an address of PostgreSQL."""
    return click.argument("store", metavar="STORE")(command)


def between(*, required: bool) -> Callable[[F], F]:
    """Return the option ``--between ID ID …``, the parties of a dispute."""
    return click.option(
        "--between",
        "parties",
        nargs=2,
        type=str,
        multiple=True,
        required=required,
        metavar="ID ID",
        callback=_parties,
        help="The parties, two ids; repeat it for more of them.",
    )


def _parties(
    _: click.Context, __: click.Parameter, pairs: Sequence[Sequence[str]]
) -> Sequence[str]:
    ids = dict.fromkeys(id_.strip().upper() for pair in pairs for id_ in pair)
    if len(ids) == 1:
        raise click.BadParameter(f"{next(iter(ids))} twice; a dispute has two parties at least")
    return tuple(ids)


def known(store: Store, parties: Sequence[str]) -> tuple[str, ...]:
    """Return parties as they are written in a store: ids without regard to case.

    Raises:
        click.UsageError: the store has nothing of one of them.
    """
    from standoff.store import Filter

    found = []
    for party in parties:
        id_ = party.strip().upper()
        if not store.page(Filter(parties=(id_,)), 1).accounts:
            raise click.UsageError(
                f"the store has no event with {party}; `standoff actors find NAME` tells ids"
            )
        found.append(id_)
    return tuple(found)


def refuse_statuses(statuses: Sequence[str]) -> None:
    """Raise click.UsageError for a status that no event can have."""
    from standoff.record import Status

    if unknown := [status for status in statuses if status not in get_args(Status)]:
        raise click.UsageError(
            f"{unknown[0]!r} is no status; it is one of {', '.join(get_args(Status))}"
        )


def day(value: datetime.datetime | None) -> datetime.date | None:
    """Return the day of an option of type `DAY`."""
    return value.date() if value else None


def cursor(text: str | None) -> tuple[datetime.date, int] | None:
    """Return the place where a page ended, from what the page said of it.

    Raises:
        click.UsageError: it is no such place.
    """
    if text is None:
        return None
    day_, _, number = text.partition(":")
    try:
        return datetime.date.fromisoformat(day_), int(number)
    except ValueError:
        raise click.UsageError(f"{text!r} is no cursor of a page") from None


def plain_value(_: object, __: object, value: object) -> object:
    """Return a value as JSON has it: days as ISO text (for `attrs.asdict`)."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def complain(problem: Problem) -> None:
    """Say on standard error what could not be read, and why."""
    click.echo(f"standoff: {plain(problem.name)}: {plain(problem.what)}", err=True)


def reports(arguments: Sequence[str]) -> Iterator[tuple[str, Document | Record | Problem]]:
    """Yield what the arguments hold, one report at a time, however long their files are.

    Files with one report a line are opened; all others are one report each.
    """
    from standoff import documents
    from standoff.cli import inputs
    from standoff.cli.inputs import Problem
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
    return sorted(
        path
        for path in folder.rglob("*")
        if rows.is_rows(path)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _rows(path: Path) -> Iterator[tuple[str, Document | Record | Problem]]:
    from standoff.cli.inputs import Problem
    from standoff.documents import rows
    from standoff.errors import StandoffError

    try:
        for name, row in rows.read(path):
            yield name, Problem.of(name, row.error) if isinstance(row, rows.BadRow) else row
    except StandoffError as error:
        yield str(path), Problem.of(str(path), error)
