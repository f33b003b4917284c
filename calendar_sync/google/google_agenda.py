"""The agenda of a merchant on Google Calendar: `reading` and `writing` joined."""

from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import Busy, EventDraft, Put, Unknown, Window
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.reading import BusyReader, Known
from calendar_sync.google.writing import EventWriter
from calendar_sync.ids import EventId


class GoogleAgenda:
    """Implements `Agenda`. One for each request: it keeps nothing."""

    def __init__(self, caller: Caller, calendars: Calendars, known: Known) -> None:
        self._reader = BusyReader(caller, calendars, known)
        self._writer = EventWriter(caller, calendars)

    def busy(self, window: Window) -> Busy | Unknown:
        return self._reader.busy(window)

    def put(self, event: EventDraft) -> Put:
        return self._writer.put(event)

    def change(self, event_id: EventId, event: EventDraft) -> Put:
        return self._writer.change(event_id, event)

    def remove(self, event_id: EventId) -> Put:
        return self._writer.remove(event_id)
