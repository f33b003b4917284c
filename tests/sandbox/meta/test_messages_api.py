"""The send call: what is taken, what is refused, and with which code."""

from dataclasses import replace
from typing import Any

import pytest

from sandbox.meta.models import ChatMessage, Direction, MediaId, Status, StoredMedia, Wamid
from tests.sandbox.cast import CAMILO, CLINIC, DANA, LUIZA, SALON, VALENTINA
from tests.sandbox.conftest import Bench, Opener
from tests.sandbox.products import buttons, menu
from tests.sandbox.references import assert_valid, examples, reference

pytestmark = pytest.mark.anyio

TO_DANA = {"messaging_product": "whatsapp", "to": f"+{DANA.phone}"}


def seeded(bench: Bench) -> Bench:
    """What the reference examples refer to: a message that was received, and two uploaded files."""
    store = bench.board.store
    store.keep(
        ChatMessage(
            wamid=Wamid("wamid.SYNTH0001"),
            sequence=store.next_sequence(),
            direction=Direction.INBOUND,
            phone_number_id=SALON.phone_number_id,
            customer=DANA.key,
            sent_at=bench.clock.now(),
            content={"type": "text", "text": {"body": "hi"}},
            status=Status.DELIVERED,
        )
    )
    for media_id in ("500000000000090", "500000000000091"):
        store.media[MediaId(media_id)] = StoredMedia(
            media_id=MediaId(media_id),
            phone_number_id=SALON.phone_number_id,
            mime_type="image/jpeg",
            content=b"x",
            expires_at=bench.clock.now().replace(year=2030),
        )
    return bench


@pytest.mark.parametrize("name", examples("whatsapp_outbound/authored", "req_*.json"))
async def test_every_reference_request_is_accepted(bench: Bench, name: str) -> None:
    request = reference(f"whatsapp_outbound/authored/{name}")
    assert_valid("whatsapp_outbound", request)
    answer = await seeded(bench).graph(request)
    assert answer.status_code == 200, answer.text
    await bench.settle()
    assert "failed" not in bench.product.steps()


def interactive(kind: str, action: Any, body: str = "¿Cuál?", **more: Any) -> dict[str, Any]:
    return TO_DANA | {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": body}, "action": action, **more},
    }


def rows(count: int, start: int = 0) -> list[dict[str, str]]:
    return [{"id": f"r{n}", "title": f"Fila {n}"} for n in range(start, start + count)]


def sections(*lists: list[dict[str, str]], titled: bool = True) -> dict[str, Any]:
    named = [{"rows": each} | ({"title": f"S{n}"} if titled else {}) for n, each in enumerate(lists)]
    return {"button": "Ver", "sections": named}


MALFORMED: dict[str, tuple[int, Any]] = {
    "not an object": (100, ["x"]),
    "no product": (100, {"to": "+1", "text": {"body": "x"}}),
    "another product": (100, TO_DANA | {"messaging_product": "sms", "text": {"body": "x"}}),
    "no recipient": (131008, {"messaging_product": "whatsapp", "text": {"body": "x"}}),
    "unknown kind": (100, TO_DANA | {"type": "hologram"}),
    "unknown key": (100, TO_DANA | {"text": {"body": "x", "colour": "red"}}),
    "text without body": (131008, TO_DANA | {"type": "text", "text": {}}),
    "type without its part": (131008, TO_DANA | {"type": "image"}),
    "empty text": (131009, TO_DANA | {"text": {"body": ""}}),
    "4097 characters": (131009, TO_DANA | {"text": {"body": "x" * 4097}}),
    "body of a wrong type": (100, TO_DANA | {"text": {"body": 7}}),
    "preview that is text": (100, TO_DANA | {"text": {"body": "x", "preview_url": "true"}}),
    "callback data of 513": (131009, TO_DANA | {"text": {"body": "x"}, "biz_opaque_callback_data": "x" * 513}),
    "no digits in to": (131009, {"messaging_product": "whatsapp", "to": "nobody", "text": {"body": "x"}}),
    "to oneself": (131021, TO_DANA | {"to": f"+{SALON.display_phone_number}", "text": {"body": "x"}}),
    "a user id of nobody": (131009, {"messaging_product": "whatsapp", "recipient": "CO.1", "text": {"body": "x"}}),
    "no buttons": (131009, interactive("button", {"buttons": []})),
    "four buttons": (131009, TO_DANA | buttons("?", [(str(n), f"Opción {n}") for n in range(4)])),
    "button title of 21": (131009, TO_DANA | buttons("?", [("a", "x" * 21)])),
    "button id of 257": (131009, TO_DANA | buttons("?", [("x" * 257, "a")])),
    "equal button titles": (131009, TO_DANA | buttons("?", [("a", "Sí"), ("b", "Sí")])),
    "equal button ids": (131009, TO_DANA | buttons("?", [("a", "Sí"), ("a", "No")])),
    "body of 1025 over buttons": (131009, TO_DANA | buttons("x" * 1025, [("a", "Sí")])),
    "footer of 61": (131009, interactive("button", {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "b"}}]}, footer={"text": "x" * 61})),
    "list without button": (131008, interactive("list", {"sections": [{"rows": rows(1)}]})),
    "eleven rows in all": (131009, interactive("list", sections(rows(6), rows(5, start=6)))),
    "eleven sections": (131009, interactive("list", sections(*[rows(1, start=n) for n in range(11)]))),
    "sections without titles": (131009, interactive("list", sections(rows(1), rows(1, start=1), titled=False))),
    "equal row ids": (131009, interactive("list", sections(rows(1), rows(1)))),
    "row title of 25": (131009, TO_DANA | menu("?", "Ver", [("a", "x" * 25, "n")])),
    "row description of 73": (131009, TO_DANA | menu("?", "Ver", [("a", "b", "x" * 73)])),
    "row id of 201": (131009, TO_DANA | menu("?", "Ver", [("x" * 201, "b", "n")])),
    "list button of 21": (131009, TO_DANA | menu("?", "x" * 21, [("a", "b", "n")])),
    "list with a picture on top": (100, interactive("list", sections(rows(1)), header={"type": "image", "image": {"link": "https://x"}})),
    "display text of 21": (131009, interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "x" * 21, "url": "https://x"}})),
    "address that is none": (131009, interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "x", "url": "x.com"}})),
    "wrong action for a place": (100, interactive("location_request_message", {"name": "send_place"})),
    "wrong action for a number": (100, interactive("contact_request", {"name": "ask"})),
    "media by id and link": (100, TO_DANA | {"type": "image", "image": {"id": "1", "link": "https://x"}}),
    "media by neither": (131008, TO_DANA | {"type": "image", "image": {"caption": "x"}}),
    "media that is not there": (131009, TO_DANA | {"type": "image", "image": {"id": "1"}}),
    "audio with a caption": (100, TO_DANA | {"type": "audio", "audio": {"link": "https://x", "caption": "x"}}),
    "caption of 1025": (131009, TO_DANA | {"type": "image", "image": {"link": "https://x", "caption": "x" * 1025}}),
    "reaction to nothing": (131009, TO_DANA | {"type": "reaction", "reaction": {"message_id": "wamid.NO", "emoji": "x"}}),
    "reaction in reply": (100, TO_DANA | {"type": "reaction", "reaction": {"message_id": "wamid.SYNTH0001", "emoji": "x"}, "context": {"message_id": "wamid.SYNTH0001"}}),
    "latitude of 91": (131009, TO_DANA | {"type": "location", "location": {"latitude": 91, "longitude": 0}}),
    "latitude in words": (100, TO_DANA | {"type": "location", "location": {"latitude": "north", "longitude": 0}}),
    "card without a name": (131008, TO_DANA | {"type": "contacts", "contacts": [{"phones": []}]}),
    "template of no one": (132001, TO_DANA | {"type": "template", "template": {"name": "x", "language": {"code": "es"}}}),
    "template in capitals": (131009, TO_DANA | {"type": "template", "template": {"name": "X", "language": {"code": "es"}}}),
    "read receipt of nothing": (131009, {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.NO"}),
    "typing in pictures": (100, {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.SYNTH0001", "typing_indicator": {"type": "image"}}),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
async def test_malformed_requests_are_refused_with_the_right_code(bench: Bench, name: str) -> None:
    code, request = MALFORMED[name]
    answer = await seeded(bench).graph(request)
    assert answer.json()["error"]["code"] == code, answer.text
    assert answer.status_code >= 400
    await bench.settle()
    assert bench.product.steps() == []


async def test_a_body_that_is_not_json_is_refused(bench: Bench) -> None:
    path, headers = f"/v25.0/{SALON.phone_number_id}/messages", {"Authorization": "Bearer salon-token"}
    answer = await bench.client.post(path, content=b"{", headers=headers)
    assert answer.json()["error"]["code"] == 100


async def test_a_wrong_token_is_refused(bench: Bench) -> None:
    answer = await bench.graph(TO_DANA | {"text": {"body": "x"}}, token="wrong")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)


async def test_a_token_opens_its_own_number_only(bench: Bench) -> None:
    answer = await bench.graph(TO_DANA | {"text": {"body": "x"}}, token=CLINIC.token)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["error_subcode"]) == (400, 100, 33)


async def test_without_a_token_nothing_is_answered(bench: Bench) -> None:
    answer = await bench.client.post(f"/v25.0/{SALON.phone_number_id}/messages", json=TO_DANA)
    assert answer.json()["error"]["code"] == 190


async def test_a_path_without_a_version_is_nobodys(bench: Bench) -> None:
    answer = await bench.client.post(f"/latest/{SALON.phone_number_id}/messages", json=TO_DANA)
    assert answer.status_code == 404


async def test_a_wrong_proof_of_the_app_secret_is_refused(bench: Bench) -> None:
    path = f"/v25.0/{SALON.phone_number_id}?appsecret_proof=wrong"
    answer = await bench.client.get(path, headers={"Authorization": "Bearer salon-token"})
    assert answer.json()["error"]["code"] == 100


async def test_a_message_to_a_number_tells_the_ids_of_the_person(bench: Bench) -> None:
    bench.write(customer=LUIZA)
    body = {"messaging_product": "whatsapp", "to": f"+{LUIZA.phone}", "text": {"body": "oi"}}
    contact = (await bench.graph(body)).json()["contacts"][0]
    assert contact == {
        "input": f"+{LUIZA.phone}",
        "wa_id": LUIZA.wa_id,
        "user_id": LUIZA.user_id_for(SALON),
    }


async def test_a_message_to_a_user_id_does_not_tell_a_number(bench: Bench) -> None:
    user_id = CAMILO.user_id_for(SALON)
    body = {"messaging_product": "whatsapp", "recipient": user_id, "text": {"body": "x"}}
    assert (await bench.graph(body)).json()["contacts"] == [{"input": user_id, "user_id": user_id}]


async def test_a_user_id_of_another_portfolio_is_refused(bench: Bench) -> None:
    body = {"messaging_product": "whatsapp", "recipient": CAMILO.user_id_for(CLINIC), "text": {"body": "x"}}
    assert (await bench.graph(body)).json()["error"]["code"] == 131009


async def test_to_wins_over_recipient(bench: Bench) -> None:
    bench.write(customer=VALENTINA)
    body = {"to": f"+{VALENTINA.phone}", "recipient": CAMILO.user_id_for(SALON), "text": {"body": "x"}}
    answer = await bench.graph({"messaging_product": "whatsapp", **body})
    assert answer.json()["contacts"][0]["wa_id"] == VALENTINA.phone


async def test_a_user_id_in_to_is_taken_and_never_heard_of_again(bench: Bench) -> None:
    body = {"messaging_product": "whatsapp", "to": CAMILO.user_id_for(SALON), "text": {"body": "x"}}
    assert (await bench.graph(body)).status_code == 200
    await bench.settle()
    assert bench.product.bodies == []


async def test_a_hidden_number_shows_for_thirty_days_after_it_was_written_to(bench: Bench) -> None:
    bench.write(customer=CAMILO)
    await bench.graph({"messaging_product": "whatsapp", "to": f"+{CAMILO.phone}", "text": {"body": "x"}})
    bench.write(customer=CAMILO)
    bench.clock.advance(days=31)
    bench.write(customer=CAMILO)
    await bench.settle()
    assert ["from" in message for message in bench.product.items("messages")] == [False, True, False]


async def test_a_test_number_writes_to_its_list_only(opened: Opener) -> None:
    bench = await opened(numbers=(replace(SALON, allow_list=frozenset({VALENTINA.phone})),))
    assert (await bench.send_text()).json()["error"]["code"] == 131030


async def test_a_read_receipt_turns_this_and_earlier_messages_blue(bench: Bench) -> None:
    first, second, third = (bench.write(words) for words in ("a", "b", "c"))
    await bench.settle()
    answer = await bench.graph(
        {"messaging_product": "whatsapp", "status": "read", "message_id": second.wamid}
    )
    assert answer.json() == {"success": True}
    found = [bench.board.store.message(each.wamid).status for each in (first, second, third)]
    assert found == [Status.READ, Status.READ, Status.DELIVERED]


async def test_the_receipt_of_another_merchants_message_is_refused(bench: Bench) -> None:
    theirs = bench.write(number=CLINIC)
    answer = await bench.graph(
        {"messaging_product": "whatsapp", "status": "read", "message_id": theirs.wamid}
    )
    assert answer.json()["error"]["code"] == 131009


async def test_a_reaction_to_an_old_message_or_to_a_reaction_is_refused(bench: Bench) -> None:
    old = bench.write()
    bench.clock.advance(days=31)
    new = bench.write()
    reaction = {"type": "reaction", "reaction": {"message_id": old.wamid, "emoji": "👍"}}
    assert (await bench.graph(TO_DANA | reaction)).json()["error"]["code"] == 131009
    reaction["reaction"] = {"message_id": new.wamid, "emoji": "👍"}
    accepted = (await bench.graph(TO_DANA | reaction)).json()["messages"][0]["id"]
    reaction["reaction"] = {"message_id": accepted, "emoji": "👍"}
    assert (await bench.graph(TO_DANA | reaction)).json()["error"]["code"] == 131009
