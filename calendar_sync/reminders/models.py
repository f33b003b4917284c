"""Which reminders were sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Uuid
from sqlmodel import Field, SQLModel

from calendar_sync.models import SCHEMA

_AT = DateTime(timezone=True)


class ReminderRow(SQLModel, table=True):
    """One reminder of one booking at one time: what is here was sent and is not sent again."""

    __tablename__ = "reminder"
    __table_args__ = {"schema": SCHEMA}

    booking_id: UUID = Field(
        sa_column=Column(Uuid, ForeignKey(f"{SCHEMA}.booking.id", ondelete="CASCADE"), primary_key=True)
    )
    minutes: int = Field(primary_key=True)
    """How long before the booking."""
    starts_at: datetime = Field(sa_column=Column(_AT, primary_key=True))
    merchant_id: UUID = Field(index=True)
    sent_at: datetime = Field(sa_column=Column(_AT, nullable=False))
