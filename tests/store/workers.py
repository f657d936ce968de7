"""Processes that write to a store beside the tests' own; they may be killed at any moment.

They are forked by a server that has imported the store, so that starting one takes no time.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

import sqlalchemy

from standoff.record import Record
from standoff.store import Store

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["standoff.store", "sqlalchemy.dialects.sqlite", "psycopg"])

#: What a worker says: that a statement was run, or that a record is in the store.
STATEMENT, ADDED = "statement", "added"


def add_all(address: str, lines: Sequence[str], told: Connection) -> None:
    """Add records, as JSON, one by one, and tell of each statement and of each that is in."""

    def tell(*_: Any) -> None:
        # Whoever listened may be gone, which is no reason to stop.
        with contextlib.suppress(BrokenPipeError):
            told.send(STATEMENT)

    sqlalchemy.event.listen(sqlalchemy.Engine, "after_cursor_execute", tell)
    with Store.open(address) as store:
        for line in lines:
            store.add(Record.from_json(line))
            with contextlib.suppress(BrokenPipeError):
                told.send(ADDED)


@contextlib.contextmanager
def adding(
    address: str, records: Sequence[Record]
) -> Iterator[tuple[ForkServerProcess, Iterator[str]]]:
    """Start a process that adds records, and give it with what it tells; hear it to its end."""
    listening, telling = _context.Pipe(duplex=False)
    lines = [record.to_json() for record in records]
    process = _context.Process(target=add_all, args=(address, lines, telling))
    process.start()
    telling.close()
    heard = _heard(listening)
    try:
        yield process, heard
    finally:
        # Else it would wait for ever to be heard, once the pipe is full.
        for _ in heard:
            pass
        process.join()
        listening.close()


def _heard(listening: Connection) -> Iterator[str]:
    with contextlib.suppress(EOFError):
        while True:
            yield listening.recv()
