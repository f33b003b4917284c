from datetime import UTC, datetime, timedelta

import pytest

from webhooks.delivery import (
    MAX_NOT_SENT_TRIES,
    MAX_TRIES,
    MAX_UNKNOWN_TRIES,
    Decision,
    DeliverySettings,
    NumberChange,
    after_refusal,
    after_silence,
    decide,
)
from webhooks.error_classes import ErrorClass, verdict_of
from webhooks.outcomes import Accepted, NotSent, Refused, Unknown
from webhooks.statuses import OutboxState

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SETTINGS = DeliverySettings(settle_after=timedelta(seconds=60))


def refused(code: int, tries: int = 1, jitter: float = 0.5) -> Decision:
    outcome = Refused(code=code, error_class=verdict_of(code).error_class)
    return decide(outcome, tries, NOW, jitter, SETTINGS)


def test_accepted_is_accepted() -> None:
    assert decide(Accepted(wamid="w"), 1, NOW, 0.5, SETTINGS).state is OutboxState.ACCEPTED


def test_an_unknown_outcome_waits_for_its_status_before_anything_else() -> None:
    decision = decide(Unknown("ReadTimeout"), 1, NOW, 0.5, SETTINGS)
    assert (decision.state, decision.at) == (OutboxState.UNKNOWN, NOW + timedelta(seconds=60))


def test_after_silence_it_is_sent_again_a_bounded_number_of_times() -> None:
    assert after_silence(1, NOW).state is OutboxState.QUEUED
    assert after_silence(MAX_UNKNOWN_TRIES, NOW).state is OutboxState.FAILED


def test_a_transient_refusal_backs_off_and_gives_up_after_five_tries() -> None:
    waits = [refused(131000, tries).at for tries in range(1, MAX_TRIES)]
    assert waits == [NOW + timedelta(seconds=seconds) for seconds in (1, 2, 4, 8)]
    assert refused(131000, MAX_TRIES).state is OutboxState.FAILED


def test_a_network_that_is_down_is_waited_for() -> None:
    decision = decide(NotSent("ConnectError"), 50, NOW, 0.5, SETTINGS)
    assert (decision.state, decision.at) == (OutboxState.QUEUED, NOW + timedelta(seconds=60))
    assert decide(NotSent("ConnectError"), MAX_NOT_SENT_TRIES, NOW, 0.5, SETTINGS).state is OutboxState.FAILED


def test_the_pair_throttle_waits_powers_of_four_for_that_user_only() -> None:
    decisions = [refused(131056, tries) for tries in (1, 2, 3)]
    assert [d.at for d in decisions] == [NOW + timedelta(seconds=s) for s in (1, 4, 16)]
    assert {d.number for d in decisions} == {None}


@pytest.mark.parametrize(("code", "seconds"), [(130429, 3), (80007, 120), (131057, 60), (133015, 300)])
def test_a_throttle_of_the_number_pauses_the_whole_number(code: int, seconds: int) -> None:
    decision = refused(code)
    assert decision.number is NumberChange.PAUSE
    assert decision.at == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("code", [0, 190, 10, 200, 368, 131031, 131042, 133010])
def test_a_dead_token_or_account_stops_the_number_and_keeps_the_message(code: int) -> None:
    decision = refused(code, tries=99)
    assert (decision.state, decision.number) == (OutboxState.QUEUED, NumberChange.STOP)


@pytest.mark.parametrize("code", [131047, 131026, 131050, 100, 132015, 131051, 987654])
def test_what_cannot_get_better_fails_at_once(code: int) -> None:
    decision = refused(code)
    assert (decision.state, decision.at, decision.code) == (OutboxState.FAILED, None, code)


@pytest.mark.parametrize("error_class", ErrorClass)
@pytest.mark.parametrize("tries", [1, 7, 10_000])
def test_every_class_ends_in_a_state_and_comes_back_only_when_queued(
    error_class: ErrorClass, tries: int
) -> None:
    decision = after_refusal(None, error_class, tries, NOW, 1.0)
    assert (decision.at is not None) == (decision.state is OutboxState.QUEUED)
