from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.booking_trays import GoogleDoorTrays
from calendar_sync import tray
from calendar_sync.connections.prefixes import channel_prefix, state_prefix
from calendar_sync.ids import RequestId
from calendar_sync.requests import LinkCode, LinkDenied, Push
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import Sealer
from webhooks.oauth import PUSH_PATH, REDIRECT_PATH, google_doors, read_push
from webhooks.phrases import phrase

UNKNOWN = "0123456789abcdef0123456789abcdef"
"""A merchant that is nobody, the same in every run."""
PUSHED = {
    "X-Goog-Resource-ID": "r",
    "X-Goog-Channel-Token": "t",
    "X-Goog-Resource-State": "exists",
    "X-Goog-Message-Number": "7",
}


@pytest.fixture
def browser(database: Database, sealer: Sealer, clock: SetClock) -> TestClient:
    application = FastAPI()
    application.include_router(google_doors(database, GoogleDoorTrays(sealer, clock)))
    return TestClient(application)


@pytest.fixture
def laid(room_database: Any, sealer: Sealer, administrator_url: str) -> Any:
    """Everything in the diary's in-tray, as the diary reads it."""
    import psycopg

    from kernel.settings import Room

    diary = room_database(Room.DIARY)

    def read() -> list[Any]:
        with psycopg.connect(administrator_url) as connection:
            rows = connection.execute("select id, merchant_id from calendar.request").fetchall()
        found = []
        for key, merchant in rows:
            with diary.transaction(MerchantId(merchant)) as session:
                found.append(tray.read_request(session, sealer, MerchantId(merchant), RequestId(key)))
        return found

    return read


def state_of(merchant: MerchantId) -> str:
    return f"{state_prefix(merchant)}.secret"


def back(browser: TestClient, **given: str) -> Any:
    return browser.get(REDIRECT_PATH, params=given, headers={"accept-language": "pt-BR"})


def test_a_code_is_forwarded_to_the_diary_and_nothing_else(
    browser: TestClient, merchant: MerchantId, laid: Any
) -> None:
    answer = back(browser, state=state_of(merchant), code="4/abc", scope="a b")
    assert phrase("link_back", "pt") in answer.text
    (request,) = laid()
    assert isinstance(request, LinkCode)
    assert (request.state, request.code, request.scope) == (state_of(merchant), "4/abc", "a b")


def test_a_no_on_googles_page_is_forwarded(browser: TestClient, merchant: MerchantId, laid: Any) -> None:
    assert back(browser, state=state_of(merchant), error="access_denied").status_code == 200
    (request,) = laid()
    assert isinstance(request, LinkDenied)
    assert request.error == "access_denied"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"state": "x"},
        {"state": "forged", "code": "c"},
        {"state": f"{UNKNOWN}.secret", "code": "c"},
        {"state": "x" * 3000, "code": "c"},
    ],
)
def test_a_forged_state_is_told_and_reaches_nobody(
    browser: TestClient, merchant: MerchantId, laid: Any, given: dict[str, str]
) -> None:
    answer = back(browser, **given)
    assert answer.status_code == 400
    assert phrase("link_unknown", "pt") in answer.text
    assert laid() == []


def test_a_push_is_forwarded_with_its_headers(browser: TestClient, merchant: MerchantId, laid: Any) -> None:
    channel = f"{channel_prefix(merchant)}-1"
    assert browser.post(PUSH_PATH, headers=PUSHED | {"X-Goog-Channel-ID": channel}).status_code == 200
    (request,) = laid()
    assert isinstance(request, Push)
    assert (request.channel_id, request.token, request.number) == (channel, "t", 7)


@pytest.mark.parametrize("channel", ["", "forged", f"{UNKNOWN}-1"])
def test_a_push_of_nobody_is_dropped_without_telling(
    browser: TestClient, merchant: MerchantId, laid: Any, channel: str
) -> None:
    assert browser.post(PUSH_PATH, headers=PUSHED | {"X-Goog-Channel-ID": channel}).status_code == 200
    assert laid() == []


def test_headers_that_are_no_push_are_none() -> None:
    assert read_push({"x-goog-channel-id": "a", "x-goog-message-number": "x"}) is None
