"""Tables of the edge: its numbers, the people who write to them, their conversations, and what leaves.

What people said and who they are is sealed; what must be looked up is kept as a keyed hash (`digest`).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from webhooks.columns import SCHEMA, moment, sealed, within
from webhooks.gate import Origin

ORIGINS = tuple(origin.value for origin in Origin)


class NumberRow(SQLModel, table=True):
    """A merchant's WhatsApp number and its token."""

    __tablename__ = "number"
    __table_args__ = {"schema": SCHEMA}

    phone_number_id: str = Field(primary_key=True, max_length=64)
    merchant_id: UUID = Field(index=True)
    waba_id: str = Field(max_length=64)
    display_phone_number: str = Field(max_length=32)
    token: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """None once the owner has withdrawn access."""
    stopped_reason: str | None = Field(default=None, max_length=64)
    paused_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class CustomerRow(SQLModel, table=True):
    """A person who writes to a merchant, and the key under which all that is theirs is sealed."""

    __tablename__ = "customer"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    data_key: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """Destroyed when the person is erased."""
    name: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    created_at: datetime = Field(sa_column=moment())
    merged_into: UUID | None = Field(default=None, sa_column=within("customer", nullable=True))
    opted_out_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    marketing_stopped_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class AliasRow(SQLModel, table=True):
    """A number or a user id by which a customer is known."""

    __tablename__ = "alias"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    customer_id: UUID = Field(sa_column=within("customer"))
    kind: str = Field(max_length=16)
    value: bytes = Field(sa_column=sealed())
    seen_at: datetime = Field(sa_column=moment())


class ConversationRow(SQLModel, table=True):
    """A customer's chat with one of the merchant's numbers."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("customer_id", "phone_number_id"), {"schema": SCHEMA})

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    customer_id: UUID = Field(sa_column=within("customer"))
    phone_number_id: str = Field(max_length=64)
    created_at: datetime = Field(sa_column=moment())
    window_closes_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    lease_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """Until when a person has taken over."""
    fence: int = 0
    """Grows with every takeover: what was made under an older value is not sent."""
    person_wanted_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    language: str | None = Field(default=None, max_length=2)
    awaiting: str | None = Field(default=None, max_length=16)
    open_turn_id: UUID | None = None
    """The turn that the mind is reading; the next one waits for it."""
    closing_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """When a job will come to close the burst that is gathering."""
    pair_full_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class TurnRow(SQLModel, table=True):
    """What a customer said in one go, and what the mind made of it."""

    __tablename__ = "turn"
    __table_args__ = (
        Index("turn_unread", "merchant_id", "asked_at", postgresql_where=text("state = 'asked'")),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID = Field(sa_column=within("conversation"))
    state: str = Field(max_length=16)
    fence: int
    asked_at: datetime = Field(sa_column=moment())
    answered_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    notice: str | None = Field(default=None, max_length=32)
    """A phrase to add to the answer, about what in the turn could not be read."""
    reading: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """What the answer rests on: sources, confidence, version of the knowledge base."""
    held: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """The part of the reply that is ready and waits for the diary's, to leave in one message."""


class LineRow(SQLModel, table=True):
    """A line of the transcript, sealed under the person's key."""

    __tablename__ = "line"
    __table_args__ = (
        UniqueConstraint("merchant_id", "wamid_digest"),
        CheckConstraint(f"origin in {ORIGINS}", name="origin_is_known"),
        Index("line_of_conversation", "conversation_id", "at"),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID
    conversation_id: UUID = Field(sa_column=within("conversation"))
    customer_id: UUID = Field(sa_column=within("customer"))
    """Whose key it is sealed under."""
    origin: str = Field(max_length=16)
    kind: str = Field(max_length=24)
    state: str = Field(max_length=16)
    notice: str | None = Field(default=None, max_length=32)
    """The phrase that says that it cannot be read."""
    body: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    raw: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    at: datetime = Field(sa_column=moment())
    received_at: datetime = Field(sa_column=moment())
    wamid: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """A message id of WhatsApp shows the person's number to who decodes it."""
    wamid_digest: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    turn_id: UUID | None = None
    outbox_id: UUID | None = None
    tap: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """The id of a booking button or row that was tapped: it goes to the diary unread."""


class OutboxRow(SQLModel, table=True):
    """A message on its way out. A turn has one reply, whatever is killed and run again."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "outbox_unsettled",
            "merchant_id",
            "not_before",
            postgresql_where=text("state in ('queued', 'sending', 'unknown')"),
        ),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID = Field(sa_column=within("conversation"))
    kind: str = Field(max_length=16)
    origin: str = Field(max_length=16)
    purpose: str = Field(max_length=16)
    body: bytes = Field(sa_column=sealed())
    state: str = Field(max_length=16)
    reason: str = Field(default="", max_length=64)
    error_code: int | None = None
    attempts: int = 0
    not_before: datetime = Field(sa_column=moment())
    fence: int
    turn_id: UUID | None = Field(default=None, unique=True)
    outcome: str | None = Field(default=None, max_length=16)
    """What of the diary's it tells: booked, offered, reminder…; for counting."""
    wamid_digest: bytes | None = Field(default=None, sa_column=Column(LargeBinary, index=True))
    created_at: datetime = Field(sa_column=moment())
    sent_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    settled_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class StatusRow(SQLModel, table=True):
    """A status of one of our messages, for counting what was delivered and charged."""

    __tablename__ = "status"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    """The receipt's own id, so that running the job again adds nothing."""
    merchant_id: UUID = Field(index=True)
    outbox_id: UUID | None = Field(default=None, index=True)
    kind: str = Field(max_length=16)
    at: datetime = Field(sa_column=moment())
    error_code: int | None = None
    pricing_category: str | None = Field(default=None, max_length=48)
    pricing_type: str | None = Field(default=None, max_length=48)


class PersonRequestRow(SQLModel, table=True):
    """A right that a customer used in the chat, for the privacy package to act on."""

    __tablename__ = "person_request"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    """The line's own id: one line asks once."""
    merchant_id: UUID = Field(index=True)
    customer_id: UUID = Field(sa_column=within("customer"))
    conversation_id: UUID = Field(sa_column=within("conversation"))
    kind: str = Field(max_length=24)
    purpose: str | None = Field(default=None, max_length=32)
    asked_at: datetime = Field(sa_column=moment())
    done_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class RatingRow(SQLModel, table=True):
    """A score that a customer gave."""

    __tablename__ = "rating"
    __table_args__ = {"schema": SCHEMA}

    turn_id: UUID = Field(sa_column=within("turn", primary_key=True))
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID = Field(sa_column=within("conversation"))
    score: int
    given_at: datetime = Field(sa_column=moment())


class ReportRow(SQLModel, table=True):
    """What became of something that the merchant asked of the diary: a link, an unlinking, a booking by hand."""

    __tablename__ = "report"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    request_id: UUID | None = Field(default=None, index=True)
    kind: str = Field(max_length=32)
    facts: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    told_at: datetime = Field(sa_column=moment())
