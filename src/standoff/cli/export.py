"""``standoff export``: what a store holds, as tables and in the formats of other programs."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from standoff.cli import output, stores
from standoff.cli.plain import plain

if TYPE_CHECKING:
    from standoff.exchange.manifest import Manifest
    from standoff.record import Record
    from standoff.store import Account, Filter, Store, StoredEvent

DIFFERS = 1

_WHOLE = ("csv", "jsonl", "parquet", "excel")
_PROFILES = ("icews", "gdelt", "polecat", "acled")
_FOLDERS = ("brat", "annotations", "prov", "conllu")
_FORMATS = (*_WHOLE, *_PROFILES, "records", *_FOLDERS)

_MANIFEST = "manifest.json"
#: Digits of a document's id that name its files: among a million documents two would share them
#: once in forty million times.
_DIGITS = 16
_NAME = re.compile(rf"[0-9a-f]{{{_DIGITS}}}\.[a-z]+|[a-z]+\.conf")
#: Accounts that are held at once.
_PAGE = 1_000


def _verify(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    if path is None or ctx.resilient_parsing:
        return
    problems = list(_problems(path))
    for problem in problems:
        click.echo(plain(problem))
    if not problems:
        click.echo(f"{plain(str(path))}: whole, as its manifest says")
    ctx.exit(DIFFERS if problems else 0)


@click.command("export")
@stores.argument
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    required=True,
    metavar="FORMAT",
    help="One of the formats above.",
)
@click.option(
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="The file to write, or the folder for one file a document.",
)
@stores.between(required=False)
@click.option("--since", type=stores.DAY, metavar="YYYY-MM-DD", help="Events from this day on.")
@click.option("--until", type=stores.DAY, metavar="YYYY-MM-DD", help="Events up to this day.")
@click.option("--known", type=stores.DAY, metavar="YYYY-MM-DD", help="From reports up to this day.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="A PLOVER type; repeatable.")
@click.option("--status", "statuses", multiple=True, metavar="STATUS", help="actual, planned, …")
@click.option("--rejected", is_flag=True, help="Also what reviewers rejected, in tables.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@click.option(
    "--verify",
    type=click.Path(path_type=Path),
    metavar="PATH",
    is_eager=True,
    expose_value=False,
    callback=_verify,
    help="Write nothing, but check the export at PATH against its manifest.",
)
def command(
    store: str,
    form: str,
    path: Path,
    parties: tuple[str, ...],
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    known: datetime.datetime | None,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    rejected: bool,
    force: bool,
) -> None:
    """Write what STORE holds into a file or folder, with a manifest that tells if it is whole.

    \b
    Tables of accounts, every field and the sentence, the newest day first:
      csv, jsonl (loses nothing), parquet, excel
    Tables in the columns of other data sets:
      icews, gdelt, polecat, acled
    Whole documents, those with an account that the options select:
      records      JSON lines, as the machine read them (`standoff read --format jsonl`)
      brat         .txt and .ann, and what brat needs to open the folder
      annotations  W3C Web Annotation, .json
      prov         PROV-O, .jsonld, with the decisions of humans
      conllu       CoNLL-U, .conllu

    icews, gdelt, polecat and acled are profiles: Standoff's own reading in columns that other tools
    know. They do not claim to be the coding of those projects. They hold what happened only, unless
    --status asks for more, and no words, no statements, no uncertainty; the manifest lists all that
    a format cannot carry, and counts what was left out.

    In brat, annotations and conllu events stand as humans left them: corrected, without rejected
    ones, with added ones. `standoff import` brings back what is changed there.

    \b
    Exit codes: 0 all is written or whole, 1 --verify found a difference, 2 wrong usage or the
    output cannot be written, 3 the store cannot be read.
    """
    from standoff import ontology
    from standoff.store import Filter, Store

    stores.refuse_statuses(statuses)
    if rejected and form not in _WHOLE:
        raise click.UsageError(f"--rejected: {form} cannot say of an event that it was rejected")
    with Store.open(store) as opened:
        wanted = Filter(
            parties=stores.known(opened, parties) if parties else (),
            since=stores.day(since),
            until=stores.day(until),
            known=stores.day(known),
            types=tuple(ontology.event_type(each).name for each in types),
            statuses=statuses,
            rejected=rejected,
        )
        if form in _FOLDERS:
            _make_room(path, form, force)
            count = _write_folder(opened, form, path, wanted)
            click.echo(f"{plain(str(path))}: {count:,} documents")
            return
        _refuse_file(path, opened.path, force)
        manifest = _write_file(opened, form, path, wanted)
    click.echo(f"{plain(str(path))}: {manifest.rows:,} rows, {manifest.bytes:,} bytes")
    if form in _PROFILES:
        _disclaim(path, manifest)


def _disclaim(path: Path, manifest: Manifest) -> None:
    """Say on standard error what a profile is not, and what is not in it."""
    from standoff.exchange.manifest import manifest_of

    left_out = ", ".join(f"{count:,} {why}" for why, count in sorted(manifest.left_out.items()))
    name = manifest.profile.upper()
    for line in (
        f"Standoff's own reading in {name}'s columns; it does not claim to be {name}'s coding",
        f"left out: {left_out or 'nothing that was asked for'}",
        f"{manifest_of(path).name} lists what else the columns cannot carry, "
        f"{len(manifest.losses)} things",
    ):
        click.echo(f"standoff: {plain(line)}", err=True)


def _refuse_file(path: Path, store: Path | None, force: bool) -> None:
    from standoff.exchange.manifest import manifest_of

    output.refuse_folder(path)
    if store is not None:
        files = [Path(f"{store}{rest}") for rest in ("", "-wal", "-shm")]
        for each in (path, manifest_of(path)):
            output.refuse_input(each, files)
    there = next((each for each in (path, manifest_of(path)) if each.exists()), None)
    if there is not None and not force:
        raise click.BadParameter(
            f"{there} is there already; --force overwrites it", param_hint="--output"
        )


def _make_room(path: Path, form: str, force: bool) -> None:
    """Make a folder, or clear one of an earlier export, as far as its manifest names files."""
    if path.exists() and not path.is_dir():
        raise click.BadParameter(f"{path} is a file; {form} writes a folder", param_hint="--output")
    if not path.is_dir():
        if not path.absolute().parent.is_dir():
            raise click.BadParameter(f"there is no folder {path.parent}", param_hint="--output")
        path.mkdir()
    if not any(path.iterdir()):
        return
    if not force:
        raise click.BadParameter(
            f"{path} is not empty; --force overwrites an export in it", param_hint="--output"
        )
    old = _manifest(path)
    # First of all: without it nobody takes a mixture of two exports for a whole one.
    (path / _MANIFEST).unlink(missing_ok=True)
    for name in old or {}:
        (path / name).unlink(missing_ok=True)


def _write_file(store: Store, form: str, path: Path, wanted: Filter) -> Manifest:
    import attrs

    from standoff.exchange.acled import write_acled
    from standoff.exchange.gdelt import write_gdelt
    from standoff.exchange.icews import write_icews
    from standoff.exchange.polecat import write_polecat
    from standoff.exchange.rows import ACTUAL
    from standoff.exchange.tables import write_csv, write_excel, write_jsonl, write_parquet

    if form == "records":
        return _write_records(store, path, wanted)
    if form in _WHOLE:
        whole = {
            "csv": write_csv,
            "jsonl": write_jsonl,
            "parquet": write_parquet,
            "excel": write_excel,
        }
        return whole[form](path, _accounts(store, wanted))
    actors, statuses = store.actors(), wanted.statuses or ACTUAL
    # The writers leave them out and count them.
    wanted = attrs.evolve(wanted, rejected=True)
    if form in ("gdelt", "acled"):
        write_events = write_gdelt if form == "gdelt" else write_acled
        return write_events(path, _events(store, wanted), actors, statuses=statuses)
    write_accounts = write_icews if form == "icews" else write_polecat
    return write_accounts(path, _accounts(store, wanted), actors, statuses=statuses)


def _accounts(store: Store, wanted: Filter) -> Iterator[Account]:
    """Yield the accounts that a filter lets through, the newest day first, a page at a time.

    Each page is of one moment; all of them at once would be gigabytes of a million accounts.
    """
    page = store.page(wanted, _PAGE)
    while True:
        yield from page.accounts
        if page.next is None:
            return
        page = store.page(wanted, _PAGE, page.next)


def _events(store: Store, wanted: Filter) -> Iterator[StoredEvent]:
    """Yield the events of which a filter lets an account through, with all that was known then."""
    import attrs

    seen: set[str] = set()
    some: list[str] = []

    def told(ids: Sequence[str]) -> Iterator[StoredEvent]:
        for event in store.events(ids):
            accounts = tuple(a for a in event.accounts if _is_known(a, wanted))
            yield attrs.evolve(event, accounts=accounts)

    for account in _accounts(store, wanted):
        if account.event not in seen:
            seen.add(account.event)
            some.append(account.event)
        if len(some) == _PAGE:
            yield from told(some)
            some.clear()
    yield from told(some)


def _is_known(account: Account, wanted: Filter) -> bool:
    if wanted.types and account.type not in wanted.types:
        return False
    known, published = wanted.known, account.published
    return known is None or published is None or published <= known


def _documents(store: Store, wanted: Filter) -> list[str]:
    """Return the ids of the documents to be written, the first added first.

    Without a filter these are all; those of which nothing was read are among them.
    """
    from standoff.store import Filter

    ids = store.outdated(None)
    if wanted == Filter():
        return ids
    told = {account.document for account in _accounts(store, wanted)}
    return [id_ for id_ in ids if id_ in told]


def _write_records(store: Store, path: Path, wanted: Filter) -> Manifest:
    from standoff.exchange.manifest import export
    from standoff.exchange.profiles import Profile

    profile = Profile(
        name="records",
        title="Records",
        standard="Standoff's own JSON Schema, which `standoff schema` prints",
        form="jsonl",
        header=False,
        columns=(),
        required=(),
        losses=("what humans decided, and which accounts are of one event",),
        tables={},
    )

    def write(stream: BinaryIO) -> int:
        count = 0
        for count, id_ in enumerate(_documents(store, wanted), start=1):  # noqa: B007
            stream.write(f"{store.record(id_).to_json()}\n".encode())
        return count

    return export(path, profile, write)


def _write_folder(store: Store, form: str, folder: Path, wanted: Filter) -> int:
    """Write one document after the other, and the manifest when all are there; return how many."""
    import standoff
    from standoff.exchange.brat import configuration

    decisions = store.status().decisions > 0
    files: list[dict[str, Any]] = []

    def write(name: str, text: str) -> None:
        data = text.encode("utf-8")
        (folder / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        files.append({"name": name, "bytes": len(data), "sha256": digest})

    ids = _documents(store, wanted)
    for id_ in ids:
        stem = id_.removeprefix("sha256:")[:_DIGITS]
        for suffix, text in _texts(store, form, id_, decisions):
            write(f"{stem}.{suffix}", text)
    for name, text in (configuration() if form == "brat" else {}).items():
        write(name, text)
    manifest = {
        "format": form,
        "documents": len(ids),
        "files": files,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "software": f"standoff {standoff.__version__}",
        "end": True,
    }
    with output.opened(folder / _MANIFEST, utf8=True) as stream:
        stream.write(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return len(ids)


def _texts(store: Store, form: str, id_: str, decisions: bool) -> Iterator[tuple[str, str]]:
    """Yield the files of a document: suffix and text. `decisions` says whether there are any."""
    import attrs

    from standoff.exchange import annotations, brat, conllu, provenance

    match form:
        case "brat":
            record = _decided(store, id_)
            yield "txt", record.document.text
            yield "ann", brat.to_brat(record)
        case "annotations":
            yield "json", _json(annotations.to_annotations(_decided(store, id_)))
        case "conllu":
            yield "conllu", conllu.to_conllu(_decided(store, id_))
        case "prov":
            # Not the store's ids: in the provenance of a record its own events are decided on.
            revisions = (
                attrs.evolve(made, subject=account.local or account.id)
                for account in (store.told(id_) if decisions else ())
                for made in store.history(account.id)
            )
            yield "jsonld", _json(provenance.to_prov(store.record(id_), revisions))


def _decided(store: Store, id_: str) -> Record:
    from standoff.exchange.returning import decided

    accounts = store.told(id_)
    actors = store.actors(id_ for a in accounts for id_ in (*a.source, *a.target))
    return decided(store.record(id_), accounts, actors)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _problems(path: Path) -> Iterator[str]:
    """Yield in what an export differs from its manifest."""
    from standoff.errors import TruncatedExportError
    from standoff.exchange import manifest

    if not path.is_dir():
        try:
            manifest.verify(path)
        except TruncatedExportError as error:
            yield str(error)
        return
    files = _manifest(path)
    if files is None:
        yield (
            f"{path}: there is no whole {_MANIFEST}: the export was broken off, or is none of "
            "Standoff's"
        )
    for name, (size, digest) in (files or {}).items():
        try:
            data = (path / name).read_bytes()
        except OSError as error:
            yield f"{path / name}: cannot be read ({error.strerror})"
            continue
        if len(data) != size:
            yield f"{path / name}: bytes {len(data)}, not {size}"
        elif hashlib.sha256(data).hexdigest() != digest:
            yield f"{path / name}: another SHA-256, so it was changed"


def _manifest(folder: Path) -> dict[str, tuple[int, str]] | None:
    """Return size and SHA-256 of each file in the manifest of a folder, None without a whole one.

    Names that no export gives make it none: nothing elsewhere is to be read, let alone deleted.
    """
    try:
        values = json.loads((folder / _MANIFEST).read_bytes())
        files = {
            str(each["name"]): (int(each["bytes"]), str(each["sha256"])) for each in values["files"]
        }
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    ours = all(_NAME.fullmatch(name) for name in files)
    return files if values.get("end") is True and ours else None
