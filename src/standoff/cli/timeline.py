"""``standoff timeline``: the events of a store, the newest first."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened

if TYPE_CHECKING:
    from standoff.actors.naming import Names
    from standoff.store import StoredEvent

NOTHING_FOUND = 1


@click.command("timeline")
@stores.argument
@stores.between(required=False)
@click.option("--since", type=stores.DAY, metavar="YYYY-MM-DD", help="Events from this day on.")
@click.option("--until", type=stores.DAY, metavar="YYYY-MM-DD", help="Events up to this day.")
@click.option("--known", type=stores.DAY, metavar="YYYY-MM-DD", help="From reports up to this day.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="A PLOVER type; repeatable.")
@click.option("--status", "statuses", multiple=True, metavar="STATUS", help="actual, planned, …")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--before", metavar="CURSOR", help="The next page, by the cursor that the last gave.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(
    ctx: click.Context,
    store: str,
    parties: tuple[str, ...],
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    known: datetime.datetime | None,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    limit: int,
    before: str | None,
    form: str,
) -> None:
    """Show the events of STORE day by day, the newest first, with how many sources tell of each.

    Ends with 1 where there are none.
    """
    from standoff import ontology
    from standoff.actors.naming import Names
    from standoff.store import Filter, Store

    stores.refuse_statuses(statuses)
    with Store.open(store) as opened:
        wanted = Filter(
            stores.known(opened, parties) if parties else (),
            stores.day(since),
            stores.day(until),
            stores.day(known),
            tuple(ontology.event_type(each).name for each in types),
            statuses,
        )
        page = opened.page(wanted, limit, stores.cursor(before))
        events = {event.id: event for event in opened.events(a.event for a in page.accounts)}
        ids = {id_ for a in page.accounts for id_ in (*a.source, *a.target)}
        actors = opened.actors(ids)
    told_of = dict.fromkeys(a.event for a in page.accounts)
    # Another process may have merged one of them meanwhile.
    shown = [events[id_] for id_ in told_of if id_ in events]
    told = {a.event: a for a in reversed(page.accounts)}
    following = f"{page.next[0].isoformat()}:{page.next[1]}" if page.next else None
    if form == "json":
        rows = [_row(event, told) for event in shown]
        click.echo(json.dumps({"events": rows, "next": following}, ensure_ascii=False, indent=1))
    else:
        for event in shown:
            _show(event, told, Names(actors))
        if following:
            click.echo(click.style(f"more: --before {following}", dim=True))
    ctx.exit(0 if shown else NOTHING_FOUND)


def _show(event: StoredEvent, told: Mapping[str, Any], names: Names) -> None:
    account = told[event.id]
    day = account.start.isoformat() if account.start else f"~{account.published or '?'}"
    mode = f".{account.mode}" if account.mode else ""
    state = "" if account.status == "actual" else f" {account.status}"
    aspect = f" {account.aspect}" if account.aspect else ""
    sources = f"{event.sources} sources" if event.sources > 1 else "1 source"
    if event.differing and len(event.accounts) > 1:
        sources += f", differing in {', '.join(event.differing)}"
    head = f"{day:11}  {account.type}{mode}{state}{aspect}"
    click.echo(click.style(plain(head), bold=True) + click.style(f"  {event.id}", dim=True))
    who = " + ".join(names.prose(id_) for id_ in account.source) or "somebody"
    others = [id_ for id_ in account.target if id_ not in account.source]
    whom = " → " + " + ".join(names.prose(id_) for id_ in others) if others else ""
    click.echo(f"             {plain(who + whom)} ({sources})")
    click.echo(f"             “{shortened(account.sentence_text, 180)}”")


def _row(event: StoredEvent, told: Mapping[str, Any]) -> dict[str, Any]:
    account = told[event.id]
    return {
        "event": event.id,
        "day": account.day.isoformat() if account.day else None,
        "dated": account.start is not None,
        "type": account.type,
        "mode": account.mode,
        "status": account.status,
        "aspect": account.aspect,
        "source": list(account.source),
        "target": list(account.target),
        "place": account.place,
        "sources": event.sources,
        "first_reported": event.first_reported.isoformat() if event.first_reported else None,
        "last_reported": event.last_reported.isoformat() if event.last_reported else None,
        "differing": list(event.differing),
        "accounts": [
            {
                "id": each.id,
                "document": each.document,
                "start": each.anchor.start,
                "end": each.anchor.end,
                "sentence": each.sentence_text,
            }
            for each in event.accounts
        ],
    }
