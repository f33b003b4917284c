"""What was made of live texts' token vectors, kept beside their vectors."""

import sqlalchemy as sa
from alembic import op

from app.migrations.fences import WRITE, fence, grant
from kernel.settings import Room

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "sketch",
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("sketcher", sa.String, nullable=False),
        sa.Column("text_hash", sa.String(32), nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "model", "sketcher", "text_hash"),
        schema="knowledge",
    )
    fence("knowledge.sketch")
    # The edge deletes them with the text that they were made of.
    grant(Room.EDGE, WRITE, ["knowledge.sketch"])
    grant(Room.MIND, "select, insert, delete", ["knowledge.sketch"])
