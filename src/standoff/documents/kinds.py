"""What kind of thing a decoded input is, by how it starts; its name only settles doubts.

Kinds that hold many reports (feeds, archives) get their places here when they can be read.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["text", "html", "xml"]

#: A page starts with a doctype or a tag of HTML, behind space, comments or an XML declaration.
_PAGE = re.compile(
    r"(?:\s|\ufeff|<!--(?:[^-]++|-(?!->))*+-->|<\?xml[^>]*+>)*+<(?:!doctype\s+html|/?(?:html|head"
    r"|body|title|meta|link|script|style|article|main|section|header|nav|div|p|h[1-6]|table|ul|ol"
    r"|center|font|span|b|i|em|strong|a|br|hr|img|blockquote)\b(?=[\s/>]))",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:html|body|p|div|br|h[1-6])\b[^<>]*>", re.IGNORECASE)
_XML = re.compile(r"[\s\ufeff]*<(?:\?xml|rss|feed|rdf:RDF)\b", re.IGNORECASE)

_START = 65_536
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


def kind(text: str, name: str) -> Kind:
    """Return what `text` is; ``xml`` is XML that is no page."""
    if _PAGE.match(text, 0, _START):
        return "html"
    if _XML.match(text, 0, _START):
        return "xml"
    if name.lower().endswith(_PAGE_SUFFIXES) and _TAG.search(text, 0, _START):
        return "html"
    return "text"
