"""The methods of Calendar v3 that this stand-in knows, as operations on values; no web in here."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from sandbox.google.calls import Call, Opened, opened
from sandbox.google.channels import channel_view
from sandbox.google.faults import FaultKind
from sandbox.google.free_busy import free_busy
from sandbox.google.listing import list_events
from sandbox.google.models import RANK, Calendar, CalendarId, Json, Role, StoredEvent
from sandbox.google.recurrence import Window, occurrences
from sandbox.google.refusals import NOT_FOUND, SYNC_MIXED, Refusal, invalid, required
from sandbox.google.switchboard import Google
from sandbox.google.times import instant, zone_named
from sandbox.google.views import calendar_view, entry_view, event_view

Operation = Callable[[Google, Call], Json | Refusal | None]


def _list_calendars(google: Google, call: Call) -> Json | Refusal:
    least = call.first("minAccessRole")
    if call.first("syncToken"):
        return SYNC_MIXED if least else _calendar_page([])
    subject = call.account.subject
    entries = [
        entry_view(each, google.store.accounts[each.owner], subject)
        for each in google.store.calendars_of(subject)
        if _rank(each.role_of(subject)) >= _rank(least)
    ]
    offset, size = int(call.first("pageToken") or 0), int(call.first("maxResults") or 100)
    following = offset + size if offset + size < len(entries) else None
    return _calendar_page(entries[offset : offset + size], following)


def _calendar_page(entries: list[Json], following: int | None = None) -> Json:
    mark = (
        {"nextSyncToken": "calendars-as-they-are"} if following is None else {"nextPageToken": str(following)}
    )
    return {"kind": "calendar#calendarList", "etag": '"p1"', "items": entries} | mark


def _rank(role: str | None) -> int:
    known = "writer" if role == "writerWithoutPrivateAccess" else role
    return RANK[Role(known)] if known else 0


def _get_calendar(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.FREE_BUSY_READER)
    if isinstance(at, Refusal):
        return at
    return calendar_view(at.calendar, google.store.accounts[at.calendar.owner])


def _insert_calendar(google: Google, call: Call) -> Json | Refusal:
    summary, zone = call.body.get("summary"), call.body.get("timeZone", "UTC")
    if not summary:
        return required("summary", "Missing summary.")
    if zone_named(zone) is None:
        return invalid("timeZone")
    calendar = Calendar(
        calendar_id=CalendarId(google.mint.calendar_id()),
        summary=str(summary),
        zone=zone,
        owner=call.account.subject,
        made_by=call.client_id,
    )
    google.store.add_calendar(calendar)
    return calendar_view(calendar, call.account)


def _free_busy(google: Google, call: Call) -> Json | Refusal:
    return free_busy(google.store, google.faults, call)


def _insert(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.WRITER)
    if isinstance(at, Refusal):
        return at
    return _seen(
        call, at, google.writer.insert(at.calendar, call.account, call.body, _speaks_of_meetings(call))
    )


def _get(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.FREE_BUSY_READER)
    if isinstance(at, Refusal):
        return at
    return _seen(call, at, google.writer.find(at.calendar, call.path["eventId"]) or NOT_FOUND)


def _update(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.WRITER)
    if isinstance(at, Refusal):
        return at
    meetings = _speaks_of_meetings(call)
    done = google.writer.update(at.calendar, call.path["eventId"], call.body, call.if_match, meetings)
    return _seen(call, at, done)


def _patch(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.WRITER)
    if isinstance(at, Refusal):
        return at
    meetings = _speaks_of_meetings(call)
    done = google.writer.patch(at.calendar, call.path["eventId"], call.body, call.if_match, meetings)
    return _seen(call, at, done)


def _delete(google: Google, call: Call) -> Refusal | None:
    at = opened(google.store, call, Role.WRITER)
    if isinstance(at, Refusal):
        return at
    return google.writer.delete(at.calendar, call.path["eventId"], call.if_match)


def _list(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.FREE_BUSY_READER)
    if isinstance(at, Refusal):
        return at
    empty = google.faults.strike(FaultKind.EMPTY_PAGE, call.method, at.calendar.calendar_id)
    return list_events(google.store, google.settings, call, at, empty=empty is not None)


def _instances(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.FREE_BUSY_READER)
    if isinstance(at, Refusal):
        return at
    series = google.store.find(at.calendar.calendar_id, call.path["eventId"])
    if series is None or not series.recurring:
        return NOT_FOUND
    start, end = instant(call.first("timeMin")), instant(call.first("timeMax"))
    if start is None or end is None:
        return required("timeMin", "This stand-in lists the occurrences of a stretch of time only.")
    zone = ZoneInfo(at.calendar.zone)
    found = [
        google.store.find(at.calendar.calendar_id, each.event_id) or each
        for each in occurrences(series, zone, Window(start, end))
    ]
    items = [event_view(each, call.account, at.role, zone) for each in found]
    return {"kind": "calendar#events", "summary": at.calendar.summary, "timeZone": str(zone), "items": items}


def _watch(google: Google, call: Call) -> Json | Refusal:
    at = opened(google.store, call, Role.FREE_BUSY_READER)
    if isinstance(at, Refusal):
        return at
    channel = google.channels.open(call, at)
    if isinstance(channel, Refusal):
        return channel
    google.pushes.welcome(channel)
    return channel_view(channel)


def _stop(google: Google, call: Call) -> Refusal | None:
    return google.channels.stop(call)


def _seen(call: Call, at: Opened, done: StoredEvent | Refusal) -> Json | Refusal:
    if isinstance(done, Refusal):
        return done
    zone = zone_named(call.first("timeZone") or at.calendar.zone)
    return event_view(done, call.account, at.role, zone) if zone else invalid("timeZone")


def _speaks_of_meetings(call: Call) -> bool:
    return call.first("conferenceDataVersion") == "1"


OPERATIONS: Mapping[str, Operation] = {
    "calendar.calendarList.list": _list_calendars,
    "calendar.calendars.get": _get_calendar,
    "calendar.calendars.insert": _insert_calendar,
    "calendar.freebusy.query": _free_busy,
    "calendar.events.insert": _insert,
    "calendar.events.get": _get,
    "calendar.events.update": _update,
    "calendar.events.patch": _patch,
    "calendar.events.delete": _delete,
    "calendar.events.list": _list,
    "calendar.events.instances": _instances,
    "calendar.events.watch": _watch,
    "calendar.channels.stop": _stop,
}
