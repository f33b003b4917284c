"""What the merchant does to bookings by hand, in the console: the customer is told, and the merchant's page."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from calendar_sync.availability.checking import check
from calendar_sync.availability.rules import window_to_read
from calendar_sync.availability.values import Ask, Purpose, Situation, Slot, Unknown, Window
from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Booking, Party, Person
from calendar_sync.conversation import events, notices
from calendar_sync.conversation.events import Result
from calendar_sync.deeds import Changes
from calendar_sync.google.agenda import Agenda
from calendar_sync.ids import BookingId, ServiceId, StaffId, booking_id, outcome_id
from calendar_sync.intentions import Closing, told
from calendar_sync.making import FRESH
from calendar_sync.news import CANCELLED, MOVED, bring
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.premises import Premises
from calendar_sync.requests import OwnerAction, OwnerBook, OwnerCancel, OwnerMove, OwnerNoShow
from calendar_sync.shop.store import read_shop
from calendar_sync.shop.values import Shop
from calendar_sync.talks import lay
from calendar_sync.tray import finish_request


def act(premises: Premises, request: OwnerAction) -> None:
    """Do it and lay the report; run again after a kill, it is done once."""
    diary = premises.diary
    with diary.database.transaction(request.merchant) as session:
        shop = read_shop(session, request.merchant)
        reader = BookingReader(session, diary.tray, diary.clock)
        booking = None if isinstance(request, OwnerBook) else reader.find(request.booking)
    hand = _Hand(premises, request, shop or Shop(name="", timezone="UTC"), booking)
    closing = hand.closing() if shop else told(events.Gone())
    with diary.database.transaction(request.merchant) as session:
        hand.finish(session, closing(session))


@dataclass(frozen=True, slots=True)
class _Hand:
    """One thing that the merchant does."""

    premises: Premises
    request: OwnerAction
    shop: Shop
    booking: Booking | None

    def closing(self) -> Closing:
        match self.request, self.booking:
            case OwnerBook() as asked, _:
                return self._book(asked)
            case OwnerMove(start=start, staff=staff), Booking() as booking:
                slot = self._slot(booking.slot.service, start, staff or booking.slot.staff, booking)
                if slot is None:
                    return told(events.SlotTaken())
                return self._changes().move(booking.id, None, slot, booking.person)
            case OwnerCancel(), Booking() as booking:
                return self._changes().cancel(booking.id)
            case OwnerNoShow(), Booking() as booking:
                return lambda session: self._missed(session, booking.id)
            case _:
                return told(events.Gone())

    def _book(self, asked: OwnerBook) -> Closing:
        slot = self._slot(asked.service, asked.start, asked.staff, None, asked.party_size)
        if slot is None:
            return told(events.SlotTaken())
        return self._changes().book(None, slot, Person(name=asked.name, phone=asked.phone))

    def _slot(
        self,
        service: ServiceId,
        start: datetime,
        staff: StaffId | None,
        moving: Booking | None,
        party: int = 1,
    ) -> Slot | None:
        """At any notice, but not over what is there."""
        ask = Ask(
            service=service,
            window=Window(start, start + timedelta(minutes=1)),
            staff=staff,
            party_size=moving.slot.party_size if moving else party,
            purpose=Purpose.MOVE if moving else Purpose.BOOK,
            moving=moving.id if moving else None,
        )
        rules = replace(self.shop.rules, notice_book=0, notice_move=0)
        shop = replace(self.shop, rules=rules)
        whole = window_to_read(shop, ask)
        busy = self._agenda().busy(whole)
        if isinstance(busy, Unknown):
            return None
        diary, own = self.premises.diary, booking_id(self.request.id, FRESH)
        with diary.database.transaction(self.request.merchant) as session:
            taken = tuple(one for one in self._bookings(session).taken(whole) if one.booking != own)
        found = check(Situation(shop=shop, busy=busy, taken=taken, now=diary.clock.now()), ask, start)
        return found if isinstance(found, Slot) else None

    def _missed(self, session: Session, key: BookingId) -> Result:
        bookings = self._bookings(session)
        booking = bookings.get(key)
        missed = bookings.no_show(booking, self.request.actor) if booking else None
        return events.Confirmed(missed) if isinstance(missed, Booking) else events.Gone()

    def finish(self, session: Session, event: Result) -> None:
        """Report, tell the customer, and take the request out."""
        if not finish_request(session, self.request.id):
            return
        booking = getattr(event, "booking", None)
        kind = _KINDS[type(self.request)] if booking is not None else ReportKind.REFUSED
        report = Report(
            id=outcome_id(self.request.id),
            merchant=self.request.merchant,
            kind=kind,
            request_id=self.request.id,
            facts={} if booking is not None else {"reason": type(event).__name__},
            booking=None if booking is None else notices.facts_of(booking, self.shop),
        )
        lay(session, self.premises, report)
        if booking is not None:
            self._tell(session, booking)

    def _tell(self, session: Session, booking: Booking) -> None:
        given = (session, self.premises, self.request.merchant, self.shop, booking)
        match self.request:
            case OwnerMove():
                bring(*given, notices.owner_moved(booking, self.shop), MOVED)
            case OwnerCancel():
                bring(*given, notices.owner_cancelled(booking, self.shop), CANCELLED)
            case _:
                pass

    def _changes(self) -> Changes:
        return Changes(
            premises=self.premises,
            merchant=self.request.merchant,
            shop=self.shop,
            agenda=self._agenda(),
            request=self.request.id,
            party=self._party(),
            actor=self.request.actor,
        )

    def _party(self) -> Party:
        match self.request, self.booking:
            case OwnerBook() as asked, _:
                return Party(
                    customer_id=asked.customer_id,
                    conversation_id=asked.conversation_id,
                    person=Person(name=asked.name, phone=asked.phone),
                    language=asked.language,
                )
            case _, Booking() as booking:
                return Party(customer_id=booking.customer_id, conversation_id=booking.conversation_id)
            case _:
                return Party()

    def _agenda(self) -> Agenda:
        return self.premises.agenda(self.request.merchant, self.shop)

    def _bookings(self, session: Session) -> Bookings:
        diary = self.premises.diary
        return Bookings(session, diary.tray, self.request.merchant, self.shop, diary.clock)


_KINDS = {
    OwnerBook: ReportKind.BOOKED,
    OwnerMove: ReportKind.MOVED,
    OwnerCancel: ReportKind.CANCELLED,
    OwnerNoShow: ReportKind.NO_SHOW,
}
