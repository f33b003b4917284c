"""The edge's tables: numbers, receipts, people, conversations, the transcript and the outbox."""

from importlib.resources import files

import sqlalchemy as sa
from alembic import op

from app.migrations.fences import WRITE, fence, grant, open_schema
from kernel.settings import Room

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
OPEN = ("number_route", "quarantine")
"""Not fenced by merchant: the one says whose a number is, the other holds what belongs to nobody."""
FENCED = (
    "customer",
    "inbound",
    "number",
    "status",
    "alias",
    "conversation",
    "line",
    "outbox",
    "person_request",
    "turn",
)


def upgrade() -> None:
    open_schema("webhooks", (Room.EDGE,))
    _customer()
    _inbound()
    _number()
    _number_route()
    _quarantine()
    _status()
    _alias()
    _conversation()
    _line()
    _outbox()
    _person_request()
    _turn()
    for table in FENCED:
        fence(f"webhooks.{table}")
    grant(Room.EDGE, WRITE, [f"webhooks.{table}" for table in (*OPEN, *FENCED)])
    for name in ("receive", "overdue"):
        _function(name)


def _function(name: str) -> None:
    # As it was then: what the product runs now is the same as the newest migration of it made.
    op.execute(files("app.migrations").joinpath("sql", f"{revision}_{name}.sql").read_text("utf-8"))
    op.execute(f"revoke execute on function webhooks.{name} from public")
    op.execute(f"grant execute on function webhooks.{name} to {Room.EDGE.role}")


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("data_key", sa.LargeBinary),
        sa.Column("name", sa.LargeBinary),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("merged_into", sa.Uuid, sa.ForeignKey("webhooks.customer.id", ondelete="CASCADE")),
        sa.Column("opted_out_at", MOMENT),
        sa.Column("marketing_stopped_at", MOMENT),
        schema="webhooks",
    )


def _inbound() -> None:
    op.create_table(
        "inbound",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("phone_number_id", sa.String(64), nullable=False),
        sa.Column("waba_id", sa.String(64), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("party", sa.LargeBinary),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("raw", sa.LargeBinary),
        sa.Column("taken_at", MOMENT),
        sa.Column("reason", sa.String(64)),
        sa.UniqueConstraint("merchant_id", "digest"),
        schema="webhooks",
    )
    op.create_index(
        "inbound_waiting",
        "inbound",
        ["merchant_id", "kind", "party"],
        schema="webhooks",
        postgresql_where=sa.text("taken_at is null"),
    )


def _number() -> None:
    op.create_table(
        "number",
        sa.Column("phone_number_id", sa.String(64), primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("waba_id", sa.String(64), nullable=False),
        sa.Column("display_phone_number", sa.String(32), nullable=False),
        sa.Column("token", sa.LargeBinary),
        sa.Column("stopped_reason", sa.String(64)),
        sa.Column("paused_until", MOMENT),
        schema="webhooks",
    )


def _number_route() -> None:
    op.create_table(
        "number_route",
        sa.Column("phone_number_id", sa.String(64), primary_key=True),
        sa.Column("waba_id", sa.String(64), nullable=False, index=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False),
        schema="webhooks",
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("phone_number_id", sa.String(64), nullable=False),
        sa.Column("waba_id", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        schema="webhooks",
    )


def _status() -> None:
    op.create_table(
        "status",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column("outbox_id", sa.Uuid, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("error_code", sa.Integer),
        sa.Column("pricing_category", sa.String(48)),
        sa.Column("pricing_type", sa.String(48)),
        schema="webhooks",
    )


def _alias() -> None:
    op.create_table(
        "alias",
        sa.Column("merchant_id", sa.Uuid, primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column(
            "customer_id", sa.Uuid, sa.ForeignKey("webhooks.customer.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        schema="webhooks",
    )


def _conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column(
            "customer_id", sa.Uuid, sa.ForeignKey("webhooks.customer.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("phone_number_id", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("window_closes_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("person_wanted_at", MOMENT),
        sa.Column("language", sa.String(2)),
        sa.Column("awaiting", sa.String(16)),
        sa.Column("open_turn_id", sa.Uuid),
        sa.Column("closing_at", MOMENT),
        sa.Column("pair_full_at", MOMENT),
        sa.UniqueConstraint("customer_id", "phone_number_id"),
        schema="webhooks",
    )


def _line() -> None:
    op.create_table(
        "line",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False),
        sa.Column(
            "conversation_id",
            sa.Uuid,
            sa.ForeignKey("webhooks.conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "customer_id", sa.Uuid, sa.ForeignKey("webhooks.customer.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("notice", sa.String(32)),
        sa.Column("body", sa.LargeBinary),
        sa.Column("raw", sa.LargeBinary),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("wamid", sa.LargeBinary),
        sa.Column("wamid_digest", sa.LargeBinary),
        sa.Column("turn_id", sa.Uuid),
        sa.Column("outbox_id", sa.Uuid),
        sa.UniqueConstraint("merchant_id", "wamid_digest"),
        sa.CheckConstraint(
            "origin in ('customer', 'answer', 'calendar', 'agent', 'campaign', 'system')",
            name="origin_is_known",
        ),
        schema="webhooks",
    )
    op.create_index("line_of_conversation", "line", ["conversation_id", "at"], schema="webhooks")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column(
            "conversation_id",
            sa.Uuid,
            sa.ForeignKey("webhooks.conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("error_code", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.Uuid, unique=True),
        sa.Column("wamid_digest", sa.LargeBinary, index=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        schema="webhooks",
    )
    op.create_index(
        "outbox_unsettled",
        "outbox",
        ["merchant_id", "not_before"],
        schema="webhooks",
        postgresql_where=sa.text("state in ('queued', 'sending', 'unknown')"),
    )


def _person_request() -> None:
    op.create_table(
        "person_request",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column(
            "customer_id", sa.Uuid, sa.ForeignKey("webhooks.customer.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "conversation_id",
            sa.Uuid,
            sa.ForeignKey("webhooks.conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("purpose", sa.String(32)),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        schema="webhooks",
    )


def _turn() -> None:
    op.create_table(
        "turn",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("merchant_id", sa.Uuid, nullable=False, index=True),
        sa.Column(
            "conversation_id",
            sa.Uuid,
            sa.ForeignKey("webhooks.conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("notice", sa.String(32)),
        sa.Column("reading", sa.LargeBinary),
        schema="webhooks",
    )
    op.create_index(
        "turn_unread",
        "turn",
        ["merchant_id", "asked_at"],
        schema="webhooks",
        postgresql_where=sa.text("state = 'asked'"),
    )
