"""Who there is, and what the page learns about their chats."""

import httpx
import pytest

from sandbox.phone.sources import sources_of
from sandbox.phone.stream import events
from tests.sandbox.cast import CAMILO, CLINIC, DANA, SALON
from tests.sandbox.conftest import Bench
from tests.sandbox.products import buttons, menu

pytestmark = pytest.mark.anyio


async def test_people_are_listed_without_their_tokens(bench: Bench) -> None:
    answer = await bench.client.get("/sandbox/people")
    assert [each["name"] for each in answer.json()["numbers"]] == ["Example Salon", "Clínica Sonrisa"]
    assert SALON.token not in answer.text


async def test_a_new_customer_can_write_at_once(bench: Bench) -> None:
    new = {"name": "Iara", "phone": "+55 (11) 95555-0199", "username": "@iara", "hides_number": True}
    made = (await bench.client.post("/sandbox/customers", json=new)).json()
    asked = {"number": SALON.phone_number_id, "customer": made["key"]}
    await bench.client.post(
        "/sandbox/messages", json=asked | {"content": {"type": "text", "text": {"body": "oi"}}}
    )
    await bench.settle()
    [message] = bench.product.items("messages")
    assert message["from_user_id"].startswith("BR.")
    assert "from" not in message


@pytest.mark.parametrize("phone", ["", "nobody", "12"])
async def test_a_customer_needs_a_number(bench: Bench, phone: str) -> None:
    answer = await bench.client.post("/sandbox/customers", json={"name": "Iara", "phone": phone})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path", ["chats/1/dana", f"chats/{SALON.phone_number_id}/nobody", "sources?wamid=x", "files/1"]
)
async def test_what_is_not_there_is_not_found(bench: Bench, path: str) -> None:
    assert (await bench.client.get(f"/sandbox/{path}")).status_code == 404


async def test_writing_as_nobody_is_refused(bench: Bench) -> None:
    asked = {"number": SALON.phone_number_id, "customer": "nobody", "content": {"type": "text"}}
    assert (await bench.client.post("/sandbox/messages", json=asked)).status_code == 404


async def test_chats_are_kept_apart(bench: Bench) -> None:
    bench.write("a")
    bench.write("b", number=CLINIC)
    bench.write("c", customer=CAMILO)
    await bench.settle()
    found = (await bench.client.get(f"/sandbox/chats/{SALON.phone_number_id}/{DANA.key}")).json()["bubbles"]
    assert [(each["text"], each["side"], each["status"]) for each in found] == [
        ("a", "customer", "delivered")
    ]


async def test_buttons_and_lists_reach_the_page_as_choices(bench: Bench) -> None:
    to = {"messaging_product": "whatsapp", "to": f"+{DANA.phone}"}
    await bench.graph(to | buttons("¿Va?", [("y", "Sí"), ("n", "No")]))
    await bench.graph(to | menu("Horas", "Ver", [("1", "3 p. m.", "con Alex")]))
    await bench.settle()
    found = (await bench.client.get(f"/sandbox/chats/{SALON.phone_number_id}/{DANA.key}")).json()["bubbles"]
    assert [each["title"] for each in found[0]["choices"]] == ["Sí", "No"]
    assert found[1]["menu"]["sections"][0]["rows"][0]["description"] == "con Alex"


async def test_the_stream_tells_of_new_messages(bench: Bench) -> None:
    stream = events(bench.board.broker, bench.board.store)
    assert (await anext(stream)).startswith("retry")
    bench.write("viva")
    line = await anext(stream)
    assert line.startswith("event: bubble\n")
    assert '"viva"' in line
    await bench.settle()
    await stream.aclose()


async def asked_of(found: httpx.Response, callback_data: str | None = "outbox:1") -> object:
    transport = httpx.MockTransport(lambda _request: found)
    async with httpx.AsyncClient(transport=transport) as client:
        return await sources_of(client, "http://product/sources", callback_data)


async def test_sources_are_taken_from_the_side_channel() -> None:
    told = {"sources": [{"key": "hours", "title": "Horario"}], "confidence": 0.93, "abstained": False}
    assert await asked_of(httpx.Response(200, json=told)) == told


@pytest.mark.parametrize(
    "found",
    [
        httpx.Response(404),
        httpx.Response(500),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
    ],
)
async def test_without_an_answer_there_are_no_sources(found: httpx.Response) -> None:
    assert await asked_of(found) is None


async def test_a_message_without_our_own_id_has_no_sources() -> None:
    assert await asked_of(httpx.Response(200, json={"sources": []}), None) is None


async def test_without_a_side_channel_the_page_gets_a_404(bench: Bench) -> None:
    wamid = (await bench.send_text(biz_opaque_callback_data="x")).json()["messages"][0]["id"]
    assert (await bench.client.get("/sandbox/sources", params={"wamid": wamid})).status_code == 404
    await bench.settle()
