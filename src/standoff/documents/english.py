"""Is the text English? Decided only where there is enough of it, and with a margin.

Two looks: the share of English function words, which settles nearly every report in
microseconds, and py3langid (its model comes in its wheel) for the rest. A short text, a list of
names, or a text with an English part passes.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from importlib import resources

from standoff.errors import LanguageError

#: Fewer letters than this (some 200 characters) say too little: headlines, lists of names.
_ENOUGH = 160
#: In a script that English is not written in, fewer will do.
_ENOUGH_FOREIGN = 40

#: Words that are frequent in English and rare in every other language written in Latin script
#: ("in", "is", "on", "to", "for" are not: they are Dutch, German, French, Polish, Danish too).
_WORDS = frozenset(
    (
        "the",
        "of",
        "and",
        "that",
        "with",
        "from",
        "by",
        "which",
        "has",
        "have",
        "been",
        "were",
        "would",
        "their",
        "this",
        "they",
        "its",
        "said",
    )
)
#: These make 12-20 % of the words of English news, and under 2 % of any other language's.
_SHARE = 0.07

_WINDOWS, _WIDTH = 5, 2000
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
#: English, and the creoles and planned languages that py3langid takes odd English for.
_ENGLISH = ("en", "pcm", "vo", "zxx", "ext")


def check(text: str, name: str) -> str | None:
    """Return ``"en"``, or None where there is too little text to say or it says nothing clear.

    Raises:
        LanguageError: the text is clearly in another language, which the message names.
    """
    windows = _windows(text)
    sample = "".join(windows)
    letters = sum(map(len, _WORD.findall(sample)))
    foreign = letters - len(_LATIN.findall(sample))
    if letters < _ENOUGH and not (foreign > 0.6 * letters and letters >= _ENOUGH_FOREIGN):
        return None
    if any(_is_english(window) for window in windows):
        return "en"
    found = _identify(windows)
    if found is None:
        return None
    language = _names().get(found, f"the language with the code {found!r}")
    raise LanguageError(f"the text is in {language}; only English can be read", name)


def _windows(text: str) -> list[str]:
    """Return stretches from all over the text, all of one width, so that none is a mere tail."""
    count = min(_WINDOWS, -(-len(text) // _WIDTH))
    width = min(_WIDTH, -(-len(text) // count)) if count else 0
    step = (len(text) - width) // (count - 1) if count > 1 else 0
    return [text[number * step : number * step + width] for number in range(count)]


def _is_english(window: str) -> bool:
    words = _WORD.findall(window.lower())
    return len(words) >= 20 and sum(map(_WORDS.__contains__, words)) >= _SHARE * len(words)


def _identify(windows: list[str]) -> str | None:
    """Return the code of the language, None where it may be English or is not clear."""
    rank = _ranker()
    total: dict[str, float] = {}
    for window in windows:
        if len(_WORD.findall(window)) == 0:
            continue
        # Capitals look like another language to a model of letters.
        scores = dict(rank(window.lower()))
        if sum(scores.get(code, 0.0) for code in _ENGLISH) > 0.05:
            return None
        for code, score in scores.items():
            total[code] = total.get(code, 0.0) + score
    if not total:
        return None
    best = max(total, key=total.__getitem__)
    return best if total[best] >= 0.8 * sum(total.values()) else None


@functools.cache
def _ranker() -> Callable[[str], list[tuple[str, float]]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second with its model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    rank: Callable[[str], list[tuple[str, float]]] = identifier.rank
    return rank


@functools.cache
def _names() -> dict[str, str]:
    text = (resources.files("standoff.documents") / "data/languages.toml").read_text("utf-8")
    names: dict[str, str] = tomllib.loads(text)
    return names
