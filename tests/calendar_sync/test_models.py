"""Tables as the code describes them are the tables that the migrations make."""

import psycopg
from sqlmodel import SQLModel

from calendar_sync import models
from calendar_sync.bookings import models as bookings

OURS = (
    models.RequestRow,
    models.OutcomeRow,
    models.ShopRow,
    models.ConversationRow,
    bookings.BookingRow,
    bookings.ResourceRow,
    bookings.HoldRow,
)


def test_columns_are_those_of_the_migration(administrator_url: str) -> None:
    described = {
        f"{table.name}.{column.name}": column.nullable or bool(column.computed)
        for table in (SQLModel.metadata.tables[f"calendar.{one.__tablename__}"] for one in OURS)
        for column in table.columns
    }
    with psycopg.connect(administrator_url) as connection:
        rows = connection.execute(
            "select table_name || '.' || column_name, is_nullable = 'YES' from information_schema.columns"
            " where table_schema = 'calendar' and table_name = any(%s)",
            [[str(one.__tablename__) for one in OURS]],
        ).fetchall()
    assert described == dict(rows)
