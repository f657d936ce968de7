"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])


def actors(help_: str) -> Callable[[F], F]:
    """Return the option ``--actors FILE``, which may be given several times."""
    return _files("--actors", "actors", help_)


def codebooks(help_: str) -> Callable[[F], F]:
    """Return the option ``--codebook FILE``, which may be given several times."""
    return _files("--codebook", "codebooks", help_)


def _files(flag: str, name: str, help_: str) -> Callable[[F], F]:
    path = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option(flag, name, multiple=True, type=path, metavar="FILE", help=help_)
