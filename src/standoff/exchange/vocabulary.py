"""Names for what the linked-data formats say: the document, its entries, and their properties."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from standoff.record import Document

#: What the prefix ``standoff:`` stands for. A URN like that of the JSON Schema: properties are
#: those of the record's JSON form, which the schema describes, and nothing has to be fetched.
NAMESPACE = "urn:standoff:vocabulary#"
PREFIX = "standoff"

#: The classes of entries, by the list of a record that they stand in.
CLASSES = {
    "actors": "Actor",
    "times": "Time",
    "places": "Place",
    "events": "Event",
    "statements": "Statement",
    "conditions": "Condition",
}

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\ud800-\udfff]+")


def term(name: str) -> str:
    """Return a name with its prefix."""
    return f"{PREFIX}:{name}"


def document_iri(document: Document) -> str:
    """Return the IRI of a text by its content: ``ni:///sha-256;…`` (RFC 6920).

    It is made from the digest that is the document's id, so who has the text can name it too.
    """
    digest = bytes.fromhex(document.id.removeprefix("sha256:"))
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def source_iri(document: Document) -> str:
    """Return the IRI of where a document was read: its address, else that of its text."""
    url = document.url or ""
    return url if _ABSOLUTE.fullmatch(url) else document_iri(document)


def entry_iri(document: Document, kind: str, index: int) -> str:
    """Return the IRI of an entry, `kind` being one of `CLASSES` and `index` its place there."""
    return f"{document_iri(document)}#{kind}.{index}"


def local_iri(*parts: str) -> str:
    """Return a URN for what has a name of Standoff's own, such as an actor."""
    return ":".join(
        ("urn:standoff", *(quote(part.encode("utf-8", "replace"), "") for part in parts))
    )
