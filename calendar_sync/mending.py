"""Finding out what became of a change whose outcome was never heard, and telling the customer."""

from sqlmodel import Session

from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.values import Booking, BookingState, Party
from calendar_sync.codec import to_json
from calendar_sync.conversation import events
from calendar_sync.conversation.machine import step
from calendar_sync.conversation.values import State, View
from calendar_sync.deeds import Changes
from calendar_sync.errors import CalendarSilent
from calendar_sync.google.agenda import Unclear
from calendar_sync.ids import BookingId
from calendar_sync.intentions import Closing
from calendar_sync.news import MADE, MOVED, bring
from calendar_sync.premises import Premises
from calendar_sync.requests import Customer
from calendar_sync.shop.store import read_shop
from calendar_sync.shop.values import Shop
from calendar_sync.states import save_state
from calendar_sync.talks import remembered
from kernel.ids import CustomerId, MerchantId

ACTOR = "diary"


def mend(premises: Premises, merchant: MerchantId, key: BookingId) -> None:
    """Go on with what was intended; raises where the calendar still does not answer."""
    diary = premises.diary
    with diary.database.transaction(merchant) as session:
        shop = read_shop(session, merchant)
        booking = BookingReader(session, diary.tray, diary.clock).find(key)
    if shop is None or booking is None:
        return
    changes = _changes(premises, merchant, shop, booking)
    closing = _closing(changes, booking)
    if closing is None:
        return
    with diary.database.transaction(merchant) as session:
        event = closing(session)
        if isinstance(event, events.Unclear):
            raise CalendarSilent(str(key))
        _tell(session, premises, merchant, shop, event)


def _closing(changes: Changes, booking: Booking) -> Closing | None:
    match booking.state:
        case BookingState.BOOKING:
            return changes.write(booking, was_written=True)
        case BookingState.MOVING:
            return changes.rewrite(booking)
        case BookingState.CANCELLING:
            return changes.take_out(booking)
        case BookingState.CANCELLED | BookingState.RELEASED:
            if isinstance(changes.agenda.remove(booking.event_id), Unclear):
                raise CalendarSilent(str(booking.id))
            return None
        case _:
            return None


def _changes(premises: Premises, merchant: MerchantId, shop: Shop, booking: Booking) -> Changes:
    party = Party(
        customer_id=booking.customer_id,
        conversation_id=booking.conversation_id,
        person=booking.person,
        language=booking.language,
        reminders_allowed=booking.reminders_allowed,
    )
    return Changes(
        premises=premises,
        merchant=merchant,
        shop=shop,
        agenda=premises.agenda(merchant, shop),
        request=booking.request,
        party=party,
        actor=ACTOR,
    )


def _tell(
    session: Session, premises: Premises, merchant: MerchantId, shop: Shop, event: events.Result
) -> None:
    """The customer was told that it was not known; now it is."""
    if not isinstance(event, events.Booked | events.Moved):
        return
    booking = event.booking
    if booking.conversation_id is None or booking.customer_id is None:
        return
    diary, now = premises.diary, premises.diary.clock.now()
    state = remembered(session, premises, merchant, booking.conversation_id)
    view = View(
        shop=shop,
        customer=Customer(id=CustomerId(booking.customer_id)),
        language="pt" if booking.language == "pt" else "en" if booking.language == "en" else "es",
        now=now,
    )
    done = step(event, state, view)
    if done.reply is not None:
        body = to_json(State, done.state)
        save_state(session, diary.own, merchant, booking.conversation_id, body, now)
        template = MADE if isinstance(event, events.Booked) else MOVED
        bring(session, premises, merchant, shop, booking, done.reply, template)
