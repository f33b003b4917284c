"""``events.list``: pages, filters, and the tokens by which a copy is kept up to date."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.google.calls import Call, Opened
from sandbox.google.free_busy import happening
from sandbox.google.models import Json, StoredEvent
from sandbox.google.recurrence import Window, occurrences
from sandbox.google.refusals import SYNC_LOST, SYNC_MIXED, TOO_LONG_AGO, Refusal, invalid
from sandbox.google.settings import GoogleSettings
from sandbox.google.store import Store
from sandbox.google.times import at_instant, instant, stamp, zone_named
from sandbox.google.views import event_view, tombstone

_NOT_WITH_SYNC = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
# A copy can be kept of a stretch of time, but not of a search.
_NO_SYNC_AFTER = frozenset(_NOT_WITH_SYNC) - {"timeMin", "timeMax"}
_HORIZON = timedelta(days=400)
_EVER = Window(datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
_MOST = 2500


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the listing is of: everything up to a change, or what changed since one."""

    since: int | None
    until: int
    after: list[str]


def list_events(
    store: Store, settings: GoogleSettings, call: Call, at: Opened, *, empty: bool
) -> Json | Refusal:
    """One page. ``empty`` makes it hold nothing but the way to the next one, as Google's may."""
    asked = _asked(store, settings, call, at)
    if isinstance(asked, Refusal):
        return asked
    zone = zone_named(call.first("timeZone") or at.calendar.zone)
    if zone is None:
        return invalid("timeZone")
    found = _found(store, call, at, asked)
    if isinstance(found, Refusal):
        return found
    size = 0 if empty else min(int(call.first("maxResults") or settings.page_size), _MOST)
    left = [each for each in found if _place(each, call, zone) > asked.after]
    items = [_item(each, call, at, zone) for each in left[:size]]
    if not empty and len(left) <= size:
        return _head(store, at) | {"items": items} | _sync_token(store, call, at, asked)
    after = _place(left[size - 1], call, zone) if size else asked.after
    page = {"query": _print(call), "until": asked.until, "after": after}
    return _head(store, at) | {"items": items, "nextPageToken": _sealed(page)}


def _asked(store: Store, settings: GoogleSettings, call: Call, at: Opened) -> _Asked | Refusal:
    since = None
    if token := call.first("syncToken"):
        mixed = any(call.query.get(name) for name in _NOT_WITH_SYNC)
        if mixed or call.first("showDeleted") == "false":
            return SYNC_MIXED
        opened = _opened(token)
        if opened is None or opened.get("calendar") != at.calendar.calendar_id:
            return invalid("syncToken", "Invalid sync token value.")
        if opened["single"] != call.flag("singleEvents"):
            return SYNC_MIXED
        age = call.now - datetime.fromisoformat(opened["at"])
        if opened["epoch"] != store.sync_mark or age > timedelta(days=settings.sync_token_days):
            return SYNC_LOST
        since = int(opened["after"])
    return _paged(store, settings, call, since)


def _paged(store: Store, settings: GoogleSettings, call: Call, since: int | None) -> _Asked | Refusal:
    low = call.first("updatedMin")
    if low and (instant(low) or call.now) < call.now - timedelta(days=settings.sync_token_days):
        return TOO_LONG_AGO
    token = call.first("pageToken")
    if not token:
        return _Asked(since, store.change, [])
    opened = _opened(token)
    if opened is None or opened.get("query") != _print(call):
        return invalid("pageToken")
    return _Asked(since, int(opened["until"]), list(opened["after"]))


def _found(store: Store, call: Call, at: Opened, asked: _Asked) -> list[StoredEvent] | Refusal:
    zone = ZoneInfo(at.calendar.zone)
    window = _window(call)
    if isinstance(window, Refusal):
        return window
    kept = [event for event in store.events(at.calendar.calendar_id) if event.change <= asked.until]
    if asked.since is not None:
        changed = [event for event in kept if event.change > asked.since]
        found = _laid_out(changed, kept, call, zone) if call.flag("singleEvents") else changed
    elif call.first("orderBy") == "startTime" and not call.flag("singleEvents"):
        return invalid("orderBy", "The requested ordering is not available for the particular query.")
    else:
        found = _in_window(kept, call, zone, window)
    return sorted(found, key=lambda each: _place(each, call, zone))


def _place(event: StoredEvent, call: Call, zone: ZoneInfo) -> list[str]:
    """Its place in the asked order. Pages go on after a place, so that no change in between moves an event out."""
    match call.first("orderBy"):
        case "startTime":
            first = at_instant(event.body["start"], zone).astimezone(UTC).isoformat()
        case "updated":
            first = str(event.body["updated"])
        case _:
            first = f"{event.change:012d}"
    return [first, event.event_id]


def _in_window(kept: list[StoredEvent], call: Call, zone: ZoneInfo, window: Window) -> list[StoredEvent]:
    if call.flag("singleEvents"):
        bounded = window if window != _EVER else _around(call.now)
        found = happening([each for each in kept if each.recurring or each.series], zone, bounded)
        found += happening([each for each in kept if not (each.recurring or each.series)], zone, window)
    else:
        found = [each for each in kept if _touches(each, zone, window)]
    return [each for each in found if _wanted(each, call)]


def _touches(event: StoredEvent, zone: ZoneInfo, window: Window) -> bool:
    if event.recurring:
        bounded = Window(window.start, min(window.end, window.start + 40 * _HORIZON))
        return next(occurrences(event, zone, bounded), None) is not None
    return window.meets(*(at_instant(event.body[side], zone) for side in ("start", "end")))


def _laid_out(
    changed: list[StoredEvent], kept: list[StoredEvent], call: Call, zone: ZoneInfo
) -> list[StoredEvent]:
    """A changed series comes as its occurrences, but for those that live a life of their own."""
    series = [each for each in changed if each.recurring]
    own = {each.event_id for each in kept if each.series}
    laid = happening(series, zone, _around(call.now))
    return [each for each in changed if not each.recurring] + [
        each for each in laid if each.event_id not in own
    ]


def _around(now: datetime) -> Window:
    return Window(now - _HORIZON, now + _HORIZON)


def _window(call: Call) -> Window | Refusal:
    """``timeMin`` bounds the end and ``timeMax`` the start, neither included."""
    bounds = {"timeMin": _EVER.start, "timeMax": _EVER.end}
    for name in bounds:
        if text := call.first(name):
            found = instant(text)
            if found is None:
                return invalid(name)
            bounds[name] = found
    if bounds["timeMin"] >= bounds["timeMax"]:
        return invalid("timeMax", "The specified time range is empty.")
    return Window(bounds["timeMin"], bounds["timeMax"])


def _wanted(event: StoredEvent, call: Call) -> bool:
    low = instant(call.first("updatedMin"))
    if low and datetime.fromisoformat(event.body["updated"]) < low:
        return False
    exception = event.series is not None and not call.flag("singleEvents")
    if event.cancelled and not (call.flag("showDeleted") or low or exception):
        return False
    words = (call.first("q") or "").lower()
    text = " ".join(str(event.body.get(key, "")) for key in ("summary", "description", "location")).lower()
    uid = call.first("iCalUID")
    kinds = call.query.get("eventTypes")
    return (
        words in text
        and uid in {None, event.body["iCalUID"]}
        and (not kinds or event.body["eventType"] in kinds)
        and _has_properties(event, call, "private")
        and _has_properties(event, call, "shared")
    )


def _has_properties(event: StoredEvent, call: Call, side: str) -> bool:
    held = event.body.get("extendedProperties", {}).get(side, {})
    pairs = (each.partition("=") for each in call.query.get(f"{side}ExtendedProperty", ()))
    return all(held.get(key) == value for key, _, value in pairs)


def _item(event: StoredEvent, call: Call, at: Opened, zone: ZoneInfo) -> Json:
    return tombstone(event, zone) if event.cancelled else event_view(event, call.account, at.role, zone)


def _head(store: Store, at: Opened) -> Json:
    updated = max((each.body["updated"] for each in store.events(at.calendar.calendar_id)), default=None)
    return {
        "kind": "calendar#events",
        "etag": f'"p{store.change}"',
        "summary": at.calendar.summary,
        "updated": updated or stamp(datetime(2020, 1, 1, tzinfo=UTC)),
        "timeZone": at.calendar.zone,
        "accessRole": str(at.role),
        "defaultReminders": [],
    }


def _sync_token(store: Store, call: Call, at: Opened, asked: _Asked) -> Json:
    if any(call.query.get(name) for name in _NO_SYNC_AFTER):
        return {}
    token = {
        "calendar": at.calendar.calendar_id,
        "single": call.flag("singleEvents"),
        "after": asked.until,
        "epoch": store.sync_mark,
        "at": call.now.isoformat(),
    }
    return {"nextSyncToken": _sealed(token)}


def _print(call: Call) -> list[object]:
    """A page token goes with the query that it came from; only the size of pages may change."""
    free = {"pageToken", "maxResults"}
    return [call.path["calendarId"], *sorted([k, v] for k, v in call.query.items() if k not in free)]


def _sealed(value: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _opened(token: str) -> Json | None:
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
