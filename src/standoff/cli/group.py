"""A command group that loads a command when it is asked for, and ends as a Unix tool should."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from standoff.cli.plain import plain
from standoff.errors import StandoffError

INTERRUPTED = 130
BROKEN_PIPE = 141
CANNOT_WRITE = 2
NOTHING_READ = 3


class LazyGroup(click.Group):
    """A group whose commands are named by module and imported late.

    Importing what draws tables or reads language takes longer than all of ``--help``.
    """

    def __init__(self, *args: Any, lazy: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order they were given in."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module; None where there is none of that name."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        command = importlib.import_module(self._lazy[cmd_name]).command
        assert isinstance(command, click.Command), cmd_name
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and see to it that all it wrote has gone out."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would fail again while Python shuts down, and say so.
            _discard(sys.stdout)
            ctx.exit(BROKEN_PIPE)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; in standalone mode, leave with its exit code.

        Click ends with 1 on Ctrl-C and on a closed pipe. Here 1 says that some inputs failed, so
        these two end as the shell reports them: 128 plus the number of the signal.
        """
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            code = INTERRUPTED
        except OSError as error:
            # Inputs that cannot be read are told of where they are read: this is the output.
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"standoff: {plain(f'{where}{error.strerror or error}')}", err=True)
            code = CANNOT_WRITE
        except StandoffError as error:
            click.echo(f"standoff: {plain(str(error))}", err=True)
            code = NOTHING_READ
        sys.exit(code if isinstance(code, int) else 0)


def _discard(stream: Any) -> None:
    try:
        descriptor = stream.fileno()
    except (AttributeError, OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
