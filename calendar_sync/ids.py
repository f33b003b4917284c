"""Identifiers of the diary, and what is derived from them.

A booking's id is derived from the request that made it, and its event's id from the booking: a job that is
killed and run again arrives at the same names, so nothing can be made twice.
"""

from typing import NewType
from uuid import UUID, uuid5

RequestId = NewType("RequestId", UUID)
OutcomeId = NewType("OutcomeId", UUID)
ConversationId = NewType("ConversationId", UUID)
BookingId = NewType("BookingId", UUID)

ServiceId = NewType("ServiceId", str)
StaffId = NewType("StaffId", str)
RoomId = NewType("RoomId", str)
ClassId = NewType("ClassId", str)
TableId = NewType("TableId", str)
EventId = NewType("EventId", str)
"""Google's: letters a to v and digits, chosen by us when the event is made."""


def booking_id(request: RequestId, part: int = 0) -> BookingId:
    """The booking that a request makes; `part` counts where one request makes several."""
    return BookingId(uuid5(request, f"booking|{part}"))


def outcome_id(request: RequestId, part: int = 0) -> OutcomeId:
    """The outcome that answers a request."""
    return OutcomeId(uuid5(request, f"outcome|{part}"))


def event_id(booking: BookingId) -> EventId:
    """The booking's event, in the alphabet that Google allows."""
    return EventId(booking.hex)
