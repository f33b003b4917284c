"""What an answer rests on, kept with its turn under the person's key, like their words."""

import json
from dataclasses import asdict
from uuid import UUID

from sqlmodel import Session, select

from kernel.ids import MerchantId
from kernel.sealing import Place
from webhooks.customers import person_sealer
from webhooks.models import ConversationRow, CustomerRow, TurnRow
from webhooks.room import Edge
from webhooks.trays import ReadingOut

TURN = "webhooks.turn"


def sealed_grounds(
    session: Session, edge: Edge, conversation: ConversationRow, reading: ReadingOut
) -> bytes | None:
    """What the answer rests on, under the person's key like their words."""
    sealer = person_sealer(edge, session.get_one(CustomerRow, conversation.customer_id))
    if sealer is None:
        return None
    grounds = {
        key: value for key, value in asdict(reading).items() if key not in {"turn_id", "text", "intents"}
    }
    place = Place(MerchantId(conversation.merchant_id), TURN, "reading")
    return sealer.seal(json.dumps(grounds).encode(), place)


def grounds_of(session: Session, edge: Edge, turn_id: UUID) -> dict[str, object] | None:
    """Sources, confidence and version behind an answer, for the merchant's and the auditor's eyes."""
    turn = session.exec(select(TurnRow).where(TurnRow.id == turn_id)).first()
    if turn is None or turn.reading is None:
        return None
    conversation = session.get_one(ConversationRow, turn.conversation_id)
    sealer = person_sealer(edge, session.get_one(CustomerRow, conversation.customer_id))
    if sealer is None:
        return None
    place = Place(MerchantId(turn.merchant_id), TURN, "reading")
    found: dict[str, object] = json.loads(sealer.open(turn.reading, place))
    return found
