"""``standoff import``: what humans changed in other programs, into a store as their decisions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from standoff.cli import stores
from standoff.cli.plain import plain, shortened

if TYPE_CHECKING:
    from standoff.cli.inputs import Problem
    from standoff.exchange.returning import Change
    from standoff.record import Record
    from standoff.store import Coder, Store

    Imported: TypeAlias = tuple[str, Record | Problem]

SOME_FAILED = 1
NOTHING_READ = 3

_ANNOTATIONS = (".json", ".jsonld")
_DONE = {"correct": "corrected", "reject": "rejected", "accept": "accepted", "add": "added"}
_NO_CHANGES = (
    "changes come in .ann (brat), .json (Web Annotation) and .jsonl (records). Tables of events, "
    "such as those of ICEWS, GDELT and POLECAT, are not imported: they have no text, so nothing in "
    "them can be a decision on an account; the step that makes outlooks will read them"
)
_OTHER_READING = (
    "warning: other weights read this than what the store has now, so what they read differently "
    "counts as changed by a human"
)


@click.command("import")
@stores.argument
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--by",
    required=True,
    envvar=["STANDOFF_CODER", "USER", "USERNAME"],
    metavar="NAME",
    help="Who made the changes; not needed where $STANDOFF_CODER or $USER says it.",
)
@click.option("--why", metavar="TEXT", help="A reason, for the history; else the file's name.")
@click.option("--dry-run", is_flag=True, help="Show what would be decided, and decide nothing.")
@click.pass_context
def command(
    ctx: click.Context,
    store: str,
    files: tuple[str, ...],
    by: str,
    why: str | None,
    dry_run: bool,
) -> None:
    """Bring what a human changed in an exported document back into STORE, as decisions.

    A FILE is a brat .ann with its .txt beside it, a Web Annotation collection (.json), JSON lines
    of records (.jsonl, .jsonl.gz), or a folder of the first two, as `standoff export` writes them.

    Each document is held against its accounts as they stand now: an event that differs is
    corrected, one that is missing is rejected, one that is new is added, and one that was rejected
    and is there nevertheless is accepted. What is the same is left alone, so a file can be imported
    twice. What others decided since the export counts as changed, too, and records hold no
    decisions at all: importing them back asks for what the machine read. Look first with --dry-run.
    A
    document that STORE lacks is added with all its events, as read by whoever made the file.

    Statements, conditions, quantities and moved anchors are not brought back.

    \b
    Exit codes: 0 all is in the store, 1 some inputs failed, 3 nothing could be read.
    """
    from standoff.cli.inputs import Problem
    from standoff.store import Coder, Store

    counts: Counter[str] = Counter()
    with Store.open(store) as opened:
        for name, outcome in _read(files):
            if isinstance(outcome, Problem):
                stores.complain(outcome)
                counts["failed"] += 1
                continue
            coder = Coder(by, why or f"imported from {plain(Path(name).name)}")
            counts += _bring(opened, name, outcome, None if dry_run else coder)
    decided = ", ".join(f"{counts[each]:,} {each}" for each in _DONE.values())
    click.echo(
        f"{'dry run, nothing was decided: ' if dry_run else ''}"
        f"{counts['documents']:,} documents ({counts['new']:,} new to the store); "
        f"{decided}, {counts['same']:,} left alone; {counts['failed']:,} failed"
    )
    done = counts["documents"]
    ctx.exit(NOTHING_READ if not done else SOME_FAILED if counts["failed"] else 0)


def _bring(store: Store, name: str, imported: Record, coder: Coder | None) -> Counter[str]:
    """Carry out what a record amounts to, and count it; without a coder, only tell."""
    from standoff.cli.inputs import Problem
    from standoff.errors import DecisionError, UnknownIdError
    from standoff.exchange.returning import changes

    id_ = imported.document.id
    try:
        record = store.record(id_)
    except UnknownIdError:
        return _add(store, name, imported, coder)
    if imported.model is not None and imported.model != record.model:
        stores.complain(Problem(name, _OTHER_READING))
    accounts = store.told(id_)
    found = changes(imported, record, accounts)
    counts = Counter(documents=1)
    for change in found:
        try:
            made = change.account if coder is None else _decide(store, id_, change, coder)
        except (DecisionError, UnknownIdError) as error:
            stores.complain(Problem(name, f"“{change.anchor.text}”: {error}"))
            counts["failed"] += 1
            continue
        click.echo(_line(change, made))
        counts[_DONE[change.action]] += 1
    touched = {change.account for change in found}
    counts["same"] = sum(a.review != "rejected" and a.id not in touched for a in accounts)
    return counts


def _add(store: Store, name: str, imported: Record, coder: Coder | None) -> Counter[str]:
    from standoff.cli.inputs import Problem
    from standoff.errors import InvalidRecordError

    try:
        if coder is not None:
            store.add(imported)
    except InvalidRecordError as error:
        stores.complain(Problem.of(name, error))
        return Counter(failed=1)
    document = imported.document
    click.echo(f"document {document.id[7:19]}  {shortened(document.title or name, 60)}")
    return Counter(documents=1, new=1)


def _decide(store: Store, document: str, change: Change, coder: Coder) -> str:
    """Carry out a change and return the id of the account that it is on."""
    if change.account is None:
        start, end = change.anchor.start, change.anchor.end
        return store.add_event(document, start, end, change.values, coder).id
    if change.action == "reject" or change.action == "accept":
        store.judge(change.account, change.action, coder)
    else:
        store.correct(change.account, change.values, coder)
    return change.account


def _line(change: Change, account: str | None) -> str:
    if change.action == "correct":
        pairs = change.fields.items()
        what = ", ".join(f"{f} {_value(before)} → {_value(after)}" for f, (before, after) in pairs)
    elif change.action == "add":
        what = ", ".join(f"{field} {_value(value)}" for field, value in change.values.items())
    else:
        what = change.type
    words = shortened(change.anchor.text, 40)
    return f"{change.action:8}{account or 'a new one':14} “{words}”  {plain(what)}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _read(arguments: Sequence[str]) -> Iterator[Imported]:
    """Yield the records that files hold, one at a time, or what is wrong with them."""
    from standoff.cli.inputs import Problem
    from standoff.errors import StandoffError

    for argument in arguments:
        paths = _listed(Path(argument))
        if not paths:
            yield argument, Problem(argument, "no .ann and no .json in this folder")
        for path in paths:
            try:
                yield from _records(path)
            except (StandoffError, OSError) as error:
                yield str(path), Problem.of(str(path), error)


def _listed(path: Path) -> list[Path]:
    """Return a file, or the files of a folder that may hold a human's changes."""
    if not path.is_dir():
        return [path]
    return sorted(
        each
        for each in path.iterdir()
        if each.suffix in (".ann", ".json") and each.name != "manifest.json"
    )


def _records(path: Path) -> Iterator[Imported]:
    from standoff.cli.inputs import Problem
    from standoff.documents import rows

    name, suffix = str(path), path.suffix.lower()
    if not path.exists():
        yield name, Problem(name, "there is no such file")
    elif suffix == ".ann":
        yield name, _brat(path)
    elif suffix in _ANNOTATIONS:
        yield name, _annotations(path)
    elif rows.is_rows(path):
        yield from _lines(path)
    elif suffix == ".txt" and path.with_suffix(".ann").exists():
        yield name, Problem(name, "the text of a brat file; name its .ann")
    else:
        yield name, Problem(name, _NO_CHANGES)


def _lines(path: Path) -> Iterator[Imported]:
    """Yield the records of a file of JSON lines."""
    from standoff.cli.inputs import Problem
    from standoff.documents import rows
    from standoff.record import Record

    for number, (name, row) in enumerate(rows.read(path)):
        if isinstance(row, Record):
            yield name, row
        elif number == 0:
            # A file of something else, such as accounts; its other lines need no complaint each.
            what = "its first line is no record; `standoff export --format records` writes them"
            yield str(path), Problem(str(path), what)
            return
        elif isinstance(row, rows.BadRow):
            yield name, Problem.of(name, row.error)
        else:
            yield name, Problem(name, "a report without events; `standoff add` reads reports")


def _brat(path: Path) -> Record:
    from standoff.errors import InvalidAnnotationError
    from standoff.exchange.brat import from_brat

    ann, text = _text(path), path.with_suffix(".txt")
    if not text.is_file():
        raise InvalidAnnotationError(
            f"{text.name} is not beside it; offsets count into it", str(path)
        )
    return from_brat(_text(text), ann, name=str(path))


def _annotations(path: Path) -> Record:
    from standoff.errors import InvalidAnnotationError
    from standoff.exchange.annotations import from_annotations

    try:
        data = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise InvalidAnnotationError(f"not JSON: {error}", str(path)) from error
    return from_annotations(data, name=str(path))


def _text(path: Path) -> str:
    """Return the text of a file with its line ends as they are, for offsets count them."""
    from standoff.errors import InvalidAnnotationError

    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidAnnotationError(f"{path.name} is not UTF-8 ({error})", str(path)) from error
