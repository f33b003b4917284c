"""Tables of what merchants know. Published text, edits not yet live, vectors and sketches, and what could not be answered.

No foreign key leaves the package, and every table carries its merchant.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SCHEMA = "knowledge"


class HeadRow(SQLModel, table=True):
    """What is live for one merchant. Readers look here in their own transaction before they trust a copy."""

    __tablename__ = "head"
    __table_args__ = {"schema": SCHEMA}

    merchant_id: UUID = Field(primary_key=True)
    version: int
    """Grows with every publication; 0 = nothing was published yet."""
    profile: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    serving_model: str
    """The embedding model whose vectors are complete and in use; empty before the first."""
    vector_revision: int
    """Grows whenever a model's vectors became complete, so that a copy made before is made anew."""


class PublicationRow(SQLModel, table=True):
    """One published version: when, by whom, out of what."""

    __tablename__ = "publication"
    __table_args__ = (PrimaryKeyConstraint("merchant_id", "version"), {"schema": SCHEMA})

    merchant_id: UUID = Field(index=True)
    version: int
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    actor: str
    origin: str = Field(max_length=16)
    """"edit", "import", "undo" or "learnt"."""
    profile: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    keys: list[str] = Field(sa_column=Column(JSONB, nullable=False))
    """Of the entries, in the merchant's order. Moving an entry is no revision of it."""
    added: int
    changed: int
    removed: int


class EntryRevisionRow(SQLModel, table=True):
    """An entry as it was from one version until the version that replaced it; without an end it is live."""

    __tablename__ = "entry_revision"
    __table_args__ = (
        Index(
            "one_live_revision", "merchant_id", "key", unique=True, postgresql_where=text("valid_to is null")
        ),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    key: str
    kind: str = Field(max_length=16)
    body: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    valid_from: int
    valid_to: int | None = None


class DraftRow(SQLModel, table=True):
    """An edit that is not live yet. No body means that the entry is to be deleted."""

    __tablename__ = "draft"
    __table_args__ = (PrimaryKeyConstraint("merchant_id", "key"), {"schema": SCHEMA})

    merchant_id: UUID = Field(index=True)
    key: str
    kind: str = Field(max_length=16)
    """Kind of the entry, or "profile" under the key "profile"."""
    body: dict[str, Any] | None = Field(sa_column=Column(JSONB(none_as_null=True)))
    saved_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class PassageRow(SQLModel, table=True):
    """A piece of live text. Rows of text that is no longer live are deleted when it is replaced."""

    __tablename__ = "passage"
    __table_args__ = (PrimaryKeyConstraint("merchant_id", "entry_key", "number"), {"schema": SCHEMA})

    merchant_id: UUID = Field(index=True)
    entry_key: str
    number: int
    citation: str
    kind: str = Field(max_length=16)
    text: str
    heading: str
    text_hash: str = Field(max_length=32)


class VectorRow(SQLModel, table=True):
    """The vector of one live text by one model, in half precision."""

    __tablename__ = "vector"
    __table_args__ = (PrimaryKeyConstraint("merchant_id", "model", "text_hash"), {"schema": SCHEMA})

    merchant_id: UUID = Field(index=True)
    model: str
    """Name and version of the model, as "name@version"."""
    text_hash: str = Field(max_length=32)
    embedding: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SketchRow(SQLModel, table=True):
    """What a sketcher made of one live text's token vectors by one model."""

    __tablename__ = "sketch"
    __table_args__ = (
        PrimaryKeyConstraint("merchant_id", "model", "sketcher", "text_hash"),
        {"schema": SCHEMA},
    )

    merchant_id: UUID = Field(index=True)
    model: str
    sketcher: str
    """Version of what made it."""
    text_hash: str = Field(max_length=32)
    sketch: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class GapRow(SQLModel, table=True):
    """A question that could not be answered, without what would tell who asked it."""

    __tablename__ = "gap"
    __table_args__ = (
        UniqueConstraint("merchant_id", "folded"),
        CheckConstraint("status in ('open', 'answered', 'dismissed')", name="known_status"),
        {"schema": SCHEMA},
    )

    id: UUID = Field(primary_key=True)
    merchant_id: UUID = Field(index=True)
    question: str
    folded: str
    """The question's words without case and accents: the same question asked again is counted here."""
    language: str = Field(max_length=2)
    count: int
    status: str = Field(max_length=16)
    first_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    last_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    answered_by: str | None = None
    """Key of the entry that answers it now."""


class LearntPhrasingRow(SQLModel, table=True):
    """A way customers ask for an entry, learnt from a gap that the merchant answered with it."""

    __tablename__ = "learnt_phrasing"
    __table_args__ = (PrimaryKeyConstraint("merchant_id", "entry_key", "text"), {"schema": SCHEMA})

    merchant_id: UUID = Field(index=True)
    entry_key: str
    text: str
    learnt_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
