"""The mind's and the diary's trays as the edge sees them: what it lays in the one and takes out of the other.

The wiring hands in functions that fit `Trays` and `DiaryTrays`; the edge does not know whose they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

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
    intents: Sequence[Mapping[str, Any]] = ()
    """What is wanted, by name and details; empty where only an answer is."""


class Trays(Protocol):
    def put_turn(self, session: Session, turn: TurnIn) -> None:
        """Lay a turn in the in-tray and wake the mind, in the session's transaction."""
        ...

    def take_reading(self, session: Session, merchant: MerchantId, turn_id: TurnId) -> ReadingOut | None:
        """Take a reading out of the out-tray; None when it is not there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestIn:
    """A customer's wishes about bookings, for the diary. One turn makes one request, under the turn's own id."""

    request_id: UUID
    merchant_id: MerchantId
    conversation_id: ConversationId
    customer_id: UUID
    phone: str | None
    """With its plus; None where WhatsApp hides it."""
    name: str | None
    asked_at: datetime
    language: str
    wishes: Sequence[Mapping[str, Any]] = ()
    tap: str | None = None
    reminders_allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that can be tapped: a button, or a row of a list."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as the diary wrote it."""

    body: str
    buttons: Sequence[Option] = ()
    rows: Sequence[Option] = ()
    list_title: str = ""
    ask_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOut:
    """The approved template that says the same where WhatsApp's window is closed. `buttons`: ids, in order."""

    name: str
    language: str
    values: Sequence[str] = ()
    buttons: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeOut:
    """What the diary answers, or news that it brings by itself (`request_id` is None)."""

    conversation_id: ConversationId
    kind: str
    request_id: UUID | None = None
    messages: Sequence[Said] = ()
    awaiting: str | None = None
    template: TemplateOut | None = None


class DiaryTrays(Protocol):
    def put_request(self, session: Session, request: RequestIn) -> None:
        """Lay a request in the in-tray and wake the diary, in the session's transaction."""
        ...

    def take_outcome(self, session: Session, merchant: MerchantId, outcome_id: UUID) -> OutcomeOut | None:
        """Take an outcome out of the out-tray; None when it is not there, or not for a customer."""
        ...
