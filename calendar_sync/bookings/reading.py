"""Bookings as they stand, for the diary and for the merchant's page: the edge may read them and no more."""

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from calendar_sync.availability.values import Window
from calendar_sync.bookings.models import BookingRow
from calendar_sync.bookings.rows import booking_of
from calendar_sync.bookings.values import KEPT, Booking, BookingState
from calendar_sync.ids import BookingId
from kernel.clock import Clock
from kernel.ids import CustomerId
from kernel.sealing import Sealer

_KEPT = tuple(state.value for state in KEPT)


class BookingReader:
    """Reads in a transaction that is confined to the merchant. `sealer` is the trays'."""

    def __init__(self, session: Session, sealer: Sealer, clock: Clock) -> None:
        self._session, self._sealer, self._clock = session, sealer, clock

    def find(self, booking: BookingId) -> Booking | None:
        found = self._read(select(BookingRow).where(BookingRow.id == booking))
        return found[0] if found else None

    def of_customer(self, customer: CustomerId) -> tuple[Booking, ...]:
        """What the customer still has before them, soonest first."""
        return self._read(
            select(BookingRow)
            .where(BookingRow.customer_id == customer, col(BookingRow.state).in_(_KEPT))
            .where(col(BookingRow.ends_at) > self._clock.now())
            .order_by(col(BookingRow.starts_at), col(BookingRow.id))
        )

    def between(self, when: Window) -> tuple[Booking, ...]:
        """Appointments that meet a stretch of time, also those to which nobody came."""
        return self._read(
            select(BookingRow)
            .where(col(BookingRow.state).in_((*_KEPT, BookingState.NO_SHOW.value)))
            .where(col(BookingRow.starts_at) < when.end, col(BookingRow.ends_at) > when.start)
            .order_by(col(BookingRow.starts_at), col(BookingRow.id))
        )

    def _read(self, query: SelectOfScalar[BookingRow]) -> tuple[Booking, ...]:
        rows = self._session.exec(query.execution_options(populate_existing=True)).all()
        return tuple(booking_of(row, self._sealer) for row in rows)
