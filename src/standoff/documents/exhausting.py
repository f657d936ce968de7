"""Pages built to exhaust a parser, refused or defused before one sees them.

Measured with libxml2 2.14 and trafilatura 2.3: time grows with the number of tags (50-100
microseconds each), with the square of the number of attributes in one tag (each is compared with
all before it; 40,000 take ten seconds), and with the square of the length of JSON that does not
parse (trafilatura then searches it with regular expressions). Depth is no danger: libxml2 stops.
"""

from __future__ import annotations

import json
import re
from typing import Any

from standoff.errors import DocumentTooLargeError

#: Long news pages have 10,000.
MAX_TAGS = 50_000
MAX_ATTRIBUTES = 2_000
_MAX_BROKEN_JSON = 10_000
_MAX_JSON = 1_000_000

_START_TAG = re.compile(r"<[a-zA-Z]")
#: A value of an attribute may hold ``>``, and may run to the end of the page.
_ATTRIBUTE_SOURCE = (
    r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>"'][^\s>]*+)?+)?+"""
)
_ATTRIBUTE = re.compile(_ATTRIBUTE_SOURCE)
#: Tags as the HTML standard cuts them; comments, scripts and the like are skipped whole. All
#: quantifiers are possessive, so that no input makes the search go back.
_TAG = re.compile(
    rf"""<!--(?:[^-]++|-(?!->))*+
      | <(?P<raw>script|style|textarea|title|xmp|iframe|noframes)\b
          (?P<raw_attributes>(?:[\s/]++|{_ATTRIBUTE_SOURCE})*+)>
          (?:[^<]++|<(?!/(?P=raw)))*+
      | <[a-zA-Z][^\s/>]*+(?P<attributes>(?:[\s/]++|{_ATTRIBUTE_SOURCE})*+)""",
    re.VERBOSE | re.IGNORECASE,
)


def refuse(source: str, name: str) -> None:
    """Raise DocumentTooLargeError for a page with too many tags, or attributes in one tag."""
    for count, _ in enumerate(_START_TAG.finditer(source), 1):
        if count > MAX_TAGS:
            raise DocumentTooLargeError(
                f"the page has more than {MAX_TAGS:,} tags; hand in its text instead", name
            )
    for match in _TAG.finditer(source):
        attributes = match["attributes"] or match["raw_attributes"] or ""
        if len(attributes) < 2 * MAX_ATTRIBUTES:
            continue
        if sum(1 for _ in _ATTRIBUTE.finditer(attributes)) > MAX_ATTRIBUTES:
            raise DocumentTooLargeError(
                f"a tag of the page has more than {MAX_ATTRIBUTES:,} attributes", name
            )


def drop_json(tree: Any) -> None:
    """Empty the scripts of a parsed page that hold much JSON, unless it parses."""
    left = _MAX_BROKEN_JSON
    for script in tree.iter("script"):
        content = script.text or ""
        if "json" not in (script.get("type") or "").lower() or not content:
            continue
        if len(content) <= _MAX_JSON and _parses(content):
            continue
        left -= len(content)
        if left < 0:
            script.text = None


def _parses(content: str) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
