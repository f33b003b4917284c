"""Busy times of a merchant's calendars.

Calendars that only block are asked for their busy times, which name no event. On the calendar that bookings are written
to, busy times would hold our own bookings as well, and a class of five would look full after the first: there the times
of events are listed and our own left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from calendar_sync.google import calls
from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import Busy, Unknown, WhyUnknown, Window, merged
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.door import Answer, Ask
from calendar_sync.google.events import blocks, booking_of, window_of
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.ids import BookingId

Known = Callable[[frozenset[BookingId]], frozenset[BookingId]]
"""Of these bookings, those that the diary has for this merchant."""
_UNKNOWN: Mapping[Trouble, WhyUnknown] = {
    Trouble.NO_ACCESS: WhyUnknown.RECONNECT,
    Trouble.AUTH: WhyUnknown.RECONNECT,
    Trouble.SCOPES: WhyUnknown.SCOPES,
    Trouble.RIGHTS: WhyUnknown.CALENDAR,
    Trouble.MISSING: WhyUnknown.CALENDAR,
    Trouble.RATE: WhyUnknown.RATE,
    Trouble.QUOTA: WhyUnknown.QUOTA,
    Trouble.BACKEND: WhyUnknown.UNREACHABLE,
    Trouble.UNCLEAR: WhyUnknown.UNREACHABLE,
}


class BusyReader:
    """Reads everything anew each time it is asked."""

    def __init__(self, caller: Caller, calendars: Calendars, known: Known) -> None:
        self._caller = caller
        self._known = known
        self._calendars = calendars

    def busy(self, window: Window) -> Busy | Unknown:
        times: dict[str, list[Window]] = {calendar: [] for calendar in self._calendars.read}
        for piece in pieces(window):
            trouble = self._read(piece, times)
            if trouble is not None:
                return Unknown(trouble)
        everybody = (span for calendar in self._calendars.blocking for span in times[calendar])
        own = [(staff, merged(times[calendar])) for staff, calendar in self._calendars.of_staff]
        return Busy(merged(everybody), tuple(own))

    def _read(self, window: Window, times: dict[str, list[Window]]) -> WhyUnknown | None:
        """Add the busy times of a window; the reason when any of them is not known."""
        own = self._calendars.own
        others = [calendar for calendar in times if calendar not in own]
        for some in _chunks(others, calls.CALENDARS_AT_ONCE):
            trouble = self._free_busy(some, window, times)
            if trouble is not None:
                return trouble
        for calendar in own:
            trouble = self._listed(calendar, window, times[calendar]) if calendar in times else None
            if trouble is not None:
                return trouble
        return None

    def _free_busy(
        self, calendars: Sequence[str], window: Window, times: dict[str, list[Window]]
    ) -> WhyUnknown | None:
        answer = self._twice(calls.free_busy(calendars, window))
        if isinstance(answer, Failed):
            return why_unknown(answer)
        for calendar in calendars:
            ranges = _busy_of(answer.body, calendar, window)
            if ranges is None:
                return WhyUnknown.CALENDAR
            times[calendar] += ranges
        return None

    def _listed(self, calendar: str, window: Window, times: list[Window]) -> WhyUnknown | None:
        page: str | None = None
        while True:
            answer = self._twice(calls.events_between(calendar, window, page))
            if isinstance(answer, Failed):
                return why_unknown(answer)
            spans = self._spans(answer.body, window)
            if spans is None:
                return WhyUnknown.CALENDAR
            times += spans
            page = answer.body.get("nextPageToken")
            if not page:
                return None

    def _spans(self, body: Mapping[str, Any], bounds: Window) -> list[Window] | None:
        """Times that the listed events take; None where one cannot be read."""
        if body.get("kind") != calls.EVENTS:
            return None
        zone, events = str(body.get("timeZone") or "UTC"), body.get("items", ())
        known = self._known(frozenset(booking for event in events if (booking := booking_of(event))))
        spans = [window_of(event, zone) for event in events if blocks(event, known)]
        if None in spans:
            return None
        return [part for span in spans if span and (part := span.within(bounds))]

    def _twice(self, ask: Ask) -> Answer:
        """A read that failed at Google's end is asked once more, at once: a customer is waiting."""
        answer = self._caller.call(ask)
        passing = isinstance(answer, Failed) and answer.trouble in {Trouble.BACKEND, Trouble.UNCLEAR}
        return self._caller.call(ask) if passing else answer


def pieces(window: Window) -> Iterator[Window]:
    """The window in parts that are short enough to be asked for."""
    start = window.start
    while start < window.end:
        end = min(start + calls.LONGEST, window.end)
        yield Window(start, end)
        start = end


def why_unknown(failed: Failed) -> WhyUnknown:
    return _UNKNOWN.get(failed.trouble, WhyUnknown.MISCONFIGURED)


def _busy_of(body: Mapping[str, Any], calendar: str, bounds: Window) -> list[Window] | None:
    """The ranges of one calendar; None where the 200 holds an error for it, or nothing at all."""
    entry = body.get("calendars", {}).get(calendar)
    if entry is None or entry.get("errors") or "busy" not in entry:
        return None
    spans = [
        window_of({"start": {"dateTime": span["start"]}, "end": {"dateTime": span["end"]}}, "UTC")
        for span in entry["busy"]
    ]
    if None in spans:
        return None
    return [part for span in spans if span and (part := span.within(bounds))]


def _chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
