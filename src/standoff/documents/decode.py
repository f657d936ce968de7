"""Bytes → text: which encoding, and whether this is text at all.

The order of trust follows the WHATWG Encoding and HTML standards (byte-order mark, then what the
page declares) with one exception that the web itself needs: bytes that are valid UTF-8 are
UTF-8 even where a page claims a Western single-byte encoding, because such text practically
never happens to be valid UTF-8.
"""

from __future__ import annotations

import codecs
import re

from standoff.errors import InputError, NotTextError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: How files start that are often handed in by mistake (magic numbers as in file(1)).
_MAGIC = (
    (b"%PDF-", "a PDF file; extract its text first"),
    (b"{\\rtf", "an RTF document; save it as plain text first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a ZIP archive (or a .docx, .odt or .epub); unpack it or save it as text"),
    (b"\x1f\x8b", "gzip-compressed; unpack it first"),
    (b"\xfd7zXZ\x00", "xz-compressed; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as plain text first"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

#: These starts are also plausible starts of a text: they count only where control bytes follow.
_ASCII_MAGIC = (
    (b"GIF8", "a GIF image"),
    (b"BZh", "bzip2-compressed; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"RIFF", "a WebP image, sound or film"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound file"),
    (b"MZ", "a program"),
    (b"PAR1", "a Parquet file"),
)

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)

#: Where the HTML standard looks for a declaration is the first 1024 bytes; pages put it later.
_DECLARATION_WITHIN = 4096

_SAMPLE = 65_536

#: Controls that no text has; tab, line feed, vertical tab, form feed, return and escape do occur.
_CONTROLS = tuple(
    chr(code) for code in (*range(0x20), 0x7F, 0xFFFD) if code not in {9, 10, 11, 12, 13, 27}
)


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Return `data` as text; line ends and stray control characters stay as they are.

    With `encoding` the bytes must be in it; without, it is found out: byte-order mark, what an
    HTML page declares, UTF-8, UTF-16 without a mark, then Windows-1252 or, where a large part of
    the bytes is not ASCII, what charset_normalizer finds.

    Raises:
        NotTextError: a known binary format, too many control characters, or no known encoding.
        InputError: there is no encoding of that name.
    """
    if encoding is not None:
        return _decode_as(data, encoding, name)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, codec, name)
    _refuse_binary(data, name)
    text = _declared(data)
    if text is None:
        text = _utf8(data)
    if text is None:
        text = _utf16(data)
    if text is None:
        text = _single_byte(data)
    if text is None:
        raise NotTextError(
            "its bytes are in no encoding that could be found out; give the encoding", name
        )
    return text


def check(text: str, name: str) -> None:
    """Raise NotTextError where `text` is not text, whatever it was decoded from.

    A few stray control characters pass; in bulk they mean that something binary was read. Half a
    surrogate pair cannot be written out again in any encoding.
    """
    bad = sum(map(text.count, _CONTROLS))
    if bad and (bad > 0.3 * len(text) or (bad > 8 and bad > 0.02 * len(text))):
        raise NotTextError("it is binary, not text: many of its characters are controls", name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotTextError(
            f"half a surrogate pair at character {error.start}; decode the text again", name
        ) from None


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise NotTextError(f"its bytes are not {encoding}", name) from None
    except (LookupError, ValueError):
        # ValueError: a name with a NUL in it. LookupError also stands for codecs of Python that
        # do not make text ("base64").
        raise InputError(f"no text encoding is called {encoding!r}", name) from None


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotTextError(f"it is {what}", name)
    for magic, what in _ASCII_MAGIC:
        if data.startswith(magic) and min(data[:512]) < 9:
            raise NotTextError(f"it is {what}", name)
    if data[4:8] == b"ftyp" and 0 in data[:4]:
        raise NotTextError("it is a film or an image", name)


def _declared(data: bytes) -> str | None:
    """Return the text in the encoding that a page declares, or None where that does not fit."""
    match = _DECLARED.search(data, 0, _DECLARATION_WITHIN)
    if match is None:
        return None
    label = (match[1] or match[2]).decode("ascii", "replace").lower()
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if codec.startswith(("utf-16", "utf-32", "utf-7")):
        return None  # the declaration was readable as ASCII, so it is wrong (HTML standard)
    if codec in {"ascii", "iso8859-1", "cp1252"}:
        # Browsers read all three as Windows-1252; UTF-8 is tried first, see the module's top.
        utf8 = _utf8(data)
        return utf8 if utf8 is not None else _cp1252(data)
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _utf8(data: bytes) -> str | None:
    """Return the text where `data` is UTF-8, cut or damaged in a few places at most."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return None if _looks_utf16(data) else text
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    # Sequences that are valid by chance are rare in other encodings: more whole characters than
    # broken ones mean UTF-8 with damage (cut in the middle of a character, a stray quotation mark).
    whole = len(text) - _ascii_count(data) - broken
    return text if whole >= 2 * broken else None


def _ascii_count(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(128))))


def _looks_utf16(data: bytes) -> str | None:
    """Return the codec where every other byte is mostly zero, as in UTF-16 without a mark."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.5 and even < 0.1:
        return "utf-16-le"
    if even > 0.5 and odd < 0.1:
        return "utf-16-be"
    return None


def _utf16(data: bytes) -> str | None:
    codec = _looks_utf16(data)
    if codec is None:
        return None
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _single_byte(data: bytes) -> str | None:
    """Return text in Windows-1252, or in whatever charset_normalizer finds.

    English in an unknown encoding is Windows-1252 nearly always: few bytes are not ASCII, and
    those are quotation marks, dashes and accents. Guessing statistically from so few is worse.
    """
    sample = data[:_SAMPLE]
    if len(sample) - _ascii_count(sample) <= 0.1 * len(sample):
        text = _cp1252(data)
        if text is not None:
            return text
    import charset_normalizer  # slow to import, rarely needed

    best = charset_normalizer.from_bytes(sample).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding, "replace")
    except (LookupError, ValueError):
        return None


def _cp1252(data: bytes) -> str | None:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None
