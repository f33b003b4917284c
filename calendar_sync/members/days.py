"""Dates as merchants write them in a list: the day first, unless a machine wrote the year first."""

import re
from datetime import date

_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")


def read_day(written: str) -> date | None:
    """The day, or None for what is no date. A second number above twelve can only be the day."""
    found = _YEAR_FIRST.match(written.strip())
    if found:
        year, month, day = map(int, found.groups())
        return _day(year, month, day)
    found = _DAY_FIRST.match(written.strip())
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    if month > 12:
        day, month = month, day
    return _day(year + 2000 if year < 100 else year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
