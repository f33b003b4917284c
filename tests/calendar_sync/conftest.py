"""A merchant of the diary in a fresh database, as the diary sees it and as the edge does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from sqlmodel import Session

from calendar_sync.bookings.store import Bookings
from calendar_sync.ids import RequestId
from calendar_sync.shop.values import Shop
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import Sealer, new_keyset
from kernel.settings import Room
from tests.calendar_sync.shops import CLINIC


@dataclass(frozen=True, slots=True)
class Counter:
    """One merchant's bookings, each step in its own transaction, with both rooms' databases at hand."""

    diary: Database
    edge: Database
    sealer: Sealer
    clock: SetClock
    merchant: MerchantId
    shop: Shop = CLINIC

    @contextmanager
    def open(self) -> Iterator[Bookings]:
        with self.diary.transaction(self.merchant) as session:
            yield self.bookings(session)

    def bookings(self, session: Session) -> Bookings:
        return Bookings(session, self.sealer, self.merchant, self.shop, self.clock)

    def of(self, shop: Shop) -> "Counter":
        """The same database, another merchant."""
        return replace(self, shop=shop, merchant=MerchantId(uuid4()))


def new_request() -> RequestId:
    return RequestId(uuid4())


@pytest.fixture(scope="session")
def sealer() -> Sealer:
    return Sealer(new_keyset())


@pytest.fixture
def counter(room_database: Callable[[Room], Database], clock: SetClock, sealer: Sealer) -> Counter:
    return Counter(
        diary=room_database(Room.DIARY),
        edge=room_database(Room.EDGE),
        sealer=sealer,
        clock=clock,
        merchant=MerchantId(uuid4()),
    )
