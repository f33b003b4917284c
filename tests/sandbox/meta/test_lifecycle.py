"""What becomes of an accepted message."""

import pytest

from sandbox.meta.faults import FaultKind
from sandbox.meta.models import Status
from sandbox.settings import Limits, Pace
from tests.sandbox.cast import CAMILO, DANA, SALON
from tests.sandbox.conftest import Bench, Opener

pytestmark = pytest.mark.anyio


async def test_statuses_come_back_in_order_with_our_own_id_and_a_price(bench: Bench) -> None:
    bench.write()
    answer = await bench.send_text(biz_opaque_callback_data="outbox:7")
    await bench.settle()
    sent, delivered = bench.product.items("statuses")
    assert [sent["status"], delivered["status"]] == ["sent", "delivered"]
    assert {sent["id"], delivered["id"]} == {answer.json()["messages"][0]["id"]}
    assert sent["biz_opaque_callback_data"] == "outbox:7"
    assert sent["pricing"] == {
        "billable": True,
        "pricing_model": "PMP",
        "category": "service",
        "type": "regular",
    }
    assert "conversation" not in sent


async def test_statuses_keep_their_pace(opened: Opener) -> None:
    bench: Bench = await opened(pace=Pace(sent=2, delivered=5, read=9))
    bench.write()
    await bench.send_text()
    for pause, steps in ((2, ["sent"]), (3, ["sent", "delivered"]), (4, ["sent", "delivered", "read"])):
        await bench.idle()
        bench.clock.advance(seconds=pause)
        await bench.idle()
        assert bench.product.steps() == steps


async def test_read_waits_for_the_person_to_look_and_comes_once(bench: Bench) -> None:
    bench.write()
    await bench.send_text()
    await bench.settle()
    for _ in range(2):
        await bench.client.post(f"/sandbox/chats/{SALON.phone_number_id}/{DANA.key}/read")
    await bench.settle()
    assert bench.product.steps() == ["sent", "delivered", "read"]


async def test_a_reaction_is_only_ever_sent(bench: Bench) -> None:
    target = bench.write()
    reaction = {"type": "reaction", "reaction": {"message_id": target.wamid, "emoji": "👍"}}
    await bench.graph({"messaging_product": "whatsapp", "to": f"+{DANA.phone}", **reaction})
    await bench.client.post(f"/sandbox/chats/{SALON.phone_number_id}/{DANA.key}/read")
    await bench.settle()
    assert bench.product.steps() == ["sent"]


async def test_outside_the_window_a_message_is_taken_and_then_fails(bench: Bench) -> None:
    bench.write()
    bench.clock.advance(hours=24, seconds=1)
    assert (await bench.send_text()).status_code == 200
    await bench.settle()
    [failed] = bench.product.items("statuses")
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131047)
    assert failed["recipient_id"] == DANA.phone
    assert "recipient_user_id" not in failed
    assert "contacts" not in bench.product.payloads[-1]["entry"][0]["changes"][0]["value"]


async def test_the_window_is_open_up_to_its_last_second(bench: Bench) -> None:
    bench.write()
    bench.clock.advance(hours=24)
    await bench.send_text()
    await bench.settle()
    assert bench.product.steps() == ["sent", "delivered"]


async def test_a_message_that_claims_to_be_old_opens_no_window(bench: Bench) -> None:
    bench.write(at=bench.clock.now().replace(day=21))
    await bench.send_text()
    await bench.settle()
    assert bench.product.steps() == ["failed"]


async def test_the_window_can_be_left_open_for_rehearsals(opened: Opener) -> None:
    bench: Bench = await opened(limits=Limits(window_hours=None))
    await bench.send_text()
    await bench.settle()
    assert bench.product.steps() == ["sent", "delivered"]


async def test_a_number_that_nobody_has_is_undeliverable(bench: Bench) -> None:
    body = {"messaging_product": "whatsapp", "to": "+15550001111", "text": {"body": "x"}}
    assert (await bench.graph(body)).status_code == 200
    await bench.settle()
    [failed] = bench.product.items("statuses")
    assert (failed["errors"][0]["code"], failed["recipient_id"]) == (131026, "15550001111")


async def test_a_failure_to_a_user_id_names_the_user_id(bench: Bench) -> None:
    user_id = CAMILO.user_id_for(SALON)
    await bench.graph({"messaging_product": "whatsapp", "recipient": user_id, "text": {"body": "x"}})
    await bench.settle()
    [failed] = bench.product.items("statuses")
    assert failed["recipient_user_id"] == user_id
    assert "recipient_id" not in failed


async def test_lost_statuses_never_come_not_even_read(bench: Bench) -> None:
    bench.write()
    bench.arm(FaultKind.LOST_STATUSES)
    await bench.send_text()
    await bench.settle()
    await bench.client.post(f"/sandbox/chats/{SALON.phone_number_id}/{DANA.key}/read")
    await bench.send_text()
    await bench.settle()
    assert bench.product.steps() == ["sent", "delivered"]


async def test_reordered_statuses_come_backwards_with_their_own_times(opened: Opener) -> None:
    bench: Bench = await opened(pace=Pace(sent=0, delivered=3))
    bench.write()
    bench.arm(FaultKind.REORDERED_STATUSES)
    await bench.send_text()
    await bench.idle()
    bench.clock.advance(seconds=3)
    await bench.settle()
    assert bench.product.steps() == ["delivered", "sent"]
    delivered, sent = bench.product.items("statuses")
    assert int(delivered["timestamp"]) - int(sent["timestamp"]) == 3


async def test_a_status_never_moves_backwards_in_the_store(bench: Bench) -> None:
    bench.write()
    wamid = (await bench.send_text()).json()["messages"][0]["id"]
    await bench.settle()
    assert bench.board.store.advance(wamid, Status.SENT) is None
    assert bench.board.store.message(wamid).status is Status.DELIVERED
