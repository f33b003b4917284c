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
