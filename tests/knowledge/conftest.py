"""A merchant in a fresh database, as the edge sees it and as the mind does."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlmodel import Session

from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.settings import Room
from knowledge.entries import KnowledgeBase
from knowledge.publishing import Outcome, Published
from knowledge.store import import_knowledge, load
from tests.knowledge.shops import SHOP

T = Callable[[Session, MerchantId], object]


@dataclass(frozen=True, slots=True)
class Shop:
    """One merchant, and both rooms' databases."""

    edge: Database
    mind: Database
    clock: SetClock
    merchant: MerchantId

    def put(self, base: KnowledgeBase = SHOP) -> Outcome:
        """Publish `base` as the edge would."""
        with self.edge.transaction(self.merchant) as session:
            return import_knowledge(session, self.clock, self.merchant, base, actor="owner")

    def live(self) -> KnowledgeBase:
        with self.mind.transaction(self.merchant) as session:
            base = load(session, self.merchant)
        assert base is not None
        return base

    def neighbour(self) -> "Shop":
        """Another merchant in the same database."""
        return Shop(self.edge, self.mind, self.clock, MerchantId(uuid4()))


@pytest.fixture
def shop(room_database: Callable[[Room], Database], clock: SetClock) -> Shop:
    return Shop(room_database(Room.EDGE), room_database(Room.MIND), clock, MerchantId(uuid4()))


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """A merchant whose shop is published at version 1."""
    assert isinstance(shop.put(), Published)
    return shop
