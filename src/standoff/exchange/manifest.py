"""Exports that are whole or not there, each with a manifest beside it that says what it holds.

A file is written under a temporary name in its own folder and renamed when it is complete, so
nothing half-written ever has the final name. ``NAME.manifest.json`` follows last, in the same way,
and ends with ``"end": true``. Whoever copies an export on can check it with `verify`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import attrs

import standoff
from standoff.errors import TruncatedExportError
from standoff.exchange.profiles import Form, Profile, profile

SUFFIX = ".manifest.json"
_CHUNK = 1 << 20


@attrs.frozen
class Manifest:
    """What an export holds: `rows` without the header, `sha256` of the whole file.

    `losses` are what of an account the format cannot carry; `left_out` counts what could have been
    in the file and is not, by reason.
    """

    file: str
    format: Form
    profile: str
    rows: int
    bytes: int
    sha256: str
    losses: tuple[str, ...]
    left_out: dict[str, int]
    created: str
    software: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready values, the mark of completeness last."""
        return attrs.asdict(self) | {"losses": list(self.losses), "end": True}


def export(
    path: Path | str,
    of: Profile,
    write: Callable[[BinaryIO], int],
    left_out: Mapping[str, int] | None = None,
) -> Manifest:
    """Write an export and its manifest; a file of that name is replaced.

    `write` gets the open file and returns how many rows it wrote. `left_out` is read afterwards.

    Raises whatever `write` raises, and OSError where the folder cannot be written to; then nothing
    of the new export is left, and an older file of that name is as it was.
    """
    path = Path(path)
    with _replacing(path) as stream:
        rows = write(stream)
        stream.flush()
        size, digest = _measured(stream)
    manifest = Manifest(
        file=path.name,
        format=of.form,
        profile=of.name,
        rows=rows,
        bytes=size,
        sha256=digest,
        losses=of.losses,
        left_out=dict(left_out or {}),
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        software=f"standoff {standoff.__version__}",
    )
    with _replacing(manifest_of(path)) as stream:
        text = json.dumps(manifest.to_dict(), ensure_ascii=False, indent=2)
        stream.write(f"{text}\n".encode())
    return manifest


def manifest_of(path: Path | str) -> Path:
    """Return where the manifest of an export is: ``x.tsv.manifest.json`` for ``x.tsv``."""
    path = Path(path)
    return path.with_name(path.name + SUFFIX)


def verify(path: Path | str) -> Manifest:
    """Count an export anew and return its manifest, if the two agree.

    Raises:
        TruncatedExportError: the manifest is missing, broken or not complete, or bytes, rows or
            SHA-256 of the file differ from it; the message names them all.
    """
    path = Path(path)
    manifest = _read(manifest_of(path))
    try:
        with path.open("rb") as stream:
            size, digest = _measured(stream)
            stream.seek(0)
            rows = _rows(stream, manifest)
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}), though there is a manifest of it"
        raise TruncatedExportError(message, ("file",)) from error
    found = {"bytes": size, "rows": rows, "sha256": digest}
    said = {key: getattr(manifest, key) for key in found}
    differing = [key for key, value in found.items() if value is not None and value != said[key]]
    if differing:
        listed = "; ".join(f"{key} {found[key]}, not {said[key]}" for key in differing)
        message = f"{path}: not what its manifest says: {listed}. Export it or copy it again"
        raise TruncatedExportError(message, tuple(differing))
    return manifest


def _read(path: Path) -> Manifest:
    try:
        values = json.loads(path.read_bytes())
        if values.pop("end", None) is not True:
            raise ValueError("it does not end with its mark")
        return Manifest(**values | {"losses": tuple(values["losses"])})
    except FileNotFoundError as error:
        message = (
            f"{path}: there is no manifest: the export was broken off, or is none of Standoff's"
        )
        raise TruncatedExportError(message, ("manifest",)) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"{path}: the manifest cannot be read ({error}); export again"
        raise TruncatedExportError(message, ("manifest",)) from error


def _measured(stream: BinaryIO) -> tuple[int, str]:
    stream.seek(0)
    size, digest = 0, hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        digest.update(chunk)
    return size, digest.hexdigest()


def _rows(stream: BinaryIO, manifest: Manifest) -> int | None:
    """Count the rows of a text format; None for others, of which the SHA-256 says enough."""
    match manifest.format:
        case "jsonl":
            return sum(1 for line in stream)
        case "tsv":
            return sum(1 for line in stream) - profile(manifest.profile).header
        case "csv":
            return _csv_records(stream) - 1
    return None


def _csv_records(stream: BinaryIO) -> int:
    # A line end inside quotes belongs to its field, and a quote inside a field is doubled (RFC
    # 4180): a record ends where a line does and as many quotes have opened as closed.
    records = quotes = 0
    for line in stream:
        quotes += line.count(b'"')
        records += quotes % 2 == 0
    return records


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place when all went well, and else vanishes."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        with temporary.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
