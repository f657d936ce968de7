"""Near copies: reprints, syndicated and lightly edited versions of one report.

Shingles of five words, MinHash over them (Broder 1997; the signatures are rensa's), and bands for
looking up candidates (Leskovec, Rajaraman & Ullman 2020, chapter 3). Whoever has candidates asks
`resemblance` with both texts for the measure itself.
"""

from __future__ import annotations

import hashlib
import struct

from rensa import RMinHash

#: Five words in a row rarely stand in two reports that were written apart, save in quotations.
SHINGLE = 5
#: 32 bands of 4 rows find two texts that share 42 % of their shingles as often as not, and 95 % of
#: those that share 55 %; the signature costs a millisecond. Rerun `benchmarks copies` on a change.
_BANDS, _ROWS = 32, 4
_SEED = 1
#: The part of the shorter text's shingles that must stand in the longer for it to be a copy.
#: Reports of one agency on one event share a background of a third; rewritten copies, half.
LEAST = 0.6
#: Shorter texts share all they have with others by chance (headlines, greetings).
_FEWEST = 20


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five words of a text, without regard to case and punctuation."""
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return frozenset(" ".join(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1))


def bands(text: str) -> tuple[int, ...]:
    """Return numbers of 63 bits of which near copies have at least one in common, as a rule.

    A text of fewer than 24 words has none.
    """
    found = shingles(text)
    if len(found) < _FEWEST:
        return ()
    sketch = RMinHash(_BANDS * _ROWS, _SEED)
    sketch.update(sorted(found))
    digest = sketch.digest()
    return tuple(_number(k, digest[k * _ROWS : (k + 1) * _ROWS]) for k in range(_BANDS))


def resemblance(text: str, other: str) -> float:
    """Return the part (0 to 1) of the shorter text's shingles that the longer one has, too."""
    first, second = shingles(text), shingles(other)
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def is_copy(text: str, other: str) -> bool:
    """Tell whether one of two texts is a near copy of the other, or of a part of it."""
    return resemblance(text, other) >= LEAST


def _number(band: int, values: list[int]) -> int:
    packed = struct.pack(f"<{len(values) + 1}Q", band, *values)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little") >> 1
