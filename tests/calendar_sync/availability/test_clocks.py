"""What the clock on the wall means on the days on which it is put forward or back."""

from datetime import UTC, date, datetime, time

import pytest

from calendar_sync.availability import clocks
from calendar_sync.availability.openings import moments_of
from calendar_sync.shop.values import OpenRange

SPRING_MADRID, AUTUMN_MADRID = date(2026, 3, 29), date(2026, 10, 25)
SPRING_SANTIAGO, AUTUMN_SANTIAGO = date(2026, 9, 6), date(2026, 4, 4)


def utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%d %H:%M}"


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("Europe/Madrid", SPRING_MADRID, time(1, 30), "29 00:30"),
        ("Europe/Madrid", SPRING_MADRID, time(2, 30), "29 01:00"),
        ("Europe/Madrid", SPRING_MADRID, time(3, 0), "29 01:00"),
        ("Europe/Madrid", AUTUMN_MADRID, time(2, 30), "25 00:30"),
        ("Europe/Madrid", AUTUMN_MADRID, time(3, 0), "25 02:00"),
        ("America/Santiago", SPRING_SANTIAGO, time(0, 0), "06 04:00"),
        ("America/Santiago", SPRING_SANTIAGO, time(1, 0), "06 04:00"),
        ("America/Santiago", AUTUMN_SANTIAGO, time(23, 30), "05 02:30"),
        ("America/Mexico_City", date(2026, 4, 5), time(2, 30), "05 08:30"),
    ],
)
def test_a_time_that_does_not_exist_is_the_moment_of_the_change(
    zone: str, day: date, clock: time, expected: str
) -> None:
    assert utc(clocks.at(day, clock, zone)) == expected


def test_the_second_of_two_equal_times_is_found() -> None:
    first = clocks.at(AUTUMN_MADRID, time(2, 30), "Europe/Madrid")
    again = clocks.comes_twice(first, "Europe/Madrid")
    assert again is not None
    assert again - first == 3600
    assert clocks.comes_twice(again, "Europe/Madrid") is None
    assert clocks.comes_twice(clocks.at(AUTUMN_MADRID, time(4), "Europe/Madrid"), "Europe/Madrid") is None


@pytest.mark.parametrize(
    ("ranges", "day", "expected"),
    [
        # The hour that is skipped is not worked.
        (OpenRange(time(1), time(4)), SPRING_MADRID, ("29 00:00", "29 02:00")),
        # A range that lies in it is gone.
        (OpenRange(time(2, 15), time(2, 45)), SPRING_MADRID, None),
        # An opening that is shown twice counts from the second time, a closing from the first.
        (OpenRange(time(2, 30), time(6)), AUTUMN_MADRID, ("25 01:30", "25 05:00")),
        (OpenRange(time(0), time(2, 30)), AUTUMN_MADRID, ("24 22:00", "25 00:30")),
        (OpenRange(time(2, 15), time(2, 45)), AUTUMN_MADRID, ("25 00:15", "25 00:45")),
        # Past midnight.
        (OpenRange(time(22), time(4)), date(2026, 10, 24), ("24 20:00", "25 03:00")),
    ],
)
def test_opening_hours_on_the_night_of_a_change(
    ranges: OpenRange, day: date, expected: tuple[str, str] | None
) -> None:
    found = [(utc(start), utc(end)) for start, end in moments_of((ranges,), day, "Europe/Madrid")]
    assert found == ([expected] if expected else [])
