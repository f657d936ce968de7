"""The selectors of the Web Annotation Data Model: which words of a text are meant.

Words are chosen twice: by a TextQuoteSelector (the words, and what stands before and after them;
section 4.2.4) and by a TextPositionSelector (section 4.2.5). Positions count Unicode code points,
as the standard demands, not UTF-16 code units: JavaScript has to count with ``Array.from(text)``.
They count into the text of the record, not into the page that it was taken from; there the quotes
serve.
"""

from __future__ import annotations

from typing import Any

from standoff.record.node import Node, shortened

#: Characters of context in a quote: enough that even "it" occurs once in a report, as a rule.
_CONTEXT = 32

#: A position that fits no text.
_NOWHERE = (0, -1)

_QUOTE, _POSITION = "TextQuoteSelector", "TextPositionSelector"


def of(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Return the selectors of the words of `text` from `start` to `end`."""
    quote = {
        "type": _QUOTE,
        "exact": text[start:end],
        "prefix": text[max(0, start - _CONTEXT) : start],
        "suffix": text[end : end + _CONTEXT],
    }
    return [quote, {"type": _POSITION, "start": start, "end": end}]


def find(resource: Node, text: str, *, loosely: bool = False) -> dict[str, Any]:
    """Return the start, end and text of the words that the selectors of a resource choose.

    They are where position, quote and context fit, else where the quote stands once with as much
    of its context as is still there; `loosely`, also from where it begins to where it ends, with
    other words between.

    Raises:
        InvalidRecordError: there is no such selector, or no such place in the text.
    """
    selector = resource["selector"]
    by_type = {type_: one for one in reversed(each(selector)) for type_ in map(str, types(one))}
    quote, position = by_type.get(_QUOTE), by_type.get(_POSITION)
    exact = prefix = suffix = None
    if quote is not None:
        exact = quote["exact"].string()
        prefix, suffix = (get(quote, key).maybe(Node.string) for key in ("prefix", "suffix"))
    start, end = _NOWHERE
    if position is not None:
        start, end = position["start"].integer(), position["end"].integer()
        if exact is None and 0 <= start <= end <= len(text):
            exact = text[start:end]
    elif exact is None:
        selector.fail(f"expected a {_QUOTE} or a {_POSITION}")
    place = None
    if exact is not None:
        before, after = prefix or "", suffix or ""
        place = _place(text, (start, end), exact, before, after)
        if place is None and loosely:
            place = _between(text, exact, before, after)
    if place is None:
        what = "no words are" if exact is None else f"{shortened(exact)} is not"
        at = "" if position is None else f" from {shortened(start)} to {shortened(end)} or"
        selector.fail(
            f"{what}{at} at one place only of this text of {len(text)} characters; correct the "
            "position, or give a prefix and a suffix by which the words can be told"
        )
    return {"start": place[0], "end": place[1], "text": text[place[0] : place[1]]}


def _place(
    text: str, position: tuple[int, int], exact: str, prefix: str, suffix: str
) -> tuple[int, int] | None:
    """Return where a quote is: at its position if all fits, else where it stands once."""
    start, end = position
    if (
        0 <= start <= end <= len(text)
        and text[start:end] == exact
        and text.endswith(prefix, 0, start)
        and text.startswith(suffix, end)
    ):
        return start, end
    for before, after in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
        sought = before + exact + after
        first = text.find(sought) if sought else -1
        if first >= 0:
            if text.find(sought, first + 1) >= 0:
                return None
            return first + len(before), first + len(before) + len(exact)
    return None


def _between(text: str, exact: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    """Return from where a quote begins, or what stands before it ends, to where it ends alike."""
    head = _place(text, _NOWHERE, exact[:_CONTEXT], prefix, "")
    head = head or _place(text, _NOWHERE, "", prefix, "")
    tail = _place(text, _NOWHERE, exact[-_CONTEXT:], "", suffix)
    tail = tail or _place(text, _NOWHERE, "", "", suffix)
    return (head[0], tail[1]) if head and tail and head[0] <= tail[1] else None


def get(node: Node, key: str) -> Node:
    """Return what a key has, null where it is not there."""
    there = isinstance(node.value, dict) and key in node.value
    return node[key] if there else Node(None, node, key)


def each(node: Node) -> list[Node]:
    """Return the items of an array; JSON-LD may write one value without its brackets."""
    return list(node.each(lambda item: item)) if isinstance(node.value, list) else [node]


def types(node: Node) -> list[Any]:
    """Return the types of an object."""
    given = get(node, "type").value
    return given if isinstance(given, list) else [given]
