"""Tables to import, as numbered lines: plain text, gzip (RFC 1952) or a member of a ZIP archive."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from standoff.errors import InvalidTableError

#: Rows of event data have a few thousand characters at most; a file with a longer line is no table,
#: and must not be read into memory whole (a small gzip file can unpack to any length).
LONGEST_LINE = 4_000_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_HEAD = 4096

Source = Path | str | TextIO


def name_of(source: Source) -> str:
    """Return what messages call a source."""
    if isinstance(source, Path | str):
        return str(source)
    return str(getattr(source, "name", None) or "table")


def lines(source: Source, member: str | None = None) -> Iterator[tuple[int, str | None]]:
    """Yield the lines of a table with their numbers from 1, without line ends; no empty ones.

    A line whose bytes are no UTF-8 comes as None. `source` is a path or an open text stream;
    `member` names the file inside a ZIP archive that holds several.

    Raises:
        InvalidTableError: the file cannot be read, is binary, breaks off, or is in an archive that
            holds none or several.
    """
    name = name_of(source)
    if not isinstance(source, Path | str):
        yield from _of_text(source, name)
        return
    try:
        with _opened(Path(source), name, member) as stream:
            yield from _of_bytes(stream, name)
    except OSError as error:
        raise InvalidTableError(f"cannot be read ({error.strerror or error})", name) from error


def _of_text(stream: TextIO, name: str) -> Iterator[tuple[int, str | None]]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        _check_length(len(line), name, number)
        if "\0" in line:
            raise InvalidTableError("binary, and no table", name, line=number)
        if line := line.rstrip("\r\n"):
            yield number, line.removeprefix("\ufeff") if number == 1 else line


def _of_bytes(stream: BinaryIO, name: str) -> Iterator[tuple[int, str | None]]:
    number = 0
    while True:
        try:
            line = stream.readline(LONGEST_LINE + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            message = f"breaks off or is damaged ({error}); fetch it again"
            raise InvalidTableError(message, name, line=number + 1) from error
        if not line:
            return
        number += 1
        _check_length(len(line), name, number)
        if b"\0" in line:
            raise InvalidTableError("binary, and no table", name, line=number)
        if line := line.rstrip(b"\r\n"):
            yield number, _decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _check_length(length: int, name: str, line: int) -> None:
    if length > LONGEST_LINE:
        message = f"a line of more than {LONGEST_LINE:,} characters: this is no table"
        raise InvalidTableError(message, name, line=line)


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


@contextmanager
def _opened(path: Path, name: str, member: str | None) -> Iterator[BinaryIO]:
    # By its first bytes, not by its name: releases rename and repack files.
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        if head.startswith(_GZIP):
            with gzip.open(stream) as unpacked:
                yield io.BufferedReader(unpacked)
        elif head.startswith(_ZIP):
            with _member(stream, name, member) as unpacked_member:
                yield unpacked_member
        else:
            yield stream


@contextmanager
def _member(stream: BinaryIO, name: str, member: str | None) -> Iterator[BinaryIO]:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
            if member is None and len(names) != 1:
                held = f"{len(names)} files ({', '.join(names[:5])})" if names else "no file"
                raise InvalidTableError(f"the archive holds {held}; name the one to read", name)
            if member is not None and member not in names:
                message = f"the archive has no {member!r}; it holds {', '.join(names[:5])}"
                raise InvalidTableError(message, name)
            with archive.open(member or names[0]) as unpacked:
                yield io.BufferedReader(unpacked)  # type: ignore[type-var]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        # RuntimeError: encrypted. NotImplementedError: packed in a way that zipfile does not know.
        raise InvalidTableError(f"the archive cannot be read ({error})", name) from error
