from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError
from sqlmodel import select

from kernel import ledger
from kernel.clock import SetClock
from kernel.database import Database
from kernel.embedded import EmbeddedServer
from kernel.errors import DatabaseUnready
from kernel.ids import MerchantId
from kernel.models import LedgerRow, MerchantRow
from kernel.settings import Room

MINE, THEIRS = MerchantId(uuid4()), MerchantId(uuid4())


@pytest.fixture
def edge(room_database: Callable[[Room], Database], clock: SetClock) -> Database:
    database = room_database(Room.EDGE)
    for merchant in (MINE, THEIRS):
        with database.transaction(merchant) as session:
            ledger.append(session, clock, merchant, actor="owner", action="opened", detail={})
    return database


def test_a_transaction_sees_its_own_merchant_s_rows_only(edge: Database) -> None:
    with edge.transaction(MINE) as session:
        assert {row.merchant_id for row in session.exec(select(LedgerRow))} == {MINE}


def test_without_a_merchant_nothing_is_seen(edge: Database) -> None:
    with edge.transaction() as session:
        assert session.exec(select(LedgerRow)).all() == []


def test_the_merchant_of_one_transaction_does_not_leak_into_the_next(edge: Database) -> None:
    with edge.transaction(MINE) as session:
        session.exec(select(LedgerRow)).all()
    with edge.transaction() as session:
        assert session.exec(select(LedgerRow)).all() == []


def test_a_row_of_another_merchant_cannot_be_written(edge: Database, clock: SetClock) -> None:
    def write() -> None:
        with edge.transaction(MINE) as session:
            ledger.append(session, clock, THEIRS, actor="owner", action="opened", detail={})

    with pytest.raises(ProgrammingError, match="row-level security"):
        write()


def test_without_the_policy_the_other_merchant_s_rows_would_show(
    edge: Database, administrator_url: str
) -> None:
    """The guard, broken on purpose: it is the policy that keeps them apart, not the query."""
    with psycopg.connect(administrator_url, autocommit=True) as connection:
        connection.execute("alter table kernel.ledger disable row level security")
    with edge.transaction(MINE) as session:
        assert {row.merchant_id for row in session.exec(select(LedgerRow))} == {MINE, THEIRS}


def test_the_edge_sees_the_whole_register_and_the_mind_only_its_merchant(
    edge: Database, room_database: Callable[[Room], Database]
) -> None:
    with edge.transaction() as session:
        for merchant in (MINE, THEIRS):
            session.add(MerchantRow(id=merchant, slug=str(merchant), created_at=datetime.now(UTC)))  # noqa: TID251
    with edge.transaction() as session:
        assert len(session.exec(select(MerchantRow)).all()) == 2
    with room_database(Room.MIND).transaction(MINE) as session:
        assert [row.id for row in session.exec(select(MerchantRow))] == [MINE]


def test_the_embedded_server_asks_each_role_for_its_password(server: EmbeddedServer) -> None:
    stranger = Database(server.url(Room.EDGE.role, "not the password"))
    with pytest.raises(DatabaseUnready, match="password authentication failed"):
        stranger.check()
    stranger.close()
