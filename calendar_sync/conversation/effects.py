"""What the conversation wants done. Each but `Release` and `AskHuman` has a result that is fed back as an event."""

from dataclasses import dataclass
from datetime import datetime

from calendar_sync.availability.values import Ask, Slot
from calendar_sync.bookings.values import Person
from calendar_sync.ids import BookingId, ServiceId


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one time can be had, and if not, why."""

    ask: Ask
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSlots:
    """Look for free slots, and at single times. Result: `Found` or `CalendarUnknown`."""

    asks: tuple[Ask, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Keep a slot for the customer. Result: `Held`, `SlotTaken` or `CalendarUnknown`."""

    slot: Slot
    person: Person
    moving: BookingId | None = None
    """The booking that is to be moved there: what it occupies itself is no obstacle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """Make a booking of a hold. Result: `Booked`, `SlotTaken`, `CalendarUnknown` or `Unclear`."""

    hold: BookingId
    slot: Slot
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBooking:
    """Move a booking to the slot that is held. Result: `Moved`, `SlotTaken`, `Gone`, … as for `Commit`."""

    booking: BookingId
    hold: BookingId
    slot: Slot
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameBooking:
    """Put a booking in another name. Result: `Moved`, `Gone` or `Unclear`."""

    booking: BookingId
    person: Person


@dataclass(frozen=True, slots=True)
class CancelBooking:
    """Result: `Cancelled`, `Gone` or `Unclear`."""

    booking: BookingId


@dataclass(frozen=True, slots=True)
class ConfirmBooking:
    """The customer will come. Result: `Confirmed` or `Gone`."""

    booking: BookingId


@dataclass(frozen=True, slots=True)
class CheckMember:
    """Whether the customer is on the list that the service asks for. Result: `MemberAccepted`, `MemberRefused`."""

    service: ServiceId
    on: datetime | None = None
    """The time that is wanted: a membership has dates. None: whether they are a member today."""


@dataclass(frozen=True, slots=True)
class Release:
    """Give a held slot back. It may be gone already; no result."""

    hold: BookingId


@dataclass(frozen=True, slots=True)
class AskHuman:
    """Call a person of the team; no result."""


Question = (
    FindSlots | Hold | Commit | MoveBooking | RenameBooking | CancelBooking | ConfirmBooking | CheckMember
)
"""Effects that have a result."""
Effect = Question | Release | AskHuman
