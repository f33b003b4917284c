"""The mind's two trays. The edge puts turns into the one and takes readings from the other."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, LargeBinary, Uuid
from sqlmodel import Field, SQLModel

SCHEMA = "assistant"


class TurnRow(SQLModel, table=True):
    """In-tray: what a customer said, waiting to be read. Gone once the reading is written."""

    __tablename__ = "turn"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID
    """The edge's name for the conversation; the mind only hands it back."""
    asked_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    language: str | None = Field(default=None, max_length=2)
    awaiting: str | None = Field(default=None, max_length=16)
    """What kind of detail a booking in progress waits for, never what was offered."""
    text: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class TurnContextRow(SQLModel, table=True):
    """Earlier lines that a turn takes along. No line of the calendar, a person or a campaign gets in."""

    __tablename__ = "turn_context"
    __table_args__ = (
        CheckConstraint("origin in ('customer', 'answer')", name="no_calendar_line_reaches_the_mind"),
        {"schema": SCHEMA},
    )

    turn_id: UUID = Field(
        sa_column=Column(Uuid, ForeignKey(f"{SCHEMA}.turn.id", ondelete="CASCADE"), primary_key=True)
    )
    position: int = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    origin: str = Field(max_length=16)
    text: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ReadingRow(SQLModel, table=True):
    """Out-tray: what the mind made of a turn, waiting for the edge."""

    __tablename__ = "reading"
    __table_args__ = {"schema": SCHEMA}

    turn_id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    conversation_id: UUID
    read_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    knowledge_version: int
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
