"""How what is kept looks to whoever asks: events, calendars, entries of the calendar list."""

from zoneinfo import ZoneInfo

from sandbox.google.models import Account, Calendar, Json, Role, StoredEvent, Subject
from sandbox.google.times import shown_side

_BUSY_FIELDS = ("kind", "etag", "id", "status", "updated", "start", "end", "eventType", "transparency")
_SIDES = ("start", "end", "originalStartTime")
_REMINDERS = [{"method": "popup", "minutes": 30}]


def event_view(event: StoredEvent, viewer: Account, role: Role, zone: ZoneInfo) -> Json:
    """Who may only see when the calendar is busy sees nothing else of an event."""
    body = dict(event.body)
    if role is Role.FREE_BUSY_READER:
        body = {key: body[key] for key in _BUSY_FIELDS if key in body} | {"visibility": "private"}
    for side in _SIDES:
        if side in body:
            body[side] = shown_side(body[side], zone)
    for person in ("creator", "organizer"):
        if body.get(person, {}).get("email") == viewer.email:
            body[person] = body[person] | {"self": True}
    return body


def tombstone(event: StoredEvent, zone: ZoneInfo) -> Json:
    """All that is promised of a cancelled event in a list."""
    stone: Json = {"kind": "calendar#event", "etag": event.etag, "id": event.event_id, "status": "cancelled"}
    if event.series:
        stone["recurringEventId"] = event.series
        stone["originalStartTime"] = shown_side(event.body["originalStartTime"], zone)
    return stone


def calendar_view(calendar: Calendar, owner: Account) -> Json:
    return {
        "kind": "calendar#calendar",
        "etag": _etag(calendar),
        "id": calendar.calendar_id,
        "summary": calendar.summary,
        "timeZone": calendar.zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        "dataOwner": owner.email,
    }


def entry_view(calendar: Calendar, owner: Account, viewer: Subject) -> Json:
    primary = calendar.calendar_id == owner.email and viewer == owner.subject
    entry: Json = {
        "kind": "calendar#calendarListEntry",
        "etag": _etag(calendar),
        "id": calendar.calendar_id,
        "summary": calendar.summary,
        "timeZone": calendar.zone,
        "colorId": "1",
        "backgroundColor": calendar.color,
        "foregroundColor": "#ffffff",
        "selected": True,
        "accessRole": str(calendar.role_of(viewer)),
        "defaultReminders": _REMINDERS if primary else [],
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        "dataOwner": owner.email,
    }
    return entry | ({"primary": True} if primary else {})


def _etag(calendar: Calendar) -> str:
    return f'"{sum(calendar.calendar_id.encode()) + 1_590_000_000_000}"'
