"""Tables of bookings and of what they occupy. No foreign key leaves the package; every table carries its merchant."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Computed, DateTime, ForeignKey, Identity, LargeBinary, Uuid
from sqlalchemy.dialects.postgresql import INT8RANGE, JSONB
from sqlmodel import Field, SQLModel

SCHEMA = "calendar"
RESOURCE_SHIFT = 34
"""Seconds since 1970 fit below this bit for five hundred years; the resource's number stands above it."""


class BookingRow(SQLModel, table=True):
    """One booking or hold. The edge may read it; `person` is sealed with the trays' key."""

    __tablename__ = "booking"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    customer_id: UUID | None = Field(default=None, index=True)
    conversation_id: UUID | None = None
    request_id: UUID
    state: str = Field(max_length=16)
    starts_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))
    ends_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    slot: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    next: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    language: str = Field(max_length=2)
    person: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    reminders_allowed: bool
    expires_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    confirmed_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    etag: str
    version: int
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    changed_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class ResourceRow(SQLModel, table=True):
    """The number of a person, a room, a table, or one seat of a class."""

    __tablename__ = "resource"
    __table_args__ = {"schema": SCHEMA}

    number: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    merchant_id: UUID = Field(index=True)
    kind: str = Field(max_length=16)
    key: str
    unit: int


class HoldRow(SQLModel, table=True):
    """One resource, taken by one booking for one stretch of time. The database refuses a second one there."""

    __tablename__ = "hold"
    __table_args__ = {"schema": SCHEMA}

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    merchant_id: UUID = Field(index=True)
    booking_id: UUID = Field(
        sa_column=Column(Uuid, ForeignKey(f"{SCHEMA}.booking.id", ondelete="CASCADE"), nullable=False)
    )
    resource: int = Field(
        sa_column=Column(BigInteger, ForeignKey(f"{SCHEMA}.resource.number"), nullable=False)
    )
    starts: int = Field(sa_column=Column(BigInteger, nullable=False))
    ends: int = Field(sa_column=Column(BigInteger, nullable=False))
    is_next: bool = False
    """Taken for where the booking is being moved to."""
    expires_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    span: Any = Field(
        default=None,
        sa_column=Column(
            INT8RANGE,
            Computed(
                f"int8range((resource << {RESOURCE_SHIFT}) + starts, (resource << {RESOURCE_SHIFT}) + ends)",
                persisted=True,
            ),
        ),
    )
