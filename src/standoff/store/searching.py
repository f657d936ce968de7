"""Full-text search over the documents of a store: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

import datetime
import re

import attrs
from sqlalchemy import Connection, text

#: What stands around a found word in an excerpt; characters that no report has.
_OPEN, _CLOSE = "\x02", "\x03"

_TERM = re.compile(r'-?"[^"]+"|\S+')
#: Would end a term, or cannot be sent to a database at all.
_NO_PART = re.compile('["\0\ud800-\udfff]')

_SQLITE = text(
    "SELECT d.id, d.title, d.published, d.publisher, "
    f"snippet(document_search, 1, '{_OPEN}', '{_CLOSE}', '…', 24) AS excerpt "
    "FROM document_search JOIN document AS d ON d.key = document_search.rowid "
    "WHERE document_search MATCH :query ORDER BY rank, d.key LIMIT :limit"
)
_POSTGRES = text(
    "SELECT d.id, d.title, d.published, d.publisher, ts_headline('english', left(d.text, 100000), "
    f"q, 'StartSel={_OPEN}, StopSel={_CLOSE}, MaxWords=32, MinWords=12') AS excerpt "
    "FROM (SELECT *, ts_rank(search, q) AS rank FROM document, "
    "websearch_to_tsquery('english', :query) AS q WHERE search @@ q "
    "ORDER BY rank DESC, key LIMIT :limit) AS d ORDER BY rank DESC, key"
)


@attrs.frozen
class Hit:
    """A document that was found: an excerpt in parts, each with whether it is what was sought."""

    document: str
    title: str | None
    published: datetime.date | None
    publisher: str | None
    excerpt: tuple[tuple[str, bool], ...]


def search(connection: Connection, query: str, limit: int = 20) -> list[Hit]:
    """Return documents in which all words of a query stand, in whatever inflection.

    ``"…"`` asks for words in a row, a ``-`` before either for documents without it. A query
    without any word finds nothing. SQLite takes no notice of accents; PostgreSQL takes none of
    words that are everywhere ("the", "of").
    """
    terms = _terms(query)
    if not any(not excluded for excluded, _ in terms):
        return []
    if connection.dialect.name == "sqlite":
        asked, statement = _fts5(terms), _SQLITE
    else:
        asked, statement = _websearch(terms), _POSTGRES
    return [
        Hit(row.id, row.title, _day(row.published), row.publisher, _parts(row.excerpt))
        for row in connection.execute(statement, {"query": asked, "limit": limit})
    ]


def _terms(query: str) -> list[tuple[bool, str]]:
    """Return the terms of a query, each with whether it is excluded, in words that are plain."""
    found = []
    for term in _TERM.findall(query):
        excluded = term.startswith("-")
        # The rest is left as it is: the database takes it apart as it took the documents apart
        # ("U.S.", "12.5", "no-fly"), and in quotation marks nothing of it is an operator.
        words = _NO_PART.sub(" ", term[excluded:])
        if any(char.isalnum() for char in words):
            found.append((excluded, words))
    return found


def _fts5(terms: list[tuple[bool, str]]) -> str:
    wanted = " AND ".join(f'"{words}"' for excluded, words in terms if not excluded)
    without = "".join(f' NOT "{words}"' for excluded, words in terms if excluded)
    return f"({wanted}){without}"


def _websearch(terms: list[tuple[bool, str]]) -> str:
    return " ".join(f'{"-" if excluded else ""}"{words}"' for excluded, words in terms)


def _parts(excerpt: str) -> tuple[tuple[str, bool], ...]:
    pieces = re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", excerpt)
    return tuple(
        (piece.strip(_OPEN + _CLOSE), piece.startswith(_OPEN)) for piece in pieces if piece
    )


def _day(value: object) -> datetime.date | None:
    # A statement in plain SQL gives SQLite's dates as they are stored.
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]
