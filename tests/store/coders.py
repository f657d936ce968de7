"""Processes in which coders decide on the same store beside the tests' own."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.synchronize import Barrier

from standoff.store import Coder, Store

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["standoff.store", "sqlalchemy.dialects.sqlite", "psycopg"])


def decide(address: str, by: str, ids: Sequence[str], count: int, together: Barrier) -> None:
    """Take decisions on accounts in turn, each with the number of the decision as the place.

    Every tenth is a verdict: a rejection or, the next time, that it was wrong. The coders begin
    each decision together, so that they do get in each other's way.
    """
    coder = Coder(by, f"{by} wants it so")
    with Store.open(address) as store, _aborting(together):
        for number in range(count):
            together.wait()
            id_ = ids[number % len(ids)]
            if number % 10 == 9:
                store.judge(id_, "reject" if number % 20 == 9 else "restore", coder)
            else:
                store.correct(id_, {"place": f"{by} {number}"}, coder)


@contextlib.contextmanager
def _aborting(together: Barrier) -> Iterator[None]:
    """Let nobody wait for one who has failed."""
    try:
        yield
    except BaseException:
        together.abort()
        raise


def decide_at_once(address: str, coders: Sequence[str], ids: Sequence[str], count: int) -> None:
    """Let each coder decide in a process of their own, all at the same time; wait for the end.

    Raises:
        AssertionError: a process did not come to its end.
    """
    together = _context.Barrier(len(coders), timeout=60)
    processes = [
        _context.Process(target=decide, args=(address, by, ids, count, together)) for by in coders
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(coders)
