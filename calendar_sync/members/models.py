"""The members' list of a merchant. Who is on it is sealed; what must be looked up is kept as a keyed hash."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Date, DateTime, Index, LargeBinary
from sqlmodel import Field, SQLModel

SCHEMA = "calendar"


class MemberRow(SQLModel, table=True):
    """One person on the list."""

    __tablename__ = "member"
    __table_args__ = (
        Index("member_by_phone", "merchant_id", "phone_digest"),
        Index("member_by_document", "merchant_id", "document_digest"),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID
    phone_digest: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    document_digest: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    valid_from: date | None = Field(default=None, sa_column=Column(Date))
    valid_until: date | None = Field(default=None, sa_column=Column(Date))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Name, phone and document as they were imported."""
    imported_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
