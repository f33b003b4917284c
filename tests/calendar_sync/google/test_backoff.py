from datetime import timedelta

import pytest

from calendar_sync.google.backoff import pause
from calendar_sync.google.troubles import Trouble

PASSING = [Trouble.RATE, Trouble.BACKEND, Trouble.UNCLEAR, Trouble.CONFLICT, Trouble.CHANGED]
FINAL = [
    Trouble.BUG,
    Trouble.SCOPES,
    Trouble.RIGHTS,
    Trouble.NO_ACCESS,
    Trouble.AUTH,
    Trouble.DUPLICATE,
    Trouble.DELETED,
    Trouble.RESYNC,
    Trouble.SETUP,
]


@pytest.mark.parametrize("trouble", PASSING)
def test_pauses_double_up_to_a_minute_and_then_end(trouble: Trouble) -> None:
    pauses = [pause(trouble, attempt, 0.5) for attempt in range(1, 10)]
    assert pauses == [*(timedelta(seconds=2**n) for n in range(7)), timedelta(seconds=64), None]


def test_a_calendar_at_its_limit_is_left_alone_for_hours() -> None:
    assert pause(Trouble.QUOTA, 1, 0.5) == timedelta(hours=1)
    assert pause(Trouble.QUOTA, 4, 0.5) == timedelta(hours=8)


def test_what_is_missing_is_looked_for_twice() -> None:
    assert [pause(Trouble.MISSING, attempt, 0.5) is None for attempt in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize("trouble", FINAL)
def test_what_will_not_pass_is_not_tried_again(trouble: Trouble) -> None:
    assert pause(trouble, 1, 0.5) is None


def test_pauses_are_spread_by_a_quarter_either_way() -> None:
    assert pause(Trouble.RATE, 3, 0.0) == timedelta(seconds=3)
    assert pause(Trouble.RATE, 3, 1.0) == timedelta(seconds=5)


def test_every_trouble_has_been_thought_of() -> None:
    assert {*PASSING, *FINAL, Trouble.QUOTA, Trouble.MISSING} == set(Trouble)
