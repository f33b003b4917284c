"""Lists in pages, and copies kept up to date by tokens."""

from typing import Any

import pytest

from sandbox.google.models import Json
from tests.sandbox.google.conftest import Desk, timed
from tests.sandbox.google.refused import refused


def ids(page: Json) -> list[str]:
    return [each["id"] for each in page["items"]]


def listed(calendar: Any, **asked: Any) -> Json:
    found: Json = calendar.events().list(calendarId="primary", **asked).execute()
    return found


def fill(desk: Desk, count: int = 5) -> list[str]:
    made = (
        timed(f"24T{10 + n}:00", f"24T{10 + n}:30", id=f"event{n}", summary=f"Cita {n}") for n in range(count)
    )
    return [desk.owner().add(each)["id"] for each in made]


def test_pages_cover_everything_and_only_the_last_one_has_the_sync_token(desk: Desk) -> None:
    names, calendar = fill(desk), desk.calendar()
    pages = [listed(calendar, maxResults=2)]
    while token := pages[-1].get("nextPageToken"):
        pages.append(listed(calendar, maxResults=2, pageToken=token))
    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert [name for page in pages for name in ids(page)] == names
    assert ["nextSyncToken" in page for page in pages] == [False, False, True]


def test_a_change_between_two_pages_neither_hides_an_event_nor_is_missed_by_the_next_sync(desk: Desk) -> None:
    names, calendar = fill(desk), desk.calendar()
    first = listed(calendar, maxResults=2)
    desk.owner().change(names[0], {"summary": "otra"})
    rest = listed(calendar, maxResults=10, pageToken=first["nextPageToken"])
    assert ids(first) + ids(rest) == names
    assert ids(listed(calendar, syncToken=rest["nextSyncToken"])) == [names[0]]


def test_a_page_may_be_empty_while_there_is_more(desk: Desk) -> None:
    names, calendar = fill(desk), desk.calendar()
    desk.owner().arm("empty_page")
    first = listed(calendar)
    assert first["items"] == []
    assert ids(listed(calendar, pageToken=first["nextPageToken"])) == names


def test_a_sync_brings_what_changed_and_what_was_deleted_and_nothing_twice(desk: Desk) -> None:
    names, calendar, owner = fill(desk), desk.calendar(), desk.owner()
    token = listed(calendar)["nextSyncToken"]
    assert listed(calendar, syncToken=token)["items"] == []
    owner.change(names[1], {"summary": "movida"})
    owner.delete(names[2])
    found = listed(calendar, syncToken=token)
    assert [(each["id"], each["status"]) for each in found["items"]] == [
        (names[1], "confirmed"),
        (names[2], "cancelled"),
    ]
    assert set(found["items"][1]) == {"kind", "etag", "id", "status"}
    assert listed(calendar, syncToken=found["nextSyncToken"])["items"] == []
    assert len(listed(calendar, syncToken=token)["items"]) == 2


def test_a_sync_comes_in_pages_too(desk: Desk) -> None:
    calendar = desk.calendar()
    token = listed(calendar)["nextSyncToken"]
    names = fill(desk)
    first = listed(calendar, syncToken=token, maxResults=3)
    assert "nextSyncToken" not in first
    rest = listed(calendar, syncToken=token, maxResults=3, pageToken=first["nextPageToken"])
    assert ids(first) + ids(rest) == names
    assert listed(calendar, syncToken=rest["nextSyncToken"])["items"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"timeMin": "2026-11-23T00:00:00Z"},
        {"timeMax": "2026-11-30T00:00:00Z"},
        {"q": "cita"},
        {"orderBy": "updated"},
        {"iCalUID": "x@google.com"},
        {"updatedMin": "2026-11-23T00:00:00Z"},
        {"privateExtendedProperty": "a=1"},
        {"sharedExtendedProperty": "a=1"},
        {"showDeleted": False},
        {"singleEvents": True},
    ],
    ids=str,
)
def test_a_sync_token_goes_with_no_other_restriction(desk: Desk, more: dict[str, Any]) -> None:
    calendar = desk.calendar()
    token = listed(calendar)["nextSyncToken"]
    assert refused(lambda: listed(calendar, syncToken=token, **more)) == (400, "invalid")


def test_old_and_invalidated_tokens_ask_for_a_full_sync(desk: Desk) -> None:
    credentials = desk.link()
    calendar = desk.calendar(credentials)
    token = listed(calendar)["nextSyncToken"]
    desk.owner().invalidate_sync_tokens()
    assert refused(lambda: listed(calendar, syncToken=token)) == (410, "fullSyncRequired")
    token = listed(calendar)["nextSyncToken"]
    desk.owner().advance(29 * 86_400)
    renewed = desk.calendar(desk.link())
    assert refused(lambda: listed(renewed, syncToken=token)) == (410, "fullSyncRequired")
    long_ago = "2026-11-20T00:00:00Z"
    assert refused(lambda: listed(renewed, updatedMin=long_ago)) == (410, "updatedMinTooLongAgo")


@pytest.mark.parametrize("token", ["nonsense", "bm9uc2Vuc2U", "e30"])
def test_a_token_that_nobody_gave_is_invalid(desk: Desk, token: str) -> None:
    calendar = desk.calendar()
    assert refused(lambda: listed(calendar, syncToken=token)) == (400, "invalid")
    assert refused(lambda: listed(calendar, pageToken=token)) == (400, "invalid")


def test_a_token_of_one_calendar_opens_no_other_and_primary_is_the_same_one(desk: Desk) -> None:
    calendar = desk.calendar()
    token = listed(calendar)["nextSyncToken"]
    other = calendar.events().list(calendarId="citas@group.calendar.google.com", syncToken=token)
    assert refused(other.execute) == (400, "invalid")
    assert calendar.events().list(calendarId="ana@salon.example", syncToken=token).execute()["items"] == []


def test_the_window_compares_ends_and_starts_neither_included(desk: Desk) -> None:
    fill(desk, 1)
    calendar = desk.calendar()

    def within(low: str, high: str) -> int:
        return len(
            listed(calendar, timeMin=f"2026-11-24T{low}:00-05:00", timeMax=f"2026-11-24T{high}:00-05:00")[
                "items"
            ]
        )

    assert within("10:29", "12:00") == 1
    assert within("10:30", "12:00") == 0
    assert within("08:00", "10:01") == 1
    assert within("08:00", "10:00") == 0


def test_filters_choose_by_word_and_by_property(desk: Desk) -> None:
    fill(desk, 3)
    properties = {"private": {"bookingId": "b1", "shop": "1"}}
    desk.owner().add(timed("24T18:00", "24T19:00", id="ours1", extendedProperties=properties))
    calendar = desk.calendar()
    assert ids(listed(calendar, q="CITA 1")) == ["event1"]
    assert ids(listed(calendar, privateExtendedProperty=["bookingId=b1", "shop=1"])) == ["ours1"]
    assert ids(listed(calendar, privateExtendedProperty=["bookingId=b1", "shop=2"])) == []
    assert "nextSyncToken" not in listed(calendar, q="cita")


def test_order_by_start_needs_series_laid_out(desk: Desk) -> None:
    desk.owner().add(timed("25T10:00", "25T11:00", id="later"))
    desk.owner().add(timed("24T10:00", "24T11:00", id="sooner"))
    calendar = desk.calendar()
    assert refused(lambda: listed(calendar, orderBy="startTime")) == (400, "invalid")
    first = listed(calendar, orderBy="startTime", singleEvents=True, maxResults=1)
    rest = listed(
        calendar, orderBy="startTime", singleEvents=True, maxResults=1, pageToken=first["nextPageToken"]
    )
    assert ids(first) + ids(rest) == ["sooner", "later"]
    assert ids(listed(calendar, orderBy="updated")) == ["later", "sooner"]


def test_deleted_events_are_listed_only_when_asked_for(desk: Desk) -> None:
    names, calendar = fill(desk, 2), desk.calendar()
    desk.owner().delete(names[0])
    assert ids(listed(calendar)) == [names[1]]
    assert len(listed(calendar, showDeleted=True)["items"]) == 2


def test_a_question_too_long_for_an_address_is_still_a_question(desk: Desk) -> None:
    calendar = desk.calendar()
    wanted = [f"bookingId={'x' * 90}{n}" for n in range(40)]
    assert listed(calendar, privateExtendedProperty=wanted)["items"] == []
    assert desk.owner().events(deleted=True) == []
    assert desk.google.journal.exchanges[-1].verb == "GET"


def test_calendars_are_listed_with_what_the_person_may_do(desk: Desk) -> None:
    calendar = desk.calendar()
    entries = calendar.calendarList().list().execute()["items"]
    assert [(each["id"], each["accessRole"]) for each in entries] == [
        ("ana@salon.example", "owner"),
        ("citas@group.calendar.google.com", "owner"),
        ("festivos@group.v.calendar.google.com", "reader"),
        ("bruno.privado@group.calendar.google.com", "freeBusyReader"),
    ]
    assert [each.get("primary", False) for each in entries] == [True, False, False, False]
    writable = calendar.calendarList().list(minAccessRole="writer").execute()["items"]
    assert len(writable) == 2
    first = calendar.calendarList().list(maxResults=3).execute()
    rest = calendar.calendarList().list(maxResults=3, pageToken=first["nextPageToken"]).execute()
    assert len(first["items"]) + len(rest["items"]) == 4
