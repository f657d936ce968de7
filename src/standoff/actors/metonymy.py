"""Place or government: what the name of a state or its capital stands for where it stands.

"Pyongyang warned" and "business with Pyongyang" mean a government, "a visit to Pyongyang" and
"in Seoul" a place. Metonymy of this kind is regular (Markert and Nissim 2002, 2007): what decides
is the grammatical role, the preposition and the word that the name hangs from.
"""

from __future__ import annotations

from standoff.actors.lexicon import ADJECTIVE, NAME, SEAT, Hit
from standoff.actors.tables import cues
from standoff.actors.tokens import SUBJECTS, Tokens

_LOCATIVE = cues("metonymy", "locative")
_DIRECTION = cues("metonymy", "direction")
_TRUST = cues("metonymy", "trust")
_FEELING = cues("metonymy", "feeling")
_MOVES = cues("metonymy", "moves")
_ADDRESSES = cues("metonymy", "addresses")
_VISITS = cues("metonymy", "visits")
_PHYSICAL = cues("metonymy", "physical")
_PLACES = cues("metonymy", "places")
_EVENTS = cues("metonymy", "events")
_CITIES = cues("metonymy", "cities")
_TRIPS = cues("metonymy", "trips")
_GIFTS = cues("metonymy", "gifts")
_MONTHS = cues("metonymy", "months")


def _base(tokens: Tokens, index: int) -> str:
    """Return the lemma of a token, or a guess at it where the document has no lemmas."""
    word, lemma = tokens.lower[index], tokens.lemma[index]
    if lemma and lemma != word:
        return lemma
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + instead
            for guess in (word, stem, stem + "e"):
                if guess in _KNOWN:
                    return guess
    return word


_KNOWN = _MOVES | _ADDRESSES | _VISITS | _PHYSICAL | _PLACES | _EVENTS | _TRUST | _FEELING


def is_place(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether a state's or a capital's name is a place only; an actor is what is left.

    This is the one place where that is decided. It uses the tree where there is one, and else the
    words on both sides of the name.
    """
    if hit.entry(ADJECTIVE) and not hit.entry(NAME):
        return False
    if hit.part:
        return False
    seat = hit.entry(SEAT) is not None
    only_seat = seat and hit.entry(NAME) is None
    start, end = hit.start, hit.end
    if seat and _dateline(tokens, start, end):
        return True
    if tokens.genitive(end):
        if only_seat and _next_word(tokens, end + 1) in _PLACES:
            return True
        return _owns_place(tokens, start, end)
    dep, governor, preposition = _relation(tokens, start, end)
    if preposition in _LOCATIVE:
        if preposition == "at":
            return governor not in _FEELING and governor not in _ADDRESSES
        return not (preposition == "in" and governor in _TRUST)
    if preposition in _DIRECTION:
        if preposition == "on":
            return only_seat and governor in _PHYSICAL
        if preposition in ("over", "for"):
            return governor in _MOVES and (preposition == "for" or only_seat)
        if only_seat:
            return governor not in _ADDRESSES and not _sends_word(tokens, start, end)
        return governor in _MOVES and not _sends_word(tokens, start, end)
    if preposition == "of":
        if only_seat and (governor in _PLACES or governor in _PHYSICAL):
            return True
        return _hangs_from_name(tokens, start, end)
    if preposition == "with":
        return governor in ("border", "frontier")
    if preposition:
        return False
    if dep in SUBJECTS:
        return only_seat and dep == "nsubj:pass" and governor in _PHYSICAL
    if dep == "obj":
        return governor in _VISITS or (only_seat and governor in _PHYSICAL)
    if dep in ("compound", "nmod", "amod", "flat", "nmod:desc"):
        return governor in _TRIPS or (seat and (governor in _EVENTS or governor in _CITIES))
    return dep == "appos" and only_seat and governor in _CITIES


def _relation(tokens: Tokens, start: int, end: int) -> tuple[str, str, str]:
    """Return how a span hangs in its sentence: relation, governor's lemma, preposition."""
    if not tokens.parsed:
        return _neighbours(tokens, start, end)
    head = tokens.head_of(start, end)
    preposition = tokens.preposition(start, end)
    for _ in range(4):
        behind_comma = start and tokens.words[start - 1] == ","
        if tokens.dep[head] == "conj" or (
            tokens.dep[head] in ("appos", "nmod", "nmod:unmarked", "list", "dep", "flat")
            and behind_comma
            and not preposition
        ):
            head = tokens.head[head]
            preposition = preposition or tokens.preposition(head, head + 1)
        else:
            break
    governor = tokens.head[head]
    lemma = _base(tokens, governor) if governor != head else ""
    # "went back to Seoul", "on a trip to": what the phrase hangs from may be one step further up.
    return tokens.dep[head], lemma, preposition


def _neighbours(tokens: Tokens, start: int, end: int) -> tuple[str, str, str]:
    """Guess the relation of a span from the words around it."""
    preposition = tokens.preposition(start, end)
    if preposition:
        index = start - 1
        while index > 0 and tokens.lower[index] != preposition:
            index -= 1
        return "obl", _base(tokens, index - 1) if index > 0 else "", preposition
    if end < len(tokens):
        following = _base(tokens, end)
        if following in _EVENTS:
            return "compound", following, ""
    if start:
        before = _base(tokens, start - 1)
        if before in _VISITS or before in _PHYSICAL:
            return "obj", before, ""
        if tokens.words[start - 1] == "," and start > 1 and tokens.words[start - 2].istitle():
            return "obl", "", tokens.preposition(start - 2, start - 1)
    return "", "", ""


def _sends_word(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether what goes there is a message or a gift: "sent a warning to Beijing"."""
    if not tokens.parsed:
        return False
    verb = tokens.head[tokens.head_of(start, end)]
    return any(
        tokens.dep[child] == "obj" and tokens.lemma[child] in _ADDRESSES | _GIFTS
        for child in tokens.children[verb]
    )


def _owns_place(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a genitive names where a place lies: "in Syria's Idlib province"."""
    if not tokens.parsed:
        return False
    owned = tokens.head[tokens.head_of(start, end)]
    if tokens.preposition(owned, owned + 1) not in _LOCATIVE | {"to", "from"}:
        return False
    return tokens.pos[owned] == "PROPN" or tokens.lemma[owned] in _PLACES


def _hangs_from_name(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a state only says where a name belongs: "Vladivostok of Russia"."""
    if not tokens.parsed:
        return False
    above = tokens.head[tokens.head_of(start, end)]
    return tokens.pos[above] == "PROPN"


def _dateline(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a city opens a report: ``SEOUL (Reuters) -``, ``Seoul, Nov 9``."""
    if start not in tokens.sentence_starts or end + 1 >= len(tokens):
        return False
    if tokens.words[start].isupper() and tokens.words[end] in ",-—–:--":
        return True
    return tokens.words[end] == "(" or (
        tokens.words[end] == "," and tokens.lower[end + 1][:3] in _MONTHS
    )


def _next_word(tokens: Tokens, index: int) -> str:
    """Return the lemma of the next noun from `index` on, within three words."""
    stop = min(index + 3, len(tokens))
    for place in range(index, stop):
        if tokens.pos[place] == "NOUN" or not tokens.tagged:
            return _base(tokens, place)
    return ""
