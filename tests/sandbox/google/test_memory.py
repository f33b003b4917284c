"""What is still known after the service was stopped and started again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import httpx
import pytest

from sandbox.google.application import create_google
from sandbox.google.cast import ANA, sample_google
from sandbox.google.memory import load
from tests.sandbox.google.conftest import REDIRECT, Desk, timed
from tests.sandbox.google.refused import refused
from tests.sandbox.servers import free_port, serving


@contextmanager
def started(path: Path | None) -> Iterator[Desk]:
    google = create_google(replace(sample_google(REDIRECT), memory=path))
    with ExitStack() as stack:
        url = stack.enter_context(serving(google, free_port()))
        yield Desk(url, google.state.google, stack.enter_context(httpx.Client()), stack)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "google.json"


def test_tokens_events_and_sync_go_on_after_a_restart(path: Path) -> None:
    with started(path) as before:
        credentials = before.link()
        calendar = before.calendar(credentials)
        before.owner().add(timed("24T10:00", "24T11:00", id="corte", summary="Corte"))
        token = calendar.events().list(calendarId="primary").execute()["nextSyncToken"]
        watched = {"id": "c1", "type": "web_hook", "address": "http://127.0.0.1:9/push"}
        calendar.events().watch(calendarId="primary", body=watched).execute()
        etag = before.owner().events()[0]["etag"]
    assert path.stat().st_mode & 0o077 == 0
    with started(path) as after:
        again = after.calendar(credentials)
        assert again.events().list(calendarId="primary", syncToken=token).execute()["items"] == []
        assert again.events().get(calendarId="primary", eventId="corte").execute()["etag"] == etag
        assert [each["channel_id"] for each in after.owner().state()["channels"]] == ["c1"]
        after.owner().delete("corte")
        found = again.events().list(calendarId="primary", syncToken=token).execute()["items"]
        assert [each["status"] for each in found] == ["cancelled"]


def test_every_change_is_written_down_without_waiting_for_the_end(path: Path) -> None:
    with started(path) as desk:
        desk.owner().add(timed("24T10:00", "24T11:00", id="corte"))
        memory = None
        for _ in range(200):
            memory = load(path)
            if memory and memory.events:
                break
            Event().wait(0.05)
        assert memory is not None
        assert [each.event_id for each in memory.events] == ["corte"]


def test_without_a_memory_another_world_begins_and_old_sync_tokens_say_so() -> None:
    with started(None) as before:
        token = before.calendar().events().list(calendarId="primary").execute()["nextSyncToken"]
    with started(None) as after:
        listing = after.calendar().events().list(calendarId="primary", syncToken=token)
        assert refused(listing.execute) == (410, "fullSyncRequired")


def test_a_memory_that_cannot_be_read_is_begun_anew(path: Path) -> None:
    path.write_text("{", "utf-8")
    with started(path) as desk:
        assert desk.owner().events() == []
        desk.owner().add(timed("24T10:00", "24T11:00"))
    memory = load(path)
    assert memory is not None
    assert len(memory.events) == 1
    assert memory.events[0].calendar_id == ANA.email
