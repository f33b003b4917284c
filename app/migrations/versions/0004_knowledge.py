"""What merchants know: published text, edits, passages, vectors, gaps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.migrations.fences import READ, WRITE, fence, grant, open_schema
from kernel.settings import Room

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
TABLES = ("head", "publication", "entry_revision", "draft", "passage", "vector", "gap", "learnt_phrasing")


def upgrade() -> None:
    open_schema("knowledge", (Room.EDGE, Room.MIND))
    _published()
    _draft()
    _searched()
    _gaps()
    for table in TABLES:
        fence(f"knowledge.{table}")
    _grants()


def _merchant(*, primary_key: bool = False) -> sa.Column[object]:
    return sa.Column("merchant_id", sa.Uuid, nullable=False, primary_key=primary_key, index=not primary_key)


def _published() -> None:
    op.create_table(
        "head",
        _merchant(primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("profile", postgresql.JSONB, nullable=False),
        sa.Column("serving_model", sa.String, nullable=False),
        sa.Column("vector_revision", sa.Integer, nullable=False),
        schema="knowledge",
    )
    op.create_table(
        "publication",
        _merchant(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("profile", postgresql.JSONB, nullable=False),
        sa.Column("keys", postgresql.JSONB, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "version"),
        schema="knowledge",
    )
    op.create_table(
        "entry_revision",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", postgresql.JSONB, nullable=False),
        sa.Column("valid_from", sa.Integer, nullable=False),
        sa.Column("valid_to", sa.Integer),
        schema="knowledge",
    )
    op.create_index(
        "one_live_revision",
        "entry_revision",
        ["merchant_id", "key"],
        unique=True,
        schema="knowledge",
        postgresql_where=sa.text("valid_to is null"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        _merchant(),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", postgresql.JSONB),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "key"),
        schema="knowledge",
    )


def _searched() -> None:
    op.create_table(
        "passage",
        _merchant(),
        sa.Column("entry_key", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("citation", sa.String, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("heading", sa.String, nullable=False),
        sa.Column("text_hash", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "entry_key", "number"),
        schema="knowledge",
    )
    op.create_table(
        "vector",
        _merchant(),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("text_hash", sa.String(32), nullable=False),
        sa.Column("embedding", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "model", "text_hash"),
        schema="knowledge",
    )


def _gaps() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("folded", sa.String, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("answered_by", sa.String),
        sa.UniqueConstraint("merchant_id", "folded"),
        sa.CheckConstraint("status in ('open', 'answered', 'dismissed')", name="known_status"),
        schema="knowledge",
    )
    op.create_table(
        "learnt_phrasing",
        _merchant(),
        sa.Column("entry_key", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("learnt_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "entry_key", "text"),
        schema="knowledge",
    )


def _grants() -> None:
    tables = [f"knowledge.{table}" for table in TABLES]
    grant(Room.EDGE, WRITE, tables)
    grant(Room.MIND, READ, tables)
    # The mind makes vectors and meets gaps; what a merchant wrote it can only read.
    grant(Room.MIND, "insert, delete", ["knowledge.vector"])
    grant(Room.MIND, "insert, update", ["knowledge.gap"])
    grant(Room.MIND, "update (serving_model, vector_revision)", ["knowledge.head"])
