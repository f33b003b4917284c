"""Bookings with events for the mirror to look at, and a driver that applies what the owner did."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, update
from sqlmodel import Session, col

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.models import BookingRow
from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.rows import row_of
from calendar_sync.bookings.transitions import owner_cancelled, owner_moved
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.connections.agendas import agenda_for
from calendar_sync.google.agenda import EventDraft, Window, Written
from calendar_sync.ids import BookingId, RequestId, ServiceId
from calendar_sync.mirror.changes import OwnerCancelled, OwnerChange, OwnerMoved
from calendar_sync.mirror.syncing import Mirror
from kernel.ids import MerchantId
from tests.calendar_sync.connections.offices import Desk

MAIN = "owner@shop.test"
HOUR = timedelta(hours=1)


@dataclass
class Shop:
    desk: Desk
    told: list[OwnerChange] = field(default_factory=list)

    @property
    def mirror(self) -> Mirror:
        return Mirror(office=self.desk.office, apply=self.apply)

    def apply(self, session: Session, merchant: MerchantId, change: OwnerChange) -> None:
        """What the driver does, as far as the booking goes."""
        self.told.append(change)
        now = self.desk.clock.now()
        if isinstance(change, OwnerMoved):
            slot = replace(change.booking.slot, start=change.window.start, end=change.window.end)
            self._write(session, merchant, owner_moved(change.booking, slot, change.etag, now))
        elif isinstance(change, OwnerCancelled):
            self._write(session, merchant, owner_cancelled(change.booking, now))

    def _write(self, session: Session, merchant: MerchantId, booking: Any) -> None:
        assert isinstance(booking, Booking)
        row = row_of(booking, merchant, self.desk.diary.tray)
        session.execute(update(BookingRow).where(col(BookingRow.id) == booking.id).values(row))

    def save(self, booking: Booking) -> None:
        with self.desk.read() as session:
            self._write(session, self.desk.merchant, booking)

    def book(
        self, *, hours: int = 24, event: bool = True, state: BookingState = BookingState.BOOKED
    ) -> Booking:
        """A booking with its event."""
        now = self.desk.clock.now()
        start = now + hours * HOUR
        made = Booking(
            id=BookingId(uuid4()),
            slot=Slot(service=ServiceId("corte"), start=start, end=start + HOUR),
            state=state,
            request=RequestId(uuid4()),
            created_at=now,
            changed_at=now,
        )
        with self.desk.read() as session:
            row = row_of(made, self.desk.merchant, self.desk.diary.tray)
            session.execute(insert(BookingRow).values(row))
        if event:
            assert isinstance(agenda_for(self.desk.office, self.desk.merchant).put(draft_of(made)), Written)
        return made

    def find(self, booking: Booking) -> Booking:
        with self.desk.read() as session:
            found = BookingReader(session, self.desk.diary.tray, self.desk.clock).find(booking.id)
        assert found
        return found

    def owner_changes(self, booking: Booking, calendar: str = MAIN, **values: Any) -> None:
        held = self.desk.google.calendars[calendar]
        self.desk.google.store(held, held.events[booking.event_id] | values)

    def owner_moves(self, booking: Booking, by: timedelta) -> Window:
        moved = Window(booking.slot.start + by, booking.slot.end + by)
        sides = {side: {"dateTime": getattr(moved, side).isoformat()} for side in ("start", "end")}
        self.owner_changes(booking, **sides)
        return moved

    def owner_deletes(self, booking: Booking) -> None:
        self.owner_changes(booking, status="cancelled")


def draft_of(booking: Booking) -> EventDraft:
    return EventDraft(
        id=booking.event_id,
        booking=booking.id,
        title="Corte",
        start=booking.slot.start,
        end=booking.slot.end,
        zone="America/Bogota",
    )
