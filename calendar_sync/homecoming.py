"""The owner's edits in Google, made true here: booking, reminders and customer, once."""

from dataclasses import replace

import structlog
from sqlmodel import Session

from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.conversation import notices
from calendar_sync.mirror.changes import OwnerCancelled, OwnerChange, OwnerMoved
from calendar_sync.news import CANCELLED, MOVED, bring
from calendar_sync.premises import Premises
from calendar_sync.reminders.planning import plan_reminders
from calendar_sync.shop.store import read_shop
from calendar_sync.shop.values import Shop
from kernel.ids import MerchantId

_log = structlog.get_logger()


def apply(premises: Premises, session: Session, merchant: MerchantId, change: OwnerChange) -> None:
    """In the transaction that remembers having seen the change: who sees it again finds the booking changed."""
    shop = read_shop(session, merchant)
    if shop is None:
        return
    diary = premises.diary
    bookings = Bookings(session, diary.tray, merchant, shop, diary.clock)
    booking = bookings.get(change.booking.id)
    if booking is None or booking.state is not BookingState.BOOKED:
        return
    match change:
        case OwnerMoved():
            _moved(premises, session, merchant, shop, bookings, booking, change)
        case OwnerCancelled():
            gone = bookings.owner_cancelled(booking)
            if isinstance(gone, Booking) and diary.clock.now() < booking.slot.end:
                reply = notices.owner_cancelled(gone, shop)
                bring(session, premises, merchant, shop, gone, reply, CANCELLED)
        case _:
            _log.warning("an event cannot be followed", merchant=str(merchant), booking=str(booking.id))


def _moved(
    premises: Premises,
    session: Session,
    merchant: MerchantId,
    shop: Shop,
    bookings: Bookings,
    booking: Booking,
    change: OwnerMoved,
) -> None:
    slot = replace(booking.slot, start=change.window.start, end=change.window.end)
    moved = bookings.owner_moved(booking, slot, change.etag)
    if not isinstance(moved, Booking):
        return
    plan_reminders(session, premises.diary, merchant, shop, moved)
    if slot.start != booking.slot.start and premises.diary.clock.now() < slot.end:
        bring(session, premises, merchant, shop, moved, notices.owner_moved(moved, shop), MOVED)
