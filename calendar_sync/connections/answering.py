"""Answers for the merchant's page, laid in the out-tray in the transaction of what they tell."""

from collections.abc import Mapping
from uuid import uuid4

from sqlmodel import Session

from calendar_sync.ids import OutcomeId, outcome_id
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.requests import LinkAction
from calendar_sync.room import Diary
from calendar_sync.tray import finish_request, put_outcome
from kernel.ids import MerchantId


def close(session: Session, request: LinkAction) -> bool:
    """Take the request from the tray, first of all. False = it has been answered: nothing may be done again."""
    return finish_request(session, request.id)


def answer(
    session: Session, diary: Diary, request: LinkAction, kind: ReportKind, facts: Mapping[str, str]
) -> None:
    """The answer to a request that this transaction has closed."""
    report = Report(
        id=outcome_id(request.id),
        merchant=request.merchant,
        kind=kind,
        request_id=request.id,
        facts=facts,
    )
    _lay(session, diary, report)


def tell(
    session: Session, diary: Diary, merchant: MerchantId, kind: ReportKind, facts: Mapping[str, str]
) -> None:
    """News that nobody asked for."""
    _lay(session, diary, Report(id=OutcomeId(uuid4()), merchant=merchant, kind=kind, facts=facts))


def _lay(session: Session, diary: Diary, report: Report) -> None:
    job = diary.outcome_job(report.merchant, report.id)
    put_outcome(session, diary.tray, report, diary.clock.now(), job)
