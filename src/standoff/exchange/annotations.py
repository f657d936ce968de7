"""W3C Web Annotation: a record as annotations of the report, in JSON-LD.

Web Annotation Data Model (W3C Recommendation, 23 February 2017): an AnnotationCollection with one
page. Every actor, time, place, event, statement and condition is an annotation. Its targets are the
words (`standoff.exchange.selectors` says how they are chosen); its body is of a class of Standoff's
vocabulary and has the fields that the entry has in the record's own JSON, each with the prefix
``standoff:``.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs

from standoff.errors import InvalidAnnotationError, InvalidRecordError
from standoff.exchange import selectors, vocabulary
from standoff.exchange.vocabulary import CLASSES, PREFIX, entry_iri, source_iri, term
from standoff.record import Actor, Condition, Document, Event, Place, Record, Span, Statement, Time
from standoff.record.node import Node, shortened

#: Which spans of an entry are the targets of its annotation, in this order; () where the entry is
#: itself a span. Where "*" is, the field has several.
_TARGETS: dict[str, tuple[str, ...]] = {
    "actors": ("mentions*",),
    "times": (),
    "places": (),
    "events": ("anchor",),
    "statements": ("content*",),
    "conditions": ("consequent", "condition"),
}

#: What the standard says an annotation is made for (section 3.3.5).
_MOTIVATIONS = {
    "actors": "identifying",
    "times": "identifying",
    "places": "identifying",
    "events": "classifying",
    "statements": "describing",
    "conditions": "linking",
}

#: Fields whose values have an order, which JSON-LD keeps only where it is told to.
_ORDERED = (
    *("contexts", "source", "target", "source_spans", "target_spans", "said_by", "quantity"),
    *("codes", "mentions", "sectors", "warnings"),
)

_SENTENCE = term("sentence")
_PAGE, _COLLECTION = "AnnotationPage", "AnnotationCollection"
_ENTRY = re.compile(r"(\w+)\[([0-9]+)\]")


def to_annotations(record: Record, *, embed_text: bool = True) -> dict[str, Any]:
    """Return the AnnotationCollection of a record as JSON-ready values.

    Without `embed_text` the text of the report is left out, and `from_annotations` must be given
    it; the quotes still hold a good part of it.

    Raises:
        InvalidRecordError: the record has no JSON form, or spans that do not fit its text.
    """
    record = Record.from_json(record.to_json())
    writer, entries = _Writer(record.document), record.to_dict()
    document = entries.pop("document")
    if not embed_text:
        del document["text"]
    items = [
        writer.annotation(kind, index, entry)
        for kind in CLASSES
        for index, entry in enumerate(entries[kind])
    ]
    collection = f"{vocabulary.document_iri(record.document)}#annotations"
    page = {"id": f"{collection}.page", "type": _PAGE, "startIndex": 0, "items": items}
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", _context()],
        "id": collection,
        "type": _COLLECTION,
        "label": record.document.title or record.document.id,
        **{
            term(key): writer.linked(value)
            for key, value in {"document": document, **entries}.items()
            if key not in CLASSES
        },
        "total": len(items),
        "first": page,
    }


def _context() -> dict[str, Any]:
    ordered = {term(key): {"@id": term(key), "@container": "@list"} for key in _ORDERED}
    place = {term("place"): {"@id": term("place"), "@type": "@id"}}
    return {PREFIX: vocabulary.NAMESPACE} | ordered | place


@attrs.frozen
class _Writer:
    """Writes the entries of one document."""

    document: Document

    def annotation(self, kind: str, index: int, entry: dict[str, Any]) -> dict[str, Any]:
        """Return the annotation of an entry."""
        iri = entry_iri(self.document, kind, index)
        spans: list[dict[str, Any]] = []
        for field in _TARGETS[kind]:
            value = entry.pop(field.rstrip("*"))
            spans += value if field.endswith("*") else [value]
        if not _TARGETS[kind]:
            spans = [{key: entry.pop(key) for key in ("start", "end", "text")}]
        if entry.get("place") is not None:
            entry["place"] = entry_iri(self.document, "places", entry["place"])
        targets = [self.linked(span) for span in spans] or source_iri(self.document)
        return {
            "id": iri,
            "type": "Annotation",
            "motivation": _MOTIVATIONS[kind],
            "body": {"type": term(CLASSES[kind]), **self.linked(entry)},
            "target": targets[0] if len(spans) == 1 else targets,
        }

    def linked(self, value: Any) -> Any:
        """Return a value of a record's JSON with prefixes on its keys and selectors for spans."""
        if isinstance(value, list):
            return [self.linked(item) for item in value]
        if not isinstance(value, dict):
            return value
        if not {"start", "end"} <= value.keys():
            return {term(key): self.linked(item) for key, item in value.items()}
        rest = {key: item for key, item in value.items() if key not in ("start", "end", "text")}
        return {
            "type": "SpecificResource",
            "source": source_iri(self.document),
            "selector": selectors.of(self.document.text, value["start"], value["end"]),
            **self.linked(rest),
        }


def from_annotations(data: Any, text: str | None = None, *, name: str = "annotations") -> Record:
    """Return the record that annotations of a text make.

    Of what `to_annotations` wrote, an equal record comes back. Where the text is another by now, or
    a position was changed, words are found by their quote: they are where position, quote and
    context fit, else where the quote stands once with as much of its context as still is there.
    Annotations whose body is not of Standoff's vocabulary are left out.

    Args:
        data: an AnnotationCollection whose pages are in it, or an AnnotationPage, as `json.load`
            returns it.
        text: the text that the annotations are of; without it, the one in `data`.
        name: what messages call the input.

    Raises:
        InvalidAnnotationError: this is no such collection, words are not in the text or cannot be
            told from others, or the bodies make no record. The message names the field.
    """
    try:
        root = Node(json.loads(json.dumps(data)))  # whatever is not JSON, or goes round in circles
        return _read(root, text)
    except InvalidRecordError as error:
        raise InvalidAnnotationError(str(error), name) from error
    except (ValueError, TypeError) as error:
        raise InvalidAnnotationError(f"not JSON: {error}", name) from error
    except RecursionError as error:
        raise InvalidAnnotationError("no annotations: nested too deeply", name) from error


def _read(root: Node, text: str | None) -> Record:
    items = list(_items(root))
    document = selectors.get(root, term("document"))
    held: dict[str, Any] = _plain(document, None) if isinstance(document.value, dict) else {}
    if text is None:
        text = held.get("text")
    if not isinstance(text, str):
        document.fail("the text of the report is not in there; give it as text")
    text = Document(text).text
    places = {
        item.value["id"]: index
        for index, item in enumerate(item for item, kind, _ in items if kind == "places")
        if isinstance(item.value.get("id"), str)
    }
    entries: dict[str, list[Any]] = {kind: [] for kind in CLASSES}
    paths: dict[str, list[str]] = {kind: [] for kind in CLASSES}
    for item, kind, body in items:
        entries[kind].append(_entry(item, kind, body, text, places))
        paths[kind].append(item.path)
    blank = Record(Document(text)).to_dict()
    given = {key: _plain(root[term(key)], None) for key in blank if term(key) in root.value}
    whole = blank | given | entries
    whole["document"] = blank["document"] | held | {"text": text, "id": blank["document"]["id"]}
    try:
        return Record.from_json(json.dumps(whole))
    except InvalidRecordError as error:
        match = _ENTRY.match(error.path or "")
        if match is None or match[1] not in paths:
            raise
        raise InvalidRecordError(f"as {error}", paths[match[1]][int(match[2])]) from error


def _items(root: Node) -> Iterator[tuple[Node, str, Node]]:
    """Yield the annotations of a collection or of a page that are entries of a record.

    With each comes what kind of entry it is, and the body that says so.
    """
    types = selectors.types(root)
    page = root
    if _COLLECTION in types:
        page = selectors.get(root, "first")
    elif _PAGE not in types:
        root.fail(f"expected an {_COLLECTION} or an {_PAGE}")
    while page.value is not None:
        if not isinstance(page.value, dict):
            page.fail("the page is elsewhere; put it in the place of its address")
        for item in page["items"].each(lambda item: item):
            bodies = selectors.each(selectors.get(item, "body"))
            found = ((kind, body) for body in bodies if (kind := _kind(body)) is not None)
            yield from ((item, kind, body) for kind, body in itertools.islice(found, 1))
        page = selectors.get(page, "next")


def _kind(body: Node) -> str | None:
    """Return what a body is an entry of, None where it is none."""
    types = selectors.types(body)
    return next((kind for kind, class_ in CLASSES.items() if term(class_) in types), None)


def _entry(item: Node, kind: str, body: Node, text: str, places: dict[str, int]) -> dict[str, Any]:
    """Return the entry of a record that an annotation stands for."""
    entry: dict[str, Any] = _blanks()[kind] | _plain(body, text)
    spans = list(_targets(item, text))
    fields = _TARGETS[kind]
    several = any(field.endswith("*") for field in fields)
    if not several and len(spans) != max(1, len(fields)):
        selectors.get(item, "target").fail(
            f"expected {max(1, len(fields))} with a selector, found {len(spans)}"
        )
    if several:
        entry[fields[0].rstrip("*")] = spans
    elif fields:
        entry.update(zip(fields, spans, strict=True))
    else:
        entry.update(spans[0])
    if kind == "events" and entry["place"] is not None:
        place = entry["place"]
        if not isinstance(place, str) or place not in places:
            selectors.get(body, term("place")).fail(
                f"{shortened(place)} is no annotation of a {CLASSES['places']}"
            )
        entry["place"] = places[place]
    return entry


@cache
def _blanks() -> dict[str, dict[str, Any]]:
    """Return an entry of each kind that says nothing, without the fields that it must have."""
    span = Span(0, 0, "")
    record = Record(
        Document(""),
        (Actor("", ""),),
        (Time(span),),
        (Place(span, ""),),
        (Event("", "AGREE", span, (0, 0)),),
        (Statement("", None, None, None, (), "indirect"),),
        (Condition("", None, "", span, span),),
    ).to_dict()
    must = {
        "actors": ("id", "name"),
        "times": (),
        "places": ("name",),
        "events": ("id", "type", "sentence"),
        "statements": ("id", "kind"),
        "conditions": ("id", "relation"),
    }
    return {
        kind: {key: value for key, value in record[kind][0].items() if key not in must[kind]}
        for kind in CLASSES
    }


def _plain(node: Node, text: str | None) -> Any:
    """Return a value as a record's JSON has it: no prefixes, and spans found in `text`."""
    if isinstance(node.value, list):
        return list(node.each(lambda item: _plain(item, text)))
    if not isinstance(node.value, dict):
        return node.value
    mark = f"{PREFIX}:"
    plain = {
        key.removeprefix(mark): _plain(node[key], text)
        for key in node.value
        if key.startswith(mark) and key != _SENTENCE
    }
    if text is not None and _SENTENCE in node.value:
        # It is where the words are, not what they say, and may have been edited elsewhere.
        plain["sentence"] = selectors.find(node[_SENTENCE], text, loosely=True)
    if text is not None and "selector" in node.value:
        plain |= selectors.find(node, text)
    return plain


def _targets(item: Node, text: str) -> Iterator[dict[str, Any]]:
    """Yield the words that an annotation is about."""
    for target in selectors.each(selectors.get(item, "target")):
        if isinstance(target.value, dict) and "selector" in target.value:
            yield selectors.find(target, text)
