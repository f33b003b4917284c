"""Series of events: the occurrences that a rule makes, and those that were changed one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from sandbox.google.models import EventId, Json, StoredEvent
from sandbox.google.times import at_instant, shifted


@dataclass(frozen=True, slots=True)
class Window:
    """From ``start`` until before ``end``."""

    start: datetime
    end: datetime

    def meets(self, start: datetime, end: datetime) -> bool:
        return start < self.end and end > self.start


def rule_is_sound(recurrence: object, start: Json, zone: ZoneInfo) -> bool:
    """Whether the lines can be read together with this start; they hold no start of their own."""
    if not isinstance(recurrence, list) or not all(isinstance(line, str) for line in recurrence):
        return False
    if any(line.startswith(("DTSTART", "DTEND")) for line in recurrence):
        return False
    try:
        _rules(recurrence, start, zone)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def occurrences(series: StoredEvent, zone: ZoneInfo, window: Window) -> Iterator[StoredEvent]:
    """Each occurrence that meets the window, as an event of its own."""
    body = series.body
    length = at_instant(body["end"], zone) - at_instant(body["start"], zone)
    first = at_instant(body["start"], zone)
    rules = _rules(body["recurrence"], body["start"], zone)
    for found in rules.between(*_reach(window, length, body["start"], zone), inc=True):
        begins = found if found.tzinfo else found.replace(tzinfo=zone)
        if window.meets(begins.astimezone(UTC), begins.astimezone(UTC) + length):
            yield _occurrence(series, zone, begins.astimezone(UTC) - first.astimezone(UTC))


def occurrence(series: StoredEvent, zone: ZoneInfo, event_id: str) -> StoredEvent | None:
    """The one with this id, if the rule makes it."""
    moment = _moment(event_id.rpartition("_")[2], zone)
    if moment is None:
        return None
    window = Window(moment, moment + timedelta(seconds=1))
    return next((each for each in occurrences(series, zone, window) if each.event_id == event_id), None)


def series_id(event_id: str) -> EventId | None:
    """The id of the series that such an occurrence would belong to."""
    head, mark, _tail = event_id.rpartition("_")
    return EventId(head) if mark else None


def _rules(recurrence: list[str], start: Json, zone: ZoneInfo) -> "rrulestr":
    begins = at_instant(start, zone)
    if "date" in start:
        begins = begins.replace(tzinfo=None)
    else:
        begins = begins.astimezone(ZoneInfo(start["timeZone"]))
    return rrulestr("\n".join(recurrence), dtstart=begins, forceset=True, tzids=ZoneInfo)


def _reach(window: Window, length: timedelta, start: Json, zone: ZoneInfo) -> tuple[datetime, datetime]:
    reach = window.start - length, window.end
    if "date" in start:
        return reach[0].astimezone(zone).replace(tzinfo=None), reach[1].astimezone(zone).replace(tzinfo=None)
    return reach


def _occurrence(series: StoredEvent, zone: ZoneInfo, by: timedelta) -> StoredEvent:
    start = shifted(series.body["start"], zone, by)
    own = {
        "id": f"{series.event_id}_{_mark(start)}",
        "start": start,
        "end": shifted(series.body["end"], zone, by),
        "recurringEventId": series.event_id,
        "originalStartTime": start,
    }
    shared = {key: value for key, value in series.body.items() if key != "recurrence"}
    return replace(series, body=shared | own)


def _mark(start: Json) -> str:
    if "date" in start:
        return str(start["date"]).replace("-", "")
    return f"{datetime.fromisoformat(start['dateTime']).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _moment(mark: str, zone: ZoneInfo) -> datetime | None:
    for form, tz in (("%Y%m%dT%H%M%SZ", UTC), ("%Y%m%d", zone)):
        try:
            return datetime.strptime(mark, form).replace(tzinfo=tz)
        except ValueError:
            continue
    return None
