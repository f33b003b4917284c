"""Giving a booking up, and putting it in another name."""

from sqlmodel import Session

from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.conversation import events
from calendar_sync.conversation.events import Result
from calendar_sync.drafts import draft_of
from calendar_sync.google.agenda import Unclear, Written
from calendar_sync.ids import BookingId
from calendar_sync.intentions import Closing, Intention, done, named, there, told


class Ending(Intention):
    """Cancels or renames for one request."""

    __slots__ = ()

    def cancel(self, key: BookingId) -> Closing:
        """Give a booking up. Where the calendar does not answer the event is taken out later."""
        with self.transaction() as session:
            bookings = self.bookings(session)
            booking = bookings.get(key)
            if booking is None or booking.customer_id != self.party.customer_id:
                return told(events.Gone())
            if self.is_mine(booking, BookingState.CANCELLED):
                return told(events.Cancelled(booking))
            begun = bookings.begin_cancel(booking, self.request)
        return self.take_out(begun) if isinstance(begun, Booking) else told(events.Gone())

    def take_out(self, booking: Booking) -> Closing:
        put = self.insist(lambda: self.agenda.remove(booking.event_id))

        def closing(session: Session) -> Result:
            bookings = self.bookings(session)
            stored = there(bookings.get(booking.id))
            if stored.state is BookingState.CANCELLING:
                stored = done(bookings.finish_cancel(stored, self.actor))
            if isinstance(put, Unclear):
                self.mend_later(session, booking.id)
            return events.Cancelled(stored)

        return closing

    def rename(self, key: BookingId, person: Person) -> Closing:
        with self.transaction() as session:
            bookings = self.bookings(session)
            booking = bookings.get(key)
            if booking is None or booking.customer_id != self.party.customer_id:
                return told(events.Gone())
            renamed = named(bookings, booking, person)
        draft = draft_of(self.shop, renamed)
        put = self.insist(lambda: self.agenda.change(renamed.event_id, draft))

        def closing(session: Session) -> Result:
            bookings = self.bookings(session)
            stored = there(bookings.get(key))
            if isinstance(put, Written) and stored.state is BookingState.BOOKED:
                stored = done(bookings.noted_etag(stored, put.etag))
            if isinstance(put, Unclear):
                self.mend_later(session, key)
            return events.Moved(stored)

        return closing
