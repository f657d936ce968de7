"""Names without what spellings of one name differ in: case, accents, hyphens, apostrophes."""

from __future__ import annotations

import re
import unicodedata

_JOINTS = re.compile(r"[-\u2010-\u2015/,]")
_DROPPED = re.compile(r"[.'’‘`ʻʿʾ]")
#: Letters that do not decompose into a letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)


def fold(name: str) -> str:
    """Return the form under which spellings of one name are alike.

    >>> fold("N’Djaména"), fold("St. John's"), fold("Port-au-Prince")
    ('ndjamena', 'st johns', 'port au prince')
    """
    plain = _DROPPED.sub("", _JOINTS.sub(" ", unaccented(name)))
    return " ".join(plain.casefold().translate(_LETTERS).split())


def unaccented(name: str) -> str:
    """Return a name without its accents, case and all else as they are.

    >>> unaccented("Andrés Manuel López Obrador")
    'Andres Manuel Lopez Obrador'
    """
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name)
    return "".join(char for char in parts if not unicodedata.combining(char))
