"""The patterns of the kinds of expressions, put together from the tables of words.

Patterns are tried in the order in which they stand, so the longer of two that begin alike comes
first. Every kind has named parts; what they mean is for the resolvers to say.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import attrs

from standoff.times.words import listed, tables

#: A line may break inside an expression, a paragraph may not.
_S = r"(?:[ \t\u00a0]|\r?\n(?![ \t]*\r?\n))+"
_H = r"[-\u2010\u2011–]"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<year>[12]\d{3})(?!\d|[.,]\d)"
#: KCNA counts the years from 1912 and puts ours behind: "Juche 107 (2018)".
_OF_YEAR = rf"(?:Juche{_S}\d{{1,3}}{_S}?\((?P<juche>[12]\d{{3}})\)|{_YEAR})"
_TO = rf"(?:\s?{_H}\s?|{_S}(?i:to|and|or){_S})"
_THE = rf"(?P<the>(?i:the){_S})?"
_NEAR = rf"(?i:last|next|this{_S}past|this{_S}coming|this)"
_ZONE = rf"(?:,?{_S}(?P<zone>[ECMP][SD]?T|GMT|UTC)(?!\w))?"
_STORY = rf"(?i:(?:the{_S})?(?:previous|following|same))"


@attrs.frozen
class Patterns:
    """What the search needs, compiled.

    `words` finds the words at which an expression may start, `starts` says which may; `any`
    matches an expression of any kind (its group is the kind), `kinds` the parts of one.
    `narrowing` and `approximating` match the words before an expression that belong to it.
    """

    words: re.Pattern[str]
    starts: frozenset[str]
    any: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]
    narrowing: re.Pattern[str]
    approximating: re.Pattern[str]


@functools.cache
def patterns() -> Patterns:
    """Return the compiled patterns; they take a few milliseconds to make."""
    sources = {**_hours(), **_dates(), **_relative(), **_lengths()}
    anonymous = {kind: _anonymous(source) for kind, source in sources.items()}
    return Patterns(
        words=re.compile(r"(?<!\w)(?:['’](?=\d0s)|[^\W\d_]+\d?|\d+)"),
        starts=_starts(),
        any=re.compile("|".join(f"(?P<{kind}>{source})" for kind, source in anonymous.items())),
        kinds={kind: re.compile(source) for kind, source in sources.items()},
        narrowing=re.compile(_narrowing()),
        approximating=re.compile(_approximating()),
    )


def _dates() -> dict[str, str]:
    """Return the patterns of days, months and years."""
    data = tables()
    full, short = _named(data["months"]), _named(data["months_short"])
    month = rf"(?P<month>{full}|{short}[.]?)"
    days, days_short = _named(data["weekdays"]), _named(data["weekdays_short"])
    on = rf"(?:(?P<weekday>{days}|{days_short}[.]?),?{_S})?"
    year = rf"(?:,?{_S}{_OF_YEAR})?"
    first, last = rf"(?P<day>{_DAY})", rf"(?P<day2>{_DAY})"
    part = rf"(?:{_S}(?P<part>{_any_of(data['parts'])}))?"
    spelled = rf"(?i:nineteen)(?:{_S}|{_H})(?P<words>{_two_digits()})"
    holiday = "|".join(
        re.escape(name.title()).replace("'", "['’]").replace(r"S\ ", r"s\ ")
        for name in sorted(data["holidays"], key=lambda name: -len(name))
    )
    return {
        "holiday": rf"(?:(?P<rel>{_NEAR}){_S})?(?P<holiday>(?i:{holiday}))(?!\w)(?:,?{_S}{_YEAR})?",
        "iso": r"(?P<year>[12]\d{3})-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+Z?)?(?![-\d])",
        "numeric": r"(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)"
        r"(?P<year>[12]\d{3})(?!\d|[/.-]\d)",
        "days_month": rf"{_THE}{first}{_TO}{last}(?:{_S}(?i:of))?{_S}{month}{year}",
        "month_days": rf"{month}{_S}{first}{_TO}{last}(?!{_S}?{_H}|[.,:]\d){year}",
        "day_month": rf"{on}{_THE}{first}(?:{_S}(?i:of))?{_S}{month}{year}",
        "month_day": rf"{on}{month}{_S}(?:(?i:the){_S})?{first}(?![.,:]\d|%){year}",
        "month_year": rf"{month},?(?:{_S}(?i:of))?{_S}(?:{_OF_YEAR}|{spelled})",
        "month": rf"(?:(?P<rel>{_NEAR}|{_STORY}){_S})?(?P<month>{full}|{short}[.])(?!{_S}\d)"
        rf"(?:{_S}(?:(?i:of){_S})?(?P<of>(?i:last|this|next)){_S}(?i:year)(?!\w))?",
        "weekday": rf"(?:(?P<rel>{_NEAR}|(?i:past|coming)|{_STORY}){_S})?(?P<weekday>{days}){part}",
        "decade": rf"{_THE}(?:(?P<early>(?i:early|mid|late))(?:{_S}|{_H}))?"
        r"(?:(?P<year>[12]\d{2}0)|['’](?P<short>\d0))s(?!\w)",
        "years": rf"(?P<year>[12]\d{{3}}){_H}(?P<year2>[12]\d{{3}}|\d\d)(?!\w|[-/.,]\d|{_H}\w)",
        "year_quarter": rf"{_THE}{_YEAR}{_S}(?P<ordinal>{_any_of(data['ordinals'])})(?:{_S}|{_H})"
        r"(?P<unit>(?i:quarter|half))(?!\w)",
        "fiscal": rf"{_THE}(?i:fiscal){_S}(?:(?i:year){_S})?{_YEAR}",
        "bc_range": rf"(?P<year>\d{{1,4}}){_TO}(?P<year2>\d{{1,4}}){_S}?(?:BCE?|B[.]C[.](?:E[.])?)"
        r"(?!\w)",
        "year_season": rf"{_YEAR}{_S}(?P<season>{_any_of(data['seasons'])})",
        "year_report": rf"(?P<the>(?i:the){_S}){_YEAR}{_S}(?P<unit>(?i:quarter|period))(?!\w)",
        "bc": rf"(?:(?P<season>{_any_of(data['seasons'])}){_S})?(?P<year>\d{{1,4}}){_S}?"
        r"(?:BCE?|B[.]C[.](?:E[.])?)(?!\w)",
        "century": rf"{_THE}(?P<number>\d{{1,2}}(?:st|nd|rd|th)|{_any_of(data['centuries'])})"
        rf"(?:{_S}|{_H})(?i:century)(?!\w)(?:{_S}(?P<bc>BCE?|B[.]C[.](?:E[.])?)(?!\w))?",
        "spelled": rf"{spelled}"
        rf"|(?i:the{_S}year{_S}two{_S}thousand)(?!\w)",
        "year": rf"{_YEAR}(?![\w%/]|{_H}\w)",
    }


def _hours() -> dict[str, str]:
    """Return the patterns of times of day."""
    parts = _any_of(tables()["parts"])
    return {
        "clock": r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?"
        rf"(?:{_S}?(?P<half>(?i:[ap][.]?m(?:[.]|(?!\w)))){_ZONE}"
        rf"|(?:{_S}(?i:o['’]clock))?{_S}(?i:in{_S}the|at){_S}(?P<part>{parts}))",
        "clock24": rf"(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d){_S}?(?P<zone>GMT|UTC)(?!\w)",
        "noon": rf"(?P<word>(?i:noon|midday|midnight))(?!\w){_ZONE}",
    }


def _relative() -> dict[str, str]:
    """Return the patterns of what is counted from the day of the report."""
    data = tables()
    part = _any_of(data["parts"])
    season, ordinal = _any_of(data["seasons"]), _any_of(data["ordinals"])
    unit = r"(?P<unit>(?i:week|month|quarter|year|decade|century))(?!\w)"
    of_year = (
        rf"(?:,?(?:{_S}(?i:of|in))?{_S}{_YEAR}"
        rf"|{_S}(?i:of|in){_S}(?P<rel>(?i:last|this|next|the)){_S}(?i:year)(?!\w))?"
    )
    far = rf"(?i:day{_S}before{_S}yesterday|day{_S}after{_S}tomorrow)(?!\w)"
    return {
        "deictic": rf"(?:(?i:the){_S}(?P<far>{far})"
        rf"|(?P<deictic>(?i:yesterday|today|tomorrow|tonight))(?!\w)"
        rf"(?:{_S}(?P<part>{part}))?)",
        "report": rf"(?i:the){_S}(?:(?P<rel>(?i:latest|(?:comparable{_S})?year{_H}(?:ago|earlier)))"
        rf"{_S})?(?P<unit>(?i:quarter|period))(?!\w)",
        "compared": rf"(?i:year{_H}(?P<way>ago|earlier))(?!\w)",
        "part": rf"(?P<rel>(?i:this|last)){_S}(?P<part>{part})",
        "of_unit": rf"{_THE}(?P<edge>(?i:end|beginning|start|middle)){_S}(?i:of){_S}(?i:the){_S}"
        rf"{unit}",
        "span": rf"{_THE}(?P<rel>(?i:last|past|next|coming|previous|following|recent)){_S}"
        rf"(?:(?P<amount>{_exact()}|{_any_of(data['vague']['words'])}){_S})?"
        rf"(?P<unit>{_any_of(_plurals().values())})",
        "quarter": rf"{_THE}(?:(?P<ago>(?i:year{_H}(?:ago|earlier))){_S})?"
        rf"(?:(?P<near>(?i:last|this|next)){_S}(?i:year)['’]s{_S})?"
        rf"(?P<ordinal>{ordinal})(?:{_S}|{_H})(?P<unit>(?i:quarter|half))(?!\w)"
        rf"{of_year}",
        "unit": rf"(?:{_THE}(?P<rel>(?i:last|past|next|coming|previous|following|current|same))"
        rf"|(?P<near>(?i:this|that{_S}same|that))){_S}"
        r"(?P<unit>(?i:weekend|day|week|fortnight|month|quarter|year|decade|century))(?!\w)",
        "weekend": rf"(?i:the){_S}(?P<unit>(?i:weekend))(?!\w)",
        "q": rf"(?P<unit>[QH])(?P<ordinal>[1-4])(?!\w)(?:{_S}(?i:of{_S})?{_YEAR})?",
        "season": rf"(?:{_THE}(?P<rel>{_NEAR}|(?i:coming)){_S}|(?P<article>(?i:the){_S}))?"
        rf"(?P<season>{season})(?:(?:{_S}(?i:of))?{_S}{_YEAR})?",
    }


def _lengths() -> dict[str, str]:
    """Return the patterns of amounts of units, and of what recurs."""
    data = tables()
    units = rf"(?P<unit>{_any_of([*_plurals(), *_plurals().values()])})"
    joined = "|".join([*_plurals().values(), *_plurals()])
    plural = rf"(?=(?:{_any_of(_plurals().values())}))"
    vague = _any_of(data["vague"]["words"])
    amount = rf"(?P<amount>{_exact()}|{vague}|(?i:an?)(?!\w))(?:{_S}|{_H})"
    way = rf"(?P<way>(?i:ago|earlier|later|from{_S}now))(?!\w)"
    recurring = (
        rf"{units}|(?P<weekday>{_named(data['weekdays'])})|(?P<month>{_named(data['months'])})"
        rf"|(?P<season>{_any_of(data['seasons'])})|(?P<part>{_any_of(data['parts'])})"
    )
    adverbs = "annually|yearly|monthly|weekly|daily|hourly"
    return {
        "every": rf"(?i:each|every){_S}(?:(?P<amount>{_exact()}|(?i:other)){_S})?(?:{recurring})",
        "adverb": rf"(?P<adverb>(?i:{adverbs}))(?!\w)",
        "ago": rf"(?:{amount}|{plural}){units}(?:{_S}or{_S}so)?{_S}{way}",
        "duration": rf"{amount}(?:(?i:more|another){_S})?{units}(?!{_H}?\s?(?i:old)(?!\w))"
        rf"(?:(?P<long>{_H}long)(?!\w)|(?P<or_two>{_S}or{_S}(?:two|so))(?!\w))?",
        "long": rf"(?P<unit>(?i:{joined})){_H}?long(?!\w)",
        "lengths": rf"(?P<unit>{_any_of(_plurals().values())})",
        "whole": rf"(?i:the){_S}(?P<kind>(?i:(?:current|full|entire|fiscal){_S})*)"
        rf"(?P<unit>(?i:year))(?!\w|{_H}\w)(?:(?={_S}(?P<bounds>(?i:ended|ending|to|through))(?!\w)))?",
        "year_end": rf"(?i:year(?:['’]s{_S}|{_S}|{_H})end)(?!\w)",
        "reference": _any_of(data["references"]),
    }


def _exact() -> str:
    """Return the pattern of an amount in figures or words."""
    numbers = tables()["numbers"]
    tens = "|".join(word for word, value in numbers.items() if 20 <= value < 100)
    ones = "|".join(word for word, value in numbers.items() if value < 10)
    return (
        rf"(?:\d{{1,4}}(?:[.]\d+|{_S}\d/\d)?|(?i:(?:{tens})[-\s](?:{ones})|(?:a{_S})?couple{_S}of|a{_S}(?:dozen|hundred)|half{_S}an?)"
        rf"|{_any_of(numbers)})(?!\w)(?:(?:{_S}|{_H})(?i:and(?:{_S}|{_H})a(?:{_S}|{_H})half))?"
    )


def _two_digits() -> str:
    """Return the pattern of a year within its century in words: "ninety-six", "seventeen"."""
    numbers = tables()["numbers"]
    tens = "|".join(word for word, value in numbers.items() if 20 <= value < 100)
    ones = "|".join(word for word, value in numbers.items() if value < 10)
    teens = "|".join(word for word, value in numbers.items() if 10 <= value < 20)
    return rf"(?i:(?:{tens})(?:(?:{_S}|{_H})(?:{ones}))?|{teens})(?!\w)"


def _narrowing() -> str:
    """Return the pattern of "the end of" and "early" before an expression."""
    return (
        rf"(?<![\w-])(?:(?:(?i:the){_S})?(?P<edge>(?i:end|beginning|start|middle|week)){_S}(?i:of){_S}"
        rf"(?:(?i:the){_S})?"
        rf"|(?P<mod>(?i:early|late|earlier|later|mid))(?:{_S}(?:(?i:in){_S})?|{_H}))$"
    )


def _approximating() -> str:
    """Return the pattern of "just over" before an amount."""
    words = "|".join(word.replace(" ", _S) for word in tables()["approximations"])
    degree = rf"(?:(?i:just|slightly|a{_S}little|well|only){_S})?"
    return rf"(?<!\w){degree}(?P<word>(?i:{words})){_S}$"


def _starts() -> frozenset[str]:
    data = tables()
    names = (
        "months",
        "months_short",
        "weekdays",
        "weekdays_short",
        "seasons",
        "parts",
        "numbers",
        "ordinals",
        "centuries",
    )
    firsts = (phrase.split()[0] for phrase in data["vague"]["words"])
    return frozenset(
        {
            *(word for name in names for word in data[name]),
            *_plurals().values(),
            *firsts,
            *listed("starts", "words"),
            *(name.split()[0].removesuffix("'s") for name in data["holidays"]),
        }
    )


def _plurals() -> dict[str, str]:
    data = tables()
    return {word: data["plurals"].get(word, f"{word}s") for word in data["units"]}


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of the words, in any case, whole and the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return rf"(?i:{'|'.join(re.escape(word) for word in ordered)})(?!\w)"


def _named(words: Iterable[str]) -> str:
    """Return a pattern for one of the names, capitalised or in capitals throughout."""
    forms = {form for word in words for form in (word.capitalize(), word.upper())}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return rf"(?:{'|'.join(ordered)})(?!\w)"


def _anonymous(source: str) -> str:
    """Return a pattern without the names of its groups, each of which may occur once only."""
    return re.sub(r"\(\?P<\w+>", "(?:", source.replace("(?P=sign)", "[/.-]"))
