"""What a conversation about a booking remembers, one sealed value per conversation.

What it holds is the conversation's own affair (`conversation/`): here it is bytes.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete

from calendar_sync.models import ConversationRow
from kernel.ids import MerchantId
from kernel.sealing import Place, Sealer

TABLE = "calendar.conversation"


def load_state(session: Session, sealer: Sealer, merchant: MerchantId, conversation: UUID) -> bytes | None:
    """The state as it was saved last; None where nothing is going on. Held until the transaction ends."""
    row = session.get(ConversationRow, conversation, with_for_update=True, populate_existing=True)
    return None if row is None else sealer.open(row.state, Place(merchant, TABLE, "state"))


def save_state(
    session: Session, sealer: Sealer, merchant: MerchantId, conversation: UUID, state: bytes, now: datetime
) -> None:
    sealed = sealer.seal(state, Place(merchant, TABLE, "state"))
    row = {"id": conversation, "merchant_id": merchant, "changed_at": now, "state": sealed}
    statement = insert(ConversationRow).values(row)
    session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"changed_at": now, "state": sealed})
    )
    session.expire_all()


def drop_state(session: Session, conversation: UUID) -> None:
    session.execute(delete(ConversationRow).where(col(ConversationRow.id) == conversation))
