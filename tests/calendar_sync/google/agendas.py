"""The agendas that the conformance suite is run over, each with an owner who can do things to the calendar."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import (
    Agenda,
    Busy,
    EventDraft,
    Put,
    Refused,
    TakenId,
    Unclear,
    Unknown,
    WhyRefused,
    WhyUnknown,
    Window,
    Written,
    merged,
)
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.google_agenda import GoogleAgenda
from calendar_sync.google.troubles import Failed
from calendar_sync.ids import BookingId, EventId, event_id
from tests.calendar_sync.google.little_google import LittleGoogle


class World(Protocol):
    """An agenda, and what its owner and Google's weather do to it."""

    @property
    def agenda(self) -> Agenda: ...

    def owner_blocks(self, window: Window) -> None: ...
    def owner_deletes(self, event: EventId) -> None: ...
    def owner_moves(self, event: EventId, by: timedelta) -> None: ...
    def owner_makes(self, event: EventId, window: Window) -> None:
        """An event of the owner's own that happens to have this id."""
        ...

    def calendar_vanishes(self) -> None: ...
    def next_write_is_unanswered(self) -> None:
        """It takes effect all the same."""
        ...

    def times_of(self, event: EventId) -> Window | None:
        """Where the event is; None when it is not there."""
        ...

    def count(self) -> int:
        """Events that are there."""
        ...


@dataclass
class _Entry:
    window: Window
    draft: EventDraft | None
    cancelled: bool = False


class FakeAgenda:
    """`Agenda` in memory, for tests of everything that books. Its fields are for tests to look at and to set."""

    def __init__(self) -> None:
        self.events: dict[str, _Entry] = {}
        self.unknown: WhyUnknown | None = None
        """Set it, and no calendar can be read."""
        self.unclear: list[str] = []
        """One entry for each write that takes effect and is not answered."""
        self.refusal: WhyRefused | None = None
        """Set it, and no write is done."""
        self.before_write: Callable[[], None] = lambda: None

    def busy(self, window: Window) -> Busy | Unknown:
        if self.unknown:
            return Unknown(self.unknown)
        blocking = (e.window for e in self.events.values() if e.draft is None and not e.cancelled)
        return Busy(merged(part for span in blocking if (part := span.within(window))))

    def put(self, event: EventDraft) -> Put:
        found = self.events.get(event.id)
        if found and (found.draft is None or found.draft.booking != event.booking):
            return self._answer(TakenId())
        if self.refusal is None and (found is None or found.cancelled):
            self.events[event.id] = _Entry(Window(event.start, event.end), event)
        return self._answer(Written(f'"{event.id}"'))

    def change(self, event_id: EventId, event: EventDraft) -> Put:
        found = self.events.get(event_id)
        if found is None or found.cancelled:
            return self._answer(Refused(WhyRefused.GONE))
        if found.draft is None:
            return self._answer(Refused(WhyRefused.NOT_OURS))
        if self.refusal is None:
            self.events[event_id] = _Entry(Window(event.start, event.end), event)
        return self._answer(Written(f'"{event_id}"'))

    def remove(self, event_id: EventId) -> Put:
        found = self.events.get(event_id)
        if found and found.draft is None:
            return self._answer(Refused(WhyRefused.NOT_OURS))
        if found and self.refusal is None:
            found.cancelled = True
        return self._answer(Written())

    def _answer(self, put: Put) -> Put:
        self.before_write()
        if self.refusal:
            return Refused(self.refusal)
        return Unclear(self.unclear.pop()) if self.unclear else put


class FakeWorld:
    def __init__(self) -> None:
        self.agenda = FakeAgenda()

    def owner_blocks(self, window: Window) -> None:
        self.agenda.events[uuid4().hex] = _Entry(window, None)

    def owner_deletes(self, event: EventId) -> None:
        self.agenda.events[event].cancelled = True

    def owner_moves(self, event: EventId, by: timedelta) -> None:
        entry = self.agenda.events[event]
        entry.window = Window(entry.window.start + by, entry.window.end + by)

    def owner_makes(self, event: EventId, window: Window) -> None:
        self.agenda.events[event] = _Entry(window, None)

    def calendar_vanishes(self) -> None:
        self.agenda.unknown, self.agenda.refusal = WhyUnknown.CALENDAR, WhyRefused.NO_CALENDAR

    def next_write_is_unanswered(self) -> None:
        self.agenda.unclear.append("timeout")

    def times_of(self, event: EventId) -> Window | None:
        entry = self.agenda.events.get(event)
        return entry.window if entry and not entry.cancelled else None

    def count(self) -> int:
        return sum(not entry.cancelled for entry in self.agenda.events.values())


@dataclass
class GivenAccess:
    """`Access` with a token that is simply there."""

    token: str | Failed = "good"
    renewals: list[str | Failed] = field(default_factory=list)

    def current(self) -> str | Failed:
        return self.token

    def renewed(self, stale: str) -> str | Failed:
        return self.renewals.pop(0) if self.renewals else stale


class LittleWorld:
    """The real agenda over the Google that fits in a test: bookings on the primary calendar, another blocks."""

    def __init__(self) -> None:
        self.google = LittleGoogle()
        self.access = GivenAccess()
        self.calendars = Calendars(writing="owner@shop.test", blocking=("owner@shop.test",))

    @property
    def agenda(self) -> GoogleAgenda:
        return GoogleAgenda(Caller(self.google.door(), self.access), self.calendars, lambda asked: asked)

    @property
    def _calendar(self) -> Any:
        return self.google.calendars["owner@shop.test"]

    def owner_blocks(self, window: Window) -> None:
        self.owner_makes(EventId(uuid4().hex), window)

    def owner_deletes(self, event: EventId) -> None:
        self.google.store(self._calendar, self._calendar.events[event] | {"status": "cancelled"})

    def owner_moves(self, event: EventId, by: timedelta) -> None:
        times = self.times_of(event)
        assert times
        self.google.store(
            self._calendar, self._calendar.events[event] | _sides(Window(times.start + by, times.end + by))
        )

    def owner_makes(self, event: EventId, window: Window) -> None:
        self.google.store(self._calendar, {"id": event, "summary": "Dentist", **_sides(window)})

    def calendar_vanishes(self) -> None:
        self._calendar.gone = True

    def next_write_is_unanswered(self) -> None:
        from tests.calendar_sync.google.little_google import Fault

        for verb in ("POST", "PUT", "DELETE"):
            self.google.fail(
                f"{verb} /calendar/v3/calendars", Fault("", raises=TimeoutError()), takes_effect=True
            )

    def times_of(self, event: EventId) -> Window | None:
        from calendar_sync.google.events import window_of

        found = self._calendar.events.get(event)
        return window_of(found, "UTC") if found and found["status"] != "cancelled" else None

    def count(self) -> int:
        return sum(event["status"] != "cancelled" for event in self._calendar.events.values())


def _sides(window: Window) -> dict[str, Any]:
    return {"start": {"dateTime": window.start.isoformat()}, "end": {"dateTime": window.end.isoformat()}}


TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def draft(start: datetime = TEN) -> EventDraft:
    booking = BookingId(uuid4())
    return EventDraft(
        id=event_id(booking),
        booking=booking,
        title="Corte · Ana",
        start=start,
        end=start + HOUR,
        zone="America/Bogota",
    )
