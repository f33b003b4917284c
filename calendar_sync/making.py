"""Making a booking: intended, read once more, written to the calendar, booked."""

from dataclasses import replace

from sqlmodel import Session

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.transitions import SlotTaken
from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.conversation import events
from calendar_sync.conversation.events import Result
from calendar_sync.drafts import draft_of
from calendar_sync.google.agenda import Unclear, Written
from calendar_sync.ids import BookingId
from calendar_sync.intentions import Closing, Intention, done, named, there, told
from calendar_sync.reminders.planning import plan_reminders

FRESH = 64
"""The part of a request's booking that was made anew because its hold had lapsed."""


class Making(Intention):
    """Books for one request."""

    __slots__ = ()

    def book(self, hold: BookingId | None, slot: Slot, person: Person) -> Closing:
        """Make a booking of a hold; of the slot itself where there is none, or where it has lapsed."""
        with self.transaction() as session:
            begun, again = self._begin(self.bookings(session), hold, slot, person)
        if begun is None:
            return told(events.SlotTaken())
        if begun.state is BookingState.BOOKED:
            return told(events.Booked(begun))
        hindrance = self.hindrance(begun.slot)
        if hindrance is not None:
            return self._unbook(begun, hindrance, was_written=again)
        return self.write(begun, was_written=again)

    def _begin(
        self, bookings: Bookings, hold: BookingId | None, slot: Slot, person: Person
    ) -> tuple[Booking | None, bool]:
        """The booking that is now intended, and whether it was so before."""
        kept = bookings.get(hold) if hold else None
        if kept is not None and self.is_mine(kept, BookingState.BOOKING, BookingState.BOOKED):
            return kept, True
        if kept is not None and kept.state is BookingState.HELD:
            begun = bookings.begin(named(bookings, kept, person), self.request)
            if isinstance(begun, Booking):
                return begun, False
        party = replace(self.party, person=person)
        made = bookings.begin_at_once(self.request, [slot], party, part=FRESH)
        if isinstance(made, SlotTaken) or made.state not in {BookingState.BOOKING, BookingState.BOOKED}:
            return None, False
        return made, True

    def write(self, booking: Booking, *, was_written: bool) -> Closing:
        """Put the event of a booking that is intended."""
        put = self.insist(lambda: self.agenda.put(draft_of(self.shop, booking)))
        match put:
            case Written(etag):
                return lambda session: self._booked(session, booking.id, etag)
            case Unclear():
                return self.unclear(booking.id)
            case _:
                return self._unbook(booking, events.CalendarUnknown(), was_written=was_written)

    def _booked(self, session: Session, key: BookingId, etag: str) -> Result:
        bookings = self.bookings(session)
        booking = there(bookings.get(key))
        if booking.state is not BookingState.BOOKED:
            booking = done(bookings.finish(booking, etag, self.actor))
        plan_reminders(session, self.premises.diary, self.merchant, self.shop, booking)
        return events.Booked(booking)

    def _unbook(self, booking: Booking, why: Result, *, was_written: bool) -> Closing:
        """Nothing comes of it. An event that an earlier run may have written goes first."""
        if was_written:
            removed = self.insist(lambda: self.agenda.remove(booking.event_id))
            if isinstance(removed, Unclear):
                return self.unclear(booking.id)

        def closing(session: Session) -> Result:
            bookings = self.bookings(session)
            bookings.release(there(bookings.get(booking.id)))
            return why

        return closing
