"""Accounts as JSON lines: one object an account, in UTF-8, without loss in both directions.

Keys are the fields of `standoff.store.model.Account`; spans are objects with `start`, `end` and
`text`, days are ISO 8601.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from types import NoneType
from typing import Any, BinaryIO, Literal, get_args, get_origin, get_type_hints

import attrs

from standoff.errors import InvalidRecordError, InvalidTableError
from standoff.exchange.manifest import Manifest, export
from standoff.exchange.opening import Source, lines, name_of
from standoff.exchange.profiles import profile
from standoff.record.node import Node
from standoff.store.model import Account

# As in standoff.record.encoding: lone surrogates cannot be written as UTF-8, and the others end a
# line for readers such as str.splitlines. JSON has an escape for each.
_TO_ESCAPE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def write_jsonl(path: Path | str, accounts: Iterable[Account]) -> Manifest:
    """Write accounts as JSON lines with their manifest; `read_jsonl` gives equal accounts back.

    Raises:
        InvalidRecordError: an account cannot be written as JSON: a number that is none, a string
            with a character in two halves.
        OSError: the folder cannot be written to.
    """

    def write(stream: BinaryIO) -> int:
        count = 0
        for count, account in enumerate(accounts, start=1):  # noqa: B007
            stream.write(to_line(account).encode("utf-8") + b"\n")
        return count

    return export(path, profile("accounts", "jsonl"), write)


def to_line(account: Account) -> str:
    """Return an account as JSON on one line, without a line end.

    Raises:
        InvalidRecordError: it cannot be written as JSON.
    """
    values = attrs.asdict(account, value_serializer=_serialized)
    try:
        text = json.dumps(values, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise InvalidRecordError(f"account {account.id}: cannot be JSON: {error}") from error
    if _SPLIT_PAIR.search(text) is not None:
        # Escaped, the two would be read back as the one character that they stand for.
        raise InvalidRecordError(f"account {account.id}: cannot be JSON: a split surrogate pair")
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _serialized(owner: type, field: attrs.Attribute[Any], value: Any) -> Any:
    # Not value.isoformat(): for a datetime, which is a date too, that would add the hour.
    return datetime.date.isoformat(value) if isinstance(value, datetime.date) else value


def read_jsonl(source: Source, *, member: str | None = None) -> Iterator[Account]:
    """Yield the accounts of a file of JSON lines, plain, gzip or in a ZIP archive.

    Raises:
        InvalidTableError: a line is no account; the message names the line and the field.
    """
    name = name_of(source)
    for number, line in lines(source, member):
        try:
            yield of_line(line)
        except InvalidRecordError as error:
            raise InvalidTableError(str(error), name, line=number) from error


def of_line(line: str | None) -> Account:
    """Return the account of a line.

    Raises:
        InvalidRecordError: it is no account; the message names the field.
    """
    if line is None:
        raise InvalidRecordError("not UTF-8")
    try:
        node = Node(json.loads(line))
    except (ValueError, RecursionError) as error:
        raise InvalidRecordError(f"not JSON: {error}") from error
    account: Account = _decoded(node, Account)
    return account


def _decoded(node: Node, kind: Any) -> Any:
    """Return a JSON value as what `kind`, the annotation of a field, says that it is."""
    origin, inner = get_origin(kind), get_args(kind)
    if attrs.has(kind):
        hints = _hints(kind)
        return kind(**{name: _decoded(node[name], hint) for name, hint in hints.items()})
    if kind in _SIMPLE:
        return _SIMPLE[kind](node)
    if origin is Literal:
        return node.one_of(inner)
    if origin is tuple:
        values = node.each(partial(_decoded, kind=inner[0]))
        if inner[-1] is not ... and len(values) != len(inner):
            node.fail(f"expected {len(inner)} values, found {len(values)}")
        return values
    (kind,) = (each for each in inner if each is not NoneType)
    return node.maybe(partial(_decoded, kind=kind))


_SIMPLE: dict[Any, Callable[[Node], Any]] = {
    str: Node.string,
    int: Node.integer,
    float: Node.number,
    datetime.date: Node.day,
}


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind)}
