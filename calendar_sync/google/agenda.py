"""A merchant's calendar as the diary sees it: busy times out, our own events in. Loads no Google library.

Answers are values. `Unknown` means that no slot may be offered; `Unclear` means that a write may or may not have
happened, and that the same call, made again, finds out without doing anything twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from calendar_sync.ids import BookingId, EventId, StaffId
from calendar_sync.moments import checked


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From `start` up to and without `end`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        checked(self.start, self.end)
        if self.end <= self.start:
            raise ValueError("a window ends after it starts")

    def overlaps(self, other: "Window") -> bool:
        return self.start < other.end and other.start < self.end

    def within(self, bounds: "Window") -> "Window | None":
        """The part that lies in `bounds`."""
        start, end = max(self.start, bounds.start), min(self.end, bounds.end)
        return Window(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Busy:
    """Merged busy times: those that block everybody, and those that block one person only."""

    ranges: tuple[Window, ...] = ()
    of_staff: tuple[tuple[StaffId, tuple[Window, ...]], ...] = ()

    def of(self, staff: StaffId) -> tuple[Window, ...]:
        """All that blocks this person."""
        own = tuple(window for who, ranges in self.of_staff if who == staff for window in ranges)
        return merged((*self.ranges, *own))


class WhyUnknown(StrEnum):
    NOT_LINKED = "not_linked"
    RECONNECT = "reconnect"
    SCOPES = "scopes"
    CALENDAR = "calendar"
    """One of the calendars cannot be read; an empty answer for it would mean "free all day"."""
    RATE = "rate"
    QUOTA = "quota"
    UNREACHABLE = "unreachable"
    MISCONFIGURED = "misconfigured"


@dataclass(frozen=True, slots=True)
class Unknown:
    """The calendar cannot be read: no slot may be offered."""

    reason: WhyUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """An event of ours. `id` is derived from the booking, so that a retry cannot make a second event."""

    id: EventId
    booking: BookingId
    title: str
    start: datetime
    end: datetime
    zone: str
    """IANA name of the business's zone: Google keeps the local hour when the rules of the zone change."""
    description: str = ""
    location: str = ""

    def __post_init__(self) -> None:
        Window(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Written:
    """The event is as asked; for a removal: it is gone."""

    etag: str = ""


@dataclass(frozen=True, slots=True)
class TakenId:
    """An event with this id exists and is not this booking's."""


class WhyRefused(StrEnum):
    NOT_LINKED = "not_linked"
    RECONNECT = "reconnect"
    SCOPES = "scopes"
    UNWRITABLE = "unwritable"
    NO_CALENDAR = "no_calendar"
    GONE = "gone"
    """The owner deleted the event."""
    NOT_OURS = "not_ours"
    """This service did not make the event; it is never changed or deleted."""
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not happen, and trying the same again will not help."""

    reason: WhyRefused


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have happened. Make the same call again, not before `after` has passed."""

    reason: str
    after: timedelta = timedelta(seconds=1)


Put = Written | TakenId | Refused | Unclear


class Agenda(Protocol):
    """One merchant's calendars. Every call is safe to make again."""

    def busy(self, window: Window) -> Busy | Unknown:
        """Busy times of all calendars that block, without the events of our own bookings."""
        ...

    def put(self, event: EventDraft) -> Put:
        """Write a booking's event. Written twice, it is there once."""
        ...

    def change(self, event_id: EventId, event: EventDraft) -> Put:
        """Bring the booking's event to this state; what the owner added to it stays."""
        ...

    def remove(self, event_id: EventId) -> Put:
        """Take a booking's event out. One that is gone already is a success."""
        ...


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same times without overlaps, in order."""
    done: list[Window] = []
    for window in sorted(windows):
        if done and window.start <= done[-1].end:
            done[-1] = Window(done[-1].start, max(done[-1].end, window.end))
        else:
            done.append(window)
    return tuple(done)
