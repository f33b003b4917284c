"""Events of bookings: written, changed and removed, and nobody else's touched. Every call is safe to make again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calendar_sync.google import calls
from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import EventDraft, Put, Refused, TakenId, Unclear, WhyRefused, Written
from calendar_sync.google.backoff import pause
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.door import Answer, Answered
from calendar_sync.google.events import body_of, booking_of, changed, is_cancelled
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.ids import EventId

_LOOKS = 3
"""How often an event is read anew when somebody changes it under our hands."""
_REFUSED: Mapping[Trouble, WhyRefused] = {
    Trouble.NO_ACCESS: WhyRefused.RECONNECT,
    Trouble.SCOPES: WhyRefused.SCOPES,
    Trouble.RIGHTS: WhyRefused.UNWRITABLE,
    Trouble.MISSING: WhyRefused.NO_CALENDAR,
    Trouble.DELETED: WhyRefused.GONE,
    Trouble.BUG: WhyRefused.INVALID,
    Trouble.SETUP: WhyRefused.INVALID,
}


@dataclass(frozen=True, slots=True)
class Found:
    """An event of ours, and the calendar that holds it."""

    calendar: str
    event: Mapping[str, Any]

    @property
    def etag(self) -> str:
        return str(self.event.get("etag", ""))

    @property
    def is_cancelled(self) -> bool:
        return is_cancelled(self.event)


class EventWriter:
    """Writes to the calendar that was chosen; finds its own events in those chosen before, too."""

    def __init__(self, caller: Caller, calendars: Calendars) -> None:
        self._caller = caller
        self._calendars = calendars

    def put(self, event: EventDraft) -> Put:
        answer = self._caller.call(calls.insert(self._calendars.writing, body_of(event)))
        if isinstance(answer, Answered):
            return _written(answer)
        if answer.trouble in {Trouble.DUPLICATE, Trouble.CONFLICT}:
            return self._settle(event)
        return put_of(answer)

    def change(self, event_id: EventId, event: EventDraft) -> Put:
        for _look in range(_LOOKS):
            found = self._own(event_id)
            if not isinstance(found, Found):
                return found
            if found.is_cancelled:
                return Refused(WhyRefused.GONE)
            done = self._update(found, event)
            if done is not None:
                return done
        return Unclear("changed")

    def remove(self, event_id: EventId) -> Put:
        for _look in range(_LOOKS):
            found = self._own(event_id)
            if found == Refused(WhyRefused.GONE):
                return Written()
            if not isinstance(found, Found):
                return found
            done = self._delete(event_id, found)
            if done is not None:
                return done
        return Unclear("changed")

    def _settle(self, event: EventDraft) -> Put:
        """An event with this id exists: made by an earlier try, or somebody else's."""
        answer = self._caller.call(calls.get(self._calendars.writing, event.id))
        if isinstance(answer, Failed):
            # Taken a moment ago and not to be seen yet: the next look tells whose it is.
            return Unclear(answer.reason) if answer.trouble is Trouble.MISSING else put_of(answer)
        found = Found(self._calendars.writing, answer.body)
        if booking_of(found.event) != event.booking:
            return TakenId()
        if not found.is_cancelled:
            return _written(answer)
        return self._update(found, event) or Unclear("changed")

    def _own(self, event_id: EventId) -> Found | Put:
        """The event, if this service made it."""
        for calendar in self._calendars.own:
            answer = self._get(calendar, event_id)
            if isinstance(answer, Answered):
                return _ours(Found(calendar, answer.body))
            if answer.trouble is not Trouble.MISSING:
                return put_of(answer)
        return Refused(WhyRefused.GONE)

    def _get(self, calendar: str, event_id: EventId) -> Answer:
        """An event is not found for a moment after it was made, so the answer "missing" is asked for twice."""
        ask = calls.get(calendar, event_id)
        answer = self._caller.call(ask)
        missing = isinstance(answer, Failed) and answer.trouble is Trouble.MISSING
        return self._caller.call(ask) if missing else answer

    def _update(self, found: Found, event: EventDraft) -> Put | None:
        """Write it; None when somebody was faster and it has to be read again."""
        ask = calls.update(found.calendar, event.id, changed(found.event, event))
        answer = self._caller.call(ask, etag=found.etag)
        if isinstance(answer, Answered):
            return _written(answer)
        return None if answer.trouble is Trouble.CHANGED else put_of(answer, missing=WhyRefused.GONE)

    def _delete(self, event_id: EventId, found: Found) -> Put | None:
        if found.is_cancelled:
            return Written()
        answer = self._caller.call(calls.delete(found.calendar, event_id), etag=found.etag)
        if isinstance(answer, Answered) or answer.trouble in {Trouble.DELETED, Trouble.MISSING}:
            return Written()
        return None if answer.trouble is Trouble.CHANGED else put_of(answer)


def _ours(found: Found) -> Found | Put:
    """What may be touched: an event with the marks of a booking; a deleted one may have lost them."""
    if booking_of(found.event):
        return found
    return Refused(WhyRefused.GONE) if found.is_cancelled else Refused(WhyRefused.NOT_OURS)


def put_of(failed: Failed, missing: WhyRefused = WhyRefused.NO_CALENDAR) -> Put:
    """What a failed write means for the booking."""
    if failed.trouble is Trouble.MISSING:
        return Refused(missing)
    if failed.trouble in _REFUSED:
        return Refused(_REFUSED[failed.trouble])
    after = pause(failed.trouble, 1, 0.5)
    return Unclear(failed.reason, after) if after else Unclear(failed.reason)


def _written(answer: Answered) -> Written:
    return Written(str(answer.body.get("etag", "")))
