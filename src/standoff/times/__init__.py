"""When: expressions of time in a parsed text, resolved to intervals, and whose time they are.

The plain cases of TIMEX3 (TimeML 1.2.1; ISO 24617-1): days, months, years, weekdays, "last
week", "two days ago", "the past month", "each year". `find` returns them, `attach` says which of
them is the time of a verb or noun of action.
"""

from standoff.times.attaching import attach
from standoff.times.finding import TimeMention, find

__all__ = ["TimeMention", "attach", "find"]
