"""``standoff explain``: why an event stands in a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standoff.cli import options
from standoff.cli.plain import plain

if TYPE_CHECKING:
    from standoff.coding import Explanation
    from standoff.record import Record


@click.command("explain")
@click.argument("record", type=click.File("rb"))
@click.argument("event")
@click.option(
    "--document",
    metavar="ID",
    help="Which of several documents in RECORD: the start of its id, as in sha256:1f0c.",
)
@options.actors("The files of your own actors that the document was read with.")
@options.codebooks("The codebooks of your own that it was read with.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(
    record: Any,
    event: str,
    document: str | None,
    actors: tuple[Path, ...],
    codebooks: tuple[Path, ...],
    form: str,
) -> None:
    """Show why EVENT stands in RECORD: words, parse, probabilities, rules.

    RECORD is what `standoff read --format jsonl` (or json, of one report) has written, - for
    standard input. EVENT is an id such as e3. The document is read anew.
    """
    import standoff

    chosen = _chosen(record.read(), document)
    found = standoff.Reader(actors=actors, codebooks=codebooks).explain(chosen, event)
    if form == "json":
        click.echo(json.dumps(_row(found), ensure_ascii=False, indent=1))
        return
    for key, value in _lines(chosen, found):
        click.echo(f"{key:10}  {plain(value)}")


def _chosen(data: bytes, document: str | None) -> Record:
    """Return the one record of a file, or the one whose document's id begins so."""
    from standoff.record import Record

    text = data.decode("utf-8", "replace").strip()
    lines = [text] if text.startswith("{\n") else text.splitlines()
    records = [Record.from_json(line) for line in lines if line.strip()]
    fitting = [r for r in records if document is None or r.document.id.startswith(document)]
    if len(fitting) != 1:
        raise click.UsageError(
            f"{len(fitting)} of {len(records)} records fit; say which with --document"
        )
    return fitting[0]


def _row(found: Explanation) -> dict[str, Any]:
    import attrs

    row = attrs.asdict(found)
    return {"event": found.event.id} | {key: row[key] for key in row if key != "event"}


def _lines(record: Record, found: Explanation) -> Iterator[tuple[str, str]]:
    event = found.event
    sides = " > ".join(" + ".join(ids) or "nobody known" for ids in (event.source, event.target))
    mode = f".{event.mode}" if event.mode else ""
    yield event.id, f"{event.type}{mode}, {event.status}: {sides}"
    start = event.anchor.start - event.sentence[0]
    end = start + len(event.anchor.text)
    text = found.sentence
    yield "sentence", f"{text[:start]}[{event.anchor.text}]{text[end:]}"
    yield "type", _chances(found.types)
    if found.listed is None:
        yield "lexicon", f"does not know “{event.anchor.text}”; the heads alone decide"
    else:
        yield "lexicon", f"lets it denote {', '.join(found.listed) or 'anything'}"
    for governor in found.governors:
        yield "governor", f"“{governor.words.text}”: {', '.join(governor.operators)}"
    if found.reversed_from:
        yield "reversal", f"{found.reversed_from} taken back is {event.type}"
    for party in found.parties:
        who = " + ".join(party.actors) or "nobody known"
        by = "parse" if party.found_by == "parse" else "head alone"
        yield party.role, f"“{party.words.text}” = {who}; {by}, {party.chance:.2f}; {party.path}"
    ruled = "" if found.status_by == "rules" else f", where the rules say {found.status_by_rule}"
    yield "status", f"{event.status} by the {found.status_by}{ruled}; {_chances(found.statuses)}"
    yield "contexts", _chances(found.contexts)
    yield from _date(record, found)
    for code in event.codes:
        yield "codebook", f"{code.codebook}: {code.type} {code.confidence:.2f}"
    for link in event.said_by:
        who = link.actor or f"“{link.text}”"
        yield "said by", f"{who}: {link.cue or 'no cue'} ({link.stance})"
    for condition in record.conditions:
        if condition.id in found.conditions:
            words = f"{condition.relation} “{condition.condition.text}”"
            yield "condition", f"{condition.id}: “{condition.consequent.text}” {words}"


def _date(record: Record, found: Explanation) -> Iterator[tuple[str, str]]:
    time = found.event.time
    if found.time is None:
        yield "date", "nothing beside it says when"
        return
    value = time.value if time else "unknown"
    since = record.document.published
    against = f", counted from {since.isoformat()}" if since else ""
    yield "date", f"“{found.time.text}” = {value}{against}; {found.time_path}"


def _chances(chances: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{name} {chance:.2f}" for name, chance in chances if chance >= 0.01)
