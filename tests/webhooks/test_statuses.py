from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.statuses import OutboxState, StatusKind, is_settled, raised, status_kind


@pytest.mark.parametrize(
    "order", list(permutations([StatusKind.SENT, StatusKind.DELIVERED, StatusKind.READ, StatusKind.PLAYED]))
)
def test_statuses_in_any_order_end_as_read(order: tuple[StatusKind, ...]) -> None:
    state = OutboxState.SENDING
    for status in order:
        state = raised(state, status)
    assert state is OutboxState.READ


def test_a_delivered_after_failed_changes_nothing() -> None:
    assert raised(OutboxState.FAILED, StatusKind.DELIVERED) is OutboxState.FAILED


def test_a_status_tells_that_a_discarded_resend_had_got_through() -> None:
    assert raised(OutboxState.DISCARDED, StatusKind.DELIVERED) is OutboxState.DELIVERED


def test_a_status_word_that_nobody_knows_changes_nothing() -> None:
    assert raised(OutboxState.ACCEPTED, status_kind("teleported")) is OutboxState.ACCEPTED


@given(st.sampled_from(OutboxState), st.sampled_from(StatusKind))
def test_what_is_settled_stays_settled_whatever_comes(state: OutboxState, status: StatusKind) -> None:
    assert is_settled(raised(state, status)) or not is_settled(state)
    assert raised(raised(state, status), status) is raised(state, status)
