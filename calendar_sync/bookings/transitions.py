"""What a booking may become. Pure: an old value and a moment in, a new value or the reason why not out."""

from dataclasses import dataclass, replace
from datetime import datetime

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.ids import RequestId

S = BookingState


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The booking is in a state from which this does not lead anywhere."""

    state: BookingState


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Somebody else has it."""


@dataclass(frozen=True, slots=True)
class Stale:
    """The booking was changed meanwhile: read it again and decide again."""


Change = Booking | NotPossible
"""What a transition decides."""
Changed = Booking | NotPossible | Stale
"""What became of it in the database."""


def begin(booking: Booking, request: RequestId, now: datetime) -> Change:
    """The customer has confirmed in time; from here on it no longer expires."""
    if is_ours(booking, S.BOOKING, request):
        return booking
    if booking.state is not S.HELD or has_lapsed(booking, now):
        return NotPossible(booking.state)
    return _next(booking, now, state=S.BOOKING, request=request, expires_at=None)


def finish(booking: Booking, etag: str, now: datetime) -> Change:
    """The calendar has the event."""
    return _from(booking, S.BOOKING, now, state=S.BOOKED, etag=etag)


def release(booking: Booking, now: datetime) -> Change:
    """Given up by the customer, or refused by the calendar, before it was booked."""
    if booking.state not in {S.HELD, S.BOOKING}:
        return NotPossible(booking.state)
    return _next(booking, now, state=S.RELEASED, expires_at=None)


def expire(booking: Booking, now: datetime) -> Change:
    """Nobody confirmed in time."""
    if booking.state is not S.HELD or not has_lapsed(booking, now):
        return NotPossible(booking.state)
    return _next(booking, now, state=S.EXPIRED, expires_at=None)


def begin_move(booking: Booking, slot: Slot, request: RequestId, now: datetime) -> Change:
    """Another slot is taken; the old one is kept until the calendar has the change."""
    if is_ours(booking, S.MOVING, request):
        return booking
    return _from(booking, S.BOOKED, now, state=S.MOVING, next=slot, request=request)


def finish_move(booking: Booking, etag: str, now: datetime) -> Change:
    """A moved booking has not been confirmed for its new time."""
    if booking.state is not S.MOVING or booking.next is None:
        return NotPossible(booking.state)
    return _next(booking, now, state=S.BOOKED, slot=booking.next, next=None, etag=etag, confirmed_at=None)


def abandon_move(booking: Booking, now: datetime) -> Change:
    """The calendar refused; everything stays as it was."""
    return _from(booking, S.MOVING, now, state=S.BOOKED, next=None)


def begin_cancel(booking: Booking, request: RequestId, now: datetime) -> Change:
    if is_ours(booking, S.CANCELLING, request):
        return booking
    return _from(booking, S.BOOKED, now, state=S.CANCELLING, request=request)


def finish_cancel(booking: Booking, now: datetime) -> Change:
    return _from(booking, S.CANCELLING, now, state=S.CANCELLED)


def no_show(booking: Booking, now: datetime) -> Change:
    """The hour has come and the customer has not."""
    if now < booking.slot.start:
        return NotPossible(booking.state)
    return _from(booking, S.BOOKED, now, state=S.NO_SHOW)


def confirm(booking: Booking, now: datetime) -> Change:
    """Yes to a reminder."""
    return _from(booking, S.BOOKED, now, confirmed_at=now)


def rename(booking: Booking, person: Person, now: datetime) -> Change:
    """The same appointment for somebody else."""
    if booking.state not in {S.HELD, S.BOOKING, S.BOOKED}:
        return NotPossible(booking.state)
    return _next(booking, now, person=person)


def owner_moved(booking: Booking, slot: Slot, etag: str, now: datetime) -> Change:
    """The owner has moved the event in the calendar: it is so, whatever the rules say."""
    return _from(booking, S.BOOKED, now, slot=slot, etag=etag, confirmed_at=None)


def owner_cancelled(booking: Booking, now: datetime) -> Change:
    """The owner has deleted the event in the calendar."""
    return _from(booking, S.BOOKED, now, state=S.CANCELLED)


def touched(booking: Booking, etag: str, now: datetime) -> Change:
    """The event is another version, with the same time."""
    return _from(booking, S.BOOKED, now, etag=etag)


def has_lapsed(booking: Booking, now: datetime) -> bool:
    return booking.expires_at is not None and booking.expires_at <= now


def is_ours(booking: Booking, state: BookingState, request: RequestId) -> bool:
    """Whether this same request has got so far already: its job was killed and runs again."""
    return booking.state is state and booking.request == request


def _from(booking: Booking, only: BookingState, now: datetime, **changes: object) -> Change:
    return _next(booking, now, **changes) if booking.state is only else NotPossible(booking.state)


def _next(booking: Booking, now: datetime, **changes: object) -> Booking:
    changed: Booking = replace(booking, version=booking.version + 1, changed_at=now, **changes)  # type: ignore[arg-type]  # fields by name
    return changed
