"""Roles of the rooms, the register of merchants, the ledger, and the job queues."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

from app.migrations.fences import fence, grant, open_schema
from kernel.settings import Room

revision = "0001"
down_revision = None

ROOMS = (Room.EDGE, Room.MIND, Room.DIARY)


def upgrade() -> None:
    for room in ROOMS:
        _create_role(room)
    open_schema("kernel", ROOMS)
    _merchant()
    _ledger()
    _jobs()


def _create_role(room: Room) -> None:
    op.execute(
        f"do $$ begin if not exists (select from pg_roles where rolname = '{room.role}') then"
        f" create role {room.role} login; end if; end $$"
    )
    op.execute(f"alter role {room.role} set search_path = jobs")
    op.execute(f"alter role {room.role} set timezone = 'UTC'")


def _merchant() -> None:
    op.create_table(
        "merchant",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        schema="kernel",
    )
    fence("kernel.merchant", "id")
    # The edge finds out whose number was written to before it can name a merchant.
    op.execute(
        f"create policy whole_register on kernel.merchant to {Room.EDGE.role} using (true) with check (true)"
    )
    grant(Room.EDGE, "select, insert, delete", ["kernel.merchant"])
    for room in (Room.MIND, Room.DIARY):
        grant(room, "select", ["kernel.merchant"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("merchant_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("detail", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        schema="kernel",
    )
    fence("kernel.ledger")
    for room in ROOMS:
        grant(room, "select, insert", ["kernel.ledger"])
    op.execute(
        "create function kernel.refuse_change() returns trigger language plpgsql as"
        " $$ begin raise exception 'the ledger is only ever added to'; end $$"
    )
    op.execute(
        "create trigger only_added before update or delete or truncate on kernel.ledger"
        " for each statement execute function kernel.refuse_change()"
    )


def _jobs() -> None:
    open_schema("jobs", ROOMS)
    op.execute("set local search_path = jobs")
    # The driver would read procrastinate's own percent signs as parameters.
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.execute("set local search_path = public")
    for room in ROOMS:
        op.execute(f"grant select, insert, update, delete on all tables in schema jobs to {room.role}")
        op.execute(f"grant usage on all sequences in schema jobs to {room.role}")
    _own_queues_only()


def _own_queues_only() -> None:
    """A room may defer a job into any queue, and sees and works only the queues that bear its name."""
    op.execute("alter table jobs.procrastinate_jobs enable row level security")
    for room in ROOMS:
        op.execute(
            f"create policy own_queues_{room.value} on jobs.procrastinate_jobs to {room.role}"
            f" using (queue_name like '{room.value}%') with check (queue_name like '{room.value}%')"
        )
    op.execute(
        "alter function jobs.procrastinate_defer_jobs_v1(jobs.procrastinate_job_to_defer_v1[])"
        " security definer set search_path = jobs"
    )
