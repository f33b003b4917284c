"""Linked Google accounts: connections, tokens, calendars, attempts to link, revocations, receipts, sync and channels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.migrations.fences import READ, WRITE, fence, grant
from kernel.settings import Room

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
SHOWN = ("connection", "google_calendar", "receipt")
"""What the console may read. The rest is the diary's alone, tokens first of all."""
KEPT = ("token", "link", "revocation", "sync", "channel")


def upgrade() -> None:
    _linked()
    _connection()
    _token()
    _google_calendar()
    _link()
    _revocation()
    _receipt()
    _sync()
    _channel()
    for table in (*SHOWN, *KEPT):
        fence(f"calendar.{table}")
    grant(Room.EDGE, READ, [f"calendar.{table}" for table in SHOWN])
    grant(Room.DIARY, WRITE, [f"calendar.{table}" for table in ("linked", *SHOWN, *KEPT)])


def _merchant(*, primary_key: bool = False) -> sa.Column[object]:
    return sa.Column("merchant_id", sa.Uuid, nullable=False, primary_key=primary_key, index=not primary_key)


def _linked() -> None:
    # Not fenced: the rounds are made by it, before a merchant can be named.
    op.create_table(
        "linked",
        _merchant(primary_key=True),
        sa.Column("account_digest", sa.LargeBinary, nullable=False, index=True),
        sa.Column("due_at", MOMENT, nullable=False, index=True),
        schema="calendar",
    )


def _connection() -> None:
    op.create_table(
        "connection",
        _merchant(primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("choice", sa.String(1), nullable=False),
        sa.Column("granted", sa.String, nullable=False),
        sa.Column("account_digest", sa.LargeBinary, nullable=False),
        sa.Column("account", sa.LargeBinary, nullable=False),
        sa.Column("lapse", sa.String(64), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("lost_at", MOMENT),
        sa.Column("refresh_ends_at", MOMENT),
        sa.Column("skew_seconds", sa.Integer),
        sa.Column("examined_at", MOMENT),
        sa.Column("findings", sa.LargeBinary),
        sa.CheckConstraint("state in ('linked', 'incomplete', 'reconnect')", name="known_state"),
        schema="calendar",
    )


def _token() -> None:
    op.create_table(
        "token",
        _merchant(primary_key=True),
        sa.Column("refresh", sa.LargeBinary, nullable=False),
        sa.Column("access", sa.LargeBinary, nullable=False),
        sa.Column("access_ends_at", MOMENT, nullable=False),
        schema="calendar",
    )


def _google_calendar() -> None:
    op.create_table(
        "google_calendar",
        _merchant(primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("is_primary", sa.Boolean, nullable=False),
        sa.Column("blocks", sa.Boolean, nullable=False),
        sa.Column("writes", sa.Boolean, nullable=False),
        sa.Column("wrote", sa.Boolean, nullable=False),
        sa.Column("staff", postgresql.JSONB, nullable=False),
        schema="calendar",
    )
    op.create_index(
        "one_calendar_is_written_to",
        "google_calendar",
        ["merchant_id"],
        unique=True,
        schema="calendar",
        postgresql_where=sa.text("writes"),
    )


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("state_digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("verifier", sa.LargeBinary, nullable=False),
        sa.Column("nonce", sa.String, nullable=False),
        sa.Column("choice", sa.String(1), nullable=False),
        sa.Column("redirect_uri", sa.String, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("used_by", sa.Uuid),
        schema="calendar",
    )


def _revocation() -> None:
    op.create_table(
        "revocation",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("ticket", sa.LargeBinary, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        schema="calendar",
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("tokens_deleted_at", MOMENT, nullable=False),
        sa.Column("deleted", postgresql.JSONB, nullable=False),
        sa.Column("revocation", sa.String(16), nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        schema="calendar",
    )


def _sync() -> None:
    op.create_table(
        "sync",
        _merchant(primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("sync_token", sa.LargeBinary),
        sa.Column("synced_at", MOMENT),
        sa.Column("wanted_at", MOMENT),
        sa.Column("missed", sa.Integer, nullable=False),
        schema="calendar",
    )


def _channel() -> None:
    op.create_table(
        "channel",
        sa.Column("id", sa.String(64), primary_key=True),
        _merchant(),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("token_digest", sa.LargeBinary, nullable=False),
        sa.Column("resource_id", sa.String, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("heard_at", MOMENT),
        sa.Column("number", sa.BigInteger, nullable=False),
        schema="calendar",
    )
