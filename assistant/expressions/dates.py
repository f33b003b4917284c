"""Dates: weekdays, months, feasts, days off. Pure; knows nothing of words."""

import calendar as months
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import holidays

from assistant.expressions.table_files import conventions
from assistant.expressions.table_files import holidays as holiday_table

WEEK = 7
HORIZON = timedelta(days=731)
"""How far from now a reading may lie, either way: a date beyond it is no business of a shop."""
_YEARS_SEEN = 9  # a 29th of February comes back within eight years
_DAYS_SEEN = 400


def next_weekday(today: date, weekday: int) -> date:
    """The nearest such day strictly after today: on a Friday "el viernes" is the next one."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % WEEK + 1)


def last_weekday(today: date, weekday: int) -> date:
    """The nearest such day strictly before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % WEEK + 1)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def coming(month: int, day: int, today: date) -> date | None:
    """The next such date, today included; None where no month has it."""
    return next(
        (found for year in _years(today) if (found := real(year, month, day)) and found >= today), None
    )


def gone(month: int, day: int, today: date) -> date | None:
    """The last such date, today included."""
    years = range(today.year, today.year - _YEARS_SEEN, -1)
    return next((found for year in years if (found := real(year, month, day)) and found <= today), None)


def days_numbered(number: int, today: date) -> Iterator[date]:
    """The coming days with this number in their month, today included, nearest first."""
    for ahead in range(WEEK):
        year, month = month_after(today.year, today.month, ahead)
        found = real(year, month, number)
        if found is not None and found >= today:
            yield found


def real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_after(year: int, month: int, count: int) -> tuple[int, int]:
    years, rest = divmod(month - 1 + count, 12)
    return year + years, rest + 1


def month_referred(today: date, *, following: bool) -> tuple[int, int]:
    """The running month, or the one after it."""
    return month_after(today.year, today.month, 1 if following else 0)


def month_end(year: int, month: int) -> int:
    return months.monthrange(year, month)[1]


def months_later(day: date, count: int) -> date:
    """The same day some months later, or that month's last day."""
    year, month = month_after(day.year, day.month, count)
    return date(year, month, min(day.day, month_end(year, month)))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth such weekday of a month; -1 is the last."""
    if nth < 0:
        last = date(year, month, month_end(year, month))
        return last - timedelta(days=(last.weekday() - weekday) % WEEK)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (nth - 1))
    return found if found.month == month else None


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    leap, third = century // 4, (8 * century + 13) // 25
    moon = (19 * (year % 19) + century - leap - third + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * shift) // 451
    month, day = divmod(moon + shift - 7 * late + 114, 31)
    return date(year, month, day + 1)


def named_day(key: str, country: str, today: date) -> date | None:
    """The next day called by a name of the holiday table, today included."""
    return next(
        (day for year in _years(today) if (day := named_in(key, country, year)) and day >= today), None
    )


def named_in(key: str, country: str, year: int) -> date | None:
    """The day of a key of the holiday table in a year, by the country's custom where it has its own."""
    own = holiday_table()["by_country"].get(country, {})
    names = set(holiday_table()["names"].get(key, ()))
    key = next((other for other, theirs in own.items() if names.intersection(theirs)), key)
    if key.startswith("easter"):
        return easter(year) + timedelta(days=int(key.removeprefix("easter")))
    if "/" in key:
        month, nth, weekday = map(int, key.split("/"))
        return nth_weekday(year, month, nth, weekday)
    month, day = map(int, key.split("-"))
    return real(year, month, day)


@lru_cache(maxsize=64)
def public_holidays(country: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


def next_holiday(country: str, today: date, weekday: int | None = None) -> date | None:
    """The next public holiday after today, on a certain weekday if one is given."""
    days = (today + timedelta(days=ahead) for ahead in range(1, _DAYS_SEEN))
    return next((day for day in days if _is_holiday(country, day) and weekday in (None, day.weekday())), None)


def long_weekend(country: str, today: date, month: int | None = None) -> tuple[date, date] | None:
    """The next run of days off that a public holiday makes longer than a weekend and that is not over."""
    needed = int(conventions()["days"]["long_weekend"]["days_off"])
    for ahead in range(-needed, _DAYS_SEEN):
        first = today + timedelta(days=ahead)
        if not _is_off(country, first) or _is_off(country, first - timedelta(days=1)):
            continue
        last = first
        while _is_off(country, last + timedelta(days=1)):
            last += timedelta(days=1)
        run = (last - first).days + 1
        if run >= needed and last >= today and month in (None, first.month, last.month):
            return first, last
    return None


def _is_off(country: str, day: date) -> bool:
    """A weekend, a public holiday, or the single day that a holiday and a weekend leave between them."""
    if _is_free(country, day):
        return True
    return _is_free(country, day - timedelta(days=1)) and _is_free(country, day + timedelta(days=1))


def _is_free(country: str, day: date) -> bool:
    return day.weekday() >= 5 or _is_holiday(country, day)


def _is_holiday(country: str, day: date) -> bool:
    return day in public_holidays(country, day.year)


def _years(today: date) -> range:
    return range(today.year, today.year + _YEARS_SEEN)
