import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httplib2
import pytest
from pydantic import SecretStr

from calendar_sync.google import calls
from calendar_sync.google.agenda import Window
from calendar_sync.google.app import GoogleApp
from calendar_sync.google.door import Answered, GoogleDoor
from calendar_sync.google.errors import GoogleMisaddressed, GoogleNotSetUp
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.google.wires import Wires, make_wire
from tests.calendar_sync.google.little_google import Fault, LittleGoogle, app_at, error

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
DAY = Window(NOW, NOW.replace(hour=23))


def ask(google: LittleGoogle) -> Answered | Failed:
    return google.door().call("good", calls.get("owner@shop.test", "x"))


@pytest.mark.parametrize(
    "fault",
    [
        Fault("", raises=TimeoutError()),
        Fault("", raises=ConnectionResetError()),
        Fault("", raises=httplib2.ServerNotFoundError()),
    ],
)
def test_no_answer_is_unclear(fault: Fault) -> None:
    google = LittleGoogle()
    google.fail("", fault)
    failed = ask(google)
    assert isinstance(failed, Failed)
    assert failed.trouble is Trouble.UNCLEAR


def test_a_page_of_something_in_between_is_unclear() -> None:
    class Proxy:
        def request(self, *_: Any, **__: Any) -> tuple[Any, bytes]:
            return httplib2.Response({"status": "200"}), b"<html>log in to this hotel</html>"

        def close(self) -> None: ...

    app = app_at()
    failed = GoogleDoor(app, Wires(app, lambda _: Proxy())).call("good", calls.calendars(None))
    assert failed == Failed(Trouble.UNCLEAR, "unreadable")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_nothing_is_repeated_by_the_library(status: int) -> None:
    google = LittleGoogle()
    google.fail("", error(status, "rateLimitExceeded" if status == 429 else "backendError"), times=9)
    google.door().call("good", calls.insert("owner@shop.test", {"id": "abcde"}))
    assert len(google.asked) == 1


def test_a_refused_token_is_not_refreshed_by_the_library() -> None:
    google = LittleGoogle()
    failed = google.door().call("stale", calls.calendars(None))
    assert isinstance(failed, Failed)
    assert failed.trouble is Trouble.AUTH
    assert len(google.asked) == 1


def test_the_token_and_the_etag_go_out_as_headers() -> None:
    seen: dict[str, str] = {}
    google = LittleGoogle()
    answer = google.request

    def request(uri: str, method: str = "GET", body: Any = None, headers: Any = None) -> tuple[Any, bytes]:
        seen.update(headers)
        return answer(uri, method, body, headers)

    google.request = request  # type: ignore[method-assign]
    google.door().call("good", calls.delete("owner@shop.test", "x"), etag='"5"')
    assert seen["authorization"] == "Bearer good"
    assert seen["If-Match"] == '"5"'


def test_googles_time_is_told() -> None:
    google = LittleGoogle()
    google.date = "Tue, 24 Nov 2026 15:00:00 GMT"
    answer = google.door().call("good", calls.calendars(None))
    assert isinstance(answer, Answered)
    assert answer.at == NOW


def test_a_very_long_question_is_still_a_reading() -> None:
    google = LittleGoogle()
    sent: list[tuple[str, Any]] = []
    answer = google.request

    def request(uri: str, method: str = "GET", body: Any = None, headers: Any = None) -> tuple[Any, bytes]:
        sent.append((method, headers))
        return answer(uri, method, body, headers)

    google.request = request  # type: ignore[method-assign]
    ask_for = calls.changes("owner@shop.test", sync_token="1" * 3000, page=None, since=None)
    assert isinstance(google.door().call("good", ask_for), Answered)
    assert [(method, headers.get("x-http-method-override")) for method, headers in sent] == [("POST", "GET")]


@pytest.mark.parametrize(
    "changes",
    [{"client_id": ""}, {"client_secret": SecretStr("")}],
)
def test_without_a_client_nothing_is_asked(changes: dict[str, Any]) -> None:
    with pytest.raises(GoogleNotSetUp):
        GoogleDoor(replace(app_at(), **changes)).call("good", calls.calendars(None))


@pytest.mark.parametrize("name", ["api", "token", "revoke", "userinfo", "certs", "authorise"])
def test_plain_http_is_for_this_machine_only(name: str) -> None:
    app_at("http://127.0.0.1:9").require()
    with pytest.raises(GoogleMisaddressed):
        replace(app_at(), **{name: "http://google.test/x"}).require()


def test_no_connection_is_opened_to_another_host() -> None:
    with pytest.raises(GoogleMisaddressed):
        Wires(app_at(), LittleGoogle().make).get("https://elsewhere.test/")


def test_every_thread_has_a_connection_of_its_own() -> None:
    made: list[LittleGoogle] = []

    def make(_app: GoogleApp) -> LittleGoogle:
        made.append(LittleGoogle())
        return made[-1]

    app = app_at()
    door = GoogleDoor(app, Wires(app, make))

    def twice() -> None:
        for _ in range(2):
            door.call("good", calls.calendars(None))

    threads = [threading.Thread(target=twice) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(each.asked) for each in made] == [2, 2, 2, 2]


def test_a_connection_that_broke_is_not_used_again() -> None:
    made: list[LittleGoogle] = []

    def make(_app: GoogleApp) -> LittleGoogle:
        made.append(LittleGoogle())
        made[0].fail("", Fault("", raises=BrokenPipeError()))
        return made[-1]

    app = app_at()
    door = GoogleDoor(app, Wires(app, make))
    assert isinstance(door.call("good", calls.calendars(None)), Failed)
    assert isinstance(door.call("good", calls.calendars(None)), Answered)
    assert len(made) == 2


def test_redirects_are_not_followed() -> None:
    wire = make_wire(app_at())
    assert isinstance(wire, httplib2.Http)
    assert wire.follow_redirects is False
    assert wire.timeout == 10.0


def test_free_busy_is_asked_in_utc_with_offset() -> None:
    google = LittleGoogle()
    request = calls.free_busy(["primary"], DAY)(google.door()._service)
    assert json.loads(request.body)["timeMin"] == "2026-11-24T15:00:00Z"
