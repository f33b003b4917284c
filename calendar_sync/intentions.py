"""Changes of a booking that the calendar must have first: intended, written there, and then true here.

Each is two transactions with the call between them. The event's id follows from the booking's, so whoever comes
again, after a kill or an answer that never came, finds what was done and goes on. What cannot be carried out is taken
back in the calendar before it is given back here: no event is left behind.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from calendar_sync.availability.slots import needs_of
from calendar_sync.availability.values import Slot, Window
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.transitions import Changed
from calendar_sync.bookings.values import Booking, BookingState, Party, Person
from calendar_sync.conversation import events
from calendar_sync.conversation.events import Result
from calendar_sync.errors import BookingBusy
from calendar_sync.google.agenda import Agenda, Put, Unclear, Unknown
from calendar_sync.ids import BookingId, RequestId
from calendar_sync.jobs import mend_job
from calendar_sync.premises import Premises
from calendar_sync.shop.values import Shop
from kernel.ids import MerchantId
from kernel.jobs import defer

Closing = Callable[[Session], Result]
"""The last part of a change, in the transaction in which it is told."""
TRIES = 3
LONGEST_PAUSE = timedelta(seconds=2)
MEND_AFTER = timedelta(seconds=30)
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """What one request intends, and with what it can be carried out."""

    premises: Premises
    merchant: MerchantId
    shop: Shop
    agenda: Agenda
    request: RequestId
    party: Party
    actor: str = CUSTOMER

    def bookings(self, session: Session) -> Bookings:
        diary = self.premises.diary
        return Bookings(session, diary.tray, self.merchant, self.shop, diary.clock)

    def hindrance(self, slot: Slot) -> Result | None:
        """Read once more, between the intention and the calendar: what the owner may have put there meanwhile."""
        windows = [need.window for need in needs_of(self.shop, slot)]
        whole = Window(min(one.start for one in windows), max(one.end for one in windows))
        busy = self.agenda.busy(whole)
        if isinstance(busy, Unknown):
            return events.CalendarUnknown()
        blocking = busy.of(slot.staff) if slot.staff else busy.ranges
        met = any(one.overlaps(window) for one in blocking for window in windows)
        return events.SlotTaken() if met else None

    def insist(self, call: Callable[[], Put]) -> Put:
        """Make a call until its outcome is clear, a few times."""
        put = call()
        for _ in range(TRIES - 1):
            if not isinstance(put, Unclear):
                break
            self.premises.wait(min(put.after, LONGEST_PAUSE))
            put = call()
        return put

    def unclear(self, key: BookingId) -> Closing:
        """It stays intended; a job finds out what became of it and tells the customer."""

        def closing(session: Session) -> Result:
            self.mend_later(session, key)
            return events.Unclear()

        return closing

    def mend_later(self, session: Session, key: BookingId) -> None:
        at = self.premises.diary.clock.now() + MEND_AFTER
        defer(session, mend_job(self.merchant, key, at))

    def is_mine(self, booking: Booking, *states: BookingState) -> bool:
        return booking.request == self.request and booking.state in states

    def transaction(self) -> AbstractContextManager[Session]:
        return self.premises.diary.database.transaction(self.merchant)


def told(event: Result) -> Closing:
    """Nothing is left to do but to say so."""
    return lambda _session: event


def there(booking: Booking | None) -> Booking:
    """The booking, which nobody deletes."""
    if booking is None:
        raise BookingBusy("a booking that was intended is not there")
    return booking


def done(changed: Changed) -> Booking:
    """The booking as it is now; somebody else who changed it meanwhile makes the job start again."""
    if not isinstance(changed, Booking):
        raise BookingBusy("a booking was changed by two at once")
    return changed


def named(bookings: Bookings, booking: Booking, person: Person) -> Booking:
    """In this name, where another one was given."""
    wanted = Person(name=person.name or booking.person.name, phone=person.phone or booking.person.phone)
    if wanted == booking.person:
        return booking
    changed = bookings.rename(booking, wanted)
    return changed if isinstance(changed, Booking) else booking


def same(slot: Slot, other: Slot) -> bool:
    """Whether two slots are one, whatever was free beside them."""
    return replace(slot, free=None) == replace(other, free=None)
