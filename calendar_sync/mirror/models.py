"""Tables of the mirror: how far each calendar has been read, and the channels that Google tells of changes by."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary
from sqlmodel import Field, SQLModel

from calendar_sync.models import SCHEMA

_AT = DateTime(timezone=True)


class SyncRow(SQLModel, table=True):
    """How far a calendar has been read."""

    __tablename__ = "sync"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    """The calendar's, as in `google_calendar`."""
    sync_token: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """Sealed; saved only after all pages were worked through."""
    synced_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    wanted_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    """When a push last said that something changed."""
    missed: int = 0
    """Changes that the sweep found and no push had told of."""


class ChannelRow(SQLModel, table=True):
    """A channel, stored before Google is asked for it: its first push may come before the answer."""

    __tablename__ = "channel"
    __table_args__ = {"schema": SCHEMA}

    id: str = Field(primary_key=True, max_length=64)
    merchant_id: UUID = Field(index=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    token_digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    resource_id: str = ""
    """Empty until Google has answered."""
    made_at: datetime = Field(sa_column=Column(_AT, nullable=False))
    ends_at: datetime = Field(sa_column=Column(_AT, nullable=False))
    heard_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    number: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
