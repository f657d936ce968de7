"""The command line: one module per command, each loaded when it is called.

A command module has a click command named ``command`` and imports at its top nothing that takes
long: ``standoff --help`` imports all of them.
"""

from __future__ import annotations

import click

from standoff.cli.group import LazyGroup


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    import standoff

    click.echo(f"standoff {standoff.__version__}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    lazy={
        "read": "standoff.cli.read",
        "explain": "standoff.cli.explain",
        "demo": "standoff.cli.demo",
        "actors": "standoff.cli.actors",
        "codebook": "standoff.cli.codebook",
        "init": "standoff.cli.init",
        "add": "standoff.cli.add",
        "status": "standoff.cli.status",
        "search": "standoff.cli.search",
        "brief": "standoff.cli.brief",
        "timeline": "standoff.cli.timeline",
        "ledger": "standoff.cli.ledger",
        "dispute": "standoff.cli.dispute",
        "show": "standoff.cli.show",
        "review": "standoff.cli.review",
        "export": "standoff.cli.export",
        "import": "standoff.cli.imports",
        "recode": "standoff.cli.recode",
        "check": "standoff.cli.check",
        "backup": "standoff.cli.backup",
        "schema": "standoff.cli.schema",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Read news reports into records of political events: who did what to whom, when, who says so.

    All work is done on this machine; nothing is sent or fetched.
    """


__all__ = ["main"]
