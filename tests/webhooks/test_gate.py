from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from webhooks.gate import (
    PAIR_BURST,
    PAIR_STEADY,
    Allowed,
    Discard,
    Later,
    Leaving,
    Origin,
    Purpose,
    Reason,
    check,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
REPLY = Leaving(
    origin=Origin.ANSWER,
    purpose=Purpose.REPLY,
    is_template=False,
    fence=3,
    conversation_fence=3,
    window_closes_at=NOW + HOUR,
    lease_until=None,
)
REMINDER = replace(REPLY, origin=Origin.CALENDAR, purpose=Purpose.REMINDER, is_template=True)


def test_an_answer_inside_the_window_leaves_and_takes_its_share_of_the_pairs_rate() -> None:
    assert check(REPLY, NOW) == Allowed(NOW + PAIR_STEADY)


@pytest.mark.parametrize("closes", [None, NOW, NOW - HOUR])
def test_outside_the_window_only_a_template_leaves(closes: datetime | None) -> None:
    assert check(replace(REPLY, window_closes_at=closes), NOW) == Discard(Reason.WINDOW_CLOSED)
    assert isinstance(check(replace(REMINDER, window_closes_at=closes), NOW), Allowed)


def test_an_answer_is_discarded_while_and_after_a_person_took_over() -> None:
    leased = replace(REPLY, lease_until=NOW + HOUR)
    overtaken = replace(REPLY, conversation_fence=4, lease_until=NOW - HOUR)
    assert check(leased, NOW) == check(overtaken, NOW) == Discard(Reason.TAKEN_OVER)
    assert isinstance(check(replace(leased, lease_until=NOW), NOW), Allowed)


def test_a_persons_own_words_and_a_receipt_of_rights_pass_the_takeover() -> None:
    leased = replace(REPLY, lease_until=NOW + HOUR, conversation_fence=4)
    assert isinstance(check(replace(leased, origin=Origin.AGENT), NOW), Allowed)
    assert isinstance(check(replace(leased, origin=Origin.SYSTEM, purpose=Purpose.RECEIPT), NOW), Allowed)


def test_who_opted_out_is_still_answered_but_not_reminded() -> None:
    assert isinstance(check(replace(REPLY, opted_out=True), NOW), Allowed)
    assert check(replace(REMINDER, opted_out=True), NOW) == Discard(Reason.OPTED_OUT)


def test_without_consent_nothing_of_that_purpose_leaves() -> None:
    assert check(replace(REMINDER, consented=False), NOW) == Discard(Reason.NO_CONSENT)
    assert isinstance(check(replace(REMINDER, consented=True), NOW), Allowed)


def test_nothing_leaves_to_who_was_erased() -> None:
    assert check(replace(REPLY, erased=True), NOW) == Discard(Reason.ERASED)


def test_quiet_hours_hold_reminders_back_but_not_answers() -> None:
    until = NOW + HOUR
    assert check(replace(REMINDER, quiet_until=until), NOW) == Later(until, Reason.QUIET_HOURS)
    assert isinstance(check(replace(REPLY, quiet_until=until), NOW), Allowed)


def test_a_stopped_or_paused_number_holds_back_until_the_window_closes() -> None:
    stopped = replace(REPLY, number_stopped=True)
    paused = replace(REPLY, number_paused_until=NOW + timedelta(minutes=2))
    assert check(stopped, NOW) == Later(NOW + timedelta(minutes=5), Reason.NUMBER_STOPPED)
    assert check(paused, NOW) == Later(NOW + timedelta(minutes=2), Reason.NUMBER_PAUSED)
    late = replace(stopped, window_closes_at=NOW + timedelta(minutes=4))
    assert check(late, NOW) == Discard(Reason.WINDOW_CLOSED)


def test_a_burst_of_forty_five_leaves_and_the_next_waits_six_seconds() -> None:
    leaving = REPLY
    for _ in range(PAIR_BURST):
        passage = check(leaving, NOW)
        assert isinstance(passage, Allowed)
        leaving = replace(leaving, pair_full_at=passage.pair_full_at)
    assert check(leaving, NOW) == Later(NOW + PAIR_STEADY, Reason.PAIR_RATE)
    assert isinstance(check(leaving, NOW + PAIR_STEADY), Allowed)
