"""What the diary tells a customer by itself, with the template that says it where WhatsApp's window is closed."""

from uuid import uuid4

from sqlmodel import Session

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation import notices
from calendar_sync.conversation.values import Reply
from calendar_sync.ids import OutcomeId
from calendar_sync.outcomes import Outcome, TemplateCall
from calendar_sync.premises import Premises
from calendar_sync.shop.values import Shop
from calendar_sync.talks import lay
from kernel.ids import MerchantId

REMINDER = "booking_reminder"
MOVED = "booking_moved"
CANCELLED = "booking_cancelled"
MADE = "booking_made"
WITH_BUTTONS = frozenset({REMINDER, MOVED})
"""Templates with the three quick replies: coming, move, cancel."""


def bring(
    session: Session,
    premises: Premises,
    merchant: MerchantId,
    shop: Shop,
    booking: Booking,
    reply: Reply,
    template: str,
) -> None:
    """Lay news of a booking in the out-tray; somebody without a conversation cannot be told."""
    if booking.conversation_id is None:
        return
    outcome = Outcome(
        id=OutcomeId(uuid4()),
        merchant=merchant,
        kind=reply.kind,
        conversation_id=booking.conversation_id,
        messages=(reply.message,),
        awaiting=reply.awaiting,
        booking=reply.booking,
        template=TemplateCall(
            name=template,
            language=booking.language,
            values=notices.template_values(booking, shop),
            buttons=notices.payloads(booking) if template in WITH_BUTTONS else (),
        ),
    )
    lay(session, premises, outcome)
