from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, text

from kernel import ledger
from kernel.clock import SetClock
from kernel.database import Database
from kernel.errors import LedgerBroken
from kernel.ids import MerchantId
from kernel.ledger import LedgerLine
from kernel.settings import Room

SHOP = MerchantId(uuid4())


@pytest.fixture
def database(room_database: Callable[[Room], Database]) -> Database:
    return room_database(Room.EDGE)


def write(session: Session, clock: SetClock, count: int) -> None:
    for number in range(count):
        ledger.append(session, clock, SHOP, actor="owner", action="published", detail={"version": number})


@pytest.fixture
def chain(database: Database, clock: SetClock) -> list[LedgerLine]:
    with database.transaction(SHOP) as session:
        write(session, clock, 4)
    with database.transaction(SHOP) as session:
        return list(ledger.lines(session, SHOP))


def test_a_chain_read_back_from_the_database_holds(chain: list[LedgerLine]) -> None:
    assert ledger.verify(chain) == 4


def test_an_edited_line_is_named(chain: list[LedgerLine]) -> None:
    chain[2] = replace(chain[2], detail={"version": 99})
    with pytest.raises(LedgerBroken, match="line 3"):
        ledger.verify(chain)


def test_a_removed_line_is_named(chain: list[LedgerLine]) -> None:
    del chain[1]
    with pytest.raises(LedgerBroken, match="line 3: expected line 2"):
        ledger.verify(chain)


def test_reordered_lines_are_named(chain: list[LedgerLine]) -> None:
    chain[1], chain[2] = chain[2], chain[1]
    with pytest.raises(LedgerBroken, match="line 3: expected line 2"):
        ledger.verify(chain)


def test_a_rolled_back_change_leaves_no_line(database: Database, clock: SetClock) -> None:
    def fail() -> None:
        with database.transaction(SHOP) as session:
            write(session, clock, 1)
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        fail()
    with database.transaction(SHOP) as session:
        assert list(ledger.lines(session, SHOP)) == []


@pytest.mark.parametrize("statement", ["update kernel.ledger set actor = 'x'", "delete from kernel.ledger"])
def test_no_role_can_change_a_line_not_even_the_administrator(
    chain: list[LedgerLine], administrator_url: str, statement: str
) -> None:
    administrator = Database(administrator_url)
    with pytest.raises(DBAPIError, match="only ever added"), administrator.transaction() as session:
        session.execute(text(statement))
    administrator.close()
