"""Channels: opened, told of every change, and closed; lost, doubled and late pushes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sandbox.google.cast import ANA, BOOKINGS, BRUNO, CARLA, sample_google
from sandbox.google.models import CalendarId, Json
from tests.sandbox.google.conftest import REDIRECT, Desk, Opener, timed
from tests.sandbox.google.hearing import Hearer, hearing
from tests.sandbox.google.refused import refused
from tests.sandbox.references import reference

# Nobody is there: what is sent to it is refused at once and leaves this machine never.
ADDRESS = "http://127.0.0.1:9/push"


@pytest.fixture
def hearer() -> Iterator[Hearer]:
    with hearing() as found:
        yield found


def watch(calendar: Any, where: str = "primary", **body: Any) -> Json:
    asked = {"id": "channel-1", "type": "web_hook", "address": ADDRESS, "token": "secret-1"} | body
    found: Json = calendar.events().watch(calendarId=where, body=asked).execute()
    return found


def states(desk: Desk) -> list[tuple[str, int]]:
    return [(each["state"], each["status"]) for each in desk.owner().pushes()]


def test_a_channel_hears_sync_first_and_then_every_change(desk: Desk, hearer: Hearer) -> None:
    calendar = desk.calendar()
    opened = watch(calendar, address=hearer.address)
    first = hearer.next()
    assert set(first) == {name.lower() for name in reference("google/authored/push_headers_sync.json")} - {
        "content-length"
    }
    assert (first["x-goog-resource-state"], first["x-goog-message-number"]) == ("sync", "1")
    assert first["x-goog-channel-token"] == "secret-1"
    assert first["x-goog-resource-id"] == opened["resourceId"]
    event = desk.owner().add(timed("24T10:00", "24T11:00"))
    desk.owner().change(event["id"], {"summary": "x"})
    desk.owner().delete(event["id"])
    later = [hearer.next() for _ in range(3)]
    assert {each["x-goog-resource-state"] for each in later} == {"exists"}
    numbers = sorted(int(each["x-goog-message-number"]) for each in later)
    assert numbers[0] > 1
    assert len(set(numbers)) == 3


def test_the_answer_to_watch_looks_like_the_references(desk: Desk) -> None:
    found, wanted = watch(desk.calendar()), reference("google/authored/watch_response.json")
    assert set(found) == set(wanted)
    assert found["expiration"].isdigit()


def test_a_channel_hears_of_its_own_calendar_only_and_nothing_after_stop(desk: Desk, hearer: Hearer) -> None:
    calendar = desk.calendar()
    opened = watch(calendar, address=hearer.address)
    hearer.next()
    desk.owner().add(timed("24T10:00", "24T11:00"), BOOKINGS.calendar_id)
    calendar.channels().stop(body={"id": opened["id"], "resourceId": opened["resourceId"]}).execute()
    desk.owner().add(timed("24T10:00", "24T11:00"))
    assert [state for state, _ in states(desk)] == ["sync"]
    stop = calendar.channels().stop(body={"id": opened["id"], "resourceId": opened["resourceId"]})
    assert refused(stop.execute) == (404, "notFound")


def test_a_channel_is_stopped_by_who_opened_it_and_nobody_else(desk: Desk) -> None:
    opened = watch(desk.calendar(desk.link(CARLA, ("calendar.events",))), BOOKINGS.calendar_id)
    body = {"id": opened["id"], "resourceId": opened["resourceId"]}
    assert refused(desk.calendar(desk.link(ANA)).channels().stop(body=body).execute) == (404, "notFound")
    assert len(desk.owner().state()["channels"]) == 1


def test_a_channel_lapses_and_no_longer_life_than_the_usual_is_given(desk: Desk) -> None:
    calendar = desk.calendar()
    usual = int(watch(calendar, id="usual")["expiration"])
    longer = watch(calendar, id="longer", params={"ttl": str(90 * 86_400)})
    assert int(longer["expiration"]) == usual
    short = watch(calendar, id="short", params={"ttl": "60"})
    assert usual - int(short["expiration"]) == (7 * 86_400 - 60) * 1000
    moment = watch(calendar, id="moment", expiration=short["expiration"])
    assert moment["expiration"] == short["expiration"]
    watching = desk.google.channels.watching
    primary = CalendarId(ANA.email)
    assert len(watching(primary)) == 4
    desk.owner().advance(61)
    assert [each.channel_id for each in watching(primary)] == ["usual", "longer"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"id": ""}, "required"),
        ({"id": "with space"}, "invalid"),
        ({"id": "x" * 65}, "invalid"),
        ({"type": "pigeon"}, "invalid"),
        ({"token": "x" * 257}, "invalid"),
        ({"address": "http://app.example.com/push"}, "push.webhookUrlNotHttps"),
    ],
)
def test_channels_that_cannot_be_are_refused(desk: Desk, body: Json, reason: str) -> None:
    calendar = desk.calendar()
    assert refused(lambda: watch(calendar, **body)) == (400, reason)


def test_a_channels_id_is_used_once(desk: Desk) -> None:
    calendar = desk.calendar()
    watch(calendar)
    assert refused(lambda: watch(calendar)) == (400, "channelIdNotUnique")


def test_pushes_are_lost_and_doubled_on_demand(desk: Desk, hearer: Hearer) -> None:
    watch(desk.calendar(), address=hearer.address)
    hearer.next()
    desk.owner().arm("push_lost")
    desk.owner().add(timed("24T10:00", "24T11:00"))
    desk.owner().arm("push_twice")
    desk.owner().add(timed("24T11:00", "24T12:00"))
    twice = [hearer.next()["x-goog-message-number"] for _ in range(2)]
    assert twice[0] == twice[1]
    assert ("exists", -1) in states(desk)
    assert hearer.heard.empty()


def test_a_late_push_still_comes(desk: Desk, hearer: Hearer) -> None:
    watch(desk.calendar(), address=hearer.address)
    hearer.next()
    desk.owner().arm("push_late", seconds=0.2)
    desk.owner().add(timed("24T10:00", "24T11:00"))
    assert hearer.next()["x-goog-resource-state"] == "exists"


def test_what_a_product_could_not_take_is_sent_again_and_what_it_refused_is_not(
    opened: Opener, hearer: Hearer
) -> None:
    desk = opened(replace(sample_google(REDIRECT), push_retry_delays=(0.01, 0.01)))
    hearer.script = [503, 500, 204, 404]
    watch(desk.calendar(), address=hearer.address)
    assert [hearer.next()["x-goog-resource-state"] for _ in range(3)] == ["sync"] * 3
    desk.owner().add(timed("24T10:00", "24T11:00"))
    assert hearer.next()["x-goog-resource-state"] == "exists"
    desk.owner(BRUNO).add(timed("24T10:00", "24T11:00"))
    assert hearer.heard.empty()


def test_a_channel_can_be_forgotten_without_a_word(desk: Desk) -> None:
    opened = watch(desk.calendar())
    assert desk.http.delete(f"{desk.base}/sandbox/channels/{opened['id']}").status_code == 204
    assert desk.owner().state()["channels"] == []
