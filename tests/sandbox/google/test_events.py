"""Events are inserted, read, changed and deleted through Google's own client."""

from typing import Any

import pytest

from sandbox.google.cast import ANA, BOOKINGS, BRUNO, BUSY_ONLY, CARLA, HOLIDAYS
from sandbox.google.models import Json
from tests.sandbox.google.conftest import Desk, timed
from tests.sandbox.google.refused import refused

EVENT_ID = "0123456789abcdefghijklmnopqrstuv"
BODY = timed("24T10:00", "24T11:00", summary="Corte", id=EVENT_ID)


def insert(calendar: Any, body: Json | None = None, where: str = "primary", **more: Any) -> Json:
    found: Json = calendar.events().insert(calendarId=where, body=body or BODY, **more).execute()
    return found


def get(calendar: Any, event_id: str = EVENT_ID) -> Json:
    found: Json = calendar.events().get(calendarId="primary", eventId=event_id).execute()
    return found


def delete(calendar: Any, event_id: str = EVENT_ID) -> Any:
    return calendar.events().delete(calendarId="primary", eventId=event_id).execute()


def test_an_event_comes_back_as_it_was_sent(desk: Desk) -> None:
    calendar = desk.calendar()
    properties = {"private": {"bookingId": "b1"}}
    made = insert(calendar, BODY | {"extendedProperties": properties, "description": "con Alex"})
    assert made["id"] == EVENT_ID
    assert made["start"] == {"dateTime": "2026-11-24T10:00:00-05:00", "timeZone": "America/Bogota"}
    assert made["status"] == "confirmed"
    assert made["creator"] == {"email": ANA.email, "self": True}
    assert made["extendedProperties"] == properties
    assert get(calendar) == made


def test_a_moment_with_another_offset_is_shown_in_the_calendars_hours(desk: Desk) -> None:
    body = {"start": {"dateTime": "2026-11-24T15:00:00Z"}, "end": {"dateTime": "2026-11-24T12:30:00-04:00"}}
    made = insert(desk.calendar(), body)
    assert made["start"]["dateTime"] == "2026-11-24T10:00:00-05:00"
    assert made["end"]["dateTime"] == "2026-11-24T11:30:00-05:00"


def test_the_same_id_is_refused_even_after_the_event_was_deleted(desk: Desk) -> None:
    calendar = desk.calendar()
    insert(calendar)
    assert refused(lambda: insert(calendar)) == (409, "duplicate")
    delete(calendar)
    assert refused(lambda: insert(calendar)) == (409, "duplicate")
    assert get(calendar)["status"] == "cancelled"
    assert refused(lambda: delete(calendar)) == (410, "deleted")


def test_a_cancelled_event_is_restored_by_an_update_that_confirms_it(desk: Desk) -> None:
    calendar = desk.calendar()
    insert(calendar)
    delete(calendar)
    silent = calendar.events().update(calendarId="primary", eventId=EVENT_ID, body=BODY).execute()
    assert silent["status"] == "cancelled"
    body = BODY | {"status": "confirmed"}
    assert (
        calendar.events().update(calendarId="primary", eventId=EVENT_ID, body=body).execute()["status"]
        == "confirmed"
    )
    assert get(calendar)["status"] == "confirmed"


def test_every_write_has_its_own_etag_and_a_later_time_even_when_the_clock_stands(desk: Desk) -> None:
    calendar = desk.calendar()
    made = insert(calendar)
    changed = (
        calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body={"summary": "Color"}).execute()
    )
    again = (
        calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body={"summary": "Tinte"}).execute()
    )
    assert len({made["etag"], changed["etag"], again["etag"]}) == 3
    assert made["updated"] < changed["updated"] < again["updated"]


@pytest.mark.parametrize("verb", ["patch", "update", "delete"])
def test_a_write_with_an_old_etag_is_refused_and_changes_nothing(desk: Desk, verb: str) -> None:
    calendar = desk.calendar()
    old = insert(calendar)["etag"]
    desk.owner().change(EVENT_ID, {"summary": "movido por la dueña"})
    body = {} if verb == "delete" else {"body": BODY}
    request = getattr(calendar.events(), verb)(calendarId="primary", eventId=EVENT_ID, **body)
    request.headers["If-Match"] = old
    assert refused(request.execute) == (412, "conditionNotMet")
    now = get(calendar)
    assert now["summary"] == "movido por la dueña"
    request = getattr(calendar.events(), verb)(calendarId="primary", eventId=EVENT_ID, **body)
    request.headers["If-Match"] = now["etag"]
    request.execute()


def test_a_patch_merges_objects_replaces_arrays_and_takes_away_nulls(desk: Desk) -> None:
    calendar = desk.calendar()
    guests = [{"email": "uno@x.example"}, {"email": "dos@x.example"}]
    insert(
        calendar,
        BODY | {"attendees": guests, "location": "Sala 1", "extendedProperties": {"private": {"a": "1"}}},
    )
    patch = {"attendees": guests[:1], "location": None, "extendedProperties": {"private": {"b": "2"}}}
    changed = calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body=patch).execute()
    assert [each["email"] for each in changed["attendees"]] == ["uno@x.example"]
    assert "location" not in changed
    assert changed["extendedProperties"]["private"] == {"a": "1", "b": "2"}


def test_a_side_is_patched_without_losing_what_it_keeps(desk: Desk) -> None:
    calendar = desk.calendar()
    made = insert(calendar)

    def patch(**start: str) -> Json:
        body = {"start": start, "end": {"dateTime": "2026-11-24T18:00:00-05:00"}}
        changed: Json = calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body=body).execute()
        return dict(changed["start"])

    assert patch(timeZone="America/Lima") == made["start"] | {"timeZone": "America/Lima"}
    assert patch(dateTime="2026-11-24T17:00:00Z") == {
        "dateTime": "2026-11-24T12:00:00-05:00",
        "timeZone": "America/Lima",
    }
    whole = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    changed = calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body=whole).execute()
    assert changed["start"] == {"date": "2026-11-25"}


def test_an_update_replaces_everything_that_may_be_written(desk: Desk) -> None:
    calendar = desk.calendar()
    made = insert(calendar, BODY | {"description": "se va"})
    changed = (
        calendar.events()
        .update(calendarId="primary", eventId=EVENT_ID, body=timed("25T09:00", "25T10:00"))
        .execute()
    )
    assert "description" not in changed
    assert changed["iCalUID"] == made["iCalUID"]
    assert changed["sequence"] == made["sequence"] + 1


def test_reminders_are_private_and_do_not_count_as_a_change(desk: Desk) -> None:
    calendar = desk.calendar()
    made = insert(calendar)
    body = {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 30}]}}
    changed = calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body=body).execute()
    assert changed["reminders"] == body["reminders"]
    assert changed["updated"] == made["updated"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"summary": "sin horas"}, "required"),
        (BODY | {"id": "con-guion"}, "invalid"),
        (BODY | {"id": "abcd"}, "invalid"),
        (BODY | {"start": {"dateTime": "2026-11-24T10:00:00"}}, "invalid"),
        (BODY | {"start": {"dateTime": "2026-02-31T10:00:00Z"}}, "invalid"),
        (BODY | {"start": {"date": "2026-11-24"}}, "invalid"),
        (BODY | {"start": {"dateTime": "2026-11-24T10:00:00", "timeZone": "Bogota"}}, "invalid"),
        (timed("24T11:00", "24T10:00"), "timeRangeEmpty"),
        (BODY | {"status": "quizás"}, "invalid"),
        (BODY | {"attendees": [{"displayName": "sin correo"}]}, "required"),
        (BODY | {"recurrence": ["RRULE:FREQ=SOMETIMES"]}, "invalid"),
        (BODY | {"recurrence": ["DTSTART:20261124T100000Z"]}, "invalid"),
        (
            BODY | {"reminders": {"useDefault": False, "overrides": [{"method": "sms", "minutes": 5}]}},
            "invalid",
        ),
        (
            BODY | {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}] * 6}},
            "invalid",
        ),
        (BODY | {"extendedProperties": {"private": {str(n): "x" for n in range(301)}}}, "invalid"),
    ],
)
def test_what_is_no_event_is_refused(opened: Any, body: Json, reason: str) -> None:
    desk: Desk = opened()
    calendar = desk.calendar()
    assert refused(lambda: insert(calendar, body)) == (400, reason)
    assert desk.owner().events() == []
    # These were wrong on purpose: they are not for the check of what our own code sends.
    desk.google.journal.exchanges.clear()


def test_properties_that_are_too_long_are_dropped_or_cut_without_a_word(desk: Desk) -> None:
    body = BODY | {"extendedProperties": {"private": {"k" * 45: "lost", "kept": "v" * 2000}}}
    assert insert(desk.calendar(), body)["extendedProperties"]["private"] == {"kept": "v" * 1024}


def test_a_meeting_is_made_only_for_callers_that_speak_of_meetings(desk: Desk) -> None:
    calendar = desk.calendar()
    asked = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    silent = insert(calendar, timed("24T10:00", "24T11:00", conferenceData=asked))
    assert "conferenceData" not in silent
    made = insert(calendar, BODY | {"conferenceData": asked}, conferenceDataVersion=1)
    assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    kept = calendar.events().patch(calendarId="primary", eventId=EVENT_ID, body={"summary": "x"}).execute()
    assert kept["conferenceData"] == made["conferenceData"]


def test_calendars_open_as_far_as_they_are_shared(desk: Desk) -> None:
    calendar = desk.calendar(desk.link(ANA, ("calendar.events",)))
    insert(calendar, where=BOOKINGS.calendar_id)
    assert refused(lambda: insert(calendar, where=HOLIDAYS.calendar_id)) == (403, "requiredAccessLevel")
    assert refused(lambda: insert(calendar, where=CARLA.email)) == (404, "notFound")
    desk.owner(BRUNO).add(timed("24T10:00", "24T11:00", summary="secreto"), BUSY_ONLY.calendar_id)
    seen = calendar.events().list(calendarId=BUSY_ONLY.calendar_id).execute()["items"][0]
    assert "summary" not in seen
    assert seen["start"]["dateTime"].startswith("2026-11-24")


def test_a_program_that_was_given_owned_calendars_only_writes_on_no_other(desk: Desk) -> None:
    calendar = desk.calendar(desk.link(CARLA, ("calendar.events.owned", "calendar.freebusy")))
    insert(calendar)
    assert refused(lambda: insert(calendar, where=BOOKINGS.calendar_id)) == (403, "requiredAccessLevel")


def test_a_program_may_be_given_only_what_it_made_itself(desk: Desk) -> None:
    calendar = desk.calendar(desk.link(ANA, ("calendar.app.created", "calendar.freebusy")))
    assert refused(lambda: insert(calendar)) == (404, "notFound")
    body = {"summary": "Reservas", "timeZone": "America/Bogota"}
    own = calendar.calendars().insert(body=body).execute()["id"]
    insert(calendar, where=own)
    assert calendar.calendars().get(calendarId=own).execute()["summary"] == "Reservas"
    assert refused(lambda: calendar.calendarList().list().execute()) == (403, "insufficientPermissions")


def test_an_invitation_of_somebody_else_cannot_be_moved(desk: Desk) -> None:
    calendar = desk.calendar()
    theirs = desk.owner().add(timed("24T10:00", "24T11:00") | {"organizer": {"email": "jefe@x.example"}})
    body = timed("25T10:00", "25T11:00")
    request = calendar.events().patch(calendarId="primary", eventId=theirs["id"], body=body)
    assert refused(request.execute) == (403, "forbiddenForNonOrganizer")


def test_nothing_is_found_under_an_id_that_nobody_gave(desk: Desk) -> None:
    calendar = desk.calendar()
    assert refused(lambda: get(calendar, "nobody")) == (404, "notFound")
    assert refused(lambda: delete(calendar, "nobody")) == (404, "notFound")
    assert refused(lambda: get(calendar, "nobody_20261124T150000Z")) == (404, "notFound")


def test_the_etag_of_an_answer_is_also_in_its_head(desk: Desk) -> None:
    credentials = desk.link()
    made = insert(desk.calendar(credentials))
    head = {"Authorization": f"Bearer {credentials.token}"}
    answer = desk.http.get(f"{desk.doors.calendar}calendars/primary/events/{EVENT_ID}", headers=head)
    assert answer.headers["etag"] == made["etag"]
