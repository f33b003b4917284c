"""The rights that customers use in the chat: recorded, acted upon at once where that is ours, and confirmed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from kernel import ledger
from kernel.ids import MerchantId
from webhooks import outbox
from webhooks.controls import Control, ControlKind
from webhooks.conversation import want_person
from webhooks.gate import Origin, Purpose
from webhooks.messages import text
from webhooks.models import ConversationRow, CustomerRow, LineRow, PersonRequestRow
from webhooks.outbox import Letter
from webhooks.phrases import phrase
from webhooks.room import Edge
from webhooks.speaking import spoken_language


def use(session: Session, edge: Edge, conversation: ConversationRow, control: Control, line: LineRow) -> None:
    """Do what the customer asked for by a control, and say so."""
    words = exercise(session, edge, conversation, control, line.id)
    letter = Letter(
        message=text(words), words=words, origin=Origin.SYSTEM, purpose=Purpose.RECEIPT, turn_id=line.id
    )
    outbox.enqueue(session, edge, conversation, letter)


def exercise(
    session: Session, edge: Edge, conversation: ConversationRow, control: Control, source: UUID
) -> str:
    """Do what the customer asked for and return the words that say so. `source`: the line or turn that asked."""
    customer = session.get_one(CustomerRow, conversation.customer_id)
    now = edge.clock.now()
    _apply(session, edge, conversation, customer, control, now)
    if control.kind is not ControlKind.PERSON:
        _write_down(session, edge, conversation, control, source, now)
    return phrase(control.kind.value, spoken_language(session, edge, conversation))


def _apply(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    customer: CustomerRow,
    control: Control,
    now: datetime,
) -> None:
    match control.kind:
        case ControlKind.OPT_OUT:
            customer.opted_out_at = now
        case ControlKind.OPT_IN:
            customer.opted_out_at = customer.marketing_stopped_at = None
        case ControlKind.PERSON:
            want_person(session, edge, conversation, actor="customer")
        case _:
            # Erasure, export and consents are the privacy package's: it finds the row that is written down.
            pass


def _write_down(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    control: Control,
    source: UUID,
    now: datetime,
) -> None:
    merchant = MerchantId(conversation.merchant_id)
    row = {
        "id": source,
        "merchant_id": merchant,
        "customer_id": conversation.customer_id,
        "conversation_id": conversation.id,
        "kind": control.kind.value,
        "purpose": control.purpose and control.purpose[:32],
        "asked_at": now,
    }
    session.execute(insert(PersonRequestRow).values(row).on_conflict_do_nothing())
    detail = {"customer": str(conversation.customer_id), "kind": control.kind.value}
    ledger.append(session, edge.clock, merchant, actor="customer", action="right used", detail=detail)
