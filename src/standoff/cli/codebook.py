"""``standoff codebook``: event types of a user's own."""

from __future__ import annotations

from pathlib import Path

import click

from standoff.cli.plain import plain


@click.group("codebook")
def command() -> None:
    """Teach Standoff event types of your own, from ten examples of each."""


@command.command("train")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--output",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; SOURCE with the ending .codebook where this is left out.",
)
def train(source: Path, path: Path | None) -> None:
    """Learn the types of SOURCE, a TOML file, and write what `standoff read --codebook` takes.

    \b
    SOURCE says what each type means and gives ten examples or more, in which the word that
    denotes it stands between asterisks:
      name = "truce"
      [types.VIOLATION]
      definition = "A party to the truce uses force where the truce forbids it."
      examples = ["Rebels *shelled* the village hours after the truce.", ...]
      [none]
      examples = ["The truce *expires* in May.", ...]
    """
    from standoff import language
    from standoff.coding import codebooks
    from standoff.language import model

    written = codebooks.written(source)
    learnt = codebooks.train(written, language.load(), model.shared())
    path = path or source.with_suffix(".codebook")
    learnt.save(path)
    counts = ", ".join(f"{type_.name} {len(type_.examples)}" for type_ in written.types)
    click.echo(f"{plain(str(path))}: {plain(counts)}; none {len(written.none)} and other words")
    click.echo(f"right on examples that were held out: {learnt.accuracy:.0%}")
