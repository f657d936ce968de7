"""What the arguments of a command name: files, folders of files, standard input."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import attrs

from standoff.errors import InputError, StandoffError
from standoff.record import Document, Record

Source = Path | Document
STANDARD_INPUT = "-"


class Failed(Protocol):
    """What a reader gives instead of a record."""

    @property
    def name(self) -> str: ...
    @property
    def error(self) -> StandoffError: ...


class ManyReader(Protocol):
    """The part of `standoff.Reader` that commands need; ``ctx.obj`` may bring another one."""

    def read_many(
        self, sources: Iterable[Source], date: datetime.date | None = None
    ) -> Iterator[Record | Failed]:
        """Yield a record or a failure for each source, in order."""
        ...


@attrs.frozen
class Input:
    """One thing to read, and what to call it in messages."""

    name: str
    source: Source


@attrs.frozen
class Problem:
    """One thing that could not be read, and why."""

    name: str
    what: str

    @classmethod
    def of(cls, name: str, error: Exception) -> Problem:
        """Return the problem that an error tells of, without the name that it may repeat."""
        if isinstance(error, OSError):
            return cls(name, error.strerror or str(error))
        own = error.name if isinstance(error, InputError) else None
        return cls(name, str(error).removeprefix(f"{own}: ") if own else str(error))


def listed(arguments: Sequence[str]) -> tuple[list[Input], list[Problem]]:
    """Return what is to be read, folders opened, and what can be seen to be unreadable."""
    from standoff import documents

    inputs: list[Input] = []
    problems: list[Problem] = []
    for argument in arguments:
        try:
            if argument == STANDARD_INPUT:
                data = sys.stdin.buffer.read()
                document = documents.from_bytes(data, name="standard input")
                inputs.append(Input("standard input", document))
                continue
            found = list(documents.files([Path(argument)]))
        except (StandoffError, OSError) as error:
            name = "standard input" if argument == STANDARD_INPUT else argument
            problems.append(Problem.of(name, error))
            continue
        inputs += [Input(str(path), path) for path in found]
        if not found:
            problems.append(Problem(argument, "no file to read in this folder"))
    return inputs, problems


def outcomes(
    inputs: Sequence[Input],
    reader: ManyReader | None,
    date: datetime.date | None,
    actors: Sequence[Path] = (),
    codebooks: Sequence[Path] = (),
) -> Iterator[tuple[Input, Record | Problem]]:
    """Yield each input with its record, or with what is wrong with it.

    Where no `reader` is brought, one is made, but only if there is something to read.
    """
    if not inputs:
        return
    read = (reader or _reader(actors, codebooks)).read_many([item.source for item in inputs], date)
    for item, outcome in zip(inputs, read, strict=True):
        if isinstance(outcome, Record):
            yield item, outcome
        else:
            yield item, Problem.of(item.name, outcome.error)


def _reader(actors: Sequence[Path], codebooks: Sequence[Path]) -> ManyReader:
    import standoff

    return standoff.Reader(actors=actors, codebooks=codebooks)
