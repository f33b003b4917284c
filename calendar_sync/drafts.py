"""A booking as an event: what the owner reads in their calendar."""

from datetime import datetime

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.tongue import Tongue
from calendar_sync.google.agenda import EventDraft
from calendar_sync.shop.values import Shop


def draft_of(shop: Shop, booking: Booking, slot: Slot | None = None) -> EventDraft:
    """The event of a booking, at its own slot or at another one."""
    where = slot or booking.slot
    words = Tongue.of(shop, shop.languages[0] if shop.languages else booking.language)
    service, person = words.service(where.service), booking.person
    return EventDraft(
        id=booking.event_id,
        booking=booking.id,
        title=" · ".join(filter(None, (service, person.name))),
        start=_whole(where.start),
        end=_whole(where.end),
        zone=shop.timezone,
        description="\n".join(filter(None, (words.summary(where, person.name), person.phone))),
        location=shop.address,
    )


def _whole(moment: datetime) -> datetime:
    # Google keeps seconds only.
    return moment.replace(microsecond=0)
