"""What a talk and the diary's own news share: the state that is remembered, and the way to the out-tray."""

from uuid import UUID

from sqlmodel import Session

from calendar_sync.codec import from_json
from calendar_sync.conversation.values import State
from calendar_sync.errors import BodyUnreadable
from calendar_sync.outcomes import AnyOutcome
from calendar_sync.premises import Premises
from calendar_sync.states import load_state
from calendar_sync.tray import put_outcome
from kernel.ids import MerchantId


def lay(session: Session, premises: Premises, outcome: AnyOutcome) -> None:
    """Put an outcome into the out-tray and wake the edge."""
    diary = premises.diary
    job = diary.outcome_job(outcome.merchant, outcome.id)
    put_outcome(session, diary.tray, outcome, diary.clock.now(), job)


def remembered(session: Session, premises: Premises, merchant: MerchantId, conversation: UUID) -> State:
    """The conversation's state; what another build wrote and this one cannot read is a new beginning."""
    body = load_state(session, premises.diary.own, merchant, conversation)
    try:
        return State() if body is None else from_json(State, body)
    except BodyUnreadable:
        return State()
