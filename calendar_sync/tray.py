"""Both sides of the diary's trays: what the edge may do with them, and what the diary does.

A request stays in its tray until the transaction that lays its outcome: a diary that is killed half-way finds it
again. Jobs carry identifiers only. Loads no Google library: the edge imports this file.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete

from calendar_sync.codec import read_json, to_json
from calendar_sync.ids import OutcomeId, RequestId
from calendar_sync.models import OutcomeRow, RequestRow
from calendar_sync.outcomes import AnyOutcome, Outcome, Report
from calendar_sync.requests import AnyRequest, conversation_of
from kernel.ids import MerchantId
from kernel.jobs import Job, defer
from kernel.sealing import Place, Sealer

SERVE_TASK = "calendar_sync:serve"
QUEUE = "diary"
REQUEST, OUTCOME = "calendar.request", "calendar.outcome"


def put_request(session: Session, sealer: Sealer, request: AnyRequest, laid_at: datetime) -> None:
    """Edge: lay a request in the in-tray and wake the diary, in one transaction. Laying it twice is harmless."""
    row = {
        "id": request.id,
        "merchant_id": request.merchant,
        "conversation_id": conversation_of(request),
        "laid_at": laid_at,
        "body": sealer.seal(to_json(AnyRequest, request), Place(request.merchant, REQUEST, "body")),
    }
    session.execute(insert(RequestRow).values(row).on_conflict_do_nothing())
    defer(session, serve_job(request.merchant, request.id, conversation_of(request)))


def serve_job(merchant: MerchantId, request: RequestId, conversation: UUID | None) -> Job:
    """The diary's job for a request; one at a time within a conversation, in the order in which they came."""
    return Job(
        task=SERVE_TASK,
        queue=QUEUE,
        args={"merchant": str(merchant), "request": str(request)},
        lock=f"diary|{conversation or request}",
    )


def read_request(
    session: Session, sealer: Sealer, merchant: MerchantId, request: RequestId
) -> AnyRequest | None:
    """Diary: what is asked, left in the tray; None when it has been answered."""
    row = session.get(RequestRow, request)
    if row is None:
        return None
    body = sealer.open(row.body, Place(merchant, REQUEST, "body"))
    found: AnyRequest = read_json(AnyRequest, body)  # type: ignore[assignment]  # what the adapter was built for
    return found


def finish_request(session: Session, request: RequestId) -> bool:
    """Diary: take the request out, in the transaction that lays its outcome. False = somebody else has answered it."""
    taken = delete(RequestRow).where(col(RequestRow.id) == request).returning(col(RequestRow.id))
    return session.scalars(taken).one_or_none() is not None


def put_outcome(session: Session, sealer: Sealer, outcome: AnyOutcome, made_at: datetime, job: Job) -> None:
    """Diary: lay an outcome in the out-tray and wake the edge with its job."""
    row = {
        "id": outcome.id,
        "merchant_id": outcome.merchant,
        "conversation_id": outcome.conversation_id if isinstance(outcome, Outcome) else None,
        "made_at": made_at,
        "body": sealer.seal(to_json(AnyOutcome, outcome), Place(outcome.merchant, OUTCOME, "body")),
    }
    session.execute(insert(OutcomeRow).values(row).on_conflict_do_nothing())
    defer(session, job)


def take_outcome(
    session: Session, sealer: Sealer, merchant: MerchantId, outcome: OutcomeId
) -> Outcome | Report | None:
    """Edge: take an outcome out of the tray, or None when it has been taken already."""
    taken = delete(OutcomeRow).where(col(OutcomeRow.id) == outcome).returning(OutcomeRow)
    row = session.scalars(taken).one_or_none()
    if row is None:
        return None
    found = read_json(AnyOutcome, sealer.open(row.body, Place(merchant, OUTCOME, "body")))
    assert isinstance(found, Outcome | Report)  # noqa: S101 - the union's adapter makes nothing else
    return found
