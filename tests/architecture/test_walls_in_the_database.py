"""The database keeps merchants and rooms apart. Walks the catalogue, so a new table cannot be forgotten."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest

from kernel.database import Database
from kernel.settings import Room

OUR_SCHEMAS = ("kernel", "knowledge", "assistant", "webhooks", "calendar", "privacy", "console")

NOT_A_MERCHANTS = {
    # The register and the map from WhatsApp number to merchant: read before a merchant can be named.
    "webhooks.number_route",
    # Deliveries for numbers that belong to no merchant.
    "webhooks.quarantine",
    # Which merchants have a linked calendar: the rounds are made by it before a merchant can be named.
    "calendar.linked",
    "kernel.alembic_version",
}
"""Tables without a merchant's policy, each with its reason."""

Rows = list[tuple[object, ...]]


@pytest.fixture
def catalogue(administrator_url: str) -> Callable[[str], Rows]:
    def ask(query: str) -> Rows:
        with psycopg.connect(administrator_url) as connection:
            return connection.execute(query).fetchall()

    return ask


def unfenced(catalogue: Callable[[str], Rows]) -> set[str]:
    rows = catalogue(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        f" where c.relkind in ('r', 'p') and n.nspname = any(array{list(OUR_SCHEMAS)!r})"
        " and not (c.relrowsecurity and c.relforcerowsecurity and exists"
        " (select from pg_policy p where p.polrelid = c.oid and p.polname = 'one_merchant'))"
    )
    return {str(row[0]) for row in rows}


def test_every_table_is_fenced_by_merchant_or_named_with_a_reason(catalogue: Callable[[str], Rows]) -> None:
    assert unfenced(catalogue) <= NOT_A_MERCHANTS


def test_a_table_without_its_policy_is_noticed(
    catalogue: Callable[[str], Rows], administrator_url: str
) -> None:
    with psycopg.connect(administrator_url, autocommit=True) as connection:
        connection.execute("drop policy one_merchant on kernel.ledger")
    assert "kernel.ledger" in unfenced(catalogue)


def granted(catalogue: Callable[[str], Rows], room: Room) -> dict[str, set[str]]:
    rows = catalogue(
        "select table_schema || '.' || table_name, privilege_type from information_schema.role_table_grants"
        f" where grantee = '{room.role}' and table_schema <> 'jobs'"
    )
    rights: dict[str, set[str]] = {}
    for table, right in rows:
        rights.setdefault(str(table), set()).add(str(right))
    return rights


def test_the_mind_has_no_right_in_the_transcript_or_the_calendar(catalogue: Callable[[str], Rows]) -> None:
    schemas = {table.split(".")[0] for table in granted(catalogue, Room.MIND)}
    assert schemas <= {"kernel", "knowledge", "assistant"}


def test_the_diary_has_no_right_outside_the_kernel_and_the_calendar(
    catalogue: Callable[[str], Rows],
) -> None:
    schemas = {table.split(".")[0] for table in granted(catalogue, Room.DIARY)}
    assert schemas <= {"kernel", "calendar"}


def test_the_edge_puts_into_one_tray_and_takes_from_the_other(catalogue: Callable[[str], Rows]) -> None:
    rights = {t: r for t, r in granted(catalogue, Room.EDGE).items() if t.startswith("assistant.")}
    assert rights == {
        "assistant.turn": {"INSERT"},
        "assistant.turn_context": {"INSERT"},
        "assistant.reading": {"SELECT", "DELETE"},
    }


RIGHTS_ON_SOMETHING = """
with thing as (
    select c.oid, c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = '{schema}' and c.relkind in ('r', 'p', 'v', 'm', 'S')
)
select 'schema: ' || r from unnest(array['usage', 'create']) r where has_schema_privilege('{role}', '{schema}', r)
union all
select relname || ': ' || r from thing,
    unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) r
    where case when relkind <> 'S' then has_table_privilege('{role}', oid, r) end
union all
select relname || ': column ' || r from thing, unnest(array['select', 'insert', 'update']) r
    where case when relkind <> 'S' then has_any_column_privilege('{role}', oid, r) end
union all
select relname || ': ' || r from thing, unnest(array['usage', 'select', 'update']) r
    where case when relkind = 'S' then has_sequence_privilege('{role}', oid, r) end
"""


def reached(catalogue: Callable[[str], Rows], room: Room, schema: str) -> set[str]:
    """Everything that a room may do in a schema: with the schema itself, a table, a column or a sequence."""
    return {str(row[0]) for row in catalogue(RIGHTS_ON_SOMETHING.format(schema=schema, role=room.role))}


def test_the_mind_is_refused_on_everything_in_the_calendar(catalogue: Callable[[str], Rows]) -> None:
    assert reached(catalogue, Room.DIARY, "calendar"), "the walk sees nothing at all"
    assert reached(catalogue, Room.MIND, "calendar") == set()


@pytest.mark.parametrize(
    ("grant", "noticed"),
    [
        ("grant usage on schema calendar to mostrador_mind", "schema: usage"),
        ("grant select on calendar.booking to mostrador_mind", "booking: select"),
        ("grant select (starts) on calendar.hold to mostrador_mind", "hold: column select"),
        ("grant select on calendar.shop to public", "shop: select"),
        ("grant mostrador_diary to mostrador_mind", "conversation: update"),
    ],
)
def test_any_right_of_the_minds_in_the_calendar_is_noticed(
    catalogue: Callable[[str], Rows], administrator_url: str, grant: str, noticed: str
) -> None:
    with psycopg.connect(administrator_url, autocommit=True) as connection:
        connection.execute(grant)
    try:
        assert noticed in reached(catalogue, Room.MIND, "calendar")
    finally:
        # Roles belong to the whole server: a membership would outlive this test's database.
        with psycopg.connect(administrator_url, autocommit=True) as connection:
            connection.execute("revoke mostrador_diary from mostrador_mind")


def test_the_mind_that_asks_for_a_booking_is_turned_away(room_database: Callable[[Room], Database]) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import ProgrammingError

    with (
        pytest.raises(ProgrammingError, match="permission denied for schema calendar"),
        room_database(Room.MIND).transaction() as session,
    ):
        session.execute(text("select * from calendar.booking"))


def test_the_edge_asks_the_diary_and_reads_bookings_and_does_nothing_else_there(
    catalogue: Callable[[str], Rows],
) -> None:
    rights = granted(catalogue, Room.EDGE)
    tables = ("request", "outcome", "shop", "booking", "hold", "resource", "conversation")
    assert {table: rights.get(f"calendar.{table}", set()) for table in tables} == {
        "request": {"INSERT"},
        "outcome": {"SELECT", "DELETE"},
        "shop": {"SELECT", "INSERT", "UPDATE"},
        "booking": {"SELECT"},
        "hold": set(),
        "resource": set(),
        "conversation": set(),
    }


@pytest.mark.parametrize("room", [Room.EDGE, Room.MIND, Room.DIARY])
def test_no_room_is_above_the_policies(catalogue: Callable[[str], Rows], room: Room) -> None:
    rows = catalogue(
        f"select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = '{room.role}'"
    )
    assert rows == [(False, False, False)]


def test_the_in_tray_refuses_a_line_of_the_calendar(room_database: Callable[[Room], Database]) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    from kernel.ids import MerchantId

    merchant = MerchantId(uuid4())
    edge = room_database(Room.EDGE)

    def put(origin: str) -> None:
        with edge.transaction(merchant) as session:
            turn = uuid4()
            session.execute(
                text(
                    "insert into assistant.turn (id, merchant_id, conversation_id, asked_at, text)"
                    " values (:turn, :merchant, :turn, now(), '')"
                ),
                {"turn": turn, "merchant": merchant},
            )
            session.execute(
                text(
                    "insert into assistant.turn_context (turn_id, position, merchant_id, origin, text)"
                    " values (:turn, 0, :merchant, :origin, '')"
                ),
                {"turn": turn, "merchant": merchant, "origin": origin},
            )

    put("customer")
    with pytest.raises(IntegrityError, match="no_calendar_line_reaches_the_mind"):
        put("calendar")
