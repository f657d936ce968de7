"""``standoff show``: one event, account or document of a store, by its id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened

if TYPE_CHECKING:
    from standoff.store import Account, Store


@click.command("show")
@stores.argument
@click.argument("id_", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(store: str, id_: str, form: str) -> None:
    """Show an event (e…), an account (a…) or a document (the beginning of its SHA-256).

    Of what is gone, its tombstone tells what became of it and where it went.
    """
    from standoff.store import Store

    with Store.open(store) as opened:
        if id_.startswith("a") and len(id_) == 13:
            _accounts(opened, [opened.account(id_)], form)
        elif id_.startswith("e") and len(id_) == 13:
            _accounts(opened, list(opened.event(id_).accounts), form)
        else:
            _document(opened, id_, form)


def _accounts(store: Store, accounts: list[Account], form: str) -> None:
    import attrs

    from standoff.store import StoredEvent

    if form == "json":
        rows = [attrs.asdict(each, value_serializer=stores.plain_value) for each in accounts]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    event = StoredEvent(accounts[0].event, store.event(accounts[0].event).accounts)
    reported = f"{event.first_reported or '?'} to {event.last_reported or '?'}"
    differing = f"; they differ in {', '.join(event.differing)}" if event.differing else ""
    many = len(event.accounts)
    click.echo(
        f"event {event.id}: {many} account{'s' * (many > 1)} from {event.sources} independent "
        f"source{'s' * (event.sources > 1)}, reported {reported}{differing}"
        + (f"; one of the {many} is" if len(accounts) < many else "")
    )
    for each in accounts:
        mode = f".{each.mode}" if each.mode else ""
        who = f"{' + '.join(each.source) or '?'} → {' + '.join(each.target) or '?'}"
        when = each.value or "undated"
        head = f"{each.id}  {each.type}{mode}, {each.status}, {when}: {who}"
        click.echo("\n" + click.style(plain(head), bold=True))
        text = each.sentence_text
        start = each.anchor.start - each.sentence[0]
        end = start + len(each.anchor.text)
        words = f"{text[:start]}«{each.anchor.text}»{text[end:]}"
        click.echo(f"  “{shortened(words, 400)}”")
        report = ", ".join(str(p) for p in (each.publisher, each.title, each.published) if p)
        click.echo(
            f"  {plain(report)}; {each.document[7:19]}:{each.anchor.start}-{each.anchor.end}"
        )
        click.echo(f"  {each.origin}, {each.review}; confidence {each.confidence}")
        for made in store.history(each.id):
            reason = f": {made.why}" if made.why else ""
            final = ", final" if made.final else ""
            what = f"{made.at:%Y-%m-%d %H:%M} {made.by} {made.action}{final}{reason}"
            click.echo(plain(f"    {what}"))


def _document(store: Store, id_: str, form: str) -> None:
    import attrs

    stored = store.document(id_)
    document = stored.document
    if form == "json":
        row = attrs.asdict(stored, value_serializer=stores.plain_value)
        click.echo(json.dumps(row, ensure_ascii=False, indent=1))
        return
    click.echo(click.style(plain(document.title or "untitled"), bold=True))
    click.echo(f"{document.id}")
    if stored.copy_of:
        click.echo(f"a near copy of {stored.copy_of[7:19]}")
    for place in stored.publications:
        where = (place.published, place.publisher, place.title, place.url)
        click.echo(plain("  " + ", ".join(str(part) for part in where if part)))
    click.echo(f"{stored.accounts} accounts\n")
    for line in document.text.splitlines():
        click.echo(plain(line))
