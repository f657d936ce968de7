"""What the first lines of a text say about it: title, day of publication, publisher.

Read are datelines of the agencies (``SEOUL, Nov. 9, 2018 (Reuters) -``), lines that hold a date
and nothing else but a label, a byline, a place or an hour (``Published: 9 November 2018``), and
a first line that stands alone and has no full stop. A date without a year, or one in figures
that could be read as either of two days, is not a date: the year or the day would be a guess.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from standoff.documents.dates import MONTHS, is_plausible

#: The head of a report: a title, a subtitle, a byline, a date, a caption, the first paragraph.
_LINES = 10
#: Header lines are short; a dateline starts a paragraph of any length.
_LONGEST_LINE = 200
_LONGEST_TITLE = 160

_MONTHS = tuple(month[:3] for month in MONTHS)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)"
#: A date, with or without a year; the year is what makes it one that can be used. KCNA counts
#: the years from 1912 ("August 5 Juche 107 (2018)").
_DATE = (
    rf"(?i:{_WEEKDAY}?(?:"
    rf"(?P<d1>{_DAY})\s+(?P<m1>{_MONTH})(?:,?\s+(?:Juche\s\d+\s*\()?(?P<y1>\d{{4}})\b\)?)?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>{_DAY})(?:,?\s+(?:Juche\s\d+\s*\()?(?P<y2>\d{{4}})\b\)?)?"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?!\d)))"
)
_NAME = r"[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3}"
#: Up to three names with commas ("WASHINGTON", "Paris", "Sana'a, Yemen", "MOSCOW/KIEV").
_PLACE = rf"{_NAME}(?:,\s{_NAME}){{0,2}}"
_AGENCY = r"(?:\((?P<agency>[A-Z][\w.&' -]{1,30})\)|/(?P<slashed>[A-Z]{2,12})/\.?)"

_DATELINE = re.compile(
    rf"\s*(?:(?P<place>{_PLACE}?)[,.]?\s*)??{_DATE}?[.,]?\s*{_AGENCY}?\s*(?:--|[—–:|]|-(?=\s)|(?<=/\.))"
)
#: Agencies that do not write themselves in capitals alone.
_AGENCIES = frozenset(
    (
        "Ansa",
        "Bernama",
        "Bloomberg",
        "Efe",
        "Interfax",
        "Kyodo",
        "Kyodo News",
        "Reuters",
        "Tass",
        "Thomson Reuters",
        "Ukrinform",
        "Xinhua",
        "Yonhap",
    )
)

_LABEL = (
    r"(?:(?i:(?:first |date )?(?:published|posted|issued|released|filed)(?: (?:on|at))?"
    r"|(?:publication |release )?date)\s*[:—–-]?\s*)"
)
_BYLINE = r"(?:(?i:by)\s[^|•·—–,\d]{2,60}[|•·—–,-]\s*)"
_HOUR = r"(?:[\s,|•·@T—–-]*(?i:at\s+)?\d{1,2}[:.]\d{2}.{0,30})"
_UPDATED = r"(?:[\s,;|•·(—–-]*(?i:(?:last )?(?:updated|modified)).{0,60})"
_HEADER = re.compile(
    rf"\s*{_LABEL}?(?:{_BYLINE}|{_PLACE},?\s+)?{_LABEL}?{_DATE}{_HOUR}?{_UPDATED}?\s*[.|]?\s*$"
)
#: "the U.S." ends in a full stop that does not end a sentence.
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,}$")


class Header(NamedTuple):
    """What stands above a text, each None where nothing says it."""

    title: str | None = None
    published: datetime.date | None = None
    publisher: str | None = None


def read(text: str) -> Header:
    """Return what the first lines of `text` say."""
    lines = _head(text)
    published = publisher = None
    for line in lines:
        match = _HEADER.match(line) if len(line) <= _LONGEST_LINE else None
        if match is not None:
            published = published or _date(match)
            continue
        match = _dateline(line)
        if match is not None:
            published = published or _date(match)
            publisher = publisher or match["agency"] or match["slashed"]
    return Header(_title(lines), published, publisher)


def date_in(line: str) -> datetime.date | None:
    """Return the day that a header line or a dateline says, None where it is neither."""
    match = _HEADER.match(line[:_LONGEST_LINE]) or _dateline(line)
    return _date(match) if match is not None else None


def _head(text: str) -> list[str]:
    """Return the first lines, blank ones too, until `_LINES` of them hold something."""
    lines: list[str] = []
    full = 0
    for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|$)", text):
        line = match[0].strip("\ufeff\x00 \t\r\n\f\v\u200b")
        lines.append(line)
        full += bool(line)
        if full == _LINES or len(lines) > 10 * _LINES:
            break
    return lines


def _dateline(line: str) -> re.Match[str] | None:
    match = _DATELINE.match(line[:_LONGEST_LINE])
    if match is None:
        return None
    dated = match["m1"] or match["m2"] or match["m3"]
    agency = match["agency"] or match["slashed"]
    if agency is None:
        # "Paris:" and "May 5 -" are anything; a place or a dash with a full date is a dateline.
        return match if _date(match) else None
    place = match["place"] or ""
    if dated or place.isupper() or agency.isupper() or agency in _AGENCIES:
        return match
    return None  # "The Minister (Defence) - "


def _date(match: re.Match[str]) -> datetime.date | None:
    for number in "123":
        year, month, day = match[f"y{number}"], match[f"m{number}"], match[f"d{number}"]
        if not (year and month and day):
            continue
        if not month.isdigit():
            month = str(_MONTHS.index(month[:3].lower()) + 1)
        try:
            date = datetime.date(int(year), int(month), int(re.sub(r"\D", "", day)))
        except ValueError:
            return None
        return date if is_plausible(date) else None
    return None


def _title(lines: list[str]) -> str | None:
    """Return the first line that is neither blank nor a date, where it looks like a title.

    It is short, does not end like a sentence or a clause, and text follows after a blank line or
    after a line that holds the date.
    """
    place = next(
        (i for i, line in enumerate(lines) if line and not _HEADER.match(line[:_LONGEST_LINE])),
        None,
    )
    if place is None:
        return None
    title, rest = lines[place], lines[place + 1 :]
    if not rest or not any(rest):
        return None
    if rest[0] and not _HEADER.match(rest[0][:_LONGEST_LINE]):
        return None
    if len(title) > _LONGEST_TITLE or not any(map(str.isalpha, title)) or _dateline(title):
        return None
    if title[-1] in ".:;,—–-" and not _ABBREVIATED.search(title):
        return None
    return title
