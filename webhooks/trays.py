"""The mind's trays as the edge sees them: what it lays in the one and takes out of the other.

The wiring hands in functions that fit `Trays`; the edge does not know whose they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from kernel.ids import MerchantId
from webhooks.ids import ConversationId, TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnIn:
    """A turn for the mind. `context` holds (origin, text) of earlier lines, oldest first: customer or answer only."""

    turn_id: TurnId
    merchant_id: MerchantId
    conversation_id: ConversationId
    lines: Sequence[str]
    context: Sequence[tuple[str, str]] = ()
    language_hint: str | None = None
    awaiting: str | None = None
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOut:
    """What the mind made of a turn."""

    turn_id: TurnId
    text: str
    language: str
    kind: str
    abstained: bool = False
    handoff: bool = False
    confidence: float = 0.0
    knowledge_version: int = 0
    sources: Sequence[Mapping[str, str]] = ()
    gaps: Sequence[str] = ()


class Trays(Protocol):
    def put_turn(self, session: Session, turn: TurnIn) -> None:
        """Lay a turn in the in-tray and wake the mind, in the session's transaction."""
        ...

    def take_reading(self, session: Session, merchant: MerchantId, turn_id: TurnId) -> ReadingOut | None:
        """Take a reading out of the out-tray; None when it is not there."""
        ...
