"""The phone for tests and rehearsals, against a product that echoes."""

import pytest

from sandbox.driver import Phone
from tests.sandbox.cast import CAMILO, DANA, SALON
from tests.sandbox.conftest import Bench, Opener
from tests.sandbox.products import EchoProduct

pytestmark = pytest.mark.anyio


async def phone_of(opened: Opener, customer: str = DANA.key) -> tuple[Bench, Phone]:
    bench: Bench = await opened(EchoProduct())
    return bench, Phone(bench.client, SALON.phone_number_id, customer)


async def test_what_is_said_is_answered(opened: Opener) -> None:
    _, phone = await phone_of(opened)
    [reply] = await phone.ask("¿qué tal?")
    assert reply.text == "Eco: ¿qué tal?"
    assert reply.callback_data is not None
    assert reply.callback_data.startswith("outbox:")


async def test_a_question_can_come_from_another_day(opened: Opener) -> None:
    bench, phone = await phone_of(opened)
    await phone.ask("hola", at=bench.clock.now().replace(day=20))
    [message] = bench.product.items("messages")
    assert message["timestamp"] == "1795186800"


async def test_buttons_and_rows_are_tapped_by_their_titles(opened: Opener) -> None:
    bench, phone = await phone_of(opened)
    [offer] = await phone.ask("botones")
    assert [choice.title for choice in offer.choices] == ["Sí, agéndalo", "Otra hora"]
    [answer] = await phone.replies(await phone.tap(offer, "Otra hora"))
    assert answer.text == "Elegiste Otra hora"
    [menu] = await phone.ask("lista")
    await phone.replies(await phone.tap(menu, "3:00 p. m."))
    tapped = bench.product.items("messages")[-1]
    assert tapped["interactive"]["list_reply"] == {
        "id": "slot:1",
        "title": "3:00 p. m.",
        "description": "60 min con Alex",
    }
    assert tapped["context"]["id"] == menu.wamid


async def test_a_customer_without_a_number_is_answered_as_well(opened: Opener) -> None:
    bench, phone = await phone_of(opened, CAMILO.key)
    [reply] = await phone.ask("hola")
    assert reply.text == "Eco: hola"
    assert "from" not in bench.product.items("messages")[0]


async def test_only_what_came_since_counts(opened: Opener) -> None:
    _, phone = await phone_of(opened)
    [first] = await phone.ask("uno")
    [second] = await phone.ask("dos")
    assert await phone.replies(first, patience=0) == (second,)


async def test_patience_ends_when_nothing_comes(bench: Bench) -> None:
    phone = Phone(bench.client, SALON.phone_number_id, DANA.key)
    assert await phone.ask("¿hay alguien?", patience=0.01) == ()


async def test_looking_at_the_chat_reads_it(opened: Opener) -> None:
    bench, phone = await phone_of(opened)
    await phone.ask("hola")
    await bench.settle()
    await phone.look()
    await bench.settle()
    assert bench.product.steps() == ["sent", "delivered", "read"]


async def test_a_sample_can_be_attached(opened: Opener) -> None:
    bench, phone = await phone_of(opened)
    for sample in ("image", "document", "audio", "location", "contact"):
        await phone.replies(await phone.attach(sample))
    kinds = [message["type"] for message in bench.product.items("messages")]
    assert kinds == ["image", "document", "audio", "location", "contacts"]
