"""Tables of the kernel: the register of merchants and the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SCHEMA = "kernel"


class MerchantRow(SQLModel, table=True):
    """The register of merchants.

    Its policy lets the edge see all of them (it must find whose number was written to) and the inner rooms
    only the one they are working for.
    """

    __tablename__ = "merchant"
    __table_args__ = {"schema": SCHEMA}

    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True, max_length=64)
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class LedgerRow(SQLModel, table=True):
    """One line of a merchant's hash chain. Rows are only ever added (a trigger refuses the rest)."""

    __tablename__ = "ledger"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    sequence: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    actor: str
    action: str
    detail: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    previous: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
