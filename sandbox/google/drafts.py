"""What a caller sends as an event, tamed: only what may be written, in the form in which it is kept."""

import re
from zoneinfo import ZoneInfo

from sandbox.google.models import Json
from sandbox.google.recurrence import rule_is_sound
from sandbox.google.refusals import BAD_REQUEST, RANGE_EMPTY, Refusal, invalid, required
from sandbox.google.times import at_instant, normal_side

EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")
WRITABLE = frozenset(
    {
        "anyoneCanAddSelf",
        "attachments",
        "attendees",
        "birthdayProperties",
        "colorId",
        "conferenceData",
        "description",
        "end",
        "eventLabelId",
        "eventType",
        "extendedProperties",
        "focusTimeProperties",
        "gadget",
        "guestsCanInviteOthers",
        "guestsCanModify",
        "guestsCanSeeOtherGuests",
        "location",
        "outOfOfficeProperties",
        "recurrence",
        "reminders",
        "sequence",
        "source",
        "start",
        "status",
        "summary",
        "transparency",
        "visibility",
        "workingLocationProperties",
    }
)
_ONE_OF = {
    "status": {"confirmed", "tentative", "cancelled"},
    "transparency": {"opaque", "transparent"},
    "visibility": {"default", "public", "private", "confidential"},
    "eventType": {"default", "focusTime", "outOfOffice", "workingLocation", "birthday", "fromGmail"},
}
_MOST_PROPERTIES, _LONGEST_KEY, _LONGEST_VALUE, _MOST_BYTES = 300, 44, 1024, 32_768
_MOST_OVERRIDES, _LONGEST_LEAD = 5, 40_320


def drafted(body: Json, zone: ZoneInfo) -> Json | Refusal:
    """The event that this body describes, or why it is none."""
    draft = {key: value for key, value in body.items() if key in WRITABLE and value is not None}
    for name, allowed in _ONE_OF.items():
        if name in draft and draft[name] not in allowed:
            return invalid(name, f"Invalid value for: {name}")
    sides = _sides(draft, zone)
    if isinstance(sides, Refusal):
        return sides
    return _unsound(draft | sides, body, zone) or _normal(draft | sides)


def patched(old: Json, patch: Json) -> Json:
    """Objects are merged, arrays replaced whole, and ``null`` takes away."""
    merged = dict(old)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = (
                _side_patched(merged[key], value) if key in {"start", "end"} else patched(merged[key], value)
            )
        else:
            merged[key] = value
    return merged


def _side_patched(old: Json, patch: Json) -> Json:
    """A moment given anew does not keep the other kind, nor a zone that it does not need."""
    if patch.get("date"):
        return {"date": patch["date"]}
    kept = {key: value for key, value in old.items() if key == "timeZone" or not patch.get("dateTime")}
    return kept | {key: value for key, value in patch.items() if value is not None}


def _sides(draft: Json, zone: ZoneInfo) -> Json | Refusal:
    sides: Json = {}
    for name in ("start", "end"):
        if name not in draft:
            return required(name, f"Missing {name} time.")
        side = normal_side(draft[name], zone)
        if side is None:
            return invalid(name, f"Invalid {name} time.")
        sides[name] = side
    if ("date" in sides["start"]) != ("date" in sides["end"]):
        return invalid("end", "Invalid start time.")
    if at_instant(sides["end"], zone) < at_instant(sides["start"], zone):
        return RANGE_EMPTY
    return sides


def _unsound(draft: Json, body: Json, zone: ZoneInfo) -> Refusal | None:
    if draft.get("recurrence"):
        if "dateTime" in draft["start"] and not body["start"].get("timeZone"):
            return required("start.timeZone", "Missing time zone definition for start time.")
        if not rule_is_sound(draft["recurrence"], draft["start"], zone):
            return invalid("recurrence", "Invalid recurrence rule.")
    if not all(isinstance(each, dict) and each.get("email") for each in draft.get("attendees", [])):
        return required("attendees.email", "Missing attendee email.")
    return _bad_reminders(draft.get("reminders")) or _bad_properties(draft.get("extendedProperties"))


def _bad_reminders(reminders: object) -> Refusal | None:
    if not isinstance(reminders, dict):
        return None if reminders is None else BAD_REQUEST
    overrides = reminders.get("overrides") or []
    if overrides and reminders.get("useDefault"):
        return invalid("reminders.useDefault", "Cannot specify both default reminders and overrides.")
    if len(overrides) > _MOST_OVERRIDES:
        return invalid("reminders.overrides", "Too many reminder overrides.")
    sound = all(
        each.get("method") in {"email", "popup"} and 0 <= each.get("minutes", -1) <= _LONGEST_LEAD
        for each in overrides
    )
    return None if sound else invalid("reminders.overrides", "Invalid reminder override.")


def _bad_properties(properties: object) -> Refusal | None:
    if not isinstance(properties, dict):
        return None if properties is None else BAD_REQUEST
    pairs = [pair for side in properties.values() for pair in side.items()]
    if not all(isinstance(key, str) and isinstance(value, str) for key, value in pairs):
        return BAD_REQUEST
    size = sum(len(key.encode()) + len(value.encode()) for key, value in pairs)
    if len(pairs) > _MOST_PROPERTIES or size > _MOST_BYTES:
        return invalid("extendedProperties", "Extended properties are too large.")
    return None


def _normal(draft: Json) -> Json:
    """Keys that are too long are dropped and values cut without a word, as Google does."""
    if "extendedProperties" in draft:
        draft["extendedProperties"] = {
            side: {key: value[:_LONGEST_VALUE] for key, value in pairs.items() if len(key) <= _LONGEST_KEY}
            for side, pairs in draft["extendedProperties"].items()
        }
    if "attendees" in draft:
        draft["attendees"] = [{"responseStatus": "needsAction"} | each for each in draft["attendees"]]
    return draft
