"""Where a command's output goes: standard output as it comes, or a file in one piece."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click


class NothingToKeepError(Exception):
    """Raised inside `opened` to leave a file as it was; it goes no further."""


def refuse_input(path: Path | None, sources: Iterable[object]) -> None:
    """Raise a usage error if writing to `path` would replace one of the files to be read."""
    if path is None or not path.exists():
        return
    files = [source for source in sources if isinstance(source, Path) and source.exists()]
    if any(path.samefile(file) for file in files):
        raise click.BadParameter(f"{path} is one of the inputs", param_hint="--output")


@contextlib.contextmanager
def opened(path: Path | None, *, utf8: bool) -> Iterator[TextIO]:
    """Open `path`, or standard output for None, to write text.

    A file is UTF-8. Standard output is if `utf8` says so, as JSON has to be; else it keeps what the
    terminal understands, and what that cannot show is replaced.

    A file is written beside its place and moved there when all is done: whoever reads it meanwhile
    finds the old one, and an error or Ctrl-C leaves that untouched. Devices and pipes cannot be
    replaced and are written to directly.
    """
    with contextlib.suppress(NothingToKeepError):
        if path is None:
            yield _standard_output(utf8)
            return
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        else:
            yield from _replaced(target)


def _replaced(target: Path) -> Iterator[TextIO]:
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as stream:
            if target.exists():
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            yield stream
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _standard_output(utf8: bool) -> TextIO:
    # Not every host puts a stream there that can be reconfigured.
    if isinstance(sys.stdout, io.TextIOWrapper):
        if utf8:
            sys.stdout.reconfigure(encoding="utf-8")
        else:
            sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def refuse_folder(path: Path | None) -> None:
    """Raise a usage error where `path` is a folder, or lies in none."""
    if path is None:
        return
    if path.is_dir():
        raise click.BadParameter(f"{path} is a folder", param_hint="--output")
    if not Path(os.path.realpath(path)).parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}", param_hint="--output")
