"""Records written to a stream: as tables, as one JSON value, as JSON lines."""

from __future__ import annotations

from typing import Protocol, TextIO

from standoff.record import Record


class Writer(Protocol):
    """Takes records one by one; `end` is called after the last."""

    def __init__(self, stream: TextIO, *, several: bool) -> None: ...
    def add(self, record: Record) -> None:
        """Take one record."""
        ...

    def end(self) -> None:
        """Write what belongs after the last record."""
        ...


class Tables:
    """Each record as a table, with a line between two."""

    def __init__(self, stream: TextIO, *, several: bool) -> None:
        from standoff.cli.table import console

        self._console = console(stream)
        self._several = several
        self._first = True

    def add(self, record: Record) -> None:
        """Draw one record."""
        from standoff.cli.table import RecordView

        if not self._first:
            self._console.rule(style="dim")
        self._first = False
        self._console.print(RecordView(record))

    def end(self) -> None:
        """Add nothing."""


class Json:
    """One object where one document was asked for, an array where several were."""

    def __init__(self, stream: TextIO, *, several: bool) -> None:
        self._stream = stream
        self._several = several
        self._before = "[\n" if several else ""

    def add(self, record: Record) -> None:
        """Write one record, in the array if there is one."""
        self._stream.write(self._before + record.to_json(indent=2))
        self._before = ",\n" if self._several else "\n"

    def end(self) -> None:
        """Close the array."""
        if not self._several:
            self._stream.write(self._before)
        elif self._before == "[\n":
            self._stream.write("[]\n")
        else:
            self._stream.write("\n]\n")


class JsonLines:
    """One object a line."""

    def __init__(self, stream: TextIO, *, several: bool) -> None:
        self._stream = stream

    def add(self, record: Record) -> None:
        """Write one line, and through to the reader: it may be waiting at a pipe's other end."""
        self._stream.write(record.to_json() + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Add nothing."""


FORMATS: dict[str, type[Writer]] = {"table": Tables, "json": Json, "jsonl": JsonLines}
