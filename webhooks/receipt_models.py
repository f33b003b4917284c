"""Tables of the receipt: whose a number is, what came in, and what could not be read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from webhooks.columns import SCHEMA, moment, sealed


class NumberRouteRow(SQLModel, table=True):
    """Whose number is it? Read before a merchant can be named, so it is fenced by no policy and tells no more."""

    __tablename__ = "number_route"
    __table_args__ = {"schema": SCHEMA}

    phone_number_id: str = Field(primary_key=True, max_length=64)
    waba_id: str = Field(index=True, max_length=64)
    merchant_id: UUID


class InboundRow(SQLModel, table=True):
    """A receipt: one item of a delivery, stored once. Its raw form is dropped as soon as it has been taken in."""

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("merchant_id", "digest"),
        Index("inbound_waiting", "merchant_id", "kind", "party", postgresql_where=text("taken_at is null")),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID
    kind: str = Field(max_length=16)
    phone_number_id: str = Field(max_length=64)
    waba_id: str = Field(max_length=64)
    digest: bytes = Field(sa_column=sealed())
    """What makes it the same item when it is delivered again."""
    party: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """The customer it belongs to, before anybody has looked up who that is."""
    sent_at: datetime = Field(sa_column=moment())
    received_at: datetime = Field(sa_column=moment())
    raw: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    taken_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    reason: str | None = Field(default=None, max_length=64)
    """Why it could not be digested; its raw form is kept then."""


class QuarantineRow(SQLModel, table=True):
    """What could not be read or belongs to no merchant, with the reason, for an operator."""

    __tablename__ = "quarantine"
    __table_args__ = {"schema": SCHEMA}

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    phone_number_id: str = Field(max_length=64)
    waba_id: str = Field(max_length=64)
    reason: str = Field(max_length=200)
    raw: bytes = Field(sa_column=sealed())
    received_at: datetime = Field(sa_column=moment())
