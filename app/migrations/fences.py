"""What every migration uses to fence a table and to grant rights: the only place that spells the SQL."""

from collections.abc import Iterable

from alembic import op

from kernel.settings import Room
from kernel.tenancy import policy_statements

READ = "select"
WRITE = "select, insert, update, delete"


def fence(table: str, column: str = "merchant_id") -> None:
    """Row-level security by merchant, forced also on the owner."""
    for statement in policy_statements(table, column):
        op.execute(statement)


def grant(room: Room, rights: str, tables: Iterable[str]) -> None:
    """Give a room's role rights on schema-qualified tables."""
    for table in tables:
        op.execute(f"grant {rights} on {table} to {room.role}")


def open_schema(schema: str, rooms: Iterable[Room]) -> None:
    """Create a package's schema and let rooms look things up in it (rights on tables are granted apart)."""
    op.execute(f"create schema if not exists {schema}")
    for room in rooms:
        op.execute(f"grant usage on schema {schema} to {room.role}")
