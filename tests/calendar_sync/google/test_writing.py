from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.google.agenda import Refused, Unclear, WhyRefused, Written
from calendar_sync.google.events import body_of, booking_of, changed
from calendar_sync.google.troubles import Failed, Trouble
from tests.calendar_sync.google.agendas import HOUR, TEN, LittleWorld, draft
from tests.calendar_sync.google.little_google import error

MAIN = "owner@shop.test"


@pytest.fixture
def world() -> LittleWorld:
    return LittleWorld()


@pytest.mark.parametrize(
    ("status", "reason", "put"),
    [
        (403, "insufficientPermissions", Refused(WhyRefused.SCOPES)),
        (403, "requiredAccessLevel", Refused(WhyRefused.UNWRITABLE)),
        (404, "notFound", Refused(WhyRefused.NO_CALENDAR)),
        (400, "invalid", Refused(WhyRefused.INVALID)),
        (403, "quotaExceeded", Unclear("quotaExceeded", timedelta(hours=1))),
        (403, "userRateLimitExceeded", Unclear("userRateLimitExceeded", timedelta(seconds=1))),
        (503, "backendError", Unclear("backendError", timedelta(seconds=1))),
    ],
)
def test_each_trouble_of_a_write_has_its_outcome(
    world: LittleWorld, status: int, reason: str, put: Refused | Unclear
) -> None:
    world.google.fail("POST", error(status, reason))
    assert world.agenda.put(draft()) == put


def test_a_permission_that_is_gone_writes_nothing(world: LittleWorld) -> None:
    world.access.token = Failed(Trouble.NO_ACCESS, "reconnect")
    assert world.agenda.put(draft()) == Refused(WhyRefused.RECONNECT)


def test_a_backend_error_after_the_write_is_found_to_be_done(world: LittleWorld) -> None:
    event = draft()
    world.google.fail("POST", error(500, "backendError"), takes_effect=True)
    assert isinstance(world.agenda.put(event), Unclear)
    assert isinstance(world.agenda.put(event), Written)
    assert world.count() == 1


def test_an_event_that_is_not_to_be_seen_yet_is_looked_for_again(world: LittleWorld) -> None:
    event = draft()
    world.agenda.put(event)
    world.google.fail("GET", error(404, "notFound"))
    assert isinstance(world.agenda.remove(event.id), Written)
    assert world.count() == 0


def test_a_change_that_meets_the_owners_reads_again_and_goes_on(world: LittleWorld) -> None:
    event = draft()
    world.agenda.put(event)
    first = iter(["only once"])

    def meddle() -> None:
        if world.google.asked[-1].startswith("PUT") and next(first, ""):
            world.google.store(world._calendar, world._calendar.events[event.id] | {"colorId": "5"})

    world.google.before_write = meddle
    later = replace(event, start=TEN + HOUR, end=TEN + 2 * HOUR)
    assert isinstance(world.agenda.change(event.id, later), Written)
    stored = world._calendar.events[event.id]
    assert stored["colorId"] == "5"
    assert stored["start"]["dateTime"].startswith("2026-11-24T11:00")


def test_a_change_that_always_meets_another_is_left_for_later(world: LittleWorld) -> None:
    event = draft()
    world.agenda.put(event)
    world.google.fail("PUT", error(412, "conditionNotMet"), times=9)
    assert isinstance(world.agenda.change(event.id, event), Unclear)


def test_a_deletion_answers_gone_and_is_done(world: LittleWorld) -> None:
    event = draft()
    world.agenda.put(event)
    world.google.fail("DELETE", error(410, "deleted"), takes_effect=True)
    assert isinstance(world.agenda.remove(event.id), Written)


def test_times_are_local_and_name_their_zone() -> None:
    body = body_of(draft())
    assert body["start"] == {"dateTime": "2026-11-24T10:00:00-05:00", "timeZone": "America/Bogota"}


def test_nobody_is_invited_and_nobody_is_written_to(world: LittleWorld) -> None:
    assert "attendees" not in body_of(draft())


def test_what_the_owner_added_stays() -> None:
    event = draft()
    found = body_of(event) | {"colorId": "5", "summary": "Ana, trae foto", "attendees": [{"email": "x@y"}]}
    moved = changed(found, replace(event, title="Corte · Ana", start=TEN + HOUR, end=TEN + 2 * HOUR))
    assert (moved["colorId"], moved["summary"], moved["attendees"]) == (
        "5",
        "Ana, trae foto",
        [{"email": "x@y"}],
    )
    assert moved["start"]["dateTime"] == (TEN + HOUR).astimezone(ZoneInfo("America/Bogota")).isoformat()


def test_a_title_that_the_owner_left_alone_follows_the_booking() -> None:
    event = draft()
    moved = changed(body_of(event), replace(event, title="Corte · Luis"))
    assert moved["summary"] == "Corte · Luis"
    assert changed(moved, replace(event, title="Corte · Eva"))["summary"] == "Corte · Eva"


def test_only_the_event_with_the_bookings_own_id_is_ours() -> None:
    body = body_of(draft())
    assert booking_of(body)
    assert booking_of(body | {"id": "copyofit"}) is None
    assert booking_of({"id": body["id"]}) is None
    assert booking_of({"id": body["id"], "extendedProperties": {"private": None}}) is None
