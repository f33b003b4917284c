"""What a booking may become, state by state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from calendar_sync.availability.values import Slot
from calendar_sync.bookings import transitions
from calendar_sync.bookings.rows import booking_of_event
from calendar_sync.bookings.transitions import Change, NotPossible
from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.errors import TimeHasNoZone
from calendar_sync.ids import BookingId, EventId, RequestId, ServiceId

S = BookingState
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
SLOT = Slot(service=ServiceId("cut"), start=NOW, end=NOW + timedelta(minutes=30))
LATER = replace(SLOT, start=NOW + timedelta(hours=1), end=NOW + timedelta(hours=2))
REQUEST, OTHER = RequestId(uuid4()), RequestId(uuid4())


def booking(state: BookingState) -> Booking:
    return Booking(
        id=BookingId(uuid4()),
        slot=SLOT,
        state=state,
        request=REQUEST,
        next=LATER if state is S.MOVING else None,
        expires_at=NOW + timedelta(minutes=10) if state is S.HELD else None,
        confirmed_at=NOW if state is S.BOOKED else None,
        created_at=NOW,
        changed_at=NOW,
    )


STEPS: dict[str, tuple[set[BookingState], Callable[[Booking], Change], BookingState]] = {
    "begin": ({S.HELD}, lambda one: transitions.begin(one, OTHER, NOW), S.BOOKING),
    "finish": ({S.BOOKING}, lambda one: transitions.finish(one, "e", NOW), S.BOOKED),
    "release": ({S.HELD, S.BOOKING}, lambda one: transitions.release(one, NOW), S.RELEASED),
    "expire": ({S.HELD}, lambda one: transitions.expire(one, NOW + timedelta(minutes=10)), S.EXPIRED),
    "begin_move": ({S.BOOKED}, lambda one: transitions.begin_move(one, LATER, OTHER, NOW), S.MOVING),
    "finish_move": ({S.MOVING}, lambda one: transitions.finish_move(one, "e", NOW), S.BOOKED),
    "abandon_move": ({S.MOVING}, lambda one: transitions.abandon_move(one, NOW), S.BOOKED),
    "begin_cancel": ({S.BOOKED}, lambda one: transitions.begin_cancel(one, OTHER, NOW), S.CANCELLING),
    "finish_cancel": ({S.CANCELLING}, lambda one: transitions.finish_cancel(one, NOW), S.CANCELLED),
    "no_show": ({S.BOOKED}, lambda one: transitions.no_show(one, NOW), S.NO_SHOW),
    "owner_moved": ({S.BOOKED}, lambda one: transitions.owner_moved(one, LATER, "e", NOW), S.BOOKED),
    "owner_cancelled": ({S.BOOKED}, lambda one: transitions.owner_cancelled(one, NOW), S.CANCELLED),
    "confirm": ({S.BOOKED}, lambda one: transitions.confirm(one, NOW), S.BOOKED),
    "touched": ({S.BOOKED}, lambda one: transitions.touched(one, "e", NOW), S.BOOKED),
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", list(S))
def test_each_step_leads_from_its_own_states_and_from_no_other(name: str, state: BookingState) -> None:
    allowed, step, after = STEPS[name]
    before = booking(state)
    found = step(before)
    if state not in allowed:
        assert found == NotPossible(state)
        return
    assert isinstance(found, Booking)
    assert (found.state, found.version, found.id) == (after, 2, before.id)
    assert (found.next is not None) == (after is S.MOVING)
    assert (found.expires_at is not None) == (after is S.HELD)


def test_a_hold_is_confirmed_until_its_last_moment_and_not_in_it() -> None:
    held = booking(S.HELD)
    assert held.expires_at is not None
    assert isinstance(transitions.begin(held, OTHER, held.expires_at - timedelta(seconds=1)), Booking)
    assert transitions.begin(held, OTHER, held.expires_at) == NotPossible(S.HELD)
    assert transitions.expire(held, held.expires_at - timedelta(seconds=1)) == NotPossible(S.HELD)


@pytest.mark.parametrize(
    ("state", "again"),
    [
        (S.BOOKING, lambda one: transitions.begin(one, REQUEST, NOW)),
        (S.MOVING, lambda one: transitions.begin_move(one, LATER, REQUEST, NOW)),
        (S.CANCELLING, lambda one: transitions.begin_cancel(one, REQUEST, NOW)),
    ],
)
def test_the_request_that_began_a_step_may_begin_it_again(
    state: BookingState, again: Callable[[Booking], Change]
) -> None:
    begun = booking(state)
    assert again(begun) is begun
    assert again(replace(begun, request=OTHER)) == NotPossible(state)


def test_a_moved_booking_is_to_be_confirmed_anew() -> None:
    moved = transitions.owner_moved(booking(S.BOOKED), LATER, "e2", NOW)
    assert isinstance(moved, Booking)
    assert (moved.slot, moved.etag, moved.confirmed_at) == (LATER, "e2", None)


def test_nobody_misses_what_has_not_begun() -> None:
    early = NOW - timedelta(seconds=1)
    assert transitions.no_show(booking(S.BOOKED), early) == NotPossible(S.BOOKED)


def test_a_booking_may_be_for_somebody_else_until_it_is_over() -> None:
    renamed = transitions.rename(booking(S.BOOKED), Person(name="Rosa"), NOW)
    assert isinstance(renamed, Booking)
    assert renamed.person.name == "Rosa"
    assert transitions.rename(booking(S.CANCELLED), Person(name="Rosa"), NOW) == NotPossible(S.CANCELLED)


def test_an_event_leads_back_to_its_booking_and_a_strangers_to_none() -> None:
    made = booking(S.BOOKED)
    assert booking_of_event(made.event_id) == made.id
    assert booking_of_event(EventId("1a2b3c")) is None
    assert booking_of_event(EventId("v" * 32)) is None


def test_a_booking_without_a_zone_is_refused() -> None:
    with pytest.raises(TimeHasNoZone):
        replace(booking(S.BOOKED), created_at=datetime(2026, 11, 24, 15, 0))  # noqa: DTZ001
