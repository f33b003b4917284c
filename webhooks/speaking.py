"""Which language a conversation is held in."""

from sqlmodel import Session

from webhooks.customers import address_of
from webhooks.models import ConversationRow, CustomerRow
from webhooks.phrases import likely_language
from webhooks.room import Edge


def spoken_language(session: Session, edge: Edge, conversation: ConversationRow) -> str:
    """What was spoken so far, else a guess from where the customer writes from."""
    if conversation.language is not None:
        return conversation.language
    address = address_of(session, edge, session.get_one(CustomerRow, conversation.customer_id))
    return likely_language(address.wa_id, address.user_id)
