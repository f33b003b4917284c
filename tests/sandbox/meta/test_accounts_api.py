"""Numbers, accounts, subscriptions and the handshake."""

import httpx
import pytest

from sandbox.meta.handshake import shake_hands
from tests.sandbox.cast import CLINIC, SALON, VERIFY
from tests.sandbox.conftest import Bench
from tests.sandbox.references import reference

pytestmark = pytest.mark.anyio

TOKEN = {"Authorization": f"Bearer {SALON.token}"}
APPS = f"/v25.0/{SALON.waba_id}/subscribed_apps"
CALLBACK = "http://product/webhooks/whatsapp"


async def test_a_number_tells_what_it_is_asked_for(bench: Bench) -> None:
    path = f"/v25.0/{SALON.phone_number_id}"
    few = await bench.client.get(path, params={"fields": "status,throughput,nonsense"}, headers=TOKEN)
    assert few.json() == {
        "status": "CONNECTED",
        "throughput": {"level": "STANDARD"},
        "id": SALON.phone_number_id,
    }
    usual = (await bench.client.get(path, headers=TOKEN)).json()
    assert usual["verified_name"] == "Example Salon"


async def test_an_account_lists_its_numbers(bench: Bench) -> None:
    answer = await bench.client.get(f"/v25.0/{SALON.waba_id}/phone_numbers", headers=TOKEN)
    assert [each["id"] for each in answer.json()["data"]] == [SALON.phone_number_id]


@pytest.mark.parametrize("path", ["phone_numbers", "subscribed_apps"])
async def test_another_merchants_account_does_not_exist(bench: Bench, path: str) -> None:
    answer = await bench.client.get(f"/v25.0/{CLINIC.waba_id}/{path}", headers=TOKEN)
    assert answer.json()["error"]["error_subcode"] == 33


async def test_a_subscription_is_made_shown_and_withdrawn(bench: Bench) -> None:
    assert (await bench.client.delete(APPS, headers=TOKEN)).json() == {"success": True}
    assert (await bench.client.get(APPS, headers=TOKEN)).json() == {"data": []}
    bench.write("nadie oye")
    await bench.settle()
    assert bench.product.bodies == []
    assert (await bench.client.post(APPS, headers=TOKEN)).json() == {"success": True}
    [app] = (await bench.client.get(APPS, headers=TOKEN)).json()["data"]
    assert app["whatsapp_business_api_data"]["id"] == bench.board.settings.app_id


async def test_an_address_of_ones_own_is_shaken_hands_with_first(bench: Bench) -> None:
    asked = {"override_callback_uri": CALLBACK, "verify_token": "wrong"}
    refused = await bench.client.post(APPS, json=asked, headers=TOKEN)
    assert refused.json()["error"]["code"] == 2200
    accepted = await bench.client.post(APPS, json=asked | {"verify_token": VERIFY}, headers=TOKEN)
    assert accepted.json() == {"success": True}
    [app] = (await bench.client.get(APPS, headers=TOKEN)).json()["data"]
    assert app["override_callback_uri"] == CALLBACK
    bench.write("por la otra puerta")
    await bench.settle()
    assert bench.product.texts() == ["por la otra puerta"]


async def test_an_address_of_more_than_200_characters_is_refused(bench: Bench) -> None:
    asked = {"override_callback_uri": "http://product/" + "x" * 200, "verify_token": VERIFY}
    assert (await bench.client.post(APPS, json=asked, headers=TOKEN)).json()["error"]["code"] == 100


async def test_the_handshake_of_the_dashboard_reports_what_the_product_said(bench: Bench) -> None:
    assert (await bench.client.post("/sandbox/handshake")).json() == {"ok": True, "status": 200, "reason": ""}


async def test_the_handshake_asks_as_the_reference_says_and_wants_the_challenge_back() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(200, text="not the challenge")

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        found = await shake_hands(client, "http://product/webhook?tenant=7", "SYNTH")
    assert not found.ok
    expected = httpx.URL("http://x" + reference("vectors/webhook_verification.json")["request"].split()[1])
    assert set(asked[0].params) == {*expected.params, "tenant"}
    assert asked[0].params["hub.mode"] == expected.params["hub.mode"]


async def test_a_product_that_is_not_there_fails_the_handshake() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody", request=request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        found = await shake_hands(client, "http://product/", "x")
    assert (found.ok, found.status, found.reason) == (False, 0, "ConnectError")
