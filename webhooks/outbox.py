"""The outbox: a message is written down once, with its transcript line and the job that will send it."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from kernel.ids import MerchantId
from kernel.jobs import Job, defer
from kernel.sealing import Place
from webhooks import customers, transcript
from webhooks.gate import Origin, Purpose
from webhooks.ids import new_id
from webhooks.messages import Outgoing
from webhooks.models import ConversationRow, CustomerRow, OutboxRow
from webhooks.room import Edge
from webhooks.statuses import OutboxState
from webhooks.transcript import Draft, LineState

OUTBOX = "webhooks.outbox"
SEND_TASK = "webhooks:send"
QUEUE = "edge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to be sent: what WhatsApp gets, what the transcript shows, and on whose behalf."""

    message: Outgoing
    words: str
    origin: Origin
    purpose: Purpose = Purpose.REPLY
    turn_id: UUID | None = None
    """What it replies to; a second reply to the same turn is never written."""
    fence: int | None = None
    """The conversation's fencing token when it was made; by default the present one."""
    outcome: str | None = None
    """What of the diary's it tells."""
    before: str = ""
    """What of the message the mind wrote, where the rest is the diary's: a line of its own in the transcript,
    since the next turn may take the one along and never the other."""


def enqueue(session: Session, edge: Edge, conversation: ConversationRow, letter: Letter) -> UUID | None:
    """Write a letter down with its line and its job; None when the turn has its reply, or the person is gone."""
    customer = session.get_one(CustomerRow, conversation.customer_id)
    sealer = customers.person_sealer(edge, customer)
    if sealer is None:
        return None
    merchant = MerchantId(conversation.merchant_id)
    plain = json.dumps({"type": letter.message.type, "content": letter.message.content}).encode()
    sealed = sealer.seal(plain, Place(merchant, OUTBOX, "body"))
    outbox_id = _insert(session, edge, conversation, letter, sealed)
    if outbox_id is not None:
        _write_line(session, edge, conversation, letter, outbox_id)
        defer(session, send_job(merchant, outbox_id, conversation.id))
    return outbox_id


def _insert(
    session: Session, edge: Edge, conversation: ConversationRow, letter: Letter, sealed: bytes
) -> UUID | None:
    now = edge.clock.now()
    row = {
        "id": new_id(now),
        "merchant_id": conversation.merchant_id,
        "conversation_id": conversation.id,
        "kind": letter.message.type,
        "origin": letter.origin.value,
        "purpose": letter.purpose.value,
        "body": sealed,
        "state": OutboxState.QUEUED.value,
        "reason": "",
        "attempts": 0,
        "not_before": now,
        "fence": conversation.fence if letter.fence is None else letter.fence,
        "turn_id": letter.turn_id,
        "outcome": letter.outcome,
        "created_at": now,
    }
    query = insert(OutboxRow).values(row).on_conflict_do_nothing(index_elements=["turn_id"])
    return session.execute(query.returning(col(OutboxRow.id))).scalar()


def send_job(merchant: MerchantId, outbox_id: UUID, conversation_id: UUID, at: datetime | None = None) -> Job:
    """A conversation's messages leave one at a time, in order; one that waits does not hold up the others."""
    args = {"merchant": str(merchant), "outbox": str(outbox_id)}
    lock = f"send|{conversation_id}" if at is None else None
    return Job(task=SEND_TASK, queue=QUEUE, args=args, lock=lock, at=at)


def held(session: Session, outbox_id: UUID) -> OutboxRow | None:
    return session.exec(select(OutboxRow).where(OutboxRow.id == outbox_id).with_for_update()).first()


def _write_line(
    session: Session, edge: Edge, conversation: ConversationRow, letter: Letter, outbox_id: UUID
) -> None:
    now = edge.clock.now()
    parts = [(letter.origin, letter.words)]
    if letter.before:
        parts.insert(0, (Origin.ANSWER, letter.before))
    for origin, words in parts:
        draft = Draft(
            origin=origin,
            kind=letter.message.type,
            state=LineState.SAID,
            text=words,
            at=now,
            received_at=now,
            turn_id=letter.turn_id,
            outbox_id=outbox_id,
        )
        transcript.write(session, edge, conversation, draft)
