"""``standoff dispute``: events that accounts differ about."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened

if TYPE_CHECKING:
    from standoff.actors.naming import Names
    from standoff.play import Dispute, Version

NOTHING_FOUND = 1


@click.command("dispute")
@stores.argument
@stores.between(required=True)
@click.option("--on", type=stores.DAY, metavar="YYYY-MM-DD", help="As known on this day.")
@click.option("--hindsight", is_flag=True, help="With all that was reported later.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(
    ctx: click.Context,
    store: str,
    parties: tuple[str, ...],
    on: datetime.datetime | None,
    hindsight: bool,
    form: str,
) -> None:
    """Show the events of STORE that accounts differ about: who says what, through which outlet.

    Ends with 1 where there are none.
    """
    from standoff.actors.naming import Names
    from standoff.play import state
    from standoff.store import Store

    with Store.open(store) as opened:
        day = stores.day(on) or opened.status().last or datetime.date.max
        found = state(opened, stores.known(opened, parties), day, hindsight=hindsight).disputes
        names = Names(opened.actors())
    if form == "json":
        click.echo(json.dumps([_row(dispute) for dispute in found], ensure_ascii=False, indent=1))
    else:
        for dispute in found:
            _show(dispute, names)
    ctx.exit(0 if found else NOTHING_FOUND)


def _show(dispute: Dispute, names: Names) -> None:
    about = dispute.about
    who = " + ".join(names.prose(id_) for id_ in dict.fromkeys((*about.source, *about.target)))
    what = "who did it" if dispute.field == "source" else "what became of it"
    outlets = len({version.account.outlet for version in dispute.versions})
    told = f"{len(dispute.versions)} versions, {outlets} independent source(s)"
    click.echo(click.style(f"{about.type} of {plain(who)}: {what}", bold=True) + f"  ({told})")
    for version in dispute.versions:
        click.echo(f"  {_claim(version, names)} — {plain(_voice(version, names))}")
        words = version.telling.content.text if version.telling else version.account.sentence_text
        date = version.account.published or "undated"
        click.echo(click.style(f"      {date}  “{shortened(words, 140)}”", dim=True))


def _claim(version: Version, names: Names) -> str:
    return f"{version.claim} by {plain(names.side(version.by))}" if version.by else version.claim


def _voice(version: Version, names: Names) -> str:
    telling = version.telling
    if telling is not None:
        who = names.prose(telling.speaker) if telling.speaker else telling.words or "somebody"
        return f"{who}, through {names.name(telling.via)}" if telling.via else who
    if version.denier is not None:
        return names.prose(version.denier)
    said = names.sayers(version.account.said_by)
    return said or version.account.publisher or version.account.title or "the report itself"


def _row(dispute: Dispute) -> dict[str, Any]:
    return {
        "event": dispute.about.event,
        "differs_in": dispute.field,
        "versions": [
            {
                "claim": version.claim,
                "by": version.by,
                "speaker": version.telling.speaker if version.telling else version.denier,
                "via": version.telling.via if version.telling else None,
                "outlet": version.account.outlet,
                "account": version.account.id,
                "document": version.account.document,
                "words": version.telling.content.text if version.telling else None,
                "sentence": version.account.sentence_text,
            }
            for version in dispute.versions
        ],
    }
