"""Reading what changed on a calendar, all pages of it."""

from dataclasses import dataclass
from datetime import datetime

from calendar_sync.google import calls
from calendar_sync.google.access import Caller
from calendar_sync.google.events import booking_of, is_cancelled
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.ids import EventId
from calendar_sync.mirror.changes import SeenEvent, seen_event


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Our events among what was listed. `sync_token` leads on from here; `whole`: nothing was left out."""

    events: tuple[SeenEvent, ...]
    sync_token: str
    whole: bool


class Expired:
    """The sync token is too old: everything has to be read again."""


def read_changes(
    caller: Caller, calendar: str, sync_token: str | None, since: datetime
) -> Listing | Expired | Failed:
    """What changed since the token; without one, everything from `since` on."""
    events: list[SeenEvent] = []
    page: str | None = None
    while True:
        answer = caller.call(calls.changes(calendar, sync_token=sync_token, page=page, since=since))
        if isinstance(answer, Failed):
            return Expired() if answer.trouble is Trouble.RESYNC else answer
        if answer.body.get("kind") != calls.EVENTS:
            return Failed(Trouble.UNCLEAR, "unreadable")
        zone = str(answer.body.get("timeZone") or "UTC")
        listed = (seen_event(event, zone) for event in answer.body.get("items", ()))
        events += [event for event in listed if event is not None]
        page = answer.body.get("nextPageToken")
        if not page:
            token = str(answer.body.get("nextSyncToken") or "")
            return Listing(events=tuple(events), sync_token=token, whole=sync_token is None)


def is_gone(caller: Caller, calendars: tuple[str, ...], event: EventId) -> bool | Failed:
    """Whether an event of ours is in none of these calendars any more."""
    for calendar in calendars:
        answer = caller.call(calls.get(calendar, event))
        if isinstance(answer, Failed):
            if answer.trouble in {Trouble.MISSING, Trouble.DELETED}:
                continue
            return answer
        if booking_of(answer.body) and not is_cancelled(answer.body):
            return False
    return True
