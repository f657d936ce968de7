"""``standoff review``: what humans decide on the events of a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened

if TYPE_CHECKING:
    from standoff.store import Account, Coder, Decision

F = TypeVar("F", bound=Callable[..., object])


@click.group("review")
def command() -> None:
    """Accept, correct, reject, add, merge and split events; see who decided what, and who differs.

    Accounts (a…) are events as one document tells them, events (e…) all accounts of one thing; an
    event's id stands for all its accounts. Nothing is overwritten: every decision stays in the
    history, with who, when and why.
    """


def _decides(function: F) -> F:
    """Add the options that every decision has."""
    function = click.option("--final", is_flag=True, help="Settle what coders disagree on.")(
        function
    )
    function = click.option("--why", metavar="TEXT", help="A reason, for the history.")(function)
    return click.option(
        "--by",
        required=True,
        envvar=["STANDOFF_CODER", "USER", "USERNAME"],
        metavar="NAME",
        help="Who decides; not needed where $STANDOFF_CODER or $USER says it.",
    )(function)


def _coder(by: str, why: str | None, final: bool) -> Coder:
    from standoff.store import Coder

    return Coder(by, why, final)


@command.command("accept")
@stores.argument
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_decides
def accept(store: str, ids: tuple[str, ...], by: str, why: str | None, final: bool) -> None:
    """Say that events are right as they are."""
    _judge(store, ids, "accept", _coder(by, why, final))


@command.command("reject")
@stores.argument
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_decides
def reject(store: str, ids: tuple[str, ...], by: str, why: str | None, final: bool) -> None:
    """Say that these are no events; they stay in the store, but count no more."""
    _judge(store, ids, "reject", _coder(by, why, final))


@command.command("restore")
@stores.argument
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_decides
def restore(store: str, ids: tuple[str, ...], by: str, why: str | None, final: bool) -> None:
    """Take back a verdict, so that events are open again."""
    _judge(store, ids, "restore", _coder(by, why, final))


def _judge(store: str, ids: Sequence[str], action: Any, coder: Coder) -> None:
    from standoff.store import Store

    with Store.open(store) as opened:
        for id_ in ids:
            for made in opened.judge(id_, action, coder):
                click.echo(_line(made))


@command.command("correct")
@stores.argument
@click.argument("id_", metavar="ID")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@_decides
def correct(
    store: str, id_: str, changes: tuple[str, ...], by: str, why: str | None, final: bool
) -> None:
    """Correct fields of an event: type, mode, contexts, status, aspect, source, target, start,
    end, place, country.

    Lists take commas (source=USA,KOR), days are written 2018-11-09, and FIELD= empties a field.
    """
    from standoff.store import Store

    with Store.open(store) as opened:
        for made in opened.correct(id_, _pairs(changes), _coder(by, why, final)):
            click.echo(_line(made))


@command.command("add")
@stores.argument
@click.argument("document")
@click.argument("words")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--start", type=int, metavar="N", help="Where the words begin, if they stand twice.")
@_decides
def add(
    store: str,
    document: str,
    words: str,
    values: tuple[str, ...],
    start: int | None,
    by: str,
    why: str | None,
    final: bool,
) -> None:
    """Add an event that the machine did not find, by the WORDS of DOCUMENT that name it.

    At least type=… must be given; fields are those of `correct`.
    """
    from standoff.store import Store

    with Store.open(store) as opened:
        text = opened.document(document).document.text
        found = text.count(words) if start is None else int(text.startswith(words, start))
        if found != 1:
            raise click.UsageError(
                f"{words!r} stands {found} times there; say where with --start"
                if found
                else f"{words!r} does not stand {'there' if start is None else f'at {start}'}"
            )
        place = text.index(words) if start is None else start
        made = opened.add_event(
            document, place, place + len(words), _pairs(values), _coder(by, why, final)
        )
        click.echo(_told(made))


@command.command("merge")
@stores.argument
@click.argument("events", nargs=-1, required=True, metavar="EVENT EVENT...")
@_decides
def merge(store: str, events: tuple[str, ...], by: str, why: str | None, final: bool) -> None:
    """Make several events one, the first of them; the ids of the others lead to it."""
    from standoff.store import Store

    with Store.open(store) as opened:
        kept = opened.merge(events, _coder(by, why, final))
        click.echo(f"{kept}: {len(opened.event(kept).accounts)} accounts")


@command.command("split")
@stores.argument
@click.argument("event")
@click.argument("accounts", nargs=-1, required=True, metavar="ACCOUNT...")
@_decides
def split(
    store: str, event: str, accounts: tuple[str, ...], by: str, why: str | None, final: bool
) -> None:
    """Take accounts out of EVENT and make them an event of their own."""
    from standoff.store import Store

    with Store.open(store) as opened:
        click.echo(opened.split(event, accounts, _coder(by, why, final)))


@command.command("history")
@stores.argument
@click.argument("id_", metavar="ID")
def history(store: str, id_: str) -> None:
    """Show all decisions on an account, an event or a document, the oldest first."""
    from standoff.store import Store

    with Store.open(store) as opened:
        for made in opened.history(id_):
            click.echo(_line(made))


@command.command("conflicts")
@stores.argument
@click.pass_context
def conflicts(ctx: click.Context, store: str) -> None:
    """Show where coders differ and nothing final was said; ends with 1 where any do."""
    from standoff.store import Store

    with Store.open(store) as opened:
        found = opened.conflicts()
    for conflict in found:
        values = "; ".join(f"{who}: {_value(value)}" for who, value in conflict.values.items())
        click.echo(f"{conflict.account.id}  {conflict.field}  {plain(values)}")
        click.echo(f"    {shortened(conflict.account.sentence_text, 100)}")
    ctx.exit(1 if found else 0)


@command.command("agreement")
@stores.argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def agreement(store: str, form: str) -> None:
    """Show how far coders agree on each field: Krippendorff's alpha, nominal.

    “event” is whether it is one at all. A dash stands where nothing varies, so that alpha is not
    defined.
    """
    import attrs

    from standoff.store import Store

    with Store.open(store) as opened:
        found = opened.agreement()
    if form == "json":
        click.echo(json.dumps([attrs.asdict(each) for each in found], indent=1))
        return
    for each in found:
        alpha = "     -" if each.alpha is None else f"{each.alpha:6.3f}"
        click.echo(f"{each.field:10}{alpha}   {each.accounts:,} accounts, {each.coders} coders")


@command.command("examples")
@stores.argument
def examples(store: str) -> None:
    """Write what humans decided as JSON lines to train from, one sentence a line."""
    from standoff.store import Store

    with Store.open(store) as opened:
        for row in opened.examples():
            click.echo(json.dumps(row, ensure_ascii=False))


def _pairs(changes: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for change in changes:
        name, separator, value = change.partition("=")
        if not separator:
            raise click.UsageError(f"{change!r} is no FIELD=VALUE")
        pairs[name.strip()] = value
    return pairs


def _line(made: Decision) -> str:
    changes = ", ".join(
        f"{name} {_value(before)} → {_value(after)}"
        for name, (before, after) in made.changes.items()
        if before != after
    )
    parts = [f"{made.number}", f"{made.at:%Y-%m-%d %H:%M}", made.by, made.action, made.subject]
    parts += [changes] if changes else []
    parts += [f"({made.why})"] if made.why else []
    parts += ["final"] if made.final else []
    return "  ".join(map(plain, parts))


def _value(value: object) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value(each)}" for name, each in value.items())
    return "none" if value is None else str(value)


def _told(account: Account) -> str:
    parties = f"{'+'.join(account.source) or '?'} → {'+'.join(account.target) or '?'}"
    what = f"{account.type} {account.status}"
    parts = (account.id, what, parties, f"“{account.anchor.text}”")
    return "  ".join(map(plain, parts))
