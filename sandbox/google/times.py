"""Times as Google writes and reads them: RFC 3339, local times with a zone, whole days."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.google.models import Json

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def zone_named(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (KeyError, ValueError, OSError):
        return None


def instant(text: object) -> datetime | None:
    """A moment; ``None`` unless the text says its offset from UTC."""
    found = _moment(text)
    return found if found and found.tzinfo else None


def stamp(at: datetime) -> str:
    """As ``created``, ``updated`` and the window of an answer are written."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def written(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def normal_side(side: object, zone: ZoneInfo) -> Json | None:
    """A start or an end as it is kept: a day, or a moment with the zone it was given in."""
    if not isinstance(side, dict) or bool(side.get("date")) == bool(side.get("dateTime")):
        return None
    if side.get("timeZone") and not zone_named(side["timeZone"]):
        return None
    if side.get("date"):
        return {"date": side["date"]} if _day(side["date"]) else None
    own = zone_named(side.get("timeZone"))
    found = _moment(side["dateTime"])
    if found is None or (found.tzinfo is None and own is None):
        return None
    own = own or zone
    at = found if found.tzinfo else found.replace(tzinfo=own)
    return {"dateTime": written(at, own), "timeZone": str(own)}


def shown_side(side: Json, zone: ZoneInfo) -> Json:
    """The same, with the hour as the reader's calendar shows it."""
    if "date" in side:
        return dict(side)
    return {"dateTime": written(datetime.fromisoformat(side["dateTime"]), zone), "timeZone": side["timeZone"]}


def at_instant(side: Json, zone: ZoneInfo) -> datetime:
    """When it begins or ends; whole days do so at the calendar's midnight."""
    if "date" in side:
        return datetime.combine(date.fromisoformat(side["date"]), time(), zone)
    return datetime.fromisoformat(side["dateTime"])


def shifted(side: Json, zone: ZoneInfo, by: timedelta) -> Json:
    """The side at another moment, of the same kind and in the same zone."""
    moved = at_instant(side, zone).astimezone(UTC) + by
    if "date" in side:
        return {"date": moved.astimezone(zone).date().isoformat()}
    return {"dateTime": written(moved, ZoneInfo(side["timeZone"])), "timeZone": side["timeZone"]}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) and _RFC3339.fullmatch(text) else None
    except ValueError:
        return None
