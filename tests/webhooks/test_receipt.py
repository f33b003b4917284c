import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
import structlog

from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import Place, Sealer
from tests.webhooks import payloads
from tests.webhooks.houses import register_number
from webhooks.application import create
from webhooks.filing import NOBODY, Desk
from webhooks.intake import Intake
from webhooks.receipt import MAX_BODY, Receipt, ReceiptSettings
from webhooks.signature import sign

Client = httpx.AsyncClient
Steps = Callable[[Client], Awaitable[None]]
PATH = "/webhooks/whatsapp"


@pytest.fixture
def serve(
    edge_url: str, desk: Desk, clock: SetClock, receipt_settings: ReceiptSettings
) -> Callable[[Steps], None]:
    """Run steps against the whole application, started and stopped around them."""

    async def run(steps: Steps) -> None:
        app = create(Receipt(receipt_settings, Intake(edge_url), desk, clock))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://edge.test") as client:
                await steps(client)

    return lambda steps: asyncio.run(run(steps))


async def post(client: Client, body: bytes, signature: str | None = None) -> httpx.Response:
    headers = {"x-hub-signature-256": signature or sign(b"app-secret-for-tests", body)}
    return await client.post(PATH, content=body, headers=headers)


@pytest.fixture
def ask(administrator_url: str) -> Callable[[str], list[tuple[Any, ...]]]:
    def run(query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(administrator_url) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    return run


Ask = Callable[[str], list[tuple[Any, ...]]]
JOBS = "select queue_name, task_name, args from jobs.procrastinate_jobs order by id"


def test_a_message_and_its_job_are_stored_before_the_answer(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId, desk: Desk
) -> None:
    async def steps(client: Client) -> None:
        response = await post(client, payloads.messages_body(payloads.text("wamid.1", "¿abren hoy?")))
        assert (response.status_code, response.text) == (200, "")

    serve(steps)
    ((stored_id, kind, owner, raw),) = ask("select id, kind, merchant_id, raw from webhooks.inbound")
    assert (kind, owner) == ("message", merchant)
    assert b"abren" not in raw
    assert ask(JOBS) == [("edge", "webhooks:gather", {"merchant": str(merchant), "inbound": str(stored_id)})]


def test_delivered_again_it_is_dropped_and_logged_with_its_twin(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    body = payloads.messages_body(payloads.text("wamid.1", "hola"))

    async def steps(client: Client) -> None:
        for _ in range(3):
            assert (await post(client, body)).status_code == 200

    with structlog.testing.capture_logs() as logs:
        serve(steps)
    ((stored_id,),) = ask("select id from webhooks.inbound")
    assert len(ask(JOBS)) == 1
    twins = [line["twin"] for line in logs if line["event"] == "duplicate dropped"]
    assert twins == [str(stored_id)] * 2


def test_a_batch_with_its_own_duplicate_keeps_one_and_names_it(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    one = payloads.text("wamid.1", "hola")

    async def steps(client: Client) -> None:
        await post(client, payloads.messages_body(one, one, payloads.text("wamid.2", "abren?")))

    with structlog.testing.capture_logs() as logs:
        serve(steps)
    assert len(ask("select id from webhooks.inbound")) == 2
    assert [line["twin"] is not None for line in logs if line["event"] == "duplicate dropped"] == [True]
    assert len(ask(JOBS)) == 1, "two lines of one customer need one job"


def test_the_same_message_id_on_another_number_is_another_message(
    serve: Callable[[Steps], None],
    ask: Ask,
    merchant: MerchantId,
    database: Database,
    sealer: Sealer,
    clock: SetClock,
) -> None:
    other = MerchantId(uuid4())
    register_number(database, sealer, clock, other, "200000000000002", "100000000000002")

    async def steps(client: Client) -> None:
        same = payloads.text("wamid.1", "hola")
        await post(client, payloads.messages_body(same))
        await post(client, payloads.messages_body(same, number_id="200000000000002"))

    serve(steps)
    assert {owner for (owner,) in ask("select merchant_id from webhooks.inbound")} == {merchant, other}


def test_statuses_have_their_own_lane_and_one_job_for_all_of_a_batch(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    async def steps(client: Client) -> None:
        sent = payloads.status("wamid.O1", "sent")
        await post(client, payloads.statuses_body(sent, payloads.status("wamid.O1", "delivered"), sent))

    serve(steps)
    assert len(ask("select id from webhooks.inbound where kind = 'status'")) == 2
    assert ask(JOBS) == [("edge_status", "webhooks:settle", {"merchant": str(merchant)})]


def test_a_change_of_the_account_finds_its_merchant_by_the_account(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    change = {
        "field": "account_update",
        "value": {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": payloads.WABA}},
    }

    async def steps(client: Client) -> None:
        await post(client, payloads.encoded(payloads.delivery(change, waba="999")))

    serve(steps)
    assert ask("select kind, merchant_id from webhooks.inbound") == [("field", merchant)]
    assert ask(JOBS)[0][1] == "webhooks:note"


@pytest.mark.parametrize("signature", ["sha256=" + "0" * 64, "nonsense"])
def test_a_forged_delivery_is_refused_and_leaves_no_trace(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId, signature: str
) -> None:
    async def steps(client: Client) -> None:
        body = payloads.messages_body(payloads.text("wamid.1", "hola"))
        assert (await post(client, body, signature)).status_code == 401
        assert (await client.post(PATH, content=body)).status_code == 401

    serve(steps)
    assert ask("select id from webhooks.inbound") == ask("select digest from webhooks.quarantine") == []


def test_three_megabytes_are_taken_and_one_byte_more_is_not(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    head, tail = payloads.messages_body(payloads.text("wamid.1", "X")).split(b"X")
    whole = head + b"x" * (MAX_BODY - len(head) - len(tail)) + tail

    async def chunks() -> Any:
        for start in range(0, len(whole) + 1, 65536):
            yield (whole + b" ")[start : start + 65536]

    async def steps(client: Client) -> None:
        assert (await post(client, whole + b" ")).status_code == 413
        headers = {"x-hub-signature-256": sign(b"app-secret-for-tests", whole + b" ")}
        assert (await client.post(PATH, content=chunks(), headers=headers)).status_code == 413
        assert (await post(client, whole)).status_code == 200

    serve(steps)
    assert len(ask("select id from webhooks.inbound")) == 1


@pytest.mark.parametrize("junk", [b"", b"\xff\x00 junk", b"[" * 90_000, b'{"object":"page"}'])
def test_genuine_junk_is_set_aside_whole_and_not_asked_for_again(
    serve: Callable[[Steps], None], ask: Ask, sealer: Sealer, junk: bytes
) -> None:
    async def steps(client: Client) -> None:
        assert (await post(client, junk)).status_code == 200
        assert (await post(client, junk)).status_code == 200

    serve(steps)
    ((reason, raw),) = ask("select reason, raw from webhooks.quarantine")
    assert reason.startswith("the body is not")
    assert sealer.open(raw, Place(NOBODY, "webhooks.quarantine", "raw")) == junk


def test_a_poisoned_item_is_set_aside_and_its_neighbours_go_on(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    broken = {"id": "wamid.2", "type": "text", "timestamp": "never", "from": "1", "text": {"body": "x"}}

    async def steps(client: Client) -> None:
        body = payloads.messages_body(payloads.text("wamid.1", "a"), broken, payloads.text("wamid.3", "b"))
        assert (await post(client, body)).status_code == 200

    serve(steps)
    assert len(ask("select id from webhooks.inbound")) == 2
    assert ask("select reason from webhooks.quarantine") == [("timestamp: expected an integer",)]


def test_a_number_that_nobody_has_is_set_aside_and_one_entered_later_is_found(
    serve: Callable[[Steps], None], ask: Ask, database: Database, sealer: Sealer, clock: SetClock
) -> None:
    merchant = MerchantId(uuid4())

    async def steps(client: Client) -> None:
        assert (
            await post(client, payloads.messages_body(payloads.text("wamid.1", "a"), number_id="404"))
        ).status_code == 200
        register_number(database, sealer, clock, merchant, payloads.NUMBER_ID, payloads.WABA)
        assert (await post(client, payloads.messages_body(payloads.text("wamid.1", "a")))).status_code == 200

    serve(steps)
    assert ask("select phone_number_id from webhooks.quarantine") == [("404",)]
    assert ask("select merchant_id from webhooks.inbound") == [(merchant,)]


def test_many_deliveries_at_once_are_each_stored_once(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId
) -> None:
    bodies = [payloads.messages_body(payloads.text(f"wamid.{n % 40}", "hola")) for n in range(80)]

    async def steps(client: Client) -> None:
        answers = await asyncio.gather(*(post(client, body) for body in bodies))
        assert {answer.status_code for answer in answers} == {200}

    serve(steps)
    assert len(ask("select id from webhooks.inbound")) == 40


def test_a_lost_connection_is_opened_again_and_nothing_is_lost(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId, administrator_url: str
) -> None:
    async def steps(client: Client) -> None:
        await post(client, payloads.messages_body(payloads.text("wamid.1", "a")))
        with psycopg.connect(administrator_url, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where usename = 'mostrador_edge' and datname = current_database()"
            )
        assert (await post(client, payloads.messages_body(payloads.text("wamid.2", "b")))).status_code == 200

    serve(steps)
    assert len(ask("select id from webhooks.inbound")) == 2


def test_what_cannot_be_stored_is_not_acknowledged(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId, administrator_url: str
) -> None:
    async def steps(client: Client) -> None:
        with psycopg.connect(administrator_url, autocommit=True) as connection:
            connection.execute("revoke insert on webhooks.inbound from mostrador_edge")
            assert (
                await post(client, payloads.messages_body(payloads.text("wamid.1", "a")))
            ).status_code == 503
            connection.execute("grant insert on webhooks.inbound to mostrador_edge")
        assert (await post(client, payloads.messages_body(payloads.text("wamid.1", "a")))).status_code == 200

    serve(steps)
    assert len(ask(JOBS)) == 1


def test_meta_shakes_hands_and_health_is_told_but_no_docs(serve: Callable[[Steps], None]) -> None:
    async def steps(client: Client) -> None:
        query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "SYNTH"}
        greeted = await client.get(PATH, params=query)
        assert (greeted.status_code, greeted.text) == (200, "1158201444")
        assert (await client.get(PATH, params={**query, "hub.verify_token": "x"})).status_code == 403
        assert (await client.put(PATH)).status_code == 405
        assert (await client.get("/health")).text == "ok"
        assert (await client.get("/ready")).text == "ready"
        assert [(await client.get(path)).status_code for path in ("/docs", "/openapi.json")] == [404, 404]

    serve(steps)


def test_the_stored_form_can_be_read_again_with_its_contact(
    serve: Callable[[Steps], None], ask: Ask, merchant: MerchantId, desk: Desk
) -> None:
    from webhooks.items import Entrance, InboundMessage

    contact = {"wa_id": payloads.WA_ID, "user_id": payloads.USER_ID, "profile": {"name": "Ana"}}

    async def steps(client: Client) -> None:
        change = payloads.change(contacts=[contact], messages=[payloads.text("wamid.1", "hé")])
        await post(client, payloads.encoded(payloads.delivery(change)))

    serve(steps)
    ((raw,),) = ask("select raw from webhooks.inbound")
    message = desk.reopen(merchant, "message", Entrance(payloads.WABA, payloads.NUMBER_ID), raw)
    assert isinstance(message, InboundMessage)
    assert message.sender.name == "Ana"
    assert json.dumps(message.raw["text"]) == '{"body": "h\\u00e9"}'
