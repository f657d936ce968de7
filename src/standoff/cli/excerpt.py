"""The words around an anchor, cut to a size."""

from __future__ import annotations

import re

import attrs

from standoff.cli.plain import plain, shortened
from standoff.record import Event, Record

_CLAUSE_END = re.compile(
    r"[.;:?!](?=\s|$|[”\"’'])|,(?=\s)|\s[–—-]\s|—|[“”\"]|\s(?:and|but|while|although|unless|if|because)\s"
)
_LAST_WORDS = re.compile(r"(?:\s+(?:and|or|but|to|of|the|a|an|that|which|who|in|on|at|with))+$")


@attrs.frozen
class Excerpt:
    """A sentence cut around its anchor; the three parts follow each other without a gap."""

    before: str
    anchor: str
    after: str


def around(record: Record, event: Event, limit: int) -> Excerpt:
    """Return the sentence of `event`, cut at words to about `limit` characters."""
    text = record.document.text
    start, end = event.sentence
    anchor = event.anchor
    if not start <= anchor.start <= anchor.end <= end:
        start, end = anchor.start, anchor.end
    words = shortened(anchor.text, limit)
    before = plain(text[start : anchor.start]).lstrip()
    after = plain(text[anchor.end : end]).rstrip()
    room = max(limit - len(words), 0)
    # What follows an anchor says more than what stands before it: objects follow verbs.
    keep_before = min(len(before), max(room * 2 // 5, room - len(after)))
    return Excerpt(
        before=_tail(before, keep_before), anchor=words, after=_head(after, room - keep_before)
    )


def _tail(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[len(text) - limit :]
    _, space, rest = kept.partition(" ")
    # A single long word has no space to cut at.
    return "…" + (rest if space else kept)


def _head(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[:limit]
    head, space, _ = kept.rpartition(" ")
    return (head if space else kept).rstrip(" ,;:–—-") + "…"


def clause(text: str, start: int, end: int, limit: int = 80) -> str:
    """Return the words of `text` from `start` to the end of their clause, at least to `end`.

    The clause ends where punctuation or a conjunction says so: no syntax is asked, for a record
    carries none. Words that only lead on to what was cut are left off.
    """
    found = _CLAUSE_END.search(text, end)
    stop = found.start() if found else len(text)
    words = shortened(text[start:stop], max(limit, end - start))
    if words.endswith("…"):
        return words
    return plain(text[start:end]) + _LAST_WORDS.sub("", plain(text[end:stop]).rstrip())
