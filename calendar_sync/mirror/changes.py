"""What the owner did, worked out from what Google lists and what the diary has. Pure.

Our own writes come back in the listing as well: an event that stands where its booking stands, or where it is being moved
to, says nothing. So a change that was applied once is found no second time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.google.agenda import Window
from calendar_sync.google.events import Event, booking_of, is_all_day, is_cancelled, is_id, window_of
from calendar_sync.ids import BookingId, EventId

_OVER = frozenset({BookingState.CANCELLED, BookingState.EXPIRED, BookingState.RELEASED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEvent:
    """An event of ours as Google lists it. `window` is None where it was deleted or has no times of day."""

    booking: BookingId
    id: EventId
    etag: str = ""
    is_cancelled: bool = False
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class OwnerMoved:
    booking: Booking
    window: Window
    etag: str


@dataclass(frozen=True, slots=True)
class OwnerCancelled:
    booking: Booking


@dataclass(frozen=True, slots=True)
class OwnerPuzzled:
    """The owner made it something that no booking can be: an event of whole days. The merchant has to be asked."""

    booking: Booking


OwnerChange = OwnerMoved | OwnerCancelled | OwnerPuzzled


def seen_event(event: Event, calendar_zone: str) -> SeenEvent | None:
    """An event of ours; None for any other. Of a deleted one only the id is sure."""
    identity, cancelled = is_id(str(event.get("id", ""))), is_cancelled(event)
    booking = booking_of(event)
    if booking is None and identity and cancelled:
        booking = BookingId(UUID(hex=identity))
    if booking is None or identity is None:
        return None
    timed = not cancelled and not is_all_day(event)
    return SeenEvent(
        booking=booking,
        id=identity,
        etag=str(event.get("etag", "")),
        is_cancelled=cancelled,
        window=window_of(event, calendar_zone) if timed else None,
    )


def owner_changes(
    seen: Iterable[SeenEvent], bookings: Mapping[BookingId, Booking]
) -> tuple[OwnerChange, ...]:
    """What has to be brought home. Bookings that are just being written are left to who writes them."""
    changes = (_change(event, bookings[event.booking]) for event in seen if event.booking in bookings)
    return tuple(change for change in changes if change is not None)


def _change(event: SeenEvent, booking: Booking) -> OwnerChange | None:
    if booking.state is not BookingState.BOOKED:
        return None
    if event.is_cancelled:
        return OwnerCancelled(booking)
    if event.window is None:
        return OwnerPuzzled(booking)
    if event.window == booking.slot.window:
        return None
    return OwnerMoved(booking, event.window, event.etag)


def strays(seen: Iterable[SeenEvent], bookings: Mapping[BookingId, Booking]) -> tuple[EventId, ...]:
    """Events of ours whose bookings are over and gave their time back: a write came through after all."""
    return tuple(
        event.id
        for event in seen
        if not event.is_cancelled and event.booking in bookings and bookings[event.booking].state in _OVER
    )


def is_unsettled(seen: Iterable[SeenEvent], bookings: Mapping[BookingId, Booking]) -> bool:
    """Whether the owner changed an event whose booking is just being changed: to be looked at when that is over."""
    return any(
        event.booking in bookings and _meets_a_change(event, bookings[event.booking]) for event in seen
    )


def _meets_a_change(event: SeenEvent, booking: Booking) -> bool:
    if booking.state not in {BookingState.BOOKING, BookingState.MOVING, BookingState.CANCELLING}:
        return False
    places = {booking.slot.window} | ({booking.next.window} if booking.next else set())
    if event.is_cancelled:
        # Being cancelled is where a cancellation leads.
        return booking.state is not BookingState.CANCELLING
    return event.window not in places
