"""Attributions in raw text against PolNeAR: exact spans, whole attributions, characters of content.

A span is right when both its ends are, to the character. A content in several parts counts as
several spans; an attribution is right when all its parts are, the source left out where the set
leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from standoff.language import model

from . import gold_tokens, sets
from .scores import Tally


def measure(data: Path, shared: model.Model | None = None) -> dict[str, Any]:
    """Return the scores on PolNeAR's development set."""
    nlp, encoder = gold_tokens.reader(shared)
    tallies = {name: Tally() for name in (*sets.ROLES, "attribution", "content_characters")}
    for article in sets.articles(data / "attribution/polnear_dev.jsonl.gz"):
        doc = encoder(nlp(article.text))
        for role in sets.ROLES:
            gold = [span for a in article.attributions for span in getattr(a, role)]
            found = _places(s for s in doc.spans["attribution"] if s.label_ == role.upper())
            tallies[role].add(found, gold)
            if role == "content":
                tallies["content_characters"].add(
                    _characters(article.text, found), _characters(article.text, gold)
                )
        tallies["attribution"].add(
            _attributions(doc), [(a.source, a.cue, a.content) for a in article.attributions]
        )
    return {name: tally.scores() for name, tally in tallies.items()}


def _places(spans: Iterable[Span]) -> list[sets.Span]:
    return [(span.start_char, span.end_char) for span in spans]


def _characters(text: str, spans: Iterable[sets.Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def _attributions(doc: Doc) -> list[tuple[tuple[sets.Span, ...], ...]]:
    return [
        (
            tuple(_places([a.source] if a.source is not None else [])),
            tuple(_places([a.cue])),
            tuple(sorted(_places(a.contents))),
        )
        for a in doc._.attributions
    ]
