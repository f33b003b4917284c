"""The diary's trays, the delivered copy of a shop, and what a conversation about a booking remembers.

No foreign key leaves the package; every table carries its merchant. Bodies are sealed: those in the trays with the
key that the edge and the diary share, a conversation's state with the diary's own.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SCHEMA = "calendar"


class RequestRow(SQLModel, table=True):
    """In-tray: what the edge asks. Gone once it is answered, so that no request is lost with a killed process."""

    __tablename__ = "request"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID | None = None
    laid_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class OutcomeRow(SQLModel, table=True):
    """Out-tray: what the diary answers, waiting for the edge."""

    __tablename__ = "outcome"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID | None = None
    made_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ShopRow(SQLModel, table=True):
    """The diary's copy of what a merchant offers and when, delivered by the edge."""

    __tablename__ = "shop"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    version: int
    """Of the merchant's published knowledge that it was made from."""
    digest: str = Field(max_length=64)
    document: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    delivered_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class ConversationRow(SQLModel, table=True):
    """What a conversation about a booking remembers between two messages."""

    __tablename__ = "conversation"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    changed_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    state: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
