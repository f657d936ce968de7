"""Bytes, files and strings → `Document`: decoded, checked, dated where something says the date.

Offsets of everything read later count code points of ``Document.text``. A text that is given as
``str``, or read from a text file, is never altered, so offsets into it are offsets into what was
handed in; the text of a web page is its article alone, one paragraph a line with blank lines
between.
"""

from standoff.documents.dates import parse_date
from standoff.documents.sources import MAX_BYTES, files, from_bytes, from_path, from_text

__all__ = ["MAX_BYTES", "files", "from_bytes", "from_path", "from_text", "parse_date"]
