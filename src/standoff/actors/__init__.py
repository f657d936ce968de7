"""Who: the actors named in a parsed document, and every place in the text that means them.

>>> import spacy
>>> cast = find(spacy.blank("en")("Pyongyang warned the US State Department."))
>>> [mention.actor for mention in cast.mentions]
['PRK', 'USA.GOV.STATE_DEPARTMENT']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.actors.directory import Entry, described, named
    from standoff.actors.draft import describe
    from standoff.actors.lexicon import warm
    from standoff.actors.linking import chains, noun_phrases
    from standoff.actors.mentions import find
    from standoff.actors.model import Cast, Mention

# Resolved on first use: names are asked by much that never reads a text, and needs no spaCy.
_HOMES = {
    "Cast": "standoff.actors.model",
    "Entry": "standoff.actors.directory",
    "Mention": "standoff.actors.model",
    "chains": "standoff.actors.linking",
    "describe": "standoff.actors.draft",
    "described": "standoff.actors.directory",
    "find": "standoff.actors.mentions",
    "named": "standoff.actors.directory",
    "noun_phrases": "standoff.actors.linking",
    "warm": "standoff.actors.lexicon",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'standoff.actors' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


__all__ = [
    "Cast",
    "Entry",
    "Mention",
    "chains",
    "describe",
    "described",
    "find",
    "named",
    "noun_phrases",
    "warm",
]
