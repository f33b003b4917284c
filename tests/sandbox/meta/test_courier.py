"""Webhooks on their way: signature, repetition, and every fault that strikes there."""

import json
from collections import deque

import pytest

from sandbox.meta.faults import FaultKind
from sandbox.meta.models import Status
from tests.sandbox.cast import CLINIC
from tests.sandbox.conftest import Bench

pytestmark = pytest.mark.anyio


async def test_a_message_arrives_once_and_gets_its_second_tick(bench: Bench) -> None:
    message = bench.write("hola")
    await bench.settle()
    assert bench.product.texts() == ["hola"]
    assert bench.board.store.message(message.wamid).status is Status.DELIVERED


async def test_bodies_are_escaped_as_meta_escapes_them(bench: Bench) -> None:
    bench.write("¿sí? a/b 😀")
    await bench.settle()
    [body] = bench.product.bodies
    assert body.isascii()
    assert b"a\\/b" in body
    assert b"\\u00bfs\\u00ed?" in body
    assert bench.product.answers == [200]


async def test_a_delivery_is_repeated_with_growing_pauses_until_it_is_taken(bench: Bench) -> None:
    bench.product.script = deque([500, 503])
    bench.write()
    for pause in (0, 1, 4):
        bench.clock.advance(seconds=pause)
        await bench.idle()
    assert bench.product.answers == [500, 503, 200]
    assert len(set(bench.product.bodies)) == 1


async def test_a_delivery_is_given_up_after_the_last_pause(bench: Bench) -> None:
    bench.product.script = deque([500] * 9)
    message = bench.write()
    for pause in (0, 1, 4, 15):
        bench.clock.advance(seconds=pause)
        await bench.idle()
    await bench.settle()
    assert bench.product.answers == [500] * 4
    kept = bench.board.store.message(message.wamid)
    assert kept.failure is not None
    assert kept.failure.code == 500


async def test_an_account_without_subscription_hears_nothing(bench: Bench) -> None:
    del bench.board.store.subscriptions[CLINIC.waba_id]
    bench.write("sordo", number=CLINIC)
    await bench.settle()
    assert bench.product.bodies == []


async def test_duplicate_delivers_the_same_bytes_twice(bench: Bench) -> None:
    bench.arm(FaultKind.DUPLICATE)
    bench.write("una")
    bench.write("dos")
    await bench.settle()
    first, *_ = bench.product.bodies
    assert bench.product.bodies.count(first) == 2
    assert sorted(bench.product.texts()) == ["dos", "una", "una"]


async def test_late_keeps_the_message_back_but_not_its_time(bench: Bench) -> None:
    bench.arm(FaultKind.LATE, seconds=90)
    message = bench.write("tarde")
    await bench.idle()
    assert bench.product.bodies == []
    bench.clock.advance(seconds=90)
    await bench.settle()
    [item] = bench.product.items("messages")
    assert item["timestamp"] == str(int(message.sent_at.timestamp()))


async def test_out_of_order_lets_the_next_message_overtake(bench: Bench) -> None:
    bench.arm(FaultKind.OUT_OF_ORDER, count=2)
    for words in ("uno", "dos", "tres"):
        bench.write(words)
    await bench.settle()
    assert bench.product.texts() == ["tres", "dos", "uno"]


async def test_what_is_held_back_can_be_let_go(bench: Bench) -> None:
    bench.arm(FaultKind.OUT_OF_ORDER)
    bench.write("sola")
    assert bench.board.courier.held == 1
    assert bench.board.courier.let_go() == 1
    await bench.settle()
    assert bench.product.texts() == ["sola"]
    assert bench.board.courier.held == 0


async def test_batch_puts_several_messages_of_several_accounts_into_one_delivery(bench: Bench) -> None:
    bench.arm(FaultKind.BATCH, count=3)
    bench.write("a")
    bench.write("b")
    assert bench.product.bodies == []
    bench.write("c", number=CLINIC)
    await bench.settle()
    [payload] = bench.product.payloads
    assert len(payload["entry"]) == 2
    assert bench.product.texts() == ["a", "b", "c"]
    assert bench.product.items("messages")[0]["id"] != bench.product.items("messages")[1]["id"]


async def test_a_forged_delivery_is_tried_once_and_refused(bench: Bench) -> None:
    bench.arm(FaultKind.FORGED_SIGNATURE)
    message = bench.write("falso")
    await bench.settle()
    assert bench.product.answers == [401]
    assert bench.board.store.message(message.wamid).status is Status.FAILED


async def test_unknown_type_is_one_that_no_documentation_names(bench: Bench) -> None:
    bench.arm(FaultKind.UNKNOWN_TYPE)
    bench.write("x")
    await bench.settle()
    [item] = bench.product.items("messages")
    assert item["type"] == "hologram"


async def test_the_wire_is_kept_to_be_looked_at(bench: Bench) -> None:
    bench.write("hola")
    await bench.settle()
    exchange = bench.board.journal.exchanges[-1]
    assert (exchange.lane, exchange.summary, exchange.outcome) == ("webhook", "text", 200)
    assert json.loads(exchange.body)["object"] == "whatsapp_business_account"
