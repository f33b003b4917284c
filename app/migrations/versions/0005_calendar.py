"""The diary: its trays, the delivered copy of a shop, bookings, what they occupy, and conversations about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.migrations.fences import READ, WRITE, fence, grant, open_schema
from kernel.settings import Room

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
TABLES = ("request", "outcome", "shop", "conversation", "resource", "booking", "hold")
STATES = (
    "held",
    "booking",
    "booked",
    "moving",
    "cancelling",
    "cancelled",
    "no_show",
    "expired",
    "released",
)


def upgrade() -> None:
    open_schema("calendar", (Room.EDGE, Room.DIARY))
    _trays()
    _shop()
    _conversation()
    _booking()
    _resource()
    _hold()
    for table in TABLES:
        fence(f"calendar.{table}")
    _grants()


def _merchant(*, primary_key: bool = False) -> sa.Column[object]:
    return sa.Column("merchant_id", sa.Uuid, nullable=False, primary_key=primary_key, index=not primary_key)


def _trays() -> None:
    for table, moment in (("request", "laid_at"), ("outcome", "made_at")):
        op.create_table(
            table,
            sa.Column("id", sa.Uuid, primary_key=True),
            _merchant(),
            sa.Column("conversation_id", sa.Uuid),
            sa.Column(moment, MOMENT, nullable=False),
            sa.Column("body", sa.LargeBinary, nullable=False),
            schema="calendar",
        )


def _shop() -> None:
    op.create_table(
        "shop",
        _merchant(primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document", postgresql.JSONB, nullable=False),
        sa.Column("delivered_at", MOMENT, nullable=False),
        schema="calendar",
    )


def _conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        schema="calendar",
    )


def _booking() -> None:
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid, primary_key=True),
        _merchant(),
        sa.Column("customer_id", sa.Uuid, index=True),
        sa.Column("conversation_id", sa.Uuid),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False, index=True),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("slot", postgresql.JSONB, nullable=False),
        sa.Column("next", postgresql.JSONB),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("person", sa.LargeBinary),
        sa.Column("reminders_allowed", sa.Boolean, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("etag", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"state in {STATES!r}", name="known_state"),
        sa.CheckConstraint("(state = 'moving') = (next is not null)", name="moving_says_where_to"),
        sa.CheckConstraint("(state = 'held') = (expires_at is not null)", name="only_what_is_held_expires"),
        sa.CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        schema="calendar",
    )


def _resource() -> None:
    op.create_table(
        "resource",
        sa.Column(
            "number", sa.BigInteger, sa.Identity(always=True, maxvalue=(1 << 29) - 1), primary_key=True
        ),
        _merchant(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("unit", sa.Integer, nullable=False),
        sa.UniqueConstraint("merchant_id", "kind", "key", "unit", name="one_number_each"),
        schema="calendar",
    )


def _hold() -> None:
    # Excluding by resource and by time at once needs an extension that many servers lack. A resource has a number,
    # and its number and the second make one integer: 29 bits and 34 bits. Ranges of two resources never meet.
    op.create_table(
        "hold",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        _merchant(),
        sa.Column(
            "booking_id",
            sa.Uuid,
            sa.ForeignKey("calendar.booking.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("resource", sa.BigInteger, sa.ForeignKey("calendar.resource.number"), nullable=False),
        sa.Column("starts", sa.BigInteger, nullable=False),
        sa.Column("ends", sa.BigInteger, nullable=False),
        sa.Column("is_next", sa.Boolean, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column(
            "span",
            postgresql.INT8RANGE,
            sa.Computed("int8range((resource << 34) + starts, (resource << 34) + ends)", persisted=True),
        ),
        postgresql.ExcludeConstraint(("span", "&&"), using="gist", name="nothing_is_taken_twice"),
        sa.CheckConstraint("0 <= starts and starts < ends and ends <= (1::bigint << 34)", name="seconds_fit"),
        schema="calendar",
    )
    op.create_index("hold_by_time", "hold", ["merchant_id", "ends"], schema="calendar")


def _grants() -> None:
    # The edge puts into the one tray and takes from the other, delivers the shop, and shows bookings in the console.
    grant(Room.EDGE, "insert", ["calendar.request"])
    grant(Room.EDGE, "select, delete", ["calendar.outcome"])
    grant(Room.EDGE, "select, insert, update", ["calendar.shop"])
    grant(Room.EDGE, READ, ["calendar.booking"])
    grant(Room.DIARY, "select, delete", ["calendar.request"])
    grant(Room.DIARY, "select, insert", ["calendar.outcome"])
    grant(Room.DIARY, READ, ["calendar.shop"])
    grant(
        Room.DIARY,
        WRITE,
        ["calendar.conversation", "calendar.resource", "calendar.booking", "calendar.hold"],
    )
