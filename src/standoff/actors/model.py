"""What this package gives back: mentions of actors, and the cast of a document."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from standoff.record import Actor


@attrs.frozen
class Mention:
    """Words that stand for an actor, as tokens: `end` is exclusive, `head` is inside.

    `how` says what led to the actor: "gazetteer", "adjective", "demonym", "capital", "metonym",
    "office", "role", "title", "name", "short name", "definite", "group", "pronoun", "relative";
    for places "country" or "capital".
    """

    start: int
    end: int
    head: int
    actor: str
    how: str


@attrs.frozen
class Cast:
    """Who is named in a document.

    `mentions` are sorted by start. Two share a span only where the words stand for two actors
    ("the two sides", "they"), and overlap only inside one token ("U.S.-North Korean"). `places`
    holds names of states and capitals that are places where they stand; their `actor` is the state
    that lies there, which a reader may take as the party implied ("a visit to Pyongyang").
    """

    actors: Mapping[str, Actor]
    mentions: tuple[Mention, ...]
    places: tuple[Mention, ...] = ()
