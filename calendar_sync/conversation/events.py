"""What the conversation is told: a customer's turn, or the result of an effect."""

from dataclasses import dataclass
from datetime import datetime

from calendar_sync.availability.values import Refused, Slot
from calendar_sync.bookings.values import Booking
from calendar_sync.ids import BookingId
from calendar_sync.requests import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A turn: what was wished in words, or the id of what was tapped."""

    wishes: tuple[Wish, ...] = ()
    tap: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is free, and what each checked time came to, in the order they were asked."""

    slots: tuple[Slot, ...] = ()
    checked: tuple[Slot | Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarUnknown:
    """The calendars cannot be read: nothing may be offered or booked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    hold: BookingId
    slot: Slot
    until: datetime


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Somebody else was faster, or the owner's calendar filled meanwhile; the hold is gone."""


@dataclass(frozen=True, slots=True)
class Booked:
    booking: Booking


@dataclass(frozen=True, slots=True)
class Moved:
    booking: Booking


@dataclass(frozen=True, slots=True)
class Cancelled:
    booking: Booking


@dataclass(frozen=True, slots=True)
class Confirmed:
    booking: Booking


@dataclass(frozen=True, slots=True)
class Gone:
    """The booking is no longer there: cancelled by the owner, past, or not this customer's."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """It was tried and is not known to have worked."""


@dataclass(frozen=True, slots=True)
class MemberAccepted:
    pass


@dataclass(frozen=True, slots=True)
class MemberRefused:
    pass


Result = (
    Found
    | CalendarUnknown
    | Held
    | SlotTaken
    | Booked
    | Moved
    | Cancelled
    | Confirmed
    | Gone
    | Unclear
    | MemberAccepted
    | MemberRefused
)
Event = Said | Result
