"""Lemmas as edit rules: the class that a word needs to become its lemma.

A rule is written ``<case><strip>+<suffix>``: ``l3+y`` lower-cases the form, strips three
characters and appends ``y`` (``studies`` -> ``study``); ``k0+`` keeps the form as it stands
(``Seoul`` -> ``Seoul``). Predicting a rule instead of a string makes lemmatisation one more
per-word label of the encoder (Chrupala 2006; Straka 2018, UDPipe 2.0).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: The rule that changes nothing; used for classes too rare to learn.
IDENTITY = "l0+"


def rule(form: str, lemma: str) -> str:
    """Return the rule that turns `form` into `lemma`.

    The case flag is ``l`` (lower-case first) when the lemma is all lower case, else ``k`` (keep).
    """
    case = "l" if lemma == lemma.lower() else "k"
    base = form.lower() if case == "l" else form
    shared = next(
        (i for i, (a, b) in enumerate(zip(base, lemma, strict=False)) if a != b),
        min(len(base), len(lemma)),
    )
    return f"{case}{len(base) - shared}+{lemma[shared:]}"


def apply(form: str, edit: str) -> str:
    """Return the lemma that `edit` makes of `form`.

    A rule that would strip more than there is gives the form itself: a lemma is never empty.
    Rules know how words of a kind inflect, not which stems exist: what a rule makes of an inflected
    verb is mended where it is no verb but a near spelling is ("postpon", "insiste", "bann").
    """
    base = form.lower() if edit[0] == "l" else form
    strip, suffix = edit[1:].split("+", 1)
    count = int(strip)
    if count > len(base):
        return base
    word = base[: len(base) - count] + suffix or base
    if count and not suffix and word not in _verbs() and base in _verbs():
        return base
    return _mended(word) if count and base.endswith(("ed", "ing")) else word


def _mended(word: str) -> str:
    if word in _verbs():
        return word
    near = (word + "e", word[:-1])
    return next((stem for stem in near if stem in _verbs()), word)


@cache
def _verbs() -> frozenset[str]:
    text = files("standoff.language").joinpath("data", "verbs.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
