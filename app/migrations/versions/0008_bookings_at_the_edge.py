"""The edge's part in bookings: taps that go to the diary, replies that wait for it, and scores."""

from importlib.resources import files

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from app.migrations.fences import WRITE, fence, grant
from kernel.settings import Room

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("line", sa.Column("tap", sa.LargeBinary), schema="webhooks")
    op.add_column("turn", sa.Column("held", sa.LargeBinary), schema="webhooks")
    op.add_column("outbox", sa.Column("outcome", sa.String(16)), schema="webhooks")
    _rating()
    _report()
    for table in ("webhooks.rating", "webhooks.report"):
        fence(table)
        grant(Room.EDGE, WRITE, [table])
    _overdue()


def _rating() -> None:
    op.create_table(
        "rating",
        sa.Column(
            "turn_id",
            sa.Uuid,
            sa.ForeignKey("webhooks.turn.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column(
            "conversation_id",
            sa.Uuid,
            sa.ForeignKey("webhooks.conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        schema="webhooks",
    )


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("request_id", sa.Uuid, index=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        schema="webhooks",
    )


def _overdue() -> None:
    """The function as it is now: a turn may also wait for the diary."""
    signature = "webhooks.overdue(timestamptz, timestamptz)"
    op.execute(f"drop function {signature}")
    op.execute(files("webhooks").joinpath("overdue.sql").read_text("utf-8"))
    op.execute(f"revoke execute on function {signature} from public")
    op.execute(f"grant execute on function {signature} to {Room.EDGE.role}")
