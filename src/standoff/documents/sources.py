"""Where documents come from: a string, bytes, a file; and which files a folder holds."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from standoff.documents import decode, english, header
from standoff.documents.dates import parse_date
from standoff.documents.kinds import kind
from standoff.errors import (
    DocumentTooLargeError,
    EmptyDocumentError,
    InputError,
    NotTextError,
)
from standoff.record import Document

#: Bytes of one document (code points, where it comes as `str`). No report comes near; a file that
#: does is an archive of many, which has to be split first.
MAX_BYTES = 50_000_000

_SUFFIXES = (".txt", ".text", ".html", ".htm", ".xhtml")


def from_text(
    text: str,
    *,
    date: str | datetime.date | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    name: str = "text",
) -> Document:
    """Return the document that `text` is; the text itself stays as it is.

    What is not given is read off the first lines where they say it: a title, a date of
    publication with its year, the agency of a dateline. `name` says in errors which input it was.

    Raises:
        InvalidDateError: `date` is no date, or one that no report can have.
        DocumentTooLargeError: over `MAX_BYTES`.
        EmptyDocumentError: nothing but white space and invisible characters.
        NotTextError: control characters in bulk, or halves of surrogate pairs.
        LanguageError: clearly not English.
    """
    published = parse_date(date, name=name)
    _refuse_large(len(text), name)
    decode.check(text, name)
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise EmptyDocumentError("there is no text in it", name)
    language = english.check(text, name)
    top = header.read(text)
    return Document(
        text=text,
        title=title or top.title,
        published=published or top.published,
        url=url,
        publisher=publisher or top.publisher,
        language=language,
    )


def from_bytes(
    data: bytes,
    *,
    name: str,
    date: str | datetime.date | None = None,
    encoding: str | None = None,
) -> Document:
    """Return the document in `data`: plain text or a web page, whichever the content is.

    `name` is a file name or address; its suffix helps only where the content leaves a doubt.
    `encoding` overrules what is found out (see `decode.decode`).

    Raises:
        InputError: as for `from_text`; and a page that cannot be parsed, an unknown encoding.
    """
    published = parse_date(date, name=name)
    _refuse_large(len(data), name)
    if not data:
        raise EmptyDocumentError("there is no text in it", name)
    text = decode.decode(data, name, encoding)
    match kind(text, name):
        case "html":
            return _from_page(text, published, name)
        case "xml":
            raise NotTextError("it is XML, not text or a web page", name)
        case "text":
            return from_text(text, date=published, name=name)


def from_path(path: Path, *, date: str | datetime.date | None = None) -> Document:
    """Return the document in the file at `path` (see `from_bytes`).

    Raises:
        InputError: the file is missing, a folder or unreadable; and as for `from_bytes`.
    """
    name = str(path)
    try:
        # The size is asked before anything is read; what has none (a pipe) is read to the limit.
        _refuse_large(path.stat().st_size, name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", name) from None
    except IsADirectoryError:
        raise InputError("it is a folder; only files can be read", name) from None
    except PermissionError:
        raise InputError("permission to read it is denied", name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"it cannot be read ({reason})", name) from error
    return from_bytes(data, name=name, date=date)


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that `paths` mean: files as they are given, folders walked.

    In folders, files with the suffixes of text and web pages are taken, in sorted order; names
    that begin with a dot are skipped, links to folders not followed. A path that does not exist
    and a folder that cannot be listed are yielded too, so that reading them says what is wrong
    and one of them does not end a long run.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        unlisted: list[OSError] = []
        for folder, subfolders, names in os.walk(path, onerror=unlisted.append):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in sorted(names):
                if name.lower().endswith(_SUFFIXES) and not name.startswith("."):
                    yield Path(folder, name)
        yield from (Path(str(error.filename)) for error in unlisted)


def _from_page(source: str, published: datetime.date | None, name: str) -> Document:
    from standoff.documents import page  # only pages need it

    found = page.read(source, name)
    decode.check(found.text, name)
    return Document(
        text=found.text,
        title=found.title,
        published=published or found.published,
        url=found.url,
        publisher=found.publisher,
        language=english.check(found.text, name),
    )


def _refuse_large(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise DocumentTooLargeError(
            f"it is larger than {MAX_BYTES // 1_000_000} MB; split it into single reports", name
        )
