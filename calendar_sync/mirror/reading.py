"""One reading of one calendar: listed outside any transaction, applied and remembered in one.

The bookings' versions are read before Google is asked. A booking that changed meanwhile is not judged by a listing that
may be older than the change: what else was found is applied, the sync token stays, and the calendar is read again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from pydantic import SecretStr
from sqlmodel import Session, col, select

from calendar_sync.bookings.models import BookingRow
from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.connections.agendas import caller_for
from calendar_sync.connections.office import Office
from calendar_sync.connections.sealed import digest
from calendar_sync.connections.vault import SYNC_TOKEN, Vault
from calendar_sync.google.agenda import Unclear
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.google.writing import EventWriter
from calendar_sync.ids import BookingId
from calendar_sync.mirror.changes import OwnerChange, SeenEvent, is_unsettled, owner_changes, strays
from calendar_sync.mirror.listing import Expired, Listing, is_gone, read_changes
from calendar_sync.mirror.models import SyncRow
from kernel.ids import MerchantId

_EARLIER = timedelta(days=1)
"""Events that ended longer ago are of no interest."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Synced:
    """How many changes were applied. `again`: something moved meanwhile, read the calendar once more."""

    changes: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """What was known before Google was asked."""

    sync_token: str | None
    versions: Mapping[BookingId, int]


class Reading:
    def __init__(
        self,
        office: Office,
        apply: Callable[[Session, MerchantId, OwnerChange], None],
        merchant: MerchantId,
        calendars: Calendars,
        calendar: str,
    ) -> None:
        self._office, self._apply, self._merchant = office, apply, merchant
        self._calendars, self._calendar = calendars, calendar
        self._digest = digest("calendar", calendar)
        self._vault = Vault(office.diary.own, merchant)
        self._caller = caller_for(office, merchant)

    def go(self) -> Synced | Failed:
        start = self._start()
        listing = self._list(start.sync_token)
        if isinstance(listing, Failed):
            return listing
        seen = self._completed(listing, start)
        if isinstance(seen, Failed):
            return seen
        return self._remove_strays(seen) or self._finish(start, seen, listing.sync_token)

    def _start(self) -> Start:
        with self._office.diary.database.transaction(self._merchant) as session:
            row = session.get(SyncRow, (self._merchant, self._digest))
            rows = session.exec(
                select(BookingRow.id, BookingRow.version).where(col(BookingRow.ends_at) > self._since())
            )
            versions = {BookingId(booking): version for booking, version in rows}
            return Start(self._token_of(row), versions)

    def _list(self, token: str | None) -> Listing | Failed:
        listing = read_changes(self._caller, self._calendar, token, self._since())
        if isinstance(listing, Expired):
            listing = read_changes(self._caller, self._calendar, None, self._since())
        return Failed(Trouble.RESYNC) if isinstance(listing, Expired) else listing

    def _completed(self, listing: Listing, start: Start) -> tuple[SeenEvent, ...] | Failed:
        """A whole listing does not name what was deleted long ago: booked events that it lacks are looked up."""
        if not listing.whole:
            return listing.events
        listed = {event.booking for event in listing.events}
        gone: list[SeenEvent] = []
        for booking in self._expected(start.versions.keys() - listed):
            answer = is_gone(self._caller, self._calendars.own, booking.event_id)
            if isinstance(answer, Failed):
                return answer
            if answer:
                gone.append(SeenEvent(booking=booking.id, id=booking.event_id, is_cancelled=True))
        return (*listing.events, *gone)

    def _expected(self, ids: Iterable[BookingId]) -> tuple[Booking, ...]:
        """Of these, the bookings that are to come and whose events should be there."""
        with self._office.diary.database.transaction(self._merchant) as session:
            found = self._find(session, ids).values()
        now = self._office.diary.clock.now()
        return tuple(each for each in found if each.state is BookingState.BOOKED and each.slot.end > now)

    def _remove_strays(self, seen: tuple[SeenEvent, ...]) -> Failed | None:
        """Before the token is saved, so that a killed job finds them again."""
        with self._office.diary.database.transaction(self._merchant) as session:
            known = self._find(session, {event.booking for event in seen})
        writer = EventWriter(self._caller, self._calendars)
        for event in strays(seen, known):
            _log.warning("stray event removed", merchant=str(self._merchant), event_id=event)
            removed = writer.remove(event)
            if isinstance(removed, Unclear):
                return Failed(Trouble.UNCLEAR, removed.reason)
        return None

    def _finish(self, start: Start, seen: tuple[SeenEvent, ...], sync_token: str) -> Synced:
        """Apply what was found and remember how far the calendar was read, together."""
        with self._office.diary.database.transaction(self._merchant) as session:
            row = self._locked(session)
            if self._token_of(row) != start.sync_token:
                return Synced(again=True)
            bookings = self._find(session, {event.booking for event in seen})
            steady = {
                each: found for each, found in bookings.items() if start.versions.get(each) == found.version
            }
            moving = {each: found for each, found in bookings.items() if each not in steady}
            changes = owner_changes(seen, steady)
            for change in changes:
                self._apply(session, self._merchant, change)
            again = bool(owner_changes(seen, moving)) or is_unsettled(seen, bookings)
            if not again:
                row.sync_token = self._vault.seal(SecretStr(sync_token), SYNC_TOKEN)
            self._note(row, len(changes))
            return Synced(len(changes), again=again)

    def _note(self, row: SyncRow, changes: int) -> None:
        """When it was read, and how many changes came without a push that told of them."""
        told = row.wanted_at is not None and (row.synced_at is None or row.wanted_at > row.synced_at)
        row.missed += 0 if told or row.synced_at is None else changes
        row.synced_at = self._office.diary.clock.now()

    def _locked(self, session: Session) -> SyncRow:
        key = (self._merchant, self._digest)
        row = session.get(SyncRow, key, with_for_update=True, populate_existing=True)
        if row is None:
            row = SyncRow(merchant_id=self._merchant, digest=self._digest)
            session.add(row)
            session.flush()
        return row

    def _find(self, session: Session, ids: Iterable[BookingId]) -> dict[BookingId, Booking]:
        reader = BookingReader(session, self._office.diary.tray, self._office.diary.clock)
        found = (reader.find(booking) for booking in ids)
        return {booking.id: booking for booking in found if booking is not None}

    def _token_of(self, row: SyncRow | None) -> str | None:
        if row is None or row.sync_token is None:
            return None
        return self._vault.open(row.sync_token, SYNC_TOKEN).get_secret_value()

    def _since(self) -> datetime:
        return self._office.diary.clock.now() - _EARLIER
