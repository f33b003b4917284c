from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.expressions import dates

WEDNESDAY = date(2026, 11, 18)


@given(today=st.dates(date(2000, 1, 1), date(2100, 1, 1)), weekday=st.integers(0, 6))
def test_a_weekday_lies_within_a_week_and_never_today(today, weekday):
    coming, gone = dates.next_weekday(today, weekday), dates.last_weekday(today, weekday)
    assert timedelta(days=1) <= coming - today <= timedelta(days=7)
    assert timedelta(days=1) <= today - gone <= timedelta(days=7)
    assert coming.weekday() == gone.weekday() == weekday


@given(today=st.dates(date(2000, 1, 1), date(2100, 1, 1)), number=st.integers(1, 31))
def test_a_day_number_always_comes_again(today, number):
    found = next(dates.days_numbered(number, today))
    assert found.day == number
    assert found >= today


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, (3, 31)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25)), (2000, (4, 23))]
)
def test_easter(year, sunday):
    assert dates.easter(year) == date(year, *sunday)


@pytest.mark.parametrize(
    ("country", "today", "first", "last"),
    [
        ("CO", WEDNESDAY, date(2026, 12, 5), date(2026, 12, 8)),  # a Tuesday: its Monday is a bridge
        ("CO", date(2026, 11, 12), date(2026, 11, 14), date(2026, 11, 16)),
        ("CO", date(2026, 11, 15), date(2026, 11, 14), date(2026, 11, 16)),
        ("MX", date(2026, 11, 12), date(2026, 11, 14), date(2026, 11, 16)),
        ("BR", date(2027, 3, 1), date(2027, 3, 26), date(2027, 3, 28)),
    ],
)
def test_the_long_weekend_of_a_country(country, today, first, last):
    assert dates.long_weekend(country, today) == (first, last)


def test_no_long_weekend_where_no_holidays_are_known():
    assert dates.long_weekend("", WEDNESDAY) is None


def test_mothers_day_by_country():
    names = "5/2/6"
    assert dates.named_day(names, "CO", WEDNESDAY) == date(2027, 5, 9)
    assert dates.named_day(names, "MX", WEDNESDAY) == date(2027, 5, 10)
    assert dates.named_day(names, "AR", WEDNESDAY) == date(2027, 10, 17)


def test_the_same_day_months_later_is_the_last_where_there_is_none():
    assert dates.months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert dates.months_later(date(2026, 12, 15), 2) == date(2027, 2, 15)
