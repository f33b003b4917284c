"""A booking and what can become of it.

held ──> booking ──> booked ──> moving ──> booked
  │         │           ├─────> cancelling ──> cancelled
  └> expired, released <┘       └> no_show

The states in -ing are intentions: written down before Google is asked, so that a killed diary can go on.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_sync.availability.values import Slot
from calendar_sync.ids import BookingId, ConversationId, EventId, RequestId, event_id
from calendar_sync.moments import checked
from kernel.ids import CustomerId


class BookingState(StrEnum):
    HELD = "held"
    """A slot kept for a customer who has not confirmed, until `expires_at`."""
    BOOKING = "booking"
    """Being written to the calendar."""
    BOOKED = "booked"
    MOVING = "moving"
    """Both the old slot and the next one are taken, until the calendar has the change."""
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    EXPIRED = "expired"
    """Nobody confirmed in time."""
    RELEASED = "released"
    """Given up before it was booked, or refused by the calendar."""


LIVE = frozenset(
    {
        BookingState.HELD,
        BookingState.BOOKING,
        BookingState.BOOKED,
        BookingState.MOVING,
        BookingState.CANCELLING,
    }
)
"""States in which a booking occupies something."""
KEPT = frozenset({BookingState.BOOKED, BookingState.MOVING, BookingState.CANCELLING})
"""States in which the customer has an appointment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """For whom it is booked; sealed wherever it is stored."""

    name: str | None = None
    phone: str | None = None


_NOBODY = Person()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """For whom a booking is made, and who is told about it."""

    customer_id: CustomerId | None = None
    conversation_id: ConversationId | None = None
    person: Person = _NOBODY
    language: str = "es"
    reminders_allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An appointment, at one version. Every change makes a new value with the next version."""

    id: BookingId
    slot: Slot
    state: BookingState
    request: RequestId
    """The request that made it or intends to change it: who comes again with it may go on."""
    customer_id: CustomerId | None = None
    conversation_id: ConversationId | None = None
    person: Person = _NOBODY
    language: str = "es"
    next: Slot | None = None
    """Where it is being moved to."""
    expires_at: datetime | None = None
    confirmed_at: datetime | None = None
    """When the customer answered a reminder with yes."""
    reminders_allowed: bool = True
    etag: str = ""
    """The event's, as it was last written or read."""
    version: int = 1
    created_at: datetime
    changed_at: datetime

    def __post_init__(self) -> None:
        checked(self.expires_at, self.confirmed_at, self.created_at, self.changed_at)

    @property
    def event_id(self) -> EventId:
        return event_id(self.id)
