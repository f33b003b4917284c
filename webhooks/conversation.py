"""A customer's conversation with one number: found or opened, its window, and who has the word."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select, update

from kernel import ledger
from kernel.ids import MerchantId
from webhooks.ids import new_id
from webhooks.models import ConversationRow, CustomerRow, LineRow
from webhooks.room import Edge
from webhooks.transcript import LineState

WINDOW = timedelta(hours=24)


def opened(session: Session, edge: Edge, customer: CustomerRow, phone_number_id: str) -> ConversationRow:
    """The conversation, made where there was none, and held until the transaction ends."""
    found = _held(session, customer.id, phone_number_id)
    if found is not None:
        return found
    now = edge.clock.now()
    row = {
        "id": new_id(now),
        "merchant_id": customer.merchant_id,
        "customer_id": customer.id,
        "phone_number_id": phone_number_id,
        "created_at": now,
        "fence": 0,
    }
    session.execute(insert(ConversationRow).values(row).on_conflict_do_nothing())
    made = _held(session, customer.id, phone_number_id)
    if made is None:
        raise LookupError("a conversation that was just made is not there")
    return made


def held(session: Session, conversation_id: UUID) -> ConversationRow | None:
    """The conversation, held until the transaction ends: one job at a time changes it."""
    query = select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    return session.exec(query).first()


def heard_from(conversation: ConversationRow, at: datetime) -> None:
    """The customer wrote: WhatsApp's window stays open for a day from then."""
    closes = at + WINDOW
    if conversation.window_closes_at is None or closes > conversation.window_closes_at:
        conversation.window_closes_at = closes


def is_taken_over(conversation: ConversationRow, now: datetime) -> bool:
    return conversation.lease_until is not None and now < conversation.lease_until


def take_over(
    session: Session, edge: Edge, conversation: ConversationRow, *, actor: str, since: datetime | None = None
) -> None:
    """A person has the word: what the assistant had in hand is not sent, and it stays silent for a while."""
    now = edge.clock.now()
    until = (since or now) + edge.takeover
    if until <= now:
        return
    if not is_taken_over(conversation, now):
        _record(session, edge, conversation, actor, "conversation taken over")
    conversation.lease_until = max(until, conversation.lease_until or until)
    conversation.fence += 1
    conversation.person_wanted_at = None
    waiting = update(LineRow).where(col(LineRow.conversation_id) == conversation.id)
    waiting = waiting.where(col(LineRow.state) == LineState.WAITING.value)
    session.execute(waiting.values(state=LineState.PERSON.value))


def hand_back(session: Session, edge: Edge, conversation: ConversationRow, *, actor: str) -> None:
    """The assistant has the word again."""
    conversation.lease_until = None
    conversation.fence += 1
    _record(session, edge, conversation, actor, "conversation handed back")


def want_person(session: Session, edge: Edge, conversation: ConversationRow, *, actor: str) -> None:
    """The customer wants a person, or the mind thinks that one is needed. Told to the merchant once."""
    if conversation.person_wanted_at is None:
        conversation.person_wanted_at = edge.clock.now()
        _record(session, edge, conversation, actor, "person wanted")


def _held(session: Session, customer_id: UUID, phone_number_id: str) -> ConversationRow | None:
    query = select(ConversationRow).where(
        ConversationRow.customer_id == customer_id, ConversationRow.phone_number_id == phone_number_id
    )
    return session.exec(query.with_for_update()).first()


def _record(session: Session, edge: Edge, conversation: ConversationRow, actor: str, action: str) -> None:
    merchant = MerchantId(conversation.merchant_id)
    detail = {"conversation": str(conversation.id)}
    ledger.append(session, edge.clock, merchant, actor=actor, action=action, detail=detail)
