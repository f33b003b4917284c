"""The diary's copy of a shop: delivered by the edge, read by the diary, whole."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from sqlalchemy.exc import ProgrammingError

from calendar_sync.shop.store import deliver, delivered_digest, digest_of, read_shop
from calendar_sync.shop.values import Closure, Holidays, OpenRange, Shop
from tests.calendar_sync.conftest import Counter
from tests.calendar_sync.shops import CLINIC, RESTAURANT, STALL, STUDIO

FULL = replace(
    CLINIC,
    closures=(Closure(start=datetime(2026, 12, 1, tzinfo=UTC), end=datetime(2026, 12, 2, tzinfo=UTC)),),
    holidays=Holidays(country="CO", closed=("Navidad",)),
    staff=(replace(CLINIC.staff[0], hours=((OpenRange(time(9), time(10)),),) * 7), *CLINIC.staff[1:]),
    version=4,
)


@pytest.mark.parametrize("shop", [FULL, STUDIO, RESTAURANT, STALL], ids=lambda shop: shop.name)
def test_a_shop_arrives_as_it_was_sent(counter: Counter, shop: Shop) -> None:
    with counter.edge.transaction(counter.merchant) as session:
        deliver(session, counter.merchant, shop, counter.clock.now())
    with counter.diary.transaction(counter.merchant) as session:
        assert read_shop(session, counter.merchant) == shop
        assert delivered_digest(session, counter.merchant) == digest_of(shop)


def test_a_merchant_has_no_shop_before_it_is_delivered_and_no_others(counter: Counter) -> None:
    with counter.edge.transaction(counter.merchant) as session:
        deliver(session, counter.merchant, FULL, counter.clock.now())
    other = counter.of(FULL)
    with counter.diary.transaction(other.merchant) as session:
        assert read_shop(session, other.merchant) is None
        assert delivered_digest(session, other.merchant) is None


def test_the_digest_is_of_what_is_said_and_not_of_the_version() -> None:
    assert digest_of(FULL) == digest_of(replace(FULL, version=9))
    assert digest_of(FULL) != digest_of(replace(FULL, timezone="America/Lima"))


def test_the_diary_never_changes_what_the_merchant_said(counter: Counter) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        counter.diary.transaction(counter.merchant) as session,
    ):
        deliver(session, counter.merchant, FULL, counter.clock.now())
