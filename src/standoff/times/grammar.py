"""What expressions of time look like: one compiled pattern for each kind, over plain text.

A word that cannot start an expression costs one look into a set; only at the others is the
pattern of all kinds tried. Words before an expression that belong to it (``early``, ``the end
of``, ``just over``) are looked up backwards from it, so that not every pattern has to know them.

Names of months and weekdays must be capitalised: ``may``, ``march``, ``sat`` and ``sun`` are
words. Whether a match is a time where it stands is for `context` to say.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from standoff.times.words import tables


@attrs.frozen
class Found:
    """A match: its kind, its place in the text, and the named parts of its pattern.

    `modifier` is what stands before it and narrows it (``early``, ``later``, ``end``…),
    `approximation` ``more``, ``less`` or ``about``; both are inside `start`.
    """

    kind: str
    start: int
    end: int
    fields: Mapping[str, str | None]
    modifier: str | None = None
    approximation: str | None = None

    def __getitem__(self, name: str) -> str | None:
        return self.fields.get(name)


def find(text: str) -> Iterator[Found]:
    """Yield the matches in `text`, from left to right, none within another."""
    grammar = _grammar()
    end = 0
    for word in grammar.words.finditer(text):
        start = word.start()
        if start < end or not (word[0][0].isdigit() or word[0].lower() in grammar.starts):
            continue
        match = grammar.any.match(text, start)
        if match is None:
            continue
        kind = match.lastgroup or ""
        parts = grammar.kinds[kind].match(text, start)
        if parts is None:
            continue
        found = Found(kind, start, parts.end(), parts.groupdict())
        yield _with_prefix(text, found, end)
        end = parts.end()


@attrs.frozen
class _Grammar:
    words: re.Pattern[str]
    starts: frozenset[str]
    any: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]
    narrowing: re.Pattern[str]
    approximating: re.Pattern[str]


def _with_prefix(text: str, found: Found, after: int) -> Found:
    """Return `found` with the words before it that belong to it, not before `after`."""
    grammar = _grammar()
    head = text[max(after, found.start - 40) : found.start]
    if found.kind in {"ago", "duration"}:
        match = grammar.approximating.search(head)
        if match is not None:
            which = tables()["approximations"][" ".join(match["word"].lower().split())]
            start = found.start - len(head) + match.start()
            return attrs.evolve(found, start=start, approximation=which)
        return found
    match = grammar.narrowing.search(head)
    if match is None:
        return found
    word = (match["edge"] or match["mod"]).lower()
    start = found.start - len(head) + match.start()
    return attrs.evolve(found, start=start, modifier=word)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of the words, in any case, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?i:{'|'.join(re.escape(word) for word in ordered)})"


def _named(words: Iterable[str], end: str = "") -> str:
    """Return a pattern for one of the names, capitalised or in capitals throughout."""
    forms = {form for word in words for form in (word.capitalize(), word.upper())}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(ordered)})(?![^\\W\\d_]){end}"


@functools.cache
def _grammar() -> _Grammar:
    data: dict[str, dict[str, Any]] = tables()
    # A line may break inside an expression, a paragraph may not.
    s = r"(?:[ \t\u00a0]|\r?\n(?![ \t]*\r?\n))+"
    h = r"[-\u2010\u2011–]"
    full = _named(data["months"])
    short = _named(data["months_short"], "[.]")
    month = f"(?P<month>{full}|{_named(data['months_short'], r'[.]?')})"
    weekday = f"(?P<weekday>{_named(data['weekdays'])})"
    any_weekday = (
        f"(?:(?P<weekday>{_named(data['weekdays'])}|{_named(data['weekdays_short'], '[.]?')}),?{s})?"
    )
    number = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d])"
    year = r"(?P<year>[12]\d{3})(?!\d|[.,]\d)"
    plurals = {one: data["plurals"].get(one, f"{one}s") for one in data["units"]}
    units = f"(?P<unit>{_any_of([*plurals, *plurals.values()])})(?!\\w)"
    tens = "|".join(word for word, value in data["numbers"].items() if 20 <= value < 100)
    ones = "|".join(word for word, value in data["numbers"].items() if value < 10)
    exact = (
        rf"(?:\d{{1,4}}(?:[.]\d+)?|(?i:(?:{tens})(?:-|\s)(?:{ones})|a{s}(?:dozen|hundred)|half{s}an?)"
        rf"|{_any_of(data['numbers'])})(?!\w)(?:(?:{s}|{h})(?i:and(?:{s}|{h})a(?:{s}|{h})half))?"
    )
    amount = rf"(?P<amount>{exact}|{_any_of(data['vague']['words'])}(?!\w)|(?i:an?)(?!\w))"
    part = f"(?:{s}(?P<part>{_any_of(data['parts'])})(?!\\w))?"
    season = f"(?P<season>{_any_of(data['seasons'])})(?!\\w)"
    ordinal = f"(?P<ordinal>{_any_of(data['ordinals'])})"
    near = f"(?i:last|next|this{s}past|this{s}coming|this)"
    anaphoric = f"(?i:(?:the{s})?(?:previous|following|same))"
    the = f"(?P<the>(?i:the){s})?"
    of_year = (
        rf"(?:,?(?:{s}(?i:of|in))?{s}{year}"
        rf"|{s}(?i:of|in){s}(?P<rel>(?i:last|this|next|the)){s}(?i:year)(?!\w))?"
    )
    to = rf"(?:\s?{h}\s?|{s}(?i:to|and|or){s})"
    sources = {
        "iso": r"(?P<year>[12]\d{3})-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+Z?)?(?![-\d])",
        "numeric": r"(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)"
                   r"(?P<year>[12]\d{3})(?!\d|[/.-]\d)",
        "days_month": rf"{the}(?P<day>{number}){to}(?P<day2>{number})(?:{s}(?i:of))?{s}{month}"
                      rf"(?:,?{s}{year})?",
        "month_days": rf"{month}{s}(?P<day>{number}){to}(?P<day2>{number})(?!{s}?{h}|[.,:]\d)"
                      rf"(?:,?{s}{year})?",
        "day_month": rf"{any_weekday}{the}(?P<day>{number})(?:{s}(?i:of))?{s}{month}(?:,?{s}{year})?",
        "month_day": rf"{any_weekday}{month}{s}(?:(?i:the){s})?(?P<day>{number})(?![.,:]\d|%)"
                     rf"(?:,?{s}{year})?",
        "month_year": rf"{month},?(?:{s}(?i:of))?{s}{year}",
        "every": rf"(?i:each|every){s}(?:(?P<amount>{exact}|(?i:other)){s})?"
                 rf"(?:{units}|{weekday}|(?P<month>{full})|{season}"
                 rf"|(?P<part>{_any_of(data['parts'])})(?!\w))",
        "adverb": r"(?P<adverb>(?i:annually|yearly|quarterly|monthly|weekly|daily|hourly))(?!\w)",
        "month": rf"(?:(?P<rel>{near}|{anaphoric}){s})?(?P<month>{full}|{short})(?!{s}\d)"
                 rf"(?:{s}(?:(?i:of){s})?(?P<of>(?i:last|this|next)){s}(?i:year)(?!\w))?",
        "weekday": rf"(?:(?P<rel>{near}|(?i:past|coming)|{anaphoric}){s})?{weekday}{part}",
        "deictic": rf"(?:(?i:the){s}(?P<far>(?i:day{s}before{s}yesterday|day{s}after{s}tomorrow))(?!\w)"
                   rf"|(?P<deictic>(?i:yesterday|today|tomorrow|tonight))(?!\w){part})",
        "part": rf"(?P<rel>(?i:this|last)){s}(?P<part>{_any_of(data['parts'])})(?!\w)",
        "of_unit": rf"{the}(?P<edge>(?i:end|beginning|start|middle)){s}(?i:of){s}(?i:the){s}"
                   r"(?P<unit>(?i:week|month|quarter|year|decade|century))(?!\w)",
        "span": rf"{the}(?P<rel>(?i:last|past|next|coming|previous|following|recent)){s}"
                rf"(?:(?P<amount>{exact}|{_any_of(data['vague']['words'])}(?!\w)){s})?"
                rf"(?P<unit>{_any_of(plurals.values())})(?!\w)",
        "unit": rf"(?:{the}(?P<rel>(?i:last|past|next|coming|previous|following|current|same))"
                rf"|(?P<near>(?i:this|that{s}same|that))){s}"
                r"(?P<unit>(?i:weekend|day|week|fortnight|month|quarter|year|decade|century))(?!\w)",
        "weekend": rf"(?i:the){s}(?P<unit>(?i:weekend))(?!\w)",
        "quarter": rf"{the}{ordinal}(?:{s}|{h})(?P<unit>(?i:quarter|half))(?!\w){of_year}",
        "q": rf"(?P<unit>[QH])(?P<ordinal>[1-4])(?!\w)(?:{s}(?i:of{s})?{year})?",
        "season": rf"(?:{the}(?P<rel>(?i:last|this{s}past|this|next|coming)){s}|(?P<article>(?i:the){s}))?"
                  rf"{season}(?:(?:{s}(?i:of))?{s}{year})?",
        "decade": rf"{the}(?:(?P<early>(?i:early|mid|late))(?:{s}|{h}))?"
                  r"(?:(?P<year>[12]\d{2}0)|['’](?P<short>\d0))s(?!\w)",
        "years": rf"(?P<year>[12]\d{{3}}){h}(?P<year2>[12]\d{{3}}|\d\d)(?!\w|[-/.,]\d|{h}\w)",
        "year": rf"{year}(?![\w%/]|{h}\w)",
        "ago": rf"(?:{amount}(?:{s}|{h})|(?=\w+s\s)){units}{s}(?P<way>(?i:ago|earlier|later|from{s}now))(?!\w)",
        "duration": rf"{amount}(?:{s}|{h}){units}(?!{h}?\s?(?i:old)(?!\w))",
    }
    narrowing = (
        rf"(?:(?:(?i:the){s})?(?<![\w-])(?P<edge>(?i:end|beginning|start|middle)){s}(?i:of){s}"
        rf"(?:(?i:the){s})?|(?<![\w-])(?P<mod>(?i:early|late|earlier|later|mid))(?:{s}(?:(?i:in){s})?|{h}))$"
    )
    approximating = (
        rf"(?<!\w)(?:(?i:just|slightly|a{s}little|well|only){s})?(?P<word>"
        + "|".join(f"(?i:{word.replace(' ', s)})" for word in data["approximations"])
        + rf"){s}$"
    )
    starts = {
        *data["months"], *data["months_short"], *data["weekdays"], *data["weekdays_short"],
        *data["numbers"], *data["ordinals"], *plurals.values(), *data["seasons"], *data["parts"],
        *(phrase.split()[0] for phrase in data["vague"]["words"]),
        *("the last past next this that coming previous following current same recent end start"
          " beginning middle each every yesterday today tomorrow tonight half a an early mid late"
          " annually yearly quarterly monthly weekly daily hourly q1 q2 q3 q4 h1 h2").split(),
    }
    return _Grammar(
        words=re.compile(r"(?<!\w)(?:['’](?=\d0s)|[^\W\d_]+\d?|\d+)"),
        starts=frozenset({*starts, "'", "’"}),
        any=re.compile("|".join(f"(?P<{kind}>{_anonymous(text)})" for kind, text in sources.items())),
        kinds={kind: re.compile(text) for kind, text in sources.items()},
        narrowing=re.compile(narrowing),
        approximating=re.compile(approximating),
    )


def _anonymous(source: str) -> str:
    """Return the pattern without the names of its groups, which may occur once only."""
    source = source.replace("(?P=sign)", "[/.-]")
    return re.sub(r"\(\?P<\w+>", "(?:", source)
