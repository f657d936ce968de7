"""Where: the names of places in a read text, and the place in the gazetteer that each means."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.places.gazetteer import Entry
from standoff.places.model import PlaceMention
from standoff.places.naming import candidates
from standoff.places.resolving import resolve
from standoff.places.words import division

__all__ = ["Entry", "PlaceMention", "division", "find"]


def find(doc: Doc) -> list[PlaceMention]:
    """Return the names of places in a document, in order; none overlaps another.

    The document wants entities (``doc.ents``); without them it has no places.
    """
    return resolve(doc, candidates(doc))
