"""Every error that Standoff raises on purpose.

    StandoffError
    ├── InputError                something that was handed in cannot be read
    │   ├── EmptyDocumentError        no text in it
    │   ├── NotTextError              binary, or bytes that are no known encoding
    │   ├── DocumentTooLargeError     over the size limit
    │   ├── LanguageError             the text is not English
    │   ├── InvalidActorsError        a file of the user's own actors cannot be read
    │   ├── InvalidCodebookError      a file of the user's own event types cannot be read
    │   ├── InvalidAnnotationError    brat or Web Annotation data that make no record
    │   ├── InvalidTableError         a table to import is not what its format says
    │   └── InvalidDateError          a publication date that is no date (also a ValueError)
    ├── InvalidRecordError        JSON that is no record, or offsets outside the text
    │                             (also a ValueError)
    ├── InvalidSpanError          a marked source or target that is not in the text
    │                             (also a ValueError)
    ├── UnknownEventError         a record has no event of that id (also a KeyError)
    ├── UnknownIdError            a store has nothing of that id (also a KeyError)
    ├── UnknownLabelError         no such event type, mode, context or code (also a KeyError)
    ├── StoreError                a store cannot be used
    │   ├── StoreNotFoundError        there is none at that address, or it cannot be reached
    │   ├── StoreVersionError         it was made by another version of Standoff
    │   ├── StoreBusyError            another process has been writing for too long
    │   ├── StoreDamagedError         it is damaged, or is no store
    │   └── DecisionError             a human decision that cannot be carried out
    ├── ExportLimitError          more than a format can hold (also a ValueError)
    ├── TruncatedExportError      an exported file is not what its manifest says
    ├── MissingExtraError         a library that an extra brings is not installed
    └── ModelError                the shipped model is missing or damaged

Messages say what was wrong, where, and what to do about it.
"""

from __future__ import annotations


class StandoffError(Exception):
    """Root of the tree: catch it to catch everything that Standoff raises on purpose."""


class InputError(StandoffError):
    """An input cannot be read; `name` says which one."""

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(f"{name}: {message}" if name else message)
        self.name = name


class EmptyDocumentError(InputError):
    """The input holds no text."""


class NotTextError(InputError):
    """The input is binary, or its bytes are in no known encoding."""


class DocumentTooLargeError(InputError):
    """The input is over the size limit."""


class LanguageError(InputError):
    """The text is not in English."""


class InvalidActorsError(InputError):
    """A file of the user's own actors cannot be read, or a row of it is no actor."""


class InvalidCodebookError(InputError):
    """A file of the user's own event types is not as it should be, or fits other weights."""


class InvalidAnnotationError(InputError):
    """Annotations in an exchange format are malformed, or do not fit the text that they are of."""


class InvalidTableError(InputError):
    """A table to import is not what its format says; `line` and `column` say where, if they can."""

    def __init__(
        self,
        message: str,
        name: str | None = None,
        *,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        where = [f"line {line}"] if line is not None else []
        where += [f"column {column!r}"] if column is not None else []
        super().__init__(f"{', '.join(where)}: {message}" if where else message, name)
        self.line = line
        self.column = column


class InvalidDateError(InputError, ValueError):
    """A publication date is no ISO date, or lies outside the years that news has."""


class InvalidRecordError(StandoffError, ValueError):
    """JSON is no record of this format, or its offsets do not fit its text.

    `path` names the field, as in ``events[3].anchor``; it is None where no field is to blame.
    """

    def __init__(self, message: str, path: str | None = None) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path


class InvalidSpanError(StandoffError, ValueError):
    """A marked span is empty, reversed or outside the text."""


class _UnknownError(StandoffError, KeyError):
    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        # KeyError prints the repr of its argument, quotes and all.
        return self.message


class UnknownEventError(_UnknownError):
    """A record has no event of that id, or its text does not give it any more."""


class UnknownIdError(_UnknownError):
    """A store has no document, account or event of that id; `successor` is where it went."""

    def __init__(self, message: str, successor: str | None = None) -> None:
        super().__init__(message)
        self.successor = successor


class UnknownLabelError(_UnknownError):
    """There is no event type, mode, context or code of that name."""


class StoreError(StandoffError):
    """A store cannot be used; the message names it and never shows a password."""


class StoreNotFoundError(StoreError):
    """There is no store at that address, or it cannot be reached."""


class StoreVersionError(StoreError):
    """The store was made by an older or newer version of Standoff."""


class StoreBusyError(StoreError):
    """Another process has been writing to the store for longer than anybody should wait."""


class StoreDamagedError(StoreError):
    """The store is damaged, or the file is none."""


class DecisionError(StoreError):
    """A human decision cannot be carried out: no event has such a field, value or part."""


class ExportLimitError(StandoffError, ValueError):
    """There is more to export than the format can hold; nothing is cut off instead."""


class TruncatedExportError(StandoffError):
    """An exported file is not what its manifest says; `differing` names what differs."""

    def __init__(self, message: str, differing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.differing = differing


class MissingExtraError(StandoffError):
    """A library that is not part of the core is missing; the message says what to install."""


class ModelError(StandoffError):
    """The shipped model is missing from the installation, or is not the one it should be."""
