"""Puts merchants, numbers and edges together for tests."""

from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.models import MerchantRow
from kernel.sealing import Sealer
from tests.webhooks import payloads
from webhooks.numbers import Number, enter_number

TOKEN = "token-for-tests"


def register_number(
    database: Database, sealer: Sealer, clock: Clock, merchant: MerchantId, number_id: str, waba: str
) -> None:
    number = Number(
        phone_number_id=number_id,
        waba_id=waba,
        display_phone_number=payloads.DISPLAY,
        token=TOKEN,
    )
    with database.transaction(merchant) as session:
        session.add(MerchantRow(id=merchant, slug=f"m-{merchant.hex[:8]}", created_at=clock.now()))
        enter_number(session, sealer, merchant, number)
