"""The mind's in-tray and out-tray."""

import sqlalchemy as sa
from alembic import op

from app.migrations.fences import fence, grant, open_schema
from kernel.settings import Room

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    open_schema("assistant", (Room.EDGE, Room.MIND))
    _turn()
    _turn_context()
    _reading()
    _grants()


def _turn() -> None:
    op.create_table(
        "turn",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("awaiting", sa.String(16)),
        sa.Column("text", sa.LargeBinary, nullable=False),
        schema="assistant",
    )
    fence("assistant.turn")


def _turn_context() -> None:
    op.create_table(
        "turn_context",
        sa.Column(
            "turn_id", sa.Uuid, sa.ForeignKey("assistant.turn.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("origin in ('customer', 'answer')", name="no_calendar_line_reaches_the_mind"),
        schema="assistant",
    )
    fence("assistant.turn_context")


def _reading() -> None:
    op.create_table(
        "reading",
        sa.Column("turn_id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("knowledge_version", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        schema="assistant",
    )
    fence("assistant.reading")


def _grants() -> None:
    # The edge puts into the one tray and takes from the other; it never reads back what it has put in.
    grant(Room.EDGE, "insert", ["assistant.turn", "assistant.turn_context"])
    grant(Room.EDGE, "select, delete", ["assistant.reading"])
    grant(Room.MIND, "select, delete", ["assistant.turn", "assistant.turn_context"])
    grant(Room.MIND, "select, insert", ["assistant.reading"])
