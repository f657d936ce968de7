"""``standoff search``: documents of a store by their words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened

if TYPE_CHECKING:
    from standoff.store.searching import Hit

NOTHING_FOUND = 1


@click.command("search")
@stores.argument
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(ctx: click.Context, store: str, query: tuple[str, ...], limit: int, form: str) -> None:
    """Find the documents of STORE in which all words of QUERY stand, inflected or not.

    '"no-fly zone"' asks for words in a row, and -word, after --, for documents without it. Ends
    with 1 where nothing is found.
    """
    from standoff.store import Store

    with Store.open(store) as opened:
        hits = opened.search(" ".join(query), limit)
    if form == "json":
        click.echo(json.dumps([_row(hit) for hit in hits], ensure_ascii=False, indent=1))
    else:
        for hit in hits:
            head = f"{hit.published or '?'}  {hit.document[7:19]}  "
            click.echo(click.style(head, dim=True) + shortened(hit.title or "untitled", 70))
            excerpt = (click.style(plain(part), bold=found) for part, found in hit.excerpt)
            click.echo("    " + "".join(excerpt))
    ctx.exit(0 if hits else NOTHING_FOUND)


def _row(hit: Hit) -> dict[str, object]:
    return {
        "document": hit.document,
        "title": hit.title,
        "published": hit.published.isoformat() if hit.published else None,
        "publisher": hit.publisher,
        "excerpt": "".join(part for part, _ in hit.excerpt),
        "found": [part for part, found in hit.excerpt if found],
    }
