"""Reading: text, files and documents in, records out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import attrs
from spacy.tokens import Doc

import standoff
from standoff import coding, documents, language
from standoff.actors import own, tables
from standoff.coding import Explanation
from standoff.errors import DocumentTooLargeError, InputError, ModelError, StandoffError
from standoff.language import model
from standoff.record import Document, Record

Source = str | Path | Document
Date = str | datetime.date | None

#: A report has a few thousand characters, a book under a million. Reading this many takes about
#: half a minute; what is longer is no report, and minutes of silence help nobody.
MAX_CHARACTERS = 1_000_000


@attrs.frozen
class Failure:
    """One of many inputs that could not be read: which, and why."""

    name: str
    error: StandoffError


class Reader:
    """Reads documents one after the other; the model is loaded once, on first use.

    `threads` is how many cores the encoder may use. The default of one is the fastest for many
    documents on several processes, and fast enough for one. `actors` are files of the user's own
    actors (`standoff.actors.own` says in which forms), which stand before those of the tables;
    `codebooks` are files of their own event types that `standoff codebook train` has written.

    Raises:
        InvalidActorsError: a file of actors cannot be read.
        InvalidCodebookError: a file is no codebook, or was trained on other weights.
    """

    def __init__(
        self, *, threads: int = 1, actors: Iterable[Path] = (), codebooks: Iterable[Path] = ()
    ) -> None:
        if threads < 1:
            raise ValueError(f"threads={threads}: the encoder needs at least one core")
        self.threads = threads
        self._own = own.load(actors)
        self._nlp = cache(lambda: language.load(threads=threads))
        self._codebooks = [coding.codebooks.load(path, model.shared(threads)) for path in codebooks]

    def read(self, source: Source, date: Date = None) -> Record:
        """Return the record of one document.

        Args:
            source: a `str` is always text, a `Path` always a file; a `Document` is read as it is.
            date: the day of publication (ISO text or a date), which relative dates count from;
                it replaces the one that the source itself gives.

        Raises:
            InputError: the source cannot be read; its subclasses say why.
            ModelError: the installed model is missing or damaged.
        """
        document = _document(source, date)
        return self._code(document, self._nlp()(document.text))

    def read_many(self, sources: Iterable[Source], date: Date = None) -> Iterator[Record | Failure]:
        """Yield a record for each source, in order, or a `Failure` for one that cannot be read."""
        if isinstance(sources, str | Path):
            raise TypeError(f"read_many() takes several sources; for one, use read({sources!r})")
        for source in sources:
            opened = _try_document(source, date)
            yield self._try_code(opened, source) if isinstance(opened, Document) else opened

    def explain(self, record: Record, event: str) -> Explanation:
        """Return why the event of that id stands in a record; its document is read anew.

        Raises:
            UnknownEventError: the record has no such event, or was read by other weights, actors
                or software.
        """
        with tables.using(self._own):
            doc = self._nlp()(record.document.text)
            shared = model.shared(self.threads)
            return coding.explain(record, event, doc, shared, self._codebooks)

    def _try_code(self, document: Document, source: Source) -> Record | Failure:
        """Return the record, or a failure where a bug of ours ends this one: the rest goes on."""
        try:
            return self._code(document, self._nlp()(document.text))
        except ModelError:
            raise
        except Exception as error:
            what = f"a bug in Standoff ended it ({type(error).__name__}: {error}); please report it"
            return Failure(_name(source) or "text", InputError(what, _name(source)))

    def _code(self, document: Document, doc: Doc) -> Record:
        with tables.using(self._own):
            return coding.code(
                document, doc, model.shared(self.threads), standoff.__version__, self._codebooks
            )


def read(source: Source, date: Date = None) -> Record:
    """Return the record of one document; see `Reader.read`."""
    return _reader().read(source, date)


def explain(record: Record, event: str) -> Explanation:
    """Return why the event of that id stands in a record; see `Reader.explain`."""
    return _reader().explain(record, event)


@cache
def _reader() -> Reader:
    return Reader()


def _document(source: Source, date: Date) -> Document:
    if isinstance(source, Document):
        given = documents.parse_date(date)
        document = attrs.evolve(source, published=given) if given else source
    elif isinstance(source, Path):
        document = documents.from_path(source, date=date)
    elif isinstance(source, str):
        document = documents.from_text(source, date=date)
    else:
        raise TypeError(
            f"a source is a str (text), a Path (file) or a Document, not {type(source).__name__}"
        )
    if len(document.text) > MAX_CHARACTERS:
        raise DocumentTooLargeError(
            f"{len(document.text):,} characters; a report has at most {MAX_CHARACTERS:,}: "
            "split it into its articles",
            name=_name(source),
        )
    return document


def _try_document(source: Source, date: Date) -> Document | Failure:
    try:
        return _document(source, date)
    except StandoffError as error:
        return Failure(_name(source) or "text", error)


def _name(source: Source) -> str | None:
    if isinstance(source, Path):
        return str(source)
    return source.title or source.id if isinstance(source, Document) else None
