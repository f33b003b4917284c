"""Members' lists, and which reminders were sent."""

import sqlalchemy as sa
from alembic import op

from app.migrations.fences import WRITE, fence, grant
from kernel.settings import Room

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _member()
    _reminder()
    for table in ("calendar.member", "calendar.reminder"):
        fence(table)
        # The edge has no right here: what it asks is answered with yes or no.
        grant(Room.DIARY, WRITE, [table])


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False),
        sa.Column("phone_digest", sa.LargeBinary),
        sa.Column("document_digest", sa.LargeBinary),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        schema="calendar",
    )
    op.create_index("member_by_phone", "member", ["merchant_id", "phone_digest"], schema="calendar")
    op.create_index("member_by_document", "member", ["merchant_id", "document_digest"], schema="calendar")


def _reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column(
            "booking_id",
            sa.Uuid,
            sa.ForeignKey("calendar.booking.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("minutes", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("starts_at", MOMENT, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        schema="calendar",
    )
