"""When calendars are busy: merged ranges and no titles; failures per calendar inside an answer of success."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.google.calls import Call
from sandbox.google.faults import FaultBoard, FaultKind
from sandbox.google.models import Calendar, Json, StoredEvent
from sandbox.google.recurrence import Window, occurrences
from sandbox.google.refusals import RANGE_EMPTY, RANGE_TOO_LONG, Refusal, invalid, required
from sandbox.google.store import Store
from sandbox.google.times import at_instant, instant, stamp, written, zone_named

_LONGEST = timedelta(days=90)
_MOST_CALENDARS = 50


@dataclass(frozen=True, slots=True)
class _Asked:
    window: Window
    zone: ZoneInfo
    calendars: list[str]
    most: int


def free_busy(store: Store, faults: FaultBoard, call: Call) -> Json | Refusal:
    asked = _asked(call.body)
    if isinstance(asked, Refusal):
        return asked
    found = {
        name: _failure("tooManyCalendarsRequested")
        if place >= asked.most
        else _of_calendar(store, faults, call, asked, name)
        for place, name in enumerate(asked.calendars)
    }
    window = asked.window
    return {
        "kind": "calendar#freeBusy",
        "timeMin": stamp(window.start),
        "timeMax": stamp(window.end),
        "calendars": found,
    }


def _asked(body: Json) -> _Asked | Refusal:
    start, end = instant(body.get("timeMin")), instant(body.get("timeMax"))
    for name, found in (("timeMin", start), ("timeMax", end)):
        if not body.get(name):
            return required(name, f"Missing {name} parameter.")
        if found is None:
            return invalid(name)
    zone = zone_named(body.get("timeZone") or "UTC")
    if zone is None:
        return invalid("timeZone")
    if start is None or end is None or start >= end:
        return RANGE_EMPTY
    if end - start > _LONGEST:
        return RANGE_TOO_LONG
    names = [str(each.get("id")) for each in body.get("items") or ()]
    return _Asked(Window(start, end), zone, names, int(body.get("calendarExpansionMax") or _MOST_CALENDARS))


def _of_calendar(store: Store, faults: FaultBoard, call: Call, asked: _Asked, name: str) -> Json:
    calendar = store.visible(call.account.subject, name)
    known = calendar.calendar_id if calendar else name
    if fault := faults.strike(FaultKind.FREE_BUSY_ERROR, call.method, known):
        return _failure(fault.why)
    if calendar is None:
        return _failure("notFound")
    ranges = _merged(busy_ranges(store, calendar, asked.window))
    return {"busy": [{"start": written(a, asked.zone), "end": written(b, asked.zone)} for a, b in ranges]}


def _failure(reason: str) -> Json:
    domain = "global" if reason in {"notFound", "internalError"} else "calendar"
    return {"errors": [{"domain": domain, "reason": reason}], "busy": []}


def busy_ranges(store: Store, calendar: Calendar, window: Window) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(calendar.zone)
    owner = store.accounts[calendar.owner].email
    ranges = []
    for event in happening(store.events(calendar.calendar_id), zone, window):
        if _blocks(event, owner):
            start, end = (at_instant(event.body[side], zone).astimezone(UTC) for side in ("start", "end"))
            ranges.append((max(start, window.start), min(end, window.end)))
    return ranges


def happening(events: Iterable[StoredEvent], zone: ZoneInfo, window: Window) -> list[StoredEvent]:
    """What takes place in the window: series are laid out, and their changed occurrences replace theirs."""
    events = list(events)
    changed = {event.event_id for event in events if event.series}
    found = []
    for event in events:
        if event.recurring:
            found += [each for each in occurrences(event, zone, window) if each.event_id not in changed]
        elif window.meets(*(at_instant(event.body[side], zone) for side in ("start", "end"))):
            found.append(event)
    return found


def _blocks(event: StoredEvent, owner: str) -> bool:
    declined = any(
        each.get("email") == owner and each.get("responseStatus") == "declined"
        for each in event.body.get("attendees", ())
    )
    free = event.body.get("transparency") == "transparent" or event.body["eventType"] == "workingLocation"
    return not (event.cancelled or free or declined)


def _merged(ranges: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
