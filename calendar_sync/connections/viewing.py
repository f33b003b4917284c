"""A connection as the merchant's page shows it. The edge may use this: no token is read, no Google library loaded."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from calendar_sync.connections.doctor import Finding, FindingKind
from calendar_sync.connections.models import ConnectionRow, ReceiptRow
from calendar_sync.connections.sealed import open_json
from calendar_sync.connections.shown import ACCOUNT, FINDINGS, ChosenCalendar, chosen_calendars
from calendar_sync.connections.states import ConnectionState
from kernel.ids import MerchantId
from kernel.sealing import Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    state: ConnectionState
    email: str
    linked_at: datetime
    calendars: tuple[ChosenCalendar, ...]
    findings: tuple[Finding, ...]
    examined_at: datetime | None


def view(session: Session, tray: Sealer, merchant: MerchantId) -> ConnectionView | None:
    """The merchant's connection; None where none is linked."""
    row = session.get(ConnectionRow, merchant)
    if row is None:
        return None
    return ConnectionView(
        state=ConnectionState(row.state),
        email=open_json(tray, merchant, ACCOUNT, row.account)["email"],
        linked_at=row.linked_at,
        calendars=tuple(chosen_calendars(session, tray, merchant)),
        findings=_findings(row, tray, merchant),
        examined_at=row.examined_at,
    )


def _findings(row: ConnectionRow, tray: Sealer, merchant: MerchantId) -> tuple[Finding, ...]:
    if row.findings is None:
        return ()
    stored = open_json(tray, merchant, FINDINGS, row.findings)
    return tuple(Finding(FindingKind(kind), facts) for kind, facts in stored)


def receipts(session: Session, merchant: MerchantId) -> tuple[ReceiptRow, ...]:
    """What became of the connections that were taken back, the newest first."""
    wanted = select(ReceiptRow).where(ReceiptRow.merchant_id == merchant)
    return tuple(session.exec(wanted.order_by(col(ReceiptRow.asked_at).desc())))
