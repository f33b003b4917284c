"""Tables of connections. The edge may read what the console shows, and none of the tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from calendar_sync.models import SCHEMA

_AT = DateTime(timezone=True)


class LinkedRow(SQLModel, table=True):
    """Which merchants have a connection, and when to look at it next. Not fenced: it is how the rounds are made."""

    __tablename__ = "linked"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    account_digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))
    """Two shops may be linked to one Google account: taking one back must not cut off the other."""
    due_at: datetime = Field(sa_column=Column(_AT, nullable=False, index=True))


class ConnectionRow(SQLModel, table=True):
    """A merchant's connection, without its tokens."""

    __tablename__ = "connection"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    state: str = Field(max_length=16)
    choice: str = Field(max_length=1)
    """Which of the two sets of scopes was asked for."""
    granted: str
    account_digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    account: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Sealed: `sub` and e-mail."""
    lapse: str = Field(default="", max_length=64)
    """Google's word for why it ended."""
    linked_at: datetime = Field(sa_column=Column(_AT, nullable=False))
    lost_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    refresh_ends_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    skew_seconds: int | None = None
    """How far Google's clock was ahead of ours."""
    examined_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    findings: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """Sealed: they name calendars."""


class TokenRow(SQLModel, table=True):
    """A connection's tokens, sealed. Gone with the permission."""

    __tablename__ = "token"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    refresh: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    access: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    access_ends_at: datetime = Field(sa_column=Column(_AT, nullable=False))


class GoogleCalendarRow(SQLModel, table=True):
    """A calendar that the linked account may see, and what the merchant chose it for."""

    __tablename__ = "google_calendar"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Sealed: id and name."""
    role: str = Field(max_length=24)
    is_primary: bool = False
    blocks: bool = False
    writes: bool = False
    wrote: bool = False
    """Bookings were written to it before."""
    staff: list[str] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    """Whom alone it blocks."""


class LinkRow(SQLModel, table=True):
    """An attempt to link: what it will be proved by. The verifier never leaves the diary."""

    __tablename__ = "link"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    state_digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    verifier: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    nonce: str
    choice: str = Field(max_length=1)
    redirect_uri: str
    actor: str
    ends_at: datetime = Field(sa_column=Column(_AT, nullable=False))
    used_by: UUID | None = None
    """The request that brought the code back."""


class RevocationRow(SQLModel, table=True):
    """A permission to be taken back at Google, and nothing else that can be done with it. Gone in a day at most."""

    __tablename__ = "revocation"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    ticket: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    attempts: int = 0
    ends_at: datetime = Field(sa_column=Column(_AT, nullable=False))


class ReceiptRow(SQLModel, table=True):
    """What became of a connection that was taken back, for the merchant and the auditor."""

    __tablename__ = "receipt"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    reason: str = Field(max_length=16)
    actor: str
    asked_at: datetime = Field(sa_column=Column(_AT, nullable=False))
    tokens_deleted_at: datetime = Field(sa_column=Column(_AT, nullable=False))
    deleted: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """How many rows of each kind."""
    revocation: str = Field(max_length=16)
    revoked_at: datetime | None = Field(default=None, sa_column=Column(_AT))
    attempts: int = 0
