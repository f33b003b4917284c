"""A merchant's agenda as the connection stands now."""

from sqlmodel import col, select

from calendar_sync.bookings.models import BookingRow
from calendar_sync.connections.access import StoredAccess
from calendar_sync.connections.choices import calendars_for
from calendar_sync.connections.office import Office
from calendar_sync.connections.shown import chosen_calendars
from calendar_sync.connections.states import ConnectionState
from calendar_sync.connections.store import connection_of
from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import Agenda
from calendar_sync.google.google_agenda import GoogleAgenda
from calendar_sync.google.local_agenda import INCOMPLETE, NO_CALENDAR, NOT_LINKED, RECONNECT
from calendar_sync.ids import BookingId
from kernel.ids import MerchantId

_CLOSED = {
    ConnectionState.RECONNECT: RECONNECT,
    ConnectionState.INCOMPLETE: INCOMPLETE,
}


def agenda_for(office: Office, merchant: MerchantId) -> Agenda:
    """Google's, or one that offers nothing and says why. Ask for it anew for each request."""
    with office.diary.database.transaction(merchant) as session:
        connection = connection_of(session, merchant)
        if connection is None:
            return NOT_LINKED
        closed = _CLOSED.get(ConnectionState(connection.state))
        if closed is not None:
            return closed
        calendars = calendars_for(chosen_calendars(session, office.diary.tray, merchant))
    if calendars is None:
        return NO_CALENDAR
    return GoogleAgenda(
        caller_for(office, merchant), calendars, lambda asked: known_bookings(office, merchant, asked)
    )


def known_bookings(office: Office, merchant: MerchantId, asked: frozenset[BookingId]) -> frozenset[BookingId]:
    """Of these, the merchant's own that are still on record."""
    if not asked:
        return asked
    with office.diary.database.transaction(merchant) as session:
        found = session.exec(select(BookingRow.id).where(col(BookingRow.id).in_(asked)))
        return frozenset(BookingId(booking) for booking in found)


def caller_for(office: Office, merchant: MerchantId) -> Caller:
    return Caller(office.google, StoredAccess(office, merchant))
