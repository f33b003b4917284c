"""Bookings in the database: every change is a compare-and-swap, and comes with what it occupies or frees.

One `Bookings` serves one transaction that is confined to the merchant; it never commits. Each step is idempotent by
the id of its request: a job that was killed and runs again finds its own work and goes on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, delete, insert, select

from calendar_sync.availability.slots import needs_of
from calendar_sync.availability.values import Need, Slot, Taken, Window
from calendar_sync.bookings import holds, transitions
from calendar_sync.bookings.holds import Claimant
from calendar_sync.bookings.models import BookingRow
from calendar_sync.bookings.numbers import lock
from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.rows import row_of
from calendar_sync.bookings.transitions import Change, Changed, NotPossible, SlotTaken, Stale
from calendar_sync.bookings.values import Booking, BookingState, Party, Person
from calendar_sync.ids import BookingId, RequestId, booking_id
from calendar_sync.shop.values import Shop
from kernel import ledger
from kernel.clock import Clock
from kernel.ids import CustomerId, MerchantId
from kernel.sealing import Sealer


class Bookings(BookingReader):
    """One merchant's bookings, within one transaction."""

    def __init__(
        self, session: Session, sealer: Sealer, merchant: MerchantId, shop: Shop, clock: Clock
    ) -> None:
        super().__init__(session, sealer, clock)
        self._merchant, self._shop = merchant, shop

    def get(self, booking: BookingId) -> Booking | None:
        """The booking, locked until the transaction ends."""
        found = self._read(select(BookingRow).where(BookingRow.id == booking).with_for_update())
        return found[0] if found else None

    def taken(self, when: Window) -> tuple[Taken, ...]:
        """What bookings and holds occupy in this time."""
        return holds.taken(self._session, self._merchant, when, self._clock.now())

    # Making

    def hold(
        self,
        request: RequestId,
        slots: Sequence[Slot],
        party: Party,
        *,
        part: int = 0,
        moving: BookingId | None = None,
    ) -> Booking | SlotTaken:
        """Keep the first of these slots that can be had, until it is confirmed or lapses.

        `moving`: the booking that is to be moved there. Where the two meet, what it has already is enough.
        """
        until = self._clock.now() + timedelta(minutes=self._shop.rules.hold)
        return self._make(request, slots, party, BookingState.HELD, until, part, moving)

    def begin_at_once(
        self, request: RequestId, slots: Sequence[Slot], party: Party, *, part: int = 0
    ) -> Booking | SlotTaken:
        """Take the first of these slots for a booking that needs no confirmation."""
        return self._make(request, slots, party, BookingState.BOOKING, None, part)

    def _make(
        self,
        request: RequestId,
        slots: Sequence[Slot],
        party: Party,
        state: BookingState,
        until: datetime | None,
        part: int,
        moving: BookingId | None = None,
    ) -> Booking | SlotTaken:
        made = self.get(booking_id(request, part))
        if made is not None:
            return made
        self._line_up(slots)
        for slot in slots:
            now = self._clock.now()
            booking = Booking(
                id=booking_id(request, part),
                slot=slot,
                state=state,
                request=request,
                customer_id=party.customer_id,
                conversation_id=party.conversation_id,
                person=party.person,
                language=party.language,
                reminders_allowed=party.reminders_allowed,
                expires_at=until,
                created_at=now,
                changed_at=now,
            )
            if self._add(booking, moving):
                return booking
        return SlotTaken()

    def _add(self, booking: Booking, moving: BookingId | None) -> bool:
        claimant = Claimant(
            merchant=self._merchant, booking=booking.id, beside=moving, expires_at=booking.expires_at
        )
        claims = holds.claim(self._session, claimant, self._needs(booking.slot), self._clock.now())
        if claims is None:
            return False
        self._session.execute(insert(BookingRow).values(row_of(booking, self._merchant, self._sealer)))
        if holds.write(self._session, claimant, claims):
            return True
        self._session.execute(delete(BookingRow).where(col(BookingRow.id) == booking.id))
        return False

    def begin(self, booking: Booking, request: RequestId) -> Changed:
        """Confirmed: written down before the calendar is asked."""
        begun = self._swap(booking, transitions.begin(booking, request, self._clock.now()))
        if isinstance(begun, Booking):
            holds.make_lasting(self._session, booking.id)
        return begun

    def finish(self, booking: Booking, etag: str, actor: str) -> Changed:
        """The calendar has the event."""
        change = transitions.finish(booking, etag, self._clock.now())
        return self._noted(self._swap(booking, change), "booking made", actor)

    def release(self, booking: Booking) -> Changed:
        """Given up before it was booked."""
        return self._freed(self._swap(booking, transitions.release(booking, self._clock.now())))

    # Moving

    def begin_move(self, booking: Booking, slots: Sequence[Slot], request: RequestId) -> Changed | SlotTaken:
        """Take the first of these slots that can be had, and keep the old one."""
        if transitions.is_ours(booking, BookingState.MOVING, request):
            return booking
        self._line_up(slots)
        for slot in slots:
            change = transitions.begin_move(booking, slot, request, self._clock.now())
            if isinstance(change, NotPossible):
                return change
            claimant = Claimant(merchant=self._merchant, booking=booking.id, is_next=True)
            claims = holds.claim(self._session, claimant, self._needs(slot), self._clock.now())
            if claims is not None and holds.write(self._session, claimant, claims):
                return self._swap(booking, change)
        return SlotTaken()

    def finish_move(self, booking: Booking, etag: str, actor: str) -> Changed:
        """The calendar has the change: the old slot is free."""
        moved = self._swap(booking, transitions.finish_move(booking, etag, self._clock.now()))
        return self._noted(self._settled(moved), "booking moved", actor)

    def abandon_move(self, booking: Booking) -> Changed:
        """The calendar refused: the old slot stays, the new one is free."""
        kept = self._swap(booking, transitions.abandon_move(booking, self._clock.now()))
        if isinstance(kept, Booking):
            holds.give_back(self._session, kept.id, only_next=True)
        return kept

    def owner_moved(self, booking: Booking, slot: Slot, etag: str) -> Changed:
        """The owner moved the event: it is so, even where it meets another booking."""
        moved = self._swap(booking, transitions.owner_moved(booking, slot, etag, self._clock.now()))
        return self._noted(self._settled(moved), "booking moved", "owner")

    # Ending

    def begin_cancel(self, booking: Booking, request: RequestId) -> Changed:
        return self._swap(booking, transitions.begin_cancel(booking, request, self._clock.now()))

    def finish_cancel(self, booking: Booking, actor: str) -> Changed:
        cancelled = self._swap(booking, transitions.finish_cancel(booking, self._clock.now()))
        return self._noted(self._freed(cancelled), "booking cancelled", actor)

    def owner_cancelled(self, booking: Booking) -> Changed:
        """The owner deleted the event."""
        cancelled = self._swap(booking, transitions.owner_cancelled(booking, self._clock.now()))
        return self._noted(self._freed(cancelled), "booking cancelled", "owner")

    def no_show(self, booking: Booking, actor: str) -> Changed:
        missed = self._swap(booking, transitions.no_show(booking, self._clock.now()))
        return self._noted(self._freed(missed), "booking missed", actor)

    def expire_due(self) -> int:
        """What lapsed and nobody has looked at since."""
        return holds.expire_due(self._session, self._clock.now())

    # What else there is to it

    def confirm(self, booking: Booking) -> Changed:
        """Yes to a reminder."""
        return self._swap(booking, transitions.confirm(booking, self._clock.now()))

    def rename(self, booking: Booking, person: Person) -> Changed:
        return self._swap(booking, transitions.rename(booking, person, self._clock.now()))

    def noted_etag(self, booking: Booking, etag: str) -> Changed:
        """The event was touched without anything changing that matters here."""
        return self._swap(booking, transitions.touched(booking, etag, self._clock.now()))

    def forget(self, customer: CustomerId) -> int:
        """Whose bookings these were is gone for good; the times stay for the merchant's count."""
        gone = (
            update(BookingRow)
            .where(col(BookingRow.customer_id) == customer)
            .values(person=None, customer_id=None, conversation_id=None, version=BookingRow.version + 1)
            .returning(col(BookingRow.id))
        )
        return len(self._session.scalars(gone).all())

    # How

    def _line_up(self, slots: Sequence[Slot]) -> None:
        """Lock what all of these slots take, in the one order: else two who try them in turn could wait for each other."""
        if len(slots) > 1:
            lock(self._session, self._merchant, [need for slot in slots for need in self._needs(slot)])

    def _swap(self, before: Booking, change: Change) -> Changed:
        """Write the new value if the old one is still what is stored."""
        if isinstance(change, NotPossible) or change is before:
            return change
        row = row_of(change, self._merchant, self._sealer)
        written = (
            update(BookingRow)
            .where(col(BookingRow.id) == before.id, col(BookingRow.version) == before.version)
            .values(row)
            .returning(col(BookingRow.id))
        )
        return change if self._session.scalars(written).one_or_none() else Stale()

    def _settled(self, changed: Changed) -> Changed:
        if isinstance(changed, Booking):
            claimant = Claimant(merchant=self._merchant, booking=changed.id)
            holds.occupy(self._session, claimant, self._needs(changed.slot), self._clock.now())
        return changed

    def _freed(self, changed: Changed) -> Changed:
        if isinstance(changed, Booking):
            holds.give_back(self._session, changed.id)
        return changed

    def _noted(self, changed: Changed, action: str, actor: str) -> Changed:
        if isinstance(changed, Booking):
            detail = {"booking": str(changed.id), "service": changed.slot.service}
            ledger.append(
                self._session, self._clock, self._merchant, actor=actor, action=action, detail=detail
            )
        return changed

    def _needs(self, slot: Slot) -> tuple[Need, ...]:
        return needs_of(self._shop, slot)
