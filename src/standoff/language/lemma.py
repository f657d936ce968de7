"""Lemmas as edit rules: the class that a word needs to become its lemma.

A rule is written ``<case><strip>+<suffix>``: ``l3+y`` lower-cases the form, strips three
characters and appends ``y`` (``studies`` -> ``study``); ``k0+`` keeps the form as it stands
(``Seoul`` -> ``Seoul``). Predicting a rule instead of a string makes lemmatisation one more
per-word label of the encoder (Chrupala 2006; Straka 2018, UDPipe 2.0).
"""

from __future__ import annotations

import os

#: The rule that changes nothing; used for classes too rare to learn.
IDENTITY = "l0+"


def rule(form: str, lemma: str) -> str:
    """Return the rule that turns `form` into `lemma`.

    The case flag is ``l`` (lower-case first) when the lemma is all lower case, else ``k`` (keep).
    """
    case = "l" if lemma == lemma.lower() else "k"
    base = form.lower() if case == "l" else form
    shared = len(os.path.commonprefix([base, lemma]))
    return f"{case}{len(base) - shared}+{lemma[shared:]}"


def apply(form: str, edit: str) -> str:
    """Return the lemma that `edit` makes of `form`.

    A rule that would strip more than there is gives the form itself: a lemma is never empty.
    """
    base = form.lower() if edit[0] == "l" else form
    strip, suffix = edit[1:].split("+", 1)
    count = int(strip)
    if count > len(base):
        return base
    return base[: len(base) - count] + suffix or base
