"""What expressions of time look like: one compiled pattern for each kind, over plain text.

A word that cannot start an expression costs one look into a set; only at the others is the
pattern of all kinds tried. Words before an expression that belong to it (``early``, ``the end
of``, ``just over``) are looked up backwards from it, so that not every pattern has to know them.

Names of months and weekdays must be capitalised: ``may``, ``march``, ``sat`` and ``sun`` are
words. Whether a match is a time where it stands is for `context` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from standoff.times.patterns import patterns
from standoff.times.words import tables


@attrs.frozen
class Found:
    """A match: its kind, its place in the text, and the named parts of its pattern.

    `modifier` is what stands before it and narrows it (``early``, ``later``, ``end``…),
    `approximation` ``more``, ``less`` or ``about``; both are inside `start`, not in `text`.
    """

    kind: str
    start: int
    end: int
    fields: Mapping[str, str | None]
    modifier: str | None = None
    approximation: str | None = None
    text: str = ""

    def __getitem__(self, name: str) -> str | None:
        return self.fields.get(name)

    def lower(self, name: str) -> str:
        """Return a part in lower case with single spaces, "" where it is missing."""
        return " ".join((self.fields.get(name) or "").lower().split())

    def number(self, name: str) -> int:
        """Return the figures of a part as a number ("9th" is 9), 0 where it is missing."""
        figures = "".join(char for char in self.fields.get(name) or "" if char.isdecimal())
        return int(figures or 0)

    @property
    def year(self) -> int:
        """Return the year that is named, 0 where none is."""
        return self.number("year") or self.number("juche")

    @property
    def relation(self) -> str:
        """Return the word that relates it to the present ("last", "this coming"), "" for none."""
        return self.lower("rel").removeprefix("the ")


def find(text: str) -> Iterator[Found]:
    """Yield the matches in `text`, from left to right, none within another."""
    compiled = patterns()
    end = 0
    for word in compiled.words.finditer(text):
        start = word.start()
        if start < end or not (word[0][0].isdigit() or word[0].lower() in compiled.starts):
            continue
        match = compiled.any.match(text, start)
        if match is None:
            continue
        kind = match.lastgroup or ""
        parts = compiled.kinds[kind].match(text, start)
        if parts is None:
            continue
        found = Found(kind, start, parts.end(), parts.groupdict(), text=parts[0])
        yield _with_prefix(text, found, end)
        end = parts.end()


def _with_prefix(text: str, found: Found, after: int) -> Found:
    """Return `found` with the words before it that belong to it, not before `after`."""
    head = text[max(after, found.start - 40) : found.start]
    if found.kind in {"ago", "duration"}:
        match = patterns().approximating.search(head)
        if match is not None:
            which = tables()["approximations"][" ".join(match["word"].lower().split())]
            start = found.start - len(head) + match.start()
            return attrs.evolve(found, start=start, approximation=which)
        return found
    match = patterns().narrowing.search(head)
    if match is None:
        return found
    word = (match["edge"] or match["mod"]).lower()
    start = found.start - len(head) + match.start()
    return attrs.evolve(found, start=start, modifier=word)
