"""Web pages: the article, what the page says about it, and pages that mean harm."""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff import documents
from standoff.errors import DocumentTooLargeError, EmptyDocumentError, InputError, LanguageError
from standoff.record import Document

PARAGRAPHS = [
    "The foreign minister of Ruritania said on Monday that the talks with Borduria would be"
    " resumed. He gave no date for the next round, and would not say where it was to be held.",
    "Borduria had broken the talks off last month after a clash on the border, in which two"
    " soldiers were wounded and the crossing at Klow was closed to everyone.",
    "“We are ready,” the minister told reporters, “if they are.”",
]


def page(head: str = "", top: str = "", more: str = "") -> bytes:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>Talks to be resumed | The Zenda Herald</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>Talks to be resumed</h1>{top}{story}{more}</article>"
        "<footer>© 2016 The Zenda Herald. All rights reserved.</footer></body></html>"
    ).encode()


def read(data: bytes, name: str = "page.html") -> Document:
    return documents.from_bytes(data, name=name)


def test_the_article_is_the_text_and_its_paragraphs_stand_apart() -> None:
    document = read(page())
    assert document.text.split("\n\n")[-3:] == PARAGRAPHS
    assert "Home" not in document.text
    assert "All rights reserved" not in document.text
    assert document.title == "Talks to be resumed"
    assert document.language == "en"


def test_metadata_are_read() -> None:
    document = read(
        page(
            '<meta property="article:published_time" content="2018-11-09T23:30:00-05:00">'
            '<meta property="og:site_name" content="The Zenda Herald">'
            '<link rel="canonical" href="https://zenda.example/talks">'
        )
    )
    assert document.published == datetime.date(2018, 11, 9)
    assert document.publisher == "The Zenda Herald"
    assert document.url == "https://zenda.example/talks"


@pytest.mark.parametrize(
    "kwargs",
    [
        {"head": '<meta name="date" content="2018-11-09">'},
        {"head": '<link rel="canonical" href="https://zenda.example/2018/11/09/talks">'},
        {
            "head": '<script type="application/ld+json">{"@type": "NewsArticle",'
            ' "datePublished": "2018-11-09T08:00:00Z"}</script>'
        },
        {"top": '<span class="date">9 November 2018</span>'},
        {"top": "<p>9 November 2018</p>"},
        {"top": "<div>Published: 9 November 2018</div>"},
        {"top": '<time datetime="2018-11-09">three years ago</time>'},
    ],
)
def test_a_day_that_the_page_gives_dates_the_report(kwargs: dict[str, str]) -> None:
    assert read(page(**kwargs)).published == datetime.date(2018, 11, 9)


@pytest.mark.parametrize(
    "kwargs",
    [
        {},  # the year of the copyright is no date
        {"head": '<meta name="date" content="2018-11">'},  # the day would be today's
        {"head": '<meta name="date" content="2018">'},
        {"top": "<time>3 hours ago</time>"},
        {
            "more": "<p>They had last met for their talks on 2015-03-01 and on 1 March 2016, at the"
            " old castle of Zenda, in the presence of the king.</p>"
        },
        {"top": '<img src="/2016/01/02/minister.jpg">'},
        {"head": '<meta name="date" content="2918-11-09">'},
    ],
)
def test_no_date_is_made_up(kwargs: dict[str, str]) -> None:
    assert read(page(**kwargs)).published is None


def test_a_date_that_is_given_overrules_the_page() -> None:
    data = page('<meta name="date" content="2018-11-09">')
    document = documents.from_bytes(data, name="page.html", date="2020-01-02")
    assert document.published == datetime.date(2020, 1, 2)


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_pages_are_known_by_their_content(name: str) -> None:
    assert "<p>" not in read(page(), name).text


def test_a_text_with_a_tag_in_it_is_a_text() -> None:
    text = "The form asked for <b>both</b> names, and the minister gave neither of them."
    assert read(text.encode(), "form.txt").text == text


def test_a_text_that_is_called_html_is_a_text() -> None:
    text = "The talks with Borduria would be resumed, the minister said; x < y and y > z."
    assert read(text.encode(), "report.html").text == text


def test_a_fragment_is_a_page() -> None:
    assert read(f"<p>{PARAGRAPHS[0]}</p>".encode()).text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("iso-8859-15", "iso-8859-15"),
        ("utf-16", "utf-8"),
        ("no-such-thing", "utf-8"),
    ],
)
def test_the_declared_encoding_is_used_where_it_can_be(declared: str, actual: str) -> None:
    data = page().decode().replace("charset='utf-8'", f"charset='{declared}'")
    data = data.replace("“", '"').replace("”", '"').replace("©", "(c)").replace("Klow", "Klöw")
    assert "Klöw" in read(data.encode(actual)).text


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body></body></html>",
        b"<!doctype html>",
        b"<html><!-- nothing --></html>",
        b"<html><head><title>Talks</title></head><body><script>var x;</script></body></html>",
        b"<p>",
    ],
)
def test_a_page_without_text_says_so(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError, match="page"):
        read(data)


def test_a_page_in_another_language_is_refused() -> None:
    story = "Der Außenminister erklärte am Montag, die Gespräche würden wieder aufgenommen. " * 5
    with pytest.raises(LanguageError, match="German"):
        read(f"<html><body><article><p>{story}</p></article></body></html>".encode())


def _json(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


HOSTILE: dict[str, Callable[[], bytes]] = {
    "deep": lambda: page(more="<div>" * 100_000),
    "deep, under the limit of tags": lambda: page(more="<b><i>" * 20_000),
    "deep quotations": lambda: page(more="<blockquote>x" * 30_000),
    "huge attribute": lambda: page(more='<p class="' + "a " * 2_000_000 + '">x</p>'),
    "many attributes": lambda: page(
        more="<p " + " ".join(f'a{i}="x"' for i in range(200_000)) + ">"
    ),
    "many attributes behind a sign": lambda: page(
        more="<p " + " ".join(f'a{i}=">"' for i in range(200_000)) + ">"
    ),
    "attribute without an end": lambda: page(more='<a href="' * 20_000),
    "entities": lambda: (
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
        + b"]><html><body><p>&a11;</p></body></html>"
    ),
    "signs": lambda: page(more="<" * 500_000),
    "comments": lambda: page(more="<!-- x " * 40_000),
    "nested JSON": lambda: page(_json("[" * 200_000)),
    "broken JSON": lambda: page(_json('"publisher":{' * 50_000)),
    "zeros": lambda: page(more="<p>" + "\x00" * 1000 + "</p>"),
    "numbers of no character": lambda: page(more="<p>" + "&#x0;&#55555;&#99999999;" * 100),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_page_that_means_harm_ends_in_seconds(make: Callable[[], bytes]) -> None:
    data = make()
    started = time.monotonic()
    with contextlib.suppress(InputError):
        assert read(data).text
    assert time.monotonic() - started < 20


def test_a_page_with_too_many_attributes_is_refused() -> None:
    with pytest.raises(DocumentTooLargeError, match="attributes"):
        read(HOSTILE["many attributes behind a sign"]())


def test_attributes_in_a_script_are_no_attributes() -> None:
    script = "<script>if (a <b " + " ".join(f'x{i}="y"' for i in range(3000)) + ") {}</script>"
    assert read(page(script)).text.endswith(PARAGRAPHS[-1])


_PIECES = [
    "<p>",
    "</p>",
    "<div class='x'>",
    "<",
    ">",
    "&amp;",
    "&#0;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<title>",
    "text of the page ",
    "\x00",
    "<table><tr><td>",
    "<br/>",
    '"',
    "<meta charset=",
    "<![CDATA[",
    "]]>",
    "<?xml ?>",
    "<svg>",
    "<a href='",
    "é",
    "\ud7ff",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_any_page_is_a_document_or_an_input_error(body: str) -> None:
    try:
        document = read(f"<html><body>{body}".encode())
    except InputError:
        return
    assert document.text.strip()
