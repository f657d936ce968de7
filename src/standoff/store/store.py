"""The store as its users see it: opened by address, read and written by plain calls."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine

from standoff.errors import (
    StoreDamagedError,
    StoreError,
    StoreNotFoundError,
    StoreVersionError,
)
from standoff.record import Actor, Document, Record
from standoff.store import (
    adding,
    agreement,
    between,
    checking,
    connection,
    copying,
    deciding,
    examples,
    reading,
    recoding,
    schema,
    searching,
    state,
)
from standoff.store.adding import Added
from standoff.store.agreement import Agreement, Conflict
from standoff.store.between import Cursor, Filter, Page
from standoff.store.deciding import Coder
from standoff.store.model import Account, Action, Decision, StoredDocument, StoredEvent
from standoff.store.recoding import Recoded
from standoff.store.searching import Hit
from standoff.store.state import Status


class Store:
    """A store of documents, their records, and the events that they tell of.

    Open one with `Store.open` or make one with `Store.create`; use it in a ``with`` statement or
    call `close`. All methods may raise `standoff.errors.StoreError` or one of its kinds. A method
    that writes is one transaction: after an error, or a loss of power, nothing of it is there.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def create(cls, where: str | Path) -> Self:
        """Make a store at a path or address, or bring an older one to this version, and open it.

        Raises:
            StoreError: the address is none, or the database cannot be written.
        """
        engine = connection.engine(connection.located(where))
        path = engine.url.database if engine.dialect.name == "sqlite" else None
        if path and not Path(path).parent.is_dir():
            raise StoreError(f"{path}: there is no folder {Path(path).parent}")
        with _closed_on_error(engine):
            found = _version(engine)
            if found != schema.HEAD:
                _refuse_newer(engine, found)
                connection.upgrade(engine)
        return cls(engine)

    @classmethod
    def open(cls, where: str | Path) -> Self:
        """Open the store at a path or address.

        Raises:
            StoreNotFoundError: there is none.
            StoreVersionError: another version of Standoff made it.
        """
        engine = connection.engine(connection.located(where))
        name = connection.shown(engine.url)
        none = f"{name}: there is no store here; make one with: standoff init {name}"
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
            raise StoreNotFoundError(none)
        with _closed_on_error(engine):
            found = _version(engine)
            if found is None:
                raise StoreNotFoundError(none)
            if found != schema.HEAD:
                _refuse_newer(engine, found)
                raise StoreVersionError(
                    f"{name}: an older version of Standoff made it ({found}, now {schema.HEAD}); "
                    f"bring it up to date with: standoff init {name}"
                )
        return cls(engine)

    @property
    def name(self) -> str:
        """The address, without a password."""
        return connection.shown(self._engine.url)

    @property
    def path(self) -> Path | None:
        """The file of an SQLite store; None on a server."""
        file = self._engine.url.database if self._engine.dialect.name == "sqlite" else None
        return Path(file) if file else None

    def close(self) -> None:
        """Close all connections; the store must not be used afterwards."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, record: Record) -> Added:
        """Add a record with its document; see `standoff.store.adding.add`.

        Raises:
            InvalidRecordError: no database can store its text.
        """
        with connection.writing(self._engine) as open_:
            return adding.add(open_, record)

    def publish(self, document: Document) -> Added | None:
        """Note where else a text stood, if the store has it already; None where it has not."""
        with connection.reading(self._engine) as open_:
            if adding.key_of(open_, document.id) is None:
                return None
        with connection.writing(self._engine) as open_:
            key = adding.key_of(open_, document.id)
            return None if key is None else adding.publish(open_, key, document)

    def recode(self, record: Record) -> Recoded:
        """Put a new reading in place of the old one; human decisions stay.

        Raises:
            UnknownIdError: the store does not have its document.
        """
        with connection.writing(self._engine) as open_:
            return recoding.recode(open_, record)

    def outdated(self, model: str | None) -> list[str]:
        """Return the ids of documents that other weights than these have read, the oldest first.

        `model` is as in `status`: name, version and SHA-256; None asks for all documents.
        """
        with connection.reading(self._engine) as open_:
            return reading.outdated(open_, model)

    def judge(self, id_: str, action: Action, coder: Coder) -> list[Decision]:
        """Accept, reject or restore an account, or all accounts of an event.

        Raises:
            UnknownIdError: there is no such account or event.
        """
        with connection.writing(self._engine) as open_:
            return deciding.judge(open_, id_, action, coder)

    def correct(self, id_: str, changes: Mapping[str, Any], coder: Coder) -> list[Decision]:
        """Correct fields of an account, or of all accounts of an event.

        Raises:
            UnknownIdError: there is no such account or event.
            DecisionError: a field that cannot be corrected, or a value that it cannot have.
        """
        with connection.writing(self._engine) as open_:
            return deciding.correct(open_, id_, changes, coder)

    def add_event(
        self, document: str, start: int, end: int, values: Mapping[str, Any], coder: Coder
    ) -> Account:
        """Add an event that the machine did not find, by the words that name it.

        Raises:
            UnknownIdError: there is no such document.
            DecisionError: the words are none, the type is missing, or a value is impossible.
        """
        with connection.writing(self._engine) as open_:
            return deciding.add(open_, document, start, end, values, coder)

    def merge(self, ids: Sequence[str], coder: Coder) -> str:
        """Make several events one, the first of them, and return its id.

        Raises:
            UnknownIdError: one of them is not there.
            DecisionError: there are not at least two.
        """
        with connection.writing(self._engine) as open_:
            return deciding.merge(open_, ids, coder)

    def split(self, id_: str, parts: Sequence[str], coder: Coder) -> str:
        """Take accounts out of an event and make them one of their own; return its id.

        Raises:
            UnknownIdError: there is no such event or account.
            DecisionError: the accounts are not of it, or are all that it has.
        """
        with connection.writing(self._engine) as open_:
            return deciding.split(open_, id_, parts, coder)

    def history(self, id_: str) -> list[Decision]:
        """Return all decisions on an account or document, or on an event and its accounts, the
        oldest first.

        Raises:
            UnknownIdError: nothing has this id, nor ever had it.
        """
        with connection.reading(self._engine) as open_:
            return deciding.history(open_, id_)

    def conflicts(self) -> list[Conflict]:
        """Return where coders differ and nothing final was said."""
        with connection.reading(self._engine) as open_:
            return agreement.conflicts(open_)

    def agreement(self) -> list[Agreement]:
        """Return Krippendorff's alpha of each field."""
        with connection.reading(self._engine) as open_:
            return agreement.agreement(open_)

    def examples(self) -> list[dict[str, Any]]:
        """Return what humans decided as rows to train from; see `standoff.store.examples`."""
        with connection.reading(self._engine) as open_:
            return list(examples.examples(open_))

    def status(self) -> Status:
        """Return how much the store holds."""
        with connection.reading(self._engine) as open_:
            return state.status(open_)

    def digest(self) -> str:
        """Return one SHA-256 of all that the store holds; see `standoff.store.state.digest`."""
        with connection.reading(self._engine) as open_:
            return state.digest(open_)

    def problems(self) -> list[str]:
        """Return what is wrong with the store, in words; see `standoff.store.checking`."""
        found: list[str] = []
        try:
            with connection.reading(self._engine) as open_:
                found.extend(checking.problems(open_))
        except StoreDamagedError as error:
            # So damaged that the rest cannot be looked at.
            found.append(str(error))
        return found

    def backup(self, target: Path) -> None:
        """Write a copy of the store to a new SQLite file."""
        copying.backup(self._engine, target)

    def transfer(self, target: Store) -> None:
        """Copy all that this store holds into an empty one."""
        copying.transfer(self._engine, target._engine)

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Return the documents that hold the words of a query, the best first."""
        with connection.reading(self._engine) as open_:
            return searching.search(open_, query, limit)

    def document(self, id_: str) -> StoredDocument:
        """Return a document by its id or the beginning of it.

        Raises:
            UnknownIdError: there is none.
        """
        with connection.reading(self._engine) as open_:
            return reading.document(open_, id_)

    def record(self, id_: str) -> Record:
        """Return what the machine read out of a document.

        Raises:
            UnknownIdError: there is none.
        """
        with connection.reading(self._engine) as open_:
            return reading.record(open_, id_)

    def records(self) -> Iterator[Record]:
        """Yield the records of all documents in the order of adding, as of one moment."""
        with connection.reading(self._engine) as open_:
            yield from reading.records(open_)

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of documents by id."""
        with connection.reading(self._engine) as open_:
            return reading.texts(open_, ids)

    def account(self, id_: str) -> Account:
        """Return an account by its id.

        Raises:
            UnknownIdError: there is none, or it is gone.
        """
        with connection.reading(self._engine) as open_:
            return reading.account(open_, id_)

    def told(self, document: str) -> list[Account]:
        """Return the accounts of a document in the order of its text, rejected ones too.

        Raises:
            UnknownIdError: there is no such document.
        """
        with connection.reading(self._engine) as open_:
            return reading.told(open_, document)

    def event(self, id_: str) -> StoredEvent:
        """Return an event with all its accounts.

        Raises:
            UnknownIdError: there is none, or it was merged into another.
        """
        with connection.reading(self._engine) as open_:
            return reading.event(open_, id_)

    def events(self, ids: Iterable[str]) -> list[StoredEvent]:
        """Return those events of `ids` that are there."""
        with connection.reading(self._engine) as open_:
            return reading.events(open_, ids)

    def actors(self, ids: Iterable[str] | None = None) -> dict[str, Actor]:
        """Return actors by id: all, or those asked for that the store knows."""
        with connection.reading(self._engine) as open_:
            return reading.actors(open_, ids)

    def accounts(self, wanted: Filter) -> list[Account]:
        """Return the accounts that a filter lets through, the oldest day first."""
        with connection.reading(self._engine) as open_:
            return between.accounts_between(open_, wanted)

    def accounts_beside(self, wanted: Filter, most: int = 100) -> list[Account]:
        """Return what the newest documents on the parties tell of one of them and a third."""
        with connection.reading(self._engine) as open_:
            return between.accounts_beside(open_, wanted, most)

    def page(self, wanted: Filter, size: int = 50, after: Cursor | None = None) -> Page:
        """Return one page of accounts, the newest day first."""
        with connection.reading(self._engine) as open_:
            return between.page(open_, wanted, size, after)


@contextlib.contextmanager
def _closed_on_error(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _version(engine: Engine) -> str | None:
    with connection.mapped(engine.url), engine.connect() as probe:
        return connection.version(probe)


def _refuse_newer(engine: Engine, found: str | None) -> None:
    if found is not None and found > schema.HEAD:
        raise StoreVersionError(
            f"{connection.shown(engine.url)}: a newer version of Standoff made it ({found}, this "
            f"one knows {schema.HEAD}); install that version"
        )
