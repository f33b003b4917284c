"""Sending: a message is claimed, sent and its outcome recorded, each step committed before the next.

A message whose sender was killed, or whose answer never came, is `unknown`: it waits for a status that carries
our own id, and is sent again only when none has come for a while.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlmodel import Session

from kernel.ids import MerchantId
from kernel.jobs import defer
from kernel.sealing import Place
from webhooks import conversation as conversations
from webhooks import customers, numbers, transcript
from webhooks.delivery import Decision, NumberChange, after_silence, decide
from webhooks.gate import STOPPED_RETRY, Allowed, Discard, Later, Leaving, Origin, Passage, Purpose, check
from webhooks.messages import Outgoing, envelope
from webhooks.models import ConversationRow, CustomerRow, NumberRow, OutboxRow
from webhooks.outbox import OUTBOX, QUEUE, held, send_job
from webhooks.outcomes import Accepted, Outcome
from webhooks.room import Edge
from webhooks.statuses import OutboxState, is_settled

OPAQUE = "outbox:"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this job, and no other, may send now."""

    outbox_id: UUID
    phone_number_id: str
    token: str
    body: dict[str, Any]


def claim(session: Session, edge: Edge, outbox_id: UUID) -> Claim | None:
    """Mark the message as being sent, if it may leave now. The caller commits before it sends."""
    row = held(session, outbox_id)
    now = edge.clock.now()
    if row is None or is_settled(OutboxState(row.state)):
        return None
    if row.state == OutboxState.SENDING:
        # Its sender was killed between the claim and the record.
        at = now + edge.delivery.settle_after
        apply(session, edge, row, Decision(state=OutboxState.UNKNOWN, at=at, reason="cut"))
        return None
    if row.not_before > now:
        # The job that comes at that time was deferred together with the time.
        return None
    if row.state == OutboxState.UNKNOWN and not _may_repeat(session, edge, row, now):
        return None
    return _pass_gate(session, edge, row, now)


def record(session: Session, edge: Edge, outbox_id: UUID, outcome: Outcome) -> None:
    """What became of the send. A status that came first knows better and is left alone."""
    row = held(session, outbox_id)
    if row is None:
        return
    if isinstance(outcome, Accepted):
        name_message(session, edge, row, outcome.wamid)
        _learn_number(session, edge, row, outcome)
    if not is_settled(OutboxState(row.state)):
        now = edge.clock.now()
        decision = decide(outcome, row.attempts, now, edge.jitter(), edge.delivery)
        apply(session, edge, row, decision)


def name_message(session: Session, edge: Edge, row: OutboxRow, wamid: str) -> None:
    """Keep WhatsApp's own id of the message, to match its statuses, reactions and deletions."""
    conversation = session.get_one(ConversationRow, row.conversation_id)
    row.wamid_digest = transcript.wamid_digest(edge, conversation, wamid)
    transcript.name(session, edge, conversation, row.id, wamid)


def apply(session: Session, edge: Edge, row: OutboxRow, decision: Decision) -> None:
    """Carry a decision out: the row, the number, and the job that comes back for it."""
    merchant = MerchantId(row.merchant_id)
    row.state, row.reason, row.error_code = decision.state.value, decision.reason[:64], decision.code
    if decision.number is not None:
        _change_number(session, edge, row, decision)
    if decision.at is not None:
        row.not_before = decision.at
        defer(session, send_job(merchant, row.id, row.conversation_id, decision.at))
        edge.ring(QUEUE, (decision.at - edge.clock.now()).total_seconds())
    if is_settled(decision.state):
        row.settled_at = edge.clock.now()
    if decision.state is OutboxState.FAILED:
        _log.warning("message failed", outbox=str(row.id), reason=row.reason, code=decision.code)


def _may_repeat(session: Session, edge: Edge, row: OutboxRow, now: datetime) -> bool:
    """No status came while we waited: once more, unless that has been tried often enough."""
    decision = after_silence(row.attempts, now)
    if decision.state is OutboxState.FAILED:
        apply(session, edge, row, decision)
        return False
    row.state = decision.state.value
    return True


def _change_number(session: Session, edge: Edge, row: OutboxRow, decision: Decision) -> None:
    number_id = session.get_one(ConversationRow, row.conversation_id).phone_number_id
    if decision.number is NumberChange.STOP:
        numbers.stop_number(
            session, edge.clock, number_id, f"{decision.reason} {decision.code or ''}".strip()
        )
    elif decision.at is not None:
        numbers.pause_number(session, number_id, decision.at)


def _pass_gate(session: Session, edge: Edge, row: OutboxRow, now: datetime) -> Claim | None:
    conversation = conversations.held(session, row.conversation_id)
    if conversation is None:
        return None
    customer = session.get_one(CustomerRow, conversation.customer_id)
    number = session.get(NumberRow, conversation.phone_number_id)
    token = numbers.token_of(edge.sealer, number) if number else None
    leaving = _leaving(session, edge, row, conversation, customer, number if token else None)
    passage = check(leaving, now)
    if not isinstance(passage, Allowed) or token is None:
        _hold_back(session, edge, row, passage)
        return None
    conversation.pair_full_at = passage.pair_full_at
    row.state, row.attempts, row.sent_at = OutboxState.SENDING.value, row.attempts + 1, now
    return Claim(row.id, conversation.phone_number_id, token, _body(session, edge, row, customer))


def _hold_back(session: Session, edge: Edge, row: OutboxRow, passage: Passage) -> None:
    match passage:
        case Discard(reason):
            apply(session, edge, row, Decision(state=OutboxState.DISCARDED, reason=reason.value))
        case Later(at, reason):
            apply(session, edge, row, Decision(state=OutboxState.QUEUED, at=at, reason=reason.value))
        case Allowed():
            at = edge.clock.now() + STOPPED_RETRY
            apply(session, edge, row, Decision(state=OutboxState.QUEUED, at=at, reason="no_token"))


def _leaving(
    session: Session,
    edge: Edge,
    row: OutboxRow,
    conversation: ConversationRow,
    customer: CustomerRow,
    number: NumberRow | None,
) -> Leaving:
    merchant, now = MerchantId(row.merchant_id), edge.clock.now()
    whole = customers.survivor(session, customer)
    return Leaving(
        origin=Origin(row.origin),
        purpose=Purpose(row.purpose),
        is_template=row.kind == "template",
        fence=row.fence,
        conversation_fence=conversation.fence,
        window_closes_at=conversation.window_closes_at,
        lease_until=conversation.lease_until,
        opted_out=whole.opted_out_at is not None,
        consented=edge.rights.has_consented(session, whole.id, row.purpose),
        erased=customer.data_key is None,
        quiet_until=edge.rights.quiet_until(session, merchant, now),
        number_stopped=number is None or number.stopped_reason is not None,
        number_paused_until=number.paused_until if number else None,
        pair_full_at=conversation.pair_full_at,
    )


def _body(session: Session, edge: Edge, row: OutboxRow, customer: CustomerRow) -> dict[str, Any]:
    sealer = customers.person_sealer(edge, customer)
    if sealer is None:
        raise LookupError("the gate let a message to an erased person pass")
    plain = json.loads(sealer.open(row.body, Place(MerchantId(row.merchant_id), OUTBOX, "body")))
    address = customers.address_of(session, edge, customer)
    return envelope(Outgoing(plain["type"], plain["content"]), address, opaque=f"{OPAQUE}{row.id}")


def _learn_number(session: Session, edge: Edge, row: OutboxRow, outcome: Accepted) -> None:
    """Meta may know the person by another number than the one that was written to."""
    if outcome.wa_id is None:
        return
    conversation = session.get_one(ConversationRow, row.conversation_id)
    customer = customers.survivor(session, session.get_one(CustomerRow, conversation.customer_id))
    customers.learn_number(session, edge, MerchantId(row.merchant_id), customer, outcome.wa_id)
