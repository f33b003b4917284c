import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.ids import MerchantId
from tests.webhooks import payloads
from tests.webhooks.test_payload import FIELDS, ITEMS, JSON
from webhooks.filing import Desk, Routes
from webhooks.items import Entrance
from webhooks.payload import read_delivery
from webhooks.stored import as_stored

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MERCHANT = MerchantId(uuid4())
ROUTES = Routes({payloads.NUMBER_ID: MERCHANT}, {payloads.WABA: MERCHANT})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(field=FIELDS, items=st.lists(ITEMS, max_size=3), extra=JSON)
def test_whatever_was_read_is_filed_and_reads_the_same_again(
    desk: Desk, field: str, items: list[Any], extra: Any
) -> None:
    key = {"smb_message_echoes": "message_echoes"}.get(field, "messages")
    value = {"metadata": {"phone_number_id": payloads.NUMBER_ID}, key: items, "x": extra}
    body = json.dumps(payloads.delivery({"field": field, "value": value})).encode()
    delivery = read_delivery(body)
    filed = desk.file(delivery, ROUTES, NOW)
    assert len(filed.slips) == len(delivery.items)
    assert len(filed.strays) == len(delivery.poisoned)
    for slip, item in zip(filed.slips, delivery.items, strict=True):
        again = desk.reopen(MERCHANT, slip.kind, Entrance(slip.waba_id, slip.phone_number_id), slip.raw)
        assert type(again) is type(item)
        assert repr(as_stored(again)["item"]) == repr(as_stored(item)["item"])


def test_the_same_item_has_the_same_digest_and_any_other_another(desk: Desk) -> None:
    one, other = payloads.text("wamid.1", "a"), payloads.text("wamid.2", "a")
    body = payloads.messages_body(one, other, one)
    slips = desk.file(read_delivery(body), ROUTES, NOW).slips
    assert slips[0].digest == slips[2].digest != slips[1].digest
    assert len({slip.party for slip in slips}) == 1
    assert slips[0].id < slips[1].id < slips[2].id
