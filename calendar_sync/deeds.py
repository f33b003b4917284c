"""What the conversation wants done, done.

What needs the world outside is done first; the rest, in the `Closing`, is done in the transaction in which the
conversation hears of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from calendar_sync.availability import clocks
from calendar_sync.availability.checking import check
from calendar_sync.availability.rules import window_to_read
from calendar_sync.availability.slots import find
from calendar_sync.availability.values import (
    Ask,
    Busy,
    Purpose,
    Situation,
    Slot,
    Taken,
    Unknown,
    Window,
)
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Booking, BookingState, Party
from calendar_sync.conversation import effects, events
from calendar_sync.conversation.events import Result
from calendar_sync.ending import Ending
from calendar_sync.google.agenda import Agenda
from calendar_sync.ids import BookingId, booking_id
from calendar_sync.intentions import CUSTOMER, Closing
from calendar_sync.making import FRESH, Making
from calendar_sync.moving import Moving
from calendar_sync.premises import Premises
from calendar_sync.requests import Request
from calendar_sync.shop.values import Shop
from kernel import ledger

PARTS = 16
"""As many holds as one turn may ask for."""


class Changes(Making, Moving, Ending):
    """Everything that can become of a booking at a customer's word."""

    __slots__ = ()


@dataclass(slots=True)
class Deeds:
    """The deeds of one turn."""

    premises: Premises
    request: Request
    shop: Shop
    agenda: Agenda
    party: Party
    holds: int = 0
    """How many holds this turn has asked for: each has its own name, the same however often the turn is run."""

    def prepare(self, effect: effects.Question) -> Closing:
        """Do what lies outside the database; the rest is in what is returned."""
        match effect:
            case effects.FindSlots():
                return self._look(effect)
            case effects.Hold():
                return self._hold(effect)
            case effects.Commit(hold=hold, slot=slot, person=person):
                return self._changes().book(hold, slot, person)
            case effects.MoveBooking(booking=booking, hold=hold, slot=slot, person=person):
                return self._changes().move(booking, hold, slot, person)
            case _:
                return self._prepare_more(effect)

    def _prepare_more(self, effect: effects.Question) -> Closing:
        match effect:
            case effects.RenameBooking(booking=booking, person=person):
                return self._changes().rename(booking, person)
            case effects.CancelBooking(booking):
                return self._changes().cancel(booking)
            case effects.ConfirmBooking(booking):
                return lambda session: self._confirm(session, booking)
            case effects.CheckMember():
                return lambda session: self._check_member(session, effect)
            case _:
                raise TypeError(type(effect).__name__)

    def _changes(self) -> Changes:
        return Changes(
            premises=self.premises,
            merchant=self.request.merchant,
            shop=self.shop,
            agenda=self.agenda,
            request=self.request.id,
            party=self.party,
        )

    # Looking

    def _look(self, wanted: effects.FindSlots) -> Closing:
        whole = self._whole(wanted)
        busy = Busy() if whole is None else self.agenda.busy(whole)
        if isinstance(busy, Unknown):
            return lambda _session: events.CalendarUnknown()

        def closing(session: Session) -> Result:
            situation = self._situation(session, busy, whole)
            slots = {slot for ask in wanted.asks for slot in find(situation, ask)}
            return events.Found(
                slots=tuple(sorted(slots, key=lambda slot: (slot.start, slot.staff or ""))),
                checked=tuple(check(situation, one.ask, one.start) for one in wanted.checks),
            )

        return closing

    def _whole(self, wanted: effects.FindSlots) -> Window | None:
        """The time about which the calendar is asked, once for all that is looked for."""
        asks = [*wanted.asks, *(_at(one) for one in wanted.checks)]
        windows = [window_to_read(self.shop, ask) for ask in asks]
        if not windows:
            return None
        return Window(min(one.start for one in windows), max(one.end for one in windows))

    def _situation(self, session: Session, busy: Busy, whole: Window | None) -> Situation:
        taken = self._bookings(session).taken(whole) if whole else ()
        now = self.premises.diary.clock.now()
        return Situation(shop=self.shop, busy=busy, taken=self._others(taken), now=now)

    def _others(self, taken: Sequence[Taken]) -> tuple[Taken, ...]:
        """Without what this very request holds already: it was killed, and looks again."""
        mine = {booking_id(self.request.id, part) for part in (*range(PARTS), FRESH)}
        return tuple(one for one in taken if one.booking not in mine)

    # Holding

    def _hold(self, wanted: effects.Hold) -> Closing:
        self.holds += 1
        part = self.holds - 1
        return lambda session: self._held(session, wanted, part)

    def _held(self, session: Session, wanted: effects.Hold, part: int) -> Result:
        bookings = self._bookings(session)
        party = replace(self.party, person=wanted.person)
        made = bookings.hold(self.request.id, [wanted.slot], party, part=part)
        if isinstance(made, Booking):
            until = made.expires_at or self.premises.diary.clock.now()
            gone = made.state in {BookingState.RELEASED, BookingState.EXPIRED}
            return events.SlotTaken() if gone else events.Held(hold=made.id, slot=made.slot, until=until)
        if wanted.moving is not None and self._is_own(session, wanted.slot, wanted.moving):
            # The new time meets the old one: the booking itself keeps it.
            until = self.premises.diary.clock.now() + timedelta(minutes=self.shop.rules.hold)
            return events.Held(hold=wanted.moving, slot=wanted.slot, until=until)
        return events.SlotTaken()

    def _is_own(self, session: Session, slot: Slot, moving: BookingId) -> bool:
        """Whether nothing is in the way but the booking that is to be moved."""
        ask = Ask(
            service=slot.service,
            window=slot.window,
            staff=slot.staff,
            party_size=slot.party_size,
            purpose=Purpose.MOVE,
            moving=moving,
        )
        situation = self._situation(session, Busy(), window_to_read(self.shop, ask))
        return isinstance(check(situation, ask, slot.start), Slot)

    # The rest

    def _confirm(self, session: Session, key: BookingId) -> Result:
        bookings = self._bookings(session)
        booking = bookings.get(key)
        if booking is None or booking.customer_id != self.request.customer.id:
            return events.Gone()
        confirmed = bookings.confirm(booking)
        return events.Confirmed(confirmed) if isinstance(confirmed, Booking) else events.Gone()

    def _check_member(self, session: Session, wanted: effects.CheckMember) -> Result:
        """Yes or no; the check itself is noted, never the list."""
        on = wanted.on or self.premises.diary.clock.now()
        accepted = self.premises.roll.has(
            session,
            self.request.merchant,
            on=clocks.local_day(on, self.shop.timezone),
            region=self.shop.country,
            phone=self.request.customer.phone,
        )
        detail: ledger.Detail = {"customer": str(self.request.customer.id), "accepted": accepted}
        clock, merchant = self.premises.diary.clock, self.request.merchant
        ledger.append(session, clock, merchant, actor=CUSTOMER, action="membership checked", detail=detail)
        return events.MemberAccepted() if accepted else events.MemberRefused()

    def _bookings(self, session: Session) -> Bookings:
        diary = self.premises.diary
        return Bookings(session, diary.tray, self.request.merchant, self.shop, diary.clock)


def _at(one: effects.Check) -> Ask:
    return replace(one.ask, window=Window(one.start, one.start + timedelta(minutes=1)))
