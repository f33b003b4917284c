"""Everything that the stand-in remembers of calendars, in one object and in memory."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from sandbox.clock import Clock
from sandbox.google.ids import Mint
from sandbox.google.models import (
    Account,
    Calendar,
    CalendarId,
    ClientId,
    EventId,
    Json,
    OAuthClient,
    StoredEvent,
    Subject,
)
from sandbox.google.settings import GoogleSettings
from sandbox.google.times import stamp

_TICK = timedelta(milliseconds=1)
PRIMARY = "primary"


class Store:
    """``told`` hears of every calendar whose events changed."""

    def __init__(
        self, settings: GoogleSettings, clock: Clock, mint: Mint, told: Callable[[CalendarId], None]
    ) -> None:
        self._clock = clock
        self._mint = mint
        self._told = told
        self.latest = datetime.min.replace(tzinfo=UTC)
        self.clients: dict[ClientId, OAuthClient] = {each.client_id: each for each in settings.clients}
        self.accounts: dict[Subject, Account] = {each.subject: each for each in settings.accounts}
        self.calendars: dict[CalendarId, Calendar] = {each.calendar_id: each for each in settings.calendars}
        self._events: dict[CalendarId, dict[EventId, StoredEvent]] = {each: {} for each in self.calendars}
        self.change = 0
        self.sync_epoch = 0

    @property
    def sync_mark(self) -> str:
        """What a sync token must bear: that of another world, or of before, is no use."""
        return f"{self._mint.run}:{self.sync_epoch}"

    def account_of(self, email: str) -> Account | None:
        return next((each for each in self.accounts.values() if each.email == email), None)

    def calendars_of(self, subject: Subject) -> list[Calendar]:
        return [each for each in self.calendars.values() if each.role_of(subject)]

    def visible(self, subject: Subject, asked: str) -> Calendar | None:
        """A calendar by its id or as ``primary``; what is not shared looks as if it did not exist."""
        name = self.accounts[subject].email if asked == PRIMARY else asked
        found = self.calendars.get(CalendarId(name))
        return found if found and found.role_of(subject) else None

    def add_calendar(self, calendar: Calendar) -> None:
        self.calendars[calendar.calendar_id] = calendar
        self._events[calendar.calendar_id] = {}

    def restore(self, events: Iterable[StoredEvent], change: int, sync_epoch: int, latest: datetime) -> None:
        self.change, self.sync_epoch, self.latest = change, sync_epoch, latest
        for event in events:
            if event.calendar_id in self._events:
                self._events[event.calendar_id][event.event_id] = event

    def events(self, calendar_id: CalendarId) -> list[StoredEvent]:
        return list(self._events[calendar_id].values())

    def find(self, calendar_id: CalendarId, event_id: str) -> StoredEvent | None:
        return self._events[calendar_id].get(EventId(event_id))

    def put(self, calendar_id: CalendarId, body: Json, *, touch: bool = True) -> StoredEvent:
        """Keep the event as it is now; ``touch=False`` for what does not count as a change to it."""
        self.change += 1
        updated = body["updated"] if not touch and "updated" in body else stamp(self._tick())
        stamped = body | {"updated": updated, "etag": f'"{3_590_000_000_000_000 + 2 * self.change}"'}
        event = StoredEvent(calendar_id=calendar_id, body=stamped, change=self.change)
        self._events[calendar_id][event.event_id] = event
        self._told(calendar_id)
        return event

    def _tick(self) -> datetime:
        """Now, but never the same moment twice nor an earlier one."""
        self.latest = max(self._clock.now(), self.latest + _TICK)
        return self.latest
