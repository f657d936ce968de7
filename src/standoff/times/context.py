"""Is a match a time where it stands? "In May" is, "May said" and "Black Friday" are not."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import attrs
from spacy.tokens import Doc

from standoff.times.grammar import Found
from standoff.times.words import listed, tables

#: Months whose names are names of people or words.
_AMBIGUOUS_MONTHS = frozenset({"may", "march"})
#: Prepositions after which they may be people all the same ("a letter to May").
_WEAK = frozenset({"by", "to", "of", "from", "before", "after", "around", "between"})
_SPEECH = frozenset({"said", "says", "told", "tells", "added", "insisted", "warned", "will", "has"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


@attrs.frozen
class Place:
    """A match in its document, tokens `start` to `end`; `people` are months that are people."""

    doc: Doc
    found: Found
    start: int
    end: int
    people: Callable[[], frozenset[str]]

    def before(self, distance: int = 1) -> str:
        """Return the word that stands so many tokens before, in lower case; "" where none does."""
        index = self.start - distance
        return self.doc[index].lower_ if index >= 0 else ""

    def after(self, distance: int = 1) -> str:
        """Return the word that stands so many tokens behind, in lower case."""
        index = self.end + distance - 1
        return self.doc[index].lower_ if index < len(self.doc) else ""


def accepts(place: Place) -> bool:
    """Return whether a match is an expression of time."""
    match place.found.kind:
        case "month":
            return _month(place)
        case "year" | "years":
            return _year(place)
        case "weekday":
            return _weekday(place)
        case "season":
            return _season(place)
        case "deictic":
            return _deictic(place)
        case "adverb" | "noon":
            return not _is_name(place) and not _is_paper(place)
        case "duration":
            return _duration(place)
        case "holiday":
            # Feasts are capitalised; "Easter Island" and "the Tet Offensive" are no days.
            return (place.found["holiday"] or "")[:1].isupper() and not _is_name(place)
        case "lengths":
            return place.before() in listed("temporal", "of_lengths") and place.after() != "old"
        case "reference":
            return _reference(place)
        case "report":
            return place.found["rel"] is not None or (
                place.found.lower("unit") == "quarter" and place.before() in {"in", "for", "during"}
            )
        case "whole":
            if place.found["kind"]:
                return True
            return place.before() in {"in", "for", "during", "of"} and place.after() != "of"
        case "q":
            return place.found["unit"] == "Q" or place.found["year"] is not None
        case _:
            return True


def _month(place: Place) -> bool:
    found, before, after = place.found, place.before(), place.after()
    month = (found["month"] or "").lower().rstrip(".")
    marked = found["rel"] is not None or found.modifier is not None
    if marked:
        return True
    if month not in tables()["months"]:  # "Nov." alone
        return before in listed("temporal", "prepositions")
    if month not in _AMBIGUOUS_MONTHS:
        return not _between_names(place)
    if before in listed("temporal", "prepositions") or before in tables()["bounds"]:
        return before not in _WEAK or month not in place.people()
    if before in {"and", "or", "-", "–"} or after in {"and", "or", "-", "–"}:
        other = place.before(2) if before in {"and", "or", "-", "–"} else place.after(2)
        return other in tables()["months"]
    return False


def _between_names(place: Place) -> bool:
    """Return whether a month is part of a person's name: "June Smith", "President August"."""
    if place.end >= len(place.doc):
        return False
    following = place.doc[place.end]
    return following.dep_ == "flat" and place.start <= following.head.i < place.end


def people(doc: Doc) -> frozenset[str]:
    """Return the ambiguous names of months that name people here: "Theresa May", "May said"."""
    found = set()
    known = {
        *listed("temporal", "prepositions"),
        *listed("temporal", "modifiers"),
        *tables()["bounds"],
    }
    previous = None
    for token, following in itertools.pairwise(doc):
        if token.lower_ in _AMBIGUOUS_MONTHS and token.is_title:
            named = previous is not None and previous.is_title and previous.is_alpha
            if following.lower_ in _SPEECH or (
                named and previous is not None and previous.lower_ not in known
            ):
                found.add(token.lower_)
        previous = token
    return frozenset(found)


def _year(place: Place) -> bool:
    found, before, after = place.found, place.before(), place.after()
    year = int(found["year"] or 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return False
    if after in listed("counted", "nouns") or after in {"%", "°", "$", "€", "£"}:
        return False
    if before in {"$", "€", "£", "no", "no.", "#", "than", "nearly", "some", "about", "almost"}:
        return False
    if found.kind == "years":
        return year >= 1500
    if found.modifier is not None:
        return True
    recent = 1700 <= year <= 2050
    if before in {"(", "["}:
        return after in {")", "]", "-", "–", ",", ";"} and year >= 1500
    if before in listed("temporal", "prepositions"):
        # "to 2000", "from 1200", "for 1500" are as often amounts; recent years are years.
        return before not in listed("temporal", "of_amounts") or recent
    if before in {"and", "or", "-", "–", ","} and _is_year(place.before(2)):
        return year >= 1500
    if before == "the" or _determines(place):  # "the 1994 accord", "its 1989 results"
        return recent and after[:1].isalpha()
    return recent and _opens_line(place)


def _determines(place: Place) -> bool:
    """Return whether a determiner or possessive stands before: "a 1996 law", "Iran's 2015 deal"."""
    word = place.doc[place.start - 1] if place.start else None
    return word is not None and (
        word.lower_ in {"a", "an", "this", "that", "'s", "’s"} or word.dep_ == "nmod:poss"
    )


def _opens_line(place: Place) -> bool:
    """Return whether a year is a heading of its own, or opens one: "2006: Civil war"."""
    opens = place.start == 0 or "\n" in place.doc[place.start - 1].text
    closes = place.end >= len(place.doc) or "\n" in place.doc[place.end].text
    return opens and (closes or place.after() in {":", "-", "–"})


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[0] in "12"


def _weekday(place: Place) -> bool:
    before, after = place.before(), place.after()
    if place.found["rel"] is None and place.start:
        if before in listed("names", "before_weekday") and place.doc[place.start - 1].is_title:
            return False
        if before in {"a", "any"}:
            return False
    return after not in listed("names", "after_weekday") or (
        place.end < len(place.doc) and not place.doc[place.end].is_title
    )


def _season(place: Place) -> bool:
    found = place.found
    if found["rel"] is not None or found["year"] is not None or found.modifier is not None:
        return True
    if found["article"] is not None:
        return place.before() in {"in", "during", "since", "until", "by", "over", "throughout"}
    # "Arab Spring" is a name, "in spring" is a time.
    return place.before() in {"in", "since", "until", "by"} and (found["season"] or "").islower()


def _deictic(place: Place) -> bool:
    """Return whether "Today" is the day and not a paper ("USA Today")."""
    token = place.doc[place.start]
    return not (token.text.istitle() and _is_name(place))


def _reference(place: Place) -> bool:
    """Return whether "now" is a time, "the past" a noun and not the adjective of another."""
    if not place.found.text.lower().startswith("the") or place.end >= len(place.doc):
        return True
    following = place.doc[place.end]
    return following.pos_ not in _NOMINAL and bool(following.pos_ or not following.is_alpha)


def _is_paper(place: Place) -> bool:
    """Return whether "daily" is a newspaper: "the party daily", "the weekly Granma"."""
    token = place.doc[place.start]
    return token.pos_ == "NOUN" and place.found["adverb"] is not None


def _is_name(place: Place) -> bool:
    """Return whether the match, capitalised, stands beside another capitalised word."""
    token = place.doc[place.start]
    if not token.text.istitle():
        return False
    if place.start and place.doc[place.start - 1].text[:1].isupper():
        return True
    following = place.doc[place.end] if place.end < len(place.doc) else None
    return token.lower_ not in {"today", "yesterday", "tomorrow", "tonight"} and (
        following is not None and following.text[:1].isupper()
    )


def _duration(place: Place) -> bool:
    """Return whether an amount of units is a stretch of time: "a week" mostly is a rate."""
    amount, unit = place.found.lower("amount"), place.found["unit"] or ""
    if unit.lower().startswith("quarter"):
        return False  # "three quarters of the exports"
    if place.found.approximation is not None or place.found["or_two"] or place.found["long"]:
        return True
    if amount == "one" and place.found.text.split()[-1] != unit:
        return True  # "one-day"
    if amount in {"a", "an", "one"} and place.after() in {"after", "before"}:
        return True
    if amount in {"a", "an"}:
        return place.before() in {"for", "within", "over", "after", "lasted", "in", "nearly"}
    if amount in {"one", "some"}:
        return place.before() in {"for", "within", "over", "after", "in", "only", "than"}
    return True
