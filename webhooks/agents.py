"""A person's own words: written in the console, they take the conversation over and leave like any message."""

from uuid import UUID

from sqlmodel import Session

from webhooks import outbox
from webhooks.conversation import take_over
from webhooks.gate import Origin
from webhooks.messages import text
from webhooks.models import ConversationRow
from webhooks.outbox import Letter
from webhooks.room import Edge


def say(
    session: Session, edge: Edge, conversation: ConversationRow, words: str, *, actor: str
) -> UUID | None:
    """Send what a person wrote (the conversation is held by the caller); None when the customer was erased."""
    take_over(session, edge, conversation, actor=actor)
    letter = Letter(message=text(words), words=words, origin=Origin.AGENT)
    return outbox.enqueue(session, edge, conversation, letter)
