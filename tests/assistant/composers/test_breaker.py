from datetime import UTC, datetime, timedelta

import pytest

from assistant.composers.breaker import Breaker
from kernel.clock import SetClock

REST = timedelta(seconds=60)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 23, 15, tzinfo=UTC))


def failed_breaker(clock: SetClock, times: int) -> Breaker:
    breaker = Breaker(clock, failures=3, rest=REST)
    for _ in range(times):
        breaker.failed()
    return breaker


def test_two_failures_are_borne_and_the_third_opens(clock: SetClock) -> None:
    breaker = failed_breaker(clock, 2)
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()


def test_only_failures_in_a_row_count(clock: SetClock) -> None:
    breaker = failed_breaker(clock, 2)
    breaker.succeeded()
    breaker.failed()
    assert breaker.lets_through()


def test_after_the_rest_one_caller_tries_and_the_others_wait(clock: SetClock) -> None:
    breaker = failed_breaker(clock, 3)
    clock.advance(REST)
    assert breaker.lets_through()
    assert not breaker.lets_through()


def test_a_try_that_fails_begins_another_rest(clock: SetClock) -> None:
    breaker = failed_breaker(clock, 3)
    clock.advance(REST)
    assert breaker.lets_through()
    breaker.failed()
    clock.advance(REST - timedelta(seconds=1))
    assert not breaker.lets_through()
    clock.advance(timedelta(seconds=1))
    assert breaker.lets_through()


def test_a_try_that_succeeds_closes_it(clock: SetClock) -> None:
    breaker = failed_breaker(clock, 3)
    clock.advance(REST)
    assert breaker.lets_through()
    breaker.succeeded()
    assert breaker.lets_through()
    assert breaker.lets_through()
