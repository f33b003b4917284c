from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.google.agenda import EventDraft, Window
from calendar_sync.google.events import body_of
from calendar_sync.ids import BookingId, RequestId, ServiceId
from calendar_sync.mirror.changes import (
    OwnerCancelled,
    OwnerMoved,
    OwnerPuzzled,
    SeenEvent,
    is_unsettled,
    owner_changes,
    seen_event,
    strays,
)

TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def slot(start: datetime = TEN) -> Slot:
    return Slot(service=ServiceId("corte"), start=start, end=start + HOUR)


def booking(state: BookingState = BookingState.BOOKED, **changes: Any) -> Booking:
    made = Booking(
        id=BookingId(uuid4()),
        slot=slot(),
        state=state,
        request=RequestId(uuid4()),
        created_at=TEN,
        changed_at=TEN,
    )
    return replace(made, **changes)


def at(found: Booking, start: datetime, length: timedelta = HOUR) -> SeenEvent:
    return SeenEvent(booking=found.id, id=found.event_id, etag='"2"', window=Window(start, start + length))


def gone(found: Booking) -> SeenEvent:
    return SeenEvent(booking=found.id, id=found.event_id, is_cancelled=True)


def changes(event: SeenEvent, found: Booking) -> tuple[Any, ...]:
    return owner_changes([event], {found.id: found})


def test_our_own_write_says_nothing() -> None:
    found = booking()
    assert changes(at(found, TEN), found) == ()


def test_a_moved_event_is_a_move() -> None:
    found = booking()
    moved = OwnerMoved(found, Window(TEN + HOUR, TEN + 2 * HOUR), '"2"')
    assert changes(at(found, TEN + HOUR), found) == (moved,)


def test_a_stretched_event_is_a_move() -> None:
    found = booking()
    (change,) = changes(at(found, TEN, 2 * HOUR), found)
    assert change.window == Window(TEN, TEN + 2 * HOUR)


def test_a_deleted_event_is_a_cancellation() -> None:
    found = booking()
    assert changes(gone(found), found) == (OwnerCancelled(found),)


def test_an_event_of_whole_days_is_a_puzzle() -> None:
    found = booking()
    assert changes(SeenEvent(booking=found.id, id=found.event_id), found) == (OwnerPuzzled(found),)


def test_a_change_that_was_applied_is_found_no_second_time() -> None:
    found = booking()
    event = at(found, TEN + HOUR)
    (change,) = changes(event, found)
    assert isinstance(change, OwnerMoved)
    assert changes(event, replace(found, slot=slot(TEN + HOUR))) == ()
    assert changes(gone(found), replace(found, state=BookingState.CANCELLED)) == ()


@pytest.mark.parametrize("state", sorted(set(BookingState) - {BookingState.BOOKED}))
def test_only_what_is_booked_and_at_rest_is_judged(state: BookingState) -> None:
    found = booking(state)
    assert changes(at(found, TEN + HOUR), found) == ()
    assert changes(gone(found), found) == ()


def test_a_booking_on_its_way_to_another_time_stands_at_either() -> None:
    found = booking(BookingState.MOVING, next=slot(TEN + 3 * HOUR))
    known = {found.id: found}
    assert not is_unsettled([at(found, TEN)], known)
    assert not is_unsettled([at(found, TEN + 3 * HOUR)], known)
    assert is_unsettled([at(found, TEN + HOUR)], known)
    assert is_unsettled([gone(found)], known)


def test_a_cancellation_on_its_way_leads_to_a_deleted_event() -> None:
    found = booking(BookingState.CANCELLING)
    assert not is_unsettled([gone(found)], {found.id: found})


@pytest.mark.parametrize(
    ("state", "stray"),
    [
        (BookingState.CANCELLED, True),
        (BookingState.RELEASED, True),
        (BookingState.EXPIRED, True),
        (BookingState.BOOKED, False),
        (BookingState.BOOKING, False),
        (BookingState.NO_SHOW, False),
    ],
)
def test_an_event_whose_booking_is_over_is_a_stray(state: BookingState, stray: bool) -> None:
    found = booking(state)
    assert (strays([at(found, TEN)], {found.id: found}) == (found.event_id,)) is stray
    assert strays([gone(found)], {found.id: found}) == ()


def test_events_of_unknown_bookings_are_let_be() -> None:
    found = booking()
    assert owner_changes([at(found, TEN), gone(found)], {}) == ()
    assert strays([at(found, TEN)], {}) == ()


def draft() -> EventDraft:
    found = booking()
    return EventDraft(
        id=found.event_id, booking=found.id, title="x", start=TEN, end=TEN + HOUR, zone="America/Bogota"
    )


def test_our_events_are_known_by_their_marks() -> None:
    made = draft()
    event = body_of(made) | {"etag": '"1"'}
    seen = seen_event(event, "UTC")
    assert seen == SeenEvent(booking=made.booking, id=made.id, etag='"1"', window=Window(TEN, TEN + HOUR))


def test_of_a_deleted_event_the_id_is_enough() -> None:
    made = draft()
    seen = seen_event({"id": made.id, "status": "cancelled"}, "UTC")
    assert seen
    assert (seen.booking, seen.is_cancelled) == (UUID(hex=made.id), True)


@pytest.mark.parametrize(
    "event",
    [
        {"id": "dentist", "start": {"dateTime": "2026-11-24T10:00:00Z"}},
        {"id": "0123456789abcdefghijklmnopqrstuv", "status": "cancelled"},
        {"id": "0" * 32, "status": "confirmed"},
        {"id": "copy", "extendedProperties": {"private": {"bookingId": str(uuid4())}}},
        {"id": "x", "extendedProperties": {"private": {"bookingId": "nonsense"}}},
        {},
    ],
)
def test_everything_else_is_nobodys_business(event: dict[str, Any]) -> None:
    assert seen_event(event, "UTC") is None


def test_a_whole_day_has_no_window() -> None:
    made = draft()
    event = body_of(made) | {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}
    seen = seen_event(event, "America/Bogota")
    assert seen
    assert seen.window is None
