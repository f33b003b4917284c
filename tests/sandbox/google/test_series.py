"""Series: laid out for readers, changed and called off one by one."""

from typing import Any

import pytest

from sandbox.google.models import Json
from tests.sandbox.google.conftest import Desk, timed
from tests.sandbox.google.refused import refused

SERIES = "comida123"
LUNCH = timed("23T12:00", "23T13:00", summary="Almuerzo", id=SERIES, recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
WEEK = {"timeMin": "2026-11-22T00:00:00-05:00", "timeMax": "2026-11-30T00:00:00-05:00"}


@pytest.fixture
def calendar(desk: Desk) -> Any:
    found = desk.calendar()
    found.events().insert(calendarId="primary", body=LUNCH).execute()
    return found


def laid_out(calendar: Any, **more: Any) -> list[Json]:
    asked = {"singleEvents": True, "orderBy": "startTime"} | WEEK | more
    return list(calendar.events().list(calendarId="primary", **asked).execute()["items"])


def starts(events: list[Json]) -> list[str]:
    return [each["start"]["dateTime"][5:16] for each in events]


def test_a_series_is_one_event_until_it_is_laid_out(calendar: Any) -> None:
    whole = calendar.events().list(calendarId="primary", **WEEK).execute()["items"]
    assert [each["id"] for each in whole] == [SERIES]
    found = laid_out(calendar)
    assert starts(found) == ["11-23T12:00", "11-24T12:00", "11-25T12:00", "11-26T12:00"]
    assert found[0]["id"] == f"{SERIES}_20261123T170000Z"
    assert found[0]["recurringEventId"] == SERIES
    assert "recurrence" not in found[0]
    listed = calendar.events().instances(calendarId="primary", eventId=SERIES, **WEEK).execute()["items"]
    assert listed == found


def test_one_occurrence_is_moved_and_another_called_off(calendar: Any) -> None:
    second, third = f"{SERIES}_20261124T170000Z", f"{SERIES}_20261125T170000Z"
    body = timed("24T14:00", "24T15:00")
    calendar.events().patch(calendarId="primary", eventId=second, body=body).execute()
    calendar.events().delete(calendarId="primary", eventId=third).execute()
    assert starts(laid_out(calendar)) == ["11-23T12:00", "11-24T14:00", "11-26T12:00"]
    off = calendar.events().list(calendarId="primary").execute()["items"]
    assert {"id": third, "status": "cancelled", "recurringEventId": SERIES}.items() <= off[-1].items()
    assert off[-1]["originalStartTime"]["dateTime"] == "2026-11-25T12:00:00-05:00"


def test_a_changed_occurrence_comes_alone_in_the_next_sync(calendar: Any) -> None:
    token = calendar.events().list(calendarId="primary").execute()["nextSyncToken"]
    second = f"{SERIES}_20261124T170000Z"
    calendar.events().delete(calendarId="primary", eventId=second).execute()
    found = calendar.events().list(calendarId="primary", syncToken=token).execute()["items"]
    assert [(each["id"], each["status"]) for each in found] == [(second, "cancelled")]


def test_a_changed_series_does_not_bring_back_the_occurrence_that_was_moved(calendar: Any) -> None:
    second = f"{SERIES}_20261124T170000Z"
    calendar.events().patch(
        calendarId="primary", eventId=second, body=timed("24T14:00", "24T15:00")
    ).execute()
    token = calendar.events().list(calendarId="primary", singleEvents=True).execute()["nextSyncToken"]
    calendar.events().patch(calendarId="primary", eventId=SERIES, body={"summary": "Descanso"}).execute()
    found = (
        calendar.events().list(calendarId="primary", singleEvents=True, syncToken=token).execute()["items"]
    )
    assert starts(found) == ["11-23T12:00", "11-25T12:00", "11-26T12:00"]


def test_the_hour_on_the_wall_stays_when_the_clocks_change(desk: Desk) -> None:
    zone = "America/Santiago"
    body = {
        "start": {"dateTime": "2026-09-04T09:00:00", "timeZone": zone},
        "end": {"dateTime": "2026-09-04T10:00:00", "timeZone": zone},
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"],
    }
    calendar = desk.calendar()
    calendar.events().insert(calendarId="primary", body=body).execute()
    asked = {"timeMin": "2026-09-01T00:00:00Z", "timeMax": "2026-09-30T00:00:00Z", "timeZone": zone}
    found = laid_out(calendar, **asked)
    assert [each["start"]["dateTime"] for each in found] == [
        "2026-09-04T09:00:00-04:00",
        "2026-09-11T09:00:00-03:00",
    ]


def test_whole_days_recur_too(desk: Desk) -> None:
    calendar = desk.calendar()
    body = {
        "start": {"date": "2026-11-23"},
        "end": {"date": "2026-11-24"},
        "recurrence": ["RRULE:FREQ=WEEKLY"],
        "id": "descanso",
    }
    calendar.events().insert(calendarId="primary", body=body).execute()
    found = laid_out(calendar, timeMax="2026-12-08T00:00:00-05:00")
    assert [(each["id"], each["end"]["date"]) for each in found] == [
        ("descanso_20261123", "2026-11-24"),
        ("descanso_20261130", "2026-12-01"),
        ("descanso_20261207", "2026-12-08"),
    ]


def test_a_deleted_series_takes_its_occurrences_along(calendar: Any) -> None:
    second = f"{SERIES}_20261124T170000Z"
    calendar.events().patch(calendarId="primary", eventId=second, body={"summary": "más corto"}).execute()
    calendar.events().delete(calendarId="primary", eventId=SERIES).execute()
    assert laid_out(calendar) == []
    assert calendar.events().get(calendarId="primary", eventId=second).execute()["status"] == "cancelled"


def test_an_occurrence_that_the_rule_does_not_make_is_not_found(calendar: Any) -> None:
    get = calendar.events().get(calendarId="primary", eventId=f"{SERIES}_20261124T180000Z")
    assert refused(get.execute) == (404, "notFound")


def test_a_rule_needs_the_zone_that_its_hours_are_of(desk: Desk) -> None:
    calendar = desk.calendar()
    body = {
        "start": {"dateTime": "2026-11-23T10:00:00-05:00"},
        "end": {"dateTime": "2026-11-23T11:00:00-05:00"},
        "recurrence": ["RRULE:FREQ=DAILY"],
    }
    assert refused(lambda: calendar.events().insert(calendarId="primary", body=body).execute()) == (
        400,
        "required",
    )
