"""Every call of Calendar v3 that this product makes, each as a function that makes its request from the resource."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from calendar_sync.google.agenda import Window
from calendar_sync.google.door import Ask
from kernel.clock import aware

LONGEST = timedelta(days=60)
"""Free/busy of longer times has been refused."""
CALENDARS_AT_ONCE = 50
_PAGE = 2500
EVENTS = "calendar#events"
"""What a page of events calls itself: a body without it is no list of events, least of all an empty one."""
_TIMES_ONLY = (
    "kind,nextPageToken,timeZone,items(id,status,start,end,transparency,extendedProperties/private,"
    "attendees(self,responseStatus))"
)
_CHANGES = "kind,nextPageToken,nextSyncToken,timeZone,items(id,status,etag,updated,start,end,extendedProperties/private)"


def free_busy(calendars: Sequence[str], window: Window) -> Ask:
    body = {
        "timeMin": stamp(window.start),
        "timeMax": stamp(window.end),
        "items": [{"id": calendar} for calendar in calendars],
    }
    return lambda service: service.freebusy.query(body=body)


def events_between(calendar: str, window: Window, page: str | None) -> Ask:
    """Times of the events that overlap the window; neither titles nor people are asked for."""
    return lambda service: service.events.list(
        calendarId=calendar,
        timeMin=stamp(window.start),
        timeMax=stamp(window.end),
        singleEvents=True,
        maxResults=_PAGE,
        pageToken=page,
        fields=_TIMES_ONLY,
    )


def changes(calendar: str, *, sync_token: str | None, page: str | None, since: datetime | None) -> Ask:
    """A page of what changed since the sync token, or without one of everything from `since` on."""
    return lambda service: service.events.list(
        calendarId=calendar,
        syncToken=sync_token,
        pageToken=page,
        timeMin=stamp(since) if since and not sync_token else None,
        showDeleted=True,
        maxResults=_PAGE,
        fields=_CHANGES,
    )


def insert(calendar: str, body: Mapping[str, Any]) -> Ask:
    return lambda service: service.events.insert(calendarId=calendar, body=dict(body), sendUpdates="none")


def get(calendar: str, event: str) -> Ask:
    return lambda service: service.events.get(calendarId=calendar, eventId=event)


def update(calendar: str, event: str, body: Mapping[str, Any]) -> Ask:
    """The whole event: a third of the quota that a PATCH costs."""
    return lambda service: service.events.update(
        calendarId=calendar, eventId=event, body=dict(body), sendUpdates="none"
    )


def delete(calendar: str, event: str) -> Ask:
    return lambda service: service.events.delete(calendarId=calendar, eventId=event, sendUpdates="none")


def calendars(page: str | None) -> Ask:
    return lambda service: service.calendar_list.list(pageToken=page, showDeleted=False, maxResults=250)


def create_calendar(name: str) -> Ask:
    return lambda service: service.calendars.insert(body={"summary": name})


def watch(calendar: str, *, channel: str, token: str, address: str, life: timedelta) -> Ask:
    body = {
        "id": channel,
        "type": "web_hook",
        "address": address,
        "token": token,
        "params": {"ttl": str(int(life.total_seconds()))},
    }
    return lambda service: service.events.watch(calendarId=calendar, body=body)


def stop(channel: str, resource: str) -> Ask:
    return lambda service: service.channels.stop(body={"id": channel, "resourceId": resource})


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return aware(moment).isoformat(timespec="seconds").replace("+00:00", "Z")
