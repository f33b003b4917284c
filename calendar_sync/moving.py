"""Moving a booking: the new slot is taken, the event changed, and only then is the old slot free."""

from sqlmodel import Session

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.transitions import SlotTaken
from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.conversation import events
from calendar_sync.conversation.events import Result
from calendar_sync.drafts import draft_of
from calendar_sync.google.agenda import Refused, Unclear, WhyRefused, Written
from calendar_sync.ids import BookingId
from calendar_sync.intentions import Closing, Intention, done, named, same, there, told
from calendar_sync.reminders.planning import plan_reminders


class Moving(Intention):
    """Moves a booking for one request."""

    __slots__ = ()

    def move(self, key: BookingId, hold: BookingId | None, slot: Slot, person: Person) -> Closing:
        """Move a booking to a slot; the hold on it is given up for it in the same transaction."""
        with self.transaction() as session:
            begun, again = self._begin_move(self.bookings(session), key, hold, slot, person)
        if not isinstance(begun, Booking):
            return told(begun)
        if begun.state is BookingState.BOOKED:
            return told(events.Moved(begun))
        hindrance = self.hindrance(slot)
        if hindrance is not None:
            return self._unmove(begun, hindrance, was_written=again)
        return self.rewrite(begun)

    def _begin_move(
        self, bookings: Bookings, key: BookingId, hold: BookingId | None, slot: Slot, person: Person
    ) -> tuple[Booking | Result, bool]:
        booking = bookings.get(key)
        if booking is None or booking.customer_id != self.party.customer_id:
            return events.Gone(), False
        if self.is_mine(booking, BookingState.MOVING):
            return booking, True
        if self.is_mine(booking, BookingState.BOOKED) and same(booking.slot, slot):
            return booking, True
        kept = bookings.get(hold) if hold is not None and hold != key else None
        if kept is not None and kept.state is BookingState.HELD:
            bookings.release(kept)
        begun = bookings.begin_move(named(bookings, booking, person), [slot], self.request)
        match begun:
            case Booking():
                return begun, False
            case SlotTaken():
                return events.SlotTaken(), False
            case _:
                return events.Gone(), False

    def rewrite(self, booking: Booking) -> Closing:
        """Bring the event of a booking that is being moved to its next slot."""
        draft = draft_of(self.shop, booking, booking.next)
        put = self.insist(lambda: self.agenda.change(booking.event_id, draft))
        match put:
            case Written(etag):
                return lambda session: self._moved(session, booking.id, etag)
            case Refused(WhyRefused.GONE):
                return self._lost(booking)
            case Unclear():
                return self.unclear(booking.id)
            case _:
                return self._unmove(booking, events.CalendarUnknown(), was_written=False)

    def _moved(self, session: Session, key: BookingId, etag: str) -> Result:
        bookings = self.bookings(session)
        booking = there(bookings.get(key))
        if booking.state is BookingState.MOVING:
            booking = done(bookings.finish_move(booking, etag, self.actor))
        plan_reminders(session, self.premises.diary, self.merchant, self.shop, booking)
        return events.Moved(booking)

    def _unmove(self, booking: Booking, why: Result, *, was_written: bool) -> Closing:
        """It stays where it was. An event that an earlier run may have moved goes back first."""
        if was_written:
            draft = draft_of(self.shop, booking)
            put = self.insist(lambda: self.agenda.change(booking.event_id, draft))
            if isinstance(put, Unclear):
                return self.unclear(booking.id)

        def closing(session: Session) -> Result:
            bookings = self.bookings(session)
            bookings.abandon_move(there(bookings.get(booking.id)))
            return why

        return closing

    def _lost(self, booking: Booking) -> Closing:
        """The owner deleted the event while we were about to move it."""

        def closing(session: Session) -> Result:
            bookings = self.bookings(session)
            stays = bookings.abandon_move(there(bookings.get(booking.id)))
            if isinstance(stays, Booking):
                bookings.owner_cancelled(stays)
            return events.Gone()

        return closing
