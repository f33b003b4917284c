"""Events as Google writes them: our own made and recognised, anybody's times read."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from calendar_sync.google.agenda import EventDraft, Window
from calendar_sync.ids import BookingId, EventId, event_id

BOOKING = "bookingId"
_TEXTS = "textsDigest"

Event = Mapping[str, Any]


def body_of(draft: EventDraft) -> dict[str, Any]:
    """A booking as an event. Times are local with their zone, so that later rules of the zone keep the hour."""
    zone = ZoneInfo(draft.zone)
    return {
        "id": draft.id,
        "status": "confirmed",
        "summary": draft.title,
        "description": draft.description,
        "location": draft.location,
        "transparency": "opaque",
        "start": {"dateTime": draft.start.astimezone(zone).isoformat(), "timeZone": draft.zone},
        "end": {"dateTime": draft.end.astimezone(zone).isoformat(), "timeZone": draft.zone},
        "extendedProperties": {
            "private": {BOOKING: str(draft.booking), _TEXTS: _digest(draft.title, draft.description)}
        },
    }


def changed(event: Event, draft: EventDraft) -> dict[str, Any]:
    """The event brought to the draft. What the owner added stays, and so do title and text once they edited them."""
    ours = body_of(draft)
    old, new = _private(event), ours["extendedProperties"]["private"]
    texts = ("summary", "description")
    if _digest(*(str(event.get(name, "")) for name in texts)) != old.get(_TEXTS):
        ours = {name: value for name, value in ours.items() if name not in texts}
        new = {BOOKING: new[BOOKING]}
    properties = {**event.get("extendedProperties", {}), "private": {**old, **new}}
    return {**event, **ours, "extendedProperties": properties}


def booking_of(event: Event) -> BookingId | None:
    """The booking that an event of ours stands for; None for anybody else's, copies of ours included."""
    try:
        booking = BookingId(UUID(str(_private(event)[BOOKING])))
    except (LookupError, ValueError):
        return None
    return booking if event.get("id") == event_id(booking) else None


def is_cancelled(event: Event) -> bool:
    return event.get("status") == "cancelled"


def blocks(event: Event, known: Collection[BookingId]) -> bool:
    """Whether an event takes the calendar's time from bookings: all but those of bookings that are known here.

    A shop that shares the calendar, or bookings that were erased since, left events with marks like ours.
    """
    declined = any(
        guest.get("self") and guest.get("responseStatus") == "declined"
        for guest in event.get("attendees", ())
    )
    free = event.get("transparency") == "transparent"
    return not (is_cancelled(event) or free or declined or booking_of(event) in known)


def window_of(event: Event, calendar_zone: str) -> Window | None:
    """When an event takes place; None where its times cannot be read."""
    try:
        start = _moment(event["start"], calendar_zone)
        end = _moment(event["end"], calendar_zone)
        # Google allows events without length; they take no time, but a moved one still has its place.
        return Window(start, max(end, start + timedelta(minutes=1)))
    except (LookupError, ValueError, TypeError, ZoneInfoNotFoundError):
        return None


def is_all_day(event: Event) -> bool:
    return "date" in event.get("start", {})


def is_id(text: str) -> EventId | None:
    """The text as an id of an event that this service may have made."""
    return EventId(text) if len(text) == 32 and set(text) <= set("0123456789abcdef") else None


def _moment(value: Mapping[str, str], calendar_zone: str) -> datetime:
    if "dateTime" not in value:
        return datetime.combine(date.fromisoformat(value["date"]), time(), ZoneInfo(calendar_zone))
    moment = datetime.fromisoformat(value["dateTime"])
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=ZoneInfo(value.get("timeZone") or calendar_zone))


def _private(event: Event) -> Mapping[str, str]:
    private = event.get("extendedProperties", {}).get("private", {})
    return private if isinstance(private, dict) else {}


def _digest(title: str, text: str) -> str:
    return hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()[:16]
