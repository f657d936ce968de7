"""HTML → the article on the page: its text, title, day, publisher and address.

trafilatura finds the article, and htmldate, which comes with it, the date. Dates that are
guesses are kept from it: htmldate fills up a month without a day with today's day, and takes
dates out of the running text. So paragraphs are hidden from it, and its answer counts only where
the page writes that very day out.
"""

from __future__ import annotations

import copy
import datetime
import logging
import re
from typing import Any

import attrs

from standoff.documents import exhausting, header
from standoff.documents.dates import FIRST_YEAR, MONTHS, is_plausible
from standoff.errors import EmptyDocumentError, InputError

# Without a handler of their own, warnings about odd pages would go to standard error.
for _logger in ("trafilatura", "htmldate"):
    logging.getLogger(_logger).addHandler(logging.NullHandler())

#: What XML cannot hold; trafilatura would drop it later.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: Bylines with dates are often paragraphs, but short ones.
_LONGEST_BYLINE = 80


@attrs.frozen
class Page:
    """What a page says; all but the text None where it does not."""

    text: str
    title: str | None = None
    published: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None


def read(source: str, name: str) -> Page:
    """Return the article of a page.

    Raises:
        EmptyDocumentError: there is no article text on the page.
        DocumentTooLargeError: more tags, or attributes in one tag, than any article has.
        InputError: the page cannot be parsed.
    """
    exhausting.refuse(source, name)
    try:
        return _read(source, name)
    except InputError:
        raise
    except Exception as error:  # the one boundary to lxml, trafilatura and htmldate
        raise InputError(
            f"the page cannot be parsed ({type(error).__name__}: {error})", name
        ) from error


def _read(source: str, name: str) -> Page:
    import trafilatura  # a quarter of a second
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = html.document_fromstring(_UNFIT.sub(" ", source).encode(), parser=parser)
    except etree.ParserError:  # nothing but comments and space
        raise EmptyDocumentError("the page holds no text", name) from None
    exhausting.drop_json(tree)
    article: Any = trafilatura.bare_extraction(
        copy.deepcopy(tree), include_comments=False, include_tables=False, with_metadata=False
    )
    text = _paragraphs((article.text if article is not None else None) or "")
    if not text:
        raise EmptyDocumentError("no article text was found on the page", name)
    top = header.read(text)
    meta, published = _metadata(tree)
    return Page(
        text=text,
        title=_clean(meta.title, 500),
        published=published or top.published,
        publisher=_clean(meta.sitename, 100) or top.publisher,
        url=_clean(meta.url, 2000),
    )


def _paragraphs(text: str) -> str:
    """Return the lines of trafilatura's text with blank lines between, so sentences end there."""
    lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _clean(value: str | None, longest: int) -> str | None:
    """Return the value on one line; None where it is empty, or too long to be what it says."""
    line = " ".join((value or "").split())
    return line if 0 < len(line) <= longest else None


def _metadata(tree: Any) -> tuple[Any, datetime.date | None]:
    """Return trafilatura's metadata, and the date where it is no guess. Empties the tree."""
    import trafilatura

    for element in list(tree.iter("p", "li", "blockquote", "img", "iframe", "video")):
        # A date in a paragraph belongs to the story, one in an address to the picture.
        if element.tag != "p" or len(element.text_content()) > _LONGEST_BYLINE:
            element.drop_tree()
    meta = trafilatura.extract_metadata(
        tree,
        date_config={
            "extensive_search": False,
            "original_date": True,
            "min_date": f"{FIRST_YEAR}-01-01",
            # Fixed, so that the clock has no say in what is found; is_plausible asks it after.
            "max_date": "2999-12-31",
        },
    )
    if not meta.date:
        return meta, None
    date = datetime.date.fromisoformat(meta.date)
    return meta, date if is_plausible(date) and _is_written(date, tree) else None


def _is_written(date: datetime.date, tree: Any) -> bool:
    """Return whether the page writes this day out in full somewhere."""
    from lxml import html

    month = MONTHS[date.month - 1]
    name = rf"(?:{month}|{month[:4]}\.?|{month[:3]}\.?)"
    day = rf"0?{date.day}(?:st|nd|rd|th)?"
    forms = [
        rf"(?<!\d){date.year}(?P<a>[-/._]?){date.month:02}(?P=a){date.day:02}(?!\d{{1,3}}\b)",
        rf"(?<!\d){date.year}(?P<b>[-/.])0?{date.month}(?P=b){day}(?!\d)",
        rf"(?<!\d){day}(?:\s+|-){name},?(?:\s+|-){date.year}(?!\d)",
        rf"\b{name}\s+{day},?\s+{date.year}(?!\d)",
        # With points it is the day that comes first, wherever dates are written so.
        rf"(?<!\d)0?{date.day}\.\s?0?{date.month}\.\s?{date.year}(?!\d)",
    ]
    if date.day > 12 or date.day == date.month:  # else it could be either of two days
        forms.append(rf"(?<!\d)0?{date.month}(?P<c>[-/])0?{date.day}(?P=c){date.year}(?!\d)")
        forms.append(rf"(?<!\d)0?{date.day}(?P<d>[-/])0?{date.month}(?P=d){date.year}(?!\d)")
    source = html.tostring(tree, encoding="unicode")
    return re.search("|".join(forms), source, re.IGNORECASE) is not None
