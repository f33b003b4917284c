from datetime import date

import pytest

from calendar_sync.members.importing import Member
from calendar_sync.members.store import Roll
from kernel.models import MerchantRow
from kernel.sealing import BlindIndex, Sealer
from tests.calendar_sync.conftest import Counter

TODAY = date(2026, 11, 24)


@pytest.fixture
def roll(counter: Counter, sealer: Sealer) -> Roll:
    with counter.edge.transaction(counter.merchant) as session:
        session.add(MerchantRow(id=counter.merchant, slug="club", created_at=counter.clock.now()))
    return Roll(sealer, BlindIndex(bytes(32)), counter.clock)


def enrolled(counter: Counter, roll: Roll, *members: Member) -> None:
    with counter.diary.transaction(counter.merchant) as session:
        roll.replace(session, counter.merchant, members, actor="owner")


def has(counter: Counter, roll: Roll, on: date = TODAY, **who: str) -> bool:
    with counter.diary.transaction(counter.merchant) as session:
        return roll.has(session, counter.merchant, on=on, region="CO", **who)


def test_a_member_is_found_by_phone_in_any_spelling(counter: Counter, roll: Roll) -> None:
    enrolled(counter, roll, Member(row=2, name="Ana", phone="573001112233"))
    assert has(counter, roll, phone="+57 300 111 2233")
    assert has(counter, roll, phone="3001112233")
    assert not has(counter, roll, phone="3001112234")


def test_a_member_is_found_by_document(counter: Counter, roll: Roll) -> None:
    enrolled(counter, roll, Member(row=2, name="Ana", document="1020345678"))
    assert has(counter, roll, document="CC 1.020.345.678")
    assert not has(counter, roll, document="1020345679")


@pytest.mark.parametrize(("day", "member"), [(23, False), (24, True), (30, True)])
def test_a_membership_has_its_dates(counter: Counter, roll: Roll, day: int, member: bool) -> None:
    dated = Member(row=2, name="", phone="573001112233", valid_from=TODAY, valid_until=date(2026, 11, 30))
    enrolled(counter, roll, dated)
    assert has(counter, roll, date(2026, 11, day), phone="3001112233") is member
    assert not has(counter, roll, date(2026, 12, 1), phone="3001112233")


def test_a_new_list_replaces_the_one_before(counter: Counter, roll: Roll) -> None:
    enrolled(counter, roll, Member(row=2, name="Ana", phone="573001112233"))
    enrolled(counter, roll, Member(row=2, name="Beto", phone="573004445566"))
    assert not has(counter, roll, phone="3001112233")
    assert has(counter, roll, phone="3004445566")


def test_nobody_of_another_merchant_is_a_member_here(counter: Counter, roll: Roll) -> None:
    enrolled(counter, roll, Member(row=2, name="Ana", phone="573001112233"))
    assert not has(counter.of(counter.shop), roll, phone="3001112233")


def test_a_person_without_phone_and_document_is_no_member(counter: Counter, roll: Roll) -> None:
    enrolled(counter, roll, Member(row=2, name="Ana", phone="573001112233"))
    assert not has(counter, roll)


def test_what_is_stored_tells_nothing(counter: Counter, roll: Roll, administrator_url: str) -> None:
    import psycopg

    enrolled(counter, roll, Member(row=2, name="Zoila", phone="573001112233", document="1020345678"))
    with psycopg.connect(administrator_url) as connection:
        (row,) = connection.execute("select m::text from calendar.member as m").fetchall()
    for secret in ("Zoila", "3001112233", "1020345678"):
        assert secret not in row[0]
        assert secret.encode().hex() not in row[0]
