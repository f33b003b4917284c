"""Bookings as rows and back. For whom it is booked is sealed with the trays' key, so that the console can show it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.models import BookingRow
from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.codec import from_json, from_plain, to_json, to_plain
from calendar_sync.ids import BookingId, ConversationId, EventId, RequestId
from kernel.ids import CustomerId, MerchantId
from kernel.sealing import Place, Sealer

TABLE = "calendar.booking"


def row_of(booking: Booking, merchant: MerchantId, sealer: Sealer) -> dict[str, Any]:
    """Every column of a booking's row."""
    person = to_json(Person, booking.person)
    return {
        "id": booking.id,
        "merchant_id": merchant,
        "customer_id": booking.customer_id,
        "conversation_id": booking.conversation_id,
        "request_id": booking.request,
        "state": booking.state.value,
        "starts_at": booking.slot.start,
        "ends_at": booking.slot.end,
        "slot": to_plain(Slot, booking.slot),
        "next": None if booking.next is None else to_plain(Slot, booking.next),
        "language": booking.language,
        "person": None if booking.person == Person() else sealer.seal(person, _place(merchant)),
        "reminders_allowed": booking.reminders_allowed,
        "expires_at": booking.expires_at,
        "confirmed_at": booking.confirmed_at,
        "etag": booking.etag,
        "version": booking.version,
        "created_at": booking.created_at,
        "changed_at": booking.changed_at,
    }


def booking_of(row: BookingRow, sealer: Sealer) -> Booking:
    merchant = MerchantId(row.merchant_id)
    return Booking(
        id=BookingId(row.id),
        slot=from_plain(Slot, row.slot),
        state=BookingState(row.state),
        request=RequestId(row.request_id),
        customer_id=_customer(row.customer_id),
        conversation_id=None if row.conversation_id is None else ConversationId(row.conversation_id),
        person=_person(row.person, merchant, sealer),
        language=row.language,
        next=None if row.next is None else from_plain(Slot, row.next),
        reminders_allowed=row.reminders_allowed,
        etag=row.etag,
        version=row.version,
        **_moments(row),
    )


def _moments(row: BookingRow) -> Mapping[str, Any]:
    names = ("expires_at", "confirmed_at", "created_at", "changed_at")
    found: dict[str, datetime | None] = {name: getattr(row, name) for name in names}
    return found


def _person(sealed: bytes | None, merchant: MerchantId, sealer: Sealer) -> Person:
    return Person() if sealed is None else from_json(Person, sealer.open(sealed, _place(merchant)))


def _place(merchant: MerchantId) -> Place:
    return Place(merchant, TABLE, "person")


def _customer(found: UUID | None) -> CustomerId | None:
    return None if found is None else CustomerId(found)


def booking_of_event(event: EventId) -> BookingId | None:
    """The booking that an event of ours belongs to; None for what cannot be one of ours."""
    try:
        return BookingId(UUID(hex=event)) if len(event) == 32 else None
    except ValueError:
        return None
