"""The sentences that a brief rests on, numbered in the order in which they are first cited."""

from __future__ import annotations

import datetime

import attrs

from standoff.play.context import Context, Words
from standoff.play.model import Version
from standoff.record import Span
from standoff.store.model import Account


@attrs.frozen
class Citation:
    """A sentence that a line rests on, and the report that it stands in."""

    number: int
    document: str
    title: str | None
    publisher: str | None
    published: datetime.date | None
    span: Span


class Citations:
    """Gives each sentence one number, however often it is cited."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._cited: dict[tuple[str, int, int], Citation] = {}

    def all(self) -> tuple[Citation, ...]:
        """Return the sentences cited so far, in the order of their numbers."""
        return tuple(self._cited.values())

    def account(self, account: Account, version: Version | None = None) -> int:
        """Return the number of an account's sentence, or of the one that quotes a version."""
        span = Span(*account.sentence, account.sentence_text)
        if version is not None and version.telling is not None:
            quoted = self._context.sentence(account.document, version.telling.content)
            span = quoted or span
        return self._number(
            account.document, account.title, account.publisher, account.published, span
        )

    def words(self, words: Words) -> int:
        """Return the number of the sentence that some words stand in."""
        document = words.document
        return self._number(
            document.id, document.title, document.publisher, document.published, words.sentence
        )

    def _number(
        self,
        document: str,
        title: str | None,
        publisher: str | None,
        published: datetime.date | None,
        span: Span,
    ) -> int:
        key = (document, span.start, span.end)
        if key not in self._cited:
            number = len(self._cited) + 1
            self._cited[key] = Citation(number, document, title, publisher, published, span)
        return self._cited[key].number
