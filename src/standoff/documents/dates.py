"""Publication dates: what a caller gives, and which years a report can have.

The day on which a document is read never becomes its date of publication: where nothing says
the date, it is None. The clock is asked for one thing only, which years lie in the future.
"""

from __future__ import annotations

import datetime

from standoff.errors import InvalidDateError

#: Dates before this year are mistakes: printed news in English is hardly older.
FIRST_YEAR = 1700

#: In English whatever the locale, which ``calendar.month_name`` is not.
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

#: A report may be dated a little ahead (embargoes, time zones, weeklies), not by years: that is
#: a mistyped year. A clock that lost its battery and says 1970 must not reject every report, so
#: the limit never lies before the year this was written.
_CLOCK_IS_AT_LEAST = datetime.date(2026, 1, 1)
_AHEAD = datetime.timedelta(days=366)


def is_plausible(date: datetime.date) -> bool:
    """Return whether a report can have appeared on that day."""
    latest = max(datetime.date.today(), _CLOCK_IS_AT_LEAST) + _AHEAD
    return date.year >= FIRST_YEAR and date <= latest


def parse_date(
    value: str | datetime.date | None, *, name: str | None = None
) -> datetime.date | None:
    """Return the day that `value` says, or None for None.

    Strings are ISO 8601 calendar dates (``2018-11-09``), also with a time behind; the day is the
    one that is written, whatever the time zone. `name` goes into the error.

    Raises:
        InvalidDateError: no such day, another notation, before 1700, or more than a year ahead
            of the machine's clock.
    """
    if value is None:
        return None
    date = _day(value)
    if date is None:
        raise InvalidDateError(f"{value!r} is no date; write it as 2018-11-09", name)
    if not is_plausible(date):
        raise InvalidDateError(
            f"{date.isoformat()} cannot be a date of publication: it lies before {FIRST_YEAR}"
            " or more than a year ahead",
            name,
        )
    return date


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        return None
