"""What the diary reports to the merchant: kept for the console to show. Facts only, never a token."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from kernel.ids import MerchantId
from webhooks.models import ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIn:
    id: UUID
    merchant_id: MerchantId
    kind: str
    request_id: UUID | None
    facts: Mapping[str, str]


def keep_report(session: Session, report: ReportIn, now: datetime) -> None:
    """Write it down once, in the transaction in which it was taken from the tray."""
    row = {
        "id": report.id,
        "merchant_id": report.merchant_id,
        "kind": report.kind,
        "request_id": report.request_id,
        "facts": dict(report.facts),
        "told_at": now,
    }
    session.execute(insert(ReportRow).values(row).on_conflict_do_nothing())


def report_of(session: Session, request_id: UUID) -> ReportRow | None:
    """The answer to what the merchant asked for, once it is there."""
    return session.exec(select(ReportRow).where(ReportRow.request_id == request_id)).first()


def latest_reports(session: Session, limit: int = 50) -> list[ReportRow]:
    return list(session.exec(select(ReportRow).order_by(col(ReportRow.told_at).desc()).limit(limit)))
