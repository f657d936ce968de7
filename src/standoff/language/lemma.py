"""Lemmas as edit rules: the class that a word needs to become its lemma.

A rule is written ``<case><strip>+<suffix>``: ``l3+y`` lower-cases the form, strips three
characters and appends ``y`` (``studies`` -> ``study``); ``k0+`` keeps the form as it stands
(``Seoul`` -> ``Seoul``). Predicting a rule instead of a string makes lemmatisation one more
per-word label of the encoder (Chrupala 2006; Straka 2018, UDPipe 2.0).
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """Return what the rule `edit` makes of `form`.

    A rule that would strip more than there is strips nothing: a lemma is never empty.
    """
    base = form.lower() if edit[0] == "l" else form
    strip, suffix = edit[1:].split("+", 1)
    count = int(strip)
    if count > len(base):
        return base
    return base[: len(base) - count] + suffix or base


def lemma(form: str, edit: str, tag: str, upos: str = "VERB") -> str:
    """Return the lemma of a word with tags `tag` (Penn) and `upos`, whose best rule is `edit`.

    Rules know how words of a kind inflect, not which stems exist. Where the rule makes no known
    verb of an inflected one ("postpon", "insiste", "warning"), the stem is sought among the
    spellings that regular inflection allows.
    """
    word = apply(form, edit)
    if upos == "VERB" and tag not in _ENDINGS and form.lower().endswith("ing"):
        tag = "VBG"  # the two taggers disagree, and the parser sides with the verb
    if tag not in _ENDINGS or edit[0] != "l" or (word in _verbs() and word != form.lower()):
        return word
    return next((stem for stem in _stems(form.lower(), tag) if stem in _verbs()), word)


#: The regular endings of verb forms, by Penn tag.
_ENDINGS = {"VBG": ("ing",), "VBD": ("ed",), "VBN": ("ed",), "VBZ": ("ies", "es", "s")}


def _stems(base: str, tag: str) -> Iterator[str]:
    """Yield the stems that may have taken a tag's ending: dropp-ed, agree-d, carr-ied, go-ing."""
    for ending in _ENDINGS[tag]:
        if base.endswith(ending):
            stem = base[: -len(ending)]
            if ending == "ed" and stem.endswith("i"):
                yield stem[:-1] + "y"
            if ending == "ies":
                yield stem + "y"
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _verbs() -> frozenset[str]:
    text = files("standoff.language").joinpath("data", "verbs.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
