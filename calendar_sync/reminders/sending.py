"""Sending a reminder: the booking is read again, and what was sent once is not sent again."""

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.codec import to_json
from calendar_sync.conversation import notices
from calendar_sync.conversation.machine import reminded
from calendar_sync.conversation.values import State
from calendar_sync.ids import BookingId
from calendar_sync.news import REMINDER, bring
from calendar_sync.premises import Premises
from calendar_sync.reminders.models import ReminderRow
from calendar_sync.shop.store import read_shop
from calendar_sync.states import save_state
from calendar_sync.talks import remembered
from kernel.ids import MerchantId

SLACK = timedelta(minutes=5)
"""How far the database's clock, by which jobs fall due, and ours may be apart."""


def remind(premises: Premises, merchant: MerchantId, key: BookingId, minutes: int, start: datetime) -> bool:
    """Remind of a booking that still stands and still begins then; whether anything was sent."""
    diary = premises.diary
    with diary.database.transaction(merchant) as session:
        booking = BookingReader(session, diary.tray, diary.clock).find(key)
        shop = read_shop(session, merchant)
        if shop is None or booking is None or not _is_due(booking, minutes, start, diary.clock.now()):
            return False
        if booking.conversation_id is None or not _is_first(session, merchant, booking, minutes, premises):
            return False
        state = remembered(session, premises, merchant, booking.conversation_id)
        now = diary.clock.now()
        body = to_json(State, reminded(state, booking, now))
        save_state(session, diary.own, merchant, booking.conversation_id, body, now)
        bring(session, premises, merchant, shop, booking, notices.reminder(booking, shop), REMINDER)
    return True


def _is_due(booking: Booking, minutes: int, start: datetime, now: datetime) -> bool:
    if booking.state is not BookingState.BOOKED or not booking.reminders_allowed:
        return False
    due = start - timedelta(minutes=minutes)
    return booking.slot.start == start and due - SLACK <= now < start


def _is_first(
    session: Session, merchant: MerchantId, booking: Booking, minutes: int, premises: Premises
) -> bool:
    row = {
        "booking_id": booking.id,
        "minutes": minutes,
        "starts_at": booking.slot.start,
        "merchant_id": merchant,
        "sent_at": premises.diary.clock.now(),
    }
    written = insert(ReminderRow).values(row).on_conflict_do_nothing().returning(col(ReminderRow.booking_id))
    return session.execute(written).first() is not None
