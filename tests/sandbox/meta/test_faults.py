"""Faults that strike in the answer to the send call, and the board that they are armed on."""

import asyncio

import pytest

from sandbox.meta.faults import FaultKind
from sandbox.meta.refusals import KNOWN_CODES
from tests.sandbox.cast import DANA, SALON
from tests.sandbox.conftest import Bench

pytestmark = pytest.mark.anyio


def taken(bench: Bench) -> int:
    chat = bench.board.store.chat(SALON.phone_number_id, DANA.key)
    return sum(message.direction == "outbound" for message in chat)


async def test_an_error_before_acceptance_takes_nothing(bench: Bench) -> None:
    bench.arm(FaultKind.ERROR_BEFORE)
    assert (await bench.send_text()).status_code == 500
    assert taken(bench) == 0
    assert (await bench.send_text()).status_code == 200


async def test_an_error_after_acceptance_looks_the_same_and_the_message_was_taken(bench: Bench) -> None:
    bench.write()
    bench.arm(FaultKind.ERROR_BEFORE)
    before = await bench.send_text()
    bench.arm(FaultKind.ERROR_AFTER)
    after = await bench.send_text(biz_opaque_callback_data="outbox:9")
    assert after.status_code == before.status_code == 500
    assert after.json()["error"]["code"] == before.json()["error"]["code"]
    await bench.settle()
    assert taken(bench) == 1
    assert {each["biz_opaque_callback_data"] for each in bench.product.items("statuses")} == {"outbox:9"}


async def test_a_hang_after_acceptance_delivers_while_the_caller_waits(bench: Bench) -> None:
    bench.write()
    bench.arm(FaultKind.HANG_AFTER, seconds=60)
    call = asyncio.create_task(bench.send_text())
    await bench.idle()
    assert not call.done()
    assert bench.product.steps() == ["sent", "delivered"]
    bench.clock.advance(seconds=60)
    assert (await call).status_code == 200


@pytest.mark.parametrize("code", KNOWN_CODES)
async def test_a_graph_error_strikes_the_next_sends(bench: Bench, code: int) -> None:
    bench.arm(FaultKind.GRAPH_ERROR, count=2, code=code)
    answers = [await bench.send_text() for _ in range(3)]
    assert [answer.json().get("error", {}).get("code") for answer in answers] == [code, code, None]
    assert taken(bench) == 1


async def test_faults_leave_read_receipts_alone(bench: Bench) -> None:
    message = bench.write()
    bench.arm(FaultKind.GRAPH_ERROR)
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": message.wamid}
    assert (await bench.graph(receipt)).status_code == 200
    assert bench.board.faults.armed()


async def test_a_refused_request_does_not_use_up_a_fault_after_acceptance(bench: Bench) -> None:
    bench.arm(FaultKind.ERROR_AFTER)
    assert (await bench.graph({"messaging_product": "whatsapp"})).json()["error"]["code"] == 131008
    assert bench.board.faults.peek(FaultKind.ERROR_AFTER)


async def test_faults_are_armed_counted_and_taken_away_over_http(bench: Bench) -> None:
    armed = await bench.client.post("/sandbox/faults", json={"kind": "duplicate", "count": 2})
    assert armed.json()["armed"][0] | {"kind": "duplicate", "count": 2} == armed.json()["armed"][0]
    bench.write()
    assert (await bench.client.get("/sandbox/faults")).json()["armed"][0]["count"] == 1
    await bench.client.post("/sandbox/faults", json={"kind": "late"})
    assert len((await bench.client.delete("/sandbox/faults/late")).json()["armed"]) == 1
    assert (await bench.client.delete("/sandbox/faults")).json()["armed"] == []
    await bench.settle()


async def test_a_fault_of_no_known_kind_is_refused(bench: Bench) -> None:
    assert (await bench.client.post("/sandbox/faults", json={"kind": "meteor"})).status_code == 422


async def test_what_is_held_back_is_let_go_over_http(bench: Bench) -> None:
    await bench.client.post("/sandbox/faults", json={"kind": "batch", "count": 3})
    bench.write("a")
    bench.write("b")
    assert (await bench.client.get("/sandbox/faults")).json()["held"] == 2
    assert (await bench.client.post("/sandbox/faults/let-go")).json() == {"let_go": 2}
    await bench.settle()
    assert bench.product.texts() == ["a", "b"]
    assert len(bench.product.bodies) == 1
