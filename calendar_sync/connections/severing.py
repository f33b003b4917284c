"""Cutting a connection off: everything that came from Google goes in one transaction, whether Google answers or not.

What is left is a ticket that can do one thing: take the permission back at Google. It lives for a day at most.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, text
from sqlmodel import Session, SQLModel, col, delete, select

from calendar_sync.connections.erasing import forget_events
from calendar_sync.connections.models import (
    ConnectionRow,
    GoogleCalendarRow,
    LinkedRow,
    LinkRow,
    ReceiptRow,
    RevocationRow,
    TokenRow,
)
from calendar_sync.connections.office import Office
from calendar_sync.connections.sealed import seal_json
from calendar_sync.connections.states import Reason, Revocation
from calendar_sync.connections.store import connection_of, is_shared
from calendar_sync.connections.vault import REFRESH, TICKET, Vault
from calendar_sync.mirror.models import ChannelRow, SyncRow
from calendar_sync.tray import QUEUE
from kernel import ledger
from kernel.errors import SealBroken
from kernel.ids import MerchantId
from kernel.jobs import Job, defer

REVOKE_TASK = "connections:revoke"
LIFE = timedelta(hours=24)
"""How long Google is asked to take the permission back."""
_READ_FROM_GOOGLE: dict[str, type[SQLModel]] = {
    "connection": ConnectionRow,
    "tokens": TokenRow,
    "calendars": GoogleCalendarRow,
    "attempts": LinkRow,
    "sync_tokens": SyncRow,
    "channels": ChannelRow,
    "rounds": LinkedRow,
}
_CANCEL = text(
    "delete from jobs.procrastinate_jobs where status = 'todo' and args->>'merchant' = :merchant"
    " and (task_name like 'mirror:%' or task_name like 'connections:%') and task_name <> :revoke"
)


def sever(session: Session, office: Office, merchant: MerchantId, reason: Reason, actor: str) -> ReceiptRow:
    """Delete what came from Google, cancel the jobs about it, write receipt and ledger, and send the ticket off."""
    now = office.diary.clock.now()
    connection = connection_of(session, merchant, lock=True)
    revocation, ticket = _ticket(session, office, merchant, connection)
    deleted: dict[str, Any] = {
        name: _delete(session, table, merchant) for name, table in _READ_FROM_GOOGLE.items()
    }
    forget_events(session, merchant)
    deleted["jobs"] = _count(session.execute(_CANCEL, {"merchant": str(merchant), "revoke": REVOKE_TASK}))
    receipt = ReceiptRow(
        id=ticket or uuid4(),
        merchant_id=merchant,
        reason=reason,
        actor=actor,
        asked_at=now,
        tokens_deleted_at=now,
        deleted=deleted,
        revocation=revocation,
    )
    session.add(receipt)
    session.flush()
    detail = {"reason": reason.value, "receipt": str(receipt.id), "revocation": revocation.value}
    ledger.append(
        session, office.diary.clock, merchant, actor=actor, action="calendar.unlinked", detail=detail
    )
    if ticket is not None:
        defer(session, revoke_job(merchant, ticket))
    return receipt


def revoke_job(merchant: MerchantId, ticket: UUID, at: datetime | None = None) -> Job:
    return Job(
        task=REVOKE_TASK,
        queue=QUEUE,
        args={"merchant": str(merchant), "ticket": str(ticket)},
        lock=f"diary|revoke|{ticket}",
        at=at,
    )


def _ticket(
    session: Session, office: Office, merchant: MerchantId, connection: ConnectionRow | None
) -> tuple[Revocation, UUID | None]:
    """What is to happen at Google, and the ticket for it."""
    token = session.get(TokenRow, merchant, with_for_update=True)
    if connection is None or token is None:
        return Revocation.NOTHING, None
    if is_shared(session, merchant, connection.account_digest):
        return Revocation.SHARED, None
    try:
        refresh = Vault(office.diary.own, merchant).open(token.refresh, REFRESH)
    except SealBroken:
        return Revocation.NOTHING, None
    channels = session.exec(select(ChannelRow).where(col(ChannelRow.merchant_id) == merchant))
    body = {
        "account": connection.account_digest.hex(),
        "refresh": refresh.get_secret_value(),
        "channels": [[channel.id, channel.resource_id] for channel in channels if channel.resource_id],
    }
    row = RevocationRow(
        id=uuid4(),
        merchant_id=merchant,
        ticket=seal_json(office.diary.own, merchant, TICKET, body),
        ends_at=office.diary.clock.now() + LIFE,
    )
    session.add(row)
    session.flush()
    return Revocation.PENDING, row.id


def _delete(session: Session, table: type[SQLModel], merchant: MerchantId) -> int:
    column = table.__table__.c.merchant_id  # type: ignore[attr-defined]
    deleted = _count(session.execute(delete(table).where(column == merchant)))
    session.expire_all()
    return deleted


def _count(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
