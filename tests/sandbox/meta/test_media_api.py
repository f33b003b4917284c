"""Media over HTTP."""

import base64
import hashlib

import httpx
import pytest

from tests.sandbox.cast import CLINIC, DANA, SALON
from tests.sandbox.conftest import Bench

pytestmark = pytest.mark.anyio

TOKEN = {"Authorization": f"Bearer {SALON.token}"}
OTHER = {"Authorization": f"Bearer {CLINIC.token}"}


async def uploaded(bench: Bench, content: bytes = b"photo", kind: str = "image/jpeg") -> httpx.Response:
    return await bench.client.post(
        f"/v25.0/{SALON.phone_number_id}/media",
        data={"messaging_product": "whatsapp", "type": kind},
        files={"file": ("foto.jpg", content, kind)},
        headers=TOKEN,
    )


async def described(bench: Bench, media_id: str, headers: dict[str, str] = TOKEN) -> httpx.Response:
    return await bench.client.get(f"/v25.0/{media_id}", headers=headers)


async def test_an_uploaded_file_can_be_described_downloaded_sent_and_deleted(bench: Bench) -> None:
    media_id = (await uploaded(bench)).json()["id"]
    found = (await described(bench, media_id)).json()
    assert found["sha256"] == hashlib.sha256(b"photo").hexdigest()
    assert found["file_size"] == "5"
    assert (await bench.client.get(found["url"], headers=TOKEN)).content == b"photo"
    body = {
        "messaging_product": "whatsapp",
        "to": f"+{DANA.phone}",
        "type": "image",
        "image": {"id": media_id},
    }
    assert (await bench.graph(body)).status_code == 200
    assert (await bench.client.delete(f"/v25.0/{media_id}", headers=TOKEN)).json() == {"success": True}
    assert (await described(bench, media_id)).json()["error"]["error_subcode"] == 33


async def test_an_address_needs_the_token_and_lives_for_five_minutes(bench: Bench) -> None:
    media_id = (await uploaded(bench)).json()["id"]
    url = (await described(bench, media_id)).json()["url"]
    assert (await bench.client.get(url)).status_code == 401
    assert (await bench.client.get(url, headers=OTHER)).status_code == 404
    bench.clock.advance(minutes=5, seconds=-1)
    assert (await bench.client.get(url, headers=TOKEN)).status_code == 200
    bench.clock.advance(seconds=1)
    assert (await bench.client.get(url, headers=TOKEN)).status_code == 404
    fresh = (await described(bench, media_id)).json()["url"]
    assert (await bench.client.get(fresh, headers=TOKEN)).status_code == 200


async def test_a_made_up_address_is_not_found(bench: Bench) -> None:
    media_id = (await uploaded(bench)).json()["id"]
    url = (await described(bench, media_id)).json()["url"]
    assert (await bench.client.get(url[:-4] + "0000", headers=TOKEN)).status_code == 404


async def test_ids_expire(bench: Bench) -> None:
    media_id = (await uploaded(bench)).json()["id"]
    bench.clock.advance(days=31)
    assert (await described(bench, media_id)).json()["error"]["error_subcode"] == 33


async def test_another_merchants_file_does_not_exist(bench: Bench) -> None:
    media_id = (await uploaded(bench)).json()["id"]
    assert (await described(bench, media_id, OTHER)).json()["error"]["error_subcode"] == 33
    answer = await bench.client.get(
        f"/v25.0/{media_id}", params={"phone_number_id": CLINIC.phone_number_id}, headers=TOKEN
    )
    assert answer.json()["error"]["code"] == 100


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", "image/jpeg"), (b"x" * (5 * 1024 * 1024 + 1), "image/png"), (b"x", "model/gltf")],
)
async def test_files_of_a_wrong_size_or_type_are_refused(bench: Bench, content: bytes, kind: str) -> None:
    assert (await uploaded(bench, content, kind)).json()["error"]["code"] == 100


async def test_an_upload_without_its_parts_is_refused(bench: Bench) -> None:
    path = f"/v25.0/{SALON.phone_number_id}/media"
    nothing = await bench.client.post(path, data={"messaging_product": "whatsapp"}, headers=TOKEN)
    nameless = await bench.client.post(path, files={"file": ("a", b"x", "image/png")}, headers=TOKEN)
    assert [each.json()["error"]["code"] for each in (nothing, nameless)] == [100, 100]


async def test_a_received_file_comes_with_its_hash_and_an_address(bench: Bench) -> None:
    asked = {"number": SALON.phone_number_id, "customer": DANA.key, "sample": "audio"}
    await bench.client.post("/sandbox/attachments", json=asked)
    await bench.settle()
    [message] = bench.product.items("messages")
    content = (await bench.client.get(message["audio"]["url"], headers=TOKEN)).content
    assert message["audio"]["voice"] is True
    assert base64.b64decode(message["audio"]["sha256"]) == hashlib.sha256(content).digest()
    found = (await described(bench, message["audio"]["id"])).json()
    assert found["mime_type"] == message["audio"]["mime_type"]
