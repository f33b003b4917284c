import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
import pytest

from app.evaluation.house import House, number_of
from sandbox.driver import Phone
from tests.end_to_end.conftest import ANA, BETO, SHOPS

T = TypeVar("T")


def talk(house: House, conversation: Callable[[httpx.AsyncClient], Awaitable[T]]) -> T:
    async def run() -> T:
        async with httpx.AsyncClient(base_url=house.sandbox_url) as client:
            return await conversation(client)

    return asyncio.run(run())


def number(shop: str) -> str:
    return number_of(SHOPS.index(shop), shop).phone_number_id


def test_a_question_is_answered_from_the_merchant_that_was_written_to(house: House) -> None:
    async def conversation(client: httpx.AsyncClient) -> list[str]:
        replies = []
        for shop in SHOPS:
            (reply,) = await Phone(client, number(shop), ANA.key).ask("¿tienen parqueadero?")
            replies.append(reply.text)
        return replies

    bakery, hardware = talk(house, conversation)
    assert "panaderia" in bakery
    assert "ferreteria" in hardware


def test_what_is_not_known_is_said_to_be_not_known(house: House) -> None:
    async def conversation(client: httpx.AsyncClient) -> str:
        (reply,) = await Phone(client, number("panaderia"), BETO.key).ask("xyzzy")
        return reply.text

    assert talk(house, conversation) == "No lo sé"


def test_short_lines_in_a_burst_get_one_reply(house: House) -> None:
    async def conversation(client: httpx.AsyncClient) -> int:
        phone = Phone(client, number("panaderia"), ANA.key)
        first = await phone.say("hola")
        await phone.say("una pregunta,")
        await phone.say("tienen parqueadero?")
        return len(await phone.replies(first, count=2, patience=4))

    assert talk(house, conversation) == 1


def test_a_forged_delivery_is_refused_and_leaves_nothing(house: House) -> None:
    forged = httpx.post(
        f"{house.edge_url}/webhooks/whatsapp", content=b"{}", headers={"X-Hub-Signature-256": "sha256=00"}
    )
    assert forged.status_code == 401


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_the_edge_says_that_it_is_well(house: House, path: str) -> None:
    assert httpx.get(house.edge_url + path).status_code == 200
