"""The clock that can be set from outside."""

from datetime import UTC, datetime, timedelta

from sandbox.clock import SettableClock, WoundClock

START = datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_it_runs_with_the_clock_beneath_until_it_is_set() -> None:
    beneath = WoundClock(START)
    clock = SettableClock(beneath)
    beneath.advance(hours=1)
    assert clock.now() == START + timedelta(hours=1)
    clock.advance(60)
    assert clock.now() == START + timedelta(hours=1, minutes=1)
    clock.freeze(START)
    beneath.advance(hours=5)
    assert (clock.now(), clock.standing) == (START, True)
    clock.advance(60)
    assert clock.now() == START + timedelta(minutes=1)
    clock.release()
    assert (clock.now(), clock.standing) == (beneath.now(), False)
