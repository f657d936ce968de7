"""Which accounts are independent: where each comes from, as far as that can be told.

Ten papers that repeat one agency are one source. An account comes from the outlet that it names
("the Financial Times reported", "told CNN"), else from the publisher of its document, else from
the document itself; near copies come from the oldest of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.record import Attribution

_MEDIA = "MEDIA."


def of(said_by: Sequence[Attribution], publisher: str | None, original: str) -> str:
    """Return where an account comes from; accounts with the same answer are one source.

    `publisher` is that of the oldest copy of the document, and `original` is its id.
    """
    for link in reversed(said_by):
        if link.via:
            return link.via
        if link.actor and link.actor.startswith(_MEDIA):
            return link.actor
    if publisher and (name := " ".join(publisher.casefold().split())):
        return f"publisher:{name}"
    return original
