"""``standoff ledger``: what each side gave and what it took, by period."""

from __future__ import annotations

import datetime
import json
from itertools import groupby

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened


@click.command("ledger")
@stores.argument
@stores.between(required=True)
@click.option("--on", type=stores.DAY, metavar="YYYY-MM-DD", help="Up to this day; else the last.")
@click.option("--hindsight", is_flag=True, help="With all that was reported later.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Moves shown.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(
    store: str,
    parties: tuple[str, ...],
    on: datetime.datetime | None,
    hindsight: bool,
    limit: int,
    form: str,
) -> None:
    """Show what each party gave and took, move by move and by period, on Goldstein's scale.

    Each event counts once, however often it is told. Reciprocity is the correlation of the two
    sides' scores over the periods in which anybody moved.
    """
    import attrs

    from standoff.actors.naming import Names
    from standoff.play import state
    from standoff.store import Store

    with Store.open(store) as opened:
        day = stores.day(on) or opened.status().last or datetime.date.max
        found = state(opened, stores.known(opened, parties), day, hindsight=hindsight)
        names = Names(opened.actors())
    balance = found.balance
    if form == "json":
        written = {
            "moves": [
                {
                    "side": move.side,
                    "gives": move.gives,
                    "material": move.material,
                    "event": move.account.event,
                    "day": move.account.day.isoformat() if move.account.day else None,
                    "type": move.account.type,
                    "goldstein": move.account.goldstein,
                    "sentence": move.account.sentence_text,
                }
                for move in balance.moves
            ],
            "periods": [
                attrs.asdict(period, value_serializer=stores.plain_value)
                for period in balance.periods
            ],
            "reciprocity": balance.reciprocity,
        }
        click.echo(json.dumps(written, ensure_ascii=False, indent=1))
        return
    for move in balance.moves[-limit:] if limit else ():
        sign = click.style("+ gave", fg="green") if move.gives else click.style("- took", fg="red")
        kind = "deed" if move.material else "word"
        day_ = move.account.start or f"~{move.account.published or '?'}"
        click.echo(f"{day_!s:11} {sign} {kind}  {plain(names.side(move.side))}")
        click.echo(f"            “{shortened(move.account.sentence_text, 120)}”")
    if len(balance.moves) > limit:
        click.echo(click.style(f"{len(balance.moves) - limit:,} earlier moves", dim=True))
    click.echo("")
    click.echo(f"{'period':24}{'side':28}{'gave':>6}{'took':>6}{'score':>8}")
    for (start, end), group in groupby(balance.periods, key=lambda p: (p.start, p.end)):
        rows = list(group)
        if not any(row.gave or row.took for row in rows):
            continue
        for place, row in enumerate(rows):
            label = f"{start} – {end}" if place == 0 else ""
            who = shortened(names.side(row.side), 27)
            click.echo(f"{label:24}{who:28}{row.gave:6}{row.took:6}{row.score:8.1f}")
    if balance.reciprocity is not None:
        click.echo(f"reciprocity {balance.reciprocity:+.2f}")
