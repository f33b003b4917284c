"""What the diary holds about a customer goes: what is to come is cancelled, names and conversations are erased."""

from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Party
from calendar_sync.deeds import Changes
from calendar_sync.ids import outcome_id
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.premises import Premises
from calendar_sync.requests import Forget
from calendar_sync.shop.store import read_shop
from calendar_sync.shop.values import Shop
from calendar_sync.states import drop_state
from calendar_sync.talks import lay
from calendar_sync.tray import finish_request

ACTOR = "privacy"


def forget(premises: Premises, request: Forget) -> None:
    """Cancel first, also in the calendar; then forget whose bookings they were."""
    diary = premises.diary
    with diary.database.transaction(request.merchant) as session:
        shop = read_shop(session, request.merchant) or Shop(name="", timezone="UTC")
        coming = Bookings(session, diary.tray, request.merchant, shop, diary.clock).of_customer(
            request.customer_id
        )
    changes = Changes(
        premises=premises,
        merchant=request.merchant,
        shop=shop,
        agenda=premises.agenda(request.merchant, shop),
        request=request.id,
        party=Party(customer_id=request.customer_id),
        actor=ACTOR,
    )
    closings = [changes.cancel(booking.id) for booking in coming]
    with diary.database.transaction(request.merchant) as session:
        for closing in closings:
            closing(session)
        bookings = Bookings(session, diary.tray, request.merchant, shop, diary.clock)
        forgotten = bookings.forget(request.customer_id)
        for booking in coming:
            if booking.conversation_id is not None:
                drop_state(session, booking.conversation_id)
        if finish_request(session, request.id):
            report = Report(
                id=outcome_id(request.id),
                merchant=request.merchant,
                kind=ReportKind.FORGOTTEN,
                request_id=request.id,
                facts={"bookings": str(forgotten)},
            )
            lay(session, premises, report)
