"""What becomes of local bookings when a calendar is taken back: they stay without Google's marks, or they go."""

from sqlalchemy import CursorResult
from sqlmodel import Session, col, delete, update

from calendar_sync.bookings.models import BookingRow
from calendar_sync.models import ConversationRow
from kernel.ids import MerchantId


def erase_bookings(session: Session, merchant: MerchantId) -> int:
    """Delete a merchant's bookings with what they occupy and the reminders they had; how many."""
    session.execute(delete(ConversationRow).where(col(ConversationRow.merchant_id) == merchant))
    erased = session.execute(delete(BookingRow).where(col(BookingRow.merchant_id) == merchant))
    session.expire_all()
    return erased.rowcount if isinstance(erased, CursorResult) else 0


def forget_events(session: Session, merchant: MerchantId) -> None:
    """The bookings stay; what Google had said about their events goes."""
    marked = col(BookingRow.etag) != ""
    session.execute(update(BookingRow).where(col(BookingRow.merchant_id) == merchant, marked).values(etag=""))
    session.expire_all()
