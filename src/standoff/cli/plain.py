"""Text from outside, made safe for a terminal.

A report may hold anything: escape sequences that recolour or retitle a terminal, overrides that
turn the order of letters around, halves of characters that cannot be written. All of it is removed
or replaced; everything else is shown as it stands. Markup of the drawing library needs no care
here, since text from outside is only ever drawn as `rich.text.Text`, which knows none.
"""

from __future__ import annotations

import re

# Whole sequences go first, so that their printable rest ("[31m") does not stay behind. A string
# sequence (title, hyperlink) counts only if it is closed: else it would swallow what follows.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_SPACES = re.compile(r"\s+")
# Control characters, and embeddings, overrides and isolates of writing direction. Joiners and
# direction marks stay: emoji and right-to-left scripts need them.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_HALVES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """Return `text` on one line, without anything that would steer a terminal."""
    if "\x1b" in text or not text.isascii():
        text = _ESCAPES.sub("", text)
    text = _SPACES.sub(" ", text)
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", _HIDDEN.sub("", text))


def shortened(text: str, limit: int) -> str:
    """Return `text` made plain and cut at a word to at most `limit` characters."""
    text = plain(text).strip()
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    # A single long word (an address, say) has no place to cut nearby.
    if space and len(head) > limit // 2:
        cut = head
    return cut.rstrip(" ,;:–—-") + "…"
