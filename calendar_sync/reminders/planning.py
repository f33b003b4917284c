"""When a booking is to be reminded of: the service's lead times, or the merchant's."""

from datetime import datetime, timedelta

from sqlmodel import Session

from calendar_sync.bookings.values import Booking
from calendar_sync.jobs import remind_job
from calendar_sync.room import Diary
from calendar_sync.shop.values import Shop
from kernel.ids import MerchantId
from kernel.jobs import Job, defer


def plan_reminders(
    session: Session, diary: Diary, merchant: MerchantId, shop: Shop, booking: Booking
) -> None:
    """Defer the jobs, in the transaction in which the booking was made or moved.

    Those of an earlier time find the booking changed and do nothing.
    """
    defer(session, *reminder_jobs(merchant, shop, booking, diary.clock.now()))


def reminder_jobs(merchant: MerchantId, shop: Shop, booking: Booking, now: datetime) -> list[Job]:
    """A job for each lead time that has not passed."""
    if not booking.reminders_allowed or booking.conversation_id is None:
        return []
    start = booking.slot.start
    due = {minutes: start - timedelta(minutes=minutes) for minutes in lead_times(shop, booking)}
    return [remind_job(merchant, booking.id, minutes, start, at) for minutes, at in due.items() if at > now]


def lead_times(shop: Shop, booking: Booking) -> tuple[int, ...]:
    """In minutes, the longest first, each once."""
    service = shop.service(booking.slot.service)
    chosen = service.reminders if service and service.reminders else shop.reminders
    return tuple(sorted({minutes for minutes in chosen if minutes > 0}, reverse=True))
