"""A merchant's WhatsApp numbers: entered, withdrawn, stopped, paused, and their tokens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select, update

from kernel import ledger
from kernel.clock import Clock
from kernel.ids import MerchantId
from kernel.sealing import Place, Sealer
from webhooks.models import NumberRow
from webhooks.receipt_models import NumberRouteRow

TOKEN = "webhooks.number"  # noqa: S105 - a table's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    phone_number_id: str
    waba_id: str
    display_phone_number: str
    token: str


def enter_number(session: Session, sealer: Sealer, merchant: MerchantId, number: Number) -> None:
    """Connect a number, or renew its token; a stopped number runs again."""
    row = {
        "merchant_id": merchant,
        "waba_id": number.waba_id,
        "display_phone_number": number.display_phone_number,
        "token": sealer.seal(number.token.encode(), Place(merchant, TOKEN, "token")),
        "stopped_reason": None,
        "paused_until": None,
    }
    entered = insert(NumberRow).values(phone_number_id=number.phone_number_id, **row)
    session.execute(entered.on_conflict_do_update(index_elements=["phone_number_id"], set_=row))
    route = {"waba_id": number.waba_id, "merchant_id": merchant}
    routed = insert(NumberRouteRow).values(phone_number_id=number.phone_number_id, **route)
    session.execute(routed.on_conflict_do_update(index_elements=["phone_number_id"], set_=route))


def withdraw_number(session: Session, phone_number_id: str) -> None:
    """Forget a number and its token; what was said over it stays."""
    session.execute(delete(NumberRouteRow).where(col(NumberRouteRow.phone_number_id) == phone_number_id))
    session.execute(delete(NumberRow).where(col(NumberRow.phone_number_id) == phone_number_id))


def token_of(sealer: Sealer, row: NumberRow) -> str | None:
    """The token in clear; None once access was withdrawn."""
    if row.token is None:
        return None
    return sealer.open(row.token, Place(MerchantId(row.merchant_id), TOKEN, "token")).decode()


def stop_number(session: Session, clock: Clock, phone_number_id: str, reason: str) -> None:
    """Nothing leaves by this number until its owner has put things right."""
    row = session.get(NumberRow, phone_number_id)
    if row is None or row.stopped_reason is not None:
        return
    row.stopped_reason = reason[:64]
    detail = {"number": phone_number_id, "reason": reason}
    merchant = MerchantId(row.merchant_id)
    ledger.append(session, clock, merchant, actor="whatsapp", action="number stopped", detail=detail)


def restart_number(session: Session, phone_number_id: str) -> None:
    session.execute(_one(phone_number_id).values(stopped_reason=None, paused_until=None))


def withdraw_token(session: Session, phone_number_id: str) -> None:
    """The owner withdrew our access: the token is destroyed, the number and its transcript stay."""
    session.execute(_one(phone_number_id).values(token=None))


def pause_number(session: Session, phone_number_id: str, until: datetime) -> None:
    session.execute(_one(phone_number_id).values(paused_until=until))


def numbers_of_account(session: Session, waba_id: str) -> list[NumberRow]:
    return list(session.exec(select(NumberRow).where(NumberRow.waba_id == waba_id)))


def _one(phone_number_id: str) -> Update:
    return update(NumberRow).where(col(NumberRow.phone_number_id) == phone_number_id)
