"""When calendars are busy: merged, without titles, and with failures inside an answer of success."""

from typing import Any

import pytest

from sandbox.google.cast import ANA, BOOKINGS, BRUNO, BUSY_ONLY, CARLA
from sandbox.google.models import Json
from tests.sandbox.google.conftest import Desk, timed
from tests.sandbox.google.refused import refused
from tests.sandbox.references import reference

DAY = {"timeMin": "2026-11-24T00:00:00Z", "timeMax": "2026-11-25T05:00:00Z"}


def query(calendar: Any, *names: str, **more: Any) -> Json:
    body = DAY | {"items": [{"id": name} for name in names or ("primary",)]} | more
    found: Json = calendar.freebusy().query(body=body).execute()
    return found


def busy(desk: Desk, **more: Any) -> list[tuple[str, str]]:
    found = query(desk.calendar(), **more)["calendars"]["primary"]["busy"]
    return [(each["start"], each["end"]) for each in found]


def test_ranges_are_merged_and_clipped_to_the_window(desk: Desk) -> None:
    owner = desk.owner()
    owner.add(timed("24T09:00", "24T10:00"))
    owner.add(timed("24T09:30", "24T11:00"))
    owner.add(timed("24T11:00", "24T11:30"))
    owner.add(timed("24T23:00", "25T02:00"))
    assert busy(desk) == [
        ("2026-11-24T14:00:00Z", "2026-11-24T16:30:00Z"),
        ("2026-11-25T04:00:00Z", "2026-11-25T05:00:00Z"),
    ]


def test_what_does_not_block_is_left_out(desk: Desk) -> None:
    owner = desk.owner()
    owner.add(timed("24T08:00", "24T09:00", transparency="transparent"))
    owner.add(timed("24T09:00", "24T10:00", attendees=[{"email": ANA.email, "responseStatus": "declined"}]))
    owner.add(timed("24T10:00", "24T11:00", eventType="workingLocation"))
    gone = owner.add(timed("24T11:00", "24T12:00"))
    owner.delete(gone["id"])
    assert busy(desk) == []
    owner.add(timed("24T12:00", "24T13:00", status="tentative"))
    assert len(busy(desk)) == 1


def test_whole_days_block_from_midnight_to_midnight_of_the_calendar(desk: Desk) -> None:
    desk.owner().add({"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}})
    assert busy(desk, timeZone="America/Bogota") == [
        ("2026-11-24T00:00:00-05:00", "2026-11-25T00:00:00-05:00")
    ]


def test_series_block_at_each_occurrence_but_those_called_off(desk: Desk) -> None:
    series = desk.owner().add(timed("23T12:00", "23T13:00", recurrence=["RRULE:FREQ=DAILY"]))
    assert busy(desk) == [("2026-11-24T17:00:00Z", "2026-11-24T18:00:00Z")]
    desk.owner().delete(f"{series['id']}_20261124T170000Z")
    assert busy(desk) == []


def test_calendars_that_cannot_be_read_fail_one_by_one(desk: Desk) -> None:
    desk.owner().add(timed("23T10:00", "23T11:00"))
    window = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-11-24T00:00:00Z"}
    found = query(desk.calendar(), "primary", "gone@group.calendar.google.com", **window)
    assert found == reference("google/authored/freebusy_response_mixed.json")
    others = query(desk.calendar(), CARLA.email, BUSY_ONLY.calendar_id)["calendars"]
    assert others[CARLA.email]["errors"][0]["reason"] == "notFound"
    assert "errors" not in others[BUSY_ONLY.calendar_id]


@pytest.mark.parametrize("reason", ["notFound", "internalError", "groupTooBig", "tooManyCalendarsRequested"])
def test_a_failure_is_armed_for_one_calendar(desk: Desk, reason: str) -> None:
    desk.owner().arm("free_busy_error", calendar=BOOKINGS.calendar_id, reason=reason)
    calendar = desk.calendar()
    found = query(calendar, "primary", BOOKINGS.calendar_id)["calendars"]
    assert found[BOOKINGS.calendar_id] == {
        "busy": [],
        "errors": [{"domain": _domain(reason), "reason": reason}],
    }
    assert "errors" not in found["primary"]
    assert "errors" not in query(calendar, BOOKINGS.calendar_id)["calendars"][BOOKINGS.calendar_id]


def _domain(reason: str) -> str:
    return "global" if reason in {"notFound", "internalError"} else "calendar"


def test_more_calendars_than_allowed_fail_beyond_the_limit(desk: Desk) -> None:
    names = [f"c{n}@group.calendar.google.com" for n in range(51)]
    found = query(desk.calendar(), *names)["calendars"]
    reasons = [found[name]["errors"][0]["reason"] for name in names]
    assert reasons == ["notFound"] * 50 + ["tooManyCalendarsRequested"]


@pytest.mark.parametrize(
    ("window", "reason"),
    [
        ({"timeMin": "2026-11-24T00:00:00Z", "timeMax": "2026-11-24T00:00:00Z"}, "timeRangeEmpty"),
        ({"timeMin": "2026-11-24T00:00:00Z", "timeMax": "2027-03-24T00:00:00Z"}, "timeRangeTooLong"),
        ({"timeMin": None}, "required"),
        ({"timeZone": "Bogota"}, "invalid"),
    ],
)
def test_windows_that_are_none_are_refused(desk: Desk, window: dict[str, Any], reason: str) -> None:
    calendar = desk.calendar()
    assert refused(lambda: query(calendar, **window)) == (400, reason)
    desk.google.journal.exchanges.clear()


def test_rights_to_events_do_not_open_busy_times(desk: Desk) -> None:
    calendar = desk.calendar(desk.link(BRUNO, ("calendar.events", "calendar.calendarlist.readonly")))
    assert refused(lambda: query(calendar)) == (403, "insufficientPermissions")
